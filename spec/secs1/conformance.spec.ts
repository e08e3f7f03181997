import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const table = readFileSync(join(root, 'docs/secs1-conformance.md'), 'utf8');

/** What SECS-I asks of this library. */
const REQUIREMENTS = [
  ...[1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, 24, 25, 26, 30, 31, 40, 41, 42, 43, 44, 45, 46],
  ...[50, 51, 52, 60, 70, 71, 80, 81, 82, 83, 84],
].map((number) => `B-${number}`);

/** Numbers, and the files that show them: specs below `spec/secs1` without their ending, and other files whole. */
const rows = [...table.matchAll(/^\| (B-[^|]*)\|([^|]*)\|([^|]*)\|/gm)].flatMap(
  ([, numbers = '', , shown = '']) =>
    [...numbers.matchAll(/B-\d+/g)].map(
      ([number]) => [number, [...shown.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)] as const,
    ),
);

const fileOf = (name: string): string =>
  join(root, /\.\w+$/.test(name) ? name : `spec/secs1/${name}.spec.ts`);

describe('docs/secs1-conformance.md', () => {
  it.each(REQUIREMENTS)('has one row for %s', (number) => {
    expect(rows.filter(([one]) => one === number)).toHaveLength(1);
  });

  it('has no row for what is not asked', () => {
    expect(rows.map(([number]) => number).filter((number) => !REQUIREMENTS.includes(number))).toEqual([]);
  });

  it.each(rows)('%s is cited by each of its specs', (number, names) => {
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const file = fileOf(name);
      expect({ name, isThere: existsSync(file) }).toEqual({ name, isThere: true });
      const text = readFileSync(file, 'utf8');
      expect({ name, cited: new RegExp(`${number}\\b`).test(text) || citesRange(text, number) }).toEqual({
        name,
        cited: true,
      });
    }
  });
});

/** Whether a range such as `B-20 to B-25` has the number. */
function citesRange(text: string, number: string): boolean {
  const value = Number(number.slice(2));
  return [...text.matchAll(/B-(\d+) to B-(\d+)/g)].some(
    ([, from, to]) => Number(from) <= value && value <= Number(to),
  );
}
