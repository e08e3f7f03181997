import { Char, type SmlSource } from '../source.js';

/** A name is no longer than this: what is looked at for each message must have an end. */
const LONGEST_NAME = 200;

/** Stream and function, whole: what a letter, a digit or an underscore follows is the start of a name. */
export const HEADER = /(?:(['"])S(\d{1,9})F(\d{1,9})\1|S(\d{1,9})F(\d{1,9})(?=W?(?![A-Za-z0-9_])))/iy;

/** A W, or a comma, behind a header: what follows is no name. */
const TITLE_START = /(['"]?)S\d{1,9}F\d{1,9}\1[ \t]*(?:,|W[ \t]*,)/iy;
const W_START = /(['"]?)S\d{1,9}F\d{1,9}\1[ \t]*(?:W(?![A-Za-z0-9_])|\[[ \t]*W)/iy;
/** Headers of one stream and function are the same, whichever is taken. */
const NUMBERS = /S0*(\d+)F0*(\d+)/i;

/** A name in front of a header. */
interface NamedHeader {
  readonly name: string;
  /** Where the header stands. */
  readonly header: number;
}

/**
 * Reads the name in front of a header, as in `Name:'S1F1'W`. A name may hold anything but < and line ends, and may begin
 * like a header: what stands directly behind the colon is the header.
 */
export function takeLeadingName(source: SmlSource): string | undefined {
  if (!hasColon(source)) return undefined;
  const { position } = source;
  const header = source.sees(HEADER);
  const found = findNamedHeader(source, header);
  if (found === undefined) return undefined;
  if (header) {
    const part = source.text.slice(position, found.header);
    if (endsWithin(source, part, found)) return undefined;
    checkHeaderLikeName(source, found);
  }
  source.position = found.header;
  return found.name;
}

/** Whether there may be a name at all: nearly no message has one. */
function hasColon({ text, position }: SmlSource): boolean {
  const end = Math.min(text.length, position + LONGEST_NAME);
  for (let p = position; p < end; p++) {
    const code = text.charCodeAt(p);
    if (code === Char.colon) return true;
    if (code === Char.newline || code === Char.less) return false;
  }
  return false;
}

function findNamedHeader(source: SmlSource, sameLine: boolean): NamedHeader | undefined {
  const { text, position } = source;
  const end = Math.min(text.length, position + LONGEST_NAME);
  for (let p = position; p < end; p++) {
    const code = text.charCodeAt(p);
    if (code === Char.newline || code === Char.less) break;
    if (code !== Char.colon || p === position) continue;
    source.position = p + 1;
    if (sameLine) source.skipBlanks();
    else source.skip();
    const header = source.position;
    const seen = source.sees(HEADER);
    source.position = position;
    if (seen) return { name: unquoted(text.slice(position, p).trim()), header };
    // Behind a colon at the end of a line only a header could have made it a name.
    if (text.slice(p + 1, header).includes('\n')) break;
  }
  return undefined;
}

/** Whether what begins like a header is one: its message ends, or has its title, in front of the colon. */
function endsWithin(source: SmlSource, part: string, { header }: NamedHeader): boolean {
  if (source.sees(TITLE_START)) return true;
  const stop = /\.\s/.exec(part);
  if (stop === null) return false;
  source.tolerate(
    'name',
    `the full stop ends a message here: it is no part of the name of what follows, ${source.text.slice(header, header + 10).trim()}`,
    source.position + stop.index,
  );
  return true;
}

/** What begins with a header of its own and is a name all the same must not be taken for granted. */
function checkHeaderLikeName(source: SmlSource, { name, header }: NamedHeader): void {
  const own = NUMBERS.exec(name);
  const next = NUMBERS.exec(source.text.slice(header, header + 24));
  if (own?.[1] === next?.[1] && own?.[2] === next?.[2]) return;
  if (source.sees(W_START)) {
    source.fail(
      'SML_SYNTAX',
      `is ${JSON.stringify(name)} a message, or the name of ${next?.[0]}? End it with a full stop, or put the name in quotes`,
      source.position,
    );
  }
  source.tolerate('name', `${JSON.stringify(name)} is read as the name of ${next?.[0]}`, source.position);
}

function unquoted(name: string): string {
  const quote = name.charCodeAt(0);
  const quoted = quote === Char.doubleQuote || quote === Char.singleQuote;
  return quoted && name.length > 1 && name.charCodeAt(name.length - 1) === quote ? name.slice(1, -1) : name;
}
