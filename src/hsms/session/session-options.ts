import type { SecsSessionOptions } from '../../session/settings.js';
import type { SessionCore } from './session-core.js';
import type { HsmsSessionSettings } from './session-settings.js';

/** What the constructor of a session takes besides the connection. Everything is optional. */
export interface HsmsSessionOptions extends Partial<HsmsSessionSettings>, SecsSessionOptions {
  /** Whether the active side selects as soon as the TCP connection is up. Default true. */
  readonly autoSelect?: boolean;
}

/** What a session that shares its connection with others is given (HSMS-GS). */
export interface SharedConnection {
  readonly sessionId: number;
  readonly core: SessionCore;
}
