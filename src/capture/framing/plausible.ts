import { SType } from '../../hsms/wire/codes.js';
import { PREFIX_BYTES } from '../../hsms/wire/frame-decoder.js';
import { HEADER_BYTES } from '../../hsms/wire/header.js';
import { DEFAULT_MAX_DEPTH, valueSize } from '../../secs2/formats.js';

/** Whether a message begins at a place: yes, no, or more bytes are needed to tell. */
export type Verdict = 'yes' | 'no' | 'wait';

/** Prefix and header. */
export const HEAD_BYTES = PREFIX_BYTES + HEADER_BYTES;

/** How much of a body is looked at; a longer one is recognised only where it begins with a segment. */
const BODY_BYTES_LOOKED_AT = 64 * 1024;

const sTypes: ReadonlySet<number> = new Set(Object.values(SType));
const responses: ReadonlySet<number> = new Set([SType.selectRsp, SType.deselectRsp]);

/** What is known of the place that is looked at. */
export interface Surroundings {
  /** Where the bytes at hand end. */
  readonly end: number;
  /** The most that a message may be long. */
  readonly maxPacketBytes: number;
  /** Where the segment at hand begins and ends: messages like to begin and end there. */
  readonly segmentStart: number;
  readonly segmentEnd: number;
  /** Whether offset 0 is the beginning of a segment too. */
  readonly startsSegment: boolean;
  /** Nothing more comes. */
  readonly final: boolean;
}

/**
 * Whether the 14 bytes at `at` can head a message of E37: a length in range, PType 0, an SType that is defined, and for
 * control messages the length and the bytes 2 and 3 that E37 gives them.
 */
export function headFits(bytes: Buffer, at: number, maxPacketBytes: number): boolean {
  // PType and SType first: they rule out the most.
  const sType = bytes[at + 9] ?? 0xff;
  if (bytes[at + 8] !== 0 || !sTypes.has(sType)) return false;
  const length = bytes.readUInt32BE(at);
  if (length < HEADER_BYTES || length > maxPacketBytes) return false;
  if (sType === SType.data) return true;
  if (length !== HEADER_BYTES) return false;
  if (sType === SType.rejectReq) return true;
  return bytes[at + 6] === 0 && (bytes[at + 7] === 0 || responses.has(sType));
}

/** Whether ten bytes can be a header of E37: PType 0, an SType that is defined, and a stream where it is data. */
export function headerFits(bytes: Buffer, at: number): boolean {
  const sType = bytes[at + 5];
  if (sType === undefined || bytes[at + 4] !== 0 || !sTypes.has(sType)) return false;
  if (bytes.length < at + HEADER_BYTES) return false;
  return sType !== SType.data || ((bytes[at + 2] ?? 0) & 0x7f) > 0;
}

/** Whether bytes are one whole item of SECS-II and no more. */
export function itemFits(bytes: Buffer): boolean {
  return bytes.length >= 2 && walkBody(bytes, 0, bytes.length, bytes.length) === 'whole';
}

/** Whether a message begins at `at`, judged by its head, its body, and what follows it. */
export function judge(bytes: Buffer, at: number, around: Surroundings): Verdict {
  const { end, final } = around;
  if (end - at < HEAD_BYTES) return final ? 'no' : 'wait';
  if (!headFits(bytes, at, around.maxPacketBytes)) return 'no';
  const messageEnd = at + PREFIX_BYTES + bytes.readUInt32BE(at);
  const atSegment = at === around.segmentStart || (at === 0 && around.startsSegment);
  if (atSegment && messageEnd === around.segmentEnd) return 'yes';
  if (messageEnd > at + HEAD_BYTES) {
    const walked = walkBody(bytes, at + HEAD_BYTES, messageEnd, end);
    if (walked === 'whole') return 'yes';
    if (walked === 'partly') {
      if (atSegment) return 'yes';
      return final || messageEnd - at > BODY_BYTES_LOOKED_AT ? 'no' : 'wait';
    }
    // A body that is no item may still be one message among others.
    if (!atSegment) return 'no';
  } else if (atSegment || isPlainControl(bytes, at)) return 'yes';
  if (messageEnd + HEAD_BYTES <= end) {
    return headFits(bytes, messageEnd, around.maxPacketBytes) ? 'yes' : 'no';
  }
  // What waits may be far too long to hold.
  return final || messageEnd - end > BODY_BYTES_LOOKED_AT ? 'no' : 'wait';
}

function isPlainControl(bytes: Buffer, at: number): boolean {
  return bytes[at + 9] !== SType.data && bytes.readUInt16BE(at + 4) === 0xffff;
}

/** Follows the item heads of a body as far as its bytes are at hand, without reading values. */
function walkBody(bytes: Buffer, start: number, bodyEnd: number, end: number): 'whole' | 'partly' | 'bad' {
  const limit = Math.min(bodyEnd, end, start + BODY_BYTES_LOOKED_AT);
  // Children still to come, of each list that is open.
  const open: number[] = [1];
  let at = start;
  while (open.length > 0) {
    if (open[open.length - 1] === 0) {
      open.pop();
      continue;
    }
    if (at >= bodyEnd) return 'bad';
    if (at >= limit) return 'partly';
    open[open.length - 1] = (open[open.length - 1] ?? 0) - 1;
    const head = bytes[at] ?? 0;
    const lengthBytes = head & 3;
    const format = head >> 2;
    if (lengthBytes === 0 || at + 1 + lengthBytes > bodyEnd) return 'bad';
    if (at + 1 + lengthBytes > limit) return 'partly';
    const length = bytes.readUIntBE(at + 1, lengthBytes);
    at += 1 + lengthBytes;
    if (format === 0) {
      // An element takes two bytes at the least.
      if (length * 2 > bodyEnd - at || open.length === DEFAULT_MAX_DEPTH) return 'bad';
      open.push(length);
      continue;
    }
    const size = valueSize(format);
    if (size === 0 || length % size !== 0 || length > bodyEnd - at) return 'bad';
    at += length;
  }
  return at === bodyEnd ? 'whole' : 'bad';
}
