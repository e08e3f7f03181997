import type { Item } from '../items/item.js';
import type { SecsMessage } from '../message.js';
import { check } from '../check.js';
import { parseItemAt } from './parse-item.js';
import { parseMessageAt, type SmlMessage } from './parse-message.js';
import { checkParseOptions, type SmlParseOptions } from './parse-options.js';
import { Char, SmlSource } from './source.js';

/**
 * Reads all messages of an SML text, in time that grows with its length only.
 *
 * @throws SmlError with line and column; Secs2TextError for a code page that is not known.
 */
export function parseMessages(text: string, options: SmlParseOptions = {}): SmlMessage[] {
  const source = openSource(text, options);
  const messages: SmlMessage[] = [];
  let line = 1;
  let lineEnd = text.indexOf('\n');
  for (;;) {
    skipStops(source);
    if (source.position >= text.length) return messages;
    for (; lineEnd >= 0 && lineEnd < source.position; lineEnd = text.indexOf('\n', lineEnd + 1)) line++;
    messages.push(parseMessageAt(source, line));
  }
}

/**
 * Reads an SML text of exactly one message.
 *
 * @throws SmlError with line and column, also where there is no message or a second one.
 */
export function parseMessage(text: string, options: SmlParseOptions = {}): SecsMessage {
  const source = openSource(text, options);
  skipStops(source);
  const { message } = parseMessageAt(source, 1);
  expectEnd(source, 'one message');
  return message;
}

/**
 * Reads an SML text of exactly one item: `<L[2] <A "MDLN"> <U4 1>>`.
 *
 * @throws SmlError with line and column, also where there is no item or a second one.
 */
export function parseItem(text: string, options: SmlParseOptions = {}): Item {
  const source = openSource(text, options);
  const item = parseItemAt(source);
  expectEnd(source, 'one item');
  return item;
}

function openSource(text: string, options: SmlParseOptions): SmlSource {
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
