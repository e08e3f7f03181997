import { FormatCode, type ItemFormat } from '../../secs2/formats.js';
import { checkDefined as check } from '../check.js';

/** What {@link isNode} tells by. */
const KINDS = ['item', 'array', 'maybe', 'list', 'many', 'optional', 'choice'];

/** What makes a part of a structure. */
const MAKERS = 'made by item, value, list, listOf, optional, maybe, arrayOf or oneOf';

/** Whether a value is a part of a structure. */
function isNode(value: unknown): boolean {
  const kind = kindOf(value);
  return typeof kind === 'string' && KINDS.includes(kind);
}

/** @internal */
export function checkNode<N>(name: string, value: N): N {
  return isNode(value) ? value : check.refuse(name, MAKERS, value);
}

/** @internal */
export function checkItemNode<N>(name: string, value: N): N {
  return kindOf(value) === 'item' ? value : check.refuse(name, 'a data item, as HCACK', value);
}

function kindOf(value: unknown): unknown {
  try {
    return (value as { kind?: unknown } | null | undefined)?.kind;
  } catch {
    // It does not let itself be looked at: it is none.
    return undefined;
  }
}

/** @internal What {@link item} and {@link value} are given. */
export function checkItemParts(
  e5Name: string,
  formats: readonly ItemFormat[],
  lengthRule: unknown,
  meaning: string,
  codes: object,
  others: string | undefined,
): void {
  if (check.text('e5Name', e5Name) === '') check.refuse('e5Name', 'a name, as CEID', e5Name);
  if (check.array('formats', formats, 'an array of formats').length === 0) {
    check.refuse('formats', 'an array of one format or more', formats);
  }
  for (const format of formats) {
    if (isFormat(format)) continue;
    check.refuse('formats', `an array of ${Object.keys(FormatCode).join(', ')}`, format);
  }
  if (!(Number.isSafeInteger(lengthRule) && Number(lengthRule) >= 0) && !isLengthRule(lengthRule)) {
    check.refuse('lengthRule', 'a number, "*", "0..80", "6/8" or "A:0..80,1"', lengthRule);
  }
  check.text('meaning', meaning);
  check.object('codes', codes, 'an object of codes by their names');
  if (others !== undefined) check.text('others', others);
}

/** @internal Whether a value is the name of a format. */
export function isFormat(value: unknown): value is ItemFormat {
  return typeof value === 'string' && Object.hasOwn(FormatCode, value);
}

/** @internal Whether a text says how long an item may be. */
export function isLengthRule(rule: unknown): boolean {
  const part = /^(?:(?:[A-Z]\w?|BOOLEAN):)?(?:\*|\d+(?:\.\.\d+|(?:\/\d+)+)?)$/;
  return typeof rule === 'string' && rule.split(',').every((one) => part.test(one));
}
