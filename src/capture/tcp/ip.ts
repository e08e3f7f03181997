import { FragmentStore } from './fragments.js';
import { addressText } from './address.js';

const TCP = 6;
const FRAGMENT = 44;
const AUTHENTICATION = 51;
/** Hop-by-hop, routing, destination, mobility, HIP, shim6: all told apart by their length in units of 8 bytes. */
const extensions: ReadonlySet<number> = new Set([0, 43, 60, 135, 139, 140]);

/** A TCP segment as it was captured: header and payload lie in `bytes` from `start` to `end`. */
export interface IpPayload {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Size of header and payload on the wire; more than was captured when a snap length cut it off. */
  readonly wireBytes: number;
  /** The address bytes of sender and receiver, one character a byte. */
  readonly source: string;
  readonly destination: string;
}

/** How many captured packets led to no TCP segment, and why. */
export interface IpCounts {
  notTcp: number;
  truncated: number;
  fragments: number;
  fragmentsLost: number;
}

/** Takes IP packets apart, puts fragments together, and hands on what TCP carries. */
export class IpLayer {
  readonly counts: IpCounts = { notTcp: 0, truncated: 0, fragments: 0, fragmentsLost: 0 };
  readonly #onTcp: (payload: IpPayload) => void;
  readonly #fragments = new FragmentStore(() => this.counts.fragmentsLost++);

  constructor(onTcp: (payload: IpPayload) => void) {
    this.#onTcp = onTcp;
  }

  /** Takes the IP packet between `start` and `end`; Ethernet's padding may follow it. */
  push(bytes: Buffer, start: number, end: number, wireEnd: number): void {
    const version = start < end ? (bytes[start] ?? 0) >> 4 : 0;
    if (version === 4) this.#pushV4(bytes, start, end, wireEnd);
    else if (version === 6) this.#pushV6(bytes, start, end, wireEnd);
    else if (start >= end) this.counts.truncated++;
    else this.counts.notTcp++;
  }

  /** Nothing more comes: what is left of fragmented packets is lost. */
  end(): void {
    this.#fragments.end();
  }

  #pushV4(bytes: Buffer, start: number, end: number, wireEnd: number): void {
    const headerBytes = ((bytes[start] ?? 0) & 0x0f) * 4;
    if (end - start < 20 || headerBytes < 20 || end - start < headerBytes) {
      this.counts.truncated++;
      return;
    }
    // Offloading leaves 0 in packets above 64 KiB.
    const total = bytes.readUInt16BE(start + 2);
    const packetEnd = total === 0 ? wireEnd : start + Math.max(total, headerBytes);
    const fragment = bytes.readUInt16BE(start + 6);
    const protocol = bytes[start + 9] ?? 0;
    const source = bytes.toString('latin1', start + 12, start + 16);
    const destination = bytes.toString('latin1', start + 16, start + 20);
    const from = start + headerBytes;
    if ((fragment & 0x3fff) === 0) {
      this.#deliver(protocol, bytes, from, Math.min(end, packetEnd), packetEnd - from, source, destination);
      return;
    }
    const id = bytes.toString('latin1', start + 4, start + 6);
    const more = (fragment & 0x2000) !== 0;
    const offset = (fragment & 0x1fff) * 8;
    this.#fragment(protocol, bytes, from, packetEnd, end, { id, more, offset, source, destination });
  }

  #pushV6(bytes: Buffer, start: number, end: number, wireEnd: number): void {
    if (end - start < 40) {
      this.counts.truncated++;
      return;
    }
    const length = bytes.readUInt16BE(start + 4);
    const packetEnd = length === 0 ? wireEnd : start + 40 + length;
    const source = bytes.toString('latin1', start + 8, start + 24);
    const destination = bytes.toString('latin1', start + 24, start + 40);
    let next = bytes[start + 6] ?? 0;
    let at = start + 40;
    while (extensions.has(next) || next === AUTHENTICATION || next === FRAGMENT) {
      if (at + 8 > Math.min(end, packetEnd)) {
        this.counts.truncated++;
        return;
      }
      const header = next;
      next = bytes[at] ?? 0;
      if (header === FRAGMENT) {
        const field = bytes.readUInt16BE(at + 2);
        const offset = field & 0xfff8;
        const more = (field & 1) !== 0;
        const id = bytes.toString('latin1', at + 4, at + 8);
        at += 8;
        // A packet in one fragment needs no other.
        if (offset === 0 && !more) continue;
        this.#fragment(next, bytes, at, packetEnd, end, { id, more, offset, source, destination });
        return;
      }
      const units = bytes[at + 1] ?? 0;
      at += header === AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8;
    }
    this.#deliver(next, bytes, at, Math.min(end, packetEnd), packetEnd - at, source, destination);
  }

  #deliver(
    protocol: number,
    bytes: Buffer,
    start: number,
    end: number,
    wireBytes: number,
    source: string,
    destination: string,
  ): void {
    if (protocol !== TCP) this.counts.notTcp++;
    else if (start > end) this.counts.truncated++;
    else this.#onTcp({ bytes, start, end, wireBytes, source, destination });
  }

  #fragment(
    protocol: number,
    bytes: Buffer,
    start: number,
    packetEnd: number,
    end: number,
    { id, more, offset, source, destination }: Fragment,
  ): void {
    this.counts.fragments++;
    // What a snap length has cut off cannot be put together.
    if (protocol !== TCP || packetEnd > end || start > packetEnd) {
      if (protocol === TCP) this.counts.fragmentsLost++;
      else this.counts.notTcp++;
      return;
    }
    const whole = this.#fragments.add(
      source + destination + id,
      offset,
      more,
      bytes.subarray(start, packetEnd),
    );
    if (whole === undefined) return;
    this.#onTcp({ bytes: whole, start: 0, end: whole.length, wireBytes: whole.length, source, destination });
  }
}

interface Fragment {
  readonly id: string;
  readonly more: boolean;
  readonly offset: number;
  readonly source: string;
  readonly destination: string;
}

/** Address and port of one end as text. */
export function endText(address: string, port: number): string {
  const text = addressText(address);
  return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`;
}
