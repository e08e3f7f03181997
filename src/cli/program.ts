import { Command, CommanderError, type Argument } from 'commander';
import { describeError, ExitCode, exitCodeOf } from './exit-codes.js';
import { wallTime, type CliIo, type Interruption } from './io.js';
import { hasColours, painter, type Paint } from './output/paint.js';
import { usageText } from './usage-text.js';

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
    .configureHelp({
      showGlobalOptions: true,
      // Of a command that is not loaded, no options are known.
      subcommandTerm: (command) =>
        [command.name(), '[options]', ...command.registeredArguments.map(argumentTerm)].join(' '),
    })
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
      // `run` prints it.
      outputError: () => {},
    })
    .addHelpText('after', HELP)
    .exitOverride();
  for (const register of commands) register(program, io);
  return program;
}

function argumentTerm(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
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
    if (error instanceof CommanderError) return usage(error, io, args);
    if (!io.interrupted.aborted) {
      const code = exitCodeOf(error);
      await printError(io, args, describeError(error), code);
      return code;
    }
  }
  return io.interrupted.aborted ? (io.interrupted.reason as Interruption).exitCode : ExitCode.ok;
}

async function usage(error: CommanderError, io: CliIo, args: readonly string[]): Promise<ExitCode> {
  if (error.exitCode === 0) return ExitCode.ok;
  // Without a command there is nothing wrong to name: commander has printed what there is.
  if (error.code !== 'commander.help') await printError(io, args, usageText(error, args), ExitCode.usage);
  return ExitCode.usage;
}

/** An error for people on standard error; with `--json` it is the last record as well. */
async function printError(
  io: CliIo,
  args: readonly string[],
  text: string,
  exitCode: ExitCode,
): Promise<void> {
  io.stderr.write(`rxsecs: ${text}\n`);
  if (!args.includes('--json') || io.stdout.destroyed) return;
  const { isoTime } = await import('../log/index.js');
  const record = { time: isoTime(wallTime(io)), type: 'event', event: 'error', text, exitCode };
  io.stdout.write(`${JSON.stringify(record)}\n`);
}
