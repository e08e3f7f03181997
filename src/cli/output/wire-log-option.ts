import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { MessageSet } from '../../e5/index.js';
import { describeProblem, rotatingFile, WireLog } from '../../log/index.js';
import { errnoText } from '../errno-text.js';
import { ExitCode, UsageError } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { setOf } from './named-sml.js';
import { parseBytes, parseInteger, parseSeconds } from '../values.js';

/** How much may wait for a slow disk. */
const LIMIT_BYTES = 64 * 1024 * 1024;

/** What the options say of a wire log. */
export interface LogOptions {
  readonly log?: string;
  readonly logSize?: number;
  readonly logAge?: number;
  readonly logFiles?: number;
  readonly logGzip?: true;
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
      option('--log-age <seconds>', 'put the file aside when it is so old').argParser(parseSeconds(false)),
    )
    .addOption(
      option('--log-files <n>', 'how many files to keep, the current one included (10)').argParser(
        parseInteger(1, Number.MAX_SAFE_INTEGER),
      ),
    )
    .addOption(option('--log-gzip', 'compress files that were put aside'))
    .addOption(option('--redact <rules...>', 'leave these bodies out: S7F3, S7 for a stream, * for all'));
}

/**
 * Opens the wire log that the options ask for; undefined where they ask for none. Its records say what messages are called where
 * names are asked for. @throws UsageError where it cannot be.
 */
export async function openWireLog(
  io: CliIo,
  options: LogOptions,
  names?: boolean | MessageSet,
): Promise<WireLog | undefined> {
  const { log: file, logSize, logAge, logFiles, logGzip, redact } = options;
  if (file === undefined) return undefined;
  const sink = rotatingFile(file, {
    ...(logSize !== undefined && { maxBytes: logSize }),
    ...(logAge !== undefined && { maxAge: logAge }),
    ...(logFiles !== undefined && { maxFiles: logFiles }),
    ...(logGzip && { gzip: true }),
  });
  const set = setOf(names);
  const wireLog = new WireLog(sink, {
    ...(set !== undefined && { names: set }),
    clock: io.clock,
    maxBufferedBytes: LIMIT_BYTES,
    ...(redact !== undefined && { redact }),
    onProblem: (problem) => void io.stderr.write(`rxsecs: the log ${file}: ${describeProblem(problem)}\n`),
  });
  const missing = missingFolder(file);
  try {
    await wireLog.open();
  } catch (error) {
    throw new UsageError(`the log ${file} cannot be written: ${errnoText(error)}`, { cause: error });
  }
  // A folder that was mistyped looks like a success otherwise.
  if (missing !== undefined) io.stderr.write(`rxsecs: the folder ${missing} was made for the log ${file}\n`);
  return wireLog;
}

/** The uppermost folder of a file that is not there. */
function missingFolder(file: string): string | undefined {
  let missing: string | undefined;
  for (let folder = dirname(resolve(file)); !existsSync(folder); folder = dirname(folder)) missing = folder;
  return missing;
}

/** Writes what waits. A log that lacks something makes the process end with 1, unless something else went wrong. */
export async function closeWireLog(io: CliIo, wireLog: WireLog | undefined): Promise<void> {
  await wireLog?.close();
  if (wireLog !== undefined && wireLog.stats.droppedRecords > 0) io.setExitCode(ExitCode.unexpected);
}
