import { Option, type Command } from 'commander';
import type { HsmsSession } from '../index.js';
import { describeProblem, rotatingFile, WireLog } from '../log/index.js';
import type { CliIo } from './io.js';
import { parseBytes, parseInteger } from './values.js';

/** What the options say of a wire log. */
export interface LogOptions {
  readonly log?: string;
  readonly logSize?: number;
  readonly logFiles?: number;
  readonly redact?: readonly string[];
}

/** Adds the options of a wire log. */
export function addLogOptions(command: Command): Command {
  const option = (flags: string, description: string): Option =>
    new Option(flags, description).helpGroup('Wire log:');
  return command
    .addOption(option('--log <file>', 'append a wire log (NDJSON, lossless) to a file'))
    .addOption(
      option('--log-size <bytes>', 'put the file aside above this size (64 MiB)').argParser(parseBytes),
    )
    .addOption(
      option('--log-files <n>', 'keep so many files, the current one included (10)').argParser(
        parseInteger(1, Number.MAX_SAFE_INTEGER),
      ),
    )
    .addOption(option('--redact <rules...>', 'leave these bodies out: S7F3, S7 for a stream, * for all'));
}

/** Opens the wire log that the options ask for; undefined where they ask for none. */
export function openWireLog(io: CliIo, options: LogOptions, session: HsmsSession): WireLog | undefined {
  const { log, logSize, logFiles, redact } = options;
  if (log === undefined) return undefined;
  const sink = rotatingFile(log, {
    ...(logSize !== undefined && { maxBytes: logSize }),
    ...(logFiles !== undefined && { maxFiles: logFiles }),
  });
  const wireLog = new WireLog(sink, {
    clock: io.clock,
    ...(redact !== undefined && { redact }),
    onProblem: (problem) => void io.stderr.write(`rxsecs: the log ${log}: ${describeProblem(problem)}\n`),
  });
  wireLog.attach(session);
  return wireLog;
}
