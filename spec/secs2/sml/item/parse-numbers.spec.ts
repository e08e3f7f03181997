import { SmlError } from '../../../../src/secs2/errors.js';
import { parseItem } from '../../../../src/secs2/sml/parse.js';
import type { SmlParseOptions } from '../../../../src/secs2/sml/parse-options.js';
import { catchError } from '../../support/catch-error.js';

const strictly: SmlParseOptions = { strict: true };
const hex: SmlParseOptions = { binary: 'hex' };

type Refused = [text: string, code: string, message: string, column: number];

describe('numbers', () => {
  it.each<[text: string, json: object]>([
    ['<U1 0 255>', { U1: [0, 255] }],
    ['<U2 0 65535>', { U2: [0, 65535] }],
    ['<U4 0 4294967295>', { U4: [0, 4294967295] }],
    ['<U8 0 18446744073709551615>', { U8: ['0', '18446744073709551615'] }],
    ['<I1 -128 127>', { I1: [-128, 127] }],
    ['<I2 -32768 32767>', { I2: [-32768, 32767] }],
    ['<I4 -2147483648 2147483647>', { I4: [-2147483648, 2147483647] }],
    [
      '<I8 -9223372036854775808 9223372036854775807>',
      { I8: ['-9223372036854775808', '9223372036854775807'] },
    ],
    [
      '<I4 +1 -0x10 +0X1f -0b11 0B101 1e3 1E+2 2. 2.000 -3.0e1 0xFF>',
      { I4: [1, -16, 31, -3, 5, 1000, 100, 2, 2, -30, 255] },
    ],
    ['<I8 +1 -0x10 1e15 -2.0>', { I8: ['1', '-16', '1000000000000000', '-2'] }],
    [`<U8 ${'0'.repeat(99)}7>`, { U8: ['7'] }],
    [`<U1 ${'0'.repeat(99)}7>`, { U1: [7] }],
    ['<U2 1, 2,,3 ,>', { U2: [1, 2, 3] }],
    ['<U2,1 , 1>', { U2: [1] }],
    ['<U2>', { U2: [] }],
    ['<U8>', { U8: [] }],
    ['<F4>', { F4: [] }],
    ['<BOOLEAN>', { BOOLEAN: [] }],
    ['<U2 1/**/2>', { U2: [1, 2] }],
    ['<B 0 255 0x0A 0b11>', { B: '00ff0a03' }],
    [
      '<BOOLEAN T F true FALSE tRue f 1 0>',
      { BOOLEAN: [true, false, true, false, true, false, true, false] },
    ],
    ['<BOOLEAN 0x02 T 255>', { BOOLEAN: [2, true, 255] }],
    ['<BOOLEAN 2 0>', { BOOLEAN: [2, false] }],
    ['<F8 1 -1.5 +.5 5. -.25e1 1E+2 1e-2 0x10 0b101>', { F8: [1, -1.5, 0.5, 5, -2.5, 100, 0.01, 16, 5] }],
    ['<F4 3.4028235e38 -3.4028235e38 1e-50>', { F4: [3.4028235e38, -3.4028235e38, 0] }],
    ['<F8 1.7976931348623157e308 1e-400>', { F8: [1.7976931348623157e308, 0] }],
    ['<F8 NaN +nan -NAN 1.#QNAN -1.#IND>', { F8: ['NaN', 'NaN', 'NaN', 'NaN', 'NaN'] }],
    ['<F4 Inf +INF infinity +Infinity 1.#INF>', { F4: Array(5).fill('Infinity') }],
    ['<F4 -Inf -infinity -1.#inf>', { F4: Array(3).fill('-Infinity') }],
    ['<F4 1 nan(0X7F800001) 2 NaN(0xffc00abc)>', { F4: [1, 'NaN:7f800001', 2, 'NaN:ffc00abc'] }],
    ['<F8 NaN(0x7ff0000000000abc) 1>', { F8: ['NaN:7ff0000000000abc', 1] }],
    [`<F8 ${'1'.repeat(200)}>`, { F8: [Number('1'.repeat(200))] }],
  ])('reads %s', (text, json) => {
    expect(parseItem(text, strictly).toJSON()).toEqual(json);
  });

  it('reads bare numbers of B items as hex where that is asked for', () => {
    expect(parseItem('<B a 0A fF b1 10 007 0x0A 0b11 +7>', hex).toJSON()).toEqual({
      B: '0a0affb110070a0307',
    });
    expect(parseItem('<U1 10 0x0a>', hex).toJSON()).toEqual({ U1: [10, 10] });
  });

  it.each<[text: string, message: string]>([
    ['<B 100>', 'B cannot hold 256: allowed are 0 to 255'],
    ['<B 1e0>', 'B cannot hold 480'],
    ['<B xA>', '"xA" is not a value of B'],
  ])('refuses %s where bare numbers are hex: %s', (text, message) => {
    expect(() => parseItem(text, hex)).toThrow(`${message}`);
  });

  it.each<[text: string, json: object]>([
    ['U4 1', { U4: [1] }],
    ['U4[2] 0 9', { U4: [0, 9] }],
    ['U4[2] 1 2.', { U4: [1, 2] }],
    ['U4 1.0.', { U4: [1] }],
    ['I2 -1 +2,3', { I2: [-1, 2, 3] }],
    ['B 0x0A 7', { B: '0a07' }],
    ['I8 -1', { I8: ['-1'] }],
    ['F4 1.5.', { F4: [1.5] }],
    ['F8 1. .', { F8: [1] }],
    ['F8[4] 1 NaN inf Infinity.', { F8: [1, 'NaN', 'Infinity', 'Infinity'] }],
    ['F8[2] -0 -inf', { F8: ['-0', '-Infinity'] }],
    ['BOOLEAN T false 1 F', { BOOLEAN: [true, false, true, false] }],
    ['L[3] U4[1] 1 BOOLEAN T F8 2', { L: [{ U4: [1] }, { BOOLEAN: [true] }, { F8: [2] }] }],
    ['L[2] F8 1 F8 2', { L: [{ F8: [1] }, { F8: [2] }] }],
  ])('reads %s without angle brackets', (text, json) => {
    expect(parseItem(text).toJSON()).toEqual(json);
  });

  it.each<Refused>([
    ['<U1 0 256>', 'SML_BAD_VALUE', 'U1 cannot hold 256: allowed are 0 to 255', 7],
    ['<U1 0 -1>', 'SML_BAD_VALUE', 'U1 cannot hold -1: allowed are 0 to 255', 7],
    ['<U2 65536>', 'SML_BAD_VALUE', 'U2 cannot hold 65536: allowed are 0 to 65535', 5],
    ['<U4 4294967296>', 'SML_BAD_VALUE', 'U4 cannot hold 4294967296: allowed are 0 to 4294967295', 5],
    ['<U4 1e15>', 'SML_BAD_VALUE', 'U4 cannot hold 1000000000000000', 5],
    ['<I1 128>', 'SML_BAD_VALUE', 'I1 cannot hold 128: allowed are -128 to 127', 5],
    ['<I1 -129>', 'SML_BAD_VALUE', 'I1 cannot hold -129', 5],
    ['<I2 32768>', 'SML_BAD_VALUE', 'I2 cannot hold 32768: allowed are -32768 to 32767', 5],
    [
      '<I4 2147483648>',
      'SML_BAD_VALUE',
      'I4 cannot hold 2147483648: allowed are -2147483648 to 2147483647',
      5,
    ],
    ['<I4 -2147483649>', 'SML_BAD_VALUE', 'I4 cannot hold -2147483649', 5],
    ['<B -129>', 'SML_BAD_VALUE', 'B cannot hold -129: allowed are 0 to 255', 4],
    ['<U8 1 -1>', 'SML_BAD_VALUE', 'U8 cannot hold -1: allowed are 0 to 18446744073709551615', 7],
    ['<U8 18446744073709551616>', 'SML_BAD_VALUE', 'U8 cannot hold 18446744073709551616', 5],
    [
      '<I8 -9223372036854775809>',
      'SML_BAD_VALUE',
      'I8 cannot hold -9223372036854775809: allowed are -9223372036854775808 to 9223372036854775807',
      5,
    ],
    ['<I8 9223372036854775808>', 'SML_BAD_VALUE', 'I8 cannot hold 9223372036854775808', 5],
    ['<BOOLEAN T 256>', 'SML_BAD_VALUE', 'BOOLEAN cannot hold 256: allowed are 0 to 255', 12],
    ['<BOOLEAN -1>', 'SML_BAD_VALUE', 'BOOLEAN cannot hold -1: allowed are 0 to 255', 10],
    ['<BOOLEAN TR>', 'SML_BAD_VALUE', '"TR" is not a value of BOOLEAN', 10],
    [`<U8 1${'0'.repeat(100)}>`, 'SML_BAD_VALUE', 'is not a value of U8', 5],
    [`<U1 ${'0'.repeat(101)}>`, 'SML_BAD_VALUE', 'is not a value of U1', 5],
    ...[
      '1x',
      'x1',
      '1.5',
      '--1',
      '+-1',
      '0xg',
      '0b2',
      '1e',
      '1e-1',
      '1.0.0',
      '9007199254740993.0',
      '1e16',
      'NaN',
      '.',
    ].map((token): Refused => [
      `<I8 0 ${token}>`,
      'SML_BAD_VALUE',
      `${JSON.stringify(token)} is not a value of I8`,
      7,
    ]),
    ...[
      '1.2.3',
      '1e',
      'e1',
      '.',
      '+',
      '1f',
      '+0x1',
      '0xg',
      '0b2',
      'NaNa',
      'xNaN',
      'Infinit',
      '1.#IND',
      'NaN(0x7f8)',
      'NaN(0x3f800000)',
      'NaN(0x7f8000010)',
      'xNaN(0x7f800001)',
      'NaN(0x7f800001)x',
    ].map((token): Refused => [
      `<F4 0 ${token}>`,
      'SML_BAD_VALUE',
      `${JSON.stringify(token)} is not a value of F4`,
      7,
    ]),
    ['<F8 NaN(0x7f800001)>', 'SML_BAD_VALUE', 'is not a value of F8', 5],
    [
      '<F4 0 3.4028236e38>',
      'SML_BAD_VALUE',
      'F4 cannot hold "3.4028236e38": it is too large for single precision',
      7,
    ],
    ['<F4 -1e39>', 'SML_BAD_VALUE', 'F4 cannot hold "-1e39": it is too large for single precision', 5],
    ['<F4 1e400>', 'SML_BAD_VALUE', 'F4 cannot hold "1e400": it is too large for single precision', 5],
    ['<F8 0 1e309>', 'SML_BAD_VALUE', 'F8 cannot hold "1e309": it is too large for double precision', 7],
    [`<F8 -${'9'.repeat(309)}>`, 'SML_BAD_VALUE', 'it is too large for double precision', 5],
    [`<F8 0x${'f'.repeat(300)}>`, 'SML_BAD_VALUE', 'it is too large for double precision', 5],
    ['<B 0 fF>', 'SML_BAD_VALUE', `"fF" is not decimal: write 0xfF, or read with binary: 'hex'`, 6],
    ['<U1 fF>', 'SML_BAD_VALUE', '"fF" is not a value of U1', 5],
    ['<B fFf>', 'SML_BAD_VALUE', '"fFf" is not a value of B', 4],
    ['<B g>', 'SML_BAD_VALUE', '"g" is not a value of B', 4],
    ['<U4 1 "x">', 'SML_SYNTAX', 'a value or > is expected here, not "\\""', 7],
    ["<U4 1'x'>", 'SML_SYNTAX', `a value or > is expected here, not "'"`, 6],
    ['<U4 1<', 'SML_SYNTAX', 'a value or > is expected here, not "<"', 6],
    ['<U4 1', 'SML_SYNTAX', '> is expected here, not the end of the text, to end the U4 item', 6],
    ['<U4 /', 'SML_SYNTAX', 'a value or > is expected here, not "/"', 5],
    ['U4 1 2x', 'SML_BAD_VALUE', '"2x" is not a value of U4', 6],
    ['F8 1 NaNx', 'SML_SYNTAX', 'one item is all that is expected, not also "N"', 6],
    ['F8 1 infi', 'SML_SYNTAX', 'one item is all that is expected, not also "i"', 6],
    ['U4 1 T', 'SML_SYNTAX', 'one item is all that is expected, not also "T"', 6],
    ['BOOLEAN 1 Tx', 'SML_SYNTAX', 'one item is all that is expected, not also "T"', 11],
    ['F8 1 abc', 'SML_SYNTAX', 'one item is all that is expected, not also "a"', 6],
  ])('refuses %s: %s', (text, code, message, column) => {
    const error = catchError(() => parseItem(text));
    expect(error).toBeInstanceOf(SmlError);
    expect((error as Error).message).toContain(message);
    expect(error).toMatchObject({ code, line: 1, column });
  });
});
