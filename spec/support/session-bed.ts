import {
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnectionOptions,
  type HsmsSessionOptions,
  type SessionEnd,
  type SessionMessage,
} from '../../src/index.js';
import { FakeClock } from './fake-clock.js';
import { RawPeer } from './raw-peer.js';
import { until } from './until.js';

/** A data message of stream 1, unless told otherwise. */
export const data = (
  fn: number,
  systemBytes: number,
  more: { stream?: number; wBit?: boolean; sessionId?: number } = {},
): HsmsPacket => HsmsPacket.data({ sessionId: 0, stream: 1, function: fn, systemBytes, ...more });

/** A session on a passive connection, and a bare socket that plays the active peer. */
export class SessionBed {
  readonly clock = new FakeClock();
  readonly connection: HsmsPassiveConnection;
  readonly session: HsmsSession;
  readonly messages: SessionMessage[] = [];
  readonly ended: SessionEnd[] = [];
  readonly reasons: string[] = [];
  peer!: RawPeer;

  constructor(options: HsmsSessionOptions = {}, connectionOptions: HsmsConnectionOptions = {}) {
    this.connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, {
      clock: this.clock,
      ...connectionOptions,
    });
    this.session = new HsmsSession(this.connection, options);
    this.session.messages.subscribe((message) => this.messages.push(message));
    this.session.ended.subscribe((end) => this.ended.push(end));
    this.connection.closed.subscribe(({ reason }) => this.reasons.push(reason.kind));
  }

  async connect(): Promise<this> {
    await this.connection.enable();
    this.peer = await RawPeer.connect(this.connection.boundAddress?.port ?? 0);
    await until('the connection', () => this.session.currentState === 'notSelected');
    return this;
  }

  async select(): Promise<this> {
    await this.connect();
    this.peer.send(HsmsPacket.selectReq(1));
    await this.peer.receives(1);
    this.peer.packets.length = 0;
    return this;
  }

  /** The next packet at the peer. */
  async atPeer(): Promise<HsmsPacket> {
    await this.peer.receives(1);
    return this.peer.packets.shift() as HsmsPacket;
  }

  async close(): Promise<void> {
    const disposed = this.connection.dispose();
    this.peer?.socket.destroy();
    await disposed;
  }
}
