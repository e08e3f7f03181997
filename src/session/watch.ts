import type { Clock } from '../clock.js';
import { HsmsError } from '../errors.js';
import type { HsmsHeader } from '../hsms/wire/header.js';
import type { TransactionEvent, TransactionOutcome } from '../hsms/session/session-events.js';

const outcomes: Readonly<Record<string, TransactionOutcome>> = {
  HSMS_T3_TIMEOUT: 't3',
  HSMS_TRANSACTION_ABORTED: 'aborted',
  HSMS_TRANSACTION_REJECTED: 'rejected',
  HSMS_STREAM_9: 'stream9',
  HSMS_SESSION_ENDED: 'ended',
  HSMS_CONNECTION_CLOSED: 'closed',
};

/** Tells how a request ended, once it has. */
export function watchRequest(
  reply: Promise<unknown>,
  header: HsmsHeader,
  clock: Clock,
  tell: (event: TransactionEvent) => void,
): void {
  const begun = clock.now();
  const settled = (outcome: TransactionOutcome): void =>
    tell({ header, outcome, seconds: (clock.now() - begun) / 1000 });
  reply.then(
    () => settled('answered'),
    (error: unknown) => settled(outcomeOf(error)),
  );
}

/** What a request failed with, as an outcome: what is no error of this library is the reason of a signal. */
function outcomeOf(error: unknown): TransactionOutcome {
  return error instanceof HsmsError ? (outcomes[error.code] ?? 'unsent') : 'cancelled';
}
