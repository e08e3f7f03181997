import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../../..');
const rows = readFileSync(resolve(root, 'docs/gem-conformance.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| host '))
  .map((line) => {
    const [, numbers = '', , specs = ''] = line.split('|');
    return {
      numbers: numbers.trim().slice('host '.length).split(', '),
      specs: [...specs.matchAll(/`([^`]+)`/g)].map(([, name]) => `spec/gem/${name}.spec.ts`),
    };
  });

describe('docs/gem-conformance.md, host', () => {
  it.each([
    ...Array.from({ length: 12 }, (_, i) => `G-${110 + i}`),
    ...Array.from({ length: 24 }, (_, i) => `T-${1 + i}`),
  ])('has a row for %s', (number) => {
    expect(rows.filter(({ numbers }) => numbers.includes(number))).toHaveLength(1);
  });

  it.each(rows)('$numbers: specs that cite it', ({ numbers, specs }) => {
    const texts = specs.map((spec) => readFileSync(resolve(root, spec), 'utf8')).join('\n');
    for (const number of numbers) expect(texts).toMatch(new RegExp(`\\b${number}\\b`));
  });
});
