import type { Command } from 'commander';
import type { CliIo } from '../io.js';
import type { Register } from '../program.js';
import { SUMMARIES } from '../summaries.js';
import { GEM_SUMMARIES, type GemCommandName } from './support/summaries.js';

/** Adds one subcommand to `rxsecs gem`. */
export type RegisterGem = (gem: Command, io: CliIo) => void;

/** Every subcommand, in the order of `rxsecs gem --help`. Its code is loaded when it is run. */
const loaders: Readonly<Record<GemCommandName, () => Promise<RegisterGem>>> = {
  status: async () => (await import('./status.js')).registerStatus,
  read: async () => (await import('./read.js')).registerRead,
  watch: async () => (await import('./watch.js')).registerWatch,
  command: async () => (await import('./command.js')).registerCommand,
  recipe: async () => (await import('./recipe.js')).registerRecipe,
  alarms: async () => (await import('./alarms.js')).registerAlarms,
  setup: async () => (await import('./setup.js')).registerSetup,
  spool: async () => (await import('./spool.js')).registerSpool,
  discover: async () => (await import('./discover.js')).registerDiscover,
  profile: async () => (await import('./profile.js')).registerProfile,
  diff: async () => (await import('./diff.js')).registerDiff,
  check: async () => (await import('./check.js')).registerCheck,
  doc: async () => (await import('./doc.js')).registerDoc,
};

const EXAMPLES = `
Examples:
  Who is there:
    $ rxsecs gem status tool-7:5000
  Two values by name; the profile says what they are to the tool:
    $ rxsecs gem read tool-7:5000 ChamberPressure RfPower --profile etcher.json
  A tool that connects to its host:
    $ rxsecs gem status --listen 5000`;

/** Makes `rxsecs gem`: the subcommand that the words name whole, of the others what `--help` prints. */
export async function gemCommand(words: readonly string[]): Promise<Register> {
  const wanted = words[0] === 'help' ? words[1] : words[0];
  const names = Object.keys(loaders) as GemCommandName[];
  const registers: RegisterGem[] = [];
  for (const name of names) registers.push(name === wanted ? await loaders[name]() : stub(name));
  return (program, io) => {
    const gem = program
      .command('gem')
      .description(SUMMARIES.gem.summary)
      .usage('[options] <command>')
      .addHelpText('after', EXAMPLES);
    for (const register of registers) register(gem, io);
  };
}

function stub(name: GemCommandName): RegisterGem {
  const { args, summary } = GEM_SUMMARIES[name];
  return (gem) => void gem.command(name).description(summary).arguments(args);
}
