import { decodeItem } from '../../../src/secs2/codec/decode.js';
import { encodeItem } from '../../../src/secs2/codec/encode.js';
import { Secs2Error } from '../../../src/secs2/errors.js';
import { itemFromJSON } from '../../../src/secs2/json/json-read.js';
import type { Item } from '../../../src/secs2/items/item.js';
import { L } from '../../../src/secs2/items/factories.js';
import { parseItem, parseMessages } from '../../../src/secs2/sml/parse.js';
import { printItem } from '../../../src/secs2/sml/print/print.js';
import { Bodies } from './bodies.js';
import { Random } from './random.js';

/** What a run of the fuzzer saw. */
export interface FuzzResult {
  readonly bodies: number;
  readonly valid: number;
  readonly refused: number;
  readonly slowestMs: number;
}

/** One in so many bodies also goes through SML and JSON, which take longer than the codec. */
const TEXT_EVERY = 16;

/**
 * Decodes `count` bodies: valid ones, damaged ones and noise. Each must become an item that gives the same bytes, or be
 * refused with an error of this library.
 *
 * @throws an error that names the number of the body and its bytes, at the first that does neither.
 */
export function fuzzBodies(seed: number, count: number, onProgress?: (done: number) => void): FuzzResult {
  const random = new Random(seed);
  const bodies = new Bodies(random);
  let valid = 0;
  let slowest = 0n;
  for (let i = 0; i < count; i++) {
    const kind = i % 4;
    const body = kind === 0 ? bodies.valid() : kind === 3 ? bodies.noise() : bodies.mutated();
    const start = process.hrtime.bigint();
    try {
      const item = tryDecode(body);
      if (item === undefined && kind === 0) throw new Error('a valid body was refused');
      if (item !== undefined) {
        valid++;
        checkBytes(item, body);
        if (i % TEXT_EVERY === 0) checkText(item, random);
      }
    } catch (error) {
      throw new Error(`seed ${seed}, body ${i}: ${body.toString('hex')}`, { cause: error });
    }
    const time = process.hrtime.bigint() - start;
    if (time > slowest) slowest = time;
    if (i % 100_000 === 99_999) onProgress?.(i + 1);
  }
  return { bodies: count, valid, refused: count - valid, slowestMs: Number(slowest) / 1e6 };
}

function tryDecode(body: Buffer): Item | undefined {
  try {
    return decodeItem(body);
  } catch (error) {
    if (error instanceof Secs2Error) return undefined;
    throw error;
  }
}

function checkBytes(item: Item, body: Buffer): void {
  if (!encodeItem(item).equals(body)) throw new Error('the item does not give its bytes back');
  // As a child of a list that was built around it.
  if (!encodeItem(L(item)).subarray(2).equals(body))
    throw new Error('the item does not give its bytes in a list');
  if (!item.equals(decodeItem(body))) throw new Error('the item does not equal itself');
}

function checkText(item: Item, random: Random): void {
  const text = printItem(item);
  if (!parseItem(text, { strict: true }).identical(item)) throw new Error(`SML does not read back: ${text}`);
  const json = JSON.stringify(item);
  if (!itemFromJSON(JSON.parse(json)).identical(item)) throw new Error(`JSON does not read back: ${json}`);
  tryParse(`S1F1 W ${damage(text, random)}`);
}

/** Cuts, doubles and swaps stretches of a text. */
function damage(text: string, random: Random): string {
  const [a, b] = [random.below(text.length + 1), random.below(text.length + 1)];
  const piece = random.pick([
    '<',
    '>',
    '"',
    "'",
    '[',
    '.',
    '*',
    '/*',
    '0x',
    'L',
    'S1F1',
    '\\',
    '=',
    '',
    'L:9 ',
  ]);
  return text.slice(0, a) + piece + text.slice(b);
}

function tryParse(text: string): void {
  try {
    parseMessages(text, { escapes: 'all' });
  } catch (error) {
    if (!(error instanceof Secs2Error)) throw new Error(`SML: ${text}`, { cause: error });
  }
}
