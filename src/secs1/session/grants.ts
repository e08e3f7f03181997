import { B, L } from '../../secs2/items/factories.js';
import type { Item } from '../../secs2/items/item.js';
import { U4 } from '../../secs2/items/number-factories.js';
import { S, type SecsMessage } from '../../secs2/message.js';

/**
 * When to ask the peer for a grant before a message that E5 has an inquire for: when the message has more than one block, always, or
 * never.
 */
export type Inquire = 'multiBlock' | 'always' | 'never';

/** The same for all streams, or for some of them; `multiBlock` for those that are left out. */
export type InquireSetting = Inquire | Readonly<Record<number, Inquire>>;

/** An inquire of E5, and the messages that want it when they have several blocks. */
export interface GrantRule {
  readonly stream: number;
  /** Function of the inquire; the grant has the next one. */
  readonly function: number;
  /** Functions of the messages. */
  readonly announces: readonly number[];
  /** The item of the inquire for a message of this many bytes. */
  readonly inquiry: (message: SecsMessage, bytes: number) => Item;
}

/** One element of the list that a message is; U4 0 where it has none, as S2F23 has no DATAID. */
function element(message: SecsMessage, index: number): Item {
  const { item } = message;
  const found = item?.format === 'L' ? item.items[index] : undefined;
  return found === undefined || found.format === 'L' ? U4(0) : found;
}

/** DATAID, which the message begins with unless told otherwise, and DATALENGTH. */
const dataLength =
  (at = 0): GrantRule['inquiry'] =>
  (message, bytes) =>
    L(element(message, at), U4(bytes));

/** DATAID, OBJSPEC or RCPSPEC, and the length. */
const withSpecification: GrantRule['inquiry'] = (message, bytes) =>
  L(element(message, 0), element(message, 1), U4(bytes));

const RULES: readonly GrantRule[] = [
  { stream: 2, function: 39, announces: [23, 33, 35, 45, 49], inquiry: dataLength() },
  { stream: 3, function: 15, announces: [17], inquiry: dataLength() },
  { stream: 4, function: 25, announces: [19], inquiry: dataLength() },
  {
    stream: 6,
    function: 5,
    announces: [3, 9, 11, 13],
    // S6F9 begins with PFCD.
    inquiry: (message, bytes) => dataLength(message.function === 9 ? 1 : 0)(message, bytes),
  },
  { stream: 7, function: 1, announces: [3, 23, 31], inquiry: dataLength() },
  { stream: 7, function: 29, announces: [27], inquiry: (_message, bytes) => U4(bytes) },
  { stream: 13, function: 11, announces: [13, 15], inquiry: withSpecification },
  { stream: 14, function: 23, announces: [19, 21], inquiry: dataLength() },
  { stream: 15, function: 1, announces: odd(3, 53), inquiry: withSpecification },
  { stream: 16, function: 1, announces: odd(3, 31), inquiry: dataLength() },
];

function odd(first: number, last: number): number[] {
  return Array.from({ length: (last - first) / 2 + 1 }, (_, i) => first + 2 * i);
}

/** The inquire that E5 has for a message, if any. */
export function ruleFor(message: Pick<SecsMessage, 'stream' | 'function'>): GrantRule | undefined {
  return RULES.find((rule) => rule.stream === message.stream && rule.announces.includes(message.function));
}

/** The rule whose inquire this is, if any. */
export function ruleOf(inquire: Pick<SecsMessage, 'stream' | 'function'>): GrantRule | undefined {
  return RULES.find((rule) => rule.stream === inquire.stream && rule.function === inquire.function);
}

/** The inquire to send before a message. */
export function inquiryFor(rule: GrantRule, message: SecsMessage, bytes: number): SecsMessage {
  return S(rule.stream, rule.function, rule.inquiry(message, bytes)).w();
}

/** The code of a grant: its one byte; undefined where it has none. */
export function grantCode(grant: SecsMessage): number | undefined {
  const { itemError } = grant;
  const item = itemError === undefined ? grant.item : undefined;
  return item === undefined || item.format === 'L' ? undefined : item.bytes[0];
}

/** What an inquire tells: what it is about, and how long that is. Undefined where it cannot be read. */
export function announced(inquire: SecsMessage): { readonly id: Item; readonly bytes: number } | undefined {
  const item = inquire.itemError === undefined ? inquire.item : undefined;
  if (item?.format !== 'L') return undefined;
  const [id, length] = [item.items[0], item.items.at(-1)];
  if (id === undefined || length?.length !== 1 || !/^[UI]\d$/.test(length.format)) return undefined;
  return { id, bytes: Number(length.bigint) };
}

/** The answer to an inquire. */
export const grantItem = (code: number): Item => B(code);
