import { MAX_ITEM_LENGTH } from '../../secs2/formats.js';
import type { Node } from '../nodes/nodes.js';
import { accepts, compileWrite, type FormatChoice, type Write } from './compile-write.js';
import { BodyWriter } from './writer.js';

/** @internal Where a value cannot be written, and why. */
export interface Failure {
  readonly field: string;
  readonly problem: string;
}

/** @internal Looks for the innermost part of a value that cannot be written: for errors alone. */
export function findFailure(
  node: Node,
  value: unknown,
  choice: FormatChoice,
  codePage: string | undefined,
): Failure | undefined {
  const writer = new BodyWriter();
  const writers = new Map<Node, Write>();
  return find(node, value, (part, given) => {
    let write = writers.get(part);
    if (write === undefined) writers.set(part, (write = compileWrite(part, choice)));
    writer.reset();
    writer.codePage = codePage;
    write(writer, given);
  });
}

function find(node: Node, value: unknown, write: (part: Node, given: unknown) => void): Failure | undefined {
  try {
    write(node, value);
    return undefined;
  } catch (error) {
    for (const [step, child, childValue] of children(node, value)) {
      const inner = find(child, childValue, write);
      if (inner !== undefined) return { field: joinField(step, inner.field), problem: inner.problem };
    }
    return { field: '', problem: (error as Error).message };
  }
}

/** The parts of a value, one by one: there may be millions, of which the first is wrong. */
function* children(node: Node, value: unknown): Generator<readonly [string, Node, unknown]> {
  switch (node.kind) {
    case 'list':
      if (typeof value !== 'object' || value === null) return;
      for (const [key, field] of Object.entries(node.fields)) {
        yield [key, field, (value as Record<string, unknown>)[key]];
      }
      return;
    case 'many': {
      // Of too many none is looked at.
      const count = Array.isArray(value) ? value.length : 0;
      if (count > MAX_ITEM_LENGTH) return;
      for (let i = 0; i < count; i++) yield [`[${i}]`, node.of, (value as readonly unknown[])[i]];
      return;
    }
    case 'optional':
      if (value !== undefined) yield ['', node.of, value];
      return;
    case 'choice': {
      const chosen = node.of.find((one) => accepts(one, value));
      if (chosen !== undefined) yield ['', chosen, value];
      return;
    }
    case 'item':
    case 'maybe':
    case 'array':
  }
}

/** Joins the steps of a field's name: `reports`, `[2]`, `rptid`. */
export function joinField(step: string, rest: string): string {
  return step === '' || rest === '' || rest.startsWith('[') ? step + rest : `${step}.${rest}`;
}
