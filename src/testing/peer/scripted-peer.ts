import { check, isInstance } from '../../check.js';
import { systemClock, type Clock } from '../../clock.js';
import { HsmsArgumentError } from '../../errors.js';
import { nodeNetwork, type Network, type NetworkServer } from '../../network/network.js';
import { SType } from '../../hsms/wire/codes.js';
import { HsmsPacket } from '../../hsms/wire/packet.js';
import { SecsMessage } from '../../secs2/index.js';
import { TestFailure } from '../failure.js';
import { shapeOf, type ItemPattern } from '../pattern/item-pattern.js';
import {
  differenceOf,
  nameOfPacket,
  printPacket,
  wanted,
  type MessagePattern,
} from '../pattern/message-pattern.js';
import { VirtualClock } from '../virtual-clock.js';
import { checkControl, CONTROL, ControlAnswers, type ControlOptions } from './control-answers.js';
import { Inbox, type Rule } from './inbox.js';
import { PeerLink, type PeerEnd } from './peer-link.js';
import type { Answer, PeerMessage } from './peer-message.js';
import {
  checkPeerOptions,
  secondsToWait,
  type ScriptedPeerOptions,
  type WithinOptions,
} from './peer-options.js';
import { Changes } from './wait.js';

/**
 * The other end of a connection under test, as a script: it speaks HSMS frame by frame, and does what no library would.
 *
 * What comes is first given to the rules (`on`), then, for control messages, to the answers of `control`; what neither
 * takes waits for `expect`, in order.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { A, L, S } from 'rxsecs/secs2';
 * import { createTestNetwork, ScriptedPeer } from 'rxsecs/testing';
 *
 * const network = createTestNetwork();
 * const equipment = await ScriptedPeer.listen(5000, network.options);
 * const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, network.options);
 * const host = new HsmsSession(connection);
 * await connection.enable();
 * await network.clock.settled(host.selected());
 * const reply = host.request(S(1, 1).w());
 * await equipment.expect('S1F1 W');
 * await equipment.reply(L(A('ETCHER'), A('1.0')));
 * console.log(String(await network.clock.settled(reply)));
 * await equipment.done();
 * ```
 */
export class ScriptedPeer {
  /** Everything that has come, oldest first. */
  readonly received: HsmsPacket[] = [];
  /** Everything that was sent with `send`, `reply`, rules and answers, oldest first. */
  readonly sent: HsmsPacket[] = [];
  readonly #clock: Clock;
  readonly #network: Network;
  readonly #options: ScriptedPeerOptions;
  readonly #control: ControlAnswers;
  readonly #changes = new Changes();
  readonly #inbox = new Inbox({
    write: (packet) => this.#write(packet),
    onChange: () => this.#changes.tell(),
  });
  readonly #target: { readonly host: string; readonly port: number } | undefined;
  #server: NetworkServer | undefined;
  #link: PeerLink | undefined;
  #connections = 0;
  #end: PeerEnd | undefined;
  #last: PeerMessage | undefined;
  #nextSystemBytes = 1;

  private constructor(
    given: ScriptedPeerOptions | null | undefined,
    target?: { host: string; port: number },
  ) {
    const options = checkPeerOptions(given);
    const { clock = systemClock, network = nodeNetwork } = options;
    this.#clock = clock;
    this.#network = network;
    this.#options = options;
    this.#control = new ControlAnswers(options);
    this.#target = target;
  }

  /**
   * A passive peer: listens until `dispose`. Of several connections it serves the newest.
   * Rejects with Node's error when the port is taken.
   */
  static async listen(port: number, options?: ScriptedPeerOptions | null): Promise<ScriptedPeer> {
    check.integer('port', port, 0, 65535);
    const peer = new ScriptedPeer(options);
    const { bindAddress } = peer.#options;
    const server = peer.#network.createServer({ allowHalfOpen: true }, (socket) =>
      peer.#adopt((owner) => new PeerLink(socket, owner)),
    );
    peer.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, ...(bindAddress === undefined ? {} : { host: bindAddress }) }, resolve);
    });
    return peer;
  }

  /** An active peer: connects, and resolves when connected. @throws TestFailure when it cannot. */
  static async connect(
    address: string,
    port: number,
    options?: ScriptedPeerOptions | null,
  ): Promise<ScriptedPeer> {
    check.text('address', address, 'an address or host name');
    check.integer('port', port, 1, 65535);
    const peer = new ScriptedPeer(options, { host: address, port });
    await peer.connect();
    return peer;
  }

  /** Connects again: active peers only. @throws TestFailure when it cannot; HsmsArgumentError for a passive peer. */
  async connect(options?: WithinOptions | null): Promise<void> {
    const within = this.#within(options);
    if (this.#target === undefined)
      throw new HsmsArgumentError('a passive peer listens: only an active one connects');
    const { host, port } = this.#target;
    const { bindAddress } = this.#options;
    const before = this.#connections;
    let failed: Error | undefined;
    const socket = this.#network.connect({
      ...this.#target,
      allowHalfOpen: true,
      ...(bindAddress === undefined ? {} : { localAddress: bindAddress }),
    });
    socket.once('connect', () => this.#adopt((owner) => new PeerLink(socket, owner)));
    socket.once('error', (error: Error) => {
      failed = error;
      this.#changes.tell();
    });
    const done = (): boolean => failed !== undefined || this.#connections > before;
    await this.#changes.until(this.#clock, done, within);
    if (this.#connections > before) return;
    socket.destroy();
    this.#fail(`the peer could not connect to ${host}:${port}: ${failed?.message ?? 'there was no answer'}`);
  }

  /** The port it listens on. */
  get port(): number {
    const address = this.#server?.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Whether a TCP connection is up. */
  get connected(): boolean {
    return this.#link !== undefined;
  }

  /** How many TCP connections there have been. */
  get connections(): number {
    return this.#connections;
  }

  /** Waits for a connection number `count` (from 1), or for the next state in which one is up. @throws TestFailure */
  async connection(count = 1, options?: WithinOptions | null): Promise<void> {
    check.integer('count', count, 1);
    const there = (): boolean => this.#connections >= count && this.connected;
    if (!(await this.#until(there, options))) {
      this.#fail(`expected connection ${count}, there were ${this.#connections}, and ${this.#standing()}`);
    }
  }

  /**
   * Answers every message of a name by a rule, from now on: `peer.on(1, 1, () => L(A('MDLN'), A('1.0')))`. Of several
   * rules for one name the last one counts. What a rule throws makes the next expectation and `done` fail.
   */
  on(stream: number, fn: number, rule: Rule): this;
  on(pattern: MessagePattern, rule: Rule): this;
  on(pattern: MessagePattern | number, second: number | Rule, third?: Rule): this {
    const name = typeof pattern === 'number' ? `S${pattern}F${String(second)}` : pattern;
    const rule = typeof second === 'function' ? second : third;
    if (typeof pattern === 'number') checkName(pattern, second);
    const want = wanted(name);
    this.#inbox.add(want, check.fn('rule', rule as Rule));
    return this;
  }

  /**
   * The next message that no rule and no control answer has taken; it must be the one that is expected.
   *
   * @throws TestFailure with what was expected, what came instead, what came before and the timers pending.
   */
  async expect(
    pattern: MessagePattern,
    item?: ItemPattern,
    options?: WithinOptions | null,
  ): Promise<PeerMessage> {
    const want = wanted(pattern, item);
    const within = this.#within(options);
    await this.#until(() => this.#inbox.ready, { within });
    this.#inbox.rethrow();
    const next = this.#inbox.shift();
    if (next === undefined) {
      return this.#fail(`expected ${want.name}, and nothing came within ${within} s; ${this.#standing()}`);
    }
    const difference = differenceOf(next.packet, want);
    if (difference !== undefined) {
      this.#fail(
        `expected ${want.name}, and what came differs: ${difference.text}\n` +
          `expected: ${difference.expected}\nreceived: ${difference.received}`,
      );
    }
    this.#last = next;
    return next;
  }

  /** Nothing comes that no rule takes, for `seconds`. @throws TestFailure with what came. */
  async expectNothing(seconds = 0): Promise<void> {
    check.seconds('seconds', seconds, 'zeroToo');
    await this.#until(() => this.#inbox.ready, { within: seconds });
    this.#inbox.rethrow();
    const [next] = this.#inbox.waiting;
    if (next !== undefined) this.#fail(`expected nothing, and this came:\n${printPacket(next.packet)}`);
  }

  /** Waits for the end of the connection. @returns whether it was closed in order or reset. @throws TestFailure */
  async expectClosed(options?: WithinOptions | null): Promise<PeerEnd> {
    if (!(await this.#until(() => !this.connected && this.#connections > 0, options))) {
      this.#fail('expected the end of the connection, and it is still up');
    }
    return this.#end ?? 'closed';
  }

  /** Answers the message that was expected last, as {@link PeerMessage.reply} does. */
  async reply(answer?: Answer): Promise<void> {
    if (this.#last === undefined) {
      throw new HsmsArgumentError('there is nothing to reply to: `expect` a message first');
    }
    await this.#last.reply(answer);
  }

  /**
   * Sends a message, with system bytes of its own unless told, or a packet as it is.
   * @returns a promise of the packet, once it is handed to the network. Rejects with a TestFailure when not connected.
   */
  async send(what: SecsMessage | HsmsPacket, systemBytes?: number): Promise<HsmsPacket> {
    if (systemBytes !== undefined) check.integer('systemBytes', systemBytes, 0, 0xffffffff);
    if (!isInstance(what, HsmsPacket)) check.instance('what', what, SecsMessage, 'a message or a packet');
    const packet =
      what instanceof HsmsPacket
        ? what
        : HsmsPacket.ofMessage(what, {
            sessionId: this.#options.sessionId ?? 0,
            systemBytes: systemBytes ?? this.#nextSystemBytes++,
          });
    await this.#write(packet);
    return packet;
  }

  /** Sends a primary and expects its reply: the next message that no rule takes. Rejects as `send` and `expect` do. */
  async request(
    message: SecsMessage,
    item?: ItemPattern,
    options?: WithinOptions | null,
  ): Promise<PeerMessage> {
    check.instance('message', message, SecsMessage, 'a message');
    if (item !== undefined) shapeOf(item);
    this.#within(options);
    const { header } = await this.send(message);
    const reply = await this.expect(`S${header.stream}F${header.function + 1}`, item, options);
    if (reply.header.systemBytes === header.systemBytes) return reply;
    return this.#fail(
      `expected a reply with system bytes ${header.systemBytes}, and ${nameOfPacket(reply.packet)} with ${reply.header.systemBytes} came`,
    );
  }

  /** Sends Select.req and expects Select.rsp with status 0. Rejects as `send` and `expect` do. */
  async select(options?: WithinOptions | null): Promise<void> {
    this.#within(options);
    await this.send(HsmsPacket.selectReq(this.#nextSystemBytes++));
    const { header } = await this.expect('Select.rsp', undefined, options);
    if (header.byte3 !== 0) this.#fail(`expected Select.rsp 0, and Select.rsp ${header.byte3} came`);
  }

  /** Sends bytes as they are: part of a frame, or what is no frame. Rejects with a TestFailure when not connected. */
  async sendBytes(bytes: Uint8Array): Promise<void> {
    check.bytes('bytes', bytes);
    await this.#up().write(bytes);
  }

  /** Says how control messages are answered from now on. */
  control(options: ControlOptions): void {
    this.#control.change(checkControl(check.options('options', options, CONTROL)));
  }

  /** Closes the connection (FIN); a passive peer goes on listening. */
  close(): void {
    this.#link?.end();
  }

  /** Resets the connection (RST); a passive peer goes on listening. */
  reset(): void {
    this.#link?.reset();
  }

  /** The script is at its end: nothing that came is left over, and no rule has thrown. @throws TestFailure */
  async done(): Promise<void> {
    if (this.#clock instanceof VirtualClock) await this.#clock.settle();
    this.#inbox.rethrow();
    if (this.#inbox.waiting.length > 0) {
      const names = this.#inbox.waiting.map(({ packet }) => printPacket(packet));
      this.#fail(`the script is done, and this was not expected:\n${names.join('\n')}`);
    }
  }

  /** Closes everything. */
  async dispose(): Promise<void> {
    this.#link?.destroy();
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) await new Promise<void>((resolve) => void server.close(() => resolve()));
  }

  /** The same as {@link dispose}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #adopt(make: (owner: ConstructorParameters<typeof PeerLink>[1]) => PeerLink): void {
    const link = make({
      onPacket: (packet) => this.#onPacket(packet),
      onBadBytes: (error) => this.#inbox.fail(error),
      onEnd: () => {
        if (this.#control.closesBack) link.end();
      },
      onClosed: (how) => {
        if (this.#link === link) {
          this.#link = undefined;
          this.#end = how;
        }
        this.#changes.tell();
      },
    });
    this.#link = link;
    this.#connections++;
    this.#changes.tell();
  }

  #onPacket(packet: HsmsPacket): void {
    this.received.push(packet);
    if (!this.#inbox.offer(packet)) this.#answer(packet);
    this.#changes.tell();
  }

  /** What no rule takes: control messages are answered as `control` says, and the rest waits for the script. */
  #answer(packet: HsmsPacket): void {
    const answer = packet.header.sType === SType.data ? 'script' : this.#control.answer(packet);
    if (answer === 'script') this.#inbox.keep(packet);
    else if (answer !== 'silence') void this.#write(answer).catch(() => {});
  }

  async #write(packet: HsmsPacket): Promise<void> {
    this.sent.push(packet);
    await this.#up().send(packet);
  }

  #up(): PeerLink {
    return this.#link ?? this.#fail(`cannot send: ${this.#standing()}`);
  }

  #until(condition: () => boolean, options: WithinOptions | null | undefined): Promise<boolean> {
    return this.#changes.until(this.#clock, condition, this.#within(options));
  }

  #within(options: WithinOptions | null | undefined): number {
    return secondsToWait(options, this.#options.within, this.#clock);
  }

  #standing(): string {
    if (this.connected) return 'the connection is up';
    return this.#connections === 0
      ? 'there was no connection'
      : `the connection was ${this.#end ?? 'closed'}`;
  }

  #fail(message: string): never {
    const names = this.received.slice(-10).map(nameOfPacket);
    const before = `received so far: ${names.length === 0 ? 'nothing' : names.join(', ')}`;
    const pending = this.#clock instanceof VirtualClock ? `\n${this.#clock.describePending()}` : '';
    throw new TestFailure(`${message}\n${before}${pending}`);
  }
}

/** Checks stream and function. */
function checkName(stream: number, fn: unknown): void {
  check.integer('stream', stream, 0, 127);
  check.integer('fn', fn, 0, 255);
}
