import { check, type KnownNames } from '../../check.js';
import { HsmsArgumentError } from '../../errors.js';
import type { Clock } from '../../clock.js';
import type { SocketAddress } from '../../network/socket-address.js';
import type { Network, NetworkConnectOptions, NetworkServer, NetworkSocket } from '../../network/network.js';
import { canonicalIp, plainIp } from '../../network/peer-address.js';
import { checkAmount, VirtualClock } from '../virtual-clock.js';
import { MemoryServer, type Ports } from './memory-server.js';
import { MemorySocket } from './memory-socket.js';
import { nodeError } from './node-errors.js';
import { TestConnection, type NetworkConditions } from './test-connection.js';

const LOOPBACK = '127.0.0.1';
/** Port numbers that a system gives out by itself (RFC 6335). */
const FIRST_FREE_PORT = 49152;
const DEFAULT_WINDOW_BYTES = 256 * 1024;

/** What {@link createTestNetwork} takes. Everything is optional. */
export interface TestNetworkOptions<C extends Clock = Clock> {
  /** Time of the network; that of the connections on it. Default: a new {@link VirtualClock}. */
  readonly clock?: C;
  /** Seconds from one end of a connection to the other. Default 0: in the next turn of the event loop. */
  readonly latency?: number;
  /** Bytes that arrive at a time at most. Default 0: as many as there are, up to 64 KiB. */
  readonly splitBytes?: number;
  /** Bytes that may be under way and unread before a sender has to wait. Default 262,144. */
  readonly windowBytes?: number;
  /** Host names and the addresses they stand for. `localhost` stands for 127.0.0.1. */
  readonly names?: Readonly<Record<string, string>>;
}

const NETWORK: KnownNames<TestNetworkOptions> = {
  owner: 'a test network',
  names: { clock: true, latency: true, splitBytes: true, windowBytes: true, names: true },
};

/** Which connections a fault befalls: those of an IP address or host name, those to a port, or all. */
export type Where = string | number;

/** A machine on a {@link TestNetwork}: a network whose connections come from, and whose ports are at, one address. */
export interface TestMachine extends Network {
  readonly address: string;
  /** The options that put a connection on this machine: spread them into those of its constructor. */
  readonly options: { readonly network: Network; readonly clock: Clock };
}

/**
 * A network in memory: connections that get it as their option `network` reach each other with no socket, and with the
 * faults that a test wants.
 *
 * The network itself is the {@link TestMachine} 127.0.0.1 that also listens at every other address; {@link at} gives
 * machines with addresses of their own.
 *
 * @example
 * ```ts
 * import { createTestNetwork, type TestNetwork } from 'rxsecs/testing';
 *
 * const network: TestNetwork = createTestNetwork();
 * network.latency = 0.05; // seconds, one way
 * network.splitBytes = 1; // each byte by itself
 * ```
 */
export class TestNetwork<C extends Clock = Clock> implements Network {
  readonly clock: C;
  /** The options that put a connection on the network: spread them into those of its constructor. */
  readonly options: { readonly network: Network; readonly clock: C };
  readonly #windowBytes: number;
  readonly #names: ReadonlyMap<string, string>;
  readonly #servers = new Map<string, MemoryServer>();
  readonly #cuts = new Set<Where>();
  readonly #refusals = new Set<Where>();
  readonly #connections = new Set<TestConnection>();
  readonly #unanswered = new Set<() => void>();
  #last: TestConnection | undefined;
  #nextPort = FIRST_FREE_PORT;
  #latency: number;
  #splitBytes: number;

  /** @internal */
  constructor(clock: C, options: TestNetworkOptions) {
    const { latency = 0, splitBytes = 0, windowBytes = DEFAULT_WINDOW_BYTES, names = {} } = options;
    this.clock = clock;
    this.options = { network: this, clock };
    this.#latency = checkAmount('latency', latency);
    this.#splitBytes = checkAmount('splitBytes', splitBytes);
    this.#windowBytes = checkAmount('windowBytes', windowBytes);
    this.#names = new Map([
      ['localhost', LOOPBACK],
      ...Object.entries(names).map(([name, ip]) => [name.toLowerCase(), checkIp(ip)] as const),
    ]);
  }

  /** Seconds from one end of a connection to the other, for what is sent from now on. */
  get latency(): number {
    return this.#latency;
  }

  set latency(seconds: number) {
    this.#latency = checkAmount('latency', seconds);
  }

  /** Bytes that arrive at a time at most; 0 for as many as there are. */
  get splitBytes(): number {
    return this.#splitBytes;
  }

  set splitBytes(bytes: number) {
    this.#splitBytes = checkAmount('splitBytes', bytes);
  }

  /** The TCP connections that are up, oldest first. */
  get connections(): readonly TestConnection[] {
    return [...this.#connections];
  }

  /**
   * The newest TCP connection, up or not.
   * @throws HsmsArgumentError when there has been none.
   */
  get connection(): TestConnection {
    if (this.#last === undefined)
      throw new HsmsArgumentError('there has been no connection on this network yet');
    return this.#last;
  }

  /**
   * A machine with an address of its own.
   * @throws HsmsArgumentError for what is no IP address.
   */
  at(address: string): TestMachine {
    const ip = checkIp(address);
    const { clock } = this;
    const machine: TestMachine = {
      address: ip,
      connect: (options) => this.#connect(options, ip),
      createServer: (options, onSocket) => this.#createServer(options, onSocket, ip),
      lookup: (name) => this.lookup(name),
      get options() {
        return { network: machine, clock };
      },
    };
    return machine;
  }

  /** Pulls the cable: nothing arrives, no attempt to connect is answered, and neither end is told, until `heal`. */
  cut(where: Where = 'all'): void {
    this.#cuts.add(this.#place(where));
  }

  /** Plugs the cable in again: what was sent meanwhile arrives. Without an argument everything works again. */
  heal(where: Where = 'all'): void {
    if (where === 'all') {
      this.#cuts.clear();
      for (const connection of this.#connections) connection.heal();
    } else this.#cuts.delete(this.#place(where));
    for (const connection of this.#connections) connection.kick();
    // A copy: those that meet another cut wait again.
    for (const attempt of [...this.#unanswered]) attempt();
  }

  /** Refuses attempts to connect from now on, as a port that is not open does, until `accept`. */
  refuse(where: Where = 'all'): void {
    this.#refusals.add(this.#place(where));
  }

  /** Undoes `refuse`. */
  accept(where: Where = 'all'): void {
    if (where === 'all') this.#refusals.clear();
    else this.#refusals.delete(this.#place(where));
  }

  /** Resets connections: both ends get ECONNRESET at once. */
  reset(where: Where = 'all'): void {
    const place = this.#place(where);
    for (const connection of this.connections) {
      if (concerns(place, connection.active, connection.passive)) connection.reset();
    }
  }

  connect(options: NetworkConnectOptions): NetworkSocket {
    return this.#connect(options, LOOPBACK);
  }

  createServer(
    options: { readonly allowHalfOpen: boolean },
    onSocket: (socket: NetworkSocket) => void,
  ): NetworkServer {
    return this.#createServer(options, onSocket, undefined);
  }

  lookup(name: string): Promise<readonly string[]> {
    const address = this.#resolve(name);
    return address === undefined
      ? Promise.reject(nodeError('ENOTFOUND', 'getaddrinfo', { hostname: name }))
      : Promise.resolve([address]);
  }

  #createServer(
    { allowHalfOpen }: { readonly allowHalfOpen: boolean },
    onSocket: (socket: NetworkSocket) => void,
    machine: string | undefined,
  ): NetworkServer {
    const key = (host: string | undefined, port: number): string =>
      `${host === undefined ? (machine ?? '*') : (this.#resolve(host) ?? host)} ${port}`;
    let bound: string | undefined;
    const ports: Ports = {
      bind: (server, host, port) => {
        const actual = port === 0 ? this.#nextPort++ : port;
        const wanted = key(host, actual);
        if (this.#servers.has(wanted)) return undefined;
        this.#servers.set(wanted, server);
        bound = wanted;
        return actual;
      },
      unbind: () => void (bound !== undefined && this.#servers.delete(bound)),
    };
    return new MemoryServer(ports, allowHalfOpen).on('connection', onSocket);
  }

  #connect({ host, port, localAddress, allowHalfOpen }: NetworkConnectOptions, from: string): NetworkSocket {
    const socket = new MemorySocket(allowHalfOpen);
    const active = { address: plain(localAddress ?? from), port: this.#nextPort++ };
    const address = this.#resolve(host);
    if (address === undefined) {
      this.clock.afterPoll(() => socket.destroy(nodeError('ENOTFOUND', 'getaddrinfo', { hostname: host })));
      return socket;
    }
    const passive = { address, port };
    const attempt = (): void => {
      this.#unanswered.delete(attempt);
      if (socket.destroyed) return;
      if (this.#conditions.isCut(active, passive)) this.#unanswered.add(attempt);
      else this.#arrive(socket, active, passive);
    };
    this.#travel(attempt);
    // Nobody waits for an answer any more.
    socket.once('close', () => this.#unanswered.delete(attempt));
    return socket;
  }

  /** An attempt to connect has come to the machine it is meant for. */
  #arrive(socket: MemorySocket, active: SocketAddress, passive: SocketAddress): void {
    const { address, port } = passive;
    const server = this.#servers.get(`${address} ${port}`) ?? this.#servers.get(`* ${port}`);
    if (server === undefined || [...this.#refusals].some((where) => concerns(where, active, passive))) {
      this.#travel(() => socket.destroy(nodeError('ECONNREFUSED', 'connect', { address, port })));
      return;
    }
    const accepted = server.makeSocket();
    const connection = new TestConnection(this.#conditions, active, passive, [socket, accepted]);
    this.#last = connection;
    this.#connections.add(connection);
    const forget = (): void => void (connection.open || this.#connections.delete(connection));
    socket.once('close', forget);
    accepted.once('close', forget);
    accepted.open();
    server.emit('connection', accepted);
    this.#travel(() => {
      if (!socket.destroyed) socket.open();
    });
  }

  /** Calls back after the time that the way takes. */
  #travel(arrived: () => void): void {
    if (this.#latency > 0) this.clock.setTimer('network', this.#latency, arrived);
    else this.clock.afterPoll(arrived);
  }

  get #conditions(): NetworkConditions {
    const latency = (): number => this.#latency;
    const splitBytes = (): number => this.#splitBytes;
    return {
      clock: this.clock,
      windowBytes: this.#windowBytes,
      get latency() {
        return latency();
      },
      get splitBytes() {
        return splitBytes();
      },
      isCut: (active, passive) => [...this.#cuts].some((where) => concerns(where, active, passive)),
    };
  }

  #resolve(host: string): string | undefined {
    return canonicalIp(host) ?? this.#names.get(host.toLowerCase());
  }

  /** @throws HsmsArgumentError for a host name that stands for nothing. */
  #place(where: Where): Where {
    if (where === 'all') return where;
    if (typeof where === 'number') return check.integer('where', where, 0, 65535);
    const address = this.#resolve(
      check.text('where', where, "an IP address, a name of this network, a port or 'all'"),
    );
    if (address !== undefined) return address;
    return check.refuse('where', "an IP address, a name of this network, a port or 'all'", where);
  }
}

/**
 * Makes a network in memory, with a virtual clock unless another is given:
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection } from 'rxsecs';
 * import { createTestNetwork } from 'rxsecs/testing';
 *
 * const network = createTestNetwork();
 * const connection = new HsmsActiveConnection('10.0.0.5', 5000, 0, undefined, { ...network.options });
 * ```
 *
 * @throws HsmsArgumentError for an option out of range.
 */
export function createTestNetwork(
  options?: Omit<TestNetworkOptions, 'clock'> | null,
): TestNetwork<VirtualClock>;
export function createTestNetwork<C extends Clock>(
  options: TestNetworkOptions<C> & { readonly clock: C },
): TestNetwork<C>;
export function createTestNetwork(options?: TestNetworkOptions | null): TestNetwork {
  const given = check.options('options', options, NETWORK);
  const { clock = new VirtualClock(), names } = given;
  check.clock(clock);
  if (names !== undefined) check.object('names', names, 'an object of names and their IP addresses');
  return new TestNetwork(clock, given);
}

function concerns(where: Where, active: SocketAddress, passive: SocketAddress): boolean {
  return where === 'all' || where === passive.port || where === passive.address || where === active.address;
}

function plain(address: string): string {
  return canonicalIp(address) ?? plainIp(address);
}

function checkIp(address: string): string {
  const ip = typeof address === 'string' ? canonicalIp(address) : undefined;
  return ip ?? check.refuse('address', 'an IP address', address);
}
