import type { Command } from 'commander';
import { UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { withHost } from './support/host-run.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';

const EXAMPLES = `
Examples:
  How much waits:
    $ rxsecs gem spool tool-7:5000 --profile etcher.json
  Throw it away:
    $ rxsecs gem spool tool-7:5000 purge`;

/** Adds `spool`. */
export function registerSpool(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'spool')
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const { target, rest } = targetOf(words, self.opts<GemOptions>());
      const [what = 'count'] = rest;
      if (what !== 'count' && what !== 'transmit' && what !== 'purge')
        throw new UsageError(
          `'${what}' is nothing that can be done with a spool: transmit or purge is allowed`,
        );
      await withHost(io, self, target, {}, async ({ host, printer }) => {
        const before = await host.spool.count();
        if (what !== 'count') await host.spool[what]();
        const count = what === 'count' ? before : await host.spool.count();
        const done = { count: '', transmit: 'sent; ', purge: 'thrown away; ' }[what];
        const rest = count === undefined ? 'the tool does not say how much waits' : `${count} messages wait`;
        printer.print('spool', { did: what, before, count }, `${done}${rest}`);
      });
    });
}
