import { SmlError, type Secs2ErrorCode } from '../errors.js';
import { encodeCodePage, type CodePage } from '../text/code-page.js';
import type { SmlParseOptions, SmlWarning } from './parse-options.js';

/** Codes of the characters that SML is made of. */
export const Char = {
  newline: 10,
  space: 32,
  bang: 33,
  doubleQuote: 34,
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
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
} as const;

/** SML text and how far it has been read. It is read once, from front to back. */
export class SmlSource {
  readonly text: string;
  readonly options: SmlParseOptions;
  readonly strict: boolean;
  /** Whether ASCII between the quotes of an A item is its own bytes in the code page: it is not in UTF-16. */
  readonly asciiText: boolean;
  /** Index of the next character. */
  position = 0;
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

  /** Throws an error that says where. */
  fail(code: Secs2ErrorCode, problem: string, offset: number): never {
    throw new SmlError(code, problem, this.locate(offset));
  }

  /** Reports what is put up with; an error where the text is read strictly. */
  tolerate(code: SmlWarning['code'], problem: string, offset: number): void {
    if (this.strict) {
      this.fail(
        code === 'count' ? 'SML_BAD_COUNT' : code === 'wBit' ? 'SML_BAD_HEADER' : 'SML_BAD_VALUE',
        problem,
        offset,
      );
    }
    this.options.onWarning?.({ code, message: problem, ...this.locate(offset) });
  }

  /** Line and column of an index. The lines are found once, however many places are asked for. */
  private locate(offset: number): { line: number; column: number; offset: number } {
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
