import { HEADER } from './message-name.js';
import type { SmlSource } from '../source.js';

/** What a log says in front of a message. */
export interface LogPrefix {
  /** Time as written. */
  time: string | undefined;
  /** Direction as written: `SEND`, `RECV`, `-->` … */
  direction: string | undefined;
  systemBytes: number | undefined;
  /** Name of the message, where one stands behind all that. */
  name: string | undefined;
}

const DATE = '\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}';
/** The day or the month first, or the month by its name. */
const OTHER_DATE = '(?:\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|[A-Z][a-z]{2}[ \\t]{1,2}\\d{1,2})[ T]+';
const WAY = 'SEND|SENT|SND|RECV|RECEIVED?|RCVD?|TX|RX';
const CLOCK = '\\d{1,2}:\\d{2}:\\d{2}(?:[.,:]\\d{1,9})?';
const ARROW = '<?-{1,3}>|<-{1,3}|>>|<<|=>|<=';

/** How the lines of logs begin: with a time, a level, an arrow. */
const START = new RegExp(
  `@${DATE}|\\[?${DATE}[ T]|\\[?${OTHER_DATE}(?=${CLOCK})|\\[?(?:${WAY})\\]?(?=[ \\t]+['"]?S\\d{1,3}F\\d)|\\[?${CLOCK}(?=[\\s\\]])|(?:${ARROW})(?=[\\s\\[])|TransactionTime\\s*:|` +
    '\\[?(?:INFO|DEBUG|TRACE|WARN|ERROR)\\]?(?=\\s)|\\[0x[0-9a-f]{1,8}\\]',
  'iy',
);
const TIME = new RegExp(`(?:${DATE}[ T]+|${OTHER_DATE})?${CLOCK}(?:Z|[+-]\\d{2}:?\\d{2})?`);
const DIRECTION = new RegExp(`\\b(?:${WAY})\\b|${ARROW}`, 'gi');
const SYSTEM = new RegExp(
  `(?:(?:${ARROW})\\s*\\[|\\[(?=0x)|Sys(?:tem)?Bytes?\\s*[:=]\\s*)(0x[0-9a-f]{1,8}|\\d{1,10})`,
  'i',
);
const NAME = /[\]>]\s*([A-Za-z_][\w-]*)\s*:\s*$/;
/** Where a header may stand in a line of a log. */
const CANDIDATE = /(?<![A-Za-z0-9_'"])['"]?S\d/gi;
/** The head of an item. */
const ITEM = /[\s\]|:]<\s?[A-Z]\w{0,7}(?:[\s[,>]|$)/i;
/** A header that no full stop and no item follows. */
const OPEN_HEADER = /(?:^|[^\w])S\d{1,3}F\d{1,3}(?!\w)[^<>\n]*[^.\s<>][^\S\n]*\n\s*$/i;
/** Lines are looked at no further. */
const LONGEST_PREFIX = 1000;

/** Whether a line of a log begins here. */
export function seesLog(source: SmlSource): boolean {
  return source.sees(START);
}

/**
 * Reads the lines of a log in front of a message: times, directions, system bytes. A line that has none of these, and no
 * message, is passed over with a warning.
 */
export function takeLogPrefix(source: SmlSource, prefix: LogPrefix): boolean {
  if (!seesLog(source)) return false;
  const { text, position } = source;
  const newline = text.indexOf('\n', position);
  const lineEnd = newline < 0 ? text.length : newline;
  const line = text.slice(position, Math.min(lineEnd, position + LONGEST_PREFIX));
  const header = headerIn(source, line);
  const head = header < 0 ? line : line.slice(0, header);
  const time = TIME.exec(head)?.[0];
  const direction = [...head.matchAll(DIRECTION)].at(-1)?.[0];
  const system = SYSTEM.exec(head)?.[1];
  prefix.time = time ?? prefix.time;
  prefix.direction = direction ?? prefix.direction;
  if (system !== undefined) prefix.systemBytes = Number(system);
  prefix.name = header < 0 ? undefined : NAME.exec(head)?.[1];
  source.position = header < 0 ? lineEnd : position + header;
  if (header < 0) refusePart(source, line, position);
  if (header < 0 && direction === undefined && !/^TransactionTime/i.test(line)) {
    source.tolerate('log', 'this line of a log has no message: it is passed over', position);
  }
  return true;
}

function headerIn(source: SmlSource, line: string): number {
  const { position } = source;
  for (const { index } of line.matchAll(CANDIDATE)) {
    source.position = position + index;
    const seen = source.sees(HEADER);
    source.position = position;
    if (seen) return index;
  }
  return -1;
}

/** The items of a message must not be passed over with the lines that they stand on. */
function refusePart(source: SmlSource, line: string, position: number): void {
  const at = line.search(ITEM);
  if (at < 0) return;
  const before = source.text.slice(Math.max(0, position - LONGEST_PREFIX), position);
  if (!OPEN_HEADER.test(before)) return;
  source.fail(
    'SML_SYNTAX',
    'this line of a log has a part of a message: take away what stands in front of it, in all its lines',
    position + at + 1,
  );
}
