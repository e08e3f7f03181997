import type { CoreSession, SessionCore } from './session-core.js';
import type { HsmsSessionSettings } from './session-settings.js';

/** What the constructor of a session takes besides the connection. Everything is optional. */
export interface HsmsSessionOptions extends Partial<HsmsSessionSettings> {
  /** Which side of E5 this is: an equipment reports errors by stream 9. Default `host`. */
  readonly entity?: 'host' | 'equipment';
  /** Whether to send S9F1, S9F3, S9F5, S9F7 and S9F9 where E5 asks for them. Default: on for an equipment. */
  readonly autoS9?: boolean;
  /** With `autoS9`: which primaries are known; S9F3 or S9F5 answers the others. Default: all are. */
  readonly supports?: (stream: number, fn: number) => 'yes' | 'noStream' | 'noFunction';
  /** Refuse data with another session ID (Reject reason 4) instead of delivering it with a warning. Default false. */
  readonly strict?: boolean;
  /** Whether the active side selects as soon as the TCP connection is up. Default true. */
  readonly autoSelect?: boolean;
}

/** Options of one request. */
export interface RequestOptions {
  /** T3 of this request, in seconds; that of the session by default. */
  readonly t3?: number;
  /** Gives the request up; it then rejects with the signal's reason, and its reply is an ordinary message. */
  readonly signal?: AbortSignal;
}

/** What a session that shares its connection with others is given (HSMS-GS). */
export interface SharedConnection {
  readonly sessionId: number;
  readonly core: SessionCore;
  /** Takes the session's ear, to be told what concerns it. */
  readonly register: (entity: CoreSession) => void;
}
