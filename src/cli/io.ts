import type { Readable, Writable } from 'node:stream';
import { systemClock, type Clock } from '../clock.js';
import { errnoText } from './errno-text.js';
import { codeOf, ExitCode } from './exit-codes.js';

/** A stream that is read; a terminal has `isTTY`. */
type CliInput = Readable & { readonly isTTY?: boolean | undefined };
/** A stream that is written; a terminal has `isTTY` and a width. */
export type CliOutput = Writable & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/** Why a command was asked to stop: a signal, or its output is not read any more. */
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
  /** Loads a module of the user by its URL, of whatever kind. */
  readonly importModule: ImportModule;
}

/**
 * `import()` as Node has it. The command line is built as CommonJS, where the compiler would make a `require` of it; so it comes
 * from `bin/rxsecs.cjs`, which is not compiled.
 */
export type ImportModule = (url: string) => Promise<object>;

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

/** Waits until what was written has left, or cannot leave: then `interrupted` tells. */
export async function flush(io: CliIo, stream: CliOutput): Promise<void> {
  if (stream.writableLength > 0 && !stream.destroyed && !io.interrupted.aborted) {
    await new Promise<void>((resolve) => {
      io.interrupted.addEventListener('abort', () => resolve(), { once: true });
      stream.write('', () => resolve());
    });
  }
  // The error of a write is told after its callback.
  await new Promise<void>((resolve) => io.clock.afterPoll(resolve));
}

/** What the exit code of a run is made of. */
export interface ProcessIo extends CliIo {
  readonly exitCode: () => ExitCode;
  /** Stops listening for signals. */
  readonly release: () => void;
}

/** What is used of the process. */
export type HostProcess = Pick<
  NodeJS.Process,
  'stdin' | 'stdout' | 'stderr' | 'env' | 'on' | 'off' | 'exit'
> & {
  exitCode?: number | string | null | undefined;
};

/**
 * The world of the running process. The first SIGINT or SIGTERM asks the command to stop, a second one ends it. So does
 * standard output that cannot be written: well where its reader has gone, as in `rxsecs … | head`, otherwise as a failure.
 */
export function processIo(importModule: ImportModule, host: HostProcess = process): ProcessIo {
  const stop = new AbortController();
  let exitCode: ExitCode = ExitCode.ok;
  const interrupt = (code: ExitCode): void => {
    if (stop.signal.aborted) host.exit(code);
    stop.abort({ exitCode: code } satisfies Interruption);
  };
  const onSigint = (): void => interrupt(ExitCode.interrupted);
  const onSigterm = (): void => interrupt(ExitCode.terminated);
  host.on('SIGINT', onSigint);
  host.on('SIGTERM', onSigterm);
  const setExitCode = (code: ExitCode): void => {
    if (exitCode === ExitCode.ok) exitCode = code;
  };
  let outputFailed = false;
  host.stdout.on('error', (error: Error) => {
    const gone = codeOf(error) === 'EPIPE';
    if (!gone && !outputFailed) {
      outputFailed = true;
      host.stderr.write(`rxsecs: standard output cannot be written: ${errnoText(error)}\n`);
      setExitCode(ExitCode.unexpected);
      // It may fail when the command is done already.
      host.exitCode = exitCode;
    }
    if (!stop.signal.aborted) stop.abort({ exitCode: gone ? ExitCode.ok : ExitCode.unexpected });
  });
  host.stderr.on('error', () => {});
  return {
    stdin: host.stdin,
    stdout: host.stdout,
    stderr: host.stderr,
    env: host.env,
    clock: systemClock,
    interrupted: stop.signal,
    interrupt,
    setExitCode,
    importModule,
    exitCode: () => exitCode,
    release: () => {
      host.off('SIGINT', onSigint);
      host.off('SIGTERM', onSigterm);
    },
  };
}

/** Has warnings of the library take one line, without Node's advice on how to debug programs. */
export function printWarnings(host: NodeJS.Process = process): void {
  const others = host.listeners('warning');
  // They are not printed: they were switched off.
  if (others.length === 0) return;
  host.removeAllListeners('warning');
  host.on('warning', (warning) => {
    if (warning.name === 'HsmsWarning' || warning.name === 'Secs1Warning')
      host.stderr.write(`rxsecs: ${warning.message}\n`);
    else for (const other of others) other.call(host, warning);
  });
}
