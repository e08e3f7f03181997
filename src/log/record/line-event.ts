import type { LoggedEvent } from './event-fields.js';

/** Bytes on a line of SECS-I, as its connection tells them. */
export interface LineBytesSeen {
  readonly direction: 'in' | 'out';
  readonly bytes: Buffer;
}

const HAND_SHAKES: Readonly<Record<number, string>> = { 0x04: 'EOT', 0x05: 'ENQ', 0x06: 'ACK', 0x15: 'NAK' };

/** Length byte, header and checksum: what a block has besides its body (E4). */
const AROUND_HEADER = 3;
const HEADER_BYTES = 10;

/** Bytes on a line. @param withBytes whether those of blocks may be shown: bodies are among them */
export function lineEvent({ direction: dir, bytes }: LineBytesSeen, withBytes: boolean): LoggedEvent {
  const isShown = withBytes || bytes.length === 1;
  return {
    event: 'line',
    level: 'debug',
    text: `${dir} ${textOf(bytes)}`,
    fields: { dir, ...(isShown ? { bytes: bytes.toString('hex') } : { length: bytes.length }) },
  };
}

function textOf(bytes: Buffer): string {
  const [first = 0] = bytes;
  if (bytes.length === 1) return HAND_SHAKES[first] ?? `byte 0x${first.toString(16).padStart(2, '0')}`;
  return isBlock(bytes) ? blockText(bytes) : `${bytes.length} bytes`;
}

function isBlock(bytes: Buffer): boolean {
  const [length = 0] = bytes;
  if (length < HEADER_BYTES || bytes.length !== length + AROUND_HEADER) return false;
  const sum = bytes.subarray(1, -2).reduce((total, byte) => total + byte, 0);
  return (sum & 0xffff) === bytes.readUInt16BE(bytes.length - 2);
}

function blockText(bytes: Buffer): string {
  const [length = 0] = bytes;
  const [device, stream, numbered] = [bytes.readUInt16BE(1), bytes.readUInt8(3), bytes.readUInt16BE(5)];
  const name = `S${stream & 0x7f}F${bytes.readUInt8(4)}${stream & 0x80 ? ' W' : ''}`;
  const which = `block ${numbered & 0x7fff}${numbered & 0x8000 ? ', the last,' : ''} of ${name}`;
  const to = device & 0x8000 ? 'to the host' : 'to the equipment';
  const rest = `device ${device & 0x7fff}, system ${bytes.readUInt32BE(7)}, ${to}`;
  return `${which}, ${rest}, body of ${length - HEADER_BYTES} bytes`;
}
