import { DEFAULT_MAX_PACKET_BYTES } from '../../../hsms/wire/frame-decoder.js';
import { HEAD_BYTES, headFits } from '../../framing/plausible.js';
import { indentOf, readHexLine } from './hex-line.js';
import { SIDES, UNKNOWN_WAY, type Way } from '../way.js';

/**
 * Tells two sides of a text apart by how far their lines are indented: the first line of bytes is `a`'s. Where `tshark` says
 * that it follows a stream, its first node is `a`.
 */
export class Indentation {
  readonly #twoSided: boolean;
  #first: number | undefined;
  #follows = false;

  /** @param head the beginning of the text */
  constructor(head: string) {
    const indents = new Set<number>();
    for (const line of head.split(/\r\n|\n|\r/)) {
      const read = readHexLine(line, []);
      if (read.kind !== 'bytes' && read.kind !== 'dump') continue;
      const { bytes } = read;
      if (bytes.length >= HEAD_BYTES && headFits(bytes, 0, DEFAULT_MAX_PACKET_BYTES))
        indents.add(indentOf(line));
    }
    this.#twoSided = indents.size > 1;
  }

  /** Whether indentation tells the sides for certain. */
  get isSure(): boolean {
    return this.#follows;
  }

  /** Takes a line that `tshark` prints about a stream. Returns what is worth telling of it; undefined where it is none. */
  said(line: string): string | undefined {
    const [, word, text = ''] = /^\s*(Follow|Filter|Node [01]|=+)(?::\s*(.*))?$/.exec(line.trimEnd()) ?? [];
    if (word === undefined) return undefined;
    if (word === 'Follow') {
      this.#follows = true;
      this.#first = 0;
    }
    return word.startsWith('Node') && /\d/.test(text) ? `${word.endsWith('0') ? 'a' : 'b'} is ${text}` : '';
  }

  /** Whose a line is. */
  wayAt(indent: number): Way {
    this.#first ??= indent;
    if (indent !== this.#first) return SIDES[1];
    return this.#twoSided || this.#follows ? SIDES[0] : UNKNOWN_WAY;
  }
}
