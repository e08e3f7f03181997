import { DEFAULT_MAX_PACKET_BYTES } from '../hsms/wire/frame-decoder.js';
import { Budget } from './budget.js';
import { DEFAULT_MAX_HELD_BYTES, type CaptureCounts, type CaptureOptions } from './capture-options.js';
import type { CaptureEvent, CaptureListener } from './events.js';
import type { CaptureRecord } from './files/records.js';
import { IpLayer, type IpCounts } from './tcp/ip.js';
import { ipOffset, LINK_TRUNCATED, UNKNOWN_LINK_TYPE } from './tcp/link-layer.js';
import { TcpLayer, type TcpCounts } from './tcp/tcp.js';

/** Events kept back while the first segments of a connection are put in order. */
const MAX_KEPT_EVENTS = 4096;
const MAX_KEPT_BYTES = 8 * 1024 * 1024;

/** Decodes captured packets one by one: link layer, IP, TCP, HSMS. */
export class PacketDecoder {
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

  /** @param onEvent takes what the packets tell, from within {@link record} and {@link end} */
  constructor(onEvent: CaptureListener, options: CaptureOptions = {}) {
    const { maxPacketBytes = DEFAULT_MAX_PACKET_BYTES, maxHeldBytes = DEFAULT_MAX_HELD_BYTES } = options;
    this.#onEvent = onEvent;
    this.#budget = new Budget(maxHeldBytes);
    const tell = (event: CaptureEvent): void => this.tell(event);
    const context = { maxPacketBytes, budget: this.#budget, decoding: options.decoding, onEvent: tell };
    this.#tcp = new TcpLayer(context, new Set(options.ports ?? []));
    this.#ip = new IpLayer((payload) => this.#tcp.push(payload, this.#time));
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

  /** Takes the next packet. */
  record({ bytes, start, end, wireBytes, linkType, time }: CaptureRecord): void {
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

  /** Nothing more comes: tells of all that is not whole. */
  end(): void {
    this.#ip.end();
    this.#tcp.end(this.#time);
    this.#release();
  }

  /** Tells an event in its place among those of the packets. */
  tell(event: CaptureEvent): void {
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
