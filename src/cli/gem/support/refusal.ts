import { outcomeOf, SecsStream9Error } from '../../../index.js';
import type { GemHost } from '../../../gem/index.js';
import { CliError, describeError, ExitCode, exitCodeOf } from '../../exit-codes.js';

/** What a tool answered that was not what was wanted. */
interface Refused {
  readonly code: number;
  readonly text: string;
}

/** An error for a code that is not 0, with what to do where the tool's control state is the reason. */
export async function refusal(
  host: GemHost,
  what: string,
  item: string,
  { code, text }: Refused,
): Promise<CliError> {
  const state = await host.control.state().catch(() => undefined);
  const hint =
    state === 'LOCAL'
      ? '. The tool is LOCAL: its operator has to switch it to REMOTE'
      : state === undefined || state === 'REMOTE'
        ? ''
        : `. The tool is ${state}`;
  const meaning = text === `${item} ${code}` ? '' : `, ${text}`;
  return new CliError(`the tool refused ${what}: ${item} ${code}${meaning}${hint}`, ExitCode.refused);
}

/** What was thrown while a tool was asked, with what to do. */
export function withAdvice(error: unknown): unknown {
  if (error instanceof CliError) return error;
  // S9F1 says itself what to do.
  if (error instanceof SecsStream9Error && error.errorFunction === 1) return error;
  const code = exitCodeOf(error);
  const advice = ADVICE[outcomeOf(error) ?? ''];
  return advice === undefined
    ? error
    : new CliError(`${describeError(error)}. ${advice}`, code, { cause: error });
}

const ADVICE: Readonly<Record<string, string>> = {
  aborted:
    'A tool that is OFF-LINE aborts all but S1F13 and S1F17: switch it ON-LINE at the tool, or take it there with --on-line',
  stream9: 'S9F3 and S9F5 tell that the tool does not serve the message, S9F7 that it cannot read it',
  timeout:
    'A longer T3 is --t3 SECONDS; a tool with which no communications are established does not answer either',
};
