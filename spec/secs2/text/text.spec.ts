import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { encodeItem } from '../../../src/secs2/codec/encode.js';
import { Secs2TextError } from '../../../src/secs2/errors.js';
import { A, C2, J } from '../../../src/secs2/items/factories.js';
import { checkCodePage, decodeCodePage } from '../../../src/secs2/text/code-page.js';
import { decodeJis8, encodeJis8 } from '../../../src/secs2/text/jis8.js';
import { LocalizedEncoding, type LocalizedEncodingName } from '../../../src/secs2/text/localized.js';
import { catchError } from '../support/catch-error.js';

describe('JIS-8 (JIS X 0201)', () => {
  it.each([
    ['ABC xyz', '4142432078797a'],
    ['¥100‾', '5c3130307e'],
    ['｡｢｣ﾞﾟ', 'a1a2a3dedf'],
    ['ｱｲｳ', 'b1b2b3'],
  ])('%s', (text, hex) => {
    expect(encodeJis8(text).toString('hex')).toBe(hex);
    expect(decodeJis8(Buffer.from(hex, 'hex'))).toBe(text);
  });

  it('takes a backslash and a tilde for the characters in their place', () => {
    expect(encodeJis8('\\~').toString('hex')).toBe('5c7e');
  });

  it('brings every byte that it defines back', () => {
    const defined = Buffer.from(
      Array.from({ length: 256 }, (_, i) => i).filter((i) => i < 0x80 || (i > 0xa0 && i < 0xe0)),
    );
    expect(encodeJis8(decodeJis8(defined)).equals(defined)).toBe(true);
    expect(decodeJis8(Uint8Array.of(0x80, 0xa0, 0xe0, 0xff))).toBe('\ufffd'.repeat(4));
  });

  it.each([
    ['日', '"日" (character 0)'],
    ['ab｠', '"｠" (character 2)'],
    ['a😀', '"😀" (character 1)'],
    ['\x7f\x80', '"\x80" (character 1)'],
    ['ﾟﾠ', '"ﾠ" (character 1)'],
  ])('refuses %j', (text, message) => {
    const error = catchError(() => J(text));
    expect(error).toBeInstanceOf(Secs2TextError);
    expect(error).toMatchObject({
      code: 'SECS2_NOT_ENCODABLE',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('localized text (C2)', () => {
  it.each<[LocalizedEncodingName, string, string]>([
    ['UCS-2', '日本', '65e5672c'],
    ['UTF-8', '日本', 'e697a5e69cac'],
    ['ASCII', 'abc', '616263'],
    ['ISO-8859-1', 'é', 'e9'],
    ['ISO-8859-11', 'ก', 'a1'],
    ['TIS-620', 'ก', 'a1'],
    ['Shift-JIS', '日本ｱ', '93fa967bb1'],
    ['EUC-JP', '日本', 'c6fccbdc'],
    ['EUC-KR', '한국', 'c7d1b1b9'],
    ['GBK', '中文', 'd6d0cec4'],
    ['EUC-CN', '中文', 'd6d0cec4'],
    ['Big5', '中文', 'a4a4a4e5'],
  ])('%s', (encoding, text, hex) => {
    const item = C2(text, encoding);
    const code = LocalizedEncoding[encoding];
    expect(encodeItem(item).toString('hex', 2)).toBe(`${code.toString(16).padStart(4, '0')}${hex}`);
    const back = decodeItem(encodeItem(item));
    expect(back.localized).toEqual({ encodingCode: code, encoding, text });
    expect(back.text).toBe(text);
    expect(back.length).toBe(hex.length / 2);
  });

  it('finds encodings by number, and by name whatever its punctuation', () => {
    expect(C2('é', 'utf8' as LocalizedEncodingName).localized.encodingCode).toBe(2);
    expect(C2('é', 4).localized.encoding).toBe('ISO-8859-1');
    expect(C2('x').localized.encoding).toBe('UTF-8');
  });

  it.each([
    [() => C2('日', 'ASCII'), 'SECS2_NOT_ENCODABLE', 'ascii has no "日" (character 0)'],
    [() => C2('a한', 'Big5'), 'SECS2_NOT_ENCODABLE', '"한" (character 1)'],
    [() => C2('\ud800', 'UTF-8'), 'SECS2_NOT_ENCODABLE', 'utf-8 has no'],
    [() => C2('x', 'ISCII'), 'SECS2_UNKNOWN_ENCODING', 'localized encoding 7 (ISCII) has no code page here'],
    [() => C2('x', 'EUC-TW'), 'SECS2_UNKNOWN_ENCODING', '14 (EUC-TW)'],
    [() => C2('x', 99), 'SECS2_UNKNOWN_ENCODING', 'localized encoding 99 has no code page here'],
    [() => C2('x', 'nope' as LocalizedEncodingName), 'SECS2_UNKNOWN_ENCODING', 'allowed are UCS-2, UTF-8'],
  ])('refuses what it cannot carry (%#)', (make, code, message) => {
    expect(catchError(make)).toMatchObject({ code, message: expect.stringContaining(message) as string });
  });

  it('keeps bytes of any encoding, known or not', () => {
    const item = C2(Uint8Array.of(1, 2), 99);
    expect(encodeItem(item).toString('hex')).toBe('490400630102');
    expect(Buffer.from(item.bytes).toString('hex')).toBe('00630102');
    expect(() => item.localized).toThrow('encoding 99');
    expect(decodeItem(Buffer.from('490141', 'hex')).localized).toEqual({
      encodingCode: 0,
      encoding: undefined,
      text: '',
    });
  });

  it.each([0, 0xffff])('takes bytes of encoding %d, the first and the last there can be', (code) => {
    const head = code.toString(16).padStart(4, '0');
    expect(encodeItem(C2(Uint8Array.of(1), code)).toString('hex')).toBe(`4903${head}01`);
  });

  it.each([-1, 0x10000, 1.5, NaN])('refuses %d as the number of an encoding', (code) => {
    const message = `encoding must be a whole number from 0 to 65535, received ${code}`;
    expect(catchError(() => C2(Uint8Array.of(1), code))).toMatchObject({
      code: 'SECS2_INVALID_ARGUMENT',
      message: expect.stringContaining(message) as string,
    });
  });

  it('keeps a byte order mark', () => {
    expect(decodeItem(encodeItem(C2('\ufeffx', 'UTF-8'))).text).toBe('\ufeffx');
    expect(decodeItem(encodeItem(C2('\ufeffx', 'UCS-2'))).text).toBe('\ufeffx');
  });
});

describe('A in a code page', () => {
  it.each([
    ['gbk', '中文', 'd6d0cec4'],
    ['big5', '中文', 'a4a4a4e5'],
    ['shift_jis', '日本', '93fa967b'],
    ['windows-1252', '€', '80'],
  ])('%s', (codePage, text, hex) => {
    const item = A(text, codePage);
    expect(encodeItem(item).toString('hex', 2)).toBe(hex);
    expect(item.text).toBe(text);
    const back = decodeItem(encodeItem(item), { codePage });
    expect(back.text).toBe(text);
    expect(back.ascii).toBe(Buffer.from(hex, 'hex').toString('latin1'));
    // Without one the bytes are still all there.
    expect(decodeItem(encodeItem(item)).text).toBe(Buffer.from(hex, 'hex').toString('latin1'));
  });

  it('adds no byte order mark that the text does not have', () => {
    expect(Buffer.from(A('x', 'utf-16').bytes).toString('hex')).toBe('7800');
    expect(Buffer.from(A('\ufeffx', 'utf-16').bytes).toString('hex')).toBe('fffe7800');
  });

  it('takes the name of a code page as a string only', () => {
    expect(catchError(() => checkCodePage(['gbk'] as unknown as string))).toMatchObject({
      code: 'SECS2_UNKNOWN_ENCODING',
    });
  });

  it('refuses what the code page lacks, and unknown code pages', () => {
    expect(() => A('日本', 'windows-1252')).toThrow('windows-1252 has no "日" (character 0)');
    expect(catchError(() => A('x', 'klingon'))).toMatchObject({
      code: 'SECS2_UNKNOWN_ENCODING',
      message: expect.stringContaining(
        'code page "klingon" is not known: allowed are the names of',
      ) as string,
    });
    expect(catchError(() => A('x', 7 as unknown as string))).toMatchObject({
      code: 'SECS2_UNKNOWN_ENCODING',
      message: expect.stringContaining('code page 7 is not known') as string,
    });
    expect(checkCodePage('GB18030')).toBe('GB18030');
    expect(() => decodeCodePage(Uint8Array.of(1), 'klingon')).toThrow(Secs2TextError);
  });
});
