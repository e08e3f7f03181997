import type { EventEmitter } from 'node:events';
import {
  HsmsActiveConnection,
  HsmsMultiPassiveServer,
  HsmsSession,
  type HsmsMultiPassiveConnection,
  type SecsSession,
} from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import { ScriptedPeer } from '../../../src/testing/index.js';
import { answer } from './pair.js';
import { SETTINGS, T3 } from './settings.js';
import type { DayWorld, Part, Work } from './world.js';

const TOOLS = ['10.0.0.1', '10.0.0.2', '10.0.0.3'] as const;
/** Unknown, and let in. */
const GUEST = '10.0.1.1';
/** Unknown, and turned away. */
const STRANGER = '10.0.2.1';

/** One port, many peers: some known, some that come and go, some that are not wanted. */
export class ServerPart implements Part {
  readonly name = 'server';
  readonly works: readonly Work[] = [{ seconds: 10, act: () => this.#ask() }];
  readonly #hosts = new Map<string, HsmsSession>();
  readonly #ends = new Map<string, HsmsSession>();
  #server!: HsmsMultiPassiveServer;
  #turn = 0;

  constructor(
    readonly world: DayWorld,
    readonly port: number,
  ) {}

  async start(): Promise<void> {
    await this.#startServer();
    for (const address of TOOLS) {
      const host = this.#dial(address);
      this.#hosts.set(address, host);
      await host.connection.enable();
    }
  }

  isReady(): boolean {
    return this.sessions().every((session) => (session as HsmsSession).currentState === 'selected');
  }

  async incident(): Promise<void> {
    const { world } = this;
    const address = TOOLS[world.random.below(TOOLS.length)] ?? TOOLS[0];
    const incidents: readonly (() => unknown)[] = [
      () => world.network.reset(this.port),
      () => this.#reenable(),
      () => this.#anew(address),
      () => this.#guest(),
      () => this.#stranger(),
      async () => {
        await this.#server.dispose();
        await this.#startServer();
      },
      async () => {
        await this.#hosts.get(address)?.dispose();
        const host = this.#dial(address);
        this.#hosts.set(address, host);
        await host.connection.enable();
      },
    ];
    await incidents[this.#turn++ % incidents.length]?.();
    world.count('incident: server');
    await world.pass(0.5);
    await world.until('all of a server to be selected again', () => this.isReady());
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#hosts.values()].map((host) => host.dispose()));
    await this.#server.dispose();
  }

  sessions(): readonly SecsSession[] {
    return [...this.#hosts.values(), ...this.#ends.values()];
  }

  emitters(): readonly EventEmitter[] {
    return [
      this.#server.events,
      ...this.#server.connections.map(({ events }) => events),
      ...this.sessions().flatMap(({ events, connection }) => [events, connection.events]),
    ];
  }

  async #startServer(): Promise<void> {
    const { world } = this;
    this.#server = new HsmsMultiPassiveServer(this.port, {
      ...world.network.options,
      ...SETTINGS,
      bindAddress: '127.0.0.1',
      onError: world.onError,
      acceptUnknown: ({ address }) =>
        address === GUEST
          ? { sessionId: 7, onCreated: (connection) => void this.#equip(connection) }
          : undefined,
    });
    this.#server.closed.subscribe(({ reason }) => world.count(`server closed: ${reason.kind}`));
    this.#server.notices.subscribe(({ notice }) => world.count(`notice: ${notice.kind}`));
    for (const address of TOOLS) this.#admit(address);
    await this.#server.enable();
  }

  #admit(address: string): void {
    this.#ends.set(address, this.#equip(this.#server.createConnection(address, 1)));
  }

  #equip(connection: HsmsMultiPassiveConnection): HsmsSession {
    const session = new HsmsSession(connection, { t3: T3, entity: 'equipment', linktestInterval: 50 });
    session.primaries.subscribe((primary) => answer(this.world, primary));
    return session;
  }

  #dial(address: string, sessionId = 1): HsmsSession {
    const { world } = this;
    const connection = new HsmsActiveConnection('127.0.0.1', this.port, sessionId, undefined, {
      ...world.network.at(address).options,
      ...SETTINGS,
      onError: world.onError,
    });
    connection.established.subscribe(() => world.count('connects'));
    connection.notices.subscribe(({ kind }) => world.count(`notice: ${kind}`));
    const session = new HsmsSession(connection, { t3: T3, linktestInterval: 30 });
    session.primaries.subscribe((primary) => answer(world, primary));
    return session;
  }

  async #ask(): Promise<void> {
    const sessions = this.sessions();
    await sessions[this.world.random.below(sessions.length)]?.request(S(1, 1).w());
    this.world.count('requests');
  }

  async #reenable(): Promise<void> {
    await this.#server.disable();
    await this.world.pass(7);
    await this.#server.enable();
  }

  /** A peer is removed and added again. */
  async #anew(address: string): Promise<void> {
    const session = this.#ends.get(address);
    await this.#server.removeConnection(session?.connection as HsmsMultiPassiveConnection);
    await this.world.pass(7);
    this.#admit(address);
  }

  /** It selects, talks, and goes; another time it does not even select. */
  async #guest(): Promise<void> {
    const { world } = this;
    const guest = this.#dial(GUEST, 7);
    await guest.connection.enable();
    await guest.selected();
    await guest.request(S(1, 1).w());
    await guest.dispose();
    // One that was selected is known from then on.
    const known = this.#server.connections.find(({ address }) => address === GUEST);
    if (known === undefined) world.fault('a guest is forgotten');
    else await this.#server.removeConnection(known);
    const mute = await this.#knock(GUEST);
    await world.pass(12);
    await mute.dispose();
    if (this.#server.connections.length !== TOOLS.length) world.fault('a guest has left something behind');
  }

  async #stranger(): Promise<void> {
    const peer = await this.#knock(STRANGER);
    await this.world.pass(1);
    await peer.dispose();
  }

  #knock(address: string): Promise<ScriptedPeer> {
    return ScriptedPeer.connect('127.0.0.1', this.port, {
      ...this.world.network.at(address).options,
      within: 5,
    });
  }
}
