import { HsmsPacket, type ConnectionState, type HsmsConnection, type HsmsHeader } from '../../src/index.js';
import type { Checks } from '../support/checks.js';
import { fieldsOf, nameOf } from '../support/frames.js';
import type { Tap } from '../support/tap.js';
import type { Command, Peer } from './peer.js';

/** Session ID of data; the peers are given the same number. */
export const DEVICE_ID = 10;

/**
 * One of our connections and a secsgem peer. Every message is checked at both ends, field by field, and every
 * message must be expected: nothing may be left over when a TCP connection ends.
 */
export class Talk {
  readonly checks: Checks;
  readonly connection: HsmsConnection;
  readonly tap: Tap;
  peer: Peer;
  /** Starts where a signed number would turn negative. */
  #systemBytes = 0x7ffffffe;

  constructor(checks: Checks, connection: HsmsConnection, tap: Tap, peer: Peer) {
    this.checks = checks;
    this.connection = connection;
    this.tap = tap;
    this.peer = peer;
    tap.context = () => this.peer.errors;
  }

  /** System bytes for a message of ours that opens a transaction. */
  next(): number {
    return this.#systemBytes++;
  }

  /** A primary of ours that wants a reply. */
  primary(stream: number, fn: number, body?: Buffer): HsmsPacket {
    const fields = { sessionId: DEVICE_ID, stream, function: fn, wBit: true, systemBytes: this.next() };
    return HsmsPacket.data(fields, body);
  }

  /** The secondary that belongs to `request`. */
  secondary({ header }: HsmsPacket, body?: Buffer): HsmsPacket {
    const { sessionId, stream, systemBytes } = header;
    return HsmsPacket.data({ sessionId, stream, function: header.function + 1, systemBytes }, body);
  }

  /** Sends packets in one go; secsgem must read the same. */
  async tell(...packets: HsmsPacket[]): Promise<void> {
    await Promise.all(packets.map((packet) => this.connection.send(packet)));
    for (const packet of packets) {
      const name = nameOf(packet);
      this.checks.equal(`secsgem reads our ${name}`, await this.peer.received.next(name), fieldsOf(packet));
    }
  }

  /**
   * Takes the next packet that arrived here. It must be what secsgem wrote and what `expected` says.
   * @param expected given the header that arrived, for the system bytes that only the sender knows
   */
  async hear(what: string, expected: (arrived: HsmsHeader) => HsmsPacket): Promise<HsmsPacket> {
    const packet = await this.tap.packets.next(what);
    const wanted = fieldsOf(expected(packet.header));
    this.checks.equal(`${what} of secsgem arrives`, fieldsOf(packet), wanted);
    this.checks.equal(`${what} is what secsgem wrote`, await this.peer.sent.next(what), wanted);
    return packet;
  }

  /** A transaction of ours. */
  async ask(request: HsmsPacket, reply: HsmsPacket): Promise<void> {
    await this.tell(request);
    await this.hear(`${nameOf(reply)} to our ${nameOf(request)}`, () => reply);
  }

  /** A transaction that secsgem opens, and its own account of the answer. */
  async answer(
    command: Command,
    what: string,
    expected: (arrived: HsmsHeader) => HsmsPacket,
    replyTo: (request: HsmsPacket) => HsmsPacket,
  ): Promise<void> {
    this.peer.do(command);
    const reply = replyTo(await this.hear(what, expected));
    await this.tell(reply);
    const result = await this.peer.results.next(`the end of ${command}`);
    this.checks.equal(`secsgem takes our answer to ${what}`, result, {
      name: command,
      reply: fieldsOf(reply),
    });
  }

  async linktests(): Promise<void> {
    const request = HsmsPacket.linktestReq(this.next());
    await this.ask(request, HsmsPacket.linktestRsp(request.header));
    await this.answer(
      'linktest',
      'Linktest.req',
      ({ systemBytes }) => HsmsPacket.linktestReq(systemBytes),
      ({ header }) => HsmsPacket.linktestRsp(header),
    );
  }

  async peerEnters(...states: string[]): Promise<void> {
    for (const state of states) {
      this.checks.equal('HSMS state of secsgem', await this.peer.states.next(state), state);
    }
  }

  async gemEnters(state: string): Promise<void> {
    this.checks.equal('GEM state of secsgem', await this.peer.gem.next(state), state);
  }

  /** The first connection of a peer that has just been started. */
  async started(peer: Peer = this.peer): Promise<void> {
    this.peer = peer;
    await peer.started();
    await this.connected();
  }

  /** A TCP connection comes up at both ends. */
  async connected(): Promise<void> {
    await this.tap.established.next('established');
    await this.peerEnters('CONNECTED_NOT_SELECTED');
    // secsgem accepts before it is able to take a message; what comes earlier is lost. This line says that it is.
    this.checks.equal('TCP of secsgem', await this.peer.tcp.next('connected'), 'connected');
    this.checks.equal('state of the connection', this.connection.currentState, 'connected');
  }

  /** Our side closes; what each side says of it. */
  async close(): Promise<void> {
    await this.connection.disable();
    await this.lifeEnded({ kind: 'local' }, 'disabled');
    // E37 knows no answer to a FIN; secsgem writes a Separate.req into the half-closed connection. It comes after
    // `beforeClosed`, so it must not be published.
    const separate = await this.peer.sent.next('Separate.req after our FIN');
    const expected = fieldsOf(HsmsPacket.separateReq(separate.systemBytes));
    this.checks.equal('secsgem separates after our FIN', separate, expected);
    await this.peerEnters('NOT_CONNECTED');
    this.checks.equal('TCP of secsgem', await this.peer.tcp.next('disconnected'), 'disconnected');
    this.nothingLeft();
  }

  /** The connection has ended, for `reason`, has published it in order, and is in `stateAfter` then. */
  async lifeEnded(reason: object, stateAfter: ConnectionState): Promise<void> {
    const closed = await this.tap.closed.next('closed');
    const { order, beforeClosed, stateAfter: state } = this.tap.endLife();
    this.checks.equal('closed says why', { ...closed.reason }, reason);
    this.checks.equal('beforeClosed says why', { ...beforeClosed?.reason }, reason);
    this.checks.equal('beforeClosed can send', beforeClosed?.canSend, true);
    this.checks.equal('state after closed', state, stateAfter);
    this.checks.equal('packets not sent', closed.unsent, 0);
    this.checks.equal('order of events', order, ['established', 'messages', 'beforeClosed', 'closed']);
  }

  /** Nothing came that nobody asked for, on either side. */
  nothingLeft(): void {
    const { packets, established, closed } = this.tap;
    const { received, sent, states, gem, tcp, results } = this.peer;
    const left = [packets, established, closed, received, sent, states, gem, tcp, results].map(
      (box) => box.left,
    );
    this.checks.equal('messages and events left over', left.flat(), []);
  }
}
