import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const document = readFileSync(join(root, 'docs/gem-conformance.md'), 'utf8');

/** The requirements that concern an equipment. */
const requirements = [
  ...[1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25, 26, 30, 31, 32, 33, 34, 35],
  ...[
    40, 41, 42, 43, 44, 45, 46, 50, 51, 55, 56, 57, 60, 61, 62, 65, 66, 67, 70, 71, 72, 73, 74, 75, 76, 77,
    78, 79,
  ],
  ...[85, 86, 87, 88, 89, 90, 92, 93, 94],
].map((number) => `G-${number}`);
const traps = [1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24].map(
  (n) => `T-${n}`,
);

interface Row {
  readonly numbers: readonly string[];
  readonly specs: readonly string[];
}

/** The numbers of `G-2, G-3` and of `G-10 to G-14`. */
function numbersOf(cell: string): string[] {
  return cell.split(',').flatMap((part) => {
    const [first = '', last = first] = part.trim().split(' to ');
    const [kind, from] = first.split('-');
    const to = Number(last.split('-')[1]);
    return Array.from({ length: to - Number(from) + 1 }, (_, i) => `${kind}-${Number(from) + i}`);
  });
}

const rows: Row[] = document
  .split('\n')
  .filter((line) => /^\| [GT]-/.test(line))
  .map((line) => {
    const [, numbers = '', , specs = ''] = line.split('|');
    return {
      numbers: numbersOf(numbers.trim()),
      specs: [...specs.matchAll(/`([^`]+)`/g)].map(([, name]) => `spec/gem/${name}.spec.ts`),
    };
  });

describe('docs/gem-conformance.md', () => {
  it.each([...requirements, ...traps])('has a row for %s', (number) => {
    expect(rows.filter(({ numbers }) => numbers.includes(number))).toHaveLength(1);
  });

  it.each(rows)('$numbers: the specs are there and cite it', ({ numbers, specs }) => {
    const cited = specs.flatMap((spec) => {
      expect(existsSync(join(root, spec))).toBe(true);
      return numbersCited(readFileSync(join(root, spec), 'utf8'));
    });
    const known = numbers.filter((number) => requirements.includes(number) || traps.includes(number));
    for (const number of known) expect(cited).toContain(number);
    for (const spec of specs) {
      const own = numbersCited(readFileSync(join(root, spec), 'utf8'));
      expect({ spec, cites: numbers.some((number) => own.includes(number)) }).toEqual({ spec, cites: true });
    }
  });

  it('G-1: nothing of GEM knows a transport', () => {
    const folder = join(root, 'src/gem');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(50);
    for (const file of files) {
      expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(
        /from '[^']*\/(hsms|secs1|network|connection)\//,
      );
    }
  });
});

/** Numbers in the names of tests: single ones and those of a range. */
function numbersCited(text: string): string[] {
  return [...text.matchAll(/\b([GT]-\d+)(?: to ([GT]-\d+))?/g)].flatMap(([, first = '', last]) =>
    numbersOf(last === undefined ? first : `${first} to ${last}`),
  );
}
