import * as fc from 'fast-check';
import {
  A,
  B,
  BOOLEAN,
  F4,
  F8,
  I1,
  I4,
  I8,
  J,
  L,
  message,
  U1,
  U2,
  U4,
  U8,
  type Item,
  type SecsMessage,
} from '../../../src/secs2';

/** Items that are seldom what is wanted. */
const strange: fc.Arbitrary<Item> = fc.constantFrom<Item>(
  ...[
    L(),
    L(L(L())),
    L(A('x')),
    A(''),
    A('x'.repeat(200)),
    A(Buffer.of(0, 255)),
    J('ｱ'),
    B([]),
    B(0),
    B(255),
    B(1, 2),
  ],
  ...[
    BOOLEAN(true),
    BOOLEAN([]),
    U1(0),
    U1(255),
    U1(1, 2),
    U1([]),
    U2(65_535),
    U4(0),
    U4(1),
    U4(101),
    U4(2001),
    U4(0xffff_ffff),
  ],
  ...[
    U8(2n ** 64n - 1n),
    U8(1),
    I1(-1),
    I4(-5),
    I4(100),
    I8(-(2n ** 63n)),
    F4(Number.NaN),
    F4(1.5),
    F8(1e308),
    F8(-Infinity),
  ],
  ...[A('20261129120000'), A('000001'), A('START'), A('OXIDE')],
);

const long: fc.Arbitrary<Item> = fc.constantFrom<Item>(
  L(Array.from({ length: 3000 }, (_, i) => U4(i))),
  U4(Array.from({ length: 3000 }, (_, i) => i)),
  L(Array.from({ length: 500 }, () => L(U4(1), L()))),
);

/** Does one harm to an item: at a random place it is replaced, doubled, left out, lengthened, or put into another list. */
const harmed = (item: Item | undefined): fc.Arbitrary<Item | undefined> =>
  item === undefined
    ? strange
    : fc.oneof(
        {
          weight: 12,
          arbitrary: fc
            .nat()
            .chain((at) =>
              fc
                .tuple(strange, harms)
                .map(([other, harm]) => changedAt(item, at, (found) => harm(found, other))),
            ),
        },
        {
          weight: 1,
          arbitrary: fc.nat().chain((at) => long.map((other) => changedAt(item, at, () => [other]))),
        },
        { weight: 1, arbitrary: fc.constant(undefined) },
        { weight: 2, arbitrary: fc.constant(item) },
      );

const harms = fc.constantFrom<(item: Item, other: Item) => readonly Item[]>(
  (_item, other) => [other],
  (item) => [item, item],
  () => [],
  (item, other) => [item, other],
  (item) => [L(item)],
);

/** Changes the node of a number, counted through the tree; a root that would vanish or split becomes a list. */
function changedAt(root: Item, number: number, change: (item: Item) => readonly Item[]): Item {
  const target = number % size(root);
  let seen = 0;
  const walk = (item: Item): readonly Item[] => {
    if (seen++ === target) return change(item);
    return item.format === 'L' ? [L(item.items.flatMap(walk))] : [item];
  };
  const made = walk(root);
  const [only] = made;
  return made.length === 1 && only !== undefined ? only : L(made);
}

const size = (item: Item): number =>
  item.format === 'L' ? 1 + item.items.reduce((sum, child) => sum + size(child), 0) : 1;

/** A message with harm done to it, once or twice. */
export const harmedMessage = (original: SecsMessage): fc.Arbitrary<SecsMessage> =>
  harmed(original.item)
    .chain((item) => fc.oneof(fc.constant(item), harmed(item)))
    .map((item) => {
      const { stream, function: fn } = original;
      return item === undefined ? message(stream, fn, true) : message(stream, fn, true, item);
    });
