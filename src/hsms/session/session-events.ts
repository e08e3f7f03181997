import type { SecsMessage } from '../../secs2/index.js';
import type { HsmsHeader } from '../wire/header.js';
import type { HsmsPrimary } from '../../session/primary.js';
import type { SessionEnd } from './session-core.js';

/** Where a session stands (E37). */
export type SessionState = 'notConnected' | 'notSelected' | 'selected';

/** A data message as it came. */
export interface SessionMessage {
  /** The message; its `item` is decoded when first asked for. */
  readonly message: SecsMessage;
  readonly header: HsmsHeader;
  /** It answered a request of ours that was open. */
  readonly answered: boolean;
  /** It is the reply to a request that T3 had ended: it answers nobody. */
  readonly late: boolean;
}

/**
 * Something odd that did no harm, told apart by `kind`.
 *
 * - `foreignSessionId`: data came with another session ID than ours; see the setting `strict`.
 */
export interface SessionWarning {
  readonly kind: 'foreignSessionId';
  readonly header: HsmsHeader;
}

/**
 * How a request of ours ended.
 *
 * - `answered`: by its reply.
 * - `t3`: T3 passed. `aborted`: by function 0. `rejected`: by Reject.req. `stream9`: by a message of stream 9.
 * - `ended`, `closed`: the session, or the TCP connection, ended first.
 * - `cancelled`: by its AbortSignal. `unsent`: it could not be sent.
 */
export type TransactionOutcome =
  'answered' | 't3' | 'aborted' | 'rejected' | 'stream9' | 'ended' | 'closed' | 'cancelled' | 'unsent';

/** A data transaction of ours is over. */
export interface TransactionEvent {
  /** The header of the primary message. */
  readonly header: HsmsHeader;
  readonly outcome: TransactionOutcome;
  /** Seconds from the call of `request` until it was settled. */
  readonly seconds: number;
}

/** A control transaction of ours is over: Select, Deselect or Linktest (E37). */
export interface ControlEvent {
  readonly procedure: 'select' | 'deselect' | 'linktest';
  /** Session ID it was about; undefined for Linktest, and in HSMS-SS, which has one session. */
  readonly sessionId: number | undefined;
  /**
   * - `done`: it was answered. `refused`: with a status other than 0. `rejected`: by Reject.req.
   * - `t6`: it was not answered within T6.
   * - `notNow`: it was not begun, or ended with the TCP connection.
   */
  readonly outcome: 'done' | 'refused' | 'rejected' | 't6' | 'notNow';
  /** Seconds from its beginning until it was settled. */
  readonly seconds: number;
}

/** The events of a session and what their listeners get. */
export interface HsmsSessionEvents {
  state: [state: SessionState];
  message: [message: SessionMessage];
  primary: [primary: HsmsPrimary];
  ended: [end: SessionEnd];
  warning: [warning: SessionWarning];
  /** A request of ours was settled. Told of requests made while somebody listens, after their promises. */
  transaction: [event: TransactionEvent];
  /** A control transaction of ours was settled; in HSMS-GS the general session tells of it. Told as `transaction` is. */
  control: [event: ControlEvent];
  /** The session was disposed of: nothing follows. */
  disposed: [];
}
