import { FormatCode } from '../../secs2/formats.js';
import { generate } from '../generate.js';
import type { Node, DataItemNode } from '../nodes/nodes.js';
import { planOf } from '../nodes/plan.js';
import { ReadFailure, type ReadCursor } from './cursor.js';
import { readItem, safeNumber } from './read-item.js';
import { readItemAsItIs, readNumbersOf, readValue } from './read-value.js';

/** @internal Reads a part of a body: one function made for each part of a structure. */
export type Read = (c: ReadCursor) => unknown;

/** @internal Makes the function that reads a node straight from the bytes of a body. */
export function compileRead(node: Node): Read {
  switch (node.kind) {
    case 'item':
      return itemReader(node, false);
    case 'maybe':
      return itemReader(node.of, true);
    case 'array':
      return arrayReader(node.of);
    case 'list':
      return listReader(node.fields);
    case 'many':
      return manyReader(node.of);
    case 'optional':
      return optionalReader(compileRead(node.of));
    case 'choice':
      return choiceReader(node.of);
  }
}

function itemReader(node: DataItemNode, isMaybe: boolean): Read {
  if (node.isOpen) {
    const plan = planOf(node, isMaybe);
    return (c) => {
      if (isMaybe && c.bytes[c.position + 1] === 0) return readItem(c, plan);
      return c.isExact ? readItemAsItIs(c) : readValue(c, 0);
    };
  }
  const plan = planOf(node, isMaybe);
  return (c) => readItem(c, plan);
}

function listReader(fields: Readonly<Record<string, Node>>): Read {
  const keys = Object.keys(fields);
  const readers = Object.values(fields).map(compileRead);
  const count = keys.length;
  const pairs = keys.map((key, i) => `${JSON.stringify(key)}: r${i}(c)`).join(', ');
  const constants = { open: openList, ...Object.fromEntries(readers.map((read, i) => [`r${i}`, read])) };
  const own = generate(`(c) => { open(c, ${count}); return { ${pairs} }; }`, constants);
  if (own !== undefined) return own as Read;
  return (c) => {
    openList(c, count);
    const record: Record<string, unknown> = {};
    for (let i = 0; i < count; i++) record[keys[i] as string] = (readers[i] as Read)(c);
    return record;
  };
}

/** Enters a list of a given length. */
function openList(c: ReadCursor, count: number): void {
  const { bytes, position } = c;
  if (bytes[position] === 1 && bytes[position + 1] === count) {
    c.position = position + 2;
    return;
  }
  c.open();
  if (c.code !== FormatCode.L || c.length !== count) {
    throw new ReadFailure(`must be a list of ${count}, received ${c.formatText}`, position);
  }
  c.position = c.start;
}

function manyReader(of: Node): Read {
  const read = compileRead(of);
  const each = eachReader(of, read);
  const isArrayToo = of.kind === 'item' && planOf(of, false).sizes.some((size) => size > 0);
  return (c) => {
    const { position } = c;
    c.open();
    const { length } = c;
    if (c.code !== FormatCode.L) {
      const isNumbers = c.code >= FormatCode.I8;
      if (!isArrayToo || !isNumbers)
        throw new ReadFailure(`must be a list, received ${c.formatText}`, position);
      c.allow('array', position, `must be a list, received the array ${c.formatText}`);
      return Array.from(readNumbersOf(c) as ArrayLike<number | bigint>, safeNumber);
    }
    c.position = c.start;
    return each(c, length);
  };
}

/** Reads a number of equal nodes, one after the other. */
function eachReader(of: Node, read: Read): (c: ReadCursor, count: number) => unknown[] {
  // Of values of an open format each is read where it is seen: a function of the node would be called for each.
  const isOpen = of.kind === 'item' && of.isOpen;
  const next = isOpen ? 'c.isExact ? read(c) : value(c, 0)' : 'read(c)';
  const source = `(c, count) => { const values = []; for (let i = 0; i < count; i++) values.push(${next}); return values; }`;
  const own = generate(source, { read, value: readValue });
  if (own !== undefined) return own as (c: ReadCursor, count: number) => unknown[];
  return (c, count) => {
    const values: unknown[] = [];
    for (let i = 0; i < count; i++) values.push(read(c));
    return values;
  };
}

function arrayReader(of: DataItemNode): Read {
  const plan = planOf({ ...of, lengthRule: '*' }, false);
  const one = itemReader(of, false);
  return (c) => {
    const { position } = c;
    c.open();
    if (c.code === FormatCode.L) {
      c.allow('array', position, `must be one item of many values, received the list ${c.formatText}`);
      const { length } = c;
      c.position = c.start;
      return Array.from({ length }, () => one(c));
    }
    if (c.length === 0) {
      c.position = c.start;
      return [];
    }
    const values = readItem(c, plan);
    return values instanceof Uint8Array ? Array.from(values) : values;
  };
}

function optionalReader(read: Read): Read {
  return (c) => {
    const { bytes, position } = c;
    if (bytes[position] !== 1 || bytes[position + 1] !== 0) return read(c);
    c.position = position + 2;
    return undefined;
  };
}

function choiceReader(of: readonly Node[]): Read {
  const readers = of.map((node) => ({ node, read: compileRead(node) }));
  return (c) => {
    const { position } = c;
    const found = readers.find(({ node }) => fits(node, c, position));
    if (found !== undefined) return found.read(c);
    c.position = position;
    c.open();
    throw new ReadFailure(`must be ${choiceText(of)}, received ${c.formatText}`, position);
  };
}

/** Whether what is at a position looks like a node: lists by their length, or by what is first in them. */
function fits(node: Node, c: ReadCursor, position: number): boolean {
  c.position = position;
  if (position >= c.end) return false;
  c.open();
  const { code, length, start } = c;
  c.position = position;
  if (node.kind === 'list') return code === FormatCode.L && length === Object.keys(node.fields).length;
  if (node.kind === 'many') {
    const result = code === FormatCode.L && (length === 0 || fits(node.of, c, start));
    c.position = position;
    return result;
  }
  return node.kind === 'item' ? node.isOpen || code !== FormatCode.L : true;
}

/** Alternatives in words. */
function choiceText(of: readonly Node[]): string {
  return of
    .map((node) => {
      if (node.kind === 'list') return `a list of ${Object.keys(node.fields).length}`;
      return node.kind === 'many' ? `a list of ${node.of.kind === 'list' ? 'lists' : 'items'}` : 'an item';
    })
    .join(' or ');
}
