import { InvalidArgumentError } from 'commander';
import { catalogue, type MessageSet } from '../../e5/index.js';
import { sTypeName, type WireHeader } from '../../index.js';
import type { CapturedMessage, Passage } from '../../capture/index.js';
import type { WireLogRecord } from '../../log/index.js';
import { UsageError } from '../exit-codes.js';

/** Which messages are wanted. What is left out does not matter. */
export interface MessageFilter {
  /** Stream and function as in `S6F11`; `*` stands for any. */
  readonly sf?: readonly RegExp[] | undefined;
  readonly session?: readonly number[];
  /** STypes in small letters, `data`, `select.req` …; `control` for all but data. */
  readonly type?: readonly string[];
  readonly from?: readonly Bound[];
  readonly to?: readonly Bound[];
}

/** A time in microseconds since 1970, or an address with or without a port. */
export type Bound =
  { readonly time: number } | { readonly address: string | undefined; readonly port: string | undefined };

/** Gathers `S6F11,S1F*`, given more than once perhaps. Names are known later, when a file of messages has been read. */
export function gatherSf(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** The patterns of what was gathered. @throws UsageError for what is neither stream and function nor the name of a message. */
export function sfPatterns(
  texts: readonly string[] | undefined,
  set: MessageSet = catalogue,
): readonly RegExp[] | undefined {
  // A name may have a comma in it: `Terminal Display, Single`.
  const parts = texts?.flatMap((text) => (set.named(text).length > 0 ? [text] : text.split(',')));
  return parts?.flatMap((text) => {
    const found = /^S(\d{1,3}|\*)(?:F(\d{1,3}|\*))?$/i.exec(text.trim());
    if (found === null) return patternsNamed(text, set);
    const number = (digits = '*'): string => (digits === '*' ? '\\d+' : String(Number(digits)));
    return new RegExp(`^S${number(found[1])}F${number(found[2])}$`);
  });
}

/** Messages by what they are called: `Event Report Send`, `ERS`. */
function patternsNamed(text: string, set: MessageSet): RegExp[] {
  const found = set.named(text);
  if (found.length > 0) return found.map(({ name }) => new RegExp(`^${name}$`));
  const own = set === catalogue ? 'names of E5' : 'names of messages';
  throw new UsageError(`--sf: S6F11, S1F*, S7 and ${own} are allowed, not ${JSON.stringify(text)}`);
}

/** Reads `0,17`. */
export function parseSessions(text: string, before: readonly number[] = []): number[] {
  const ids = text.split(',').map((part) => {
    const id = /^(\d+|0x[0-9a-f]+)$/i.test(part.trim()) ? Number(part) : NaN;
    if (!(id <= 0xffff)) throw new InvalidArgumentError('Session IDs from 0 to 65535 are allowed.');
    return id;
  });
  return [...before, ...ids];
}

/** Reads `data,select.req`. */
export function parseTypes(text: string, before: readonly string[] = []): string[] {
  const known = [...Array.from({ length: 10 }, (_, sType) => sTypeName(sType).toLowerCase()), 'control'];
  const types = text.split(',').map((part) => part.trim().toLowerCase());
  for (const type of types) {
    if (known.includes(type) || /^stype \d+$/.test(type)) continue;
    throw new InvalidArgumentError(
      `${known.filter((name) => !name.startsWith('stype')).join(', ')} are allowed.`,
    );
  }
  return [...before, ...types];
}

/** Reads TCP ports: `5000,5001`. */
export function parsePorts(text: string, before: readonly number[] = []): number[] {
  const ports = text.split(',').map((part) => {
    const port = /^\s*\d{1,5}\s*$/.test(part) ? Number(part) : NaN;
    if (!(port >= 1 && port <= 65535)) throw new InvalidArgumentError('Ports from 1 to 65535 are allowed.');
    return port;
  });
  return [...before, ...ports];
}

/** Reads a time in ISO 8601 (UTC where it says no zone), or an address: `10.0.0.1`, `10.0.0.1:5000`, `:5000`, `[::1]:5000`. */
export function parseBound(text: string, before: readonly Bound[] = []): Bound[] {
  return [...before, boundOf(text.trim())];
}

/** Reads an address, which is no time: `10.0.0.1`, `10.0.0.1:5000`, `:5000`, `[::1]:5000`. */
export function parseAddress(text: string, before: readonly Bound[] = []): Bound[] {
  const bound = boundOf(text.trim());
  if ('time' in bound)
    throw new InvalidArgumentError('An address as 10.0.0.1, 10.0.0.1:5000 or :5000 is allowed.');
  return [...before, bound];
}

function boundOf(text: string): Bound {
  if (/^\d{4}-\d\d-\d\d/.test(text)) {
    const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) || !/\d[T ]\d/i.test(text) ? text : `${text}Z`;
    const [, fraction = ''] = /\.(\d+)/.exec(zoned) ?? [];
    const milliseconds = Date.parse(zoned.replace(/\.\d+/, ''));
    if (Number.isNaN(milliseconds)) throw new InvalidArgumentError(`${text} is no time of ISO 8601.`);
    return { time: milliseconds * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0')) };
  }
  const named = /^(a|b|host|equipment)$/i.exec(text);
  if (named !== null) return { address: text, port: undefined };
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  if (bracketed !== null) return { address: bracketed[1], port: bracketed[2] };
  if (text.split(':').length > 2) return { address: text, port: undefined };
  const [address = '', port] = text.split(':');
  // A name without a port is no address of a capture, and no time either: yesterday, 10am.
  const isAddress =
    isIpv4(address) || (address === '' ? port !== undefined : port !== undefined && /[a-z]/i.test(address));
  if (!isAddress || (port !== undefined && !/^\d{1,5}$/.test(port))) {
    throw new InvalidArgumentError(
      'A time as 2026-11-23T08:00 (UTC), or an address as 10.0.0.1:5000, 10.0.0.1 or :5000 is allowed.',
    );
  }
  return { address: address === '' ? undefined : address, port };
}

function isIpv4(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
}

/** Whether a message passes. */
export function messagePasses(message: CapturedMessage, filter: MessageFilter): boolean {
  return headerPasses(message.packet.header, filter) && passagePasses(message, filter);
}

/** Whether something passes as far as its time and its ends are concerned. */
export function passagePasses({ time, from, to }: Passage, filter: MessageFilter): boolean {
  return endPasses(time, from, filter.from, 1) && endPasses(time, to, filter.to, -1);
}

/**
 * Whether an event of a wire log passes: not where messages are chosen by what they are, for it is none. What the log could
 * not keep always does.
 */
export function recordPasses(record: WireLogRecord, filter: MessageFilter): boolean {
  if (record.type === 'dropped') return true;
  if (filter.sf !== undefined || filter.session !== undefined || filter.type !== undefined) return false;
  const bound = boundOf(record.time);
  const time = 'time' in bound ? bound.time : undefined;
  return passagePasses({ time, from: undefined, to: undefined }, filter);
}

/** Whether a message passes as far as its header is concerned. */
export function headerPasses(header: WireHeader, { sf, session, type }: MessageFilter): boolean {
  if (session !== undefined && !session.includes(header.sessionId)) return false;
  if (type !== undefined) {
    const name = sTypeName(header.sType).toLowerCase();
    if (!type.includes(name) && (header.isData || !type.includes('control'))) return false;
  }
  if (sf === undefined) return true;
  const name = `S${header.stream}F${header.function}`;
  return header.isData && sf.some((pattern) => pattern.test(name));
}

/** `sign` 1: not before a time; -1: not after it. Of several addresses one has to fit, of several times all. */
function endPasses(
  time: number | undefined,
  end: string | undefined,
  bounds: readonly Bound[] | undefined,
  sign: 1 | -1,
): boolean {
  if (bounds === undefined) return true;
  let addresses = 0;
  let fits = false;
  for (const bound of bounds) {
    if ('time' in bound) {
      if (time === undefined || (time - bound.time) * sign < 0) return false;
      continue;
    }
    addresses++;
    fits ||= addressFits(end, bound);
  }
  return addresses === 0 || fits;
}

/** Whether an end, `address:port`, is the one that is meant. */
export function addressFits(
  end: string | undefined,
  { address, port }: { readonly address: string | undefined; readonly port: string | undefined },
): boolean {
  if (end === undefined) return false;
  const at = end.lastIndexOf(':');
  const host = at < 0 ? end : end.slice(0, at).replace(/^\[|\]$/g, '');
  if (address !== undefined && address.toLowerCase() !== host.toLowerCase()) return false;
  return port === undefined || (at >= 0 && end.slice(at + 1) === port);
}
