import { readFile } from 'node:fs/promises';
import { errnoText } from '../../errno-text.js';
import { codeOf, UsageError } from '../../exit-codes.js';

const KINDS = {
  profile: 'Make one with: rxsecs gem discover HOST:PORT --out',
  'set-up':
    'It is JSON such as {"events":{"WaferStarted":["Position"]},"reports":{"Position":["WaferId"]}}; see',
} as const;

/** Reads a profile or a set-up. @throws UsageError that says how to make one, or where it is no JSON. */
export async function readJsonFile(file: string, kind: keyof typeof KINDS): Promise<object> {
  const hint = kind === 'profile' ? `${KINDS.profile} ${file}` : `${KINDS['set-up']} docs/cli.md`;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const more = codeOf(error) === 'ENOENT' ? `. ${hint}` : '';
    throw new UsageError(`the ${kind} ${file} cannot be read: ${errnoText(error)}${more}`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the ${kind} ${file} is no JSON: ${why}. ${hint}`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`the ${kind} ${file} must be an object of JSON. ${hint}`);
  return value;
}
