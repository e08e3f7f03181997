import type { TapWay } from '../../secs1/index.js';

/** Bytes of a dump of a line, with what stands beside them. */
export interface DumpedBytes {
  readonly bytes: Buffer;
  readonly way: TapWay;
  /** Milliseconds since midnight, as far as a time stands there. */
  readonly at: number | undefined;
}

const DAY = 86_400_000;

const HAND_SHAKES: Readonly<Record<string, number>> = { ENQ: 0x05, EOT: 0x04, ACK: 0x06, NAK: 0x15 };

/** Arrows say more than words: `host <- tool`. */
const WAYS: readonly (readonly [RegExp, TapWay])[] = [
  [/->|>>|=>/, 'first'],
  [/<-|<<|<=/, 'second'],
  [/\b(?:tx|send|sent|out|output|write|host|h)\b/i, 'first'],
  [/\b(?:rx|recv|received?|in|input|read|equipment|eqp?|tool|e)\b/i, 'second'],
];
const TIME = /(?<!\d)(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,6})\d*)?/;
const DATE = /\b\d{2,4}[-/.]\d{1,2}[-/.]\d{1,4}\b[T ]?/;

/** Whether a file is text that a dump may be in, and not the bytes themselves. */
export function isDumpText(bytes: Buffer): boolean {
  return bytes.subarray(0, 4096).every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);
}

/**
 * A line of a dump: bytes in hexadecimal, or hand-shakes by name, with a time and a direction before them, if any; text behind `|`, `;` or
 * `#` is none of them. Undefined for a line without bytes.
 */
export function dumpedBytes(line: string): DumpedBytes | undefined {
  const [, hours, minutes, seconds, fraction = ''] = TIME.exec(line) ?? [];
  const at =
    hours === undefined
      ? undefined
      : ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 +
        Number(fraction.padEnd(6, '0')) / 1000;
  const rest = line
    .replace(DATE, ' ')
    .replace(TIME, ' ')
    .replace(/[|;#].*$/, ' ');
  const bytes = bytesOf(rest);
  if (bytes === undefined) return undefined;
  const words = rest.replace(/\b(?:ENQ|EOT|ACK|NAK)\b/gi, ' ').replace(/\b[0-9a-f]{2,}\b/gi, ' ');
  const way = WAYS.find(([sign]) => sign.test(words))?.[1];
  return { bytes, way, at };
}

/** The tokens at the end of a line that are bytes; an offset before them is none. */
function bytesOf(text: string): Buffer | undefined {
  const tokens = text
    .trim()
    .split(/[\s,<>[\]]+/)
    .filter((token) => token !== '');
  const found: number[][] = [];
  for (const token of tokens.reverse()) {
    const bytes = tokenBytes(token);
    if (bytes === undefined) break;
    found.unshift(bytes);
  }
  // `00000010 0a 00`: all others have one byte, and it has more.
  const isOffset =
    found.length > 1 && (found[0]?.length ?? 0) > 1 && found.slice(1).every(({ length }) => length === 1);
  const bytes = (isOffset ? found.slice(1) : found).flat();
  return bytes.length === 0 ? undefined : Buffer.from(bytes);
}

function tokenBytes(token: string): number[] | undefined {
  const named = HAND_SHAKES[token.toUpperCase()];
  if (named !== undefined) return [named];
  const digits = token.replace(/^0x/i, '').replace(/^\\x/i, '');
  if (!/^(?:[0-9a-f]{2})+$/i.test(digits)) return undefined;
  return [...Buffer.from(digits, 'hex')];
}

/** Times of a day as one scale: behind midnight they go on. */
export class DumpClock {
  #last = 0;
  #days = 0;

  at(time: number | undefined): number | undefined {
    if (time === undefined) return undefined;
    // A step back of more than half a day is midnight; a smaller one, a clock that was set.
    if (time < this.#last - DAY / 2) this.#days++;
    this.#last = time;
    return this.#days * DAY + time;
  }
}
