import type { EventEmitter } from 'node:events';
import type { SecsSession } from '../../../src/index.js';
import { dialLine, listenLine, Secs1Connection, Secs1Session } from '../../../src/secs1/index.js';
import { B, S } from '../../../src/secs2/index.js';
import { answer } from './pair.js';
import { ODD_STREAM, T3 } from './settings.js';
import type { DayWorld, Part, Work } from './world.js';

/** A body of several blocks. */
const BLOCKS = Buffer.alloc(2000, 'x');

/** A host and a tool that speak SECS-I, over TCP. */
export class LinePart implements Part {
  readonly name = 'line';
  readonly works: readonly Work[] = [
    { seconds: 15, act: () => this.#ask(this.#host) },
    { seconds: 15, act: () => this.#ask(this.#tool) },
    { seconds: 40, act: () => this.#odd() },
  ];
  #host!: Secs1Session;
  #tool!: Secs1Session;
  #turn = 0;

  constructor(
    readonly world: DayWorld,
    readonly port: number,
  ) {}

  async start(): Promise<void> {
    await this.#startTool();
    await this.#startHost();
  }

  isReady(): boolean {
    return this.sessions().every(({ currentAvailability }) => currentAvailability === 'usable');
  }

  async incident(): Promise<void> {
    const { world, port } = this;
    const { network } = world;
    const incidents: readonly (() => unknown)[] = [
      () => network.reset(port),
      async () => {
        await this.#host.connection.dispose();
        await this.#startHost();
      },
      async () => {
        await this.#tool.connection.dispose();
        await this.#startTool();
      },
      () => this.#stalled(),
      async () => {
        await this.#host.connection.disable();
        await world.pass(1);
        await this.#host.connection.enable();
      },
    ];
    await incidents[this.#turn++ % incidents.length]?.();
    world.count('incident: line');
    await world.pass(0.5);
    await world.until('the line to be up again', () => this.isReady());
  }

  async stop(): Promise<void> {
    await Promise.all([this.#host.connection.dispose(), this.#tool.connection.dispose()]);
  }

  sessions(): readonly SecsSession[] {
    return [this.#host, this.#tool];
  }

  emitters(): readonly EventEmitter[] {
    return this.sessions().flatMap(({ events, connection }) => [events, connection.events]);
  }

  async #startHost(): Promise<void> {
    this.#host = this.#session('host');
    await this.#host.connection.enable();
  }

  async #startTool(): Promise<void> {
    this.#tool = this.#session('equipment');
    await this.#tool.connection.enable();
  }

  #session(entity: 'host' | 'equipment'): Secs1Session {
    const { world, port } = this;
    const line =
      entity === 'host' ? dialLine('127.0.0.1', port) : listenLine(port, { bindAddress: '127.0.0.1' });
    const connection = new Secs1Connection(line, 1, undefined, {
      ...world.network.options,
      entity,
      t2: 1,
      rty: 2,
      t5: 5,
      // A late reply may find the line in trouble.
      onError: (error, where) => world.failed(where, error),
    });
    connection.established.subscribe(() => world.count('connects'));
    connection.notices.subscribe(({ kind }) => world.count(`notice: ${kind}`));
    const session = new Secs1Session(connection, { t3: T3 });
    session.primaries.subscribe((primary) => answer(world, primary));
    return session;
  }

  async #ask(session: Secs1Session): Promise<void> {
    await session.request(S(1, 1).w(), { signal: this.world.always });
    await session.request(S(12, 9).w(B(BLOCKS)));
    this.world.count('requests');
  }

  async #odd(): Promise<void> {
    for (const fn of [1, 3, 5]) {
      await this.#host
        .request(S(ODD_STREAM, fn).w(), { t3: 1 })
        .catch((error: unknown) => this.world.failed('a request', error));
    }
  }

  /** Nothing arrives at the tool for a while: T2, and tries that fail. */
  async #stalled(): Promise<void> {
    const { world, port } = this;
    const link = world.network.connections.find(({ passive }) => passive.port === port);
    link?.stall('toPassive');
    await Promise.allSettled([this.#host.request(S(1, 1).w()), this.#tool.request(S(1, 1).w())]);
    link?.heal();
    await world.pass(5);
  }
}
