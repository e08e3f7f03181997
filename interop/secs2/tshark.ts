import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeItem, type Item } from '../../src/secs2/index.js';

/** The fields in which the dissector shows the values of an item, by format. */
const FIELDS = {
  B: 'binary', BOOLEAN: 'boolean', A: 'string', I8: 'int64', I1: 'int8', I2: 'int16', I4: 'int32', F8: 'double',
  F4: 'float', U8: 'uint64', U1: 'uint8', U2: 'uint16', U4: 'uint32',
} as const; // prettier-ignore

type Seen = Record<string, string[]>;

/**
 * Puts each item into a data message on the HSMS port, has tshark dissect them, and gives what it shows of each: the
 * format codes, the lengths, and the values, a list for each field.
 */
export function dissect(items: readonly Item[]): Seen[] {
  const folder = mkdtempSync(join(tmpdir(), 'secs2-'));
  try {
    const file = join(folder, 'items.pcap');
    writeFileSync(file, capture(items));
    const names = [...Object.values(FIELDS).map((name) => `value.${name}`), 'format', 'length'].map(
      (f) => `hsms.data.item.${f}`,
    );
    const args = [
      '-r',
      file,
      '-d',
      'tcp.port==5000,hsms',
      '-T',
      'fields',
      '-E',
      'occurrence=a',
      '-E',
      'aggregator=;',
    ];
    const output = execFileSync('tshark', [...args, ...names.flatMap((name) => ['-e', name])], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const rows = output.split('\n').slice(0, items.length);
    return rows.map((row) => {
      const texts = row.split('\t');
      return Object.fromEntries(
        names.map((name, i) => [name, (texts[i] ?? '') === '' ? [] : (texts[i] ?? '').split(';')]),
      );
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the dissector must show of an item. */
export function expected(item: Item): Seen {
  const seen: Seen = {};
  const add = (field: string, text: string): void => {
    (seen[`hsms.data.item.${field}`] ??= []).push(text);
  };
  const pending: Item[] = [item];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    add('length', String(next.format === 'L' ? next.length : next.bytes.length));
    add('format', next.format);
    if (next.format === 'L') pending.push(...[...next.items].reverse());
    else if (next.format === 'A') add('value.string', next.values);
    else if (next.format === 'B') add('value.binary', Buffer.from(next.values).toString('hex'));
    else if (next.format !== 'J' && next.format !== 'C2') {
      for (const value of next.values) add(`value.${FIELDS[next.format]}`, String(value));
    }
  }
  return seen;
}

/** A capture file of TCP segments from port 5000, each an HSMS data message S1F2 with one item. */
function capture(items: readonly Item[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(101, 20); // Raw IP.
  const parts: Buffer[] = [header];
  let sequence = 1;
  for (const [index, item] of items.entries()) {
    const body = encodeItem(item);
    const frame = Buffer.concat([Buffer.alloc(14), body]);
    frame.writeUInt32BE(10 + body.length, 0);
    frame.writeUInt16BE(0x0102, 6); // S1F2
    frame.writeUInt32BE(index, 10);
    const packet = tcpPacket(frame, sequence);
    sequence += frame.length;
    const record = Buffer.alloc(16);
    record.writeUInt32LE(index, 0);
    record.writeUInt32LE(packet.length, 8);
    record.writeUInt32LE(packet.length, 12);
    parts.push(record, packet);
  }
  return Buffer.concat(parts);
}

function tcpPacket(payload: Buffer, sequence: number): Buffer {
  const packet = Buffer.alloc(40 + payload.length);
  packet[0] = 0x45;
  packet.writeUInt16BE(packet.length, 2);
  packet[8] = 64;
  packet[9] = 6;
  packet.set([10, 0, 0, 1], 12);
  packet.set([10, 0, 0, 2], 16);
  packet.writeUInt16BE(5000, 20);
  packet.writeUInt16BE(40_000, 22);
  packet.writeUInt32BE(sequence, 24);
  packet[32] = 0x50;
  packet[33] = 0x18;
  packet.writeUInt16BE(0xffff, 34);
  payload.copy(packet, 40);
  return packet;
}
