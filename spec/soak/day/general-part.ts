import type { EventEmitter } from 'node:events';
import {
  EntityRegistry,
  HsmsActiveConnection,
  HsmsGeneralSession,
  HsmsPassiveConnection,
  type HsmsSession,
  type SecsSession,
} from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import { answer } from './pair.js';
import { SETTINGS, T3 } from './settings.js';
import type { DayWorld, Part, Work } from './world.js';

const IDS = [1, 2, 3] as const;

/** HSMS-GS: several sessions on one connection, added, removed, selected and separated one by one. */
export class GeneralPart implements Part {
  readonly name = 'general sessions';
  readonly works: readonly Work[] = [
    { seconds: 15, act: () => this.#ask(this.#host) },
    { seconds: 15, act: () => this.#ask(this.#tool) },
  ];
  readonly #registry = new EntityRegistry();
  #host!: HsmsGeneralSession;
  #tool!: HsmsGeneralSession;
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
    const selected = (general: HsmsGeneralSession): number =>
      general.sessions.filter(({ currentState }) => currentState === 'selected').length;
    return selected(this.#host) === IDS.length && selected(this.#tool) === IDS.length;
  }

  async incident(): Promise<void> {
    const id = IDS[this.world.random.below(IDS.length)] ?? 1;
    const incidents: readonly (() => unknown)[] = [
      () => this.world.network.reset(this.port),
      () => this.#separateAndSelect(this.#host, id),
      () => this.#separateAndSelect(this.#tool, id),
      () => this.#deselectAndSelect(id),
      () => this.#removeAndAdd(id),
      () => this.#unknownId(),
      async () => {
        await this.#host.dispose();
        await this.#startHost();
      },
      async () => {
        await this.#tool.dispose();
        await this.#startTool();
      },
    ];
    await incidents[this.#turn++ % incidents.length]?.();
    this.world.count('incident: general');
    await this.world.pass(0.5);
    await this.world.until('all general sessions to be selected again', () => this.isReady());
  }

  async stop(): Promise<void> {
    await Promise.all([this.#host.dispose(), this.#tool.dispose()]);
  }

  sessions(): readonly SecsSession[] {
    return [...this.#host.sessions, ...this.#tool.sessions];
  }

  emitters(): readonly EventEmitter[] {
    return [this.#host, this.#tool].flatMap(({ events, connection, sessions }) => [
      events,
      connection.events,
      ...sessions.map((session) => session.events),
    ]);
  }

  async #startHost(): Promise<void> {
    const { world } = this;
    const options = { ...world.network.options, ...SETTINGS, onError: world.onError };
    const connection = new HsmsActiveConnection('127.0.0.1', this.port, 0, undefined, options);
    this.#host = new HsmsGeneralSession(connection, { t3: T3, linktestInterval: 30 });
    connection.established.subscribe(() => world.count('connects'));
    for (const id of IDS) this.#serve(this.#host.addSession(id));
    await connection.enable();
  }

  async #startTool(): Promise<void> {
    const { world } = this;
    const options = { ...world.network.options, ...SETTINGS, onError: world.onError };
    const connection = new HsmsPassiveConnection('', this.port, 0, undefined, options);
    this.#tool = new HsmsGeneralSession(connection, {
      t3: T3,
      entity: 'equipment',
      registry: this.#registry,
      acceptUnknown: (id) => (IDS.some((one) => one === id) ? {} : undefined),
    });
    this.#tool.added.subscribe((session) => this.#serve(session));
    await connection.enable();
  }

  #serve(session: HsmsSession): void {
    session.primaries.subscribe((primary) => answer(this.world, primary));
  }

  async #ask(general: HsmsGeneralSession): Promise<void> {
    const { sessions } = general;
    const session = sessions[this.world.random.below(sessions.length)];
    if (session === undefined) return;
    await session.request(S(1, 1).w(), { signal: this.world.always });
    this.world.count('requests');
  }

  async #separateAndSelect(general: HsmsGeneralSession, id: number): Promise<void> {
    general.session(id)?.separate();
    await this.world.pass(1);
    await this.#host.session(id)?.select();
  }

  async #deselectAndSelect(id: number): Promise<void> {
    const session = this.#host.session(id);
    await session?.deselect();
    await session?.select();
  }

  async #removeAndAdd(id: number): Promise<void> {
    this.#tool.removeSession(id);
    this.#host.removeSession(id);
    await this.world.pass(1);
    this.#serve(this.#host.addSession(id));
  }

  /** Select.rsp says that there is no such entity. */
  async #unknownId(): Promise<void> {
    const session = this.#host.addSession(99);
    await session.selected({ signal: AbortSignal.abort() }).catch(() => {});
    await this.world.pass(1);
    this.#host.removeSession(99);
  }
}
