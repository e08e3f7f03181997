import { FormatCode } from '../../secs2/formats.js';
import type { ItemFormat } from '../../secs2/formats.js';
import { shortened } from '../../describe-value.js';
import { nearestName } from '../../nearest-name.js';
import { SecsItem } from '../../secs2/items/item.js';
import { showValue } from '../errors.js';
import { generate } from '../generate.js';
import type { DataItemNode, Node } from '../nodes/nodes.js';
import { planOf } from '../nodes/plan.js';
import { header, writeItem } from './write-item.js';
import { WriteFailure, type BodyWriter } from './writer.js';

/** @internal Writes a part of a body: one function made for each part of a structure. */
export type Write = (w: BodyWriter, value: unknown) => void;

/** @internal The format that a data item shall have first, if any. */
export type FormatChoice = (node: DataItemNode) => ItemFormat | undefined;

/** @internal Makes the function that writes a node. */
export function compileWrite(node: Node, choice: FormatChoice): Write {
  switch (node.kind) {
    case 'item':
    case 'maybe': {
      const of = node.kind === 'item' ? node : node.of;
      const plan = planOf(of, node.kind === 'maybe', choice(of));
      return (w, value) => writeItem(w, plan, value);
    }
    case 'array': {
      const plan = planOf({ ...node.of, lengthRule: '*' }, false, choice(node.of));
      return (w, value) => writeItem(w, plan, value);
    }
    case 'list':
      return listWriter(node.fields, choice);
    case 'many':
      return manyWriter(compileWrite(node.of, choice));
    case 'optional':
      return optionalWriter(compileWrite(node.of, choice));
    case 'choice':
      return choiceWriter(node.of, choice);
  }
}

function listWriter(fields: Readonly<Record<string, Node>>, choice: FormatChoice): Write {
  const keys = Object.keys(fields);
  const writers = Object.values(fields).map((node) => compileWrite(node, choice));
  const count = keys.length;
  const mayMiss = Object.values(fields).some(isOptional);
  const open = (w: BodyWriter, value: unknown): void => {
    if (!isRecord(value)) {
      throw new WriteFailure(`must be an object of ${keys.join(', ')}, received ${showValue(value)}`);
    }
    // Where fields may be left out, a misspelt one would be lost in silence.
    if (mayMiss) checkKeys(keys, value);
    header(w, FormatCode.L, count);
  };
  const calls = keys.map((key, i) => `w${i}(w, value[${JSON.stringify(key)}]);`).join(' ');
  const constants = { open, ...Object.fromEntries(writers.map((write, i) => [`w${i}`, write])) };
  const own = generate(`(w, value) => { open(w, value); ${calls} }`, constants);
  if (own !== undefined) return own as Write;
  return (w, given) => {
    open(w, given);
    const value = given as Readonly<Record<string, unknown>>;
    for (let i = 0; i < count; i++) (writers[i] as Write)(w, value[keys[i] as string]);
  };
}

/** Whether a field may be left out. */
function isOptional(node: Node): boolean {
  return (
    node.kind === 'optional' || node.kind === 'maybe' || (node.kind === 'item' && node.lengthRule === '0..1')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof SecsItem);
}

function checkKeys(keys: readonly string[], value: Record<string, unknown>): void {
  for (const key in value) {
    if (keys.includes(key) || value[key] === undefined) continue;
    const nearest = nearestName(key, keys);
    const hint = nearest === undefined ? `its fields are ${keys.join(', ')}` : `did you mean ${nearest}?`;
    throw new WriteFailure(`has no field ${shortened(key)}: ${hint}`);
  }
}

function manyWriter(write: Write): Write {
  const own = generate('(w, values) => { for (let i = 0; i < values.length; i++) write(w, values[i]); }', {
    write,
  });
  const each = (own ?? eachWriter(write)) as (w: BodyWriter, values: readonly unknown[]) => void;
  return (w, value) => {
    if (!Array.isArray(value)) {
      if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
        value = Array.from(value as unknown as ArrayLike<unknown>);
      } else throw new WriteFailure(`must be an array, received ${showValue(value)}`);
    }
    const values = value as readonly unknown[];
    header(w, FormatCode.L, values.length);
    each(w, values);
  };
}

function eachWriter(write: Write): (w: BodyWriter, values: readonly unknown[]) => void {
  return (w, values) => {
    for (const value of values) write(w, value);
  };
}

function optionalWriter(write: Write): Write {
  return (w, value) => {
    if (value === undefined) header(w, FormatCode.L, 0);
    else write(w, value);
  };
}

function choiceWriter(of: readonly Node[], choice: FormatChoice): Write {
  const writers = of.map((node) => ({ node, write: compileWrite(node, choice) }));
  return (w, value) => {
    const found = writers.find(({ node }) => accepts(node, value));
    if (found === undefined)
      throw new WriteFailure(`must be ${alternatives(of)}, received ${showValue(value)}`);
    found.write(w, value);
  };
}

/** @internal Whether a value is meant for a node: a record with its very fields, an array of what it holds. */
export function accepts(node: Node, value: unknown): boolean {
  switch (node.kind) {
    case 'list':
      if (!isRecord(value)) return false;
      return (
        Object.entries(node.fields).every(([key, field]) => isOptional(field) || value[key] !== undefined) &&
        Object.keys(value).every((key) => key in node.fields || value[key] === undefined)
      );
    case 'many':
      return Array.isArray(value) && (value.length === 0 || accepts(node.of, value[0]));
    case 'optional':
      return value === undefined || accepts(node.of, value);
    case 'item':
    case 'maybe':
    case 'array':
    case 'choice':
      return !isRecord(value) || ArrayBuffer.isView(value);
  }
}

function alternatives(of: readonly Node[]): string {
  return of
    .map((node) => {
      if (node.kind === 'list') return `an object of ${Object.keys(node.fields).join(', ')}`;
      return node.kind === 'many' ? `an array` : 'a value';
    })
    .join(', or ');
}
