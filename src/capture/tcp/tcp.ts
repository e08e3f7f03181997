import { Connection, type ConnectionContext, type Side, type TcpSegment } from './connection.js';
import { endText, type IpPayload } from './ip.js';
import { Settling } from './settling.js';

const HEADER_BYTES = 20;
const FIN = 0x01;
const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

/** Connections that are kept track of, at the most. */
const MAX_CONNECTIONS = 16_384;

/** What a table of connections counts. */
export interface TcpCounts {
  segments: number;
  truncated: number;
  connections: number;
  hsmsConnections: number;
  foreignBytes: number;
  repeatedBytes: number;
  lateBytes: number;
  forgotten: number;
}

interface Known {
  readonly connection: Connection;
  readonly side: Side;
}

/** Sender and receiver of a segment, and their keys in both orders. */
interface Ends {
  readonly key: string;
  readonly back: string;
  readonly from: string;
  readonly to: string;
}

/** Finds the connection of each TCP segment: begins, ends and forgets connections. */
export class TcpLayer {
  readonly counts: TcpCounts = {
    segments: 0,
    truncated: 0,
    connections: 0,
    hsmsConnections: 0,
    foreignBytes: 0,
    repeatedBytes: 0,
    lateBytes: 0,
    forgotten: 0,
  };
  readonly #context: ConnectionContext;
  readonly #ports: ReadonlySet<number>;
  readonly #sides = new Map<string, Known>();
  readonly #settling = new Map<Connection, Settling>();
  #packets = 0;

  /** @param ports of connections that are HSMS for certain; every other connection is left alone where there are any */
  constructor(context: ConnectionContext, ports: ReadonlySet<number>) {
    this.#context = context;
    this.#ports = ports;
  }

  /** Whether segments are held until the order of a connection's first ones is known. */
  get isSettling(): boolean {
    return this.#settling.size > 0;
  }

  /** Takes a TCP segment, header first. */
  push({ bytes, start, end, wireBytes, source, destination }: IpPayload, time: number): void {
    this.#packets++;
    this.#settleOld(time);
    const headerBytes = end - start < HEADER_BYTES ? 0 : ((bytes[start + 12] ?? 0) >> 4) * 4;
    if (headerBytes < HEADER_BYTES || end - start < headerBytes) {
      this.counts.truncated++;
      return;
    }
    const sourcePort = bytes.readUInt16BE(start);
    const destinationPort = bytes.readUInt16BE(start + 2);
    const trusted = this.#ports.has(sourcePort) || this.#ports.has(destinationPort);
    if (this.#ports.size > 0 && !trusted) return;
    this.counts.segments++;
    const flags = bytes[start + 13] ?? 0;
    const segment: TcpSegment = {
      seq: bytes.readUInt32BE(start + 4),
      ack: (flags & ACK) === 0 ? undefined : bytes.readUInt32BE(start + 8),
      syn: (flags & SYN) !== 0,
      fin: (flags & FIN) !== 0,
      rst: (flags & RST) !== 0,
      bytes,
      start: start + headerBytes,
      end,
      wireBytes: Math.max(0, wireBytes - headerBytes),
      time,
    };
    const ports = bytes.toString('latin1', start, start + 4);
    const key = source + destination + ports;
    const known = this.#sides.get(key);
    if (known !== undefined && !this.#isOther(known, segment)) {
      this.#take(known, segment);
      return;
    }
    if (known !== undefined) this.#remove(known.connection, time, 'reused');
    const back = destination + source + ports.slice(2) + ports.slice(0, 2);
    const [from, to] = [endText(source, sourcePort), endText(destination, destinationPort)];
    this.#take(this.#open({ key, back, from, to }, trusted), segment);
  }

  /** Nothing more comes. */
  end(time: number): void {
    for (const connection of [...this.#settling.keys()]) this.#settle(connection);
    for (const connection of new Set([...this.#sides.values()].map((known) => known.connection))) {
      this.#close(connection, time);
    }
    this.#sides.clear();
  }

  #take({ connection, side }: Known, segment: TcpSegment): void {
    connection.lastSeen = this.#packets;
    side.bytes += segment.wireBytes;
    if (connection.finished) {
      connection.late += side.half?.ahead(segment.seq, segment.wireBytes) ?? segment.wireBytes;
      return;
    }
    const settling = this.#settling.get(connection);
    if (settling !== undefined) {
      if (settling.hold(side, segment)) this.#settle(connection);
      return;
    }
    if (segment.syn) this.#begin(connection, side, segment);
    else if (connection.sides.every(({ half }) => half === undefined)) {
      const fresh = new Settling(segment.time, this.#context.budget);
      this.#settling.set(connection, fresh);
      if (fresh.hold(side, segment)) this.#settle(connection);
      return;
    } else if (side.half === undefined && segment.wireBytes > 0) side.begin(segment.seq, false);
    connection.segment(side, segment);
  }

  /** Whether the segment belongs to another connection than the one that used its ports last. */
  #isOther({ connection, side }: Known, { seq, syn, rst, wireBytes }: TcpSegment): boolean {
    const { half } = side;
    if (syn) {
      if (connection.finished) return true;
      const settling = this.#settling.get(connection);
      if (settling !== undefined) return settling.first(side) !== undefined && !settling.admits(side, seq);
      return half !== undefined && side.first !== (seq + 1) >>> 0;
    }
    if (rst || wireBytes === 0 || half === undefined) return false;
    return !half.fits(seq);
  }

  #begin(connection: Connection, side: Side, { seq, ack, time }: TcpSegment): void {
    if (side.half !== undefined) return;
    const other = connection.other(side);
    const isFirst = other.half === undefined;
    side.begin((seq + 1) >>> 0, true);
    if (ack !== undefined && isFirst) other.begin(ack, true);
    // A SYN with an ACK answers the side that has opened the connection.
    if (isFirst) connection.open(ack === undefined ? side : other, true, time);
  }

  #open({ key, back, from, to }: Ends, trusted: boolean): Known {
    if (this.#sides.size >= 2 * MAX_CONNECTIONS) this.#forgetOne();
    const connection = new Connection(this.#context, trusted, from, to, [key, back]);
    this.counts.connections++;
    const known = { connection, side: connection.sides[0] };
    this.#sides.set(back, { connection, side: connection.sides[1] });
    this.#sides.set(key, known);
    return known;
  }

  #remove(connection: Connection, time: number, how?: 'reused'): void {
    this.#settle(connection);
    this.#close(connection, time, how);
    for (const key of connection.keys) this.#sides.delete(key);
  }

  /** Begins the streams of a connection that was under way, with what has been held of it. */
  #settle(connection: Connection): void {
    const settling = this.#settling.get(connection);
    if (settling === undefined) return;
    const sides = connection.sides.filter((side) => settling.first(side) !== undefined);
    const syn = connection.sides.find((side) => settling.hasSyn(side));
    for (const side of sides) side.begin(settling.first(side) ?? 0, settling.hasSyn(side));
    let told = false;
    settling.release((side, segment) => {
      if (!told) connection.open(syn ?? side, syn !== undefined, segment.time);
      told = true;
      connection.segment(side, segment);
    });
    this.#settling.delete(connection);
  }

  #settleOld(time: number): void {
    for (const [connection, settling] of this.#settling) {
      if (!settling.isOver(time)) return;
      this.#settle(connection);
    }
  }

  #close(connection: Connection, time: number, how?: 'reused'): void {
    connection.finish(time, how);
    this.counts.repeatedBytes += connection.repeated;
    this.counts.lateBytes += connection.late;
    if (connection.isHsms) this.counts.hsmsConnections++;
    else this.counts.foreignBytes += connection.bytes;
  }

  /** Makes room: among those known the longest, ended ones first, then the one that was silent the longest. */
  #forgetOne(): void {
    let choice: Connection | undefined;
    let looked = 0;
    for (const { connection } of this.#sides.values()) {
      if (looked++ === 128) break;
      if (choice === undefined || rank(connection) < rank(choice)) choice = connection;
    }
    if (choice === undefined) return;
    this.counts.forgotten += choice.finished ? 0 : 1;
    this.#remove(choice, NaN);
  }
}

function rank({ finished, lastSeen }: Connection): number {
  return finished ? lastSeen - Number.MAX_SAFE_INTEGER : lastSeen;
}
