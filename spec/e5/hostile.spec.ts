import * as e5 from '../../src/e5/index.js';
import { U4 } from '../../src/secs2/index.js';

// What no compiler lets pass: values and definitions that do not let themselves be looked at.

const revoked = (of: object): never => {
  const { proxy, revoke } = Proxy.revocable(of, {});
  revoke();
  return proxy as never;
};
const trap = new Proxy(
  {},
  {
    get: () => {
      throw new Error('trap');
    },
  },
) as never;
const thrower = {
  get a(): never {
    throw new Error('boom');
  },
} as never;
const noIterator = {
  [Symbol.iterator]: () => {
    throw new Error('no iterator');
  },
} as never;
const unprintable = {
  toString: () => {
    throw new Error('no text');
  },
} as never;

it.each<[string, (value: never) => unknown]>([
  ['a body', (body) => e5.defineMessage('S100F1', 'x', { body })],
  ['a field', (a) => e5.defineMessage('S100F1', 'x', { body: { a } })],
  ['a reply', (one) => e5.defineMessage('S100F1', 'x', { reply: () => one }).reply],
  ['codes', (codes) => e5.item('X', ['U1'], 1, 'x', codes)],
  ['a code', (a) => e5.item('X', ['U1'], 1, 'x', { a })],
  ['formats', (formats) => e5.item('X', formats, 1, 'x')],
  ['definitions', (messages) => e5.definitionsOf({ messages })],
  ['a definition', (S100F1) => e5.definitionsOf({ messages: { S100F1 } })],
  ['an item of a definition', (X) => e5.definitionsOf({ items: { X }, messages: {} })],
  ['a profile', (formats) => e5.S1F3.build([1], { formats })],
  ['a format of a profile', (SVID) => e5.S1F3.build([1], { formats: { SVID } })],
  ['a format of a layout', (format) => e5.reportLayout(1, [{ rptid: 1, formats: [format] }])],
  ['a path', (path) => e5.namesOf(e5.S1F4.build([1]))?.(path)],
  ['definitions of a set', (one) => new e5.MessageSet(one)],
  ['what a set is made of', (one) => e5.catalogue.with(one)],
  ['a value', (values) => e5.S2F33.build(values)],
  ['a value of a field', (dataId) => e5.S2F33.build({ dataId, reports: [] })],
])('%s that does not let itself be looked at is an error of ours, or is never looked at', (_what, give) => {
  for (const value of [revoked({}), revoked([]), trap, thrower, unprintable, noIterator, null as never]) {
    try {
      give(value);
    } catch (error) {
      expect(error).toBeInstanceOf(e5.E5Error);
      expect((error as Error).message.length).toBeLessThan(500);
    }
  }
});

it('says that a reply is none', () => {
  const withReply = (reply: () => unknown): unknown => e5.defineMessage('S100F1', 'x', { reply }).reply;
  const problem = 'the reply of S100F1 must be the definition of a message, received ';
  expect(() => withReply(() => null)).toThrow(`${problem}null`);
  expect(() => withReply(() => 'S100F2')).toThrow(`${problem}the string "S100F2"`);
  expect(() => withReply(class {} as never)).toThrow('the reply of S100F1 cannot be read: Class constructor');
});

it('finds what is wrong among very many at once, and does not go through more than a list can hold', () => {
  const many: unknown[] = Array.from({ length: 200_000 }, (_, i) => i);
  many.push(true);
  expect(() => e5.S1F3.build(many as never)).toThrow('S1F3 svids[200000] (SVID) must be U4');
  let looked = 0;
  const endless = new Proxy([1], {
    get: (target, name) => (name === 'length' ? 1e9 : (looked++, target[Number(name)])),
  });
  expect(() => e5.S1F3.build(endless)).toThrow(
    'at most 16777215 bytes or elements (E5), received 1000000000',
  );
  expect(looked).toBeLessThan(100);
});

it('refuses an array with holes, and one that is too long without going through it', () => {
  const holes: number[] = [1];
  holes[2] = 3;
  expect(() => e5.S2F3.build(holes as never)).toThrow('S2F3 spd (SPD) must be B');
  expect(() => e5.S5F5.build(holes)).toThrow('S5F5 alids (ALID) must be U4');
  expect(() => e5.S1F3.build(holes)).toThrow('S1F3 svids[1] (SVID) must be U4');
  const long: number[] = [];
  long.length = 2 ** 31;
  for (const definition of [e5.S2F3, e5.S5F5, e5.S1F3] as readonly e5.AnyDefinition[]) {
    expect(() => definition.build(long as never)).toThrow('at most 16777215 bytes or elements (E5)');
  }
});

it('takes an item where anything is taken, and says where an index of a path is none', () => {
  const names = e5.namesOf(e5.S1F4.build([U4(1)]));
  expect(names?.([0])).toBe('SV');
  expect(() => names?.([-1])).toThrow('path[0]');
  expect(() => names?.(['0' as never])).toThrow('path[0]');
});
