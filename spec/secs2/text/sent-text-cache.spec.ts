import { A, L } from '../../../src/secs2/index.js';
import { KnownText } from '../../../src/secs2/text/known-text.js';
import { textToSend } from '../../../src/secs2/text/sent-text-cache.js';

/** Sends a text so often that it is kept, and once more. */
function sendOften(text: string): Buffer[] {
  return Array.from({ length: 4 }, () => A(text).bytes as Buffer);
}

/** Text that the engine made at run time: no other string is the same object. */
const made = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');

describe('texts that are sent again', () => {
  it.each(Array.from({ length: 40 }, (_, length) => length))(
    'are written as their %i characters each time',
    (length) => {
      const text = String.fromCharCode(...Array.from({ length }, (_, i) => (i * 37 + length) & 0x7f));
      for (const bytes of sendOften(text)) expect(bytes.toString('latin1')).toBe(text);
      for (let i = 0; i < 4; i++) {
        const encoded = L(A(text), A('next')).encode();
        expect(encoded.toString('latin1')).toBe(`\x01\x02A${String.fromCharCode(length)}${text}A\x04next`);
      }
    },
  );

  it('are known from the third time on, where they have 4 to 16 characters', () => {
    const known = (text: string): boolean[] =>
      Array.from({ length: 3 }, () => textToSend(made(text)) instanceof KnownText);
    expect(known('ABC')).toEqual([false, false, false]);
    expect(known('ABCD')).toEqual([false, true, true]);
    expect(known('0123456789abcdef')).toEqual([false, true, true]);
    expect(known('0123456789abcdefg')).toEqual([false, false, false]);
  });

  it('are told apart by every character', () => {
    for (let length = 4; length <= 16; length++) {
      const text = 'A'.repeat(length);
      sendOften(text);
      for (let i = 0; i < length; i++) {
        for (const other of ['\0', '@', 'B', '\x7f']) {
          const changed = text.slice(0, i) + other + text.slice(i + 1);
          const sent = sendOften(changed).map((bytes) => bytes.toString('latin1'));
          expect(new Set(sent)).toEqual(new Set([changed]));
        }
      }
      expect(A(text).bytes.length).toBe(length);
    }
  });

  it('are told apart from what is not ASCII, which is refused however often it comes', () => {
    sendOften('STATE');
    for (let i = 0; i < 5; i++) {
      for (let round = 0; round < 4; round++) {
        expect(() => A(`${'STATE'.slice(0, i)}é${'STATE'.slice(i + 1)}`)).toThrow(`character ${i}`);
        expect(() => A(`${'STATE'.slice(0, i)}日${'STATE'.slice(i + 1)}`)).toThrow(`character ${i}`);
      }
    }
    expect((A('STATE').bytes as Buffer).toString()).toBe('STATE');
    for (const text of ['é', 'é12', 'é123', 'é12345678901234567']) expect(textToSend(text)).toBeUndefined();
  });

  it('stay while others that share their slot come once each', () => {
    sendOften('CHAMBER-A');
    const forgotten: number[] = [];
    for (let i = 0; i < 5000; i++) {
      A(`LOT-${i * 7919}`);
      if (!(textToSend('CHAMBER-A') instanceof KnownText)) forgotten.push(i);
    }
    expect(forgotten).toEqual([]);
  });

  it('give their text in every way an item does', () => {
    sendOften('RUNNING');
    const item = A(made('RUNNING'));
    expect([item.ascii, item.text, item.values, [...item].join('')]).toEqual(new Array(4).fill('RUNNING'));
    expect(item.toString()).toBe('<A[7] "RUNNING">');
    expect(item.equals(A('RUNNING'))).toBe(true);
    expect(item.equals(A('RUNNINg'))).toBe(false);
    expect(item.toJSON()).toEqual(A(Buffer.from('RUNNING')).toJSON());
    // The bytes are the caller's own, whatever becomes of them.
    (item.bytes as Buffer).fill('x');
    expect((A('RUNNING').bytes as Buffer).toString()).toBe('RUNNING');
  });
});
