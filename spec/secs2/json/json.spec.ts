import fc from 'fast-check';
import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { Secs2DepthError, Secs2JsonError } from '../../../src/secs2/errors.js';
import { A, B, BOOLEAN, C2, J, L } from '../../../src/secs2/items/factories.js';
import { itemFromJSON } from '../../../src/secs2/json/json-read.js';
import { itemToJSON } from '../../../src/secs2/json/json-write.js';
import { F4, F8, I1, I8, U2, U4, U8 } from '../../../src/secs2/items/number-factories.js';
import type { Item } from '../../../src/secs2/items/item.js';
import { anyItem } from '../support/arbitraries.js';
import { catchError } from '../support/catch-error.js';

const hex = (text: string): Item => decodeItem(Buffer.from(text, 'hex'));

describe('JSON', () => {
  it.each<[Item, string]>([
    [L(), '{"L":[]}'],
    [L(A('a'), L(U4(1, 2))), '{"L":[{"A":"a"},{"L":[{"U4":[1,2]}]}]}'],
    [A('é\u0000', 'latin1'), '{"A":"é\\u0000"}'],
    [J('ｱ¥'), '{"J":"ｱ¥"}'],
    [hex('450180'), '{"J":{"hex":"80"}}'],
    [C2('日本', 'Shift-JIS'), '{"C2":{"encoding":"Shift-JIS","text":"日本"}}'],
    [hex('49030002ff'), '{"C2":{"hex":"0002ff"}}'],
    [hex('49030007e9'), '{"C2":{"hex":"0007e9"}}'],
    [hex('4900'), '{"C2":{"hex":""}}'],
    [B(1, 255), '{"B":"01ff"}'],
    [BOOLEAN(true, false), '{"BOOLEAN":[true,false]}'],
    [hex('2503000102'), '{"BOOLEAN":[false,true,2]}'],
    [hex('250202ff'), '{"BOOLEAN":[2,255]}'],
    [I1(-1), '{"I1":[-1]}'],
    [I8(-1n), '{"I8":["-1"]}'],
    [U8(2n ** 64n - 1n), '{"U8":["18446744073709551615"]}'],
    [F4(0.1, NaN, -0, Infinity), '{"F4":[0.1,"NaN","-0","Infinity"]}'],
    [F8(0.1, -Infinity), '{"F8":[0.1,"-Infinity"]}'],
    [hex('91047f800001'), '{"F4":["NaN:7f800001"]}'],
    [hex('81087ff0000000000abc'), '{"F8":["NaN:7ff0000000000abc"]}'],
    [hex('42000141'), '{"A":"A","lengthBytes":2}'],
    [hex('03000001a9020001'), '{"L":[{"U2":[1]}],"lengthBytes":3}'],
  ])('%s', (item, text) => {
    expect(JSON.stringify(item)).toBe(text);
    expect(itemFromJSON(JSON.parse(text)).identical(item)).toBe(true);
  });

  it('takes a byte of 0 for false', () => {
    expect(itemFromJSON({ BOOLEAN: [0, 2] }).identical(hex('25020002'))).toBe(true);
  });

  it('says nothing of length bytes that are the fewest', () => {
    const list = L(Array.from({ length: 100 }, () => A('abcd')));
    const json = { L: new Array(100).fill({ A: 'abcd' }) };
    expect([itemToJSON(list), itemToJSON(decodeItem(list.encode()))]).toEqual([json, json]);
  });

  it('brings any item back, byte for byte', () => {
    fc.assert(
      fc.property(anyItem, (item) => itemFromJSON(JSON.parse(JSON.stringify(item))).identical(item)),
      { numRuns: 1000 },
    );
  });

  it.each<[unknown, string, number[]]>([
    [null, 'null is not an item', []],
    [[1], 'an array of 1 is not an item', []],
    ['x', '"x" is not an item', []],
    [{}, 'exactly one is allowed', []],
    [{ U4: [1], A: 'x' }, 'keys "U4, A": exactly one is allowed, of L, B, BOOLEAN, A', []],
    [{ U5: [1] }, 'exactly one is allowed', []],
    [{ toString: [1] }, 'exactly one is allowed', []],
    [{ L: 'x' }, 'L holds "x", not an array', []],
    [
      { L: [{ A: 'a' }, { L: [{ U4: ['1'] }] }] },
      'U4: value 0 must be a whole number from 0 to 4294967295, received the string "1"',
      [1, 0],
    ],
    [{ U2: 1 }, '1 is not an array', []],
    [{ A: 5 }, '5 is not a string', []],
    [{ A: '日' }, 'latin1 has no "日"', []],
    [{ B: '0' }, 'is not hex digits', []],
    [{ B: 'zz' }, 'is not hex digits', []],
    [{ B: [] }, 'is not hex digits', []],
    [{ I8: [1] }, '1 is not a string', []],
    [{ I8: ['0x1'] }, 'is not a decimal integer', []],
    [{ F4: ['NaN:3f800000'] }, 'not a float', []],
    [{ F8: ['NaN:7fc00000'] }, 'not a float', []],
    [{ F8: ['one'] }, 'not a float', []],
    [{ F4: ['nan:7f800001'] }, 'not a float', []],
    [{ F4: [1, null] }, 'F4: value 1 is null, not a float', []],
    [{ F4: [1e300] }, 'NaN or an infinity, received 1e+300', []],
    [{ BOOLEAN: [true, 256] }, 'BOOLEAN: value 1 is 256', []],
    [{ BOOLEAN: [-1] }, 'BOOLEAN: value 0 is -1', []],
    [{ BOOLEAN: [1.5] }, 'BOOLEAN: value 0 is 1.5', []],
    [{ C2: { encoding: 'klingon', text: 'x' } }, 'localized encoding "klingon" is not known', []],
    [{ C2: { encoding: 'UTF-8' } }, 'undefined is not a string', []],
    [{ A: 'x', lengthBytes: 4 }, 'lengthBytes 4: allowed are 1, 2 and 3', []],
    [{ L: new Array(256).fill({ L: [] }), lengthBytes: 1 }, 'lengthBytes 1 is too few for an L of 256', []],
    [Object.create(null), 'exactly one is allowed', []],
    [
      Object.defineProperty({}, 'U4', {
        enumerable: true,
        get: () => {
          throw new Error('harm');
        },
      }),
      'the JSON cannot be read',
      [],
    ],
    [{ A: 'x'.repeat(256), lengthBytes: 1 }, 'lengthBytes 1 is too few for this A', []],
  ])('refuses %.60j', (json, message, path) => {
    const error = catchError(() => itemFromJSON(json));
    expect(error).toBeInstanceOf(Secs2JsonError);
    expect(error).toMatchObject({
      code: 'SECS2_INVALID_JSON',
      path,
      message: expect.stringContaining(message) as string,
    });
  });

  it('keeps what was wrong with a value as the cause', () => {
    const error = catchError(() => itemFromJSON({ U1: [256] })) as Error;
    expect(error.cause).toMatchObject({
      message: expect.stringContaining(
        'U1: value 0 must be a whole number from 0 to 255, received 256',
      ) as string,
    });
  });

  it.each<[number | undefined, number]>([
    [undefined, 64],
    [3, 3],
  ])('nests, with maxDepth %p, lists of %i and no deeper', (maxDepth, depth) => {
    const options = maxDepth === undefined ? undefined : { maxDepth };
    let item: Item = U2(1);
    for (let i = 0; i < depth; i++) item = L(item);
    expect(itemFromJSON(itemToJSON(item, options), options).identical(item)).toBe(true);
    const deeper = L(item);
    expect(() => itemToJSON(deeper, options)).toThrow(Secs2DepthError);
    const json = itemToJSON(deeper, { maxDepth: depth + 1 });
    expect(() => itemFromJSON(json, options)).toThrow(Secs2DepthError);
  });

  it('survives any depth it is allowed', () => {
    let item: Item = U2(1);
    for (let i = 0; i < 65; i++) item = L(item);
    const json = itemToJSON(item, { maxDepth: 65 });
    expect(itemFromJSON(json, { maxDepth: 65 }).identical(item)).toBe(true);
    const deep = decodeItem(Buffer.concat([Buffer.alloc(200_000, '0101', 'hex'), Buffer.of(1, 0)]), {
      maxDepth: 1e6,
    });
    expect(itemFromJSON(itemToJSON(deep, { maxDepth: 1e6 }), { maxDepth: 1e6 }).identical(deep)).toBe(true);
  });
});
