/** A packet, as one line of a wire log. `header` and `body` are authoritative; the other fields are for grep and jq. */
export interface WireLogMessage {
  readonly type: 'message';
  /** ISO 8601 in UTC with microseconds. */
  readonly time: string;
  /** Seen from this side of the connection; absent where the log was made by an onlooker. */
  readonly dir?: 'in' | 'out';
  /** Who sent it, `address:port`. */
  readonly from?: string;
  /** Who gets it, `address:port`. */
  readonly to?: string;
  /** Name of the connection. */
  readonly name?: string;
  /** Session ID, 0 to 65535; on SECS-I the device ID. */
  readonly session: number;
  /** Stream and function of data, as in `S1F13`. */
  readonly sf?: string;
  /** W-bit of data. */
  readonly w?: boolean;
  /** What E5 calls the message, where the log was given names. */
  readonly title?: string;
  /** `secs1`: the header is that of the message's first block on a line (E4). Absent: HSMS. */
  readonly protocol?: 'secs1';
  /** The SType in small letters: `data`, `select.req` …, or `stype 8` for one that E37 does not define. */
  readonly sType: string;
  /** System bytes, 0 to 2^32 - 1. */
  readonly system: number;
  /** The ten header bytes in hex. */
  readonly header: string;
  /** The body in base64; absent when there is none or when it was left out. */
  readonly body?: string;
  /** Stands in place of the body where a rule left it out: its length in bytes, and the rule. */
  readonly redacted?: { readonly bytes: number; readonly rule: string };
  /** The message as SML, where the log was asked for that. */
  readonly sml?: string;
}

/** Something that happened to a connection or session, as one line of a wire log. Every field is plain JSON. */
export interface WireLogEvent {
  readonly type: 'event';
  /** ISO 8601 in UTC with microseconds. */
  readonly time: string;
  /** `established`, `beforeClosed`, `closed`, `state`, `notice`, `selected`, `ended`, `warning`, `transaction`, `line` … */
  readonly event: string;
  /** Name of the connection. */
  readonly name?: string;
  /** What is to be said about this event. */
  readonly [field: string]: unknown;
}

/** Records that the log could not keep, as one line of a wire log, in the place where they would stand. */
export interface WireLogDropped {
  readonly type: 'dropped';
  /** ISO 8601 in UTC with microseconds: when the last one was lost. */
  readonly time: string;
  /** How many records are missing. */
  readonly records: number;
  /** How many bytes they stood for: frames, and {@link WIRE_LOG_RECORD_BYTES} for each record. */
  readonly bytes: number;
  /** When the first one was lost. */
  readonly since: string;
}

/** One line of a wire log. */
export type WireLogRecord = WireLogMessage | WireLogEvent | WireLogDropped;

/**
 * What a record counts for in bytes before it is written, besides its frame.
 *
 * @example
 * ```ts
 * import { rotatingFile, WIRE_LOG_RECORD_BYTES, WireLog } from 'rxsecs/log';
 *
 * // Room for 100,000 records of small messages.
 * const log = new WireLog(rotatingFile('logs/etcher.ndjson'), { maxBufferedBytes: 100_000 * WIRE_LOG_RECORD_BYTES });
 * ```
 */
export const WIRE_LOG_RECORD_BYTES = 256;
