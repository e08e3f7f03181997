import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { complianceStatement, interfaceManual } from '../../gem/index.js';
import { write, type CliIo } from '../io.js';
import { GEM_SUMMARIES } from './support/summaries.js';
import { loadModel } from './support/load-model.js';

const EXAMPLES = `
MODULE is a JavaScript module (.js, .mjs, .cjs) that exports what defineEquipment returned, or a JSON file with its data.

Examples:
  The interface manual, as Markdown:
    $ rxsecs gem doc etcher.mjs
  As one HTML file, to be sent to a customer:
    $ rxsecs gem doc etcher.mjs --html -o etcher.html
  The GEM compliance statement:
    $ rxsecs gem doc etcher.mjs --compliance -o compliance.md`;

interface DocFlags {
  readonly html?: boolean;
  readonly compliance?: boolean;
  readonly output?: string;
}

/** Adds `rxsecs gem doc`. */
export function registerDoc(gem: Command, io: CliIo): void {
  gem
    .command('doc')
    .description(GEM_SUMMARIES.doc.summary)
    .argument('<module>', 'the module that exports the model, or a JSON file with its data')
    .option('--html', 'write one HTML file instead of Markdown')
    .option('--compliance', 'write the GEM compliance statement instead of the manual')
    .option('-o, --output <file>', 'write to this file instead of standard output')
    .addHelpText('after', EXAMPLES)
    .action(async (module: string, { html = false, compliance = false, output }: DocFlags) => {
      const model = await loadModel(module, io.importModule);
      const format = html ? 'html' : 'markdown';
      const text = compliance ? complianceStatement(model, { format }) : interfaceManual(model, { format });
      if (output === undefined) await write(io, io.stdout, text);
      else await writeFile(output, text);
    });
}
