import { catalogue } from './catalogue.js';
import { defineMessage } from './define-message.js';
import type { AnyDefinition, Direction } from './definition.js';
import { checkDefined as check } from './check.js';
import { defining, E5Error, showValue } from './errors.js';
import * as e5Items from './items/items.js';
import { FormatCode, type ItemFormat } from '../secs2/formats.js';
import {
  arrayOf,
  item,
  list,
  listOf,
  maybe,
  oneOf,
  optional,
  value,
  type Codes,
  type DataItemNode,
  type Node,
} from './nodes/nodes.js';
import { shortened } from '../describe-value.js';
import { isFormat, isLengthRule } from './nodes/check-node.js';
import type { Fields, LengthRule } from './nodes/types.js';

/** Definitions as data, for tools that load them from a file: see {@link definitionsOf}. */
export interface DefinitionsJson {
  /** Your own data items, by name. A body names these and those of E5. */
  readonly items?: Readonly<Record<string, ItemJson>>;
  /** Messages by stream and function, as `S100F1`. */
  readonly messages: Readonly<Record<string, MessageJson>>;
}

/** A data item as data. */
export interface ItemJson {
  /** The formats it may have, the usual one first. `*` stands for any, as of V. */
  readonly formats: readonly ItemFormat[] | '*';
  /** How many values or characters: a number, `*`, `0..80`, `6/8`, or by format as in `A:0..80,1`. `*` unless told otherwise. */
  readonly length?: LengthRule;
  /** What it is, in a few words. */
  readonly meaning?: string;
  /** Its codes by name: the code, or the code and what it means. */
  readonly codes?: Codes;
}

/** A message as data. */
export interface MessageJson {
  /** What it is called. */
  readonly title: string;
  /** Who sends it; `both` unless told otherwise. */
  readonly direction?: Direction;
  /** The message that answers it: one of these, or one of E5. */
  readonly reply?: string;
  /** Its structure; without it the message has only a header. */
  readonly body?: NodeJson;
}

/**
 * The structure of a body as data: the name of a data item, or an object with one of `list`, `listOf`, `optional`, `maybe`,
 * `arrayOf` and `oneOf`, which mean what the functions of these names do. A body that is one thing has its field for a name:
 * `{ "mid": "MID" }`.
 */
export type NodeJson = string | { readonly [name: string]: NodeJson | readonly NodeJson[] };

const WRAPS = { listOf, optional, maybe, arrayOf } as Readonly<Record<string, (of: never) => Node>>;

/**
 * Makes definitions of data, as of a JSON file.
 *
 * @example
 * ```ts
 * import { catalogue, definitionsOf } from 'rxsecs/e5';
 *
 * const tool = catalogue.with(
 *   ...definitionsOf({
 *     items: { WAFERS: { formats: ['U2'], length: 1 } },
 *     messages: {
 *       S100F1: { title: 'Lot Request', direction: 'H->E', reply: 'S100F2', body: { mid: 'MID' } },
 *       S100F2: { title: 'Lot Data', body: { list: { mid: 'MID', wafers: 'WAFERS', lots: { listOf: 'MID' } } } },
 *     },
 *   }),
 * );
 * ```
 *
 * @throws E5Error `E5_INVALID_DEFINITION` that says where in the data the fault is.
 */
export function definitionsOf(json: DefinitionsJson): readonly AnyDefinition[] {
  return defining('the definitions', () => made(json));
}

function made(json: DefinitionsJson): readonly AnyDefinition[] {
  record(json, 'the definitions');
  const { items = {}, messages } = check.fields('the definitions', json, ['items', 'messages']);
  const known = new Map<string, DataItemNode>(
    (Object.values(e5Items) as readonly DataItemNode[]).map((one) => [one.e5Name, one]),
  );
  for (const [name, one] of Object.entries(record(items, 'items'))) known.set(name, itemOf(name, one));
  const definitions = new Map<string, AnyDefinition>();
  for (const [name, one] of Object.entries(record(messages, 'messages'))) {
    definitions.set(name, messageOf(name, one, known, definitions));
  }
  for (const one of definitions.values()) void one.reply;
  return [...definitions.values()];
}

function itemOf(name: string, json: unknown): DataItemNode {
  const place = `items.${name}`;
  const { formats, length = '*', meaning = '', codes } = record(json, place);
  const isOpen = formats === '*';
  const all = isOpen ? Object.keys(FormatCode) : formats;
  if (!Array.isArray(all) || all.length === 0 || !all.every((one) => isFormat(one))) {
    fail(
      `${place}.formats must be "*" or an array of ${Object.keys(FormatCode).join(', ')}, received ${showValue(formats)}`,
    );
  }
  if (!(Number.isInteger(length) && Number(length) >= 0) && !isLengthRule(length)) {
    fail(
      `${place}.length must be a number, "*", "0..80", "6/8" or "A:0..80,1", received ${showValue(length)}`,
    );
  }
  if (typeof meaning !== 'string') fail(`${place}.meaning must be a string, received ${showValue(meaning)}`);
  if (codes !== undefined) checkCodes(codes, `${place}.codes`);
  const parts = [name, all, length as LengthRule, meaning, (codes ?? {}) as Codes] as const;
  return isOpen ? value(...parts) : item(...parts);
}

function checkCodes(codes: unknown, place: string): void {
  for (const [name, code] of Object.entries(record(codes, place))) {
    const [first, text = '', ...more]: unknown[] = Array.isArray(code) ? (code as unknown[]) : [code];
    const isCode = typeof first === 'number' || typeof first === 'string' || typeof first === 'boolean';
    if (isCode && typeof text === 'string' && more.length === 0) continue;
    fail(`${place}.${name} must be a code, or a code and what it means, received ${showValue(code)}`);
  }
}

function messageOf(
  name: string,
  json: unknown,
  items: ReadonlyMap<string, DataItemNode>,
  made: ReadonlyMap<string, AnyDefinition>,
): AnyDefinition {
  const place = `messages.${name}`;
  const { title, direction = 'both', reply, body } = record(json, place);
  if (direction !== 'H->E' && direction !== 'E->H' && direction !== 'both') {
    fail(`${place}.direction must be "H->E", "E->H" or "both", received ${showValue(direction)}`);
  }
  return defineMessage(name, title as string, {
    direction,
    ...(body === undefined ? {} : { body: bodyOf(body, `${place}.body`, items) as never }),
    ...(reply === undefined ? {} : { reply: () => answer(reply, `${place}.reply`, made) }),
  });
}

/** The definition that a reply names. */
function answer(name: unknown, place: string, made: ReadonlyMap<string, AnyDefinition>): AnyDefinition {
  const [, stream, fn] = /^S(\d+)F(\d+)$/.exec(String(name)) ?? [];
  const own = made.get(String(name));
  const found = own ?? (stream === undefined ? undefined : catalogue.get(Number(stream), Number(fn)));
  return found ?? fail(`${place} must name a message of these or of E5, received ${showValue(name)}`);
}

/** A body that is one thing has a name of its own for it. */
function bodyOf(json: unknown, place: string, items: ReadonlyMap<string, DataItemNode>): object {
  if (typeof json === 'string')
    fail(`${place} must have a name for ${shortened(json)}, as { "data": "${shortened(json)}" }`);
  const [key = '', ...more] = Object.keys(record(json, place));
  if (more.length === 0 && key !== 'list' && key !== 'oneOf' && !Object.hasOwn(WRAPS, key)) {
    return { [key]: nodeOf((json as Record<string, unknown>)[key], `${place}.${key}`, items) };
  }
  return nodeOf(json, place, items);
}

function nodeOf(json: unknown, place: string, items: ReadonlyMap<string, DataItemNode>): Node {
  if (typeof json === 'string') {
    return (
      items.get(json) ?? fail(`${place} must name a data item of these or of E5, received ${showValue(json)}`)
    );
  }
  const [[key, of] = ['', undefined], ...more] = Object.entries(record(json, place));
  const inner = `${place}.${key}`;
  if (more.length === 0) {
    if (key === 'list') return list(fieldsOf(of, inner, items));
    if (key === 'oneOf' && Array.isArray(of)) {
      return oneOf(...of.map((one, index) => nodeOf(one, `${inner}[${index}]`, items)));
    }
    const wrap = Object.hasOwn(WRAPS, key) ? WRAPS[key] : undefined;
    if (wrap !== undefined) return wrap(checked(key, nodeOf(of, inner, items), inner) as never);
  }
  const allowed = `the name of a data item, or have one of list, ${Object.keys(WRAPS).join(', ')} and oneOf`;
  return fail(`${place} must be ${allowed}, received ${showValue(json)}`);
}

function checked(key: string, node: Node, place: string): Node {
  if ((key === 'maybe' || key === 'arrayOf') && node.kind !== 'item') fail(`${place} must name a data item`);
  return node;
}

function fieldsOf(json: unknown, place: string, items: ReadonlyMap<string, DataItemNode>): Fields {
  const fields = Object.entries(record(json, place));
  return Object.fromEntries(fields.map(([field, node]) => [field, nodeOf(node, `${place}.${field}`, items)]));
}

function record(json: unknown, place: string): Readonly<Record<string, unknown>> {
  return check.object(place, json) as Readonly<Record<string, unknown>>;
}

function fail(problem: string): never {
  throw new E5Error('E5_INVALID_DEFINITION', problem);
}
