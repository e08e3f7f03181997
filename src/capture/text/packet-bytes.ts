import { ipOffset } from '../tcp/link-layer.js';

const TCP = 6;
const FRAGMENT = 44;
/** Hop by hop, routing, fragment, destination: they may stand in front of TCP. */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, FRAGMENT, 60]);
/** Link layers that a packet in hex may begin with, by their LINKTYPE_ value. */
const linkTypes = [1, 101, 113, 276, 0];

/** A link layer, and where its IP packet ends. */
export interface PacketBytes {
  readonly linkType: number;
  readonly end: number;
}

/**
 * Tells whether bytes are a whole captured packet that carries TCP: link layer, IP, TCP.
 * @returns undefined where they are not, for certain
 */
export function packetBytesOf(bytes: Buffer): PacketBytes | undefined {
  for (const linkType of linkTypes) {
    const at = ipOffset(linkType, bytes, 0, bytes.length);
    const end = at < 0 ? undefined : ipEnd(bytes, at);
    if (end !== undefined) return { linkType, end };
  }
  return undefined;
}

function ipEnd(bytes: Buffer, at: number): number | undefined {
  const version = (bytes[at] ?? 0) >> 4;
  if (version === 4 && bytes.length >= at + 20) {
    const headerBytes = ((bytes[at] ?? 0) & 0x0f) * 4;
    const total = bytes.readUInt16BE(at + 2);
    if (headerBytes < 20 || bytes[at + 9] !== TCP || total < headerBytes + 20) return undefined;
    return checked(bytes, at, headerBytes) ? at + total : undefined;
  }
  if (version === 6 && bytes.length >= at + 40) {
    const packetEnd = at + 40 + bytes.readUInt16BE(at + 4);
    const tcpAt = behindExtensions(bytes, at);
    return tcpAt !== undefined && tcpAt + 20 <= packetEnd && packetEnd <= bytes.length
      ? packetEnd
      : undefined;
  }
  return undefined;
}

/** Where TCP begins behind the headers of IPv6; undefined where it does not. */
function behindExtensions(bytes: Buffer, at: number): number | undefined {
  let next = bytes[at + 6];
  let start = at + 40;
  while (next !== TCP) {
    if (next === undefined || !EXTENSIONS.has(next)) return undefined;
    const units = next === FRAGMENT ? 0 : (bytes[start + 1] ?? 0);
    next = bytes[start];
    start += (units + 1) * 8;
  }
  return start;
}

/** Whether the checksum of an IPv4 header is right, or was left to the network card: 0. */
function checked(bytes: Buffer, at: number, headerBytes: number): boolean {
  if (bytes.length < at + headerBytes) return false;
  if (bytes.readUInt16BE(at + 10) === 0) return true;
  let sum = 0;
  for (let next = at; next < at + headerBytes; next += 2) sum += bytes.readUInt16BE(next);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return sum === 0xffff;
}
