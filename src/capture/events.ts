import type { HsmsHeader } from '../hsms/wire/header.js';
import type { HsmsPacket } from '../hsms/wire/packet.js';
import type { WireLogDropped, WireLogEvent, WireLogMessage } from '../log/index.js';

/** Which way bytes went, and when. */
export interface Passage {
  /** Microseconds since 1970-01-01 UTC, of the captured packet that completed it; undefined where the source has no time. */
  readonly time: number | undefined;
  /** Address and port of the sender: `10.0.0.1:5000`, `[fe80::1]:5000`; undefined where the source does not tell. */
  readonly from: string | undefined;
  /** The same for the receiver. */
  readonly to: string | undefined;
  /** Where a log of one side says so: whether that side sent or received it. */
  readonly dir?: 'in' | 'out' | undefined;
}

/** A whole HSMS message. */
export interface CapturedMessage extends Passage {
  readonly kind: 'message';
  /** Where a wire log left its body out, only the header counts. */
  readonly packet: HsmsPacket;
  /** The record, where the source is a wire log. */
  readonly record?: WireLogMessage;
}

/** A TCP connection began, as its SYN shows, or was under way already when the capture began. */
export interface CaptureOpened extends Passage {
  readonly kind: 'opened';
  /** False when no SYN was seen. */
  readonly fromStart: boolean;
}

/** A TCP connection ended: by FIN of both sides, by RST, or because its ports serve another one. */
export interface CaptureClosed extends Passage {
  readonly kind: 'closed';
  readonly how: 'fin' | 'rst' | 'reused';
}

/** Bytes of a TCP stream are not in the capture: lost by who captured, or cut off by its snap length. */
export interface CaptureGap extends Passage {
  readonly kind: 'gap';
  readonly bytes: number;
}

/** A message of which some bytes are missing; its frame told where the next one begins. */
export interface DamagedMessage extends Passage {
  readonly kind: 'damaged';
  /** Its header, where that was captured. */
  readonly header: HsmsHeader | undefined;
  /** Message length in bytes: header and body (E37). */
  readonly length: number;
  /** How many of them, with the length prefix, are missing. */
  readonly missing: number;
  /** `gap`: not in the capture; `end`: the stream ends within it; `memory`: there was no room to gather it. */
  readonly cause: 'gap' | 'end' | 'memory';
}

/** Bytes that were passed over because no message could be told to begin there. */
export interface SkippedBytes extends Passage {
  readonly kind: 'skipped';
  readonly bytes: number;
  /** `midStream`: the capture begins within a connection; `afterGap`; `outOfStep`: a length that cannot be one. */
  readonly cause: 'midStream' | 'afterGap' | 'outOfStep';
}

/** Who captured could not take some packets, and says so. */
export interface CaptureDropped {
  readonly kind: 'dropped';
  readonly packets: number;
}

/** Something of the source that could not be read. */
export interface SourceFault {
  readonly kind: 'fault';
  /** What, where (byte offset, line), and what it means. */
  readonly text: string;
}

/** Bytes of a text that are no whole message, and what they are for certain. */
export interface CapturedPart extends Passage {
  readonly kind: 'part';
  /**
   * `header`: ten bytes of a header, without length and body; `message`: header and body without their length; `body`: an item
   * of SECS-II by itself; `block`: a block of SECS-I (E4), which its checksum shows.
   */
  readonly part: 'header' | 'message' | 'body' | 'block';
  /** That of a `header` and of a `message`. */
  readonly header: HsmsHeader | undefined;
  /** The body; of a block, all of it. */
  readonly bytes: Buffer;
}

/** Lines of a text that hold no bytes: what people wrote around a dump. */
export interface LinesWithoutBytes {
  readonly kind: 'unread';
  readonly lines: number;
  /** The first of them, with its number. */
  readonly text: string;
}

/** What a text says of itself. */
export interface SourceRemark {
  readonly kind: 'remark';
  readonly text: string;
}

/** A record of a wire log that is no message. */
export interface LoggedRecord {
  readonly kind: 'record';
  readonly record: WireLogEvent | WireLogDropped;
}

/** What a capture, a dump or a log tells, in its order. */
export type CaptureEvent =
  | CapturedMessage
  | CaptureOpened
  | CaptureClosed
  | CaptureGap
  | DamagedMessage
  | CapturedPart
  | LinesWithoutBytes
  | SourceRemark
  | SkippedBytes
  | CaptureDropped
  | SourceFault
  | LoggedRecord;

/** Takes the events of a capture. */
export type CaptureListener = (event: CaptureEvent) => void;
