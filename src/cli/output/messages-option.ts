import { access, readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  catalogue,
  definitionsOf,
  type AnyDefinition,
  type DefinitionsJson,
  type MessageSet,
} from '../../e5/index.js';
import { UsageError } from '../exit-codes.js';
import type { CliIo, ImportModule } from '../io.js';

/** What `--messages` is for. */
export const MESSAGES_OPTION = 'name also the messages of a file: JSON, or a module with defineMessage';

/** The names that the options ask for: those of a file and of E5, those of E5, or none. */
export async function namesFor(
  { importModule }: CliIo,
  { names, messages }: { readonly names?: boolean; readonly messages?: string },
): Promise<MessageSet | boolean | undefined> {
  return messages === undefined ? names : await loadMessages(messages, importModule);
}

/**
 * The messages of E5, and with them those of a file: JSON, or a module that exports definitions, arrays or sets of them.
 *
 * @throws UsageError that says what to do.
 */
export async function loadMessages(path: string, importModule: ImportModule): Promise<MessageSet> {
  const file = resolve(path);
  await access(file);
  try {
    const definitions =
      extname(file) === '.json'
        ? definitionsOf(JSON.parse(await readFile(file, 'utf8')) as DefinitionsJson)
        : definitionsIn(await importModule(pathToFileURL(file).href));
    if (definitions.length > 0) return catalogue.with(...definitions);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path} gives no messages: ${problem}`, { cause: error });
  }
  throw new UsageError(`${path} has no message: export what defineMessage returns`);
}

/** The definitions among the exports, alone or in arrays and sets. The module may have them of another copy of this library. */
function definitionsIn(exported: object): readonly AnyDefinition[] {
  const { default: main } = exported as { default?: unknown };
  const values = [...valuesOf(exported), ...(isDefinition(main) ? [] : valuesOf(main))];
  const found = values.flatMap((value) => [value, ...elementsOf(value)]).filter(isDefinition);
  return [...new Set(found)];
}

function valuesOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

function elementsOf(value: unknown): readonly unknown[] {
  const isMany = typeof value === 'object' && value !== null && Symbol.iterator in value;
  return isMany ? [...(value as Iterable<unknown>)] : [];
}

function isDefinition(value: unknown): value is AnyDefinition {
  const { stream, function: fn, build, read } = (value ?? {}) as Partial<Record<string, unknown>>;
  const isNumbered = Number.isInteger(stream) && Number.isInteger(fn);
  return isNumbered && typeof build === 'function' && typeof read === 'function';
}
