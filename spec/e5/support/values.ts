import fc, { type Arbitrary } from 'fast-check';
import type { ItemFormat } from '../../../src/secs2/index.js';
import type { AnyDefinition } from '../../../src/e5/index.js';
import { codesOf } from '../../../src/e5/nodes/codes-of.js';
import { boundsOf, isWithin } from '../../../src/e5/nodes/lengths.js';
import type { DataItemNode, Node } from '../../../src/e5/nodes/nodes.js';

const ascii = (min: number, max: number): Arbitrary<string> =>
  fc.string({ minLength: min, maxLength: Math.min(max, min + 12), unit: 'grapheme-ascii' });

const numbers: Readonly<Partial<Record<ItemFormat, Arbitrary<number | bigint>>>> = {
  U1: fc.integer({ min: 0, max: 0xff }),
  U2: fc.integer({ min: 0, max: 0xffff }),
  U4: fc.integer({ min: 0, max: 0xffffffff }),
  U8: fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
  I1: fc.integer({ min: -0x80, max: -1 }),
  I2: fc.integer({ min: -0x8000, max: -1 }),
  I4: fc.integer({ min: -0x80000000, max: -1 }),
  I8: fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
  F8: fc.double({ noNaN: true, min: -1e300, max: 1e300 }).filter((value) => !Object.is(value, -0)),
};

/** A value of an item of one format. */
function ofFormat(node: DataItemNode, format: ItemFormat): Arbitrary<unknown> | undefined {
  const { lengthRule } = node;
  const bounds = boundsOf(lengthRule, format);
  const codes = codesOf(node).map(({ code }) => code);
  if (format === 'A') {
    return ascii(bounds.min, Math.min(bounds.max, 40)).filter((text) => isWithin(bounds, text.length));
  }
  if (format === 'BOOLEAN') return fc.boolean();
  if (format === 'B' && (bounds.max > 1 || node.isOpen)) {
    return fc.uint8Array({ minLength: bounds.min, maxLength: Math.min(bounds.max, bounds.min + 5) });
  }
  const closed = codes.filter((code) => typeof code === 'number');
  if (closed.length > 0 && node.others === undefined && !node.isOpen) return fc.constantFrom(...closed);
  const number = format === 'B' ? numbers.U1 : numbers[format];
  if (number === undefined || bounds.max <= 1 || node.isOpen) return number;
  return fc.array(number, { minLength: bounds.min, maxLength: Math.min(bounds.max, bounds.min + 4) });
}

function itemValue(node: DataItemNode): Arbitrary<unknown> {
  const one = fc.oneof(
    ...node.formats.map((format) => ofFormat(node, format)).filter((found) => found !== undefined),
  );
  if (!node.formats.includes('L')) return one;
  return fc.oneof(one, fc.array(fc.oneof(one, fc.array(one, { maxLength: 2 })), { maxLength: 3 }));
}

/** One of the values of an array. */
const element = (node: DataItemNode, format: ItemFormat): Arbitrary<unknown> =>
  ofFormat({ ...node, lengthRule: 1 }, format) ?? fc.constant(0);

/** Values that a part of a message can be built from, and that reading gives back. */
export function valueOf(node: Node): Arbitrary<unknown> {
  switch (node.kind) {
    case 'item':
      return itemValue(node);
    case 'maybe':
      return fc.oneof(fc.constant(undefined), itemValue(node.of));
    case 'array':
      return fc.oneof(
        ...node.of.formats.map((format) => fc.array(element(node.of, format), { maxLength: 4 })),
      );
    case 'list':
      return fc.record(
        Object.fromEntries(Object.entries(node.fields).map(([key, of]) => [key, valueOf(of)])),
      );
    case 'many':
      return fc.array(valueOf(node.of), { maxLength: 3 });
    case 'optional':
      return fc.oneof(fc.constant(undefined), valueOf(node.of));
    case 'choice':
      return fc.oneof(...node.of.map(valueOf));
  }
}

/** Values that a message can be built from. */
export function valuesOf({ node }: AnyDefinition): Arbitrary<unknown> {
  if (node === undefined) return fc.constant(undefined);
  if (node.kind !== 'single') return valueOf(node);
  return valueOf(node.of).map((value) => ({ [node.name]: value }));
}
