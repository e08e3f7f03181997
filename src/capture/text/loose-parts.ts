import { HsmsHeader } from '../../hsms/wire/header.js';
import { headerFits, itemFits } from '../framing/plausible.js';
import type { CapturedPart } from '../events.js';

const HEADER_BYTES = 10;
const LENGTH_AND_CHECKSUM = 3;

/** What a piece of bytes that is no frame is for certain; undefined where that cannot be said. */
export function loosePart(bytes: Buffer): Pick<CapturedPart, 'part' | 'header' | 'bytes'> | undefined {
  if (isBlock(bytes)) return { part: 'block', header: undefined, bytes };
  if (headerFits(bytes, 0)) {
    const header = HsmsHeader.parse(bytes);
    const body = bytes.subarray(HEADER_BYTES);
    if (body.length === 0) return { part: 'header', header, bytes: body };
    if (header.isData && itemFits(body)) return { part: 'message', header, bytes: body };
  }
  return itemFits(bytes) ? { part: 'body', header: undefined, bytes } : undefined;
}

/** A block of SECS-I (E4): its length, header and text, and a checksum that is right. */
function isBlock(bytes: Buffer): boolean {
  const length = bytes[0] ?? 0;
  if (length < HEADER_BYTES || bytes.length !== length + LENGTH_AND_CHECKSUM) return false;
  let sum = 0;
  for (let at = 1; at <= length; at++) sum += bytes[at] ?? 0;
  return (sum & 0xffff) === bytes.readUInt16BE(length + 1);
}
