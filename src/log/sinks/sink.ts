import type { Writable } from 'node:stream';
import { check, type KnownNames } from '../../check.js';
import type { Clock } from '../../clock.js';

/** What a sink tells besides the outcome of a write: a problem that cost no record, such as an old file that stays. */
export type SinkReporter = (error: Error, where: string) => void;

/** What became of a write. */
export interface WriteOutcome {
  /** How many of the lines were written, from the first on. */
  readonly written: number;
  /** Why the others were not. */
  readonly error?: Error;
  /** No later write can succeed either. */
  readonly final?: boolean;
}

/** Where a wire log goes. One write is under way at a time. */
export interface WireLogSink {
  /** Called once, before the first write. */
  start?(clock: Clock, report: SinkReporter): void;
  /** Opens what is to be written to, before the first record does. Rejects where that cannot be. */
  open?(): Promise<void>;
  /** Writes lines, each whole with its newline; never rejects. What was not written may be offered again. */
  write(lines: readonly string[]): Promise<WriteOutcome>;
  /** Gives up what the sink holds; never rejects. */
  close(): Promise<void>;
}

/** What can be done with the stream of a log besides writing to it. */
export interface StreamSinkOptions {
  /** Ends the stream when the log is closed. Default false. */
  readonly end?: boolean;
}

const STREAM_SINK: KnownNames<StreamSinkOptions> = { owner: 'streamSink()', names: { end: true } };

/**
 * A log into any Writable: a file, a socket, a transform, standard output.
 *
 * @example
 * ```ts
 * // given a session
 * import { streamSink, WireLog } from 'rxsecs/log';
 *
 * const log = new WireLog(streamSink(process.stderr), { format: 'sml' });
 * log.attach(session);
 * ```
 * @throws HsmsArgumentError for what is no stream, and for an option that is not as it must be.
 */
export function streamSink(stream: Writable, options?: StreamSinkOptions | null): WireLogSink {
  check.methods('stream', stream, ['write', 'end', 'on', 'off'], 'a stream to write to');
  const { end = false } = check.options('options', options, STREAM_SINK);
  check.boolean('end', end);
  let failure: Error | undefined;
  let settle: ((outcome: WriteOutcome) => void) | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    settle?.({ written: 0, error: failure, final: true });
    settle = undefined;
  };
  const onError = (error: Error): void => fail(error);
  const onClose = (): void => fail(new Error('the stream of the log was closed'));
  stream.on('error', onError);
  stream.on('close', onClose);
  return {
    write(lines) {
      if (stream.writableEnded) failure ??= new Error('the stream of the log was ended');
      else if (stream.destroyed) failure ??= stream.errored ?? new Error('the stream of the log was closed');
      if (failure !== undefined) return Promise.resolve({ written: 0, error: failure, final: true });
      return new Promise((resolve) => {
        settle = resolve;
        stream.write(lines.join(''), (error) => {
          if (error) fail(error);
          settle = undefined;
          resolve({ written: lines.length });
        });
      });
    },
    close() {
      stream.off('close', onClose);
      // The listener for errors stays: one that comes late must not end the process.
      if (!end || stream.destroyed) return Promise.resolve();
      return new Promise((resolve) => stream.end(() => resolve()));
    },
  };
}
