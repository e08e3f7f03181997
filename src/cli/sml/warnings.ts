import type { SmlWarning, SmlWarningCode } from '../../secs2/index.js';
import { counted } from '../values.js';

const WORDS: Readonly<Record<SmlWarningCode, string>> = {
  count: 'counts that do not agree',
  list: 'closed heads of lists',
  wBit: 'a W on secondary messages',
  escape: 'escapes that are not known',
  quotes: 'doubled quotes',
  unquoted: 'text without quotes',
  byte: 'negative bytes',
  name: 'doubtful names',
  definition: 'doubtful definitions',
  statement: 'statements passed over',
  log: 'lines of a log passed over',
};

/** Gathers what the parser puts up with: the first of each kind, and how many there are. */
export class SmlWarnings {
  readonly #first = new Map<SmlWarningCode, SmlWarning>();
  readonly #counts = new Map<SmlWarningCode, number>();

  /** To be given to the parser. */
  readonly add = (warning: SmlWarning): void => {
    const { code } = warning;
    if (!this.#first.has(code)) this.#first.set(code, warning);
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  };

  /** How many there were. */
  get count(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** One line for each kind, with its number and the first place; none where all was well. */
  get lines(): readonly string[] {
    return [...this.#first].map(([code, warning]) => {
      const count = this.#counts.get(code) ?? 0;
      return count === 1
        ? warningText(warning)
        : `${counted(count, 'warning')} of ${WORDS[code]}, the first: ${warningText(warning)}`;
    });
  }
}

/** One warning in words. */
export function warningText({ line, column, message }: SmlWarning): string {
  return `line ${line}, column ${column}: ${message}`;
}
