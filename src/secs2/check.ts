import { Checks } from '../check.js';
import { Secs2ArgumentError } from './errors.js';
import type { DecodeOptions, EncodeOptions } from './codec/options.js';

/** The checks of this room: they throw its argument error. */
export const check = new Checks((message) => new Secs2ArgumentError(message));

/** What an argument that must be an item is said to be. */
export const AN_ITEM = "an item, as A('x'), U4(1) or L()";

const DECODE_OPTIONS = {
  owner: 'decoding',
  names: { maxDepth: true, maxItems: true, trailingBytes: true, codePage: true, copy: true },
} as const;

const DEPTH_OPTIONS = { owner: 'this call', names: { maxDepth: true } } as const;

/** The options that were found right last: mostly one object serves for every message. */
let rightOptions: DecodeOptions | undefined;

/**
 * Checks how bodies are to be decoded; null means nothing special.
 * @throws Secs2ArgumentError naming the option, its value and what is allowed.
 */
export function checkDecodeOptions(
  options: DecodeOptions | null | undefined,
  name = 'options',
): DecodeOptions | undefined {
  if (options === undefined || options === null) return undefined;
  if (options === rightOptions) return options;
  const read = Object.freeze(check.options(name, options, DECODE_OPTIONS));
  const { maxDepth, maxItems, trailingBytes, codePage, copy } = read;
  if (maxDepth !== undefined) check.number(`${name}.maxDepth`, maxDepth, 0);
  if (maxItems !== undefined) check.number(`${name}.maxItems`, maxItems, 1);
  if (trailingBytes !== undefined) check.oneOf(`${name}.trailingBytes`, trailingBytes, ['error', 'ignore']);
  if (codePage !== undefined) check.text(`${name}.codePage`, codePage);
  if (copy !== undefined) check.boolean(`${name}.copy`, copy);
  rightOptions = read;
  return read;
}

/** Checks the option that bounds how deep lists may nest; undefined where it is not given. */
export function checkMaxDepth(options: EncodeOptions | null | undefined): number | undefined {
  if (options === undefined || options === null) return undefined;
  const { maxDepth } = check.options('options', options, DEPTH_OPTIONS);
  return maxDepth === undefined ? undefined : check.number('options.maxDepth', maxDepth, 0);
}

/** Checks that a part of some bytes lies within them. */
export function checkPart(bytes: Uint8Array, start: number, end: number): void {
  check.bytes('body', bytes);
  check.integer('start', start, 0, bytes.length);
  check.integer('end', end, start, bytes.length);
}

/** Checks that a value is an item, by what all items hold: whoever makes items is above those who check them. */
export function checkItem(name: string, value: unknown): void {
  if (!looksLikeItem(value)) check.refuse(name, AN_ITEM, value);
}

function looksLikeItem(value: unknown): boolean {
  try {
    return typeof value === 'object' && value !== null && 'head' in value && typeof value.head === 'number';
  } catch {
    return false;
  }
}

/** What an argument that must be a message is said to be. */
const A_MESSAGE = 'a SecsMessage, as S(1, 13, L()) or parseMessage() makes';

/**
 * Checks that a value is a message, by what all messages hold; one of another copy of this package is one as well. For a packet it
 * says who sends those.
 */
export function checkMessage(name: string, value: unknown): void {
  if (holds(value, 'bodyBytes', 'isPrimary')) return;
  if (holds(value, 'header', 'writeBody')) {
    check.fail(
      `${name} must be ${A_MESSAGE}, received an HsmsPacket: connection.send(packet) sends those, and packet.message is the message of one`,
    );
  }
  check.refuse(name, A_MESSAGE, value);
}

function holds(value: unknown, first: string, second: string): boolean {
  try {
    return typeof value === 'object' && value !== null && first in value && second in value;
  } catch {
    return false;
  }
}
