import type { Command } from 'commander';
import type { CliIo } from '../io.js';
import { SUMMARIES } from '../summaries.js';
import { registerDoc } from './doc.js';

/** Adds a command to `rxsecs gem`. */
type RegisterGem = (gem: Command, io: CliIo) => void;

/** The commands of `rxsecs gem`, in the order of its help. */
const commands: readonly RegisterGem[] = [registerDoc];

/** Adds `rxsecs gem` and what it has. */
export function registerGem(program: Command, io: CliIo): void {
  const gem = program.command('gem').description(SUMMARIES.gem.summary);
  for (const register of commands) register(gem, io);
}
