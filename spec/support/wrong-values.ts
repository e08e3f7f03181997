/** Values that are there to do harm to whoever looks at them, each with its name. */
const hostileValues: readonly (readonly [name: string, value: unknown])[] = [
  ['an object without prototype', Object.create(null)],
  ['a symbol', Symbol('x')],
  ['a huge string', 'x'.repeat(1_000_000)],
  ['a huge bigint', 1n << 100_000n],
  ['a revoked proxy', revoked({})],
  ['a revoked proxy of an array', revoked([])],
  ['a revoked proxy of a function', revoked(() => {})],
  ['a proxy whose traps all throw', new Proxy({}, new Proxy({}, { get: (): (() => never) => thrown }))],
  ['a getter that throws', throwingGetters('constructor', 'then', 'toString', 'length', 't3', 'signal')],
  ['a class whose name throws', nameless()],
  [
    'toString and toJSON that throw',
    { toString: thrown, toJSON: thrown, valueOf: thrown, [Symbol.toPrimitive]: thrown },
  ],
  ['a frozen object', Object.freeze({})],
];

/** What people pass by mistake, each with its name. */
export const wrongValues: readonly (readonly [name: string, value: unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a string', 'wrong'],
  ['a number in a string', '5000'],
  ['an empty string', ''],
  ['NaN', NaN],
  ['-1', -1],
  ['1.5', 1.5],
  ['1e21', 1e21],
  ['a bigint', 5n],
  ['true', true],
  ['an array', []],
  ['an array of something', [1, 'two']],
  ['an object', {}],
  ['an object of a wrong class', new Date(0)],
  ['a function', (): string => 'nothing of use'],
  ['a promise', Promise.resolve(5)],
  ...hostileValues,
];

function thrown(): never {
  throw new Error('harm');
}

function nameless(): object {
  class Nameless {}
  Object.defineProperty(Nameless, 'name', { get: thrown });
  return new Nameless();
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function throwingGetters(...names: readonly string[]): object {
  const harmful = {};
  for (const name of names) Object.defineProperty(harmful, name, { enumerable: true, get: thrown });
  return harmful;
}
