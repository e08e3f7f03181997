import { formatName } from '../../secs2/formats.js';
import { entriesOf } from './codes.js';
import type { ItemPlan } from './plan.js';

/** The formats of a data item in words: `U4, U1 or A`. */
export function allowedText({ codes }: ItemPlan): string {
  const names = codes.map((code) => String(formatName(code)));
  return orList(names);
}

/** The codes of a data item in words: `0 (done), 1 (unknown command) or 64 and above`. */
export function allowedCodes({ node }: ItemPlan): string {
  return orList([...entriesOf(node.codes).map(({ code, text }) => `${code} (${text})`), '64 and above']);
}

/** `a, b or c`. */
function orList(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
