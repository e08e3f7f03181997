import {
  arrayOf,
  defineMessage,
  item,
  list,
  listOf,
  maybe,
  oneOf,
  optional,
  value,
} from '../../../src/e5/index.js';
import {
  A,
  C2,
  B,
  BOOLEAN,
  F4,
  F8,
  I1,
  I2,
  I4,
  I8,
  J,
  L,
  U1,
  U2,
  U4,
  U8,
  type Item,
  type ItemFormat,
} from '../../../src/secs2/index.js';

type Rule = Parameters<typeof item>[2];
const built = (data: unknown, given: unknown): string =>
  String(
    defineMessage('S64F1', 'Test', { body: { data: data as never } }).build({ data: given } as never).item,
  );
const one = (formats: readonly ItemFormat[], rule: Rule, given: unknown): string =>
  built(item('X', formats, rule, 'x'), given);

const open = value('V', ['L', 'A', 'B', 'U4', 'U8', 'F8', 'BOOLEAN'], '*', 'v');
const numbers = value('V', ['I1', 'I2', 'I4', 'I8', 'U1', 'U2', 'U4', 'U8', 'F4', 'F8'], '*', 'v');
const code = item('X', ['U1'], 1, 'x', { ok: 0, bad: 1 });
const codes = '(X) must be 0 (ok), 1 (bad) or 64 and above, received 2';

describe.each<[ItemFormat, (value: never) => Item, number | bigint, number | bigint]>([
  ['U1', U1, 0, 0xff],
  ['U2', U2, 0, 0xffff],
  ['U4', U4, 0, 0xffffffff],
  ['U8', U8, 0n, 0xffffffffffffffffn],
  ['I1', I1, -0x80, 0x7f],
  ['I2', I2, -0x8000, 0x7fff],
  ['I4', I4, -0x80000000, 0x7fffffff],
  ['I8', I8, -0x8000000000000000n, 0x7fffffffffffffffn],
])('%s', (format, make, least, most) => {
  it('carries its least and its most, as a number, as a bigint and in an array', () => {
    for (const edge of [least, most]) {
      expect(one([format], 1, edge)).toBe(String(make(edge as never)));
      expect(one([format], 1, BigInt(edge))).toBe(String(make(edge as never)));
    }
    expect(one([format], '*', [least, most])).toBe(String(make([least, most] as never)));
    expect(built(arrayOf(item('X', [format], 1, 'x')), [most])).toBe(String(make([most] as never)));
  });

  it('refuses one less and one more, alone and in an array', () => {
    for (const beyond of [BigInt(least) - 1n, BigInt(most) + 1n]) {
      expect(() => one([format], 1, beyond)).toThrow(`(X) must be ${format}`);
      expect(() => one([format], '*', [beyond])).toThrow(`(X) must be ${format}`);
    }
  });
});

it.each<[string, () => string, Item]>([
  ['a fraction', () => one(['F4', 'F8'], 1, 1.5), F4(1.5)],
  ['what F4 cannot hold', () => one(['F4', 'F8'], 1, 1e300), F8(1e300)],
  ['fractions', () => one(['F8'], '*', [1.5, NaN]), F8([1.5, NaN])],
  ['fractions of four bytes', () => one(['F4'], '*', [1.5, Infinity]), F4([1.5, Infinity])],
  ['a truth', () => one(['BOOLEAN'], 1, true), BOOLEAN(true)],
  ['truths', () => one(['BOOLEAN'], '*', [true, false]), BOOLEAN([true, false])],
  ['bytes as numbers', () => one(['B'], '*', [1, 255]), B([1, 255])],
  ['bytes', () => one(['B'], '*', Uint8Array.of(1, 2)), B([1, 2])],
  ['bytes of U1', () => one(['U1'], '*', Uint8Array.of(1, 2)), U1([1, 2])],
  ['bytes where only U4 is allowed', () => one(['U4'], '*', Uint8Array.of(1, 2)), U4([1, 2])],
  ['a code', () => built(code, 1), U1(1)],
  ['a code of the maker', () => built(code, 64), U1(64)],
  ['codes', () => built(arrayOf(code), [1, 64]), U1([1, 64])],
  ['nothing, where that may be', () => built(maybe(code), undefined), U1([])],
  ['J', () => one(['J'], '*', 'ｱ'), J('ｱ')],
  ['a tree', () => built(open, [1, 'x', [true, []]]), L(U4(1), A('x'), L(BOOLEAN(true), L()))],
  ['a small bigint', () => built(open, 1n), U4(1)],
  ['a large bigint', () => built(open, 2n ** 63n), U8(2n ** 63n)],
  ['an item that was chosen', () => built(open, L(U4(1))), L(U4(1))],
  ['Int8Array', () => built(numbers, Int8Array.of(-1, 1)), I1([-1, 1])],
  ['Int16Array', () => built(numbers, Int16Array.of(-1, 1)), I2([-1, 1])],
  ['Int32Array', () => built(numbers, Int32Array.of(-1, 1)), I4([-1, 1])],
  ['BigInt64Array', () => built(numbers, BigInt64Array.of(-1n, 1n)), I8([-1, 1])],
  ['Uint8Array', () => built(numbers, Uint8Array.of(1, 2)), U1([1, 2])],
  ['Uint16Array', () => built(numbers, Uint16Array.of(1, 2)), U2([1, 2])],
  ['Uint32Array', () => built(numbers, Uint32Array.of(1, 2)), U4([1, 2])],
  ['BigUint64Array', () => built(numbers, BigUint64Array.of(1n, 2n)), U8([1, 2])],
  ['Float32Array', () => built(numbers, Float32Array.of(0.5, 2)), F4([0.5, 2])],
  ['Float64Array', () => built(numbers, Float64Array.of(0.5, 2)), F8([0.5, 2])],
  ['an array of bytes for a list', () => built(listOf(code), Uint8Array.of(0, 1)), L(U1(0), U1(1))],
  ['the first choice', () => built(oneOf(list({ a: code }), listOf(code)), { a: 1 }), L(U1(1))],
  ['the second choice', () => built(oneOf(list({ a: code }), listOf(code)), [0]), L(U1(0))],
  ['no value for a choice of one that may be missing', () => built(oneOf(optional(code)), undefined), L()],
  ['a value for a choice of one that may be missing', () => built(oneOf(optional(code)), 1), U1(1)],
  ['a value for a choice', () => built(oneOf(list({ a: code }), code), 1), U1(1)],
  ['a field left out', () => built(oneOf(list({ a: code, b: maybe(code) })), { a: 1 }), L(U1(1), U1([]))],
])('writes %s', (_what, write, wanted) => expect(write()).toBe(String(wanted)));

it.each<[() => string, string]>([
  [() => one(['U4'], 1, 1.5), 'data (X) must be U4 that can carry it, received 1.5'],
  [() => one(['U4'], 1, true), 'data (X) must be U4, received true'],
  [() => one(['U4'], 1, 'x'), 'data (X) must be U4, received the string "x"'],
  [() => one(['U4'], 1, undefined), 'data (X) must be U4, received undefined'],
  [() => one(['U4'], 1, [1]), 'data (X) must be U4, received an array of 1'],
  [() => one(['U4'], '*', ['a']), 'data (X) must be U4, received an array of 1'],
  [() => one(['U4'], 1, new Date(0)), 'data (X) must be U4, received an instance of Date'],
  [() => one(['U4'], 1, U2(1)), 'data (X) must be U4, received an item U2[1]'],
  [() => one(['U4'], 1, U4([1, 2])), 'data (X) must have 1 value, received 2'],
  [() => one(['B'], 2, B(1)), 'data (X) must have 2 values, received 1'],
  [() => one(['A'], 2, A('abc')), 'data (X) must have 2 values, received 3'],
  [() => one(['A'], '0..3', 'abcd'), 'data (X) must have 0 to 3 characters, received 4'],
  [() => one(['A'], '*', 'é'), 'data (X) must be ASCII text, received the string "é": name a codePage'],
  [() => one(['B'], '*', [256]), 'data (X) must be B, received an array of 1'],
  [() => one(['B'], 2, Uint8Array.of(1)), 'data (X) must have 2 bytes, received 1'],
  [() => one(['U4'], '2..3', [1]), 'data (X) must have 2 to 3 values, received 1'],
  [() => one(['U4'], '2/4', Uint32Array.of(1, 2, 3)), 'data (X) must have 2 or 4 values, received 3'],
  [() => one(['U4'], '*', new DataView(new ArrayBuffer(1))), 'received an instance of DataView'],
  [() => built(code, 2), codes],
  [() => built(arrayOf(code), [2]), codes],
  [() => built(open, undefined), 'BOOLEAN, received undefined'],
  [() => built(open, null), 'BOOLEAN, received null'],
  [() => built(open, Symbol('x')), 'BOOLEAN, received the symbol Symbol(x)'],
  [() => built(open, () => 1), 'BOOLEAN, received a function'],
  [() => built(open, {}), 'BOOLEAN, received an object'],
  [() => built(open, Int8Array.of(1)), 'BOOLEAN, received an instance of Int8Array'],
  [() => built(listOf(code), 1), 'data must be an array, received 1'],
  [() => built(list({ a: code }), 1), 'data must be an object of a, received 1'],
  [() => built(list({ a: maybe(code) }), { aa: 1 }), 'data has no field aa: did you mean a?'],
  [() => built(list({ a: maybe(code) }), { other: 1 }), 'data has no field other: its fields are a'],
  [() => built(oneOf(list({ a: code }), code), {}), 'data must be an object of a, or a value, received an'],
  [
    () => built(oneOf(list({ a: code }), listOf(code)), 1),
    'data must be an object of a, or an array, received 1',
  ],
])('says what cannot be written: %#', (write, text) => expect(write).toThrow(text));

it.each<[ItemFormat, unknown]>([
  ['F8', 1],
  ['F8', 1.5],
  ['U4', 1],
  ['U8', 2n ** 63n],
  ['BOOLEAN', true],
])('wants an array of %s where there may be many, not %p', (format, given) => {
  expect(() => one([format], '*', given)).toThrow(`(X) must be ${format}`);
});

it('writes bodies of every size one after the other, each whole', () => {
  const texts = defineMessage('S64F1', 'Test', { body: { data: listOf(item('X', ['A'], '*', 'x')) } });
  const sizes = [10, 3000, 9000, 20, 100_000, 2 * 1024 * 1024, 50, 70_000];
  const all = sizes.map((size) => [size, texts.build([String(size), 'x'.repeat(size)])] as const);
  for (const [size, { item: whole }] of all)
    expect(whole?.equals(L(A(String(size)), A('x'.repeat(size))))).toBe(true);
});

it('writes text in the code page and in the format that a profile names', () => {
  const text = defineMessage('S64F1', 'Test', { body: { data: item('X', ['A', 'C2', 'J'], '*', 'x') } });
  const build = (given: string, profile: object): string => String(text.build(given, profile).item);
  expect(build('中', { formats: { X: 'C2' } })).toBe(String(C2('中')));
  expect(build('ｱ', { formats: { X: 'J' } })).toBe(String(J('ｱ')));
  expect(text.build('中', { codePage: 'gbk' }).body.toString('hex')).toBe('4102d6d0');
});
