import type { RuleResult } from '../../src/gem/index.js';

/** Prints a verdict where that is wanted: `VERBOSE=1`, with its messages `VERBOSE=2`. */
export function tell({ verdict, id, what, reason, trace }: RuleResult): void {
  const level = process.env['VERBOSE'];
  if (level === undefined) return;
  console.log(`${verdict} ${id} ${what}: ${reason.replace(/\s+/g, ' ')}`);
  if (level === '2') console.log(trace.join('\n'));
}
