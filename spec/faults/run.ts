import {
  HsmsActiveConnection,
  type HsmsConnection,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnectionOptions,
} from '../../src/index.js';
import { Random } from '../fuzz/secs2/random.js';
import { countListeners, Entity, newHistory, type Sabotage } from './entity.js';
import type { EntityHistory, LaneHistory, ProxyLifeHistory, RunHistory } from './history.js';
import { definitelySent, endsOf } from './invariants.js';
import type { OperatorAct, RunPlan, Side } from './plan.js';
import { CountedClock } from './support/counted-clock.js';
import type { FairTime } from './support/fair-time.js';
import { FaultProxy, type ProxyLife } from './support/fault-proxy.js';
import type { Lane } from './support/lane.js';
import { settling, sleep, waitFor } from './support/waits.js';
import { wireFrames } from './support/wire-frames.js';
import { codeOf, Traffic } from './traffic.js';

const MAX_PACKET_BYTES = 16 * 1024 * 1024 + 10;
const SESSION_ID = 7;
/** What a bound allows on top, in milliseconds: the steps of a dozen timers, and the proxy's own. */
const SLACK_MS = 250;
/** A steady run has sent all it had by then. */
const STEADY_LIMIT_MS = 15_000;

/** Ports below those that the system gives to connecting sockets, so that none is taken while a side is disabled. */
let nextPort = 12_000 + (process.pid % 1000) * 20;

/** What a run can be made to get wrong, to see that it is noticed. */
export interface RunOptions {
  readonly sabotage?: Partial<Record<Side, Sabotage>>;
  /** How long at most is waited for a steady run to send all it has, and for that to arrive. */
  readonly patienceMs?: number;
  /** Called when the faults have stopped. */
  readonly onHealed?: (run: { readonly entities: Record<Side, Entity> }) => void;
}

/** Carries out one run and tells all that was seen. */
export async function carryOut(plan: RunPlan, fair: FairTime, options: RunOptions = {}): Promise<RunHistory> {
  const run = new Run(plan, fair, options);
  return run.carryOut();
}

/** Listeners that a connection and its session have, on each side, when nobody ever subscribed, and they were disposed of. */
let freshListeners: Promise<Record<Side, number>> | undefined;

async function countFresh(): Promise<Record<Side, number>> {
  const count = async (connection: HsmsConnection): Promise<number> => {
    const session = new HsmsSession(connection);
    await connection.dispose();
    return countListeners(connection, session);
  };
  return {
    active: await count(new HsmsActiveConnection('127.0.0.1', 1, SESSION_ID)),
    passive: await count(new HsmsPassiveConnection('', 0, SESSION_ID)),
  };
}

class Run {
  readonly #plan: RunPlan;
  readonly #fair: FairTime;
  readonly #options: RunOptions;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #acts: Promise<void>[] = [];
  /** Sides that had a request answered since the faults stopped. */
  readonly #answered = new Set<Side>();
  readonly #over = new AbortController();
  #entities!: Record<Side, Entity>;
  #traffic!: Record<Side, Traffic>;
  #proxy!: FaultProxy;

  constructor(plan: RunPlan, fair: FairTime, options: RunOptions) {
    this.#plan = plan;
    this.#fair = fair;
    this.#options = options;
  }

  get entities(): Record<Side, Entity> {
    return this.#entities;
  }

  async carryOut(): Promise<RunHistory> {
    await this.#start();
    const { plan, traffic } = { plan: this.#plan, traffic: this.#traffic };
    if (plan.kind === 'steady') {
      const { patienceMs = STEADY_LIMIT_MS } = this.#options;
      await waitFor(this.#fair, patienceMs, () => traffic.active.done && traffic.passive.done);
    } else await sleep(plan.faultMs);
    let recovery: RunHistory['recovery'];
    let quiet: boolean | undefined;
    if (plan.end !== 'abrupt') {
      recovery = await this.#recover();
      if (recovery.ms !== undefined) quiet = await this.#quieten();
    }
    const ending = await this.#end();
    return this.#history(recovery, quiet, ending);
  }

  async #start(): Promise<void> {
    freshListeners ??= countFresh();
    await freshListeners;
    const passive = await this.#makePassive();
    const { boundAddress } = passive.connection as HsmsPassiveConnection;
    this.#proxy = await FaultProxy.listen(boundAddress?.port ?? 0, this.#plan.lives);
    const active = this.#make(
      'active',
      (options) => new HsmsActiveConnection('127.0.0.1', this.#proxy.port, SESSION_ID, undefined, options),
    );
    this.#entities = { active, passive };
    this.#traffic = { active: this.#makeTraffic(active, 1), passive: this.#makeTraffic(passive, 2) };
    await active.connection.enable();
    this.#traffic.active.start();
    this.#traffic.passive.start();
    for (const act of this.#plan.operator) {
      this.#timers.push(setTimeout(() => this.#acts.push(this.#act(act)), act.atMs));
    }
  }

  async #makePassive(): Promise<Entity> {
    for (;;) {
      const port = nextPort;
      nextPort = nextPort >= 32_000 ? 12_000 : nextPort + 1;
      const passive = this.#make('passive', (options) => {
        const bound = { ...options, bindAddress: '127.0.0.1' };
        return new HsmsPassiveConnection('127.0.0.1', port, SESSION_ID, undefined, bound);
      });
      try {
        await passive.connection.enable();
        return passive;
      } catch (error) {
        await passive.connection.dispose();
        if (codeOf(error) !== 'HSMS_ADDRESS_IN_USE') throw error;
      }
    }
  }

  #make<C extends HsmsActiveConnection | HsmsPassiveConnection>(
    side: Side,
    construct: (options: HsmsConnectionOptions) => C,
  ): Entity {
    const clock = new CountedClock();
    const history = newHistory(side);
    const { connection: settings, session, passiveEntity } = this.#plan;
    const onError = (error: unknown, where: string): void =>
      void history.reported.push(`${where}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
    const entity = side === 'passive' ? passiveEntity : 'host';
    const connection = construct({ ...settings, clock, onError });
    return new Entity(
      connection,
      clock,
      side,
      { ...session, entity },
      history,
      this.#options.sabotage?.[side],
    );
  }

  #makeTraffic(entity: Entity, firstId: number): Traffic {
    const { seed, traffic } = this.#plan;
    const random = new Random(seed * 2 + firstId + 77);
    return new Traffic(entity, traffic[entity.history.side], random, this.#fair, firstId);
  }

  /** The program at one side does something in the middle of it all. */
  async #act({ side, act }: OperatorAct): Promise<void> {
    const { connection, session, history } = this.#entities[side];
    if (act === 'separate') {
      session.separate();
      return;
    }
    const acts = {
      cycle: () => connection.disable().then(() => connection.enable()),
      deselect: () => session.deselect(),
      linktest: () => session.linktest(),
    };
    const index = history.controls.push(undefined) - 1;
    history.controls[index] = await acts[act]().then(() => 'done', codeOf);
  }

  /** Faults stop: how long until both sides have had a request answered. */
  async #recover(): Promise<{ boundMs: number; ms: number | undefined }> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#proxy.heal();
    this.#options.onHealed?.(this);
    const { boundMs } = this;
    for (const side of ['active', 'passive'] as const) this.#ask(side).catch(() => {});
    const ms = await waitFor(this.#fair, boundMs, () => this.#answered.size === 2, true);
    await settling(this.#fair, boundMs, Promise.all(this.#acts));
    return { boundMs, ms };
  }

  /** T5 + T7 + one linktest; on a link with open requests the linktest begins when T3 has ended one. */
  get boundMs(): number {
    const { t5 = 0, t6 = 0, t7 = 0 } = this.#plan.connection;
    const { t3 = 0, linktestInterval = 0, maxLinktestFailures = 1 } = this.#plan.session;
    const steady = this.#plan.kind === 'steady';
    return (
      (t5 + (steady ? 1 : t7) + (steady ? 1 : t3 + (linktestInterval + t6) * maxLinktestFailures)) * 1000 +
      SLACK_MS
    );
  }

  /** Asks until it is answered. */
  async #ask(side: Side): Promise<void> {
    const { session } = this.#entities[side];
    const { signal } = this.#over;
    while (!signal.aborted) {
      await session.selected({ signal });
      if (await this.#traffic[side].ping()) {
        this.#answered.add(side);
        return;
      }
      await sleep(5);
    }
  }

  /** Stops traffic and waits until all that was sent on the link at hand has arrived. Undefined: it was damaged. */
  async #quieten(): Promise<boolean | undefined> {
    const { active, passive } = this.#traffic;
    active.stop();
    passive.stop();
    const limitMs = Math.min(this.boundMs, this.#options.patienceMs ?? Infinity);
    await waitFor(this.#fair, limitMs, () => active.settled && passive.settled);
    let damaged = false;
    const arrived = (): boolean => {
      const pair = this.#pairAtHand();
      if (pair === undefined) return false;
      const { life, ends } = pair;
      damaged = life.toActive?.corrupted === true || life.toPassive?.corrupted === true;
      damaged ||= ends.active.deselected || ends.passive.deselected;
      return damaged || (complete(ends.active, ends.passive) && complete(ends.passive, ends.active));
    };
    const ms = await waitFor(this.#fair, limitMs, arrived);
    return ms !== undefined && damaged ? undefined : ms !== undefined;
  }

  #pairAtHand():
    | { life: ProxyLife; ends: { active: NonNullable<Entity['life']>; passive: NonNullable<Entity['life']> } }
    | undefined {
    const { active, passive } = this.#entities;
    const life = this.#proxy.lives.find(({ activePort }) => activePort === active.life?.local.port);
    if (life === undefined || active.life === undefined || passive.life === undefined) return undefined;
    return life.passivePort === passive.life.remote.port
      ? { life, ends: { active: active.life, passive: passive.life } }
      : undefined;
  }

  async #end(): Promise<RunHistory['ending']> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#over.abort();
    const { active, passive } = this.#entities;
    const { end, kind, connection } = this.#plan;
    const closeTimeout = kind === 'steady' ? 1 : (connection.closeTimeout ?? 0);
    const boundMs = closeTimeout * 2000 + SLACK_MS;
    // A waiter that never gets what it waits for is told so.
    const waiting = [active, passive].map(({ session }) => session.selected().catch(() => {}));
    const first = end === 'closePassive' || end === 'disposePassive' ? passive : active;
    const second = first === active ? passive : active;
    const close = async (): Promise<void> => {
      if (end.startsWith('close')) await first.session.close();
      if (end.startsWith('dispose') && end !== 'disposeBoth') await first.connection.dispose();
      await Promise.all([first.connection.dispose(), second.connection.dispose(), ...this.#acts]);
      await Promise.all(waiting);
    };
    const ms = await settling(this.#fair, boundMs, close());
    this.#traffic.active.quit();
    this.#traffic.passive.quit();
    await waitFor(this.#fair, SLACK_MS, () => this.#traffic.active.settled && this.#traffic.passive.settled);
    await this.#proxy.close();
    return { boundMs, ms };
  }

  async #history(
    recovery: RunHistory['recovery'],
    quiet: boolean | undefined,
    ending: RunHistory['ending'],
  ): Promise<RunHistory> {
    const fresh = await (freshListeners ??= countFresh());
    const { active, passive } = this.#entities;
    active.inspect(fresh.active);
    passive.inspect(fresh.passive);
    const entities: Record<Side, EntityHistory> = { active: active.history, passive: passive.history };
    const history = {
      plan: this.#plan,
      entities,
      lives: this.#proxy.lives.map(lifeHistory),
      recovery,
      quiet,
      ending,
    };
    for (const life of history.lives) {
      const ends = endsOf(history, life);
      if (ends.active?.deselected === true || ends.passive?.deselected === true) {
        for (const side of [ends.active, ends.passive]) if (side !== undefined) side.deselected = true;
      }
    }
    return history;
  }
}

/** All that is known to have been sent at one end has arrived at the other. */
function complete(from: NonNullable<Entity['life']>, to: NonNullable<Entity['life']>): boolean {
  const arrived = new Set(to.received);
  return definitelySent(from.sent).every((key) => arrived.has(key));
}

function lifeHistory({ activePort, passivePort, faults, toActive, toPassive }: ProxyLife): ProxyLifeHistory {
  return {
    activePort,
    passivePort,
    faults,
    toActive: laneHistory(toActive),
    toPassive: laneHistory(toPassive),
  };
}

function laneHistory(lane: Lane | undefined): LaneHistory {
  return {
    received: wireFrames(lane?.received ?? [], MAX_PACKET_BYTES),
    forwarded: wireFrames(lane?.forwarded ?? [], MAX_PACKET_BYTES),
    corrupted: lane?.corrupted ?? false,
    cut: lane?.cut ?? false,
  };
}
