import { readLatin1 } from '../../../src/secs2/text/latin1.js';
import { knownText } from '../../../src/secs2/text/read-text-cache.js';
import { decodeItem } from '../../../src/secs2/codec/decode.js';

/** Reads a text so often that it is kept, and once more. */
function readOften(bytes: Buffer): string[] {
  return Array.from({ length: 4 }, () => readLatin1(bytes, 0, bytes.length));
}

describe('texts that are read again', () => {
  it.each(Array.from({ length: 40 }, (_, length) => length))('read as their %i bytes each time', (length) => {
    const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 37 + length) & 0xff));
    expect(new Set(readOften(bytes))).toEqual(new Set([bytes.toString('latin1')]));
  });

  /** How often a text is made of bytes that stand behind others. */
  const timesMade = (text: string, times: number): number => {
    const bytes = Buffer.from(`${text.length} of ${text}`, 'latin1');
    let made = 0;
    const make = (from: Buffer, start: number, end: number): string => {
      made++;
      return from.toString('latin1', start, end);
    };
    const read = Array.from({ length: times }, () =>
      knownText(bytes, bytes.length - text.length, bytes.length, make),
    );
    if (read.some((one) => one !== text)) throw new Error(`${text} was read as ${read.join()}`);
    return made;
  };

  it.each([4, 5, 8, 11, 12, 15, 16])('of %i characters are made twice', (length) => {
    expect(timesMade(`mn${'op'.repeat(8)}`.slice(0, length), 5)).toBe(2);
  });

  it('stay while others that share their slot come once each', () => {
    timesMade('CHAMBER-B', 2);
    const made: number[] = [];
    for (let i = 0; i < 5000; i++) {
      timesMade(`WAFER-${i * 7919}`, 1);
      made.push(timesMade('CHAMBER-B', 1));
    }
    expect(Math.max(...made)).toBe(0);
  });

  it('are told apart by every byte', () => {
    for (let length = 4; length <= 16; length++) {
      const bytes = Buffer.alloc(length, 0x41);
      readOften(bytes);
      for (let i = 0; i < length; i++) {
        for (const byte of [0, 0x40, 0x42, 0xc1, 0xff]) {
          const other = Buffer.from(bytes);
          other[i] = byte;
          expect(new Set(readOften(other))).toEqual(new Set([other.toString('latin1')]));
        }
      }
      expect(readLatin1(bytes, 0, length)).toBe('A'.repeat(length));
    }
  });

  it('are told apart by their length, where their words are the same', () => {
    for (let length = 4; length <= 16; length++) {
      const bytes = Buffer.alloc(length);
      expect(readOften(bytes)).toEqual(new Array(4).fill('\0'.repeat(length)));
    }
  });

  it('give way to others and come again, whatever shares their slot', () => {
    const texts = Array.from({ length: 5000 }, (_, i) => `LOT-${i * 7919}`);
    for (let round = 0; round < 3; round++) {
      const read = texts.map((text) => {
        const bytes = Buffer.from(text);
        return [readLatin1(bytes, 0, bytes.length), readLatin1(bytes, 0, bytes.length)];
      });
      expect(read).toEqual(texts.map((text) => [text, text]));
    }
  });

  it('keep nothing of the bytes they were read from', () => {
    const bytes = Buffer.from('\x41\x08RUNNING!', 'latin1');
    const read = (): string => decodeItem(bytes).ascii;
    expect([read(), read(), read()]).toEqual(['RUNNING!', 'RUNNING!', 'RUNNING!']);
    bytes.write('STOPPED.', 2);
    expect([read(), read(), read()]).toEqual(['STOPPED.', 'STOPPED.', 'STOPPED.']);
  });
});
