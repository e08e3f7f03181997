import { HsmsError } from '../errors.js';
import { DEFAULT_MAX_PACKET_BYTES } from '../hsms/wire/frame-decoder.js';
import { isPcap } from './files/pcap.js';
import { isPcapng } from './files/pcapng.js';
import { isSml } from './text/sml-log.js';
import { HEAD_BYTES, headFits, judge } from './framing/plausible.js';

/** All formats. */
export const FORMATS = ['pcap', 'pcapng', 'frames', 'hex', 'log', 'sml'] as const;

/** What can be decoded. `frames`: side by side as they go over the wire; `hex`: the same as text; `log`: a wire log; `sml`: a log of SML. */
export type CaptureFormat = (typeof FORMATS)[number];

/** How much of a source is looked at to tell what it is. */
export const FORMAT_BYTES = 64 * 1024;

/**
 * A source is none of the formats that can be decoded.
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs';
 * import { CaptureFormatError, readCapture } from 'rxsecs/capture';
 *
 * try {
 *   await readCapture(createReadStream('letter.txt'));
 * } catch (error) {
 *   if (error instanceof CaptureFormatError) console.log(error.message); // says what can be read
 * }
 * ```
 */
export class CaptureFormatError extends HsmsError {
  constructor(head: Buffer) {
    super(
      'HSMS_CAPTURE_FORMAT',
      head.length === 0
        ? 'there is nothing to decode: the source is empty'
        : `the source begins with ${beginning(head)}: pcap, pcapng, HSMS frames, hex text and wire logs, ` +
            'each also compressed with gzip, can be decoded',
    );
  }
}

/**
 * Tells a format by the first bytes.
 * @throws CaptureFormatError
 */
export function detectFormat(head: Buffer): CaptureFormat {
  if (isPcap(head)) return 'pcap';
  if (isPcapng(head)) return 'pcapng';
  if (beginsWithFrame(head)) return 'frames';
  if (isText(head)) {
    const text = head
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trimStart();
    // An array of C begins with a brace, too.
    if (/^\{[ \t]*"/.test(text)) return 'log';
    if (isSml(text)) return 'sml';
    if (/[0-9a-f]{2}/i.test(text)) return 'hex';
  }
  if (holdsFrame(head)) return 'frames';
  throw new CaptureFormatError(head);
}

/** Whether the bytes begin with a frame's head. */
export function beginsWithFrame(head: Buffer): boolean {
  return head.length >= HEAD_BYTES && headFits(head, 0, DEFAULT_MAX_PACKET_BYTES);
}

function holdsFrame(head: Buffer): boolean {
  const { length } = head;
  const around = {
    end: length,
    maxPacketBytes: DEFAULT_MAX_PACKET_BYTES,
    segmentStart: 0,
    segmentEnd: length,
    startsSegment: true,
    final: true,
  };
  for (let at = 0; at < length; at++) if (judge(head, at, around) === 'yes') return true;
  return false;
}

/** Text as it is, other bytes in hex. */
function beginning(head: Buffer): string {
  const text = head.toString('utf8', 0, 64).split(/[\r\n]/)[0] ?? '';
  return isText(head) ? JSON.stringify(text) : head.toString('hex', 0, 8);
}

function isText(head: Buffer): boolean {
  return head.length > 0 && head.every((byte) => byte >= 0x20 || (byte >= 0x08 && byte <= 0x0d));
}
