import type { Command } from 'commander';
import { discover } from '../../gem/index.js';
import { CliError, ExitCode, UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { withHost, type GemRun } from './support/host-run.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';
import { valueText } from './support/printer.js';

const EXAMPLES = `
Examples:
  Two values:
    $ rxsecs gem read tool-7:5000 ChamberPressure EtchSeconds --profile etcher.json
  All that a tool has, by the names that it tells itself:
    $ rxsecs gem read tool-7:5000
  All that the profile has, for jq:
    $ rxsecs gem read tool-7:5000 --profile etcher.json --json | jq -r '[.name, .value] | @csv'`;

/** Adds `read`. */
export function registerRead(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'read')
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const { target, rest } = targetOf(words, self.opts<GemOptions>());
      await withHost(io, self, target, {}, (run) => readAll(run, rest));
    });
}

/** By the profile; without one the tool is asked for its names, units and values (S1F11, S1F21, S2F29, S1F3, S2F13). */
async function readAll(run: GemRun, wanted: readonly string[]): Promise<void> {
  const { host, profile, signal, takeTime } = run;
  if (Object.keys({ ...profile.variables, ...profile.constants }).length > 0) {
    await printValues(run, wanted, (names) => host.read(...names));
    return;
  }
  takeTime();
  const options = { establish: false, parts: ['values'], pause: 0, signal } as const;
  const { profile: found, values, notes } = await discover(host.session, options);
  const named = { ...found.variables, ...found.constants };
  if (Object.keys(named).length === 0)
    throw new CliError(
      `the tool does not tell the names of its values (${notes.join('; ')}): --profile FILE has them`,
      ExitCode.refused,
    );
  for (const name of wanted) {
    if (!Object.hasOwn(named, name))
      throw new UsageError(`the tool has no value named '${name}': it has ${someOf(Object.keys(named))}`);
  }
  await printValues({ ...run, profile: found }, wanted, () => Promise.resolve(values));
}

async function printValues(
  { profile, printer }: GemRun,
  wanted: readonly string[],
  ask: (names: readonly string[]) => Promise<Readonly<Record<string, unknown>>>,
): Promise<void> {
  const known = { ...profile.variables, ...profile.constants };
  // What means something within its event alone is not read unasked.
  const all = Object.keys(known).filter((name) => profile.variables?.[name]?.class !== 'DV');
  const names = wanted.length > 0 ? wanted : all;
  const values = await ask(names);
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) {
    const { id, units, format } = known[name] ?? {};
    const unit = units === undefined || values[name] === undefined ? '' : ` ${units}`;
    const text = `${name.padEnd(width)}  ${valueText(shown(values[name], format))}${unit}`;
    printer.print('value', { name, id, value: values[name] ?? null, units }, text);
  }
}

/** An F4 with the digits that it has: 0.1, not 0.10000000149011612. */
function shown(value: unknown, format: string | undefined): unknown {
  return format === 'F4' && typeof value === 'number' ? Number(value.toPrecision(7)) : value;
}

/** How many names an error lists. */
const LISTED = 40;

function someOf(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return `${names.slice(0, LISTED).join(', ')}${more}`;
}
