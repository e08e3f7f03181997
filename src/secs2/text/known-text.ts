import { int32At } from '../items/numbers.js';

/** The fewest and the most bytes of a text that is kept. */
export const KEPT_LEAST = 4;
export const KEPT_MOST = 16;

/**
 * A text of `KEPT_LEAST` to `KEPT_MOST` characters, one byte each, and its bytes as four words, big-endian, that begin at
 * bytes 0, 4 and 8 and end with the last one. Those of a shorter text overlap: with its length they still tell all its bytes.
 */
export class KnownText {
  readonly text: string;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;

  constructor(text: string, a: number, b: number, c: number, d: number) {
    this.text = text;
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }
}

/** Stands where no text is kept: it is as long as none. */
export const NO_TEXT = new KnownText('', 0, 0, 0, 0);

const scratch = Buffer.alloc(KEPT_MOST);

/**
 * The same text as the one string that the engine has of it where it is written down in a program: comparing it with that compares no
 * characters.
 */
export function uniqueText(text: string): string {
  const [unique = text] = Object.keys({ [text]: 0 });
  return unique;
}

/** A known text of its own, which holds on to no longer text that the given one was cut from. */
export function knowText(text: string): KnownText {
  const { length } = text;
  scratch.write(text, 0, 'latin1');
  const last = length - 4;
  return new KnownText(
    uniqueText(scratch.toString('latin1', 0, length)),
    int32At(scratch, 0),
    int32At(scratch, Math.min(4, last)),
    int32At(scratch, Math.min(8, last)),
    int32At(scratch, last),
  );
}

/** Writes the bytes of a known text. */
export function writeKnown({ text, a, b, c, d }: KnownText, view: DataView, position: number): void {
  const last = position + text.length - 4;
  view.setInt32(position, a);
  view.setInt32(Math.min(position + 4, last), b);
  view.setInt32(Math.min(position + 8, last), c);
  view.setInt32(last, d);
}
