import fc from 'fast-check';
import { FormatCode, type NumericFormat } from '../../../src/secs2/formats.js';
import { makeHead } from '../../../src/secs2/head.js';
import {
  bigintAt,
  doubleAt,
  numberAt,
  readNumbers,
  writeNumber,
  writeNumberItem,
  writeNumbers,
  type NumericArray,
} from '../../../src/secs2/items/numbers.js';
import { storeBigints, storeNumber, storeNumbers } from '../../../src/secs2/items/store-numbers.js';
import { WritableBytes } from '../../../src/secs2/codec/writable-bytes.js';

type Value = number | bigint;

/** One format as its values are laid out by E5: most significant byte first. */
interface Layout {
  readonly format: NumericFormat;
  readonly size: number;
  readonly kind: string;
  readonly make: (length: number) => NumericArray;
  readonly put: (view: DataView, offset: number, value: Value) => void;
  /** The least, the greatest, and some whose bytes all differ. */
  readonly values: readonly Value[];
}

const layouts: readonly Layout[] = [
  {
    ...{ format: 'I1', size: 1, kind: 'Int8Array', make: (n) => new Int8Array(n) },
    put: (view, offset, value) => view.setInt8(offset, Number(value)),
    values: [-128, 127, -1, 0, 0x12],
  },
  {
    ...{ format: 'I2', size: 2, kind: 'Int16Array', make: (n) => new Int16Array(n) },
    put: (view, offset, value) => view.setInt16(offset, Number(value)),
    values: [-32768, 32767, -2, 0, 0x1234],
  },
  {
    ...{ format: 'I4', size: 4, kind: 'Int32Array', make: (n) => new Int32Array(n) },
    put: (view, offset, value) => view.setInt32(offset, Number(value)),
    values: [-(2 ** 31), 2 ** 31 - 1, -2, 0, 0x12345678],
  },
  {
    ...{ format: 'I8', size: 8, kind: 'BigInt64Array', make: (n) => new BigInt64Array(n) },
    put: (view, offset, value) => view.setBigInt64(offset, BigInt(value)),
    values: [-(2n ** 63n), 2n ** 63n - 1n, -2n, 0n, 0x0123456789abcdefn],
  },
  {
    ...{ format: 'U1', size: 1, kind: 'Uint8Array', make: (n) => new Uint8Array(n) },
    put: (view, offset, value) => view.setUint8(offset, Number(value)),
    values: [0, 255, 0x80, 0x12],
  },
  {
    ...{ format: 'U2', size: 2, kind: 'Uint16Array', make: (n) => new Uint16Array(n) },
    put: (view, offset, value) => view.setUint16(offset, Number(value)),
    values: [0, 65535, 0x8000, 0x1234],
  },
  {
    ...{ format: 'U4', size: 4, kind: 'Uint32Array', make: (n) => new Uint32Array(n) },
    put: (view, offset, value) => view.setUint32(offset, Number(value)),
    values: [0, 2 ** 32 - 1, 2 ** 31, 0x12345678],
  },
  {
    ...{ format: 'U8', size: 8, kind: 'BigUint64Array', make: (n) => new BigUint64Array(n) },
    put: (view, offset, value) => view.setBigUint64(offset, BigInt(value)),
    values: [0n, 2n ** 64n - 1n, 2n ** 63n, 0x0123456789abcdefn],
  },
  {
    ...{ format: 'F4', size: 4, kind: 'Float32Array', make: (n) => new Float32Array(n) },
    put: (view, offset, value) => view.setFloat32(offset, Number(value)),
    values: [0, -0, Infinity, -Infinity, 1.5, -(2 ** -149), 16777215],
  },
  {
    ...{ format: 'F8', size: 8, kind: 'Float64Array', make: (n) => new Float64Array(n) },
    put: (view, offset, value) => view.setFloat64(offset, Number(value)),
    values: [0, -0, Infinity, -Infinity, 0.1, -(2 ** -1074), Math.PI],
  },
];

/** Few are read and written one by one, many as a block. */
const COUNTS = [0, 1, 2, 5, 15, 16, 31, 32, 63, 64, 127, 128, 129, 200];
const START = 3;
const FILL = 0xee;

/** `count` values, and the bytes of a buffer that holds them from START on. */
function sample({ size, make, put, values }: Layout, count: number): { array: NumericArray; bytes: Buffer } {
  const array = make(count);
  const bytes = Buffer.alloc(START + count * size + 9, FILL);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < count; i++) {
    const value = values[i % values.length] as Value;
    array[i] = value;
    put(view, START + i * size, value);
  }
  return { array, bytes };
}

const numbersOnly = layouts.filter(({ size, format }) => size < 8 || format === 'F8');
const bigintsOnly = layouts.filter(({ size, format }) => size === 8 && format !== 'F8');

describe.each(layouts)('numbers of $format (P-61)', (layout) => {
  const { format, size, kind } = layout;
  const code = FormatCode[format];

  it.each(COUNTS)('%i are read from where they lie, into an array of their kind', (count) => {
    const { array, bytes } = sample(layout, count);
    const read = readNumbers(code, bytes, START, count * size);
    expect(read.constructor.name).toBe(kind);
    expect([...read]).toEqual([...array]);
  });

  it.each(COUNTS)('%i are written where they belong, and nothing beside them', (count) => {
    const { array, bytes } = sample(layout, count);
    const out = Buffer.alloc(bytes.length, FILL);
    writeNumbers(code, array, count * size, new WritableBytes(out), START);
    expect(out).toEqual(bytes);
  });

  it('are not changed by being written', () => {
    const { array } = sample(layout, 200);
    const before = [...array];
    writeNumbers(code, array, 200 * size, new WritableBytes(Buffer.alloc(200 * size)), 0);
    expect([...array]).toEqual(before);
  });
});

describe.each(numbersOnly)('a single number of $format', (layout) => {
  const code = FormatCode[layout.format];

  it('is read and written as one of many', () => {
    const { array, bytes } = sample(layout, layout.values.length);
    for (const [i, value] of [...array].entries()) {
      const position = START + i * layout.size;
      expect(numberAt(code, bytes, position)).toBe(value);
      const out = Buffer.alloc(layout.size + 4, FILL);
      writeNumber(code, value as number, new WritableBytes(out).view, 2);
      expect(out.toString('hex')).toBe(`eeee${bytes.toString('hex', position, position + layout.size)}eeee`);
    }
  });

  it('is written with its header', () => {
    const { array, bytes } = sample(layout, layout.values.length);
    const header = Buffer.of((code << 2) | 1, layout.size).toString('hex');
    for (const [i, value] of [...array].entries()) {
      const out = Buffer.alloc(layout.size + 6, FILL);
      const { view } = new WritableBytes(out);
      expect(writeNumberItem(makeHead(code, 1, layout.size), value as number, view, 2)).toBe(4 + layout.size);
      const position = START + i * layout.size;
      const data = bytes.toString('hex', position, position + layout.size);
      expect(out.toString('hex')).toBe(`eeee${header}${data}eeee`);
    }
  });

  it('is stored in an array of its kind, as many are', () => {
    const { array } = sample(layout, layout.values.length);
    const stored = storeNumbers(code, [...array] as number[]);
    expect([stored.constructor.name, ...stored]).toEqual([layout.kind, ...array]);
    for (const value of array) {
      const one = storeNumber(code, value as number);
      expect([one.constructor.name, ...one]).toEqual([layout.kind, value]);
    }
  });
});

describe.each(bigintsOnly)('a single bigint of $format', (layout) => {
  const code = FormatCode[layout.format];

  it('is read as one of many, and stored in an array of its kind', () => {
    const { array, bytes } = sample(layout, layout.values.length);
    for (const [i, value] of [...array].entries()) {
      expect(bigintAt(code, bytes, START + i * layout.size)).toBe(value);
    }
    const stored = storeBigints(code, [7, ...(array as BigInt64Array)]);
    expect([stored.constructor.name, ...stored]).toEqual([layout.kind, 7n, ...array]);
  });
});

describe('NaN', () => {
  it.each<['F4' | 'F8', string]>([
    ['F4', '7f800001'],
    ['F4', 'ffc12345'],
    ['F8', '7ff0000000000abc'],
    ['F8', 'fff8000000000001'],
  ])('of %s with the bits %s keeps them, first or last of few or many', (format, bits) => {
    const code = FormatCode[format];
    const size = bits.length / 2;
    const one = Buffer.alloc(size, '3f', 'hex');
    for (const [before, after] of [
      [0, 0],
      [2, 1],
      [20, 40],
    ] as const) {
      const data = Buffer.concat([
        ...new Array<Buffer>(before).fill(one),
        Buffer.from(bits, 'hex'),
        ...new Array<Buffer>(after).fill(one),
      ]);
      const memory = Buffer.concat([Buffer.of(9), data]);
      const values = readNumbers(code, memory, 1, data.length);
      expect([...values].map(Number.isNaN).indexOf(true)).toBe(before);
      const out = Buffer.alloc(data.length + 2, FILL);
      writeNumbers(code, values, data.length, new WritableBytes(out), 1);
      expect(out.toString('hex')).toBe(`ee${data.toString('hex')}ee`);
    }
  });
});

describe('doubles, which are reckoned from their parts', () => {
  const bytes = Buffer.alloc(11);
  const expectSame = (high: number, low: number): void => {
    bytes.writeUInt32BE(high, 3);
    bytes.writeUInt32BE(low, 7);
    // Of two NaNs the same; of 0 and -0 not.
    expect(doubleAt(bytes, 3)).toBe(bytes.readDoubleBE(3));
  };

  it('are what their bits say for every exponent, at both ends of it, with either sign', () => {
    for (let exponent = 0; exponent < 2048; exponent++) {
      for (const sign of [0, 0x80000000]) {
        const high = sign + exponent * 0x100000;
        expectSame(high, 0);
        expectSame(high, 1);
        expectSame(high + 0x80001, 0x80000001);
        expectSame(high + 0xfffff, 0xffffffff);
      }
    }
  });

  it('are what their bits say, whatever they are', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(fc.property(word, word, expectSame), { numRuns: 2000 });
  });
});
