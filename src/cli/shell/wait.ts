import { once } from 'node:events';
import type { Clock, SecsConnection, SecsSession } from '../../index.js';
import { CliError, ExitCode, UsageError } from '../exit-codes.js';
import { isConnected, isUsable, notUsableText, type Entity } from '../entity/entity.js';
import { parseSeconds } from '../values.js';
import type { Came } from './came.js';

/** How long is waited where nothing was said. */
const LIMIT_SECONDS = 30;

/** What waiting needs. */
export interface WaitContext extends Entity {
  readonly io: { readonly clock: Clock };
  readonly signal: AbortSignal;
  /** In a script, what came since the last message that was waited for. */
  readonly came?: Came | undefined;
}

/**
 * `wait 2`: lets time pass. `wait selected`, `wait closed`, `wait S6F11`, each with a limit behind it if wanted: until
 * that has happened.
 * @throws CliError with the code of what did not happen; UsageError.
 */
export async function wait(context: WaitContext, [what = '', limit]: readonly string[]): Promise<void> {
  const seconds = secondsOf(limit) ?? LIMIT_SECONDS;
  if (/^[\d.]+$/.test(what)) {
    await pause(context, secondsOf(what) ?? 0);
  } else if (what === 'selected') {
    await waitSelected(context, seconds);
  } else if (what === 'closed') {
    if (!isConnected(context)) return;
    const { events }: SecsConnection = context.connection;
    await within(context, seconds, ExitCode.notConnected, 'the connection was not closed', (signal) =>
      once(events, 'closed', { signal }),
    );
  } else if (/^S\d{1,3}F\d{1,3}$/i.test(what)) {
    await within(context, seconds, ExitCode.noReply, `${what} did not come`, (signal) =>
      waitMessage(context, what.toUpperCase(), signal),
    );
  } else {
    throw new UsageError(`wait '${what}': a number of seconds, selected, closed or SxFy is allowed`);
  }
}

/** Waits until the session is selected. @throws CliError `notConnected` or `notSelected` when it does not happen. */
export async function waitSelected(context: WaitContext, seconds: number): Promise<void> {
  if (isUsable(context)) return;
  const session: SecsSession = context.session;
  await within(context, seconds, ExitCode.notSelected, notUsableText(context), (signal) =>
    session.usable({ signal }),
  );
}

/** Lets time pass, or less when everything is to come to an end. */
async function pause({ io, signal }: WaitContext, seconds: number): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = io.clock.setTimer('wait', seconds, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    const stop = (): void => {
      timer.cancel();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

async function waitMessage(context: WaitContext, name: string, signal: AbortSignal): Promise<void> {
  const session: SecsSession = context.session;
  if (context.came !== undefined) return context.came.next(name, signal);
  for (;;) {
    const [{ message }] = (await once(session.events, 'message', { signal })) as [
      { message: { name: string } },
    ];
    if (message.name === name) return;
  }
}

async function within(
  context: WaitContext,
  seconds: number,
  code: ExitCode,
  problem: string,
  act: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const { io, connection, signal, trouble } = context;
  signal.throwIfAborted();
  const late = new AbortController();
  const timer = io.clock.setTimer('wait', seconds, () => late.abort());
  try {
    await act(AbortSignal.any([signal, late.signal]));
  } catch (error) {
    signal.throwIfAborted();
    if (!late.signal.aborted) throw error;
    const connected = isConnected(context);
    const why = code === ExitCode.notSelected ? trouble() : undefined;
    throw new CliError(
      `${problem} within ${seconds} s: the connection is ${connection.currentState}${why === undefined ? '' : `: ${why}`}`,
      code === ExitCode.notSelected && !connected ? ExitCode.notConnected : code,
    );
  } finally {
    timer.cancel();
  }
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  try {
    return parseSeconds(true)(text);
  } catch {
    throw new UsageError(`wait: '${text}' is no number of seconds from 0`);
  }
}
