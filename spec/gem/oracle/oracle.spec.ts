import * as fc from 'fast-check';
import { Runner, steps } from './runner';

it('does what the oracle says, whatever host, operator, link and power do', async () => {
  await fc.assert(
    fc.asyncProperty(steps, (sequence) => Runner.run(sequence)),
    { seed: 30, numRuns: 60 },
  );
}, 60_000);
