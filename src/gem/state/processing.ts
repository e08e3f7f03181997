import type { Step } from './table.js';

/** The tool's own table of processing states (G-75), as the model has it. */
export interface ProcessingTable {
  readonly transitions: readonly {
    readonly number: number;
    readonly from: string | readonly string[];
    readonly to: string;
    readonly trigger: string;
    readonly event?: string;
  }[];
}

/** One step of the tool's table; undefined where the trigger does nothing in that state. Its effect is the name of an event. */
export function processingStep(
  { transitions }: ProcessingTable,
  state: string,
  trigger: string,
): Step<string, string> | undefined {
  const found = transitions.find(
    ({ from, trigger: cause }) =>
      cause === trigger && (typeof from === 'string' ? from === state : from.includes(state)),
  );
  if (found === undefined) return undefined;
  return {
    state: found.to,
    numbers: [found.number],
    effects: found.event === undefined ? [] : [found.event],
  };
}
