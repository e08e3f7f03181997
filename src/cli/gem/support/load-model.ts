import { access, readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineEquipment, type EquipmentDefinition, type EquipmentModel } from '../../../gem/index.js';
import { UsageError } from '../../exit-codes.js';
import type { ImportModule } from '../../io.js';

const HOW = 'export it: export const model = defineEquipment({ … })';

/**
 * Loads the model that a module exports: what defineEquipment returned, or the data for it, by any name.
 *
 * @throws UsageError that says what to do.
 */
export async function loadModel(path: string, importModule: ImportModule): Promise<EquipmentModel> {
  const file = resolve(path);
  await access(file);
  const exported =
    extname(file) === '.json' ? { default: await json(file, path) } : await load(file, path, importModule);
  const found = definitionsIn(exported);
  const [definition] = found;
  if (definition === undefined) throw new UsageError(`${path} exports no model of an equipment: ${HOW}`);
  if (found.length > 1) {
    throw new UsageError(
      `${path} exports ${found.length} models (${found.map(({ model }) => model).join(', ')}): let it export one`,
    );
  }
  return checked(definition, path);
}

async function json(file: string, path: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is no JSON: ${messageOf(error)}`, { cause: error });
  }
}

async function load(file: string, path: string, importModule: ImportModule): Promise<object> {
  try {
    return await importModule(pathToFileURL(file).href);
  } catch (error) {
    throw new UsageError(`${path} cannot be loaded: ${messageOf(error)}${hint(file, error)}`, {
      cause: error,
    });
  }
}

function hint(file: string, error: unknown): string {
  if (/\.[mc]?tsx?$/.test(file)) {
    return (
      '\nTypeScript is read by Node.js 22.18 and later alone, and only where the types can be left out. ' +
      'Compile it (npx tsc) and give the .js file, or run: node --import tsx node_modules/rxsecs/bin/rxsecs.cjs gem doc …'
    );
  }
  const code = (error as { code?: unknown } | undefined)?.code;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return '\nInstall what it imports (npm install) where the module stands.';
  }
  return error instanceof SyntaxError
    ? '\nA file with import and export is .mjs, or .js below a package.json with "type": "module"; one with require is .cjs.'
    : '';
}

/** The data of the models among the exports. Of a model that another copy of this library made, its data is taken. */
function definitionsIn(exported: object): EquipmentDefinition[] {
  const all = valuesOf(exported);
  const candidates = [...all, ...valuesOf((exported as { default?: unknown }).default)];
  const found = candidates.flatMap((value) => {
    const { definition = value } = objectOf(value) as { definition?: unknown };
    return isDefinition(definition) ? [definition] : [];
  });
  return [...new Set(found)];
}

const valuesOf = (value: unknown): readonly unknown[] => Object.values(objectOf(value));

const objectOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

function isDefinition(value: unknown): value is EquipmentDefinition {
  const { model, softwareRevision } = objectOf(value) as Partial<Record<string, unknown>>;
  return typeof model === 'string' && typeof softwareRevision === 'string';
}

function checked(definition: EquipmentDefinition, path: string): EquipmentModel {
  try {
    return defineEquipment(definition);
  } catch (error) {
    throw new UsageError(`${path}: ${messageOf(error)}`, { cause: error });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
