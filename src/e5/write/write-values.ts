import { FormatCode, valueSize } from '../../secs2/formats.js';
import { makeHead, shortHead } from '../../secs2/head.js';
import { writeNumber } from '../../secs2/items/numbers.js';
import { KnownText, writeKnown } from '../../secs2/text/known-text.js';
import { textToSend } from '../../secs2/text/sent-text-cache.js';
import type { ItemPlan } from '../nodes/plan.js';
import { canCarry } from './ranges.js';
import { writeAscii } from './write-item.js';
import type { BodyWriter } from './writer.js';

/** The header of an empty A. */
const A_HEAD = shortHead(makeHead(FormatCode.A, 1, 0));

/** The most bytes that one number or one known text takes, its header included. */
const SHORT_BYTES = 2 + 16;

/** A value of a report whose format is known: how it is written where it is what such values are. */
export interface ValuePlan {
  readonly plan: ItemPlan;
  /** The format code of one number; -1 where it is no number that JavaScript has. */
  readonly code: number;
  /** Header of an item of one number. */
  readonly head: number;
  readonly isText: boolean;
}

/** Works out the values of one format each. */
export function valuePlan(plan: ItemPlan): ValuePlan {
  const [code = -1] = plan.codes;
  const isOnly = plan.codes.length === 1;
  const takesOne = isOnly && (!plan.isMany || plan.node.isOpen);
  const isNumber = takesOne && code > FormatCode.I8 && code !== FormatCode.U8;
  return {
    plan,
    code: isNumber ? code : -1,
    head: isNumber ? shortHead(makeHead(code, 1, valueSize(code))) : 0,
    isText: isOnly && code === FormatCode.A,
  };
}

/**
 * Writes the values of a report, one after the other, each of which is read once. Numbers in range and ASCII, as nearly all are, are written
 * here; `other` is called for any other value, with its place.
 */
export function writeValues(
  w: BodyWriter,
  plans: readonly ValuePlan[],
  values: readonly unknown[],
  other: (value: unknown, place: number) => void,
): void {
  w.reserve(SHORT_BYTES * plans.length);
  let { view } = w.out;
  let p = w.position;
  for (let i = 0; i < plans.length; i++) {
    const { code, head, isText } = plans[i] as ValuePlan;
    const value = values[i];
    if (typeof value === 'number' && code >= 0 && isInRange(code, value)) {
      view.setUint16(p, head);
      writeNumber(code, value, view, p + 2);
      p += 2 + (head & 0xff);
      continue;
    }
    const isAscii = isText && typeof value === 'string' && w.codePage === undefined;
    const known = isAscii ? textToSend(value) : undefined;
    if (known instanceof KnownText) {
      const { length } = known.text;
      view.setUint16(p, A_HEAD | length);
      writeKnown(known, view, p + 2);
      p += 2 + length;
      continue;
    }
    w.position = p;
    if (known === undefined) other(value, i);
    else writeAscii(w, known);
    w.reserve(SHORT_BYTES * (plans.length - i));
    ({ view } = w.out);
    p = w.position;
  }
  w.position = p;
}

/** Whether a format can carry a number; the commonest two without a call. */
function isInRange(code: number, value: number): boolean {
  return code === FormatCode.U4 ? value >>> 0 === value : code === FormatCode.F8 || canCarry(code, value);
}
