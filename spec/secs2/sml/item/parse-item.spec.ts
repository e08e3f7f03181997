import { SmlError } from '../../../../src/secs2/errors.js';
import { parseItem, parseMessages } from '../../../../src/secs2/sml/parse.js';
import type { SmlWarning } from '../../../../src/secs2/sml/parse-options.js';
import { catchError } from '../../support/catch-error.js';

const u4 = (value: number): object => ({ U4: [value] });

/** An item as JSON, and what was put up with to read it. */
function read(text: string): [json: object, warnings: string[]] {
  const warnings: string[] = [];
  const onWarning = (warning: SmlWarning): void => void warnings.push(warning.message);
  return [parseItem(text, { onWarning }).toJSON(), warnings];
}

describe('lists', () => {
  it.each<[text: string, json: object]>([
    ['<L>', { L: [] }],
    ['< L 0 >', { L: [] }],
    ['<L <L <L>> <U4 1>>', { L: [{ L: [{ L: [] }] }, u4(1)] }],
    ['<L = x>', { L: [] }],
    ['<L <U4 1> [First] <A 3 "abc"> [Second]>', { L: [u4(1), { A: 'abc' }] }],
    ['<L <U4 1> = first <U4 2>= second>', { L: [u4(1), u4(2)] }],
    ['<L[2] U4 1 U4 2>', { L: [u4(1), u4(2)] }],
    ['<L L[1] U4 1 U4 2>', { L: [{ L: [u4(1)] }, u4(2)] }],
    ['<L[1] L[2] U4 1 U4 2>', { L: [{ L: [u4(1), u4(2)] }] }],
    ['L[0]', { L: [] }],
    ['L:0', { L: [] }],
    ['L[1] L[0]', { L: [{ L: [] }] }],
    ['L[2] L[0] U4 1', { L: [{ L: [] }, u4(1)] }],
    ['L[2] L[1] U4 1 U4 2', { L: [{ L: [u4(1)] }, u4(2)] }],
    ['L,2 U4 1 L:1 <U4 2>', { L: [u4(1), { L: [u4(2)] }] }],
    ['L[2] <U4 1> <L>', { L: [u4(1), { L: [] }] }],
    ['L[1] <U4 1> .', { L: [u4(1)] }],
    ['l[2] BO T bool F', { L: [{ BOOLEAN: [true] }, { BOOLEAN: [false] }] }],
    ['<L!2 <L[0]!3> >', { L: [{ L: [], lengthBytes: 3 }], lengthBytes: 2 }],
    ['L[1]!2 U4[1]!2 1', { L: [{ U4: [1], lengthBytes: 2 }], lengthBytes: 2 }],
    ['L[0]!2', { L: [], lengthBytes: 2 }],
    ['<L!1 <U4!1 1>>', { L: [u4(1)] }],
  ])('%s', (text, json) => {
    expect(read(text)).toEqual([json, []]);
  });

  it.each<[text: string, json: object, warnings: string[]]>([
    ['<L L[2] U4 1>', { L: [{ L: [u4(1)] }] }, ['L is said to have 2 values, but has 1']],
    [
      '<L L[2] L[3] U4 1>',
      { L: [{ L: [{ L: [u4(1)] }] }] },
      ['L is said to have 3 values, but has 1', 'L is said to have 2 values, but has 1'],
    ],
    ['L[2] U4 1 .', { L: [u4(1)] }, ['L is said to have 2 values, but has 1']],
    ['L[1]', { L: [] }, ['L is said to have 1 values, but has 0']],
    ['<L[1] <U4 1> <U4 2>>', { L: [u4(1), u4(2)] }, ['L is said to have 1 values, but has 2']],
  ])('%s, with a warning', (text, json, warnings) => {
    expect(read(text)).toEqual([json, warnings]);
  });

  it('end where the next message starts', () => {
    const messages = parseMessages("S1F2 L[2] U4 1\nS1F4 L[1] L[2] 'S1F6' L[1] U4 3");
    expect(messages.map(({ message }) => message.item?.toJSON())).toEqual([
      { L: [u4(1)] },
      { L: [{ L: [] }] },
      { L: [u4(3)] },
    ]);
  });

  it.each<[text: string, code: string, message: string, column: number]>([
    ['= x <U4 1>', 'SML_SYNTAX', 'an item is expected here, not "="', 1],
    ['x', 'SML_SYNTAX', 'an item is expected here, not "x"', 1],
    ['S1F1', 'SML_SYNTAX', 'an item is expected here, not "S"', 1],
    ['U4', 'SML_SYNTAX', 'an item is expected here, not "U"', 1],
    ['L[1] A "x" A "y"', 'SML_SYNTAX', 'one item is all that is expected, not also "A"', 12],
    ['L[1] U4 1>', 'SML_SYNTAX', 'one item is all that is expected, not also ">"', 10],
    ['L[2] A "x" %', 'SML_SYNTAX', 'an item is expected here, not "%", in a list', 12],
    ['<L <U4 1> %>', 'SML_SYNTAX', 'an item or > is expected here, not "%", in a list', 11],
    ['<L <U4 1> S1F1', 'SML_SYNTAX', 'an item or > is expected here, not "S", in a list', 11],
    ['L', 'SML_SYNTAX', 'an item is expected here, not "L"', 1],
    ['L[1..2] U4 1', 'SML_SYNTAX', 'a list without angle brackets needs its count, as in L[2]', 1],
    ['<L =>', 'SML_SYNTAX', 'a name is expected after =', 4],
    ['<L = ,>', 'SML_SYNTAX', 'a name is expected after =', 4],
    ['<Q 1>', 'SML_SYNTAX', 'a format is expected here, not "Q": one of L, B, BOOLEAN,', 2],
    ['< 1>', 'SML_SYNTAX', 'a format is expected here, not "1"', 3],
    ['<U4 1', 'SML_SYNTAX', '> is expected here, not the end of the text, to end the U4 item', 6],
    ['<L [1] U4 1 !', 'SML_SYNTAX', 'an item or > is expected here, not "!"', 13],
    [`<L!1 ${'<L> '.repeat(256)}>`, 'SML_BAD_COUNT', '!1 length bytes cannot hold 256 values', 1],
    [`<L <U2!1 ${'1 '.repeat(128)}>>`, 'SML_BAD_COUNT', '!1 length bytes cannot hold 128 values', 4],
  ])('refuses %s: %s', (text, code, message, column) => {
    const error = catchError(() => parseItem(text));
    expect(error).toBeInstanceOf(SmlError);
    expect((error as Error).message).toContain(message);
    expect(error).toMatchObject({ code, line: 1, column });
  });

  it('nest as deep as is allowed', () => {
    expect(parseItem('<L <L>>', { maxDepth: 2 }).toJSON()).toEqual({ L: [{ L: [] }] });
    expect(parseItem('L[1] L[0]', { maxDepth: 2 }).toJSON()).toEqual({ L: [{ L: [] }] });
    const nested = (depth: number): string => '<L '.repeat(depth) + '>'.repeat(depth);
    expect(parseItem(nested(64)).format).toBe('L');
    const message = 'lists nest deeper than maxDepth 64: raise maxDepth if this is legitimate';
    expect(catchError(() => parseItem(nested(65)))).toMatchObject({
      code: 'SML_TOO_DEEP',
      message: `${message} (line 1, column 193)`,
    });
    expect(() => parseItem('L[1] L[1] U4 1', { maxDepth: 1 })).toThrow('maxDepth 1');
  });
});
