import {
  parseLibrary,
  parseMessage,
  SmlError,
  type Item,
  type SecsMessage,
  type SmlIfStatement,
  type SmlMessage,
  type SmlParseOptions,
  type SmlStatement,
} from '../../secs2/index.js';
import { UsageError } from '../exit-codes.js';
import { SmlWarnings } from '../sml/warnings.js';
import { sameItem } from './items.js';
import { Lines } from './lines.js';
import { Template, TemplateError } from './template.js';

/** One reply and what it answers. */
export interface Rule {
  /** The name of the primary that it answers, as in `S1F1`. */
  readonly primary: string;
  /** The item that the primary must have; undefined where any will do. */
  readonly item: Item | undefined;
  readonly line: number;
  /** The reply itself, or what it is made of each time. */
  readonly message: SecsMessage | Template;
}

/** A message that a statement names. */
interface Named {
  readonly seconds: number;
  readonly name: string;
  readonly message: SecsMessage | Template;
}

/** `if (S6F11) ack.` */
export interface Sending extends Named {
  /** The name of the message that has to come. */
  readonly primary: string;
  readonly condition: SmlIfStatement['condition'];
  /** Whether it is the reply to that message, rather than one of its own. */
  readonly answers: boolean;
}

/** What a file of replies says. */
export interface RulesOfFile {
  /** By the primaries that they answer. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
  readonly sendings: readonly Sending[];
  readonly repeated: readonly Named[];
  /** Its `#define` lines: what replies with macros are read with. */
  readonly definitions: string;
  readonly warnings: readonly string[];
}

/** A message of the file, and what it is made of. */
interface Entry {
  readonly found: SmlMessage;
  readonly message: SecsMessage | Template;
  readonly hasMacros: boolean;
}

/** Reads a file of replies, of a scenario, or a library of messages. @throws UsageError naming file, line and column. */
export function readRules(file: string, text: string, options: SmlParseOptions): RulesOfFile {
  return new Reading(file, text, options).read();
}

class Reading {
  readonly #file: string;
  readonly #text: string;
  readonly #options: SmlParseOptions;
  readonly #lines: Lines;
  readonly #definitions: string;
  readonly #warnings: string[] = [];
  readonly #rules = new Map<string, Rule[]>();

  constructor(file: string, text: string, options: SmlParseOptions) {
    this.#file = file;
    this.#text = text;
    this.#options = options;
    this.#lines = new Lines(text);
    this.#definitions = (text.match(/^[ \t]*#[ \t]*define[^\n]*\n/gm) ?? []).join('');
  }

  read(): RulesOfFile {
    const template = this.#inFile(() => new Template(this.#text));
    const sample = template.sample();
    const warnings = new SmlWarnings();
    const { messages, statements } = this.#inFile(
      () => parseLibrary(sample.text, { ...this.#options, onWarning: warnings.add }),
      sample.sourceOf,
    );
    this.#warnings.push(...warnings.lines);
    const entries = this.#entries(template, messages, statements);
    const named = new Names(entries);
    const sendings: Sending[] = [];
    const repeated: Named[] = [];
    for (const statement of statements) {
      const entry = this.#target(named, statement);
      if (entry === undefined) continue;
      const { name, seconds } = statement;
      if (statement.kind === 'every') repeated.push({ seconds, name, message: entry.message });
      else sendings.push(this.#sending(statement, entry));
    }
    const isLibrary =
      statements.length > 0 || entries.some((entry, i) => this.#isInLibrary(entry, entries[i + 1]));
    this.#addRules(entries, isLibrary, new Set(sendings.map(({ primary }) => primary)));
    return {
      rules: this.#rules,
      sendings,
      repeated,
      definitions: this.#definitions,
      warnings: this.#warnings,
    };
  }

  #entries(
    template: Template,
    messages: readonly SmlMessage[],
    statements: readonly SmlStatement[],
  ): Entry[] {
    const starts = [...messages, ...statements].map(({ line }) => line).sort((a, b) => a - b);
    let follower = 0;
    return messages.map((found, index) => {
      const start = this.#lines.startOf(found.line);
      const next = messages[index + 1]?.line ?? Infinity;
      while ((starts[follower] ?? Infinity) <= found.line) follower++;
      const end = this.#lines.startOf(starts[follower] ?? Infinity);
      const hasMacros = template.hasMacros(start, Math.max(this.#lines.startOf(next), start + 1));
      const message = hasMacros ? this.#part(this.#text.slice(start, end), found) : found.message;
      return { found, message, hasMacros };
    });
  }

  /**
   * Whether a primary is a message to be sent by its name, not what a reply answers: no reply follows it, or one with a
   * name of its own.
   */
  #isInLibrary({ found }: Entry, next: Entry | undefined): boolean {
    if (!found.message.isPrimary || found.name === undefined) return false;
    if (!isReply(next?.found.message, found.message)) return true;
    return this.#hasLeadingName(found) && next !== undefined && this.#hasLeadingName(next.found);
  }

  #hasLeadingName({ name, line }: SmlMessage): boolean {
    if (name === undefined) return false;
    const text = this.#text.slice(this.#lines.startOf(line), this.#lines.startOf(line + 1)).trimStart();
    return text.startsWith(name, /^["']/.test(text) ? 1 : 0) && text.includes(':');
  }

  #addRules(entries: readonly Entry[], isLibrary: boolean, stated: ReadonlySet<string>): void {
    let pattern: SmlMessage | undefined;
    for (const [index, { found, message, hasMacros }] of entries.entries()) {
      const inLibrary = isLibrary && found.name !== undefined;
      if (found.message.isPrimary) {
        pattern = undefined;
        if (inLibrary) continue;
        this.#checkPattern(found, entries[index + 1]?.found.message);
        if (hasMacros) {
          this.#fail(found.line, `${found.message.name} is what a reply answers: it can have no macros`);
        }
        pattern = found;
        continue;
      }
      this.#addReply(found, message, pattern, inLibrary, stated);
      pattern = undefined;
    }
  }

  #addReply(
    found: SmlMessage,
    message: SecsMessage | Template,
    pattern: SmlMessage | undefined,
    inLibrary: boolean,
    stated: ReadonlySet<string>,
  ): void {
    const { stream, function: fn, name, itemError } = found.message;
    if (pattern === undefined && fn === 0) {
      // Statements may send it by its name.
      if (inLibrary) return;
      this.#fail(found.line, `${name} needs the primary that it answers in front of it, as in S2F41 W.`);
    }
    const primary = pattern?.message.name ?? `S${stream}F${fn - 1}`;
    if (pattern === undefined && stated.has(primary)) return;
    if (itemError !== undefined) {
      this.#warn(found.line, `${itemError.message}: it answers nothing`);
      return;
    }
    const rule: Rule = { primary, item: pattern?.message.item, line: found.line, message };
    const known = this.#rules.get(primary) ?? [];
    const other = known.find(({ item }) => sameItem(item, rule.item));
    if (other === undefined) {
      known.push(rule);
      this.#rules.set(primary, known);
    } else if (inLibrary) {
      this.#warn(found.line, `${primary} is answered by line ${other.line}, not by ${found.name} as well`);
    } else this.#fail(found.line, `${primary} is answered by line ${other.line} already`);
  }

  /** The message that a statement names; undefined, with a warning, where there is none that could be sent. */
  #target(names: Names, { name, line }: SmlStatement): Entry | undefined {
    const [entry, more] = names.find(name);
    if (entry === undefined) {
      this.#warn(line, `there is no message ${JSON.stringify(name)}: this statement does nothing`);
      return undefined;
    }
    if (more !== undefined) {
      this.#warn(
        line,
        `${JSON.stringify(name)} is in line ${entry.found.line} and in line ${more.found.line}: the first is sent`,
      );
    }
    const { itemError } = entry.found.message;
    if (itemError === undefined) return entry;
    this.#warn(line, `${itemError.message}: this statement does nothing`);
    return undefined;
  }

  #sending(statement: SmlIfStatement, { found, message }: Entry): Sending {
    const { stream, function: fn, condition, seconds, name, line } = statement;
    const primary = `S${stream}F${fn}`;
    const answers = !found.message.isPrimary;
    const fits =
      found.message.stream === stream && [0, fn + 1].includes(found.message.function) && fn % 2 === 1;
    if (answers && !fits) {
      this.#fail(line, `${found.message.name} (${name}) is no reply to ${primary}`);
    }
    return { primary, condition, seconds, name, message, answers };
  }

  /** A primary must be followed by its reply. */
  #checkPattern({ message, line }: SmlMessage, next: SecsMessage | undefined): void {
    if (isReply(next, message)) return;
    const { stream, function: fn } = message;
    const found = next === undefined ? 'the end of the file' : next.name;
    this.#fail(
      line,
      `${message.name} must be followed by its reply, S${stream}F${fn + 1} or S${stream}F0, not by ${found}`,
    );
  }

  /** The part of the text that makes one message. */
  #part(text: string, { message, line }: SmlMessage): Template {
    const template = new Template(text);
    try {
      const sample = `${this.#definitions}${template.sample().text}`;
      if (parseMessage(sample, this.#options).name === message.name) return template;
    } catch {
      // Said below.
    }
    this.#fail(
      line,
      `${message.name} has macros: it, and what follows it, must each start on a line of its own`,
    );
  }

  #warn(line: number, problem: string): void {
    this.#warnings.push(`line ${line}: ${problem}`);
  }

  #fail(line: number, problem: string): never {
    throw new UsageError(`${this.#file}: line ${line}: ${problem}`);
  }

  /** Has faults of a text say where in the file they are. */
  #inFile<T>(act: () => T, sourceOf = (offset: number): number => offset): T {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof TemplateError || error instanceof SmlError)) throw error;
      const problem = error.message.replace(/ \(line \d+, column \d+\)$/, '');
      const place = this.#lines.placeOf(sourceOf(error.offset));
      throw new UsageError(`${this.#file}: ${place}: ${problem}`, { cause: error });
    }
  }
}

function isReply(reply: SecsMessage | undefined, { stream, function: fn }: SecsMessage): boolean {
  return reply?.stream === stream && (reply.function === fn + 1 || reply.function === 0);
}

/** Messages by their names; those without one by stream and function. */
class Names {
  readonly #named = new Map<string, Entry[]>();
  readonly #headers = new Map<string, Entry[]>();

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) {
      const { name, message } = entry.found;
      if (name !== undefined) add(this.#named, name, entry);
      add(this.#headers, message.name, entry);
    }
  }

  find(name: string): readonly Entry[] {
    return this.#named.get(name) ?? this.#headers.get(name.toUpperCase()) ?? [];
  }
}

function add(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else entries.push(entry);
}
