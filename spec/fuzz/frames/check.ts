import { encodeFrame, FrameDecoder, HsmsPacket } from '../../../src/index.js';
import type { Random } from '../secs2/random.js';

const CAP = 4096;
/** A packet that is kept pins this much, or twice its own size. */
const PINNED = 8192;

/** What a decoder made of a stream. */
interface Reading {
  readonly packets: HsmsPacket[];
  readonly errors: string[];
  partialBytes: number;
}

function read(chunks: readonly Buffer[], maxPackets?: number): Reading {
  const packets: HsmsPacket[] = [];
  const decoder = new FrameDecoder((packet) => packets.push(packet), CAP);
  const errors: string[] = [];
  for (const chunk of chunks) {
    let left = chunk;
    do {
      const error = decoder.push(left, maxPackets);
      if (error !== undefined) errors.push(`${error.code} ${error.length} ${error.limit}`);
      left = left.subarray(left.length - decoder.unread);
    } while (left.length > 0);
  }
  return { packets, errors, partialBytes: decoder.partialBytes };
}

/** Frames of random content and size, now and then a length that lies or bytes without any shape. */
function stream(random: Random): Buffer {
  const parts: Buffer[] = [];
  for (let count = random.below(30); count > 0; count--) {
    const size = 10 + (random.below(4) === 0 ? random.below(CAP) : random.below(40));
    const message = Buffer.alloc(Math.min(size, CAP));
    for (let i = 0; i < message.length; i++) message[i] = random.below(256);
    const packet = HsmsPacket.parse(message);
    if (String(packet).length < 60) throw new Error('a packet prints as next to nothing');
    const frame = encodeFrame(packet);
    if (!frame.subarray(4).equals(message)) throw new Error('a message does not come back as it was');
    if (random.below(60) === 0) frame.writeUInt32BE(random.pick([0, 9, CAP + 1, 0xffffffff]));
    parts.push(frame);
  }
  const bytes = Buffer.concat(parts);
  if (random.below(10) === 0 && bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256);
  return random.below(3) === 0 ? bytes.subarray(0, random.below(bytes.length + 1)) : bytes;
}

function cut(bytes: Buffer, random: Random): Buffer[] {
  const chunks: Buffer[] = [];
  const most = random.pick([1, 2, 7, 50, 1000, 8000]);
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + random.below(most);
    chunks.push(Buffer.from(bytes.subarray(at, end)));
    at = end;
  }
  return chunks;
}

function fail(what: string, bytes: Buffer): never {
  throw new Error(`${what}: ${bytes.toString('hex')}`);
}

/**
 * One stream, in one piece and in many: the same packets, the same error, the same bytes held, and nothing pinned
 * beyond what is promised.
 * @returns how many packets it held
 */
export function fuzzFrames(random: Random): number {
  const bytes = stream(random);
  const whole = read([Buffer.from(bytes)]);
  const pieces = read(cut(bytes, random), random.pick([undefined, 1, 3]));
  if (whole.packets.length !== pieces.packets.length) fail('not the same number of packets', bytes);
  if (whole.errors.join() !== pieces.errors.join() || whole.errors.length > 1)
    fail('not the same error', bytes);
  if (whole.partialBytes !== pieces.partialBytes) fail('not the same bytes held', bytes);
  const encoded = Buffer.concat(whole.packets.map(encodeFrame));
  if (!encoded.equals(bytes.subarray(0, encoded.length))) fail('not the bytes that came', bytes);
  for (const [index, packet] of pieces.packets.entries()) {
    if (!packet.equals(whole.packets[index] as HsmsPacket)) fail(`packet ${index} differs`, bytes);
  }
  for (const [index, packet] of [...pieces.packets, ...whole.packets].entries()) {
    const most = Math.max(PINNED, 2 * (packet.length + 4));
    if (packet.body.buffer.byteLength > most) fail(`packet ${index} pins too much`, bytes);
  }
  return whole.packets.length;
}
