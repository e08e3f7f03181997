import { parseItem, parseMessages } from '../../../src/secs2/sml/parse.js';
import { cpuTimeOf, growthOf } from '../../fuzz/sml/growth.js';
import { catchError } from '../support/catch-error.js';

// Twice as long for each character is forgiven here, and more. The texts are so short that the collector need not follow
// lists in one another while they are made: from some forty thousand on each takes it eight times as long.
const allowed = 30;
const measure = { fewest: 2000, measurableMs: 0.4, allowed };

describe('time', () => {
  // Texts that a parser which looks back, or ahead, again and again needs the square of their length for.
  it.each<[string, (n: number) => string, (text: string) => unknown]>([
    ['many items', (n) => `<L ${'<A "x"> '.repeat(n)}>`, parseItem],
    [
      'many wrong counts',
      (n) => `<L ${'<A[9] "x">\n'.repeat(n)}>`,
      (text) => parseItem(text, { onWarning: () => undefined }),
    ],
    ['many values', (n) => `<U4 ${'1 '.repeat(n)}>`, parseItem],
    ['many runs', (n) => `<A ${'"x" 0x0A '.repeat(n)}>`, parseItem],
    ['escapes', (n) => `<A "${'\\"'.repeat(n)}">`, parseItem],
    ['spaces', (n) => `<L${' '.repeat(n)}${'<L> '.repeat(n / 4)}${' '.repeat(n)}>`, parseItem],
    ['comments', (n) => `<L ${'/**/ // x\n * y\n'.repeat(n)}>`, parseItem],
    [
      'unquoted with far counts',
      (n) => `<L ${`<A[${2 * n}] x> `.repeat(n / 4)}${' '.repeat(4 * n)}>`,
      parseItem,
    ],
    ['one long unquoted', (n) => `<A ${'x'.repeat(8 * n)}>`, parseItem],
    ['many messages', (n) => 'S1F1 W\n'.repeat(n), parseMessages],
    ['many named messages', (n) => 'A name : S1F1 W OUTPUT DevId:1\n'.repeat(n / 4), parseMessages],
    ['a long title', (n) => `S1F1, ${'x '.repeat(n)}\nS1F1`, parseMessages],
    ['words without a header', (n) => `S1F1 ${'x '.repeat(n)}.`, parseMessages],
    [
      'nested lists',
      (n) => `${'<L '.repeat(n)}${'>'.repeat(n)}`,
      (text) => parseItem(text, { maxDepth: Infinity }),
    ],
    ['nested bare lists', (n) => `${'L:1 '.repeat(n)}`, (text) => parseItem(text, { maxDepth: Infinity })],
    ['a long word', (n) => `<L ${'x'.repeat(8 * n)}`, (text) => catchError(() => parseItem(text))],
    ['a long number', (n) => `<U4 ${'1'.repeat(8 * n)}>`, (text) => catchError(() => parseItem(text))],
    ['a long float', (n) => `<F8 0.${'1'.repeat(8 * n)}>`, parseItem],
  ])('grows with the length only: %s', (_name, make, read) => {
    expect(growthOf(make, (text) => cpuTimeOf(() => void read(text)), measure)).toBeLessThan(allowed);
  });

  it('notices a reader that looks at every character for every other one', () => {
    const read = (text: string): number => {
      let seen = 0;
      for (let i = 0; i < text.length; i += 8) {
        for (let j = 0; j < text.length; j += 8) seen ^= text.charCodeAt(j);
      }
      return seen;
    };
    const growth = growthOf(
      (n) => '<L '.repeat(n),
      (text) => cpuTimeOf(() => void read(text)),
      measure,
    );
    expect(growth).toBeGreaterThan(allowed);
  });
});
