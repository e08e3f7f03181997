import type { SecsPrimary } from '../../src/index.js';
import { B, L, S, U4, type SecsMessage } from '../../src/secs2/index.js';
import type { Random } from '../fuzz/secs2/random.js';
import { messageKey, type Entity } from './entity.js';
import type { RequestRecord, SentRecord } from './history.js';
import type { TrafficPlan } from './plan.js';
import type { FairTime } from './support/fair-time.js';

/** Sends that were refused: nothing of them was accepted. */
const REFUSALS: ReadonlySet<string> = new Set([
  'HSMS_NOT_SELECTED',
  'HSMS_NOT_CONNECTED',
  'HSMS_QUEUE_FULL',
  'HSMS_SESSION_ENDED',
  'HSMS_ALREADY_REPLIED',
]);

/** What a request that the program gives up is settled with. */
const GIVEN_UP = 'TEST_GIVEN_UP';
/** T3 of a request that is not going to be answered, in seconds. */
const UNANSWERED_T3 = 0.05;
const PAYLOAD = Buffer.alloc(4 * 1024 * 1024, 'no two of these bytes in a row are what they seem to be: ');

/** What the peer does with a request is told by its name. */
const REQUESTS = [
  { stream: 1, fn: 1, expected: 'answered' },
  { stream: 1, fn: 1, expected: 'answered' },
  { stream: 1, fn: 3, expected: 'answered' },
  { stream: 2, fn: 17, expected: 'HSMS_TRANSACTION_ABORTED' },
  { stream: 2, fn: 41, expected: 'answered' },
  { stream: 7, fn: 5, expected: 'HSMS_T3_TIMEOUT' },
] as const;

/** The program at one side: sends, requests and answers by its plan, and writes down what it was told. */
export class Traffic {
  readonly #entity: Entity;
  readonly #plan: TrafficPlan;
  readonly #random: Random;
  readonly #fair: FairTime;
  readonly #stop = new AbortController();
  readonly #timers = new Set<NodeJS.Timeout>();
  #nextId: number;
  #open = 0;
  #pending = 0;
  #left: number;
  #done = false;

  constructor(entity: Entity, plan: TrafficPlan, random: Random, fair: FairTime, firstId: number) {
    this.#entity = entity;
    this.#plan = plan;
    this.#random = random;
    this.#fair = fair;
    this.#nextId = firstId;
    this.#left = plan.messages;
    entity.session.primaries.subscribe((primary) => this.#answer(primary));
  }

  /** All was sent that the plan has, and all that was begun has been settled. */
  get done(): boolean {
    return this.#done && this.settled;
  }

  /** All that was begun has been settled. */
  get settled(): boolean {
    return this.#open === 0 && this.#pending === 0;
  }

  start(): void {
    this.#entity.signals.push(this.#stop.signal);
    void this.#run().catch(() => (this.#done = true));
  }

  /** Begins nothing further. */
  stop(): void {
    this.#stop.abort();
  }

  /** Forgets the answers that are due later. */
  quit(): void {
    this.stop();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** One request that the peer answers at once; resolves with whether it was. */
  async ping(): Promise<boolean> {
    const record = await this.#request(REQUESTS[0], 20);
    return record.outcome === 'answered';
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (this.#left > 0 && !signal.aborted) {
      await this.#entity.session.selected({ signal });
      if (this.#open >= this.#plan.window) {
        await this.#pause(1);
        continue;
      }
      this.#left--;
      const sent = this.#sendOne();
      if (this.#plan.gapMs > 0) await this.#pause(this.#plan.gapMs);
      else if (this.#random.below(4) === 0) await sent;
      else if (this.#random.below(8) === 0) await this.#pause(0);
    }
    this.#done = true;
  }

  #sendOne(): Promise<unknown> {
    const { largest } = this.#plan;
    const size = this.#random.below(this.#random.pick([20, 200, 200, Math.ceil(largest / 10), largest]) + 1);
    if (this.#random.below(3) > 0) {
      return this.#send(S(6, 11, this.#body(size)), (message) => this.#entity.session.send(message));
    }
    void this.#request(this.#random.pick(REQUESTS), size);
    return Promise.resolve();
  }

  #body(size: number, about?: number): ReturnType<typeof L> {
    const id = this.#nextId;
    this.#nextId += 2;
    const payload = B(PAYLOAD.subarray(id % 1000, (id % 1000) + size));
    return about === undefined ? L(U4(id), payload) : L(U4(id), U4(about), payload);
  }

  /** Sends and writes down how that went. */
  async #send(message: SecsMessage, send: (message: SecsMessage) => Promise<unknown>): Promise<boolean> {
    const record: SentRecord = { key: messageKey(message.name, message.body), outcome: undefined };
    this.#entity.life?.sent.push(record);
    this.#pending++;
    try {
      await send(message);
      record.outcome = 'sent';
    } catch (error) {
      record.outcome = codeOf(error);
      if (REFUSALS.has(record.outcome)) this.#entity.history.refused.push(record.key);
    }
    this.#pending--;
    return record.outcome === 'sent';
  }

  async #request(kind: (typeof REQUESTS)[number], size: number): Promise<RequestRecord> {
    const { session, history } = this.#entity;
    const about = this.#nextId;
    const message = S(kind.stream, kind.fn, this.#body(size)).w();
    const seconds = kind.expected === 'HSMS_T3_TIMEOUT' ? UNANSWERED_T3 : session.settings.t3;
    const giveUp = this.#random.below(12) === 0 ? new AbortController() : undefined;
    const record: RequestRecord = {
      name: message.name,
      expected: giveUp === undefined ? kind.expected : GIVEN_UP,
      life: history.lives.length,
      startedAt: this.#fair.now(),
      boundMs: (seconds + session.connection.settings.sendTimeout) * 1000 + 300,
      settledAt: undefined,
      outcome: undefined,
    };
    history.requests.push(record);
    if (giveUp !== undefined) this.#giveUp(giveUp);
    const options = { t3: seconds, ...(giveUp && { signal: giveUp.signal }) };
    this.#open++;
    await this.#send(message, async () => {
      record.outcome = await session
        .request(message, options)
        .then((reply) => (numberAt(reply, 1) === about ? 'answered' : 'wrong answer'), codeOf);
      record.settledAt = this.#fair.now();
      // The session ended after it had been sent, or before: nobody can know.
      const code = record.outcome === 'HSMS_SESSION_ENDED' ? 'HSMS_CONNECTION_CLOSED' : record.outcome;
      if (code !== 'answered') throw Object.assign(new Error(), { code });
    });
    this.#open--;
    return record;
  }

  #giveUp(controller: AbortController): void {
    this.#entity.signals.push(controller.signal);
    this.#later(this.#random.below(6), () =>
      controller.abort(Object.assign(new Error(), { code: GIVEN_UP })),
    );
  }

  #answer(primary: SecsPrimary): void {
    if (!primary.wantsReply) {
      // A request made from within a handler (P-44).
      if (this.#random.below(10) === 0 && !this.#stop.signal.aborted) void this.#request(REQUESTS[0], 10);
      return;
    }
    switch (primary.message.name) {
      case 'S1F3':
        this.#later(this.#random.below(8), () => void this.#reply(primary, 1));
        break;
      case 'S2F17':
        void this.#reply(primary, -primary.message.function);
        break;
      case 'S2F41':
        void this.#reply(primary, 1);
        void this.#reply(primary, 1, false);
        break;
      case 'S7F5':
        break;
      default:
        void this.#reply(primary, 1);
    }
  }

  async #reply(primary: SecsPrimary, step: number, again = true): Promise<void> {
    const { stream, function: fn } = primary.message;
    const about = numberAt(primary.message, 0) ?? 0;
    const message = S(stream, fn + step, this.#body(this.#random.below(100), about));
    const sent = await this.#send(message, () => primary.reply(message));
    // A full queue leaves the primary to be answered later.
    if (again && !sent && !primary.replied && this.#entity.session.currentState === 'selected') {
      this.#later(5, () => void this.#reply(primary, step));
    }
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  }
}

/** The code of an error; `untyped` for one that has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'untyped';
}

/** The number of a message; undefined where what came is none that a U4 can carry, as of a corrupted one. */
function numberAt(message: SecsMessage, index: number): number | undefined {
  if (message.itemError !== undefined) return undefined;
  try {
    const number = message.item?.at(index).number;
    return number === undefined || number >>> 0 !== number ? undefined : number;
  } catch {
    return undefined;
  }
}
