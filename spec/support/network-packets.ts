/** Builds what a capture holds: IP packets with TCP in them, link layers around them, and capture files of both formats. */

export interface TcpFields {
  readonly from: string;
  readonly to: string;
  readonly seq: number;
  readonly ack?: number;
  readonly flags?: string;
  readonly data?: Uint8Array;
  readonly options?: number;
}

const flagBits: Readonly<Record<string, number>> = { F: 1, S: 2, R: 4, P: 8, A: 16 };

/** A TCP segment between `address:port` ends; flags by their letters, `SA`, `FA`, `R` …; `ack` implies `A`. */
export function tcp({
  from,
  to,
  seq,
  ack,
  flags = '',
  data = new Uint8Array(),
  options = 0,
}: TcpFields): Buffer {
  const header = Buffer.alloc(20 + options);
  header.writeUInt16BE(portOf(from), 0);
  header.writeUInt16BE(portOf(to), 2);
  header.writeUInt32BE(seq >>> 0, 4);
  header.writeUInt32BE((ack ?? 0) >>> 0, 8);
  header[12] = (header.length / 4) << 4;
  const bits = [...flags].reduce((sum, letter) => sum | (flagBits[letter] ?? 0), ack === undefined ? 0 : 16);
  header[13] = bits;
  header.writeUInt16BE(65_535, 14);
  return Buffer.concat([header, data]);
}

export interface Ipv4Fields {
  readonly options?: number;
  readonly id?: number;
  /** Offset in bytes and whether more follow, of a fragment. */
  readonly fragment?: { readonly offset: number; readonly more: boolean };
  readonly protocol?: number;
  /** Total length, where it is not that of the packet. */
  readonly total?: number;
}

export function ipv4(from: string, to: string, payload: Uint8Array, fields: Ipv4Fields = {}): Buffer {
  const header = Buffer.alloc(20 + (fields.options ?? 0));
  header[0] = 0x40 | (header.length / 4);
  header.writeUInt16BE((fields.total ?? header.length + payload.length) & 0xffff, 2);
  header.writeUInt16BE(fields.id ?? 0, 4);
  const { offset, more } = fields.fragment ?? { offset: 0, more: false };
  header.writeUInt16BE((more ? 0x2000 : 0) | (offset / 8), 6);
  header[8] = 64;
  header[9] = fields.protocol ?? 6;
  Buffer.from(hostOf(from).split('.').map(Number)).copy(header, 12);
  Buffer.from(hostOf(to).split('.').map(Number)).copy(header, 16);
  return Buffer.concat([header, payload]);
}

export function ipv6(
  from: string,
  to: string,
  payload: Uint8Array,
  next = 6,
  extensions: Buffer[] = [],
): Buffer {
  const rest = Buffer.concat([...extensions, payload]);
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(rest.length, 4);
  header[6] = next;
  ipv6Bytes(hostOf(from)).copy(header, 8);
  ipv6Bytes(hostOf(to)).copy(header, 24);
  return Buffer.concat([header, rest]);
}

export function ethernet(packet: Uint8Array, tags: readonly number[] = []): Buffer {
  const type = Buffer.alloc(2);
  type.writeUInt16BE((packet[0] ?? 0) >> 4 === 6 ? 0x86dd : 0x0800);
  const vlan = tags.map((tag) => Buffer.from([tag >> 8, tag & 0xff, 0, 7]));
  return Buffer.concat([Buffer.alloc(12, 2), ...vlan, type, packet]);
}

/** One captured packet. */
export interface Captured {
  /** Microseconds since 1970. */
  readonly time: number;
  readonly bytes: Uint8Array;
  /** Bytes kept of it; all by default. */
  readonly snap?: number;
}

export interface PcapFields {
  readonly linkType?: number;
  readonly bigEndian?: boolean;
  readonly nanoseconds?: boolean;
}

export function pcapFile(packets: readonly Captured[], fields: PcapFields = {}): Buffer {
  const { u16, u32 } = writers(fields.bigEndian === true);
  const unit = fields.nanoseconds === true ? 1000 : 1;
  const magic = fields.nanoseconds === true ? 0xa1b23c4d : 0xa1b2c3d4;
  const head = [u32(magic), u16(2), u16(4), u32(0), u32(0), u32(262_144), u32(fields.linkType ?? 1)];
  const records = packets.flatMap(({ time, bytes, snap = bytes.length }) => [
    u32(Math.floor(time / 1e6)),
    u32((time % 1e6) * unit),
    u32(Math.min(snap, bytes.length)),
    u32(bytes.length),
    Buffer.from(bytes.subarray(0, snap)),
  ]);
  return Buffer.concat([...head, ...records]);
}

/** Makes the blocks of a pcapng file of one byte order. */
export class PcapngBlocks {
  readonly #write: Writers;
  readonly #bigEndian: boolean;

  constructor(bigEndian = false) {
    this.#bigEndian = bigEndian;
    this.#write = writers(bigEndian);
  }

  block(type: number, ...body: readonly Uint8Array[]): Buffer {
    const content = padded(Buffer.concat(body));
    const length = this.#write.u32(content.length + 12);
    return Buffer.concat([this.#write.u32(type), length, content, length]);
  }

  section(): Buffer {
    const { u16, u32 } = this.#write;
    return this.block(0x0a0d0d0a, u32(0x1a2b3c4d), u16(1), u16(0), Buffer.alloc(8, 0xff));
  }

  interface(linkType: number, options: readonly (readonly [number, Uint8Array])[] = [], snap = 0): Buffer {
    const { u16, u32 } = this.#write;
    return this.block(1, u16(linkType), u16(0), u32(snap), this.options(options));
  }

  options(options: readonly (readonly [number, Uint8Array])[]): Buffer {
    const { u16 } = this.#write;
    const each = options.map(([code, value]) => Buffer.concat([u16(code), u16(value.length), padded(value)]));
    return Buffer.concat([...each, u16(0), u16(0)]);
  }

  u64(value: bigint): Buffer {
    const bytes = Buffer.alloc(8);
    if (this.#bigEndian) bytes.writeBigUInt64BE(value);
    else bytes.writeBigUInt64LE(value);
    return bytes;
  }

  enhanced(id: number, ticks: bigint, bytes: Uint8Array, wireBytes = bytes.length): Buffer {
    const { u32 } = this.#write;
    const time = [u32(Number(ticks >> 32n)), u32(Number(ticks & 0xffffffffn))];
    return this.block(6, u32(id), ...time, u32(bytes.length), u32(wireBytes), bytes);
  }

  simple(bytes: Uint8Array): Buffer {
    return this.block(3, this.#write.u32(bytes.length), bytes);
  }

  obsolete(id: number, ticks: bigint, bytes: Uint8Array): Buffer {
    const { u16, u32 } = this.#write;
    const time = [u32(Number(ticks >> 32n)), u32(Number(ticks & 0xffffffffn))];
    return this.block(2, u16(id), u16(0), ...time, u32(bytes.length), u32(bytes.length), bytes);
  }

  statistics(id: number, dropped: bigint): Buffer {
    const { u32 } = this.#write;
    return this.block(5, u32(id), u32(0), u32(0), this.options([[5, this.u64(dropped)]]));
  }
}

interface Writers {
  readonly u16: (value: number) => Buffer;
  readonly u32: (value: number) => Buffer;
}

function writers(bigEndian: boolean): Writers {
  return {
    u16(value) {
      const bytes = Buffer.alloc(2);
      if (bigEndian) bytes.writeUInt16BE(value);
      else bytes.writeUInt16LE(value);
      return bytes;
    },
    u32(value) {
      const bytes = Buffer.alloc(4);
      if (bigEndian) bytes.writeUInt32BE(value >>> 0);
      else bytes.writeUInt32LE(value >>> 0);
      return bytes;
    },
  };
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function portOf(end: string): number {
  return Number(end.slice(end.lastIndexOf(':') + 1));
}

function hostOf(end: string): string {
  return end.slice(0, end.lastIndexOf(':')).replace(/[[\]]/g, '');
}

function ipv6Bytes(text: string): Buffer {
  const [left = '', right] = text.split('::');
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => parseInt(group, 16));
  const head = groups(left);
  const tail = right === undefined ? [] : groups(right);
  const all = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
