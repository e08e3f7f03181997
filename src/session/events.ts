import type { SecsMessage } from '../secs2/message.js';
import type { TransactionOutcome } from './errors.js';
import type { DataHeader } from './header.js';
import type { SecsPrimary } from './primary.js';
import type { SessionEnd } from './session-end.js';

/**
 * What a session can be used for, whatever the transport.
 *
 * - `down`: there is no link.
 * - `connected`: there is a link, and it cannot be used yet (HSMS: not selected).
 * - `usable`: data messages may be sent (HSMS: selected; SECS-I: the line is open).
 */
export type Availability = 'down' | 'connected' | 'usable';

/** A data message as it came. */
export interface SessionMessage<Header extends DataHeader = DataHeader> {
  /** The message; its `item` is decoded when first asked for. */
  readonly message: SecsMessage;
  readonly header: Header;
  /** It answered an open request of ours. */
  readonly answered: boolean;
  /** It is the reply to a request that T3 had ended. */
  readonly late: boolean;
}

/**
 * Something odd that did no harm, told apart by `kind`.
 *
 * - `foreignSessionId`: data came with another session ID than ours; see the option `foreignSessionId`.
 * - `replyFailed`: the reply to the primary with this header was not sent, and why. Without a listener for warnings, the first one of
 *   each link goes to `onError` of the connection.
 */
export type SessionWarning<Header extends DataHeader = DataHeader> =
  | { readonly kind: 'foreignSessionId'; readonly header: Header }
  | { readonly kind: 'replyFailed'; readonly header: Header; readonly error: unknown };

/** A data transaction of ours is over. */
export interface TransactionEvent<Header extends DataHeader = DataHeader> {
  /** The header of the primary message. */
  readonly header: Header;
  readonly outcome: TransactionOutcome;
  /** Seconds from the call of `request` until it was settled. */
  readonly seconds: number;
}

/** The events that the sessions of every transport have, and what their listeners get. */
export interface SecsSessionEvents<
  Header extends DataHeader = DataHeader,
  End extends SessionEnd = SessionEnd,
> {
  availability: [availability: Availability];
  message: [message: SessionMessage<Header>];
  primary: [primary: SecsPrimary<Header>];
  ended: [end: End];
  warning: [warning: SessionWarning<Header>];
  /** A request of ours was settled. Published for requests made while somebody listens, after their promises. */
  transaction: [event: TransactionEvent<Header>];
  /** The session was disposed of: nothing follows. */
  disposed: [];
}
