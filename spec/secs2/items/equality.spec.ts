import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { encodeItem } from '../../../src/secs2/codec/encode.js';
import { A, B, BOOLEAN, L } from '../../../src/secs2/items/factories.js';
import { F4, F8, I4, U1, U4 } from '../../../src/secs2/items/number-factories.js';
import type { Item } from '../../../src/secs2/items/item.js';

const hex = (text: string): Item => decodeItem(Buffer.from(text, 'hex'));

describe('equality', () => {
  it.each<[string, Item, Item, boolean, boolean]>([
    ['same values', L(A('a'), U4(1)), L(A('a'), U4(1)), true, true],
    ['built and decoded', L(A('a'), F8(1.5)), decodeItem(encodeItem(L(A('a'), F8(1.5)))), true, true],
    ['other value', U4(1), U4(2), false, false],
    ['other format', U4(1), I4(1), false, false],
    ['other count', U4(1), U4(1, 1), false, false],
    ['other count of truths', BOOLEAN(true), BOOLEAN(true, true), false, false],
    ['other count of floats', F4(1), F4(1, 1), false, false],
    ['one truth of two', BOOLEAN(true, false), BOOLEAN(true, true), false, false],
    ['one float of two', F8(1, 2), F8(1, 3), false, false],
    ['list and data', L(), U1(), false, false],
    ['data and list', U1(), L(), false, false],
    ['other child', L(A('a'), L(U1(1))), L(A('a'), L(U1(2))), false, false],
    ['fewer children', L(A('a')), L(A('a'), A('b')), false, false],
    ['NaN payloads', hex('91047fc00000'), hex('9104ffc12345'), true, false],
    ['NaN and a number', F4(NaN), F4(1), false, false],
    ['a number and NaN', F8(1), F8(NaN), false, false],
    ['0 and -0', F8(0), F8(-0), true, false],
    ['true bytes', hex('250102'), BOOLEAN(true), true, false],
    ['true and false', BOOLEAN(true), BOOLEAN(false), false, false],
    ['length bytes', hex('430000024142'), A('AB'), true, false],
    ['text and bytes', A('AB'), B(0x41, 0x42), false, false],
    ['code pages', A('é', 'latin1'), hex('4101e9'), true, true],
  ])('%s', (_name, a, b, equal, identical) => {
    expect([a.equals(b), b.equals(a)]).toEqual([equal, equal]);
    expect([a.identical(b), b.identical(a)]).toEqual([identical, identical]);
    expect(a.equals(a) && a.identical(a)).toBe(true);
  });

  it('compares lists that are too deep to be sent', () => {
    let [a, b]: Item[] = [U1(1), U1(1)];
    for (let i = 0; i < 70; i++) [a, b] = [L(a as Item), L(b as Item)];
    expect([a?.equals(b as Item), a?.identical(b as Item)]).toEqual([true, true]);
  });

  it('survives any depth', () => {
    const bytes = Buffer.concat([Buffer.alloc(400_000, '0101', 'hex'), Buffer.of(0x01, 0)]);
    const [a, b] = [decodeItem(bytes, { maxDepth: 1e6 }), decodeItem(bytes, { maxDepth: 1e6 })];
    expect(a.equals(b) && a.identical(b)).toBe(true);
  });
});
