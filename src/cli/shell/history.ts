import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CliIo } from '../io.js';

/** Where typed lines are kept: `RXSECS_HISTORY`, or below the state directory of the user; empty for nowhere. */
function historyFile({ env }: CliIo): string {
  const { RXSECS_HISTORY, XDG_STATE_HOME, HOME } = env;
  if (RXSECS_HISTORY !== undefined) return RXSECS_HISTORY;
  const state = XDG_STATE_HOME ?? (HOME === undefined ? undefined : join(HOME, '.local', 'state'));
  return state === undefined ? '' : join(state, 'rxsecs', 'history');
}

/** The lines typed before, the last one first. Without a file that can be read, none. */
export function loadHistory(io: CliIo): string[] {
  try {
    return readFileSync(historyFile(io), 'utf8').split('\n').filter(Boolean).reverse();
  } catch {
    return [];
  }
}

/** Keeps the lines typed for the next time. History is a comfort: that it cannot be kept is no error. */
export function saveHistory(io: CliIo, history: readonly string[]): void {
  const file = historyFile(io);
  if (file === '' || history.length === 0) return;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${[...history].reverse().join('\n')}\n`, { mode: 0o600 });
  } catch {
    // See above.
  }
}
