import fc from 'fast-check';
import { rawItem } from '../../../src/secs2/items/build.js';
import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { encodeItem } from '../../../src/secs2/codec/encode.js';
import { A, B, BOOLEAN, C2, J, L } from '../../../src/secs2/items/factories.js';
import { F4, F8, I1, I2, I4, I8, U1, U2, U4, U8 } from '../../../src/secs2/items/number-factories.js';
import { minimalLengthBytes, type DataFormat } from '../../../src/secs2/formats.js';
import type { Item } from '../../../src/secs2/items/item.js';

const bytes = (multiple: number): fc.Arbitrary<Uint8Array> =>
  fc
    .oneof(
      { weight: 9, arbitrary: fc.uint8Array({ maxLength: 6 * multiple }) },
      // Long enough for the block copies.
      { weight: 1, arbitrary: fc.uint8Array({ minLength: 130, maxLength: 400 }) },
    )
    .map((data) => data.subarray(0, data.length - (data.length % multiple)));

const SIZES = {
  B: 1,
  BOOLEAN: 1,
  A: 1,
  J: 1,
  C2: 1,
  I1: 1,
  I2: 2,
  I4: 4,
  I8: 8,
  U1: 1,
  U2: 2,
  U4: 4,
  U8: 8,
  F4: 4,
  F8: 8,
};

/** An item of any data format whose data are any bytes at all, with any number of length bytes that hold its length. */
const anyRawItem = (Object.entries(SIZES) as [DataFormat, number][]).map(([format, size]) =>
  fc
    .record({
      data: bytes(size),
      extra: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.constantFrom(1, 2)),
    })
    .map(
      ({ data, extra }) =>
        rawItem(format, data, Math.min(3, minimalLengthBytes(data.length) + extra)) as Item,
    ),
);

const ascii = fc.string({
  unit: fc.integer({ min: 0, max: 127 }).map((c) => String.fromCharCode(c)),
  maxLength: 40,
});

/** An item built from values, of any data format. */
const anyBuiltItem: fc.Arbitrary<Item>[] = [
  ascii.map((text) => A(text)),
  fc.uint8Array({ maxLength: 20 }).map((data) => B(data)),
  fc.array(fc.boolean(), { maxLength: 8 }).map((truths) => BOOLEAN(truths)),
  ascii.map((text) => J(text.replace(/[\\~]/g, 'ｱ'))),
  fc
    .string({ unit: 'binary', maxLength: 10 })
    .map((text) => C2(text.replace(/\p{Surrogate}/gu, '?'), 'UTF-8')),
  fc.string({ maxLength: 10 }).map((text) => C2(text, 'Shift-JIS')),
  fc.int8Array({ maxLength: 4 }).map((v) => I1(v)),
  fc.int16Array({ maxLength: 4 }).map((v) => I2(v)),
  fc.int32Array({ maxLength: 40 }).map((v) => I4(v)),
  fc.bigInt64Array({ maxLength: 4 }).map((v) => I8(v)),
  fc.uint8Array({ maxLength: 4 }).map((v) => U1(v)),
  fc.uint16Array({ maxLength: 4 }).map((v) => U2(v)),
  fc.uint32Array({ maxLength: 40 }).map((v) => U4(v)),
  fc.bigUint64Array({ maxLength: 4 }).map((v) => U8(v)),
  fc.float32Array({ maxLength: 4 }).map((v) => F4(v)),
  fc.float64Array({ maxLength: 20 }).map((v) => F8(v)),
];

/** Any item: built or decoded, data or list, lists with more length bytes than they need among them. */
export const anyItem: fc.Arbitrary<Item> = fc.letrec<{ item: Item }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.oneof(...anyBuiltItem),
    fc.oneof(...anyRawItem),
    fc.array(tie('item'), { maxLength: 5 }).map((items) => L(items)),
    fc.array(tie('item'), { maxLength: 3 }).map((items) => decodeItem(encodeItem(L(items)))),
    fc.array(tie('item'), { maxLength: 3 }).map((items) => widened(L(items))),
  ),
})).item;

/** The same list, with three length bytes. */
function widened(list: Item): Item {
  const encoded = encodeItem(list);
  const header = Buffer.of(0x03, 0, 0, list.length);
  return decodeItem(Buffer.concat([header, encoded.subarray(2)]));
}
