import type { Command } from 'commander';
import { discover, discoveryPlan, mergeProfiles, type Discovery, type ToolProfile } from '../../gem/index.js';
import { write, type CliIo } from '../io.js';
import { globalOptions } from '../program.js';
import { checkOut, profileText } from './profile.js';
import { readJsonFile } from './support/json-file.js';
import { withHost, type GemRun } from './support/host-run.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';
import { GemPrinter } from './support/printer.js';
import { mustNotExist, writeWhole } from './support/whole-file.js';

const EXAMPLES = `
Examples:
  A profile of a tool, to be checked in:
    $ rxsecs gem discover tool-7:5000 --out etcher.json
  As a module with types:
    $ rxsecs gem discover tool-7:5000 --out etcher.ts
  Read anew after a change of software; commands and quirks, which no message tells, stay as they were:
    $ rxsecs gem discover tool-7:5000 --with etcher.json --out etcher.json --force
  What would be asked; no connection is made:
    $ rxsecs gem discover tool-7:5000 --dry-run`;

interface DiscoverOptions extends GemOptions {
  readonly out?: string;
  readonly force?: true;
  readonly dryRun?: true;
  readonly with?: string;
}

/** Adds `discover`. */
export function registerDiscover(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'discover')
    .option('--out <file>', 'where the profile goes: .json, or .ts for one with types (standard output)')
    .option('--with <file>', 'a profile from which comes what no message tells: commands, roles, quirks')
    .option('--force', 'replace a file that is there')
    .option('--dry-run', 'print what would be asked first; nothing is sent')
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const options = self.opts<DiscoverOptions>();
      const { target } = targetOf(words, options);
      const { out, force, dryRun } = options;
      if (dryRun === true) {
        await write(io, io.stdout, `${discoveryPlan().map(String).join('\n')}\n`);
        return;
      }
      checkOut(out);
      const known: ToolProfile =
        options.with === undefined ? {} : await readJsonFile(options.with, 'profile');
      if (out !== undefined && force !== true) await mustNotExist(out);
      const found = { discovery: undefined as Discovery | undefined };
      await withHost(io, self, target, {}, async (run) => {
        found.discovery = await read(run);
      });
      if (found.discovery === undefined) return;
      const profile = mergeProfiles(found.discovery.profile, known);
      await give(io, self, { ...found.discovery, profile }, options);
    });
}

/** Reads a tool on the session of a host that has established communications. */
export function read({ host, signal, takeTime }: GemRun): Promise<Discovery> {
  takeTime();
  return discover(host.session, { establish: false, signal });
}

async function give(
  io: CliIo,
  command: Command,
  { profile, notes, recipes }: Discovery,
  { out, force }: DiscoverOptions,
): Promise<void> {
  for (const note of notes) io.stderr.write(`rxsecs: ${note}\n`);
  const text = profileText(profile, out);
  if (out === undefined) {
    await write(io, io.stdout, text);
    return;
  }
  await writeWhole(out, Buffer.from(text), force === true);
  const sizes = (['variables', 'constants', 'events', 'alarms'] as const).map(
    (section) => [section, Object.keys(profile[section] ?? {}).length] as const,
  );
  const counts = { ...Object.fromEntries(sizes), recipes: recipes.length };
  const list = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  const printer = new GemPrinter(io, globalOptions(command, io).json);
  printer.print('discovered', { file: out, ...counts, notes }, `${out}: ${list.join(', ')}`);
}
