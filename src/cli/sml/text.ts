import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { errnoText } from '../errno-text.js';
import { UsageError } from '../exit-codes.js';
import { fileSize } from '../file-size.js';
import type { CliIo } from '../io.js';

/** More SML than this is not read at once: the items of it would take many times as much memory. */
const MAX_SML_BYTES = 96 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** Names of code pages that TextDecoder has by other names. */
const ALIASES: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp1252: 'windows-1252',
  utf8: 'utf-8',
  utf16: 'utf-16le',
  'utf-16': 'utf-16le',
};

/** The name of an encoding as TextDecoder knows it; undefined for one that it does not. */
export function encodingLabel(name: string): string | undefined {
  const label = ALIASES[name.toLowerCase()] ?? name;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/**
 * Text of bytes: UTF-8, UTF-16 by its mark, or as is said.
 * @throws UsageError naming the line with bytes that are no text.
 */
export function decodeText(bytes: Uint8Array, name: string, encoding?: string): string {
  const label = encoding ?? encodingByMark(bytes);
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    if (encoding === undefined && text.includes('\0')) {
      throw new UsageError(`${name} has zero bytes: say how it is written, as in --encoding utf-16le`);
    }
    return text;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const line = new TextDecoder(label).decode(bytes).split('\ufffd', 1)[0]?.split('\n').length ?? 1;
    throw noSuchText(name, line, label, error);
  }
}

/** Says which line is not in an encoding, and what to do. */
export function noSuchText(name: string, line: number, label: string, cause: unknown): UsageError {
  const other = label === 'gbk' ? 'utf-8' : 'gbk';
  return new UsageError(
    `${name}: line ${line} is not ${label}: say how it is written, as in --encoding ${other}`,
    { cause },
  );
}

/** UTF-16 where its mark stands first, and else UTF-8. */
export function encodingByMark(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function tooMuch(name: string): UsageError {
  const limit = MAX_SML_BYTES / (1024 * 1024);
  return new UsageError(`${name} has more than ${limit} MiB: so much SML is not read at once. Split it`);
}

/** Reads a file of SML. @throws UsageError where it cannot be read, is too long, or is no text. */
export function readSmlFile(file: string, encoding?: string): string {
  const chunks: Buffer[] = [];
  let length = 0;
  const descriptor = openSync(file, 'r');
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const read = readSync(descriptor, chunk);
      if (read === 0) break;
      chunks.push(chunk.subarray(0, read));
      length += read;
      if (length > MAX_SML_BYTES) throw tooMuch(file);
    }
  } finally {
    closeSync(descriptor);
  }
  return decodeText(Buffer.concat(chunks, length), file, encoding);
}

/**
 * Reads a file, or standard input for undefined, unless it is too long or is interrupted.
 * @throws UsageError where it cannot be read or is too long; the reason of the signal.
 */
export async function readBytes(
  { stdin }: CliIo,
  file: string | undefined,
  signal: AbortSignal,
): Promise<Buffer> {
  if (file !== undefined) await fileSize(file);
  const name = file ?? 'standard input';
  const stream = file === undefined ? stdin : createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const stop = (): void => void stream.destroy();
  const chunks: Buffer[] = [];
  let length = 0;
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_SML_BYTES) throw tooMuch(name);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name} cannot be read: ${errnoText(error)}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  return Buffer.concat(chunks, length);
}
