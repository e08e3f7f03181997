import type { Item } from '../items/item.js';
import type { SecsMessage } from '../message.js';
import { check } from '../check.js';
import { takeDefinition } from './item/definitions.js';
import { seesLog, takeLogPrefix, type LogPrefix } from './message/log-prefix.js';
import { parseItemAt } from './item/parse-item.js';
import { parseMessageAt, type SmlMessage } from './message/parse-message.js';
import { checkParseOptions, type SmlParseOptions } from './parse-options.js';
import { Char, SmlSource } from './source.js';
import { statementText, takeStatement, type SmlStatement } from './message/statements.js';

const LETTER_S = 83;
const SENT = /SE?N/iy;

/** What an SML text holds: its messages, and what a scenario does with them. */
export interface SmlLibrary {
  readonly messages: readonly SmlMessage[];
  readonly statements: readonly SmlStatement[];
}

/**
 * Reads all messages of an SML text, in time that grows with its length only. Templates are among them: see
 * `placeholders`. Statements of a scenario are passed over with a warning each; {@link parseLibrary} reads them.
 *
 * @example
 * ```ts
 * import { parseMessages } from 'rxsecs/secs2';
 *
 * for (const { message } of parseMessages('S1F1 W. S1F2 <L <A "ETCHER"> <A "1.0">>.')) {
 *   console.log(message.name, message.wBit, String(message.item));
 * }
 * ```
 * @throws SmlError with line and column; Secs2TextError for a code page that is not known.
 */
export function parseMessages(text: string, options?: SmlParseOptions): SmlMessage[] {
  return readAll(openSource(text, options), (source, statement) => {
    source.tolerate(
      'statement',
      `this statement of a scenario is passed over: ${statementText(statement)}`,
      statement.offset,
    );
  });
}

/**
 * Reads all messages of an SML text, and the statements of a scenario: `if (S6F11) ack.`, `every 10 send hello.`
 *
 * @example
 * ```ts
 * import { parseLibrary } from 'rxsecs/secs2';
 *
 * const { messages, statements } = parseLibrary('hello: S1F1 W.\nevery 10 send hello.');
 * console.log(messages[0]?.name, statements.length);
 * ```
 * @throws what {@link parseMessages} throws.
 */
export function parseLibrary(text: string, options?: SmlParseOptions): SmlLibrary {
  const statements: SmlStatement[] = [];
  const messages = readAll(openSource(text, options), (_source, statement) => statements.push(statement));
  return { messages, statements };
}

function readAll(
  source: SmlSource,
  onStatement: (source: SmlSource, statement: SmlStatement) => void,
): SmlMessage[] {
  const { text } = source;
  const messages: SmlMessage[] = [];
  let line = 1;
  let lineEnd = text.indexOf('\n');
  source.templates = true;
  for (;;) {
    const prefix = skipToMessage(source, onStatement);
    if (source.position >= text.length) return messages;
    for (; lineEnd >= 0 && lineEnd < source.position; lineEnd = text.indexOf('\n', lineEnd + 1)) line++;
    messages.push(parseMessageAt(source, line, prefix));
  }
}

/** Moves past all that may stand between messages; what a log says in front of the next one is kept. */
function skipToMessage(
  source: SmlSource,
  onStatement: (source: SmlSource, statement: SmlStatement) => void,
): LogPrefix | undefined {
  let prefix: LogPrefix | undefined;
  for (;;) {
    skipStops(source);
    // Nearly always, a plain header.
    if ((source.peek() === LETTER_S && !source.sees(SENT)) || Number.isNaN(source.peek())) return prefix;
    if (takeDefinition(source)) continue;
    const statement = takeStatement(source);
    if (statement !== undefined) {
      onStatement(source, statement);
      continue;
    }
    if (!seesLog(source)) return prefix;
    prefix ??= { time: undefined, direction: undefined, systemBytes: undefined, name: undefined };
    takeLogPrefix(source, prefix);
  }
}

/**
 * Reads an SML text of exactly one message.
 *
 * @example
 * ```ts
 * import { parseMessage } from 'rxsecs/secs2';
 *
 * const message = parseMessage('S1F3 W <L <U4 1001>>.');
 * console.log(message.name, message.item?.at(0).number);
 * ```
 * @throws SmlError with line and column, also where there is no message or a second one.
 */
export function parseMessage(text: string, options?: SmlParseOptions): SecsMessage {
  const source = openSource(text, options);
  skipStops(source);
  while (takeDefinition(source)) skipStops(source);
  const { message } = parseMessageAt(source, 1);
  expectEnd(source, 'one message');
  return message;
}

/**
 * Reads an SML text of exactly one item: `<L[2] <A "MDLN"> <U4 1>>`.
 *
 * @example
 * ```ts
 * import { parseItem } from 'rxsecs/secs2';
 *
 * const item = parseItem('<L <U4 1001> <A "IDLE">>');
 * console.log(item.at(0).number); // 1001
 * ```
 * @throws SmlError with line and column, also where there is no item or a second one.
 */
export function parseItem(text: string, options?: SmlParseOptions): Item {
  const source = openSource(text, options);
  const item = parseItemAt(source);
  expectEnd(source, 'one item');
  return item;
}

function openSource(text: string, options: SmlParseOptions | undefined): SmlSource {
  check.text('text', text);
  return new SmlSource(text, checkParseOptions(options));
}

/** Full stops may stand anywhere between messages. */
function skipStops(source: SmlSource): void {
  for (source.skip(); source.peek() === Char.dot; source.skip()) source.position++;
}

function expectEnd(source: SmlSource, what: string): void {
  skipStops(source);
  if (source.position < source.text.length) {
    source.fail('SML_SYNTAX', `${what} is all that is expected, not also ${source.found()}`, source.position);
  }
}
