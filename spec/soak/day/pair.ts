import type { EventEmitter } from 'node:events';
import {
  HsmsActiveConnection,
  HsmsPassiveConnection,
  HsmsSession,
  SType,
  type HsmsConnection,
  type HsmsConnectionOptions,
  type SecsPrimary,
  type SecsSession,
  type SecondConnectionPolicy,
} from '../../../src/index.js';
import { A, B, L, S, type Item } from '../../../src/secs2/index.js';
import type { TestConnection } from '../../../src/testing/index.js';
import { ODD_STREAM, SETTINGS, T3 } from './settings.js';
import type { Random } from '../../gem/pair/random.js';
import type { DayWorld, Part, Work } from './world.js';

export interface End {
  readonly connection: HsmsConnection;
  readonly session: HsmsSession;
}

/** Something that befalls a pair. */
export interface Incident {
  readonly name: string;
  /** On which side a connection ends by it; undefined: on none, or it depends. */
  readonly ends?: 'host' | 'tool';
  /** A connection is disposed of and made anew. */
  readonly renews?: boolean;
  readonly run: (pair: Pair) => unknown;
}

const POLICIES = ['refuse', 'takeOver', 'answerSelect'] as const satisfies SecondConnectionPolicy[];

/** A host that dials and a tool that listens. */
export class Pair implements Part {
  readonly name: string;
  readonly policy: SecondConnectionPolicy;
  readonly works: readonly Work[];
  host!: End;
  tool!: End;
  #turn = 0;
  #order: readonly number[] = [];

  constructor(
    readonly world: DayWorld,
    readonly port: number,
    readonly sessionId: number,
    readonly incidents: readonly Incident[],
    works: (pair: Pair) => readonly Work[],
  ) {
    this.name = `pair ${sessionId}`;
    this.policy = POLICIES[sessionId % POLICIES.length] ?? 'refuse';
    this.works = works(this);
  }

  async start(): Promise<void> {
    this.host = this.#make('host');
    this.tool = this.#make('tool');
    await this.tool.connection.enable();
    await this.host.connection.enable();
  }

  isReady(): boolean {
    return [this.host, this.tool].every(({ session }) => session.currentState === 'selected');
  }

  /** Each once, in an order that is drawn anew each time. */
  async incident(): Promise<void> {
    const { world } = this;
    const { length } = this.incidents;
    if (this.#turn % length === 0) this.#order = shuffled(length, world.random);
    const incident = this.incidents[this.#order[this.#turn++ % length] ?? 0];
    if (incident === undefined) return;
    const { name, ends, run } = incident;
    const before = ends === undefined ? 0 : this.closes(ends);
    await run(this);
    world.count(`incident: ${name}`);
    await world.pass(0.5);
    await world.until(`${this.name} to be selected again after '${name}'`, () => this.isReady());
    if (ends !== undefined && this.closes(ends) === before) {
      world.fault(`${this.name}: '${name}' ended no connection of the ${ends}`);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.host.session.dispose(), this.tool.connection.dispose()]);
  }

  sessions(): readonly SecsSession[] {
    return [this.host.session, this.tool.session];
  }

  emitters(): readonly EventEmitter[] {
    return [this.host, this.tool].flatMap(({ connection, session }) => [connection.events, session.events]);
  }

  /** How many connections of this side have ended. */
  closes(side: 'host' | 'tool'): number {
    return this.world.counts.get(`${this.name} ${side} closed`) ?? 0;
  }

  /** The newest TCP connection between the two; undefined when there is none. */
  link(): TestConnection | undefined {
    return this.world.network.connections.filter(({ passive }) => passive.port === this.port).at(-1);
  }

  /** Disposes of one side and makes it anew. */
  async renew(side: 'host' | 'tool', by: 'session' | 'connection' = 'connection'): Promise<void> {
    const old = this[side];
    await old[by].dispose();
    this.world.leaks.keep('connection', old);
    this[side] = this.#make(side);
    await this[side].connection.enable();
  }

  #make(side: 'host' | 'tool'): End {
    const { world, port, sessionId } = this;
    const options: HsmsConnectionOptions = {
      ...world.network.options,
      ...SETTINGS,
      secondConnection: this.policy,
      onError: world.onError,
      onDelegateError: world.onError,
    };
    const isHost = side === 'host';
    const connection = isHost
      ? new HsmsActiveConnection('127.0.0.1', port, sessionId, undefined, options)
      : new HsmsPassiveConnection('', port, sessionId, undefined, options);
    const session = new HsmsSession(connection, {
      t3: T3,
      entity: isHost ? 'host' : 'equipment',
      linktestInterval: isHost ? 30 : 50,
      maxLinktestFailures: 1 + (sessionId % 2),
      maxUnreadAnswers: 64,
      supports: (stream) => (stream === 99 ? 'noStream' : 'yes'),
    });
    this.#watch(side, connection);
    session.primaries.subscribe((primary) => answer(world, primary));
    session.warnings.subscribe(({ kind }) => world.count(`warning: ${kind}`));
    session.messages.subscribe(({ late }) => {
      world.count(late ? 'late replies' : 'messages');
      world.leaks.object('message');
    });
    return { connection, session };
  }

  #watch(side: 'host' | 'tool', connection: HsmsConnection): void {
    const { world } = this;
    const { leaks } = world;
    connection.established.subscribe(() => {
      world.count('connects');
      leaks.object('reconnect');
      leaks.text('text');
      leaks.listener(connection.events, 'closed');
      leaks.timer(world.clock);
    });
    connection.events.on('sent', ({ header }) => {
      if (header.sType !== SType.linktestReq) return;
      world.count('linktests');
      leaks.object('linktest');
    });
    connection.closed.subscribe(({ reason }) => {
      world.count(`${this.name} ${side} closed`);
      world.count(`closed: ${reason.kind}`);
    });
    connection.notices.subscribe(({ kind }) => world.count(`notice: ${kind}`));
  }
}

/** The whole numbers below `count` in some order. */
function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    const other = random.below(i + 1);
    [order[i], order[other]] = [order[other] ?? 0, order[i] ?? 0];
  }
  return order;
}

/** What either side answers. */
export function answer(world: DayWorld, primary: SecsPrimary): void {
  if (!primary.wantsReply) return;
  const reply = (item: Item = L(A('DAY'), A('1.0.0'))): void =>
    void primary.reply(item).catch((error: unknown) => world.failed('a reply', error));
  const { stream, function: fn } = primary.message;
  if (stream !== ODD_STREAM) reply(stream === 6 ? B(0) : undefined);
  else if (fn === 3) void world.pass(3).then(() => reply());
  else if (fn === 5)
    void primary.reply(S(ODD_STREAM, 0)).catch((error: unknown) => world.failed('an abort', error));
}
