import type { SecsMessage } from '../../secs2/index.js';
import type { HsmsHeader } from '../wire/header.js';
import type { HsmsPrimary } from './primary.js';
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

/** The events of a session and what their listeners get. */
export interface HsmsSessionEvents {
  state: [state: SessionState];
  message: [message: SessionMessage];
  primary: [primary: HsmsPrimary];
  ended: [end: SessionEnd];
  warning: [warning: SessionWarning];
  /** The session was disposed of: nothing follows. */
  disposed: [];
}
