import type { Command } from 'commander';
import type { CliIo } from '../io.js';
import { withHost } from './support/host-run.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';

const EXAMPLES = `
Examples:
  What is set now:
    $ rxsecs gem alarms tool-7:5000 --profile etcher.json`;

/** Adds `alarms`. */
export function registerAlarms(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'alarms')
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const { target } = targetOf(words, self.opts<GemOptions>());
      await withHost(io, self, target, {}, async ({ host, printer }) => {
        const alarms = await host.readAlarms();
        for (const { name, alid, category, text } of alarms) {
          const line = `${name ?? `ALID ${alid}`}  ${text} (category ${category ?? 'unknown'})`;
          printer.print('alarm', { name, alid, category, text, set: true }, line);
        }
        if (alarms.length === 0) printer.print('alarms', { set: 0 }, 'no alarm is set');
      });
    });
}
