/** Where a reader of SML stands between two lines. */
interface Position {
  /** How many `<` are open. */
  depth: number;
  /** The quote of the text that is open. */
  quote: string | undefined;
  /** Whether a comment of several lines is open. */
  comment: boolean;
  /** The last character that is no white space and in no comment. */
  last: string;
}

const START: Readonly<Position> = { depth: 0, quote: undefined, comment: false, last: '' };
const TOKEN = /\\.|["'<>]|\/\/|\/\*|\*\/|\S/g;

/**
 * Gathers lines until they make whole SML messages: until a full stop or the end of the outermost item, or an empty
 * line after a message without an item. Reads each line once, however many there are.
 */
export class SmlGatherer {
  #lines: string[] = [];
  #position: Position = { ...START };

  /** Whether a message has begun and is not whole. */
  get pending(): boolean {
    return this.#lines.length > 0;
  }

  /** Whether a text or a comment is open, in which any word may stand. */
  get inText(): boolean {
    return this.#position.quote !== undefined || this.#position.comment;
  }

  /** Whether an item is open. */
  get inItem(): boolean {
    return this.#position.depth > 0;
  }

  /** What has begun and what is waited for, in words; undefined where nothing has. */
  get waitsFor(): string | undefined {
    if (!this.pending) return undefined;
    const { quote, comment, depth } = this.#position;
    const begun = (this.#lines.find((line) => line.trim() !== '') ?? '').trim().slice(0, 60);
    const what = comment
      ? '*/, the end of a comment,'
      : quote !== undefined
        ? `${quote}, the end of a text,`
        : depth > 0
          ? `> (${depth} of them)`
          : 'its item, a full stop or an empty line';
    return `${begun} has begun: ${what} is waited for; Ctrl-C takes it back`;
  }

  /** Forgets what has been gathered. */
  clear(): void {
    this.#lines = [];
    this.#position = { ...START };
  }

  /** Takes a line; gives the text that is whole with it, or undefined where more is to come. */
  push(line: string): string | undefined {
    const position = this.#position;
    const blank = line.trim() === '';
    if (blank && !this.pending) return undefined;
    this.#lines.push(line);
    scan(line, position);
    if (position.quote !== undefined || position.comment) return undefined;
    const whole = position.depth <= 0 && (blank || position.last === '.' || position.last === '>');
    // Comments alone are nothing to wait for.
    return whole || position.last === '' ? this.take() : undefined;
  }

  /** What has been gathered, whole or not; undefined where nothing was. */
  take(): string | undefined {
    const text = this.pending ? this.#lines.join('\n') : undefined;
    this.clear();
    return text;
  }
}

function scan(line: string, position: Position): void {
  for (const [token] of line.matchAll(TOKEN)) {
    if (position.comment) {
      if (token === '*/') position.comment = false;
    } else if (position.quote !== undefined) {
      if (token === position.quote) position.quote = undefined;
    } else if (token === '//') {
      return;
    } else if (token === '*' && line.trimStart().startsWith('*')) {
      return;
    } else if (token === '/*') {
      position.comment = true;
    } else {
      if (token === '"' || token === "'") position.quote = token;
      else if (token === '<') position.depth++;
      else if (token === '>') position.depth--;
      position.last = token;
    }
  }
}
