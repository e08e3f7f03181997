// A mutant is dead with the first spec that fails: the others need not run. Nor need those that measure growth.
const NodeEnvironment = require('@stryker-mutator/jest-runner/jest-env/node');

const { without } = JSON.parse(process.env.MUTATION_ROOM);
const left = new RegExp(without);

// Packages are loaded once for all mutants, and lent to each.
const packages = Object.fromEntries(
  ['fast-check', 'iconv-lite', 'rxjs'].map((name) => [name, require(name)]),
);

module.exports = class extends NodeEnvironment {
  #failed = false;

  constructor(...args) {
    super(...args);
    this.global.packagesOfMutation = packages;
  }

  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.#failed = true;
    if (name === 'test_start' && (this.#failed || left.test(test.name))) test.mode = 'skip';
  }
};
