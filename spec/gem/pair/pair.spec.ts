import { PairRun } from './run-pair';

describe('our host and our equipment, through cuts, restarts and other wishes', () => {
  // 63 and 77: a spool that pauses right after its last message; 45: a host that gets a spooled event before it has begun;
  // 110926: an RPTID that gets another meaning while the tool still has events with the old one.
  // 114751: such an event goes into the spool, and comes out of it after the report has changed.
  it.each([1, 2, 20, 45, 63, 77, 110926, 114751])(
    'seed %i: the wish is true in the end, and nothing was lost or misread',
    async (seed) => {
      const { problems, raised } = await new PairRun(seed).run();
      expect(problems).toEqual([]);
      expect(raised).toBeGreaterThan(0);
    },
    60_000,
  );
});
