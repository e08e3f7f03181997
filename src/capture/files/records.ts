/** Takes a packet as it was captured, link layer first. The bytes are valid during the call only. */
export type RecordSink = (record: CaptureRecord) => void;

/** One captured packet, in place: `bytes` from `start` to `end`. */
export interface CaptureRecord {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Size on the wire; more than was captured when a snap length cut it off. */
  readonly wireBytes: number;
  /** LINKTYPE_ value of the capture format. */
  readonly linkType: number;
  /** Microseconds since 1970; NaN where the capture does not tell. */
  readonly time: number;
}

/** Reads a capture file piece by piece. */
export interface RecordReader {
  /** Takes the next bytes of the file. They must not change any more. */
  push(chunk: Buffer): void;
  /** Nothing more comes. */
  end(): void;
}

/** More than any network's packets, with room for those that offloading has put together. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024;
