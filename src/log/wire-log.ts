import type { Writable } from 'node:stream';
import { check, isInstance, type KnownNames } from '../check.js';
import { timeOfDay, systemClock, type Clock } from '../clock.js';
import { rejected } from '../reactive/rejected.js';
import { reportSafely } from '../reactive/report.js';
import type { WirePacket } from '../session/wire-packet.js';
import type { SmlPrintOptions } from '../secs2/index.js';
import { checkNames, checkPlaces, checkSml, checkWirePacket } from './check-values.js';
import type { LoggedEvent } from './record/event-fields.js';
import { lineEvent, type LineBytesSeen } from './record/line-event.js';
import type { MessageNames } from './record/message-record.js';
import { ndjson, smlText, type Entry } from './record/format.js';
import { LogBuffer, type WireLogProblem, type WireLogStats } from './sinks/log-buffer.js';
import { WIRE_LOG_RECORD_BYTES } from './record/record.js';
import { redaction, type RedactionRule } from './record/redaction.js';
import { streamSink, type WireLogSink } from './sinks/sink.js';
import { LogTap, type LogSource, type LogTarget } from './tap.js';

/** How a wire log is written. Everything is optional. */
export interface WireLogOptions {
  /** `ndjson`: one JSON object a line, lossless, for programs (default). `sml`: SML with comments, for people. */
  readonly format?: 'ndjson' | 'sml';
  /** NDJSON: adds each message as SML. How SML is printed, in either format. Default false. */
  readonly sml?: boolean | SmlPrintOptions;
  /** NDJSON: adds what each message is called, as `title`; the `catalogue` of `rxsecs/e5` knows. */
  readonly names?: MessageNames;
  /** Which bodies are left out, their lengths written in their place. Default none. */
  readonly redact?: readonly RedactionRule[];
  /** Which packets are logged; `dir` is undefined for an onlooker. Default all; one that throws logs the packet. */
  readonly filter?: (packet: WirePacket, dir: 'in' | 'out' | undefined) => boolean;
  /** Whether events are logged besides packets. Default true. */
  readonly events?: boolean;
  /**
   * Whether the bytes on lines of SECS-I are logged besides messages, as they come and leave: events `line` with ENQ, EOT, ACK, NAK and
   * the blocks. Where `redact` has rules, blocks are told without their bytes. Default false.
   */
  readonly lines?: boolean;
  /**
   * Cap in bytes on what waits for a slow sink: frames, and {@link WIRE_LOG_RECORD_BYTES} for each record. What comes beyond
   * is dropped, counted and told. One record may always wait. Default 16 MiB.
   */
  readonly maxBufferedBytes?: number;
  /** Takes what goes wrong. Default: a line on standard error. */
  readonly onProblem?: (problem: WireLogProblem) => void;
  /** Time source. Default: the system's. */
  readonly clock?: Clock;
}

/** How a target is logged. */
export interface AttachOptions {
  /** Name of the connection in the records. Default: none; for the connections of a server their addresses. */
  readonly name?: string;
}

/** What an onlooker knows of a packet. Everything is optional. */
export interface SeenPacket {
  /** Which way it went, where the onlooker is at one of the ends. */
  readonly dir?: 'in' | 'out' | undefined;
  /** Who sent it, and who gets it: `address:port`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Name of the connection. */
  readonly name?: string | undefined;
}

const WIRE_LOG: KnownNames<WireLogOptions> = {
  owner: 'a wire log',
  names: {
    format: true,
    sml: true,
    names: true,
    redact: true,
    filter: true,
    events: true,
    lines: true,
    maxBufferedBytes: true,
    onProblem: true,
    clock: true,
  },
};

const ATTACH: KnownNames<AttachOptions> = { owner: 'attach()', names: { name: true } };

const SEEN: KnownNames<SeenPacket> = {
  owner: 'packet()',
  names: { dir: true, from: true, to: true, name: true },
};

const NOWHERE: LogSource = { name: undefined, local: undefined, remote: undefined };

const DEFAULT_MAX_BUFFERED_BYTES = 16 * 1024 * 1024;
const DEFAULT_CLOSE_SECONDS = 5;

/**
 * Writes down every packet of the connections it is attached to, in the order of the wire in each direction, and what
 * happens to them. Records are made and written after the packets at hand have been dealt with; a sink that is slow, or
 * that fails, costs records, which are counted, and never holds up a connection. It keeps no process alive.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { rotatingFile, WireLog } from 'rxsecs/log';
 *
 * const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
 * const log = new WireLog(rotatingFile('logs/etcher.ndjson', { maxFiles: 14, gzip: true }), {
 *   redact: ['S7F3', 'S7F6'], // recipes stay out
 * });
 * log.attach(session, { name: 'etcher' });
 * await log.close(); // writes what waits
 * ```
 */
export class WireLog implements AsyncDisposable {
  readonly #clock: Clock;
  readonly #options: WireLogOptions;
  readonly #buffer: LogBuffer;
  readonly #sink: WireLogSink;
  readonly #tap: LogTap;
  readonly #onProblem: (problem: WireLogProblem) => void;
  #closing: Promise<void> | undefined;

  /**
   * @param sink where to: any Writable, which is not ended, or a sink such as `rotatingFile`
   * @throws HsmsArgumentError for an option out of range.
   */
  constructor(sink: Writable | WireLogSink, given?: WireLogOptions | null) {
    const options = checkOptions(given);
    const { format = 'ndjson', sml, maxBufferedBytes = DEFAULT_MAX_BUFFERED_BYTES } = options;
    const { events = true, lines = false, redact: rules = [] } = options;
    const redact = redaction(rules);
    const printOptions = typeof sml === 'object' ? sml : undefined;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#onProblem = options.onProblem ?? printProblem;
    this.#sink = sinkOf(sink);
    this.#sink.start?.(this.#clock, (error, where) => this.#report({ kind: 'sinkFailed', error, where }));
    this.#buffer = new LogBuffer(this.#sink, {
      clock: this.#clock,
      format: format === 'sml' ? smlText(printOptions, redact) : ndjson(sml, redact, options.names),
      maxBytes: maxBufferedBytes,
      report: (problem) => this.#report(problem),
    });
    this.#tap = new LogTap({
      onPacket: (dir, packet, source) => this.#onPacket(dir, packet, source),
      ...(events && { onEvent: (event: LoggedEvent, source: LogSource) => this.#onEvent(event, source) }),
      ...(lines && {
        onLine: (bytes: LineBytesSeen, source: LogSource) =>
          this.#onEvent(lineEvent(bytes, rules.length === 0), source),
      }),
    });
  }

  /** What has been written and lost so far, and what waits. */
  get stats(): WireLogStats {
    return this.#buffer.stats;
  }

  /**
   * Logs a connection; all connections of a server, those added later as well; or a session or general session together
   * with its connection. A connection that is logged already is not logged twice.
   * @returns a function that ends it
   */
  attach(target: LogTarget, options?: AttachOptions | null): () => void {
    const { name } = check.options('options', options, ATTACH);
    if (name !== undefined) check.text('name', name);
    return this.#tap.add(target, name);
  }

  /**
   * Opens the sink now, to find out at the start that nothing can be written there; otherwise the first record does.
   * Rejects with the error of the system. The log can be used all the same: it tries again.
   */
  async open(): Promise<void> {
    await this.#sink.open?.();
  }

  /**
   * Writes down a packet that an onlooker saw, such as a proxy, for which there is no connection to attach to. Filter,
   * redaction and bounds are the same.
   */
  packet(packet: WirePacket, seen?: SeenPacket | null): void {
    checkWirePacket(packet);
    const given = check.options('seen', seen, SEEN);
    checkPlaces(given);
    this.#packet(packet, given);
  }

  #packet(packet: WirePacket, { dir, from, to, name }: SeenPacket): void {
    if (!this.#passes(packet, dir)) return;
    const bytes = 4 + packet.length + WIRE_LOG_RECORD_BYTES;
    this.#buffer.add({ kind: 'packet', time: this.#now(), bytes, dir, packet, from, to, name });
  }

  /**
   * Writes down an event of the application, unless events are not wanted.
   * @param text a sentence for people
   * @param fields further fields of the record, in plain JSON
   */
  event(event: string, text: string, fields: Readonly<Record<string, unknown>> = {}): void {
    check.text('event', event);
    check.text('text', text);
    checkJson('fields', fields);
    if (this.#options.events === false) return;
    this.#onEvent({ event, level: 'info', text, fields }, NOWHERE);
  }

  /**
   * Waits until what was logged so far has been written.
   * @param seconds how long at most; default 5
   * @returns true; false when the time was over first, or the sink failed.
   */
  async flush(seconds: number = DEFAULT_CLOSE_SECONDS): Promise<boolean> {
    check.seconds('seconds', seconds, 'zeroToo');
    return this.#buffer.flush(seconds);
  }

  /**
   * Ends logging and writes what waits. What could not be written in time is dropped, counted and told. Does nothing the
   * second time. Rejects for seconds that are none, and for nothing else.
   * @param seconds how long at most; default 5
   */
  close(seconds: number = DEFAULT_CLOSE_SECONDS): Promise<void> {
    try {
      check.seconds('seconds', seconds, 'zeroToo');
    } catch (error) {
      return rejected(error);
    }
    this.#closing ??= this.#close(seconds);
    return this.#closing;
  }

  /** The same as {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(seconds: number): Promise<void> {
    this.#tap.stop();
    const flushed = await this.#buffer.flush(seconds);
    this.#buffer.end();
    const closed = this.#sink.close();
    // A write that never ends must not hold up the close.
    if (flushed) await closed;
  }

  #onPacket(dir: 'in' | 'out', packet: WirePacket, { name, local, remote }: LogSource): void {
    const [from, to] = dir === 'in' ? [remote, local] : [local, remote];
    this.#packet(packet, { dir, from, to, name });
  }

  #onEvent(event: LoggedEvent, source: LogSource): void {
    const entry: Entry = { kind: 'event', time: this.#now(), bytes: WIRE_LOG_RECORD_BYTES, event, source };
    this.#buffer.add(entry);
  }

  #passes(packet: WirePacket, dir: 'in' | 'out' | undefined): boolean {
    if (this.#options.filter === undefined) return true;
    try {
      return this.#options.filter(packet, dir);
    } catch {
      return true;
    }
  }

  #now(): number {
    return timeOfDay(this.#clock);
  }

  #report(problem: WireLogProblem): void {
    try {
      this.#onProblem(problem);
    } catch (error) {
      reportSafely(() => printProblem(problem), error, 'onProblem');
    }
  }
}

function checkOptions(options: WireLogOptions | null | undefined): WireLogOptions {
  const read = check.options('options', options, WIRE_LOG);
  const { format, sml, names, filter, events, lines, maxBufferedBytes, onProblem, clock } = read;
  if (format !== undefined) check.oneOf('format', format, ['ndjson', 'sml']);
  if (filter !== undefined) check.fn('filter', filter);
  if (events !== undefined) check.boolean('events', events);
  if (lines !== undefined) check.boolean('lines', lines);
  if (maxBufferedBytes !== undefined) check.number('maxBufferedBytes', maxBufferedBytes, 0);
  if (onProblem !== undefined) check.fn('onProblem', onProblem);
  if (clock !== undefined) check.clock(clock);
  checkSml(sml);
  checkNames(names);
  return read;
}

function sinkOf(sink: Writable | WireLogSink): WireLogSink {
  const must = 'a stream to write to, or a sink such as rotatingFile() makes';
  const { pipe } = check.fields('sink', check.object('sink', sink, must) as { pipe?: unknown }, ['pipe']);
  if (typeof pipe === 'function') return streamSink(sink as Writable);
  return check.methods('sink', sink as WireLogSink, ['write', 'close'], must);
}

/** Checks what is to be written as JSON: an object without circles and bigints. */
function checkJson(name: string, fields: Readonly<Record<string, unknown>>): void {
  check.object(name, fields, 'an object that can be written as JSON');
  try {
    JSON.stringify(fields);
  } catch (error) {
    const why = isInstance(error, Error) ? `: ${error.message.split('\n', 1)[0] ?? ''}` : '';
    check.fail(`${name} must be an object that can be written as JSON${why}`);
  }
}

function printProblem(problem: WireLogProblem): void {
  console.error(`rxsecs: wire log: ${describeProblem(problem)}`);
}

const A_PROBLEM = 'a problem, as onProblem is given';

/**
 * A problem of a wire log as a sentence for an operator. @throws HsmsArgumentError for what is none.
 *
 * @example
 * ```ts
 * import { describeProblem, rotatingFile, WireLog } from 'rxsecs/log';
 *
 * const log = new WireLog(rotatingFile('logs/etcher.ndjson'), {
 *   onProblem: (problem) => console.error(describeProblem(problem)),
 * });
 * ```
 */
export function describeProblem(problem: WireLogProblem): string {
  check.tagged('problem', problem, A_PROBLEM);
  switch (problem.kind) {
    case 'dropped':
      return problem.over
        ? `${problem.records} records (${problem.bytes} bytes) since ${problem.since} were lost`
        : `records are being lost since ${problem.since}`;
    case 'writeFailed':
      return `${problem.error.message}; ${problem.final ? 'nothing more can be written' : 'it will be tried again'}`;
    case 'recovered':
      return 'it can be written again';
    case 'sinkFailed':
      return `${problem.where} failed: ${problem.error.message}`;
    default:
      return check.refuse('problem', A_PROBLEM, problem);
  }
}
