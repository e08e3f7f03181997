import { MODEL, PROGRAM_NAME, REVISION, STATE } from './traffic.js';

/** The messages of the benchmark, each written and read by code for it alone. */

export const MODEL_BYTES = 2 + 2 + MODEL.length + 2 + REVISION.length;
export const EVENT_BYTES = 246;

function writeText(text: string, out: Buffer, at: number): number {
  out[at] = 0x41;
  out[at + 1] = text.length;
  for (let i = 0; i < text.length; i++) out[at + 2 + i] = text.charCodeAt(i);
  return at + 2 + text.length;
}

function writeU4(value: number, out: Buffer, at: number): number {
  out[at] = 0xb1;
  out[at + 1] = 4;
  return out.writeUInt32BE(value, at + 2);
}

function writeF8(value: number, out: Buffer, at: number): number {
  out[at] = 0x81;
  out[at + 1] = 8;
  return out.writeDoubleBE(value, at + 2);
}

function writeList(length: number, out: Buffer, at: number): number {
  out[at] = 1;
  out[at + 1] = length;
  return at + 2;
}

export function writeModel(out: Buffer, at: number): void {
  const p = writeList(2, out, at);
  writeText(REVISION, out, writeText(MODEL, out, p));
}

export function readModel(bytes: Buffer, body: number): [model: string, revision: string] {
  const middle = body + 4 + (bytes[body + 3] as number);
  return [
    bytes.toString('latin1', body + 4, middle),
    bytes.toString('latin1', middle + 2, middle + 2 + (bytes[middle + 1] as number)),
  ];
}

export function writeEvent(out: Buffer, at: number, n: number): void {
  let p = writeU4(1001, out, writeU4(n, out, writeList(3, out, at)));
  p = writeList(20, out, writeU4(2001, out, writeList(2, out, writeList(1, out, p))));
  for (let k = 0; k < 20; k += 3) {
    p = writeU4(n + 1000 * k, out, p);
    p = writeF8(n / 2 + 1.5 * (k + 1), out, p);
    if (k < 18) p = writeText(STATE, out, p);
  }
}

export function readEvent(bytes: Buffer, body: number): number {
  let sum = bytes.readUInt32BE(body + 4) + bytes.readUInt32BE(body + 10) + bytes.readUInt32BE(body + 20);
  const end = body + EVENT_BYTES;
  for (let p = body + 26; p < end; p += 2 + (bytes[p + 1] as number)) {
    switch (bytes[p] as number) {
      case 0x41: {
        const text = bytes.toString('latin1', p + 2, p + 2 + (bytes[p + 1] as number));
        sum += text.length + text.charCodeAt(0);
        break;
      }
      case 0xb1:
        sum += bytes.readUInt32BE(p + 2);
        break;
      default:
        sum += bytes.readDoubleBE(p + 2);
    }
  }
  return sum;
}

/** The frame of S7F3 up to the bytes of the program. */
export function writeProgramHead(bytes: number, systemBytes: number): Buffer {
  const head = Buffer.alloc(14 + 2 + 2 + PROGRAM_NAME.length + 4);
  head.writeUInt32BE(head.length - 4 + bytes, 0);
  head.writeUInt16BE(1, 4);
  head[6] = 7;
  head[7] = 3;
  head.writeUInt32BE(systemBytes, 10);
  const p = writeText(PROGRAM_NAME, head, writeList(2, head, 14));
  head[p] = 0x23;
  head.writeUIntBE(bytes, p + 1, 3);
  return head;
}

/** The length of the program and its last byte. */
export function programLength(bytes: Buffer, body: number, end: number): number {
  const at = body + 4 + PROGRAM_NAME.length;
  return bytes.readUIntBE(at + 1, 3) + (bytes[end - 1] as number);
}
