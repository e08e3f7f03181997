import { SmlError, SmlTemplateError, type Secs2ErrorCode } from '../errors.js';
import { encodeCodePage, type CodePage } from '../text/code-page.js';
import type { SmlParseOptions, SmlWarningCode } from './parse-options.js';

/** Codes of the characters that SML is made of. */
export const Char = {
  newline: 10,
  space: 32,
  bang: 33,
  doubleQuote: 34,
  hash: 35,
  singleQuote: 39,
  parenthesis: 40,
  star: 42,
  plus: 43,
  comma: 44,
  minus: 45,
  dot: 46,
  slash: 47,
  zero: 48,
  one: 49,
  nine: 57,
  colon: 58,
  less: 60,
  equal: 61,
  greater: 62,
  at: 64,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
} as const;

/** A place in a text. */
export interface SmlPlace {
  /** Line in the text, from 1. */
  readonly line: number;
  /** Column in the text, from 1, in UTF-16 units. */
  readonly column: number;
  /** Index in the text, from 0, in UTF-16 units. */
  readonly offset: number;
}

/** What a template leaves open: `<V>`, `...`, or the name of a value. */
export interface SmlPlaceholder extends SmlPlace {
  /** What stands there: `V`, `...`, or a name. */
  readonly name: string;
}

/** Errors that warnings are where the text is read strictly; the others stay warnings. */
const STRICT_ERRORS: Partial<Record<SmlWarningCode, Secs2ErrorCode>> = {
  count: 'SML_BAD_COUNT',
  list: 'SML_BAD_COUNT',
  wBit: 'SML_BAD_HEADER',
  escape: 'SML_BAD_VALUE',
  quotes: 'SML_BAD_VALUE',
  unquoted: 'SML_BAD_VALUE',
  byte: 'SML_BAD_VALUE',
  definition: 'SML_SYNTAX',
};

/** What most messages leave open; never added to. */
const NONE: SmlPlaceholder[] = [];

/** SML text and how far it has been read. It is read once, from front to back. */
export class SmlSource {
  readonly text: string;
  readonly options: SmlParseOptions;
  readonly strict: boolean;
  /** Whether ASCII between the quotes of an A item is its own bytes in the code page: it is not in UTF-16. */
  readonly asciiText: boolean;
  /** What `#define` gave names to, so far. */
  definitions: Map<string, string> | undefined;
  /** Index of the next character. */
  position = 0;
  /** Whether a message may be a template. */
  templates = false;
  /** Whether formats have their long names in this text, as in `<UINT4 7>`. */
  longNames = false;
  /** Whether counts were seen without brackets behind long names. */
  longCounts = false;
  /** What the message being read leaves open. */
  placeholders: SmlPlaceholder[] = NONE;
  /** Whether the message being read has a place where an item of any format, or any number of items, may stand. */
  open = false;
  private lineStarts: number[] | undefined;

  constructor(text: string, options: SmlParseOptions) {
    this.text = text;
    this.options = options;
    this.strict = options.strict === true;
    this.asciiText = options.codePage === undefined || keepsAscii(options.codePage);
  }

  /** The code of the next character; NaN at the end. */
  peek(): number {
    const { text, position } = this;
    // An index past the end would make every later call of charCodeAt slow.
    return position < text.length ? text.charCodeAt(position) : NaN;
  }

  /** Moves past white space and comments: `// …`, `/* … *\/`, and `* …` to the end of the line. */
  skip(): void {
    const { text } = this;
    const { length } = text;
    let p = this.position;
    for (;;) {
      // An index past the end would make every later call of charCodeAt slow.
      while (p < length && text.charCodeAt(p) <= Char.space) p++;
      this.position = p;
      if (p >= length) return;
      const code = text.charCodeAt(p);
      if (code === 0xfeff || code === 0xa0 || code === 0x3000) this.position++;
      else if (code === Char.star) this.skipLine();
      else if (code !== Char.slash) return;
      else if (text.charCodeAt(p + 1) === Char.slash) this.skipLine();
      else if (text.charCodeAt(p + 1) === Char.star) this.skipBlock();
      else return;
      p = this.position;
    }
  }

  private skipLine(): void {
    const end = this.text.indexOf('\n', this.position);
    this.position = end < 0 ? this.text.length : end;
  }

  private skipBlock(): void {
    const end = this.text.indexOf('*/', this.position + 2);
    if (end < 0) this.fail('SML_SYNTAX', 'this comment has no end: */ is missing', this.position);
    this.position = end + 2;
  }

  /** Moves past spaces and tabs only. */
  skipBlanks(): void {
    for (let code = this.peek(); code === Char.space || code === 9; code = this.peek()) this.position++;
  }

  /** Whether a line ends, or the text, between the position and the next thing to read. */
  atLineEnd(): boolean {
    const code = this.peek();
    return code === Char.newline || code === 13 || Number.isNaN(code);
  }

  /** Reads what a sticky pattern matches here, and moves past it. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.position += match[0].length;
    return match;
  }

  /** Whether a sticky pattern matches here. */
  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    return pattern.test(this.text);
  }

  /** The next character in words. */
  found(): string {
    const code = this.text.codePointAt(this.position);
    return code === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(code));
  }

  /** The next word, or character, in words. */
  foundWord(): string {
    const word = this.sees(/\w/y) ? /\w{1,40}/y : undefined;
    if (word === undefined) return this.found();
    word.lastIndex = this.position;
    return JSON.stringify(word.exec(this.text)?.[0] ?? '');
  }

  /** Throws an error that says where. */
  fail(code: Secs2ErrorCode, problem: string, offset: number): never {
    throw new SmlError(code, problem, this.locate(offset));
  }

  /** Reports what is put up with; an error where the text is read strictly. */
  tolerate(code: SmlWarningCode, problem: string, offset: number): void {
    const strict = this.strict ? STRICT_ERRORS[code] : undefined;
    if (strict !== undefined) this.fail(strict, problem, offset);
    this.options.onWarning?.({ code, message: problem, ...this.locate(offset) });
  }

  /** Forgets what the message before left open. */
  startMessage(): void {
    this.placeholders = NONE;
    this.open = false;
  }

  /** Notes that the message leaves something open, and so is a template. */
  leaveOpen(name: string, offset: number): void {
    if (!this.templates) {
      throw new SmlTemplateError(
        `${name === 'V' ? '<V>' : name} has no value: this is a template`,
        this.locate(offset),
      );
    }
    // Few messages leave anything open: the list of those that do not is one and the same.
    if (this.placeholders.length === 0) this.placeholders = [];
    this.placeholders.push({ name, ...this.locate(offset) });
  }

  /** Line and column of an index. The lines are found once, however many places are asked for. */
  locate(offset: number): SmlPlace {
    const starts = (this.lineStarts ??= findLines(this.text));
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset };
  }
}

const ASCII = String.fromCharCode(...Array(128).keys());

function keepsAscii(codePage: CodePage): boolean {
  try {
    return encodeCodePage(ASCII, codePage).equals(Buffer.from(ASCII));
  } catch {
    return false;
  }
}

function findLines(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
