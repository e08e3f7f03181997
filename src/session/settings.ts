/** Which messages of stream 9 a session sends by itself (E5). */
export interface AutoS9 {
  /** S9F1: a message has another device ID. */
  readonly device: boolean;
  /** S9F3: `supports` says that the stream is not known. */
  readonly stream: boolean;
  /** S9F5: `supports` says that the function is not known. */
  readonly function: boolean;
  /** S9F7: the body of a primary cannot be decoded. */
  readonly body: boolean;
  /** S9F9: T3 of a request of ours has passed. */
  readonly t3: boolean;
}

/** All of them, none, or some; what is left out stays as it is. */
export type AutoS9Setting = boolean | Partial<AutoS9>;

const ALL_S9: AutoS9 = Object.freeze({ device: true, stream: true, function: true, body: true, t3: true });
const NO_S9: AutoS9 = Object.freeze({
  device: false,
  stream: false,
  function: false,
  body: false,
  t3: false,
});

/** Lays a setting over what holds. */
export function mergeAutoS9(base: AutoS9, setting: AutoS9Setting): AutoS9 {
  if (typeof setting === 'boolean') return allS9(setting);
  return Object.keys(setting).length === 0 ? base : { ...base, ...setting };
}

/** All messages of stream 9, or none. */
export function allS9(on: boolean): AutoS9 {
  return on ? ALL_S9 : NO_S9;
}

/** The settings that the sessions of every transport have. */
export interface SecsSessionSettings {
  /** T3, reply: how long a reply may take, in seconds. Default 45. Each request may have its own. */
  readonly t3: number;
}

/** The options that the sessions of every transport have. */
export interface SecsSessionOptions {
  /** Which side of E5 this is: an equipment reports errors by stream 9. Default `host`. */
  readonly entity?: 'host' | 'equipment';
  /** Which messages of stream 9 to send where E5 asks for them. Default: all for an equipment, none for a host. */
  readonly autoS9?: AutoS9Setting;
  /** With `autoS9`: which primaries are known; S9F3 or S9F5 answers the others. Default: all are. */
  readonly supports?: (stream: number, fn: number) => 'yes' | 'noStream' | 'noFunction';
  /**
   * What to do with data that has another session ID, unless `autoS9.device` answers it with S9F1: deliver it with a warning, or
   * drop it (HSMS: with Reject reason 4). Default `warn`.
   */
  readonly foreignSessionId?: 'warn' | 'reject';
}

/** Options of one request. */
export interface RequestOptions {
  /** T3 of this request, in seconds; that of the session by default. */
  readonly t3?: number;
  /** Gives the request up; it then rejects with the signal's reason, and its reply is an ordinary message. */
  readonly signal?: AbortSignal;
}
