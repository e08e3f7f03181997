import type { Command } from 'commander';
import { GemHost, type ToolProfile } from '../../gem/index.js';
import { HsmsActiveConnection, HsmsSession } from '../../index.js';
import { CliError, codeOf, describeError, ExitCode, UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { globalOptions } from '../program.js';
import { profileOfOptions, withHost } from './support/host-run.js';
import { readJsonFile } from './support/json-file.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';
import { GemPrinter } from './support/printer.js';

const EXAMPLES = `
Examples:
  What would be sent; nothing is, and no connection is made:
    $ rxsecs gem setup tool-7:5000 setup.json --profile etcher.json
  Send it, and end with 0 when all of it is true, or with 6 and what is not:
    $ rxsecs gem setup tool-7:5000 setup.json --profile etcher.json --apply`;

/** Adds `setup`. */
export function registerSetup(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'setup')
    .option('--apply', 'send it: reports, links and enabled events that the tool had are replaced')
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const options = self.opts<GemOptions & { readonly apply?: true }>();
      const { target, rest } = targetOf(words, options);
      const [file] = rest;
      if (file === undefined) throw new UsageError('FILE is missing: a set-up as JSON, see docs/cli.md');
      const setup = await readJsonFile(file, 'set-up');
      const profile = await profileOfOptions(options, true);
      const { json } = globalOptions(self, io);
      const printer = new GemPrinter(io, json);
      if (options.apply !== true) {
        printPlan(profile, setup, file, printer);
        return;
      }
      await withHost(io, self, target, { setup, needsProfile: true }, async ({ host }) => {
        const { degraded } = host;
        for (const { step, message, code, name, id, text } of degraded)
          printer.print('problem', { step, message, code, name, id, text }, `${step}: ${text}`);
        printer.print(
          'setup',
          { true: degraded.length === 0, problems: degraded.length },
          degraded.length === 0 ? 'the set-up is true' : 'the set-up is not whole',
        );
        if (degraded.length === 0) return Promise.resolve();
        throw new CliError(`${degraded.length} of the set-up is not true: see above`, ExitCode.refused);
      });
    });
}

/** What would be sent, if the tool accepts everything. Nobody is connected to for that. */
function printPlan(profile: ToolProfile, setup: object, file: string, printer: GemPrinter): void {
  try {
    const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
    const plan = new GemHost(session, { profile, setup: setup }).plan();
    for (const { step, messages } of plan.steps) {
      const sml = messages.map(String);
      printer.print('plan', { step, messages: sml }, [`/* ${step} */`, ...sml].join('\n'));
    }
  } catch (error) {
    if (codeOf(error) !== 'GEM_INVALID_ARGUMENT') throw error;
    throw new UsageError(`${file}: ${describeError(error)}`, { cause: error });
  }
  printer.print('applied', { applied: false }, '// nothing was sent: --apply sends it');
}
