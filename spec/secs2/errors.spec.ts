import {
  describePath,
  quoteValue,
  Secs2AccessError,
  Secs2ArgumentError,
  Secs2DecodeError,
  Secs2DepthError,
  Secs2Error,
  Secs2JsonError,
  Secs2ShapeError,
  Secs2TextError,
  SmlError,
} from '../../src/secs2/errors.js';

describe('the errors of items', () => {
  const cause = new Error('inner');

  it.each<[make: () => Secs2Error, properties: object, message: string]>([
    [
      () => new Secs2ArgumentError('B: 256'),
      { name: 'Secs2ArgumentError', code: 'SECS2_INVALID_ARGUMENT' },
      'B: 256',
    ],
    [
      () => new Secs2ArgumentError('too long', 'SECS2_ITEM_TOO_LONG'),
      { name: 'Secs2ArgumentError', code: 'SECS2_ITEM_TOO_LONG' },
      'too long',
    ],
    [
      () => new Secs2DepthError(64),
      { name: 'Secs2DepthError', code: 'SECS2_TOO_DEEP', maxDepth: 64, offset: undefined },
      'lists nest deeper than maxDepth 64: raise maxDepth if this is legitimate',
    ],
    [
      () => new Secs2DepthError(3, 0),
      { code: 'SECS2_TOO_DEEP', maxDepth: 3, offset: 0 },
      'lists nest deeper than maxDepth 3 at byte 0: raise maxDepth if this is legitimate',
    ],
    [
      () => new Secs2DecodeError('SECS2_TRUNCATED', 'cut short', 7, [1, 0]),
      { name: 'Secs2DecodeError', code: 'SECS2_TRUNCATED', offset: 7, path: [1, 0] },
      'cut short (byte 7, item 1.0)',
    ],
    [
      () => new Secs2AccessError('SECS2_NO_SUCH_ITEM', 'nothing there'),
      { name: 'Secs2AccessError', code: 'SECS2_NO_SUCH_ITEM' },
      'nothing there',
    ],
    [
      () => new Secs2ShapeError([2], 'U4', 'A'),
      { name: 'Secs2ShapeError', code: 'SECS2_SHAPE_MISMATCH', path: [2], expected: 'U4', found: 'A' },
      'expected U4, found A (item 2)',
    ],
    [
      () => new Secs2TextError('SECS2_NOT_ENCODABLE', 'no such letter'),
      { name: 'Secs2TextError', code: 'SECS2_NOT_ENCODABLE' },
      'no such letter',
    ],
    [
      () => new Secs2JsonError('not hex', [], { cause }),
      { name: 'Secs2JsonError', code: 'SECS2_INVALID_JSON', path: [], cause },
      'not hex (root item)',
    ],
    [
      () => new SmlError('SML_SYNTAX', 'no end', { line: 3, column: 4, offset: 20 }),
      { name: 'SmlError', code: 'SML_SYNTAX', line: 3, column: 4, offset: 20 },
      'no end (line 3, column 4)',
    ],
  ])('%#', (make, properties, message) => {
    const error = make();
    expect(error).toBeInstanceOf(Secs2Error);
    expect(error).toMatchObject(properties);
    expect(error.message).toBe(message);
  });
});

describe('describePath', () => {
  const path = (length: number): number[] => Array.from({ length }, (_, i) => i % 10);

  it.each<[number[], string]>([
    [[], 'root item'],
    [[0], 'item 0'],
    [[1, 0, 12], 'item 1.0.12'],
    [path(40), `item ${path(40).join('.')}`],
    [path(41), `item ${path(40).join('.')}… 41 levels down`],
    [path(100_000), `item ${path(40).join('.')}… 100000 levels down`],
  ])('%#', (given, text) => {
    expect(describePath(given)).toBe(text);
  });
});

describe('quoteValue', () => {
  it.each<[unknown, string]>([
    ['a"b\n', '"a\\"b\\n"'],
    ['x'.repeat(60), `"${'x'.repeat(60)}"`],
    ['x'.repeat(61), `"${'x'.repeat(60)}"`],
    ['\n'.repeat(39), `"${'\\n'.repeat(39)}"`],
    ['\n'.repeat(40), `"${'\\n'.repeat(39)}\\…`],
    [12n, '12n'],
    [-0, '-0'],
    [0, '0'],
    [1.5, '1.5'],
    [NaN, 'NaN'],
    [undefined, 'undefined'],
    [null, 'null'],
    [10n ** 70n, `1${'0'.repeat(59)}…n`],
    [10n ** 90n, 'a huge bigint'],
    [Object.create(null), 'an object without prototype'],
    [[1], 'an array of 1'],
  ])('%#', (value, text) => {
    expect(quoteValue(value)).toBe(text);
  });
});
