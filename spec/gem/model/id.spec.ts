import { A, B, F4, I2, I8, L, U1, U2, U4, U8, type Item } from '../../../src/secs2';
import { idItem, idProblem, readId, readIds } from '../../../src/gem/model/id';

describe('ids', () => {
  it.each<[Item, unknown]>([
    [U1(50), 50],
    [U2(50), 50],
    [U4(50), 50],
    [U8(50), 50],
    [I2(50), 50],
    [I8(50), 50],
    [A('50'), '50'],
    [U8(2n ** 60n), '1152921504606846976'],
    [U4(1, 2), undefined],
    [U4([]), undefined],
    [A(''), undefined],
    [F4(50), undefined],
    [B(50), undefined],
    [L(), undefined],
  ])('G-2: %s is %p by its value', (item, id) => expect(readId(item)).toBe(id));

  it('G-3: reads a list of ids, and one array item too', () => {
    const ids = (item: Item): unknown => readIds(item)?.map(({ id }) => id);
    expect(ids(L(U4(1), A('X'), U1(3)))).toEqual([1, 'X', 3]);
    expect(ids(U4(1, 2, 3))).toEqual([1, 2, 3]);
    expect(ids(U8(1, 2))).toEqual([1, 2]);
    expect(ids(L())).toEqual([]);
    expect(ids(U4([]))).toEqual([]);
    expect(ids(A('X'))).toEqual(['X']);
    expect(ids(L(F4(1)))).toBeUndefined();
    expect(ids(B(1))).toBeUndefined();
  });

  it('gives each id of an array an item of its own, in the format it came in', () => {
    expect(readIds(U2(7, 8))?.map(({ item }) => String(item))).toEqual(['<U2[1] 7>', '<U2[1] 8>']);
    expect(readIds(I2(-1))?.map(({ item }) => String(item))).toEqual(['<I2[1] -1>']);
  });

  it('makes items in the format of the kind, and says what does not fit it', () => {
    expect(
      [idItem(7, 'U1'), idItem(7, 'U2'), idItem(7, 'U4'), idItem(7, 'U8'), idItem('X', 'A')].map(String),
    ).toEqual(['<U1[1] 7>', '<U2[1] 7>', '<U4[1] 7>', '<U8[1] 7>', '<A[1] "X">']);
    expect(idProblem(255, 'U1')).toBeUndefined();
    for (const id of [256, -1, 1.5, 'X', null]) expect(idProblem(id, 'U1')).toMatch(/integer of 0 to 255/);
    for (const id of [7, '', 'é', 'x'.repeat(81)]) expect(idProblem(id, 'A')).toMatch(/ASCII/);
  });
});
