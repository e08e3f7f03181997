import {
  CaptureDecoder,
  type CaptureCounts,
  type CaptureEvent,
  type CaptureOptions,
} from '../../src/capture/index.js';
import { encodeFrame, HsmsPacket } from '../../src/index.js';
import { A, L, S, U4 } from '../../src/secs2/index.js';
import { ethernet, ipv4, pcapFile, tcp, type Captured, type TcpFields } from '../support/network-packets.js';

export const HOST = '10.0.0.1:40000';
export const TOOL = '10.0.0.2:5000';
/** 2026-11-23 00:00:00 UTC in microseconds. */
export const T0 = 1_795_392_000_000_000;

/** What a decoder makes of a file that comes in chunks of some size. */
export function decodeFile(
  file: Buffer,
  format: 'pcap' | 'pcapng' = 'pcap',
  { chunk = file.length, ...options }: CaptureOptions & { readonly chunk?: number } = {},
): { events: CaptureEvent[]; counts: CaptureCounts } {
  const events: CaptureEvent[] = [];
  const decoder = new CaptureDecoder(format, (event) => events.push(event), options);
  for (let at = 0; at < file.length; at += chunk) decoder.push(file.subarray(at, at + chunk));
  decoder.end();
  return { events, counts: decoder.counts };
}

/** The same for TCP segments on Ethernet, a millisecond apart. */
export function decodeSegments(
  segments: readonly TcpFields[],
  options: CaptureOptions = {},
): ReturnType<typeof decodeFile> {
  return decodeFile(pcapFile(onEthernet(segments)), 'pcap', options);
}

export function onEthernet(segments: readonly TcpFields[], step = 1000): Captured[] {
  return segments.map((segment, index) => ({
    time: T0 + index * step,
    bytes: ethernet(ipv4(segment.from, segment.to, tcp(segment))),
  }));
}

/** An event in a line. */
export function show(event: CaptureEvent): string {
  switch (event.kind) {
    case 'message':
      return `${shortEnd(event.from)} ${nameOf(event.packet)} ${event.packet.header.systemBytes}`;
    case 'opened':
      return `opened ${shortEnd(event.from)}${event.fromStart ? '' : ' midway'}`;
    case 'closed':
      return `closed ${event.how}`;
    case 'gap':
      return `gap ${event.bytes}`;
    case 'damaged':
      return `damaged ${event.header?.systemBytes ?? '?'} ${event.missing}/${event.length} ${event.cause}`;
    case 'skipped':
      return `skipped ${event.bytes} ${event.cause}`;
    case 'dropped':
      return `dropped ${event.packets}`;
    case 'fault':
      return `fault ${event.text}`;
    case 'part':
      return `part ${event.part} ${event.header?.systemBytes ?? ''}`.trimEnd();
    case 'unread':
      return `unread ${event.lines} ${event.text}`;
    case 'remark':
      return `remark ${event.text}`;
    case 'record':
      return `record ${event.record.type}`;
  }
}

export function packetsOf(events: readonly CaptureEvent[], from: string): string[] {
  return events.flatMap((event) =>
    event.kind === 'message' && event.from === from ? [encodeFrame(event.packet).toString('hex')] : [],
  );
}

function shortEnd(end: string | undefined): string {
  return end === HOST ? 'host' : end === TOOL ? 'tool' : String(end);
}

function nameOf({ header }: HsmsPacket): string {
  return header.isData ? `S${header.stream}F${header.function}` : `sType ${header.sType}`;
}

/** A frame with an item that depends on its number. */
export function frame(systemBytes: number, bytes = 8): Buffer {
  const item = L(U4(systemBytes), A('x'.repeat(bytes)));
  return encodeFrame(HsmsPacket.ofMessage(S(6, 11).w(item), { sessionId: 0, systemBytes }));
}

export const selectReq = encodeFrame(HsmsPacket.selectReq(1));

/** A TCP connection that writes down its segments. */
export class Wire {
  readonly segments: TcpFields[] = [];
  readonly #next: Record<'host' | 'tool', number>;

  constructor(hostSeq = 1000, toolSeq = 2000) {
    this.#next = { host: hostSeq, tool: toolSeq };
  }

  /** SYN, SYN-ACK, ACK. */
  open(): this {
    this.add('host', { flags: 'S' });
    this.#next.host++;
    this.add('tool', { flags: 'SA' });
    this.#next.tool++;
    return this.add('host', {}, true);
  }

  /** One segment with data, after which the sequence goes on. */
  send(side: 'host' | 'tool', data: Uint8Array, acks = true): this {
    this.add(side, { data }, acks);
    this.#next[side] = (this.#next[side] + data.length) >>> 0;
    return this;
  }

  /** Bytes that are sent and not captured. */
  lose(side: 'host' | 'tool', bytes: number): this {
    this.#next[side] = (this.#next[side] + bytes) >>> 0;
    return this;
  }

  fin(side: 'host' | 'tool'): this {
    this.add(side, { flags: 'FA' }, true);
    this.#next[side]++;
    return this;
  }

  /** A segment as told, from where the sequence stands or from there plus `seq`. */
  add(side: 'host' | 'tool', fields: Partial<TcpFields>, acks = fields.flags?.includes('A') === true): this {
    const other = side === 'host' ? 'tool' : 'host';
    this.segments.push({
      from: side === 'host' ? HOST : TOOL,
      to: side === 'host' ? TOOL : HOST,
      ...(acks ? { ack: this.#next[other] } : {}),
      ...fields,
      seq: (this.#next[side] + (fields.seq ?? 0)) >>> 0,
    });
    return this;
  }
}
