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
  type ReadOptions,
} from '../../../src/e5/index.js';
import {
  A,
  B,
  BOOLEAN,
  C2,
  F4,
  F8,
  I1,
  I2,
  I4,
  I8,
  J,
  L,
  S,
  receivedMessage,
  type SecsMessage,
  U1,
  U2,
  U4,
  U8,
  type Item,
  type ItemFormat,
} from '../../../src/secs2/index.js';

import { boundsOf, isWithin } from '../../../src/e5/nodes/lengths.js';

const named = (formats: readonly ItemFormat[], rule: Parameters<typeof item>[2]): unknown =>
  item('X', formats, rule, 'x');
const u4 = item('X', ['U4'], 1, 'x');
const open = value('V', ['L', 'A', 'U4'], '*', 'v');
const nodes = {
  open,
  u4,
  text: named(['A'], '1..3'),
  truth: named(['BOOLEAN'], 1),
  numbers: named(['U4'], '*'),
  truths: named(['BOOLEAN'], '*'),
  bytes: named(['B'], '*'),
  pair: named(['U4'], 2),
  truePair: named(['BOOLEAN'], 2),
  maybe: maybe(u4),
  array: arrayOf(u4),
  many: listOf(u4),
  optional: optional(u4),
  list: list({ a: u4 }),
  choice: oneOf(list({ a: u4 }), listOf(list({ b: u4 }))),
  mixed: oneOf(list({ a: u4 }), listOf(u4), u4),
};
type NodeName = keyof typeof nodes;

function readBody(name: NodeName, message: SecsMessage, options?: ReadOptions): unknown {
  const definition = defineMessage('S64F1', 'Test', { body: { data: nodes[name] as never } });
  return (definition.read(message, options) as { data: unknown }).data;
}

/** What is read, and the kinds of what was let pass; where something was, a strict reader refuses it. */
function read(name: NodeName, given: Item): readonly unknown[] {
  const warnings: string[] = [];
  const message = S(64, 1, given);
  const found = readBody(name, message, { onWarning: ({ kind }) => warnings.push(kind) });
  if (warnings.length > 0) expect(() => readBody(name, message, { strict: true })).toThrow('must');
  else expect(readBody(name, message, { strict: true })).toEqual(found);
  return [found, ...warnings];
}

const wide = 2n ** 63n;

it.each<[Item, number | bigint | boolean]>([
  [U1(0xff), 0xff],
  [U2(0xffff), 0xffff],
  [U4(0xffffffff), 0xffffffff],
  [U8(5), 5],
  [U8(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER],
  [U8(wide), wide],
  [I1(-1), -1],
  [I2(-1), -1],
  [I4(-1), -1],
  [I8(-1), -1],
  [I8(-Number.MAX_SAFE_INTEGER), -Number.MAX_SAFE_INTEGER],
  [I8(-wide), -wide],
  [F4(0.5), 0.5],
  [F8(-0.5), -0.5],
])('reads %s in every place of a number', (given, wanted) => {
  const isFraction = !Number.isInteger(Number(wanted));
  const other = given.format === 'U4' ? [] : ['format'];
  expect(read('open', given)).toEqual([wanted]);
  expect(read('numbers', given)).toEqual([[wanted], ...other]);
  expect(read('array', given)).toEqual([[wanted], ...other]);
  expect(read('many', given)).toEqual([[wanted], 'array']);
  expect(read('truth', given)).toEqual([true, 'format']);
  expect(read('truths', given)).toEqual([[true], 'format']);
  for (const name of ['u4', 'maybe', 'optional', 'mixed'] as const) {
    if (isFraction)
      expect(() => read(name, given)).toThrow(`must be U4, received ${given.format}[1] ${wanted}`);
    else expect(read(name, given)).toEqual([wanted, ...other]);
  }
});

it.each<[NodeName, Item, unknown, ...string[]]>([
  ['u4', BOOLEAN(true), 1, 'format'],
  ['u4', BOOLEAN(false), 0, 'format'],
  ['u4', B(3), 3, 'format'],
  ['numbers', B([1, 2]), [1, 2], 'format'],
  ['array', B(Buffer.alloc(9, 7)), Array(9).fill(7), 'format'],
  ['numbers', BOOLEAN([true, false]), [1, 0], 'format'],
  ['pair', BOOLEAN([true]), [1], 'format', 'length'],
  ['pair', U4([1, 2, 3]), [1, 2, 3], 'length'],
  ['numbers', U8([1n, wide]), [1, wide], 'format'],
  ['array', L(U4(1), U4(2)), [1, 2], 'array'],
  ['many', U8([1n, wide]), [1, wide], 'array'],
  ['truth', B(0), false, 'format'],
  ['truths', U4([0, 1]), [false, true], 'format'],
  ['truths', BOOLEAN([true, false]), [true, false]],
  ['truePair', BOOLEAN([true, false, true]), [true, false, true], 'length'],
  ['bytes', B([1, 2]), Uint8Array.of(1, 2)],
  ['bytes', U1([1, 2]), Uint8Array.of(1, 2), 'format'],
  ['text', A('ab'), 'ab'],
  ['text', A('abcd'), 'abcd', 'length'],
  ['text', A(''), '', 'length'],
  ['text', J('ｱ'), 'ｱ', 'format'],
  ['text', C2('é'), 'é', 'format'],
  ['text', L(), '', 'empty'],
  ['numbers', L(), [], 'empty'],
  ['numbers', U4([]), []],
  ['bytes', L(), new Uint8Array(0), 'empty'],
  ['bytes', B([]), new Uint8Array(0)],
  ['truths', L(), [], 'empty'],
  ['maybe', L(), undefined, 'empty'],
  ['maybe', U4([]), undefined],
  ['array', L(), [], 'array'],
  ['array', U4([]), []],
  ['many', L(), []],
  ['optional', L(), undefined],
  ['choice', L(U4(1)), { a: 1 }],
  ['choice', L(L(U4(1)), L(U4(2))), [{ b: 1 }, { b: 2 }]],
  ['choice', L(), []],
  ['mixed', L(U4(1), U4(2)), [1, 2]],
  ['open', U4([1, 2]), Uint32Array.of(1, 2)],
  ['open', B([1, 2]), Uint8Array.of(1, 2)],
  ['open', BOOLEAN(false), false],
  ['open', BOOLEAN([true, false]), [true, false]],
  ['open', L(J('ｱ'), C2(''), L(A('x'))), ['ｱ', '', ['x']]],
])('reads %s from %s', (name, given, ...wanted) => expect(read(name, given)).toEqual(wanted));

it.each<[NodeName, Item, string]>([
  ['u4', A('1'), '(X) must be U4, received A[1]'],
  ['u4', U4([1, 2]), '(X) must be U4, received U4[2]'],
  ['u4', U4([]), '(X) must be U4, received U4[0]'],
  ['u4', L(), '(X) must be U4, received an empty list'],
  ['u4', L(U4(1)), '(X) must be U4, received L[1]'],
  ['u4', BOOLEAN([true, false]), '(X) must be U4, received BOOLEAN[2]'],
  ['truth', BOOLEAN([true, false]), '(X) must be BOOLEAN, received BOOLEAN[2]'],
  ['text', U4(1), '(X) must be A, received U4[1]'],
  ['bytes', U2(300), '(X) must be B, received U2[1]'],
  ['bytes', BOOLEAN(true), '(X) must be B, received BOOLEAN[1]'],
  ['many', B(1), 'must be a list, received B[1]'],
  ['list', U4(1), 'must be a list of 1, received U4[1]'],
  ['list', L(), 'must be a list of 1, received L[0]'],
  ['choice', L(U4(1), U4(2)), 'must be a list of 1 or a list of lists, received L[2]'],
])('refuses %s from %s', (name, given, text) => expect(() => read(name, given)).toThrow(text));

const body = (hex: string): SecsMessage => receivedMessage(64, 1, false, Buffer.from(hex, 'hex'));

it.each<[NodeName, string, string]>([
  ['u4', '', 'must have a body, received a header alone'],
  ['numbers', 'b10500000001ff', 'U4 of 5 bytes: not a multiple of 4'],
  ['open', 'b10500000001ff', 'U4 of 5 bytes: not a multiple of 4'],
  ['open', '0d00', 'format code 03 (octal) is not one of E5'],
  ['u4', '0d0100', 'format code 03 (octal) is not one of E5'],
  ['open', '40', 'item header 0x40 has no length bytes'],
  ['u4', '4205', 'item header 0x42 is cut off'],
  ['u4', 'b1040000', 'U4 of 4 bytes, but 2 are left'],
  ['list', '0101', 'L of 1 items, but 0 bytes are left'],
  ['u4', 'b10400000001ff', '1 bytes after the first item'],
])('says what is wrong with the bytes: %s of %p', (name, hex, text) => {
  expect(() => readBody(name, body(hex))).toThrow(text);
});

const empty: Readonly<Partial<Record<ItemFormat, Item>>> = {
  ...{ A: A(''), J: J(''), B: B([]), BOOLEAN: BOOLEAN([]), F4: F4([]), F8: F8([]) },
  ...{ I1: I1([]), I2: I2([]), I4: I4([]), I8: I8([]), U1: U1([]), U2: U2([]), U4: U4([]), U8: U8([]) },
};

describe.each<[readonly ItemFormat[], number | string]>([
  [['B'], '*'],
  [['B'], 10],
  [['A', 'B'], '0..80'],
  [['U2', 'I2'], '*'],
  [['I4', 'I1'], 2],
  [['U4', 'U1', 'A'], 'A:1..40,1'],
  [['U4', 'I4', 'A'], 'A:*,1'],
  [['U4'], 1],
  [['BOOLEAN'], 1],
  [['A'], '1..3'],
])('an item without values, where %j of %s are wanted', (formats, rule) => {
  const node = item('X', formats, rule, 'x');
  const definition = defineMessage('S64F1', 'Test', { body: { data: node } });

  it('is told or refused unless its format and its length are right', () => {
    for (const [format, value] of Object.entries(empty)) {
      const message = S(64, 1, value);
      const isRight =
        formats.includes(format as ItemFormat) && isWithin(boundsOf(rule, format as ItemFormat), 0);
      const warnings: string[] = [];
      const lenient = (): unknown =>
        definition.read(message, { onWarning: ({ kind }) => warnings.push(kind) });
      const strict = (): unknown => definition.read(message, { strict: true });
      if (isRight) {
        expect([format, lenient(), strict(), warnings]).toEqual([format, strict(), strict(), []]);
      } else {
        expect(strict).toThrow(/must (be|have)/);
        try {
          lenient();
        } catch {
          continue;
        }
        expect([format, warnings.length > 0]).toEqual([format, true]);
      }
    }
  });

  it('says nothing where there may be none', () => {
    const none = defineMessage('S64F1', 'Test', { body: { data: maybe(node) } });
    for (const format of formats) {
      if (format === 'A' || format === 'B') continue;
      const message = S(64, 1, empty[format] as Item);
      expect(none.read(message, { strict: true })).toEqual({ data: undefined });
    }
  });
});

it('reads headers of more length bytes than are needed, and text of a code page', () => {
  expect(readBody('u4', body('b2000400000005'))).toBe(5);
  expect(readBody('open', body('b2000400000005'))).toBe(5);
  expect(readBody('list', body('020001b10400000005'))).toEqual({ a: 5 });
  expect(readBody('text', body('4102d6d0'), { codePage: 'gbk' })).toBe('中');
  expect(readBody('open', body('4102d6d0'), { codePage: 'gbk' })).toBe('中');
  expect(readBody('open', body('4102d6d0'), { codePage: 'gbk', values: 'items' })).toMatchObject({
    format: 'A',
  });
});
