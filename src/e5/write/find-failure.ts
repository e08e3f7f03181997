import type { Node } from '../nodes/nodes.js';
import { accepts, compileWrite, type FormatChoice } from './compile-write.js';
import { BodyWriter } from './writer.js';

/** @internal Where a value cannot be written, and why. */
export interface Failure {
  readonly field: string;
  readonly problem: string;
}

/** @internal Looks for the innermost part of a value that cannot be written. Slow: for errors alone. */
export function findFailure(
  node: Node,
  value: unknown,
  choice: FormatChoice,
  codePage: string | undefined,
): Failure | undefined {
  const writer = new BodyWriter();
  writer.codePage = codePage;
  try {
    compileWrite(node, choice)(writer, value);
    return undefined;
  } catch (error) {
    for (const [step, child, childValue] of children(node, value)) {
      const inner = findFailure(child, childValue, choice, codePage);
      if (inner !== undefined) return { field: joinField(step, inner.field), problem: inner.problem };
    }
    return { field: '', problem: (error as Error).message };
  }
}

function children(node: Node, value: unknown): readonly (readonly [string, Node, unknown])[] {
  switch (node.kind) {
    case 'list':
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(node.fields).map(([key, field]) => [
        key,
        field,
        (value as Record<string, unknown>)[key],
      ]);
    case 'many':
      return Array.isArray(value) ? value.map((one, i) => [`[${i}]`, node.of, one] as const) : [];
    case 'optional':
      return value === undefined ? [] : [['', node.of, value]];
    case 'choice': {
      const chosen = node.of.find((one) => accepts(one, value));
      return chosen === undefined ? [] : [['', chosen, value]];
    }
    case 'item':
    case 'maybe':
    case 'array':
      return [];
  }
}

/** Joins the steps of a field's name: `reports`, `[2]`, `rptid`. */
export function joinField(step: string, rest: string): string {
  return step === '' || rest === '' || rest.startsWith('[') ? step + rest : `${step}.${rest}`;
}
