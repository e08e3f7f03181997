import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const table = readFileSync(join(__dirname, '../../docs/secs1-conformance.md'), 'utf8');
const rows = [...table.matchAll(/^\| (B-[^|]*)\|([^|]*)\|([^|]*)\|/gm)].flatMap(
  ([, numbers = '', , specs = '']) =>
    [...numbers.matchAll(/B-\d+/g)].map(
      ([number]) => [number, [...specs.matchAll(/`([^`]+)`/g)].map(([, name]) => name)] as const,
    ),
);

describe('docs/secs1-conformance.md', () => {
  it.each(rows)('%s is cited by each of its specs', (number, specs) => {
    expect(specs.length).toBeGreaterThan(0);
    for (const spec of specs) {
      const text = readFileSync(join(__dirname, `${spec ?? ''}.spec.ts`), 'utf8');
      expect({ spec, cited: new RegExp(`${number}\\b`).test(text) || citesRange(text, number) }).toEqual({
        spec,
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
