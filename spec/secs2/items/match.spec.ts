import { A, B, BOOLEAN, L } from '../../../src/secs2/items/factories.js';
import { F8, I8, U1, U2, U4 } from '../../../src/secs2/items/number-factories.js';
import type { Item } from '../../../src/secs2/items/item.js';
import {
  expectItem,
  itemMatches,
  listOf,
  matchItem,
  oneOf,
  sized,
  type Shape,
} from '../../../src/secs2/items/match.js';
import { catchError } from '../support/catch-error.js';

const report: Item = L(U4(1), U4(2), L(L(U4(3), L(U4(4), F8(1.5), A('x')))));

describe('matchItem', () => {
  it.each<[string, Shape]>([
    ['a format', 'L'],
    ['anything', 'any'],
    ['a tuple', ['U4', 'U4', 'L']],
    ['lists of any number', ['U4', 'any', listOf(['U4', listOf('any')])]],
    ['one of several', ['U4', 'U4', listOf(['U4', listOf(oneOf('U4', 'F8', 'A'))])]],
    ['equal items', [U4(1), 'U4', 'any']],
    ['counts', [sized('U4', 1), sized('U4', 0, 2), sized('L', 1)]],
  ])('accepts %s', (_name, shape) => {
    expect(matchItem(report, shape)).toEqual({ ok: true, item: report });
    expect(itemMatches(report, shape)).toBe(true);
    expect(expectItem(report, shape)).toBe(report);
  });

  it.each<[Shape, number[], string, string]>([
    ['A', [], 'A', 'L'],
    [['U4', 'U4'], [], 'L of 2', 'L of 3'],
    [['U4', 'U2', 'any'], [1], 'U2', 'U4'],
    [['U4', U4(7), 'any'], [1], '<U4[1] 7>', '<U4[1] 2>'],
    [['any', 'any', listOf(['U4', ['U4', 'F8', 'B']])], [2, 0, 1, 2], 'B', 'A'],
    [['any', 'any', listOf('U4')], [2, 0], 'U4', 'L'],
    [['any', listOf('any'), 'any'], [1], 'L', 'U4'],
    [[['any'], 'any', 'any'], [0], 'L of 1', 'U4'],
    [[oneOf('A', 'U2'), 'any', 'any'], [0], 'A or U2', 'U4'],
    [oneOf(['A', 'any', 'any'], ['U4', 'A', 'any']), [1], 'A', 'U4'],
    [['any', 'any', sized('L', 2, 3)], [2], 'L of 2 to 3', 'L of 1'],
    [[sized('A', 1), 'any', 'any'], [0], 'A of 1', 'U4'],
    [sized('L', 0, 2), [], 'L of 0 to 2', 'L of 3'],
    // Of several shapes, the one that agrees the longest, and of equals the first.
    [oneOf(['U4', 'A', 'any'], ['A', 'any', 'any']), [1], 'A', 'U4'],
    [oneOf(['U4', 'A', 'any'], ['U4', 'B', 'any']), [1], 'A', 'U4'],
    [oneOf(['any', 'any', 'A'], ['any', 'any', ['A']]), [2, 0], 'A', 'L'],
    [oneOf(['any', 'any', ['A']], ['any', 'any', 'A']), [2, 0], 'A', 'L'],
    [['any', 'any', listOf(oneOf(['U4', 'A'], ['A', 'any']))], [2, 0, 1], 'A', 'L'],
    [oneOf(), [], '', 'L'],
  ])('says where %j differs first', (shape, path, expected, found) => {
    expect(matchItem(report, shape)).toEqual({ ok: false, path, expected, found });
    expect(itemMatches(report, shape)).toBe(false);
    const error = catchError(() => expectItem(report, shape));
    expect(error).toMatchObject({ code: 'SECS2_SHAPE_MISMATCH', path, expected, found });
  });

  it('describes shapes as data', () => {
    expect([listOf('U4'), oneOf('A', 'J'), sized('B', 2), sized('B', 1, 2)]).toEqual([
      { kind: 'listOf', shape: 'U4' },
      { kind: 'oneOf', shapes: ['A', 'J'] },
      { kind: 'sized', format: 'B', min: 2, max: 2 },
      { kind: 'sized', format: 'B', min: 1, max: 2 },
    ]);
  });

  it('cuts what it shows of long items', () => {
    expect(matchItem(A('x'.repeat(200)), A('y'.repeat(200)))).toEqual({
      ok: false,
      path: [],
      expected: `<A[200] "${'y'.repeat(91)}`,
      found: `<A[200] "${'x'.repeat(91)}`,
    });
  });

  it('narrows types without casts', () => {
    const { items } = expectItem(report, ['U4', 'U4', listOf(['U4', listOf('any')])]);
    const dataId: number | undefined = items[0].values[0];
    const reports: number[] = items[2].items.map(
      ({ items: [id, values] }) => id.values.length + values.length,
    );
    expect([dataId, reports]).toEqual([1, [4]]);

    const result = matchItem(L(A('a'), I8(1n), BOOLEAN(true), B(1)), [
      'A',
      'I8',
      'BOOLEAN',
      oneOf('B', 'U1'),
    ]);
    if (!result.ok) throw new Error(result.expected);
    const [text, big, truth, byte] = result.item.items;
    const typed: [string, bigint | undefined, boolean | undefined, number | undefined] = [
      text.values,
      big.values[0],
      truth.values[0],
      byte.values[0],
    ];
    expect(typed).toEqual(['a', 1n, true, 1]);

    const item: Item = U2(9);
    if (itemMatches(item, oneOf('U1', 'U2'))) {
      const value: number | undefined = item.values[0];
      expect(value).toBe(9);
    }
    // @ts-expect-error: the shape has two children only
    expect(expectItem(L(U1(1), U1(2)), ['U1', 'U1']).items[2]).toBeUndefined();
  });
});
