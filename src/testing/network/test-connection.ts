import type { Clock } from '../../clock.js';
import { check } from '../../check.js';
import { checkAmount } from '../virtual-clock.js';
import type { SocketAddress } from '../../network/socket-address.js';
import type { MemorySocket } from './memory-socket.js';
import { Wire, type WireConditions } from './wire.js';

/** Which way bytes go: to the side that connected, or to the side that listened. */
export type Direction = 'toActive' | 'toPassive';

/** What a {@link TestConnection} takes from its network. */
export interface NetworkConditions {
  readonly clock: Clock;
  readonly windowBytes: number;
  readonly latency: number;
  readonly splitBytes: number;
  /** Whether the network is cut between these two. */
  isCut(active: SocketAddress, passive: SocketAddress): boolean;
}

/**
 * One TCP connection of a {@link TestNetwork}, and what may befall it.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection } from 'rxsecs';
 * import { createTestNetwork, ScriptedPeer } from 'rxsecs/testing';
 *
 * const network = createTestNetwork();
 * const peer = await ScriptedPeer.listen(5000, network.options);
 * const host = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, network.options);
 * await host.enable();
 * await network.clock.settled(peer.connection());
 * network.connection.stall('toActive'); // a TestConnection: nothing arrives, and nobody is told
 * ```
 */
export class TestConnection {
  /** The end that connected. */
  readonly active: SocketAddress;
  /** The end that listened. */
  readonly passive: SocketAddress;
  readonly #network: NetworkConditions;
  readonly #sockets: readonly [active: MemorySocket, passive: MemorySocket];
  readonly #wires: Readonly<Record<Direction, Wire>>;
  readonly #stalled = new Set<Direction>();
  #cut = false;
  #latency: number | undefined;
  #splitBytes: number | undefined;

  /** @internal */
  constructor(
    network: NetworkConditions,
    active: SocketAddress,
    passive: SocketAddress,
    sockets: readonly [active: MemorySocket, passive: MemorySocket],
  ) {
    this.#network = network;
    this.active = active;
    this.passive = passive;
    this.#sockets = sockets;
    const [activeSocket, passiveSocket] = sockets;
    const toActive = new Wire(this.#conditions('toActive'), activeSocket);
    const toPassive = new Wire(this.#conditions('toPassive'), passiveSocket);
    this.#wires = { toActive, toPassive };
    activeSocket.attach({ ...addresses(active, passive), outgoing: toPassive, incoming: toActive });
    passiveSocket.attach({ ...addresses(passive, active), outgoing: toActive, incoming: toPassive });
  }

  /** Whether either end still has its socket open. */
  get open(): boolean {
    return this.#sockets.some((socket) => !socket.destroyed);
  }

  /** Bytes that have arrived at the side that listened. */
  get bytesToPassive(): number {
    return this.#wires.toPassive.delivered;
  }

  /** Bytes that have arrived at the side that connected. */
  get bytesToActive(): number {
    return this.#wires.toActive.delivered;
  }

  /** Seconds from one end to the other; that of the network unless set here. */
  get latency(): number {
    return this.#latency ?? this.#network.latency;
  }

  set latency(seconds: number) {
    this.#latency = checkAmount('latency', seconds);
  }

  /** Bytes that arrive at a time at most, 0 for as many as there are; that of the network unless set here. */
  get splitBytes(): number {
    return this.#splitBytes ?? this.#network.splitBytes;
  }

  set splitBytes(bytes: number) {
    this.#splitBytes = checkAmount('splitBytes', bytes);
  }

  /** Pulls the cable: nothing arrives any more, in either direction, and neither end is told. */
  cut(): void {
    this.#cut = true;
  }

  /** Lets nothing arrive in one direction. */
  stall(direction: Direction): void {
    this.#stalled.add(check.oneOf('direction', direction, ['toActive', 'toPassive']));
  }

  /** Undoes `cut` and `stall`: what was sent meanwhile arrives, as TCP sends it again. */
  heal(): void {
    this.#cut = false;
    this.#stalled.clear();
    this.kick();
  }

  /** Resets the connection, as a firewall does: both ends get ECONNRESET at once, also over a cut cable. */
  reset(): void {
    for (const socket of this.#sockets) socket.onReset();
  }

  /** @internal Looks again whether anything can arrive. */
  kick(): void {
    this.#wires.toActive.kick();
    this.#wires.toPassive.kick();
  }

  #conditions(direction: Direction): WireConditions {
    const isBlocked = (): boolean =>
      this.#cut || this.#stalled.has(direction) || this.#network.isCut(this.active, this.passive);
    const latency = (): number => this.latency;
    const splitBytes = (): number => this.splitBytes;
    const { clock, windowBytes } = this.#network;
    return {
      clock,
      windowBytes,
      get blocked() {
        return isBlocked();
      },
      get latency() {
        return latency();
      },
      get splitBytes() {
        return splitBytes();
      },
    };
  }
}

function addresses(
  local: SocketAddress,
  remote: SocketAddress,
): { localAddress: string; localPort: number; remoteAddress: string; remotePort: number } {
  return {
    localAddress: local.address,
    localPort: local.port,
    remoteAddress: remote.address,
    remotePort: remote.port,
  };
}
