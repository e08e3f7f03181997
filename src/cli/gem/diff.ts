import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { diffProfiles, type ProfileDifference, type ToolProfile } from '../../gem/index.js';
import { ExitCode } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { globalOptions } from '../program.js';
import { parseEndpoint } from '../values.js';
import { read } from './discover.js';
import { withHost } from './support/host-run.js';
import { readJsonFile } from './support/json-file.js';
import { gemSubcommand } from './support/options.js';
import { GemPrinter } from './support/printer.js';

const EXAMPLES = `
Examples:
  What a new software of a tool has changed; ends with 8 where there is a difference:
    $ rxsecs gem diff etcher.json tool-7:5000
  Two files:
    $ rxsecs gem diff old.json new.json`;

/** Adds `diff`. */
export function registerDiff(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'diff')
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const [before, after] = words;
      if (before === undefined || after === undefined || words.length > 2)
        self.error('two profiles are wanted: files, or HOST:PORT of tools');
      const differences = diffProfiles(
        await profileAt(io, self, before ?? ''),
        await profileAt(io, self, after ?? ''),
      );
      const printer = new GemPrinter(io, globalOptions(self, io).json);
      for (const difference of differences) {
        const { kind, ...rest } = difference;
        printer.print('difference', { change: kind, ...rest }, lineOf(difference));
      }
      if (differences.length === 0) printer.print('differences', { count: 0 }, 'no difference');
      else io.setExitCode(ExitCode.different);
    });
}

function lineOf({ path, kind, before, after }: ProfileDifference): string {
  const [old, now] = [JSON.stringify(before), JSON.stringify(after)];
  if (kind === 'changed') return `changed ${path}: ${old} → ${now}`;
  return `${kind} ${path}: ${kind === 'added' ? now : old}`;
}

/** A profile from a file, or out of a tool where the name is no file and looks like HOST:PORT. */
async function profileAt(io: CliIo, command: Command, name: string): Promise<ToolProfile> {
  if (existsSync(name) || !/:\d+$/.test(name)) return readJsonFile(name, 'profile');
  const found: { profile?: ToolProfile } = {};
  const target = { role: 'active', endpoint: parseEndpoint(name) } as const;
  await withHost(io, command, target, {}, async (run) => {
    found.profile = (await read(run)).profile;
  });
  return found.profile ?? {};
}
