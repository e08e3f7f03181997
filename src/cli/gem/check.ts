import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { checkEquipment, checkHtml, checkJUnit, equipmentChanges } from '../../gem/index.js';
import { ExitCode } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { withHost } from './support/host-run.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';

const EXAMPLES = `
Examples:
  What the tool does of GEM; it is only read:
    $ rxsecs gem check tool-7:5000
  The rules that alter it too, with results for a CI and for people:
    $ rxsecs gem check tool-7:5000 --change --junit gem.xml --html gem.html`;

interface CheckFlags extends GemOptions {
  readonly change?: true;
  readonly junit?: string;
  readonly html?: string;
}

/** Adds `check`. */
export function registerCheck(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'check')
    .option(
      '--change',
      'judge the rules that alter the tool too; what they change is said first, and restored',
    )
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--html <file>', 'write the results as an HTML page, with every message')
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const options = self.opts<CheckFlags>();
      const { target } = targetOf(words, options);
      const { change = false, junit, html } = options;
      if (change)
        for (const { id, changes } of equipmentChanges()) io.stderr.write(`rxsecs: ${id} ${changes}\n`);
      await withHost(io, self, target, {}, async ({ host, printer, signal, takeTime }) => {
        takeTime();
        const results = await checkEquipment(host.session, {
          change,
          signal,
          onResult: (result) => {
            const { id, what, verdict, reason } = result;
            const why = reason === '' ? '' : `: ${reason}`;
            printer.print('rule', { ...result }, `${verdict} ${id.padEnd(6)} ${what}${why}`);
          },
        });
        if (junit !== undefined) await writeFile(junit, checkJUnit(results));
        if (html !== undefined) await writeFile(html, checkHtml(results));
        if (results.some(({ verdict }) => verdict === 'FAIL')) io.setExitCode(ExitCode.different);
      });
    });
}
