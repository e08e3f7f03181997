import { InvalidArgumentError, type Command } from 'commander';

/**
 * Reads an argument that only some options ask for, with the errors that commander has for one that is always there.
 * @throws CommanderError for one that is missing, or that `parse` refuses.
 */
export function argumentOf<T>(
  command: Command,
  name: string,
  text: string | undefined,
  parse: (text: string) => T,
): T {
  if (text === undefined) {
    return command.error(`error: missing required argument '${name}'`, { code: 'commander.missingArgument' });
  }
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    const message = `error: command-argument value '${text}' is invalid for argument '${name}'. ${error.message}`;
    return command.error(message, { code: 'commander.invalidArgument' });
  }
}

/** Refuses an address where the options name a serial port. @throws CommanderError */
export function refuseAddress(command: Command, text: string | undefined, serial: string): void {
  if (text === undefined) return;
  command.error(`error: '${text}' and --serial ${serial}: a serial port has no address of TCP`, {
    code: 'commander.excessArguments',
  });
}
