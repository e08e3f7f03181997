import { SmlError } from '../../../../src/secs2/errors.js';
import { parseItem } from '../../../../src/secs2/sml/parse.js';
import { printItem } from '../../../../src/secs2/sml/print/print.js';
import type { SmlWarning } from '../../../../src/secs2/sml/parse-options.js';
import { catchError } from '../../support/catch-error.js';

describe('text', () => {
  it.each<[text: string, latin1: string]>([
    ['<A>', ''],
    ['< A ""', ''],
    ['<A "a" "b">', 'ab'],
    [`<A 'a'"b">`, 'ab'],
    ['<A "a", "b",,>', 'ab'],
    ['<A 0x41,0x42>', 'AB'],
    ['<A 0x4 "x" 0X4a 0x7F>', '\x04xJ\x7f'],
    ['<A 0x80 "x" 0xFF>', '\x80x\xff'],
    ['<A "x" 0x80>', 'x\x80'],
    ['<A "\x7f" 0x41>', '\x7fA'],
    ['<A 0x41>', 'A'],
    ['<A "a\\"b" >', 'a"b'],
    ['<A "\\\\" >', '\\'],
    ['<A "\\n\\"\\n" >', '\\n"\\n'],
    ['<A "a\\q" >', 'a\\q'],
    // Without quotes.
    ['<A abc>', 'abc'],
    ['<A  a b  >', 'a b'],
    ['<A 0x>', '0x'],
    ['<A[2] ,a>', ',a'],
    ['<A 0x4g>', '0x4g'],
    ['<A 0x412>', '0x412'],
    ['<A 041>', '041'],
    ['<A[3] abc >', 'abc'],
    ['<A[5] a b  >', 'a b  '],
    ['<A[5]  a b >', ' a b '],
    ['<A[3]  a b >', 'a b'],
    ['<A[4]   ab >', '  ab'],
    ['<A[2]   ab  >', 'ab'],
    ['<A[1]ab>', 'ab'],
    ['<A[3] ab>', 'ab'],
    ['<A[2] abc>', 'abc'],
    ['<A[1..2] ab  >', 'ab'],
    ['<A[..3] ab  >', 'ab'],
  ])('reads %s', (text, latin1) => {
    const item = parseItem(text.endsWith('>') ? text : `${text}>`);
    expect(item.format).toBe('A');
    expect(item.ascii).toBe(latin1);
  });

  it.each<[text: string, json: object]>([
    ['A "x"', { A: 'x' }],
    ['A "x" 0x41 "y".', { A: 'xAy' }],
    ['A[1] "x", .', { A: 'x' }],
    ['L[2] A "x" A "y"', { L: [{ A: 'x' }, { A: 'y' }] }],
    ['L[2] J "x" U4 1', { L: [{ J: 'x' }, { U4: [1] }] }],
    ['C2 "x"', { C2: { encoding: 'UTF-8', text: 'x' } }],
    ['C2 8 "x"', { C2: { encoding: 'Shift-JIS', text: 'x' } }],
  ])('reads %s without angle brackets', (text, json) => {
    expect(parseItem(text).toJSON()).toEqual(json);
  });

  it.each<[text: string, hex: string]>([
    ['<J>', ''],
    ['<J "ｱ" 0x0A>', 'b10a'],
    ['<J ab >', '6162'],
    ['<C2>', ''],
    ['<C2 "">', '0002'],
    ['<C2 utf8 "é">', '0002c3a9'],
    ['<C2 Shift_JIS "ｱ" 0x41>', '0008b141'],
    ['<C2 UTF-8 >', '0002'],
    ['<C2 4>', '0004'],
    ['<C2 UTF-8 ,a>', '00022c61'],
    ['<C2 4 abc>', '0004616263'],
    ['<C2 0 0x41>', '000041'],
    ['<C2 65535 0xFF>', 'ffffff'],
    ['<C2 4 "é">', '0004e9'],
    ['<C2 0x41>', '000241'],
    ['<C2 0X41 "é">', '000241c3a9'],
    ['<C2 RAW>', ''],
    ['<C2 raw 0x41 "B">', '4142'],
    ['<C2 /* of */ UCS-2 // twice\n "é">', '000100e9'],
  ])('reads the bytes of %s', (text, hex) => {
    expect(Buffer.from(parseItem(text).bytes).toString('hex')).toBe(hex);
  });

  it.each<[text: string, json: string]>([
    ['\\n\\r\\t\\b\\f\\v\\0', '\n\r\t\b\f\v\0'],
    ['\\x41\\u0042\\X43\\U0044', 'ABCD'],
    ['a\\tb\\\\c\\"d', 'a\tb\\c"d'],
    ["\\'", "'"],
    ['\\x4\\u004', '\\x4\\u004'],
    ['\\q', '\\q'],
    ['\\toString', '\toString'],
  ])('reads every escape of "%s" where that is asked for', (text, value) => {
    expect(parseItem(`<A "${text}">`, { escapes: 'all' }).ascii).toBe(value);
    const plain = text.replace(/\\(["'\\])/g, '$1');
    expect(parseItem(`<A "${text}">`, { escapes: 'quotes' }).ascii).toBe(plain);
    if (!text.includes('"')) expect(parseItem(`<A "${text}">`, { escapes: 'none' }).ascii).toBe(text);
  });

  it('puts up with an escape that is not known, and says so', () => {
    const warnings: SmlWarning[] = [];
    const onWarning = (warning: SmlWarning): void => void warnings.push(warning);
    expect(parseItem('<A "\\n\\q">', { escapes: 'all', onWarning }).ascii).toBe('\n\\q');
    const message = 'escape \\q is not known: the backslash stands for itself';
    expect(warnings).toEqual([{ code: 'escape', message, line: 1, column: 7, offset: 6 }]);
  });

  it('reads A in a code page', () => {
    const gbk = (text: string): string =>
      Buffer.from(parseItem(text, { codePage: 'gbk' }).bytes).toString('hex');
    expect(gbk('<A "中">')).toBe('d6d0');
    expect(gbk('<A "中" 0x41>')).toBe('d6d041');
    expect(gbk('<A 中 >')).toBe('d6d0');
    expect(gbk('<A>')).toBe('');
    expect(parseItem('< A "中">', { codePage: 'gbk' }).text).toBe('中');
  });

  it.each([
    ['utf-16', '41004d00'],
    ['utf-16be', '0041004d'],
  ])('reads ASCII in %s, which has other bytes for it', (codePage, hex) => {
    for (const text of ['<A "AM">', '<A[2] "AM">', '< A "AM" >', "<A 'A' 'M'>"]) {
      const item = parseItem(text, { codePage });
      expect(Buffer.from(item.bytes).toString('hex')).toBe(hex);
      expect(parseItem(printItem(item, { codePage }), { codePage }).identical(item)).toBe(true);
    }
  });

  it.each<[text: string, message: string, column: number]>([
    ['<A é>', '"é" is not ASCII: read with a codePage, or write bytes as 0xE9', 4],
    ['<A "a😀">', '"😀" is not ASCII', 4],
    ['<A "x" "y" z>', 'quoted text, a byte such as 0x0A, or > is expected here, not "z"', 12],
    ['<A "x" 0x412>', 'quoted text, a byte such as 0x0A, or > is expected here, not "0"', 8],
    ['<A 0x41 0x4g>', 'quoted text, a byte such as 0x0A, or > is expected here, not "0"', 9],
    ['<A x', 'this item has no end: > is missing', 1],
    ['<A "x', 'this text has no end: its closing quote is missing', 4],
    ['<A "x\\"', 'this text has no end: its closing quote is missing', 4],
    ['<C2 65536 "x">', 'encoding 65536: allowed are 0 to 65535', 5],
    ['<C2 99999 "x">', 'encoding 99999: allowed are 0 to 65535', 5],
    [
      '<C2 nope "x">',
      '"nope" is not an encoding: allowed are UCS-2, UTF-8, ASCII, ISO-8859-1, ISO-8859-11, TIS-620, ISCII, Shift-JIS, EUC-JP, EUC-KR, GBK, EUC-CN, Big5, EUC-TW, or a number',
      5,
    ],
    ['<C2 RAW "é">', '"é" is not ASCII', 9],
    ['C2[5] UTF-8 "x"', 'one item is all that is expected, not also "U"', 7],
    ['C2 RAW "x"', 'an item is expected here, not "C"', 1],
  ])('refuses %s: %s', (text, message, column) => {
    const error = catchError(() => parseItem(text));
    expect(error).toBeInstanceOf(SmlError);
    expect((error as Error).message).toContain(message);
    expect(error).toMatchObject({ line: 1, column });
  });
});
