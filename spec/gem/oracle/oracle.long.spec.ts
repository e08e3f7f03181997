import * as fc from 'fast-check';
import { Runner, steps } from './runner';

it('does what the oracle says, many times', async () => {
  await fc.assert(
    fc.asyncProperty(steps, (sequence) => Runner.run(sequence)),
    { numRuns: 1500 },
  );
}, 1_200_000);
