import { DEFAULT_MAX_PACKET_BYTES } from '../hsms/wire/frame-decoder.js';
import type { DecodeOptions } from '../secs2/index.js';
import { Budget } from './budget.js';
import type { CaptureEvent, CaptureListener } from './events.js';
import { IpLayer, type IpCounts } from './tcp/ip.js';
import { ipOffset, LINK_TRUNCATED, UNKNOWN_LINK_TYPE } from './tcp/link-layer.js';
import { PcapReader } from './files/pcap.js';
import { PcapngReader } from './files/pcapng.js';
import type { CaptureRecord, RecordReader } from './files/records.js';
import { TcpLayer, type TcpCounts } from './tcp/tcp.js';

/** Default of `maxHeldBytes`. */
export const DEFAULT_MAX_HELD_BYTES = 64 * 1024 * 1024;
/** Events kept back while the first segments of a connection are put in order. */
const MAX_KEPT_EVENTS = 4096;
const MAX_KEPT_BYTES = 8 * 1024 * 1024;

/** How a capture is decoded. Everything is optional. */
export interface CaptureOptions {
  /**
   * TCP ports whose connections are HSMS; other connections are left alone. Without it every connection is looked
   * through, and those in which no message is found are counted.
   */
  readonly ports?: Iterable<number>;
  /** The most that a message may be long, in bytes, header included. Default: 16 MiB and 10. */
  readonly maxPacketBytes?: number;
  /** The most that all connections hold together of messages and segments that are not whole, in bytes. Default: 64 MiB. */
  readonly maxHeldBytes?: number;
  /** How the packets decode their bodies. */
  readonly decoding?: DecodeOptions;
}

/** What became of the packets of a capture. */
export interface CaptureCounts {
  /** Captured packets read. */
  readonly packets: number;
  /** Packets of a link type that is not known, by its number. */
  readonly unknownLinkTypes: ReadonlyMap<number, number>;
  /** Packets that carry no IP. */
  readonly notIp: number;
  /** IP packets that carry no TCP. */
  readonly notTcp: number;
  /** Packets cut off within their link, IP or TCP header. */
  readonly truncated: number;
  /** IP fragments, and how many packets could not be put together from them. */
  readonly fragments: number;
  readonly fragmentsLost: number;
  /** TCP connections, those in which HSMS was found or that are of the ports asked for, and the bytes of the others. */
  readonly connections: number;
  readonly hsmsConnections: number;
  readonly foreignBytes: number;
  /** Bytes that were sent again. */
  readonly repeatedBytes: number;
  /** Bytes of a connection that came after its end. */
  readonly lateBytes: number;
  /** Connections given up because more than 16,384 were open. */
  readonly forgottenConnections: number;
  /** The most bytes ever held at once. */
  readonly mostHeldBytes: number;
}

/**
 * Decodes a capture in the pcap or pcapng format, piece by piece: link layer, IP, TCP, HSMS. Memory is bounded,
 * whatever the capture says: 16,384 connections, 8 MiB behind a hole of each, `maxHeldBytes` in all.
 */
export class CaptureDecoder {
  readonly #reader: RecordReader;
  readonly #onEvent: CaptureListener;
  readonly #ip: IpLayer;
  readonly #tcp: TcpLayer;
  readonly #budget: Budget;
  readonly #unknownLinkTypes = new Map<number, number>();
  #packets = 0;
  #notIp = 0;
  #linkTruncated = 0;
  #time = NaN;
  #kept: CaptureEvent[] = [];
  #keptBytes = 0;

  /**
   * @param format of the file
   * @param onEvent takes what the capture tells, from within {@link push} and {@link end}
   */
  constructor(format: 'pcap' | 'pcapng', onEvent: CaptureListener, options: CaptureOptions = {}) {
    const { maxPacketBytes = DEFAULT_MAX_PACKET_BYTES, maxHeldBytes = DEFAULT_MAX_HELD_BYTES } = options;
    this.#onEvent = onEvent;
    this.#budget = new Budget(maxHeldBytes);
    const tell = (event: CaptureEvent): void => this.#tell(event);
    const context = { maxPacketBytes, budget: this.#budget, decoding: options.decoding, onEvent: tell };
    this.#tcp = new TcpLayer(context, new Set(options.ports ?? []));
    this.#ip = new IpLayer((payload) => this.#tcp.push(payload, this.#time));
    const Reader = format === 'pcap' ? PcapReader : PcapngReader;
    this.#reader = new Reader(
      (record) => this.#record(record),
      (text) => tell({ kind: 'fault', text }),
      (packets) => tell({ kind: 'dropped', packets }),
    );
  }

  /** What became of the packets so far; that of connections is known once they have ended. */
  get counts(): CaptureCounts {
    const ip: IpCounts = this.#ip.counts;
    const tcp: TcpCounts = this.#tcp.counts;
    return {
      packets: this.#packets,
      unknownLinkTypes: this.#unknownLinkTypes,
      notIp: this.#notIp,
      notTcp: ip.notTcp,
      truncated: this.#linkTruncated + ip.truncated + tcp.truncated,
      fragments: ip.fragments,
      fragmentsLost: ip.fragmentsLost,
      connections: tcp.connections,
      hsmsConnections: tcp.hsmsConnections,
      foreignBytes: tcp.foreignBytes,
      repeatedBytes: tcp.repeatedBytes,
      lateBytes: tcp.lateBytes,
      forgottenConnections: tcp.forgotten,
      mostHeldBytes: this.#budget.most,
    };
  }

  /** Takes the next bytes of the file. They must not change any more. */
  push(chunk: Buffer): void {
    this.#reader.push(chunk);
  }

  /** Nothing more comes: tells of all that is not whole. */
  end(): void {
    this.#reader.end();
    this.#ip.end();
    this.#tcp.end(this.#time);
    this.#release();
  }

  #record({ bytes, start, end, wireBytes, linkType, time }: CaptureRecord): void {
    this.#packets++;
    this.#time = time;
    const at = ipOffset(linkType, bytes, start, end);
    if (at >= 0) {
      this.#ip.push(bytes, at, end, start + Math.max(wireBytes, end - start));
      if (this.#kept.length > 0 && !this.#tcp.isSettling) this.#release();
    } else if (at === UNKNOWN_LINK_TYPE) {
      this.#unknownLinkTypes.set(linkType, (this.#unknownLinkTypes.get(linkType) ?? 0) + 1);
    } else if (at === LINK_TRUNCATED) this.#linkTruncated++;
    else this.#notIp++;
  }

  #tell(event: CaptureEvent): void {
    if (!this.#tcp.isSettling) {
      if (this.#kept.length > 0) this.#release();
      this.#onEvent(event);
      return;
    }
    // What is held back of one connection will be told later, and belongs before this.
    this.#kept.push(event);
    if (event.kind === 'message') this.#keptBytes += event.packet.length;
    if (this.#kept.length > MAX_KEPT_EVENTS || this.#keptBytes > MAX_KEPT_BYTES) this.#release();
  }

  #release(): void {
    const kept = this.#kept;
    this.#kept = [];
    this.#keptBytes = 0;
    const timeOf = (event: CaptureEvent): number => ('time' in event ? (event.time ?? NaN) : NaN);
    kept.sort((a, b) => timeOf(a) - timeOf(b) || 0);
    for (const event of kept) this.#onEvent(event);
  }
}
