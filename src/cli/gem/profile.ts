import { extname } from 'node:path';
import type { Command } from 'commander';
import { profileModule, profileOf, type ToolProfile } from '../../gem/index.js';
import { UsageError } from '../exit-codes.js';
import { write, type CliIo } from '../io.js';
import { loadModel } from './support/load-model.js';
import { GEM_SUMMARIES } from './support/summaries.js';
import { mustNotExist, writeWhole } from './support/whole-file.js';

const EXAMPLES = `
MODULE is a JavaScript module (.js, .mjs, .cjs) that exports what defineEquipment returned, or a JSON file with its data.
A tool tells neither its commands nor their formats: its maker's model does.

Examples:
  A profile for the other commands of rxsecs gem:
    $ rxsecs gem profile etcher.mjs --out etcher.json
  As a module with types:
    $ rxsecs gem profile etcher.mjs --out etcher.ts`;

interface ProfileFlags {
  readonly out?: string;
  readonly force?: true;
}

/** Adds `profile`. */
export function registerProfile(gem: Command, io: CliIo): void {
  gem
    .command('profile')
    .description(GEM_SUMMARIES.profile.summary)
    .argument('<module>', 'the module that exports the model, or a JSON file with its data')
    .option('--out <file>', 'where the profile goes: .json, or .ts for one with types (standard output)')
    .option('--force', 'replace a file that is there')
    .addHelpText('after', EXAMPLES)
    .action(async (module: string, { out, force }: ProfileFlags) => {
      checkOut(out);
      if (out !== undefined && force !== true) await mustNotExist(out);
      const profile = profileOf(await loadModel(module, io.importModule));
      if (out === undefined) await write(io, io.stdout, profileText(profile, out));
      else await writeWhole(out, Buffer.from(profileText(profile, out)), force === true);
    });
}

/** @throws UsageError for a name that says neither JSON nor TypeScript. */
export function checkOut(out: string | undefined): void {
  if (out !== undefined && !/^\.(json|ts)$/.test(extname(out)))
    throw new UsageError(`--out cannot be '${out}': a name that ends in .json or .ts is allowed`);
}

/** A profile as the file wants it. */
export function profileText(profile: ToolProfile, out: string | undefined): string {
  return out?.endsWith('.ts') === true ? profileModule(profile) : `${JSON.stringify(profile, plain, 2)}\n`;
}

/** JSON has no bigints and no arrays of numbers of one kind. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
}
