import type { Item } from '../../items/item.js';
import { message, SecsMessage } from '../../message.js';
import { SmlTemplateError } from '../../errors.js';
import { isWordCode } from '../item/item-head.js';
import { seesLog, type LogPrefix } from './log-prefix.js';
import { HEADER, takeLeadingName } from './message-name.js';
import { parseItemAt, seesItem, skipLabel } from '../item/parse-item.js';
import { Char, type SmlPlaceholder, type SmlSource } from '../source.js';
import { TemplateItem } from './template-item.js';

/** A message as it stands in SML: the message, and what its header says beside. */
export interface SmlMessage {
  /**
   * The message itself. That of a template has no bytes: its `body` throws a SmlTemplateError that says what is left open, and so
   * does sending it; `itemError` has the same error. Its `item` has no values where they are left open, and throws
   * where an item of any format may stand.
   */
  readonly message: SecsMessage;
  /** What a template leaves open: `<V>`, `...`, names in place of values. Undefined for a message that can be sent. */
  readonly placeholders: readonly SmlPlaceholder[] | undefined;
  /** Line on which it starts, from 1. */
  readonly line: number;
  /** Its name or title, where it has one. */
  readonly name: string | undefined;
  /** Its direction as written: `INPUT`, `OUTPUT`, `H->E`; of a log `SEND`, `RECV`, `-->` … */
  readonly direction: string | undefined;
  /** Whether the header said `[W]`: a reply is optional. The message then expects one if it is a primary. */
  readonly wOptional: boolean;
  /** `DevId`, where it is given. */
  readonly deviceId: number | undefined;
  /** `SysBytes` or `SystemByte`, where it is given. */
  readonly systemBytes: number | undefined;
  /** The time that a log gives it, as written. */
  readonly time: string | undefined;
}

type Header = {
  -readonly [K in Exclude<keyof SmlMessage, 'message' | 'line' | 'placeholders'>]: SmlMessage[K];
} & {
  stream: number;
  fn: number;
  w: boolean;
  wOffset: number;
  /** Whether the message stands in angle brackets, as in `<S1F1 W>`. */
  wrapped: boolean;
  /** Whether the name is made of words on the line of the header, of which more may come. */
  words: boolean;
  /** Whether it was looked whether system bytes end the line of the header. */
  titleTried: boolean;
};

const LETTER_S = 83;
const LETTER_F = 70;
const UNDERSCORE = 95;
const WRAPPED = /<\s*(?=['"]?S\d{1,9}F\d)/iy;
const WORD = /[A-Za-z_][A-Za-z0-9_\-./]*[A-Za-z0-9_]|[A-Za-z_]/y;
const OPTIONAL_W = /\[\s*W\s*\]/iy;
const DIRECTION = /(?:INPUT|OUTPUT|BOTH|H\s*(?:<->|->|<-)\s*E|E\s*(?:<->|->|<-)\s*H)(?![A-Za-z0-9_])/iy;
const DEVICE = /(?:DevId|DeviceId|SessionId)\s*[:=]\s*(0x[0-9a-f]{1,8}|\d{1,10})/iy;
const SYSTEM = /\[?\s*(?:SysBytes?|SystemBytes?)\s*[:=]\s*(0x[0-9a-f]{1,8}|\d{1,10})(?:\s*\])?/iy;
const TITLE = /,[ \t]*([^[\n\r<]*)/y;
/** A title that begins like a header of its own, as in `S6F12 S6F12 - Acknowledge`. */
const HEADER_TITLE = /S\d{1,9}F\d{1,9}[ \t]*[-\u2013][ \t][^[\n\r<]*/iy;
const IN_PARENTHESES = /\([^()\n<]*\)/y;
/** A name and its colon, of which no header follows. */
const NO_HEADER_YET = /[^\n<:]{0,200}:\s*/y;
/** A full stop and a header in the middle of a title. */
const HEADER_IN_TITLE = /\.\s+['"]?S\d{1,3}F\d{1,3}(?![A-Za-z0-9_])/i;
const NAME = /[=:]\s*(?:'([^'\n]*)'|"([^"\n]*)"|([A-Za-z_][A-Za-z0-9_-]*))/y;

/** Reads one message, from its header to its full stop or to the next header. */
export function parseMessageAt(source: SmlSource, line: number, prefix?: LogPrefix): SmlMessage {
  const header = startHeader(prefix);
  if (source.placeholders.length > 0) source.startMessage();
  header.wrapped = source.peek() === Char.less && source.take(WRAPPED) !== undefined;
  header.name = takeLeadingName(source) ?? header.name;
  const start = source.position;
  if (!takeStreamFunction(source, header)) {
    source.take(NO_HEADER_YET);
    source.fail(
      'SML_SYNTAX',
      `a message header such as S1F1 W is expected here, not ${source.found()}`,
      source.position,
    );
  }
  const ends = takeHeaderRest(source, header);
  let item: Item | undefined;
  if (!ends && seesItem(source)) {
    item = parseItemAt(source);
    takeTail(source, header);
  }
  if (header.wrapped) takeWrapEnd(source);
  const { stream, fn, name, direction, wOptional, deviceId, systemBytes, time } = header;
  if (stream > 127) source.fail('SML_BAD_HEADER', `stream ${stream}: allowed are 0 to 127`, start);
  if (fn > 255) source.fail('SML_BAD_HEADER', `function ${fn}: allowed are 0 to 255`, start);
  const wBit = checkW(source, header, fn);
  const { placeholders } = source;
  return {
    message:
      placeholders.length === 0
        ? message(stream, fn, wBit, item)
        : templateMessage(stream, fn, wBit, placeholders, source.open ? undefined : item),
    placeholders: placeholders.length === 0 ? undefined : placeholders,
    name,
    direction,
    wOptional,
    deviceId,
    systemBytes,
    time,
    line,
  };
}

function startHeader(prefix: LogPrefix | undefined): Header {
  return {
    name: prefix?.name,
    direction: prefix?.direction,
    wOptional: false,
    deviceId: undefined,
    systemBytes: prefix?.systemBytes,
    time: prefix?.time,
    stream: 0,
    fn: 0,
    w: false,
    wOffset: -1,
    wrapped: false,
    words: false,
    titleTried: false,
  };
}

function templateMessage(
  stream: number,
  fn: number,
  wBit: boolean,
  placeholders: readonly SmlPlaceholder[],
  item: Item | undefined,
): SecsMessage {
  const [first] = placeholders;
  const what = first?.name === 'V' ? '<V>' : String(first?.name);
  const left = placeholders.length > 1 ? `${what} and ${placeholders.length - 1} more have` : `${what} has`;
  const error = new SmlTemplateError(
    `S${stream}F${fn} is a template and cannot be sent: ${left} no value`,
    first ?? { line: 1, column: 1, offset: 0 },
  );
  return new SecsMessage(stream, fn, wBit, new TemplateItem(error, item));
}

function takeWrapEnd(source: SmlSource): void {
  source.skip();
  if (source.peek() === Char.dot) source.position++;
  source.skip();
  if (source.peek() !== Char.greater) {
    source.fail(
      'SML_SYNTAX',
      `> is expected here, not ${source.found()}, to end the message`,
      source.position,
    );
  }
  source.position++;
}

/** Reads `S6F11`, also in quotes. */
function takeStreamFunction(source: SmlSource, header: Header): boolean {
  const { text, position } = source;
  // Nearly all are plain, and then need no pattern.
  if (text.charCodeAt(position) === LETTER_S) {
    const middle = digitsEnd(text, position + 1);
    const end = text.charCodeAt(middle) === LETTER_F ? digitsEnd(text, middle + 1) : middle;
    const next = end < text.length ? text.charCodeAt(end) : Char.space;
    if (
      middle - position > 1 &&
      middle - position <= 4 &&
      end - middle > 1 &&
      end - middle <= 4 &&
      !isWordCode(next) &&
      next !== UNDERSCORE
    ) {
      header.stream = Number(text.slice(position + 1, middle));
      header.fn = Number(text.slice(middle + 1, end));
      source.position = end;
      return true;
    }
  }
  const match = source.take(HEADER);
  if (match === undefined) return false;
  header.stream = Number(match[2] ?? match[4]);
  header.fn = Number(match[3] ?? match[5]);
  return true;
}

/** Where the digits end that start at a position. */
function digitsEnd(text: string, position: number): number {
  let p = position;
  while (p < text.length && text.charCodeAt(p) >= Char.zero && text.charCodeAt(p) <= Char.nine) p++;
  return p;
}

function checkW(source: SmlSource, header: Header, fn: number): boolean {
  if (fn % 2 === 1) return header.w || header.wOptional;
  if (header.w)
    source.tolerate('wBit', `function ${fn} is even: only primary messages can have a W`, header.wOffset);
  return false;
}

/** Reads what follows stream and function; true where a full stop ended the message. */
function takeHeaderRest(source: SmlSource, header: Header): boolean {
  for (;;) {
    source.skipBlanks();
    const onSameLine = !source.atLineEnd();
    source.skip();
    const code = source.peek();
    if (code === Char.dot) {
      source.position++;
      return true;
    }
    if (code === Char.less) return endsAtBracket(source);
    if (code === Char.greater && header.wrapped) return false;
    if (takeMark(source, header, code)) continue;
    if (onSameLine && takeHeaderTitle(source, header)) continue;
    if (seesItem(source) || seesEnd(source, onSameLine)) return false;
    if (takeEmptyColon(source)) continue;
    if (!takeName(source, header, onSameLine)) {
      source.fail(
        'SML_SYNTAX',
        `W, an item or a full stop is expected here, not ${source.found()}`,
        source.position,
      );
    }
  }
}

/** Whether a < begins the next message, or an arrow of a log, rather than an item. */
function endsAtBracket(source: SmlSource): boolean {
  const next = source.text.charCodeAt(source.position + 1);
  if (next === Char.minus || next === Char.less || next === Char.equal) return seesLog(source);
  return (next <= Char.space || (next & ~32) === LETTER_S) && source.sees(WRAPPED);
}

/** Reads one mark that a header may carry anywhere; false where none stands here. `code` is the character that does. */
function takeMark(source: SmlSource, header: Header, code: number): boolean {
  const offset = source.position;
  const next = source.text.charCodeAt(offset + 1);
  // Upper case, for letters.
  switch (code & ~32) {
    case 0x57: // W
      if (isWordCode(next) || next === UNDERSCORE) return false;
      source.position++;
      header.w = true;
      header.wOffset = offset;
      return true;
    case Char.openBracket:
      if (source.take(OPTIONAL_W) === undefined) return takeIds(source, header);
      header.wOptional = true;
      return true;
    case 0x44: // D
    case 0x53: // S
      return takeIds(source, header);
    default:
      return takeDirection(source, header);
  }
}

function takeIds(source: SmlSource, header: Header): boolean {
  const device = source.take(DEVICE);
  const system = device === undefined ? source.take(SYSTEM) : undefined;
  if (device !== undefined) header.deviceId = Number(device[1]);
  if (system !== undefined) header.systemBytes = Number(system[1]);
  return device !== undefined || system !== undefined;
}

function takeDirection(source: SmlSource, header: Header): boolean {
  const match = source.take(DIRECTION);
  if (match !== undefined) header.direction = match[0].replace(/\s/g, '');
  return match !== undefined;
}

const EMPTY_COLON = /:[ \t]*(?=\r?\n|$)/y;

/** Moves past a colon that nothing follows on its line: some write `S1F14:` above the item. */
function takeEmptyColon(source: SmlSource): boolean {
  return source.peek() === Char.colon && source.take(EMPTY_COLON) !== undefined;
}

/** Reads a title that begins like a header: `S6F12 S6F12 - Acknowledge`. */
function takeHeaderTitle(source: SmlSource, header: Header): boolean {
  if ((source.peek() & ~32) !== LETTER_S) return false;
  const title = source.take(HEADER_TITLE);
  if (title === undefined) return false;
  header.name ??= title[0].trim();
  return true;
}

function takeName(source: SmlSource, header: Header, onSameLine: boolean): boolean {
  const start = source.position;
  const title = source.take(TITLE)?.[1] ?? (onSameLine ? takeLoggedTitle(source, header) : undefined);
  if (title !== undefined) {
    if (HEADER_IN_TITLE.test(title)) {
      source.tolerate('name', 'all of this is read as one title, the header in it too', start);
    }
    takeTitle(header, title, start);
    return true;
  }
  const match = source.take(NAME);
  const given = match?.[1] ?? match?.[2] ?? match?.[3];
  if (given !== undefined) {
    // It may be a name, or a message that is lost: there is no telling.
    if (source.text.charCodeAt(start) === Char.colon && /^S\d{1,3}F\d{1,3}$/i.test(given)) {
      source.fail('SML_SYNTAX', `${given} is a header: a name in front of it stands on its line`, start);
    }
    header.name ??= given;
    return true;
  }
  return takeWord(source, header, onSameLine);
}

/** A W may stand behind the comma, in front of the title or alone. */
const W_IN_TITLE = /^[ \t]*W[ \t]*(?:[.,][ \t]*|(?=[\r\n]|$))/i;

function takeTitle(header: Header, title: string, start: number): void {
  const w = W_IN_TITLE.exec(title)?.[0];
  if (w !== undefined) {
    header.w = true;
    header.wOffset = start;
  }
  const name = title.slice(w?.length ?? 0).trim();
  if (w === undefined || name !== '') header.name ??= name;
}

/** Reads one word of a name, or a part of it in parentheses. */
function takeWord(source: SmlSource, header: Header, onSameLine: boolean): boolean {
  const more = header.words && onSameLine;
  const word = source.take(WORD)?.[0] ?? (more ? source.take(IN_PARENTHESES)?.[0] : undefined);
  if (word === undefined) return false;
  if (more) header.name = `${header.name} ${word}`;
  else if (header.name === undefined) {
    header.name = word;
    header.words = onSameLine;
  }
  return true;
}

/** Reads a title without a comma, as logs have it in front of the system bytes: `S6F12 Acknowledge (ERA) [SystemByte = 15]`. */
function takeLoggedTitle(source: SmlSource, header: Header): string | undefined {
  if (header.titleTried) return undefined;
  header.titleTried = true;
  const { text, position } = source;
  let end = position;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === Char.newline || code === Char.less || code === Char.openBracket) break;
  }
  SYSTEM.lastIndex = end;
  if (text.charCodeAt(end) !== Char.openBracket || !SYSTEM.test(text)) return undefined;
  source.position = end;
  return text.slice(position, end);
}

/** Whether the text ends here or the next message begins: at a header, or, on a new line, at what may stand before one. */
function seesEnd(source: SmlSource, onSameLine: boolean): boolean {
  const code = source.peek();
  if (Number.isNaN(code) || source.sees(HEADER)) return true;
  if (onSameLine) return false;
  if (code === Char.hash || source.sees(/[A-Za-z_]/y) || seesLog(source)) return true;
  const { position } = source;
  const named = takeLeadingName(source) !== undefined;
  source.position = position;
  return named;
}

/** Reads what may follow an item: its name, ids, a full stop. */
function takeTail(source: SmlSource, header: Header): void {
  for (;;) {
    source.skip();
    const code = source.peek();
    if (code === Char.dot) {
      source.position++;
      return;
    }
    // An arrow of a log begins with = too.
    const isArrow = source.text.charCodeAt(source.position + 1) === Char.greater;
    if (code === Char.equal && !isArrow) skipLabel(source);
    else if (!takeIds(source, header)) return;
  }
}
