import { createHash } from 'node:crypto';

/** A frame as any reader of the stream sees it; written without the library, to check the library by it. */
export interface WireFrame {
  readonly sType: number;
  /** The ten header bytes, the body's length and a digest of the body: two frames are the same when these are. */
  readonly key: string;
}

/** Names the content of a frame. */
export function frameKey(header: Uint8Array, body: Uint8Array): string {
  const digest = body.length === 0 ? '-' : createHash('sha1').update(body).digest('base64').slice(0, 12);
  return `${Buffer.from(header).toString('hex')} ${body.length} ${digest}`;
}

/** The whole frames at the start of a byte stream, up to the first length that is none. */
export function wireFrames(chunks: readonly Uint8Array[], maxLength: number): WireFrame[] {
  const stream = Buffer.concat(chunks);
  const frames: WireFrame[] = [];
  for (let at = 0; at + 4 <= stream.length;) {
    const length = stream.readUInt32BE(at);
    if (length < 10 || length > maxLength || at + 4 + length > stream.length) break;
    const header = stream.subarray(at + 4, at + 14);
    frames.push({
      sType: header[5] as number,
      key: frameKey(header, stream.subarray(at + 14, at + 4 + length)),
    });
    at += 4 + length;
  }
  return frames;
}
