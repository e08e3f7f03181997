import fc from 'fast-check';
import type { SmlError } from '../../../../src/secs2/errors.js';
import { takeCanonical, takePlainText } from '../../../../src/secs2/sml/item/canonical.js';
import { parseItem, parseMessages } from '../../../../src/secs2/sml/parse.js';
import { SmlSource } from '../../../../src/secs2/sml/source.js';
import { both, expectSameReading, options } from '../support/same-reading.js';

describe('the canonical form', () => {
  it('reads the same, right or wrong, as the same item written otherwise', () => {
    expectSameReading(2000);
  });

  it('reads every length of text that its count gives', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 30 }),
        fc.integer({ min: -1, max: 1 }),
        options,
        (text, off, given) => {
          const [canonical, general] = both(`A[${text.length + off}] "${text}">`, given);
          expect(canonical).toEqual(general);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads every number as the language itself does', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 15 }), (any, decimals) => {
        const text = Math.abs(any) < 1e21 ? any.toFixed(decimals) : '0';
        expect(parseItem(`<F8 ${text}>`).number).toBe(Number(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a plain header', () => {
  const digits = fc.oneof(
    fc.integer({ min: 0, max: 300 }).map(String),
    fc.constantFrom('', '007', '0001', '1234567890'),
  );
  const mark = fc.constantFrom(
    '',
    ' W',
    ' w',
    'W',
    ' W.',
    ' W_',
    ' W1',
    ' [W]',
    '.',
    '"',
    '5',
    'F1',
    ' name',
    '\n<L>',
  );

  it('reads the same as one in quotes or in lower case', () => {
    const read = (text: string): unknown => {
      try {
        return parseMessages(text).map((entry) => ({ ...entry, message: entry.message.toJSON() }));
      } catch (error) {
        return (error as SmlError).code;
      }
    };
    fc.assert(
      fc.property(digits, digits, mark, (stream, fn, rest) => {
        const plain = read(`S${stream}F${fn}${rest}`);
        expect(plain).toEqual(read(`s${stream}f${fn}${rest}`));
        if (stream !== '' && fn !== '' && rest.startsWith(' '))
          expect(plain).toEqual(read(`'S${stream}F${fn}'${rest}`));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('takeCanonical', () => {
  /** What is taken of a text, as JSON, and how far it is read. */
  const taken = (text: string): [item: object | undefined, read: number] => {
    const source = new SmlSource(text, {});
    return [takeCanonical(source)?.toJSON(), source.position];
  };

  it.each<[text: string, item: object]>([
    ['<A "">', { A: '' }],
    ["<A ''>", { A: '' }],
    ['<A[0] "">', { A: '' }],
    ['<A "a>b">', { A: 'a>b' }],
    [`<A "it's">`, { A: "it's" }],
    ['<A[4] "MDLN">', { A: 'MDLN' }],
    ['<A[04] "MDLN">', { A: 'MDLN' }],
    ['<A[9] "123456789">', { A: '123456789' }],
    ['<A[00000010] "0123456789">', { A: '0123456789' }],
    ['<A "\x00~\x7f">', { A: '\x00~\x7f' }],
    ['<U4 1>', { U4: [1] }],
    ['<U4[1] 1>', { U4: [1] }],
    ['<U1 0>', { U1: [0] }],
    ['<U1 255>', { U1: [255] }],
    ['<U2 0>', { U2: [0] }],
    ['<U2 65535>', { U2: [65535] }],
    ['<U4 0>', { U4: [0] }],
    ['<U4 4294967295>', { U4: [4294967295] }],
    ['<I1 -128>', { I1: [-128] }],
    ['<I1 127>', { I1: [127] }],
    ['<I2 -32768>', { I2: [-32768] }],
    ['<I2 32767>', { I2: [32767] }],
    ['<I4 -2147483648>', { I4: [-2147483648] }],
    ['<I4 2147483647>', { I4: [2147483647] }],
    ['<F4 -1.5>', { F4: [-1.5] }],
    ['<F8[1] 0.1>', { F8: [0.1] }],
  ])('takes %j', (text, item) => {
    expect(taken(text)).toEqual([item, text.length]);
    expect(taken(` \x00\n${text} <L>`)).toEqual([item, text.length + 3]);
  });

  it.each([
    ...['<', '<A', '<U4', '<A "', '<U4 1', '<A "x"', '<A "x', '<A[1] "', '<A[1', '<A[', '<A['.padEnd(9, '1')],
    ...[
      'U4 1> ',
      '(U4 1>',
      'A "x">',
      '<L[0]>',
      '<B 0x01>',
      '<J "x">',
      '<U8 1>',
      '<I8 1>',
      '<AB "x">',
      '<é4 1>',
      '<U\u0134 1>',
    ],
    ...['<u4 1>', '<a "x">', '<U3 1>', '<U44 1>', '< U4 1>', '< A "x">'],
    ...[
      '<U4[2] 1>',
      '<U4[1 1>',
      '<U4[1) 1>',
      '<T\u00b4 1>',
      '<A[0] "x">',
      '<U4[1]1>',
      '<U4[1]  1>',
      '<U4[] 1>',
      '<U4[11] 1>',
      '<U4]1] 1>',
    ],
    ...['<U4 1 >', '<U4 1 2>', '<U4\t1>', '<U4/1>', '<U4 +1>', '<U4 0x1>', '<U4 1.0>', '<U4 >'],
    ...['<U1 256>', '<U1 -1>', '<U2 65536>', '<U2 -1>', '<U4 4294967296>', '<U4 -1>'],
    ...['<I1 128>', '<I1 -129>', '<I2 32768>', '<I2 -32769>', '<I4 2147483648>', '<I4 -2147483649>'],
    ...[
      '<A[1] "">',
      '<A[3] "MDLN">',
      '<A[] "">',
      '<A[/] "">',
      '<A[:] "">',
      '<A[0000000010] "0123456789">',
      '<A[4]"MDLN">',
    ],
    ...[
      '<A  "x">',
      '<A\t"x">',
      '<A[1 "x">',
      '<A[1) "x">',
      '<A "x" >',
      '<A "x" 0x0A>',
      '<A "x" "y">',
      '<A "x\'>',
    ],
    ...['<A "\\">', '<A "\x80">', '<A "é">', '<A x>', '<A 0x41>', '<A #x#>'],
  ])('leaves %j to the general reader, at its start', (text) => {
    expect(taken(text)).toEqual([undefined, 0]);
    expect(taken(` \t${text} <L>`)).toEqual([undefined, 2]);
  });
});

describe('takePlainText', () => {
  const taken = (text: string): [value: string | undefined, read: number] => {
    const source = new SmlSource(`<A ${text}`, {});
    source.position = 3;
    return [takePlainText(source), source.position - 3];
  };

  it('stops in front of the > that ends the item', () => {
    expect(taken('"MDLN">')).toEqual(['MDLN', 6]);
    expect(taken(`'"'>.`)).toEqual(['"', 3]);
    expect(taken('"">')).toEqual(['', 2]);
  });

  it.each(['', '"', '"x', '"x"', '"x" >', 'x>', '"x\\">', '"\x80">', `"x'>`])(
    'moves past nothing of %j',
    (text) => {
      expect(taken(text)).toEqual([undefined, 0]);
    },
  );
});
