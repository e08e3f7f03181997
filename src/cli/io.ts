import type { Readable, Writable } from 'node:stream';
import { systemClock, type Clock } from '../index.js';
import { ExitCode } from './exit-codes.js';

/** A stream that is read; a terminal has `isTTY`. */
type CliInput = Readable & { readonly isTTY?: boolean | undefined };
/** A stream that is written; a terminal has `isTTY` and a width. */
export type CliOutput = Writable & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/** Why a command was asked to stop: a signal, or nobody reads what it prints any more. */
export interface Interruption {
  readonly exitCode: ExitCode;
}

/** What a command may touch of the world, so that specs can run it in their own. */
export interface CliIo {
  readonly stdin: CliInput;
  readonly stdout: CliOutput;
  readonly stderr: CliOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Aborted, with an {@link Interruption} as its reason, when the command has to come to an end. */
  readonly interrupted: AbortSignal;
  /** Aborts `interrupted`: for a terminal that hands Ctrl-C over as a key. */
  readonly interrupt: (code: ExitCode) => void;
  /** Makes the process end with this code once the command is done. The first call that is not `ok` counts. */
  readonly setExitCode: (code: ExitCode) => void;
}

/** The time of day: milliseconds since 1970-01-01 UTC, with fractions. */
export function wallTime({ clock }: CliIo): number {
  return clock.wallTime?.() ?? clock.now();
}

/** Waits until a stream takes more; nothing piles up in memory for a slow reader. Returns at once after an interruption. */
export async function write(io: CliIo, stream: CliOutput, text: string | Uint8Array): Promise<void> {
  if (stream.destroyed || stream.write(text)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('close', done);
      io.interrupted.removeEventListener('abort', done);
      resolve();
    };
    stream.once('drain', done);
    stream.once('close', done);
    io.interrupted.addEventListener('abort', done, { once: true });
    if (io.interrupted.aborted) done();
  });
}

/** What the exit code of a run is made of. */
export interface ProcessIo extends CliIo {
  readonly exitCode: () => ExitCode;
  /** Stops listening for signals. */
  readonly release: () => void;
}

/** The world of the running process. The first SIGINT or SIGTERM asks the command to stop, a second one ends it. */
export function processIo(): ProcessIo {
  const stop = new AbortController();
  let exitCode: ExitCode = ExitCode.ok;
  const interrupt = (code: ExitCode): void => {
    if (stop.signal.aborted) process.exit(code);
    stop.abort({ exitCode: code } satisfies Interruption);
  };
  const onSigint = (): void => interrupt(ExitCode.interrupted);
  const onSigterm = (): void => interrupt(ExitCode.terminated);
  process.on('SIGINT', onSigint);
  process.on('SIGTERM', onSigterm);
  // Whoever read what is printed has gone: `rxsecs … | head`.
  process.stdout.on('error', () => {
    if (!stop.signal.aborted) stop.abort({ exitCode: ExitCode.ok } satisfies Interruption);
  });
  process.stderr.on('error', () => {});
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    clock: systemClock,
    interrupted: stop.signal,
    interrupt,
    setExitCode: (code) => {
      if (exitCode === ExitCode.ok) exitCode = code;
    },
    exitCode: () => exitCode,
    release: () => {
      process.off('SIGINT', onSigint);
      process.off('SIGTERM', onSigterm);
    },
  };
}
