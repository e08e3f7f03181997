import {
  itemMatches,
  parseItem,
  printItem,
  SecsItem,
  type Item,
  type ItemFormat,
  type Shape,
} from '../../secs2/index.js';
import { check, isArray, isInstance } from '../../check.js';
import { checkShape } from '../../secs2/items/match.js';
import { HsmsArgumentError } from '../../errors.js';

/**
 * What an item is expected to be: an item; a shape, see `matchItem` of `rxsecs/secs2`; or SML in which `<*>` stands for
 * any item and `<A *>`, `<U4 *>`, `<L *>` … for any item of that format.
 */
export type ItemPattern = Shape | (string & {});

const formats: ReadonlySet<string> = new Set<ItemFormat>([
  ...(['L', 'B', 'BOOLEAN', 'A', 'J', 'C2', 'F4', 'F8'] as const),
  ...(['I1', 'I2', 'I4', 'I8', 'U1', 'U2', 'U4', 'U8'] as const),
]);

/** Text that stands for a wildcard while the SML around it is read. */
const MARK = 'rxsecs wildcard ';
const QUOTED_OR_WILDCARD = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<\s*([A-Za-z0-9]*)\s*\*\s*>/g;

/**
 * The shape that a pattern stands for.
 *
 * @throws SmlError for SML that cannot be read; HsmsArgumentError for a format or a text that is neither.
 */
export function shapeOf(pattern: ItemPattern): Shape {
  if (typeof pattern !== 'string') {
    if (isInstance(pattern, SecsItem)) return taken(pattern);
    checkPattern('pattern', pattern);
    return pattern;
  }
  const format: string = pattern;
  if (format === 'any' || isFormat(format)) return format;
  if (!pattern.trimStart().startsWith('<')) {
    check.refuse('pattern', `SML (<…>) or a format (${[...formats].join(', ')}, or any)`, pattern);
  }
  const marked = pattern.replace(QUOTED_OR_WILDCARD, (text, format: string | undefined) => {
    if (format === undefined) return text;
    const name = format.toUpperCase();
    if (name !== '' && !isFormat(name)) {
      throw new HsmsArgumentError(
        `${text}: there is no format ${format}; there are ${[...formats].join(', ')}`,
      );
    }
    return `<A "${MARK}${name}">`;
  });
  return taken(parseItem(marked));
}

/** Checks a shape and those within it. */
function checkPattern(name: string, pattern: Shape): void {
  checkShape(name, pattern);
  if (isArray(pattern)) pattern.forEach((child, i) => checkPattern(`${name}[${i}]`, child as Shape));
}

/**
 * A shape as SML that a diff can be made with: where the item at hand matches, it is printed as it is, so that only
 * what differs stands out.
 */
export function printShape(shape: Shape, actual: Item | undefined, indent = ''): string {
  if (actual !== undefined && itemMatches(actual, shape)) return indented(printItem(actual), indent);
  if (typeof shape === 'string') return `${indent}<${shape === 'any' ? '*' : `${shape} *`}>`;
  if (shape instanceof SecsItem) return indented(printItem(shape), indent);
  if (isTuple(shape)) {
    if (shape.length === 0) return `${indent}<L[0]>`;
    const children = shape.map((child, i) => printShape(child, childOf(actual, i), `${indent}  `));
    return [`${indent}<L[${shape.length}]`, ...children, `${indent}>`].join('\n');
  }
  switch (shape.kind) {
    case 'listOf':
      return [
        `${indent}<L /* any number of */`,
        printShape(shape.shape, undefined, `${indent}  `),
        `${indent}>`,
      ].join('\n');
    case 'oneOf':
      return shape.shapes.map((option) => printShape(option, undefined, indent)).join(` /* or */\n`);
    case 'sized':
      return `${indent}<${shape.format}[${shape.min}..${shape.max}] *>`;
  }
}

function isFormat(name: string): name is ItemFormat {
  return formats.has(name);
}

function isTuple(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape);
}

/** An item as a shape that tells which item within it differs; its wildcards as what they stand for. */
function taken(item: Item): Shape {
  if (item.format === 'L') return item.items.map(taken);
  if (item.format !== 'A') return item;
  const { ascii } = item;
  if (!ascii.startsWith(MARK)) return item;
  const format = ascii.slice(MARK.length);
  return isFormat(format) ? format : 'any';
}

function childOf(item: Item | undefined, index: number): Item | undefined {
  return item?.format === 'L' ? item.items[index] : undefined;
}

function indented(text: string, indent: string): string {
  return text.replace(/^/gm, indent);
}
