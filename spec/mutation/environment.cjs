// A mutant is dead with the first spec that fails: the others need not run. Nor need those that measure growth.
const TestEnvironment = require('@stryker-mutator/jest-runner/jest-env/node');

const { without } = JSON.parse(process.env.MUTATION_ROOM);
const left = new RegExp(without);

module.exports = class extends TestEnvironment {
  #failed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.#failed = true;
    if (name === 'test_start' && (this.#failed || left.test(test.name))) test.mode = 'skip';
  }
};
