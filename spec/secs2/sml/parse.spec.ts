import { SmlError } from '../../../src/secs2/errors.js';
import type { Item } from '../../../src/secs2/items/item.js';
import { parseItem, parseMessage, parseMessages } from '../../../src/secs2/sml/parse.js';
import type { SmlParseOptions, SmlWarning } from '../../../src/secs2/sml/parse-options.js';
import { catchError } from '../support/catch-error.js';

type Refused = [
  text: string,
  code: string,
  message: string,
  line: number,
  column: number,
  options?: SmlParseOptions,
];

function withOptions(rows: Refused[]): Required<Refused>[] {
  return rows.map(([text, code, message, line, column, options = {}]) => [
    text,
    code,
    message,
    line,
    column,
    options,
  ]);
}

describe('parseItem', () => {
  it.each(
    withOptions([
      ['', 'SML_SYNTAX', 'an item is expected here, not the end of the text', 1, 1],
      ['<', 'SML_SYNTAX', 'a format is expected here, not the end of the text', 1, 2],
      ['<X 1>', 'SML_SYNTAX', 'a format is expected here, not "X": one of L, B, BOOLEAN', 1, 2],
      ['<U5 1>', 'SML_SYNTAX', 'a format is expected here', 1, 2],
      ['>', 'SML_SYNTAX', 'an item is expected here, not ">"', 1, 1],
      ['<L\n  <A "x">\n', 'SML_SYNTAX', 'an item or > is expected here, not the end of the text', 3, 1],
      ['<L <A "x"> 5>', 'SML_SYNTAX', 'an item or > is expected here, not "5"', 1, 12],
      ['<L .', 'SML_SYNTAX', 'an item or > is expected here, not "."', 1, 4],
      ['<A "x"> <A "y">', 'SML_SYNTAX', 'one item is all that is expected, not also "<"', 1, 9],
      ['<A "x', 'SML_SYNTAX', 'this text has no end', 1, 4],
      ['<A "x" y>', 'SML_SYNTAX', 'quoted text, a byte such as 0x0A, or > is expected here, not "y"', 1, 8],
      ['<A "x"', 'SML_SYNTAX', '> is expected here, not the end of the text', 1, 7],
      ['<A abc', 'SML_SYNTAX', 'this item has no end', 1, 1],
      ['<A[x] "a">', 'SML_SYNTAX', 'a count such as [3]', 1, 3],
      ['<A[3 "a">', 'SML_SYNTAX', 'a count such as [3]', 1, 3],
      ['<L,x>', 'SML_SYNTAX', 'a count is expected here, not "x"', 1, 4],
      ['<A!4 "x">', 'SML_SYNTAX', '!1, !2 or !3 is expected', 1, 3],
      ['<A!1 "' + 'x'.repeat(256) + '">', 'SML_BAD_COUNT', '!1 length bytes cannot hold 256', 1, 1],
      ['<A "é">', 'SML_BAD_VALUE', '"é" is not ASCII: read with a codePage', 1, 4],
      ['<A "x" 0x20 "日">', 'SML_BAD_VALUE', '"日" is not ASCII', 1, 13],
      ['<J "日">', 'SML_BAD_VALUE', 'JIS-8 (JIS X 0201) has no "日"', 1, 4],
      ['<C2 ASCII "日">', 'SML_BAD_VALUE', 'ascii has no "日"', 1, 11],
      ['<C2 klingon "x">', 'SML_BAD_VALUE', '"klingon" is not an encoding: allowed are UCS-2', 1, 5],
      ['<C2 70000 "x">', 'SML_BAD_VALUE', 'encoding 70000: allowed are 0 to 65535', 1, 5],
      ['<C2 7 "x">', 'SML_BAD_VALUE', 'localized encoding 7 (ISCII) has no code page here', 1, 7],
      ['<U1 256>', 'SML_BAD_VALUE', 'U1 cannot hold 256: allowed are 0 to 255', 1, 5],
      ['<U1\n 1\n  -1>', 'SML_BAD_VALUE', 'U1 cannot hold -1', 3, 3],
      ['<I2 -32769>', 'SML_BAD_VALUE', 'I2 cannot hold -32769: allowed are -32768 to 32767', 1, 5],
      ['<U4 1x>', 'SML_BAD_VALUE', '"1x" is not a value of U4', 1, 5],
      ['<U4 1.5>', 'SML_BAD_VALUE', '"1.5" is not a value of U4', 1, 5],
      ['<U4 abc>', 'SML_BAD_VALUE', '"abc" is not a value of U4', 1, 5],
      ['<U4 "1">', 'SML_SYNTAX', 'a value or > is expected here, not "\\""', 1, 5],
      [`<U8 ${'9'.repeat(200)}>`, 'SML_BAD_VALUE', 'is not a value of U8', 1, 5],
      ['<U8 18446744073709551616>', 'SML_BAD_VALUE', 'U8 cannot hold 18446744073709551616', 1, 5],
      ['<I8 9223372036854775808>', 'SML_BAD_VALUE', 'I8 cannot hold', 1, 5],
      ['<U8 x>', 'SML_BAD_VALUE', '"x" is not a value of U8', 1, 5],
      ['<F4 1e39>', 'SML_BAD_VALUE', 'too large for single precision', 1, 5],
      ['<F4 1.2.3>', 'SML_BAD_VALUE', '"1.2.3" is not a value of F4', 1, 5],
      ['<F4 NaN(0x3f800000)>', 'SML_BAD_VALUE', '"NaN(0x3f800000)" is not a value of F4', 1, 5],
      ['<F8 one>', 'SML_BAD_VALUE', '"one" is not a value of F8', 1, 5],
      ['<B 256>', 'SML_BAD_VALUE', 'B cannot hold 256', 1, 4],
      ['<B 0A>', 'SML_BAD_VALUE', `"0A" is not decimal: write 0x0A, or read with binary: 'hex'`, 1, 4],
      ['<B 1G>', 'SML_BAD_VALUE', '"1G" is not a value of B', 1, 4, { binary: 'hex' }],
      ['<BOOLEAN yes>', 'SML_BAD_VALUE', '"yes" is not a value of BOOLEAN', 1, 10],
      ['<BOOLEAN 256>', 'SML_BAD_VALUE', 'BOOLEAN cannot hold 256', 1, 10],
      ['<L /* open', 'SML_SYNTAX', 'this comment has no end', 1, 4],
      ['<L <A "x"> = >', 'SML_SYNTAX', 'a name is expected after =', 1, 12],
      ['L[0..2]', 'SML_SYNTAX', 'a list without angle brackets needs its count', 1, 1],
      ['<L <L>>', 'SML_TOO_DEEP', 'lists nest deeper than maxDepth 1', 1, 4, { maxDepth: 1 }],
      [
        '<L[2]\n <A "x">\n>',
        'SML_BAD_COUNT',
        'L is said to have 2 values, but has 1',
        1,
        3,
        { strict: true },
      ],
      [
        '<A [0..2] "abc">',
        'SML_BAD_COUNT',
        'A is said to have 0 to 2 values, but has 3',
        1,
        4,
        { strict: true },
      ],
      ['<U4[1] 1 2>', 'SML_BAD_COUNT', 'U4 is said to have 1 values, but has 2', 1, 4, { strict: true }],
      ['L[2] A "x"', 'SML_BAD_COUNT', 'L is said to have 2 values, but has 1', 1, 2, { strict: true }],
      ['<A "\\q">', 'SML_BAD_VALUE', 'escape \\q is not known', 1, 5, { strict: true, escapes: 'all' }],
    ]),
  )('%.40s: %s', (text, code, message, line, column, options) => {
    const error = catchError(() => parseItem(text, options));
    expect(error).toBeInstanceOf(SmlError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toContain(`(line ${line}, column ${column})`);
    expect(error).toMatchObject({ code, line, column });
    const { offset } = error as SmlError;
    expect(text.slice(0, offset).split('\n')).toHaveLength(line);
  });

  it('reports what it puts up with, where it is', () => {
    const warnings: SmlWarning[] = [];
    parseItem('<L[2]\n  <A[5] "abc">\n>', { onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toEqual([
      { code: 'count', message: 'A is said to have 5 values, but has 3', line: 2, column: 5, offset: 10 },
      { code: 'count', message: 'L is said to have 2 values, but has 1', line: 1, column: 3, offset: 2 },
    ]);
  });

  it('reads a byte order mark and odd spaces as space', () => {
    expect(parseItem('\ufeff<U4\u00a01\u30002>').equals(parseItem('<U4 1 2>'))).toBe(true);
  });

  it('refuses an unknown code page', () => {
    expect(catchError(() => parseItem('<A "x">', { codePage: 'klingon' }))).toMatchObject({
      code: 'SECS2_UNKNOWN_ENCODING',
    });
  });

  it('takes an encoding for C2 that names none', () => {
    expect(parseItem('<C2 "日">', { localizedEncoding: 'Shift-JIS' }).localized.encoding).toBe('Shift-JIS');
  });
});

describe('parseMessages', () => {
  it.each(
    withOptions([
      ['<L>', 'SML_SYNTAX', 'a message header such as S1F1 W is expected here, not "<"', 1, 1],
      ['hello', 'SML_SYNTAX', 'a message header', 1, 1],
      ['S1F1 W.\n\nname: <L>', 'SML_SYNTAX', 'a message header', 3, 7],
      ['S128F1', 'SML_BAD_HEADER', 'stream 128: allowed are 0 to 127', 1, 1],
      ['S1F1.\nS1F256 <L>.', 'SML_BAD_HEADER', 'function 256: allowed are 0 to 255', 2, 1],
      ['S1F2 W <L>.', 'SML_BAD_HEADER', 'function 2 is even', 1, 6, { strict: true }],
      ['a\nb: S1F1', 'SML_SYNTAX', 'a message header', 1, 1],
      ['a<b: S1F1', 'SML_SYNTAX', 'a message header', 1, 1],
      ['S1F1. <L>', 'SML_SYNTAX', 'a message header', 1, 7],
      ['S1F1 <L>. 5', 'SML_SYNTAX', 'a message header', 1, 11],
      [
        "One:'S1F6'\n<L[1]\n\t<U4[1] 1> \n.\nTwo:'S1F1' W\n.",
        'SML_SYNTAX',
        'an item or > is expected here, not ".", in a list',
        4,
        1,
      ],
      ['S1F1 <UNIT4 7>', 'SML_SYNTAX', 'a format is expected here, not "UNIT4": one of L, B,', 1, 7],
      ['S1F1 W 5', 'SML_SYNTAX', 'W, an item or a full stop is expected here, not "5"', 1, 8],
      ['S1F1 W\n<L\n<U4 1>\nS1F2', 'SML_SYNTAX', 'an item or > is expected here, not "S"', 4, 1],
    ]),
  )('%s', (text, code, message, line, column, options) => {
    const error = catchError(() => parseMessages(text, options));
    expect(error).toBeInstanceOf(SmlError);
    expect((error as Error).message).toContain(message);
    expect(error).toMatchObject({ code, line, column });
  });

  it.each<[string, object]>([
    ['S127F255 W.', { message: { stream: 127, function: 255, wBit: true } }],
    ['s1f1 w', { message: { stream: 1, function: 1, wBit: true }, wOptional: false }],
    [`'S12F13' [ W ].`, { message: { stream: 12, function: 13, wBit: true }, wOptional: true }],
    ['"S1F2" [W].', { message: { wBit: false }, wOptional: true }],
    ['S1F1 Wafer', { message: { wBit: false }, name: 'Wafer' }],
    ['S1F1 W_x', { message: { wBit: false }, name: 'W_x' }],
    ['Two words : S1F1', { name: 'Two words' }],
    ['S1F1, Are You There \nW', { message: { wBit: true }, name: 'Are You There' }],
    ["S1F1 = 'One name'", { name: 'One name' }],
    ['S1F1:"One name"', { name: 'One name' }],
    ['S1F1 =One-name W', { message: { wBit: true }, name: 'One-name' }],
    ['First: S1F1 Second', { name: 'First' }],
    ['S1F1 H -> E', { direction: 'H->E', name: undefined }],
    ['S1F1 output', { direction: 'output', name: undefined }],
    ['S1F1 DevId = 0x1F', { deviceId: 31, systemBytes: undefined }],
    ['S1F1 [SystemBytes : 7]', { deviceId: undefined, systemBytes: 7 }],
    ['S1F1 <L> SysBytes=7 DevId:3 .', { deviceId: 3, systemBytes: 7 }],
    ['\nS1F1', { line: 2 }],
    ['S1F1', { name: undefined, direction: undefined, deviceId: undefined, systemBytes: undefined, line: 1 }],
  ])('reads the header of %j', (text, expected) => {
    expect(parseMessages(text)).toMatchObject([expected]);
  });

  it('tells a name on a new line from one of the message before', () => {
    const read = parseMessages('S1F1 W\nNext: S1F3 W\n\nS1F5 W Own\nS1F7');
    expect(read.map(({ message, name, line }) => [message.name, name, line])).toEqual([
      ['S1F1', undefined, 1],
      ['S1F3', 'Next', 2],
      ['S1F5', 'Own', 4],
      ['S1F7', undefined, 5],
    ]);
  });

  it('puts up with a W on a secondary message', () => {
    const warnings: SmlWarning[] = [];
    const [read] = parseMessages('S1F2 W <L>.', { onWarning: (warning) => warnings.push(warning) });
    expect(read?.message.wBit).toBe(false);
    expect(warnings).toMatchObject([{ code: 'wBit', line: 1, column: 6 }]);
  });

  it('reads nothing from nothing', () => {
    expect(parseMessages('')).toEqual([]);
    expect(parseMessages(' // only a comment\n . \n')).toEqual([]);
  });

  it('reads one message where one is asked for', () => {
    expect(parseMessage('S1F13 W <L>.').name).toBe('S1F13');
    expect(() => parseMessage('')).toThrow('a message header');
    expect(() => parseMessage('S1F1.\nS1F2.')).toThrow(
      'one message is all that is expected, not also "S" (line 2, column 1)',
    );
  });
});

it('reads what it is given into an item of the right type', () => {
  const item: Item = parseItem('<L[2] <U4 1> <A "x">>');
  expect(item.at(0).u4[0]).toBe(1);
});
