import { findNonAscii, readLatin1, writeLatin1 } from '../../../src/secs2/text/latin1.js';

/** Longer than any length up to which characters are read, written or looked at one by one. */
const LENGTHS = Array.from({ length: 70 }, (_, length) => length);

/** Text of every byte in turn, from one that is not ASCII on. */
const textOf = (length: number): string =>
  String.fromCharCode(...Array.from({ length }, (_, i) => (0xfd + i * 7) % 256));

describe('text of one byte a character', () => {
  it.each(LENGTHS)('is read where it stands: %d bytes', (length) => {
    const text = textOf(length);
    const bytes = Buffer.from(`<<<${text}>>>`, 'latin1');
    expect(readLatin1(bytes, 3, 3 + length)).toBe(text);
  });

  it.each(LENGTHS)('is written where it belongs, and nowhere else: %d bytes', (length) => {
    const text = textOf(length);
    const out = Buffer.alloc(length + 6, '.');
    writeLatin1(text, out, 3);
    expect(out.toString('latin1')).toBe(`...${text}...`);
  });
});

describe('the first character that is not ASCII', () => {
  it.each(LENGTHS)('is found at any place of %d characters', (length) => {
    const ascii = '\x7f'.repeat(length);
    expect(findNonAscii(ascii)).toBe(-1);
    for (let i = 0; i < length; i++) {
      expect(findNonAscii(`${ascii.slice(0, i)}\x80${ascii.slice(i + 1)}`)).toBe(i);
    }
    expect(findNonAscii(`${ascii}日é`)).toBe(length);
  });
});
