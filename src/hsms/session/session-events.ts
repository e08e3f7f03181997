import type { SecsSessionEvents } from '../../session/events.js';
import type { SessionEnd } from '../../session/session-end.js';
import type { CloseReason } from '../link/close-reason.js';
import type { HsmsHint } from '../link/hints.js';
import type { HsmsHeader } from '../wire/header.js';

/** Where a session stands (E37). */
export type SessionState = 'notConnected' | 'notSelected' | 'selected';

/** Why an HSMS session ended. */
export type HsmsSessionEnd = SessionEnd<CloseReason, HsmsHint>;

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

/** The events of an HSMS session and what their listeners get. */
export interface HsmsSessionEvents extends SecsSessionEvents<HsmsHeader, HsmsSessionEnd> {
  state: [state: SessionState];
  /** A control transaction of ours was settled; in HSMS-GS the general session publishes it. As `transaction` otherwise. */
  control: [event: ControlEvent];
}
