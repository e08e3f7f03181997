import { decodeItem, encodeItem, type DecodeOptions } from '../../src/secs2/index.js';
import { catchError } from '../secs2/support/catch-error.js';

const DATA_BYTES_OF_A_MESSAGE = 16 * 1024 * 1024;

/** The header of a list that says to have so many items. */
const listOf = (count: number): Buffer => Buffer.of(3, count >>> 16, count >>> 8, count);
const nested = (depth: number): Buffer => Buffer.concat([Buffer.alloc(2 * depth, '0101', 'hex'), listOf(0)]);
const wide = (count: number, child: string): Buffer =>
  Buffer.concat([listOf(count), Buffer.alloc(count * (child.length / 2), child, 'hex')]);

/** What a peer may send instead of a message, and how it is to be taken. */
const bodies: readonly (readonly [string, Buffer, DecodeOptions, object | undefined])[] = [
  ['200 lists deep', nested(200), {}, { code: 'SECS2_TOO_DEEP' }],
  ['100,000 lists deep', nested(100_000), {}, { code: 'SECS2_TOO_DEEP' }],
  ['100,000 lists deep, allowed', nested(100_000), { maxDepth: 200_000 }, undefined],
  [
    'a list of 16,777,215 items and none of them',
    listOf(0xffffff),
    {},
    { code: 'SECS2_TRUNCATED', offset: 0 },
  ],
  ['such lists in one another', Buffer.alloc(4000, listOf(0xffffff)), {}, { code: 'SECS2_TRUNCATED' }],
  ['100,000 items wide', wide(100_000, 'a50107'), {}, undefined],
  ['as many empty lists as a message holds', wide(8_388_000, '0100'), {}, { code: 'SECS2_TOO_MANY_ITEMS' }],
  ['as many empty texts', wide(8_388_000, '4100'), {}, { code: 'SECS2_TOO_MANY_ITEMS', offset: 0 }],
  ['one item more than allowed', wide(1_000_000, '4100'), {}, { code: 'SECS2_TOO_MANY_ITEMS' }],
  ['as many items as allowed', wide(999_999, '4100'), {}, undefined],
  ['three items where two are allowed', wide(2, '4100'), { maxItems: 2 }, { code: 'SECS2_TOO_MANY_ITEMS' }],
];

describe('a body that means harm', () => {
  it.each(bodies)('%s', (_name, body, options, refused) => {
    expect(body.length).toBeLessThanOrEqual(DATA_BYTES_OF_A_MESSAGE);
    const before = process.memoryUsage().heapUsed;
    if (refused === undefined)
      expect(encodeItem(decodeItem(body, options), { maxDepth: Infinity }).equals(body)).toBe(true);
    else expect(catchError(() => decodeItem(body, options))).toMatchObject(refused);
    // What is refused is refused before room is made for it.
    const grown = process.memoryUsage().heapUsed - before;
    expect(grown).toBeLessThan(refused === undefined ? 1_000_000 * 160 : 16 * 1024 * 1024);
  });
});
