import { check, isInstance, type KnownNames } from '../../check.js';
import { WireLogError } from '../errors.js';
import { faultOfBytes, shortJson } from './message-record.js';
import type { WireLogRecord } from './record.js';

/** How {@link readWireLog} reads. */
export interface ReadWireLogOptions {
  /** Takes what is wrong with a bad line, which is then skipped. Default: the error ends the iteration. */
  readonly onBadLine?: (error: WireLogError) => void;
  /** The longest line in characters, for memory's sake. Default 64 Mi: room for a body of 48 MiB. */
  readonly maxLineLength?: number;
}

const READ: KnownNames<ReadWireLogOptions> = {
  owner: 'readWireLog()',
  names: { onBadLine: true, maxLineLength: true },
};

const DEFAULT_MAX_LINE_LENGTH = 64 * 1024 * 1024;

/**
 * Reads a wire log, record by record: a file's `createReadStream`, `process.stdin`, or any other iterable of chunks.
 * Holds one line at a time. Empty lines are skipped.
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs';
 * import { packetOf, readWireLog } from 'rxsecs/log';
 *
 * for await (const record of readWireLog(createReadStream('logs/etcher.ndjson'))) {
 *   if (record.type === 'message' && record.redacted === undefined) console.log(packetOf(record).message);
 * }
 * ```
 * @throws WireLogError from the iteration, naming line and value, for a line that is no record; unless `onBadLine`
 * takes it. What the source throws. HsmsArgumentError at once for what is no source or no option.
 */
export function readWireLog(
  source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  options?: ReadWireLogOptions | null,
): AsyncGenerator<WireLogRecord, void, undefined> {
  const { onBadLine, maxLineLength = DEFAULT_MAX_LINE_LENGTH } = check.options('options', options, READ);
  if (onBadLine !== undefined) check.fn('onBadLine', onBadLine);
  check.number('maxLineLength', maxLineLength, 1);
  check.iterable('source', source, 'an iterable of bytes or text, such as a stream for reading');
  return records(source, maxLineLength, onBadLine);
}

async function* records(
  source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  maxLineLength: number,
  onBadLine: ((error: WireLogError) => void) | undefined,
): AsyncGenerator<WireLogRecord, void, undefined> {
  let number = 0;
  for await (const line of lines(source, maxLineLength)) {
    number++;
    const found = parseRecord(line, number);
    if (found instanceof WireLogError) {
      if (onBadLine === undefined) throw found;
      onBadLine(found);
    } else if (found !== undefined) {
      yield found;
    }
  }
}

/** A line, or undefined in place of one that is too long. */
async function* lines(
  source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  maxLength: number,
): AsyncGenerator<string | undefined, void, undefined> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  const take = (): string | undefined => {
    const line = length > maxLength ? undefined : parts.join('');
    parts = [];
    length = 0;
    return line;
  };
  const keep = (part: string): void => {
    length += part.length;
    if (length > maxLength) parts = [];
    else if (part !== '') parts.push(part);
  };
  for await (const chunk of source) {
    if (typeof chunk !== 'string' && !isInstance(chunk, Uint8Array)) {
      check.refuse('a chunk of the source', 'bytes or text', chunk);
    }
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      keep(text.slice(start, end));
      yield take();
      start = end + 1;
    }
    keep(text.slice(start));
  }
  keep(decoder.decode());
  if (length > 0) yield take();
}

function parseRecord(line: string | undefined, number: number): WireLogRecord | WireLogError | undefined {
  if (line === undefined) return new WireLogError('it is longer than maxLineLength', number);
  if (line.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return new WireLogError(`${shortJson(line)} is not JSON`, number, { cause: error });
  }
  const fault = faultOf(value);
  return fault === undefined ? (value as WireLogRecord) : new WireLogError(fault, number);
}

type Fields = Readonly<Record<string, unknown>>;

function faultOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `${shortJson(value)} is no record`;
  }
  const fields = value as Fields;
  if (typeof fields['time'] !== 'string' || Number.isNaN(Date.parse(fields['time']))) {
    return `time is ${shortJson(fields['time'])}: ISO 8601 is allowed`;
  }
  switch (fields['type']) {
    case 'message':
      return faultOfMessage(fields);
    case 'event':
      return faultOfField(fields, 'event', 'string');
    case 'dropped':
      return faultOfField(fields, 'records', 'number') ?? faultOfField(fields, 'bytes', 'number');
    default:
      return `type is ${shortJson(fields['type'])}: message, event and dropped are allowed`;
  }
}

function faultOfMessage(fields: Fields): string | undefined {
  const { dir, redacted, protocol } = fields as { dir?: unknown; redacted?: unknown; protocol?: unknown };
  if (dir !== undefined && dir !== 'in' && dir !== 'out') {
    return `dir is ${shortJson(dir)}: in and out are allowed`;
  }
  if (protocol !== undefined && protocol !== 'secs1') {
    return `protocol is ${shortJson(protocol)}: secs1, or nothing for HSMS, is allowed`;
  }
  if (redacted !== undefined) {
    if (typeof redacted !== 'object' || redacted === null) {
      return `redacted is ${shortJson(redacted)}: an object with bytes and rule is allowed`;
    }
    const fault =
      faultOfField(redacted as Fields, 'bytes', 'number') ??
      faultOfField(redacted as Fields, 'rule', 'string');
    if (fault !== undefined) return `in redacted, ${fault}`;
  }
  return (
    faultOfField(fields, 'session', 'number') ??
    faultOfField(fields, 'system', 'number') ??
    faultOfField(fields, 'sType', 'string') ??
    faultOfBytes(fields['header'], fields['body'] ?? '')
  );
}

function faultOfField(fields: Fields, name: string, type: 'string' | 'number'): string | undefined {
  const value = fields[name];
  return typeof value === type ? undefined : `${name} is ${shortJson(value)}: a ${type} is allowed`;
}
