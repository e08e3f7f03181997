import { SmlError } from '../../../../src/secs2/errors.js';
import { FormatCode, type ItemFormat } from '../../../../src/secs2/formats.js';
import {
  checkCount,
  isWordCode,
  takeExact,
  takeFormat,
  takeHead,
  takeShortFormat,
} from '../../../../src/secs2/sml/item/item-head.js';
import type { SmlWarning } from '../../../../src/secs2/sml/parse-options.js';
import { SmlSource } from '../../../../src/secs2/sml/source.js';
import { catchError } from '../../support/catch-error.js';

const names: [name: string, format: ItemFormat][] = [
  ...(Object.keys(FormatCode) as ItemFormat[]).map((name): [string, ItemFormat] => [name, name]),
  ['BOOL', 'BOOLEAN'],
  ['BO', 'BOOLEAN'],
  ['BI', 'B'],
  ['JIS8', 'J'],
  ['W', 'C2'],
  ['D4', 'F4'],
  ['D8', 'F8'],
];

/** A text that is read behind another. */
function sourceOf(text: string): SmlSource {
  const source = new SmlSource(`<L[2] ${text}`, {});
  source.position = 6;
  return source;
}

describe('a letter or a digit', () => {
  it.each(Array.from({ length: 300 }, (_, code) => code))('%d', (code) => {
    expect(isWordCode(code)).toBe(/^[A-Za-z0-9]$/.test(String.fromCharCode(code)));
  });

  it('is not what follows the end of a text', () => {
    expect(isWordCode(NaN)).toBe(false);
  });
});

describe('the name of a format', () => {
  const taken = (text: string): [format: ItemFormat | undefined, read: number] => {
    const source = new SmlSource(`<${text}`, {});
    source.position = 1;
    return [takeFormat(source), source.position - 1];
  };

  it.each(names)('%s is %s', (name, format) => {
    for (const rest of ['', ' 1>', '>', '[1]', ',1', ':1', '!2', '"x"', '/**/', '\u00a0']) {
      for (const text of [name, name.toLowerCase(), name.charAt(0) + name.slice(1).toLowerCase()])
        expect(taken(text + rest)).toEqual([format, name.length]);
    }
  });

  it.each(names)('%s is part of no longer one', (name) => {
    for (const more of ['0', '9', 'Q', 'z', '_', '_1'])
      expect(taken(`${name}${more} 1>`)).toEqual([undefined, 0]);
  });

  it.each([
    '',
    ' L',
    '>',
    '1',
    'X',
    'U',
    'U3',
    'I9',
    'F2',
    'D1',
    '4U',
    'é',
    'U\u0434',
    'BOOLEANS',
    'constructor',
  ])('%j is none', (text) => {
    expect(taken(`${text}>`)).toEqual([undefined, 0]);
  });
});

describe('the short name of a format', () => {
  const taken = (text: string): [format: ItemFormat | undefined, read: number] => {
    const source = sourceOf(text);
    return [takeShortFormat(source), source.position - 6];
  };

  it.each(names.filter(([name]) => name.length <= 2))('%s is %s', (name, format) => {
    for (const rest of ['', ' 1>', '>', '[1]', '!2', '\u00e9']) {
      expect(taken(name + rest)).toEqual([format, name.length]);
    }
  });

  it.each([
    '',
    '>',
    'u4',
    'l',
    'U',
    'U3',
    'BOO',
    'JIS8',
    'U44',
    'LL',
    'L1',
    'A1',
    'U4A',
    '\u00c1',
    '\u0141',
    '\u0180',
    '\u02ff4',
  ])('%j is none', (text) => {
    expect(taken(text)).toEqual([undefined, 0]);
  });
});

describe('the count that most items have', () => {
  const taken = (text: string): [taken: boolean, min: number, max: number, at: number, read: number] => {
    const source = sourceOf(text);
    const head = takeHead(sourceOf(''), 'A', 0);
    const done = takeExact(source, head);
    return [done, head.min, head.max, head.countOffset, source.position - 6];
  };

  it.each<[text: string, count: number, read: number]>([
    ['[0]', 0, 3],
    ['[9] "x"', 9, 3],
    ['[10]', 10, 4],
    ['[090]', 90, 5],
    ['[12345678]', 12345678, 10],
  ])('%s', (text, count, read) => {
    expect(taken(text)).toEqual([true, count, count, 6, read]);
  });

  it.each(['[]', '[', '[1', '[ 1]', '[1 ]', '[1..2]', '[/]', '[:]', '[1:]', '[1/]', '[x]', '[1234567890]'])(
    '%s is another',
    (text) => {
      expect(taken(text)).toEqual([false, 0, Infinity, -1, 0]);
    },
  );
});

describe('the head of an item', () => {
  const head = (text: string, format: ItemFormat): object => {
    const source = new SmlSource(text, {});
    const { min, max, countOffset, lengthBytes, end } = takeHead(source, format, 0);
    return [min, max, countOffset, lengthBytes, end, source.position];
  };

  it.each<[text: string, head: (number | undefined)[]]>([
    ['', [0, Infinity, -1, 0, 0, 0]],
    ['  "x"', [0, Infinity, -1, 0, 0, 2]],
    ['[3] ', [3, 3, 0, 0, 3, 4]],
    [' [0]', [0, 0, 1, 0, 4, 4]],
    ['[0123456789', []],
    ['[90]', [90, 90, 0, 0, 4, 4]],
    ['[12345678]', [12345678, 12345678, 0, 0, 10, 10]],
    ['[123456789]', [123456789, 123456789, 0, 0, 11, 11]],
    ['[1234567890]', []],
    ['[ 3 ]', [3, 3, 0, 0, 5, 5]],
    ['[3..]', [3, Infinity, 0, 0, 5, 5]],
    ['[ 2 .. 14 ]x', [2, 14, 0, 0, 11, 11]],
    ['[..9]', [0, 9, 0, 0, 5, 5]],
    ['[0..0]', [0, 0, 0, 0, 6, 6]],
    ['[MAX 32]', [0, 32, 0, 0, 8, 8]],
    ['[ max = 7 ]', [0, 7, 0, 0, 11, 11]],
    ['[MAX7]', [0, 7, 0, 0, 6, 6]],
    [',3', [3, 3, 0, 0, 2, 2]],
    [':0 ', [0, 0, 0, 0, 2, 3]],
    [', 42 "x"', [42, 42, 0, 0, 4, 5]],
    [',3,4', [3, 3, 0, 0, 2, 2]],
    ['[3],4', [3, 3, 0, 0, 3, 3]],
    ['[3][4]', [3, 3, 0, 0, 3, 3]],
    ['[3/2]', [3, 3, 0, 2, 5, 5]],
    ['[ 3 / 1 ]', [3, 3, 0, 1, 9, 9]],
    ['!1', [0, Infinity, -1, 1, 2, 2]],
    ['[2]!3 ', [2, 2, 0, 3, 5, 6]],
    ['!2[1]', [1, 1, 2, 2, 5, 5]],
    ['!2,5', [5, 5, 2, 2, 4, 4]],
    [' /* of */ [1] // x\n 7', [1, 1, 10, 0, 13, 20]],
  ])('%j', (text, expected) => {
    if (expected.length === 0) expect(() => head(text, 'A')).toThrow('a count such as [3]');
    else expect(head(text, 'A')).toEqual(expected);
  });

  it.each<[text: string, head: number[]]>([
    [' 3 ', [3, 3, 1, 0, 2, 3]],
    [' 0', [0, 0, 1, 0, 2, 2]],
    [' 9', [9, 9, 1, 0, 2, 2]],
    ['3 4', [3, 3, 0, 0, 1, 2]],
    ['[3] 4', [3, 3, 0, 0, 3, 4]],
    ['!2 4', [4, 4, 3, 2, 4, 4]],
    [' /', [0, Infinity, -1, 0, 0, 1]],
    [' ;', [0, Infinity, -1, 0, 0, 1]],
  ])('%j of a list', (text, expected) => {
    expect(head(text, 'L')).toEqual(expected);
  });

  it('has no bare count where values follow', () => {
    expect(head(' 3 ', 'U4')).toEqual([0, Infinity, -1, 0, 0, 1]);
  });

  it.each<[text: string, message: string, column: number]>([
    ['[', 'a count such as [3], [0..40] or [MAX 32] is expected here', 1],
    ['[]', 'a count such as [3]', 1],
    ['[/]', 'a count such as [3]', 1],
    ['[:]', 'a count such as [3]', 1],
    ['[3', 'a count such as [3]', 1],
    ['[3)', 'a count such as [3]', 1],
    ['[3..4..5]', 'a count such as [3]', 1],
    [' [..]', 'a count such as [3]', 2],
    [',x', 'a count is expected here, not "x"', 2],
    [':', 'a count is expected here, not the end of the text', 2],
    ['[1]!4', '!1, !2 or !3 is expected here: the number of length bytes', 4],
    ['!', '!1, !2 or !3 is expected here', 1],
  ])('refuses %j', (text, message, column) => {
    const error = catchError(() => head(text, 'A'));
    expect(error).toBeInstanceOf(SmlError);
    expect((error as Error).message).toContain(message);
    expect(error).toMatchObject({ code: 'SML_SYNTAX', line: 1, column });
  });
});

describe('a count', () => {
  /** What is said of an item that has so many values. */
  const said = (text: string, actual: number): string[] => {
    const warnings: string[] = [];
    const onWarning = (warning: SmlWarning): void => void warnings.push(warning.message);
    const source = new SmlSource(text, { onWarning });
    checkCount(source, takeHead(source, 'A', 0), actual);
    return warnings;
  };

  it.each<[text: string, actual: number]>([
    ['', 0],
    ['', 7],
    ['!2', 7],
    ['[3]', 3],
    ['[0]', 0],
    ['[2..4]', 2],
    ['[2..4]', 4],
    ['[2..]', 1000],
    ['[MAX 2]', 0],
  ])('%s allows %d', (text, actual) => {
    expect(said(text, actual)).toEqual([]);
  });

  it.each<[text: string, actual: number, wanted: string]>([
    ['[3]', 2, '3'],
    ['[3]', 4, '3'],
    ['[0]', 1, '0'],
    ['[2..4]', 1, '2 to 4'],
    ['[2..4]', 5, '2 to 4'],
    ['[2..]', 1, '2 to Infinity'],
    ['[MAX 2]', 3, '0 to 2'],
  ])('%s does not allow %d', (text, actual, wanted) => {
    expect(said(text, actual)).toEqual([`A is said to have ${wanted} values, but has ${actual}`]);
  });
});
