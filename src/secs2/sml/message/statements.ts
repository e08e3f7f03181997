import type { Item } from '../../items/item.js';
import { parseItemAt } from '../item/parse-item.js';
import { Char, type SmlPlace, type SmlSource } from '../source.js';

/** `if (SxFy) name.`: what is to be done when a message comes. */
export interface SmlIfStatement extends SmlPlace {
  readonly kind: 'if';
  readonly stream: number;
  readonly function: number;
  /**
   * Which item of the message has to be which, as in `(3)==<U4 1001>`; undefined where any message will do. Items are
   * counted from 1 as they stand in the text, lists too: in `<L <U4 1> <U4 1001>>`, 1 is the list and 3 is `<U4 1001>`.
   */
  readonly condition: { readonly index: number; readonly item: Item } | undefined;
  /** Seconds to wait first: `if SxFy wait 5 name.`; otherwise 0. */
  readonly seconds: number;
  /** Name of the message to send. */
  readonly name: string;
}

/** `every 10 send name.`: what is to be sent again and again. */
export interface SmlEveryStatement extends SmlPlace {
  readonly kind: 'every';
  readonly seconds: number;
  /** Name of the message to send. */
  readonly name: string;
}

/** What a scenario says beside its messages. */
export type SmlStatement = SmlIfStatement | SmlEveryStatement;

const IF = /if\s*(?:(\()\s*|\s)(['"]?)S(\d{1,3})F(\d{1,3})\2(?![A-Za-z0-9_])/iy;
const EVERY = /every\s+(\d{1,9}(?:\.\d{1,9})?)\s*(?:s|sec|seconds)?\s+send\s/iy;
const INDEX = /\(\s*(\d{1,9})\s*\)\s*={1,2}\s*(?=<)/y;
const WAIT = /wait\s+(\d{1,9}(?:\.\d{1,9})?)\s/iy;
const SEND = /send\s/iy;
const CLOSE = /\s*\)/y;
const NAME =
  /(?:"([^"\n]*)"|'([^'\n]*)'|((?:[^\s./<]|[^\S\r\n](?=[^\s./<])|\.(?=\S)|\/(?![/*]))+))[^\S\r\n]*\.?/y;

/** Reads a statement of a scenario, if one stands here. */
export function takeStatement(source: SmlSource): SmlStatement | undefined {
  const offset = source.position;
  // In either case.
  const first = source.peek() | 32;
  if (first === 0x69) return takeIf(source, offset);
  return first === 0x65 ? takeEvery(source, offset) : undefined;
}

function takeIf(source: SmlSource, offset: number): SmlStatement | undefined {
  const match = source.take(IF);
  if (match === undefined) return undefined;
  source.skip();
  const index = source.take(INDEX);
  const condition =
    index === undefined ? undefined : { index: Number(index[1]), item: takeWholeItem(source) };
  if (match[1] !== undefined && source.take(CLOSE) === undefined) {
    source.fail(
      'SML_SYNTAX',
      `) is expected here, not ${source.found()}, to end the condition`,
      source.position,
    );
  }
  source.skip();
  const seconds = Number(source.take(WAIT)?.[1] ?? 0);
  const name = takeName(source);
  const [stream, fn] = [Number(match[3]), Number(match[4])];
  return { kind: 'if', stream, function: fn, condition, seconds, name, ...source.locate(offset) };
}

/** Reads an item that leaves nothing open: one to compare with. */
function takeWholeItem(source: SmlSource): Item {
  const { templates } = source;
  source.templates = false;
  const item = parseItemAt(source);
  source.templates = templates;
  return item;
}

function takeEvery(source: SmlSource, offset: number): SmlStatement | undefined {
  const match = source.take(EVERY);
  if (match === undefined) return undefined;
  const seconds = Number(match[1]);
  if (seconds === 0) source.fail('SML_BAD_VALUE', 'every 0 seconds is more often than can be', offset);
  return { kind: 'every', seconds, name: takeName(source), ...source.locate(offset) };
}

function takeName(source: SmlSource): string {
  source.skip();
  source.take(SEND);
  source.skip();
  const match = source.take(NAME);
  const name = match?.[1] ?? match?.[2] ?? match?.[3];
  if (name === undefined || source.peek() === Char.less) {
    source.fail(
      'SML_SYNTAX',
      `the name of a message is expected here, not ${source.found()}`,
      source.position,
    );
  }
  return name;
}

/** A statement in words, for a warning. */
export function statementText(statement: SmlStatement): string {
  if (statement.kind === 'every') return `every ${statement.seconds} send ${statement.name}`;
  const { stream, function: fn, condition, seconds, name } = statement;
  const which = condition === undefined ? '' : ` (${condition.index})==…`;
  return `if (S${stream}F${fn}${which})${seconds > 0 ? ` wait ${seconds}` : ''} ${name}`;
}
