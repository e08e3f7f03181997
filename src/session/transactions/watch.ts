import type { Clock } from '../../clock.js';
import { outcomeOf, type TransactionOutcome } from '../errors.js';
import type { TransactionEvent } from '../events.js';
import type { DataHeader } from '../header.js';

/** Tells how a request ended, once it has. */
export function watchRequest<Header extends DataHeader>(
  reply: Promise<unknown>,
  header: Header,
  clock: Clock,
  tell: (event: TransactionEvent<Header>) => void,
): void {
  const begun = clock.now();
  const settled = (outcome: TransactionOutcome): void =>
    tell({ header, outcome, seconds: (clock.now() - begun) / 1000 });
  reply.then(
    () => settled('answered'),
    (error: unknown) => settled(outcomeOf(error)),
  );
}
