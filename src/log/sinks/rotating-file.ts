import { createReadStream, createWriteStream } from 'node:fs';
import { access, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { check, type KnownNames } from '../../check.js';
import { timeOfDay, systemClock, type Clock } from '../../clock.js';
import { makeFolder } from './make-folder.js';
import type { SinkReporter, WireLogSink, WriteOutcome } from './sink.js';
import { isoTime } from '../record/time.js';

/** When a file is put aside, and what becomes of it. */
export interface RotatingFileOptions {
  /** Size in bytes above which no further record goes into the file; a record alone may be larger. Default 64 MiB. */
  readonly maxBytes?: number;
  /** Seconds after which a file is put aside; looked at with each write. Default: no limit. */
  readonly maxAge?: number;
  /** How many files there may be, the current one included; the oldest are deleted. Default 10; Infinity for no limit. */
  readonly maxFiles?: number;
  /** Compresses files that were put aside. Default false. */
  readonly gzip?: boolean;
}

const ROTATING_FILE: KnownNames<RotatingFileOptions> = {
  owner: 'rotatingFile()',
  names: { maxBytes: true, maxAge: true, maxFiles: true, gzip: true },
};

/** Seconds until a rotation that failed is tried again; the file grows meanwhile. */
const RETRY_SECONDS = 60;

/**
 * A log into a file that is put aside when it is too large or too old: `wire.ndjson` becomes
 * `wire.2026-11-23T21-49-56.123456Z.ndjson`, or `….ndjson.gz`, and a new `wire.ndjson` is begun. A file that exists is
 * continued. Missing folders are made. The file is opened with the first record.
 *
 * @example
 * ```ts
 * import { rotatingFile, WireLog } from 'rxsecs/log';
 *
 * const log = new WireLog(rotatingFile('logs/etcher.ndjson', { maxBytes: 50e6, maxAge: 86400, maxFiles: 14 }));
 * await log.close();
 * ```
 * @throws HsmsArgumentError for an option out of range.
 */
export function rotatingFile(path: string, options?: RotatingFileOptions | null): WireLogSink {
  if (check.text('path', path, 'the path of a file') === '' || path.includes('\0')) {
    check.refuse('path', 'the path of a file', path);
  }
  const given = check.options('options', options, ROTATING_FILE);
  const { maxBytes = 64 * 1024 * 1024, maxAge = Infinity, maxFiles = 10, gzip = false } = given;
  check.boolean('gzip', gzip);
  atLeast('maxBytes', maxBytes, 1);
  if (!(typeof maxAge === 'number' && maxAge > 0))
    check.refuse('maxAge', 'a number of seconds above 0', maxAge);
  atLeast('maxFiles', maxFiles, 1);
  return new RotatingFile(path, { maxBytes, maxAge, maxFiles, gzip });
}

function atLeast(name: string, value: number, least: number): void {
  check.number(name, value, least);
}

class RotatingFile implements WireLogSink {
  readonly #path: string;
  readonly #options: Required<RotatingFileOptions>;
  #clock: Clock = systemClock;
  #report: SinkReporter = () => {};
  #file: FileHandle | undefined;
  #size = 0;
  /** Wall time in milliseconds at which the current file was begun. */
  #begun = 0;
  #rotateAfter = -Infinity;
  #compressing: Promise<void> = Promise.resolve();

  constructor(path: string, options: Required<RotatingFileOptions>) {
    this.#path = path;
    this.#options = options;
  }

  start(clock: Clock, report: SinkReporter): void {
    this.#clock = clock;
    this.#report = report;
  }

  async open(): Promise<void> {
    await this.#open();
  }

  async write(lines: readonly string[]): Promise<WriteOutcome> {
    let written = 0;
    try {
      while (written < lines.length) {
        await this.#open();
        if (this.#isDue(Buffer.byteLength(lines[written] ?? ''))) {
          await this.#rotate();
          continue;
        }
        written += await this.#append(lines.slice(written));
      }
      return { written };
    } catch (error) {
      return { written, error: error as Error };
    }
  }

  async close(): Promise<void> {
    await this.#compressing;
    const file = this.#file;
    this.#file = undefined;
    await file?.close().catch((error: Error) => this.#report(error, `closing ${this.#path}`));
  }

  async #open(): Promise<void> {
    if (this.#file !== undefined) return;
    await makeFolder(dirname(this.#path));
    const file = await open(this.#path, 'a');
    const { size, birthtimeMs, mtimeMs } = await file.stat();
    this.#file = file;
    this.#size = size;
    // Not every file system knows when a file was made.
    this.#begun = size === 0 ? this.#now() : birthtimeMs || mtimeMs;
  }

  /** Writes as many lines as the file may hold, one at least; returns how many. */
  async #append(lines: readonly string[]): Promise<number> {
    const file = this.#file as FileHandle;
    let count = 0;
    let bytes = 0;
    for (const line of lines) {
      const more = Buffer.byteLength(line);
      if (count > 0 && this.#size + bytes + more > this.#options.maxBytes) break;
      count++;
      bytes += more;
    }
    try {
      await file.appendFile(lines.slice(0, count).join(''));
    } catch (error) {
      // A full disk may have taken half a line; the next attempt must not continue it.
      await file.truncate(this.#size).catch(() => {});
      this.#file = undefined;
      await file.close().catch(() => {});
      throw error;
    }
    this.#size += bytes;
    return count;
  }

  #isDue(bytes: number): boolean {
    if (this.#size === 0 || this.#clock.now() < this.#rotateAfter) return false;
    const age = (this.#now() - this.#begun) / 1000;
    return this.#size + bytes > this.#options.maxBytes || age >= this.#options.maxAge;
  }

  async #rotate(): Promise<void> {
    try {
      const aside = await this.#freeName();
      await rename(this.#path, aside);
      await this.#file?.close();
      this.#file = undefined;
      // One file after the other, beside the writing of new records.
      this.#compressing = this.#compressing.then(() => this.#putAside(aside));
    } catch (error) {
      this.#rotateAfter = this.#clock.now() + RETRY_SECONDS * 1000;
      this.#report(error as Error, `the rotation of ${this.#path}`);
    }
  }

  async #putAside(aside: string): Promise<void> {
    try {
      // Where files are put aside faster than they are compressed, it may have been deleted as one too many.
      if (this.#options.gzip && (await exists(aside))) {
        await pipeline(createReadStream(aside), createGzip(), createWriteStream(`${aside}.part`));
        await rename(`${aside}.part`, `${aside}.gz`);
        await rm(aside);
      }
    } catch (error) {
      await rm(`${aside}.part`, { force: true }).catch(() => {});
      this.#report(error as Error, `the compression of ${aside}`);
    }
    await this.#prune().catch((error: Error) => this.#report(error, `deleting old files of ${this.#path}`));
  }

  async #prune(): Promise<void> {
    const { maxFiles } = this.#options;
    if (maxFiles === Infinity) return;
    const [stem, extension] = this.#name;
    const folder = dirname(this.#path);
    const old = (await readdir(folder)).filter((name) => isAside(name, stem, extension)).sort();
    for (const name of old.slice(0, Math.max(0, old.length - (maxFiles - 1)))) {
      await rm(join(folder, name), { force: true });
    }
  }

  /** A name, after the time, that no file has: renaming would replace that file. */
  async #freeName(): Promise<string> {
    const [stem, extension] = this.#name;
    const time = isoTime(this.#now()).replaceAll(':', '-');
    for (let number = 0; ; number++) {
      const suffix = number === 0 ? '' : `-${number}`;
      const path = join(dirname(this.#path), `${stem}.${time}${suffix}${extension}`);
      if (!(await exists(path)) && !(await exists(`${path}.gz`))) return path;
    }
  }

  get #name(): readonly [stem: string, extension: string] {
    const extension = extname(this.#path);
    return [basename(this.#path, extension), extension];
  }

  #now(): number {
    return timeOfDay(this.#clock);
  }
}

/** Whether this is the name of a file that was put aside. */
function isAside(name: string, stem: string, extension: string): boolean {
  if (!name.startsWith(`${stem}.`)) return false;
  const rest = name.slice(stem.length + 1).replace(/\.gz$/, '');
  return (
    rest.endsWith(extension) &&
    /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{6}Z(-\d+)?$/.test(rest.slice(0, rest.length - extension.length))
  );
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
