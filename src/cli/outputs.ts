import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { isoTime } from '../log/index.js';
import { describeError } from './exit-codes.js';
import { wallTime, type CliIo } from './io.js';
import { LineOutput, type Lines, type Lost } from './line-output.js';
import type { GlobalOptions } from './program.js';
import { JsonReport, reportToAll, TextReport, type Report } from './report.js';
import { TERMINAL_VALUES } from './run-options.js';

/** What is wanted of the outputs. */
export interface OutputOptions {
  readonly log?: string;
  readonly control?: boolean;
  readonly maxLength?: number;
  readonly codePage?: string;
}

/** Where a run prints to: standard output or a terminal, and a log. */
export interface Outputs {
  readonly report: Report;
  /** From now on, what is printed goes there instead of to standard output. */
  printTo(lines: Lines): void;
  /** Closes a terminal; what is printed goes to standard output again. */
  closeTerminal(terminal: { close(): void }): void;
  /** Everything has been written. */
  close(): Promise<void>;
}

/** Opens what the options ask for. */
export function openOutputs(io: CliIo, { json, paint }: GlobalOptions, options: OutputOptions): Outputs {
  const plain = new LineOutput(io.stdout, json ? lostRecord(io) : lostComment);
  let lines: Lines = plain;
  const printed: Lines = { print: (text) => lines.print(text) };
  const maxLength = options.maxLength ?? (io.stdout.isTTY === true ? TERMINAL_VALUES : undefined);
  const sml = {
    ...(maxLength !== undefined && { maxLength }),
    ...(options.codePage !== undefined && { codePage: options.codePage }),
  };
  const screen = json
    ? new JsonReport(io, printed, true)
    : new TextReport(io, printed, paint, sml, options.control !== false);
  const log = options.log === undefined ? undefined : openLog(io, options.log);
  return {
    report: log === undefined ? screen : reportToAll([screen, new JsonReport(io, log.lines, false)]),
    printTo: (other) => (lines = other),
    closeTerminal: (terminal) => {
      lines = plain;
      terminal.close();
    },
    close: async () => {
      await log?.close();
    },
  };
}

function openLog(io: CliIo, file: string): { lines: Lines; close: () => Promise<void> } {
  const stream: WriteStream = createWriteStream(file, { flags: 'a' });
  stream.on(
    'error',
    (error) => void io.stderr.write(`rxsecs: the log ${file} cannot be written: ${describeError(error)}\n`),
  );
  return {
    lines: new LineOutput(stream, lostRecord(io)),
    close: async () => {
      if (stream.destroyed) return;
      stream.end();
      await once(stream, 'close').catch(() => {});
    },
  };
}

function lostComment({ texts, bytes }: Lost): string {
  return `// ${texts} messages and events (${bytes} bytes) were not printed: nobody read fast enough`;
}

const lostRecord =
  (io: CliIo) =>
  ({ texts, bytes }: Lost): string => {
    const time = isoTime(wallTime(io));
    return JSON.stringify({ time, type: 'dropped', records: texts, bytes, since: time });
  };
