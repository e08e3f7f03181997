import { errnoText } from './errno-text.js';
import { printable } from './output/printable.js';

/** What the process ends with; documented in docs/cli.md. */
export const ExitCode = {
  ok: 0,
  /** Something that should not have happened. */
  unexpected: 1,
  /** The command line, or a file it names, is not as it has to be. */
  usage: 2,
  /** The peer could not be connected to, or the port could not be listened on. */
  notConnected: 3,
  /** The connection came up and the session was not selected. */
  notSelected: 4,
  /** No reply within T3. */
  noReply: 5,
  /** The peer answered with Reject, function 0 or stream 9. */
  refused: 6,
  /** The connection or the session ended while it was needed. */
  closed: 7,
  /** What was compared differs. */
  different: 8,
  /** Ended by SIGINT or by SIGTERM. */
  interrupted: 130,
  terminated: 143,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** An error whose message is all that a user needs: it is printed without a stack, and ends the process with its code. */
export class CliError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

/** The command line, or a file it names, is not as it has to be. */
export class UsageError extends CliError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, ExitCode.usage, options);
    this.name = 'UsageError';
  }
}

const codes: ReadonlyMap<string, ExitCode> = new Map([
  ['HSMS_INVALID_ARGUMENT', ExitCode.usage],
  ['HSMS_FRAME_TOO_LONG', ExitCode.usage],
  ['HSMS_CAPTURE_FORMAT', ExitCode.usage],
  ['HSMS_WIRE_LOG', ExitCode.usage],
  ['HSMS_ADDRESS_IN_USE', ExitCode.notConnected],
  ['HSMS_LISTEN_FAILED', ExitCode.notConnected],
  ['HSMS_CONNECT_FAILED', ExitCode.notConnected],
  ['HSMS_CONNECT_TIMEOUT', ExitCode.notConnected],
  ['HSMS_NAME_NOT_RESOLVED', ExitCode.notConnected],
  ['HSMS_NOT_CONNECTED', ExitCode.notConnected],
  ['HSMS_DISABLED', ExitCode.notConnected],
  ['HSMS_NOT_SELECTED', ExitCode.notSelected],
  ['HSMS_CONTROL_REFUSED', ExitCode.notSelected],
  ['HSMS_T6_TIMEOUT', ExitCode.notSelected],
  ['HSMS_T3_TIMEOUT', ExitCode.noReply],
  ['HSMS_TRANSACTION_ABORTED', ExitCode.refused],
  ['HSMS_TRANSACTION_REJECTED', ExitCode.refused],
  ['HSMS_STREAM_9', ExitCode.refused],
  ['HSMS_CONNECTION_CLOSED', ExitCode.closed],
  ['HSMS_SESSION_ENDED', ExitCode.closed],
  ['SECS1_NOT_CONNECTED', ExitCode.notConnected],
  ['SECS1_NOT_USABLE', ExitCode.notConnected],
  ['SECS1_PORT_FAILED', ExitCode.notConnected],
  ['SECS1_SERIALPORT_MISSING', ExitCode.notConnected],
  // A line is open whether or not somebody is at its other end: here it shows.
  ['SECS1_RETRY_LIMIT', ExitCode.notConnected],
  ['SECS1_T3_TIMEOUT', ExitCode.noReply],
  ['SECS1_T4_TIMEOUT', ExitCode.noReply],
  ['SECS1_TRANSACTION_ABORTED', ExitCode.refused],
  ['SECS1_STREAM_9', ExitCode.refused],
  ['SECS1_GRANT_REFUSED', ExitCode.refused],
  ['SECS1_CONNECTION_CLOSED', ExitCode.closed],
  ['SECS1_SESSION_ENDED', ExitCode.closed],
  ['SECS1_MESSAGE_TOO_LONG', ExitCode.usage],
  ['SECS1_QUEUE_FULL', ExitCode.unexpected],
  ['GEM_INVALID_ARGUMENT', ExitCode.usage],
  ['GEM_REFUSED', ExitCode.refused],
  ['GEM_NOT_COMPLETED', ExitCode.noReply],
  ['GEM_OUTCOME_UNKNOWN', ExitCode.closed],
  // A file that is named and cannot be read or written.
  ['ENOENT', ExitCode.usage],
  ['EACCES', ExitCode.usage],
  ['EISDIR', ExitCode.usage],
  ['ENOTDIR', ExitCode.usage],
]);

/** The code of an error, wherever it came from. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What the process should end with because of an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  const code = codeOf(error) ?? '';
  if (/^(SECS2|SML)_/.test(code)) return ExitCode.usage;
  return codes.get(code) ?? ExitCode.unexpected;
}

/** What is shown of an error: its message, and of an unexpected one where it came from; nothing that a terminal obeys. */
export function describeError(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return printable(String(error));
  const code = codeOf(error);
  if ('syscall' in error && code !== undefined) return fileText(error, code);
  if (exitCodeOf(error) !== ExitCode.unexpected) return printable(inOptions(String(error.message), code));
  return printable('stack' in error && typeof error.stack === 'string' ? error.stack : String(error.message));
}

/** What the library calls its settings, and the command line its options. */
const OPTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bbinary: 'hex'/, '--binary hex'],
  [/\ba codePage\b/, '--code-page NAME'],
  [/: raise maxDepth\b[^(]*/, ' '],
];

/** An error of SML that names a setting names the option that is meant. */
function inOptions(message: string, code = ''): string {
  if (!/^(SECS2|SML)_/.test(code)) return message;
  return OPTIONS.reduce((text, [setting, option]) => text.replace(setting, option), message);
}

/** An error of the system: the file, where it is one, and what is wrong with it. */
function fileText(error: object, code: string): string {
  const text = errnoText(error);
  if ('path' in error && typeof error.path === 'string') return printable(`${error.path}: ${text}`);
  return code.startsWith('E') ? text : printable(text);
}
