import type { Codes } from './nodes.js';

/** One code of a data item. */
export interface CodeEntry {
  /** Its name, as in `HCACK.notNow`. */
  readonly name: string;
  /** The code as it is sent. */
  readonly code: number | string | boolean;
  /** What it means. */
  readonly text: string;
}

/** The codes that a data item is defined with, in order. */
export function entriesOf(codes: Codes): readonly CodeEntry[] {
  return Object.entries(codes).map(([name, value]) =>
    typeof value === 'object'
      ? { name, code: value[0], text: value[1] }
      : { name, code: value, text: name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) },
  );
}
