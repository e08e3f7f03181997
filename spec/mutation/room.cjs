// All specs of one room as a single file: one load of the sources for each mutant instead of one for each spec file.
const { readdirSync } = require('node:fs');
const { join, resolve } = require('node:path');

const { specs, runs, seed, hooks } = JSON.parse(process.env.MUTATION_ROOM);

// Properties run seldom enough for thousands of mutants, and the same way for each of them.
jest.mock('fast-check', () => {
  const actual = globalThis.packagesOfMutation['fast-check'];
  const assert = (property, { numRuns = runs, ...options } = {}) =>
    actual.assert(property, { ...options, seed, numRuns: Math.min(numRuns, runs), endOnFailure: true });
  return { ...actual, __esModule: true, default: { ...actual.default, assert }, assert };
});

jest.mock('iconv-lite', () => globalThis.packagesOfMutation['iconv-lite']);
jest.mock('rxjs', () => globalThis.packagesOfMutation['rxjs']);

// A table is one test: thousands cost more than what they check. Not where hooks prepare each row.
if (!hooks) {
  it.each = (rows) => (name, check) =>
    it(name, async () => {
      for (const row of rows) await (Array.isArray(row) ? check(...row) : check(row));
    });
}

const root = resolve(__dirname, '..');
for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
  if (/(?<!\.long)\.spec\.ts$/.test(name) && specs.some((pattern) => new RegExp(pattern).test(name))) {
    require(join(root, name));
  }
}
