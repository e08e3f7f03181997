import {
  parseMessage,
  parseMessages,
  SmlError,
  type Item,
  type SecsMessage,
  type SmlMessage,
  type SmlParseOptions,
} from '../../secs2/index.js';
import { UsageError } from '../exit-codes.js';
import { Template, TemplateError, type MacroContext } from './template.js';

/** One reply and what it answers. */
interface Rule {
  /** The name of the primary that it answers, as in `S1F1`. */
  readonly primary: string;
  /** The item that the primary must have; undefined where any will do. */
  readonly item: Item | undefined;
  readonly line: number;
  /** The reply itself, or what it is made of each time. */
  readonly reply: SecsMessage | Template;
}

/**
 * Replies by the primaries that they answer. In the text, a secondary message answers the primary of its stream and the
 * function before. A primary in front of it narrows that down: only a primary with the same item is answered so. A
 * reply of function 0 needs a primary in front of it.
 */
export class ReplyRules {
  readonly #rules = new Map<string, Rule[]>();
  readonly #options: SmlParseOptions;

  /** @throws UsageError naming file, line and column of what cannot be. */
  constructor(file: string, text: string, options: SmlParseOptions = {}) {
    this.#options = options;
    for (const rule of readRules(file, text, options)) this.#add(file, rule);
  }

  /** How many replies there are. */
  get size(): number {
    let size = 0;
    for (const rules of this.#rules.values()) size += rules.length;
    return size;
  }

  /**
   * The reply to a primary; undefined where there is none.
   * @throws TemplateError, SmlError where its macros give no message.
   */
  answer(context: MacroContext): SecsMessage | undefined {
    const { primary } = context;
    const rules = this.#rules.get(primary.name) ?? [];
    const item = primary.itemError === undefined ? primary.item : undefined;
    const rule =
      rules.find((known) => sameItem(known.item, item)) ?? rules.find((known) => known.item === undefined);
    if (rule === undefined) return undefined;
    const { reply } = rule;
    return reply instanceof Template ? parseMessage(reply.render(context), this.#options) : reply;
  }

  #add(file: string, rule: Rule): void {
    const rules = this.#rules.get(rule.primary) ?? [];
    const other = rules.find(({ item }) => sameItem(item, rule.item));
    if (other !== undefined) {
      throw new UsageError(
        `${file}: line ${rule.line}: ${rule.primary} is answered by line ${other.line} already`,
      );
    }
    this.#rules.set(rule.primary, [...rules, rule]);
  }
}

/** A text, and where its lines start. */
class Lines {
  readonly text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.#starts.push(i + 1);
  }

  /** Where a line starts, from 1; the end of the text for one beyond it. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }

  /** `line 3, column 7` of an index. */
  placeOf(offset: number): string {
    let line = 1;
    while (this.startOf(line + 1) <= offset && line < this.#starts.length) line++;
    return `line ${line}, column ${offset - this.startOf(line) + 1}`;
  }
}

function sameItem(a: Item | undefined, b: Item | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}

function* readRules(file: string, text: string, options: SmlParseOptions): Generator<Rule> {
  const lines = new Lines(text);
  const template = inFile(file, lines, () => new Template(text));
  const sample = template.sample();
  const messages = inFile(file, lines, () => parseMessages(sample.text, options), sample.sourceOf);
  let pattern: SmlMessage | undefined;
  for (const [index, found] of messages.entries()) {
    const { message, line } = found;
    const start = lines.startOf(line);
    const end = lines.startOf(messages[index + 1]?.line ?? Infinity);
    const hasMacros = template.hasMacros(start, Math.max(end, start + 1));
    if (message.isPrimary) {
      checkPattern(file, found, messages[index + 1]);
      if (hasMacros) fail(file, line, `${message.name} is what a reply answers: it can have no macros`);
      pattern = found;
      continue;
    }
    if (pattern === undefined && message.function === 0) {
      fail(file, line, `${message.name} needs the primary that it answers in front of it, as in S2F41 W.`);
    }
    yield {
      primary: pattern?.message.name ?? `S${message.stream}F${message.function - 1}`,
      item: pattern?.message.item,
      line,
      reply: hasMacros ? part(file, text.slice(start, end), found, options) : message,
    };
    pattern = undefined;
  }
}

/** A primary must be followed by its reply. */
function checkPattern(file: string, { message, line }: SmlMessage, next: SmlMessage | undefined): void {
  const { stream, function: fn } = message;
  const reply = next?.message;
  if (reply?.stream === stream && (reply.function === fn + 1 || reply.function === 0)) return;
  const found = reply === undefined ? 'the end of the file' : reply.name;
  fail(
    file,
    line,
    `${message.name} must be followed by its reply, S${stream}F${fn + 1} or S${stream}F0, not by ${found}`,
  );
}

/** The part of the text that makes one reply. */
function part(file: string, text: string, { message, line }: SmlMessage, options: SmlParseOptions): Template {
  const template = new Template(text);
  try {
    if (parseMessage(template.sample().text, options).name === message.name) return template;
  } catch {
    // Said below.
  }
  fail(
    file,
    line,
    `${message.name} has macros: it, and what follows it, must each start on a line of its own`,
  );
}

function fail(file: string, line: number, problem: string): never {
  throw new UsageError(`${file}: line ${line}: ${problem}`);
}

/** Has faults of a text say where in the file they are. */
function inFile<T>(
  file: string,
  lines: Lines,
  act: () => T,
  sourceOf = (offset: number): number => offset,
): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof TemplateError || error instanceof SmlError) {
      const problem = error.message.replace(/ \(line \d+, column \d+\)$/, '');
      throw new UsageError(`${file}: ${lines.placeOf(sourceOf(error.offset))}: ${problem}`, { cause: error });
    }
    throw error;
  }
}
