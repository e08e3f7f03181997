import type { Command } from 'commander';
import { UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { withHost, type GemRun } from './support/host-run.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';
import { valueText } from './support/printer.js';

const EXAMPLES = `
Examples:
  Two values:
    $ rxsecs gem read tool-7:5000 ChamberPressure EtchSeconds --profile etcher.json
  All that the profile has, for jq:
    $ rxsecs gem read tool-7:5000 --profile etcher.json --json | jq -r '[.name, .value] | @csv'`;

/** Adds `read`. */
export function registerRead(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'read')
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const { target, rest } = targetOf(words, self.opts<GemOptions>());
      await withHost(io, self, target, { needsProfile: true }, (run) => printValues(run, rest));
    });
}

async function printValues({ host, profile, printer }: GemRun, wanted: readonly string[]): Promise<void> {
  const known = { ...profile.variables, ...profile.constants };
  // What means something within its event alone is not read unasked.
  const all = Object.keys(known).filter((name) => profile.variables?.[name]?.class !== 'DV');
  const names = wanted.length > 0 ? wanted : all;
  if (names.length === 0) throw new UsageError('the profile has no variable and no constant');
  const values: Readonly<Record<string, unknown>> = await host.read(...names);
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
