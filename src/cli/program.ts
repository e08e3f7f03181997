import { Command, CommanderError } from 'commander';
import { describeError, ExitCode, exitCodeOf } from './exit-codes.js';
import type { CliIo, Interruption } from './io.js';
import { hasColours, painter, type Paint } from './output/paint.js';

/** The options that every command has. */
export interface GlobalOptions {
  /** Print NDJSON instead of text. */
  readonly json: boolean;
  /** Painter for standard output. */
  readonly paint: Paint;
  /** Painter for standard error. */
  readonly paintErrors: Paint;
}

/** The options that every command has, as given with this one. */
export function globalOptions(command: Command, io: CliIo): GlobalOptions {
  const { json = false, color = true } = command.optsWithGlobals<{ json?: boolean; color?: boolean }>();
  return {
    json,
    paint: painter(hasColours(io, io.stdout, color)),
    paintErrors: painter(hasColours(io, io.stderr, color)),
  };
}

/** Adds a command to the program. */
export type Register = (program: Command, io: CliIo) => void;

const HELP = `
Exit codes:
  0 done            3 could not connect   6 rejected, aborted or answered by stream 9
  1 unexpected      4 not selected        7 connection or session closed
  2 bad usage       5 no reply within T3  8 differences found
  130, 143 ended by SIGINT, SIGTERM`;

/** Makes the program: the global options and the commands. */
export function createProgram(io: CliIo, version: string, commands: readonly Register[]): Command {
  const program = new Command('rxsecs')
    .description('HSMS (SEMI E37) on the command line: messages are written and read as SML.')
    .version(version, '-V, --version', 'print the version')
    .option('--json', 'print one JSON record a line instead of text')
    .option('--no-color', 'print no colours, also on a terminal (as NO_COLOR does)')
    .helpOption('-h, --help', 'print what there is and examples')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
      outputError: (text, print) => print(usageError(text)),
    })
    .addHelpText('after', HELP)
    .exitOverride();
  for (const register of commands) register(program, io);
  return program;
}

/** An error of the command line in one line, as all other errors are. */
function usageError(text: string): string {
  const message = text
    .replace(/^error: /, '')
    .trim()
    .replace(/\s*\n\s*/g, ' ');
  return `rxsecs: ${message} (--help tells what there is)\n`;
}

/**
 * Runs one command line.
 * @param args without the names of node and of the program
 * @returns what the process should end with; nothing is thrown
 */
export async function run(program: Command, io: CliIo, args: readonly string[]): Promise<ExitCode> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
    if (!io.interrupted.aborted) {
      io.stderr.write(`rxsecs: ${describeError(error)}\n`);
      return exitCodeOf(error);
    }
  }
  return io.interrupted.aborted ? (io.interrupted.reason as Interruption).exitCode : ExitCode.ok;
}
