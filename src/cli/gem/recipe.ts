import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { decodeItem, FormatCode, type Item, type ItemFormat } from '../../secs2/index.js';
import { CliError, ExitCode, UsageError } from '../exit-codes.js';
import { fileSize } from '../file-size.js';
import type { CliIo } from '../io.js';
import { progressBar } from '../output/progress.js';
import { globalOptions } from '../program.js';
import { withHost, type GemRun } from './support/host-run.js';
import { gemSubcommand, targetOf, type GemOptions } from './support/options.js';
import { refusal } from './support/refusal.js';
import { mustNotExist, writeWhole } from './support/whole-file.js';

const EXAMPLES = `
Examples:
  Their names:
    $ rxsecs gem recipe tool-7:5000 list
  Fetch one into a file, byte for byte; a file that is there is kept unless --force is given:
    $ rxsecs gem recipe tool-7:5000 upload ETCH-7 etch-7.rcp
  Send it to another tool; the format is said by upload:
    $ rxsecs gem recipe tool-8:5000 download ETCH-7 etch-7.rcp --format A
  Delete it:
    $ rxsecs gem recipe tool-8:5000 delete ETCH-7`;

const VERBS = ['list', 'upload', 'download', 'delete'] as const;
type Verb = (typeof VERBS)[number];

/** Longest body of an item (G-73). */
const MAX_BYTES = 0xffffff;
const PROGRESS_SECONDS = 0.1;
/** From this size on, in bytes, a recipe is worth a progress bar. */
const LARGE_BYTES = 256 * 1024;

interface RecipeOptions extends GemOptions {
  readonly force?: true;
  readonly format: string;
}

/** What one line asks for. */
interface Task {
  readonly io: CliIo;
  readonly command: Command;
  readonly verb: Verb;
  readonly names: readonly string[];
  readonly file: string;
  readonly options: RecipeOptions;
}

/** Adds `recipe`. */
export function registerRecipe(gem: Command, io: CliIo): void {
  gemSubcommand(gem, 'recipe')
    .option('--force', 'upload: replace a file that is there; download: replace a recipe that is there')
    .option(
      '--format <format>',
      'download: the format of the body (A, B, U1 …), or item for SECS-II as it is',
      'B',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (words: readonly string[], _options: object, self: Command) => {
      const options = self.opts<RecipeOptions>();
      const { target, rest } = targetOf(words, options);
      const [word, ...others] = rest;
      const verb = VERBS.find((known) => known === word);
      if (verb === undefined)
        throw new UsageError(
          `'${word ?? ''}' is nothing that can be done with a recipe: ${VERBS.join(', ')} are allowed`,
        );
      if (verb !== 'list' && others.length === 0)
        throw new UsageError(`PPID is missing: the recipe to ${verb}`);
      const task = { io, command: self, verb, names: others, file: others[1] ?? others[0] ?? '', options };
      const body = verb === 'download' ? await bodyOf(task.file, options.format) : undefined;
      if (verb === 'upload' && options.force !== true) await mustNotExist(task.file);
      await withHost(io, self, target, {}, (run) => carryOut(run, task, body));
    });
}

async function carryOut(run: GemRun, task: Task, body: Item | undefined): Promise<void> {
  const { host, printer } = run;
  const [name = ''] = task.names;
  switch (task.verb) {
    case 'list':
      for (const ppid of await host.recipes.list()) printer.print('recipe', { ppid }, ppid);
      return;
    case 'delete': {
      const result = await host.recipes.delete(...task.names);
      if (!result.ok) throw await refusal(host, `to delete ${task.names.join(', ')}`, 'ACKC7', result);
      printer.print('deleted', { ppids: task.names }, `deleted ${task.names.join(', ')}`);
      return;
    }
    case 'upload':
      await upload(run, name, task);
      return;
    case 'download':
      if (body !== undefined) await download(run, name, body, task);
  }
}

async function upload({ host, printer }: GemRun, name: string, { file, options }: Task): Promise<void> {
  const item = await host.recipes.upload(name);
  if (item === undefined)
    throw new CliError(
      `the tool has no recipe ${name}, or does not give it: rxsecs gem recipe HOST:PORT list`,
      ExitCode.refused,
    );
  const isList = item.format === 'L';
  const bytes = isList ? item.encode() : dataOf(item);
  await writeWhole(file, bytes, options.force === true);
  const format = isList ? 'item' : item.format;
  const text = `${name}: ${bytes.length} bytes in ${file}, format ${format} (download takes --format ${format})`;
  printer.print('uploaded', { ppid: name, file, bytes: bytes.length, format }, text);
}

async function download({ host, printer }: GemRun, name: string, body: Item, task: Task): Promise<void> {
  const { io, command, file, options } = task;
  if (options.force !== true && (await host.recipes.list()).includes(name))
    throw new CliError(`the tool has a recipe ${name}: --force replaces it`, ExitCode.refused);
  const bytes = body.byteLength;
  const { connection } = host.session as unknown as {
    connection: { readonly queued: { readonly bytes: number } };
  };
  const isShown = !globalOptions(command, io).json && bytes >= LARGE_BYTES;
  const progress = progressBar(io, `sending ${name}`, bytes, isShown);
  const draw = (): void => {
    progress.update(bytes - connection.queued.bytes);
    timer = io.clock.setTimer('progress', PROGRESS_SECONDS, draw);
  };
  let timer = io.clock.setTimer('progress', PROGRESS_SECONDS, draw);
  try {
    const result = await host.recipes.download(name, body);
    if (!result.ok) throw await refusal(host, `the recipe ${name}`, 'ACKC7', result);
  } finally {
    timer.cancel();
    progress.end();
  }
  const text = `${name}: ${bytes} bytes of ${file} are in the tool`;
  printer.print('downloaded', { ppid: name, file, bytes, format: options.format }, text);
}

/** The bytes of an item without its header. */
function dataOf(item: Item): Buffer {
  return item.encode().subarray(1 + item.lengthBytes);
}

/** A file as the body of a recipe. */
async function bodyOf(file: string, format: string): Promise<Item> {
  const size = await fileSize(file);
  if (size > MAX_BYTES) throw new UsageError(`${file} has ${size} bytes: an item takes ${MAX_BYTES} at most`);
  const bytes = await readFile(file);
  if (format !== 'item' && (format === 'L' || !Object.hasOwn(FormatCode, format))) {
    const known = Object.keys(FormatCode).filter((name) => name !== 'L');
    throw new UsageError(`--format cannot be '${format}': ${known.join(', ')} or item is allowed`);
  }
  const head = [(FormatCode[format as ItemFormat] << 2) | 3, size >> 16, (size >> 8) & 0xff, size & 0xff];
  try {
    return decodeItem(format === 'item' ? bytes : Buffer.concat([Buffer.from(head), bytes]));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} is no body of format ${format}: ${why}`, { cause: error });
  }
}
