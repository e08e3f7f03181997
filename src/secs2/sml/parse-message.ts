import type { Item } from '../items/item.js';
import { message, type SecsMessage } from '../message.js';
import { isWordCode } from './item-head.js';
import { parseItemAt, seesItem, skipLabel } from './parse-item.js';
import { Char, type SmlSource } from './source.js';

/** A message as it stands in SML: the message, and what its header says beside. */
export interface SmlMessage {
  /** The message itself. */
  readonly message: SecsMessage;
  /** Line on which it starts, from 1. */
  readonly line: number;
  /** Its name or title, where it has one. */
  readonly name: string | undefined;
  /** Its direction as written: `INPUT`, `OUTPUT`, `H->E` … */
  readonly direction: string | undefined;
  /** Whether the header said `[W]`: a reply is optional. The message then expects one if it is a primary. */
  readonly wOptional: boolean;
  /** `DevId`, where it is given. */
  readonly deviceId: number | undefined;
  /** `SysBytes` or `SystemByte`, where it is given. */
  readonly systemBytes: number | undefined;
}

type Header = { -readonly [K in Exclude<keyof SmlMessage, 'message' | 'line'>]: SmlMessage[K] } & {
  stream: number;
  fn: number;
  w: boolean;
  wOffset: number;
};

const LETTER_S = 83;
const LETTER_F = 70;
const UNDERSCORE = 95;
const STREAM_FUNCTION = /(['"]?)S(\d{1,9})F(\d{1,9})\1(?![\d])/iy;
const WORD = /[A-Za-z_][A-Za-z0-9_\-./]*[A-Za-z0-9_]|[A-Za-z_]/y;
const OPTIONAL_W = /\[\s*W\s*\]/iy;
const DIRECTION = /(?:INPUT|OUTPUT|BOTH|H\s*(?:<->|->|<-)\s*E|E\s*(?:<->|->|<-)\s*H)(?![A-Za-z0-9_])/iy;
const DEVICE = /(?:DevId|DeviceId|SessionId)\s*[:=]\s*(0x[0-9a-f]{1,8}|\d{1,10})/iy;
const SYSTEM = /\[?\s*(?:SysBytes?|SystemBytes?)\s*[:=]\s*(0x[0-9a-f]{1,8}|\d{1,10})\s*\]?/iy;
const TITLE = /,[ \t]*([^[\n\r<]*)/y;
const NAME = /[=:]\s*(?:'([^'\n]*)'|"([^"\n]*)"|([A-Za-z_][A-Za-z0-9_-]*))/y;

/** Reads one message, from its header to its full stop or to the next header. */
export function parseMessageAt(source: SmlSource, line: number): SmlMessage {
  const header: Header = {
    name: undefined,
    direction: undefined,
    wOptional: false,
    deviceId: undefined,
    systemBytes: undefined,
    stream: 0,
    fn: 0,
    w: false,
    wOffset: -1,
  };
  let start = source.position;
  if (!takeStreamFunction(source, header)) {
    header.name = takeLeadingName(source);
    start = source.position;
    if (!takeStreamFunction(source, header)) {
      source.fail(
        'SML_SYNTAX',
        `a message header such as S1F1 W is expected here, not ${source.found()}`,
        start,
      );
    }
  }
  const ends = takeHeaderRest(source, header);
  let item: Item | undefined;
  if (!ends && seesItem(source)) {
    item = parseItemAt(source);
    takeTail(source, header);
  }
  const { stream, fn, name, direction, wOptional, deviceId, systemBytes } = header;
  if (stream > 127) source.fail('SML_BAD_HEADER', `stream ${stream}: allowed are 0 to 127`, start);
  if (fn > 255) source.fail('SML_BAD_HEADER', `function ${fn}: allowed are 0 to 255`, start);
  const wBit = checkW(source, header, fn);
  return {
    message: message(stream, fn, wBit, item),
    name,
    direction,
    wOptional,
    deviceId,
    systemBytes,
    line,
  };
}

/** Reads `S6F11`, also in quotes. */
function takeStreamFunction(source: SmlSource, header: Header): boolean {
  const { text, position } = source;
  // Nearly all are plain, and then need no pattern.
  if (text.charCodeAt(position) === LETTER_S) {
    const middle = digitsEnd(text, position + 1);
    const end = text.charCodeAt(middle) === LETTER_F ? digitsEnd(text, middle + 1) : middle;
    if (middle - position > 1 && middle - position <= 4 && end - middle > 1 && end - middle <= 4) {
      header.stream = Number(text.slice(position + 1, middle));
      header.fn = Number(text.slice(middle + 1, end));
      source.position = end;
      return true;
    }
  }
  const match = source.take(STREAM_FUNCTION);
  if (match === undefined) return false;
  header.stream = Number(match[2]);
  header.fn = Number(match[3]);
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

/** Reads the name before a header, as in `Name:'S1F1'W`. */
function takeLeadingName(source: SmlSource): string | undefined {
  const { text, position } = source;
  for (let p = position; p < text.length; p++) {
    const code = text.charCodeAt(p);
    if (code === Char.newline || code === Char.less) return undefined;
    if (code !== Char.colon) continue;
    source.position = p + 1;
    source.skip();
    return text.slice(position, p).trim();
  }
  return undefined;
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
    if (code === Char.less) return false;
    if (takeMark(source, header, code)) continue;
    if (seesItem(source) || seesEnd(source, onSameLine)) return false;
    if (!takeName(source, header)) {
      source.fail(
        'SML_SYNTAX',
        `W, an item or a full stop is expected here, not ${source.found()}`,
        source.position,
      );
    }
  }
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

function takeName(source: SmlSource, header: Header): boolean {
  const title = source.take(TITLE);
  if (title !== undefined) {
    header.name ??= (title[1] ?? '').trim();
    return true;
  }
  const match = source.take(NAME);
  const name = match === undefined ? source.take(WORD)?.[0] : (match[1] ?? match[2] ?? match[3]);
  if (name === undefined) return false;
  header.name ??= name;
  return true;
}

/** Whether the text ends here or the next message begins: at a header, or, on a new line, at a name before one. */
function seesEnd(source: SmlSource, onSameLine: boolean): boolean {
  if (Number.isNaN(source.peek()) || source.sees(STREAM_FUNCTION)) return true;
  return !onSameLine && source.sees(/[A-Za-z_]/y);
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
    if (code === Char.equal) skipLabel(source);
    else if (!takeIds(source, header)) return;
  }
}
