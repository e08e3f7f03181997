import {
  B,
  decodeItem,
  L,
  message as secsMessage,
  type Item,
  type SecsMessage,
} from '../../../secs2/index.js';
import type { StateChanges } from '../../store/store.js';
import { spoolStep, type SpoolEffect, type SpoolEvent, type SpoolState } from '../../state/spooling.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import type { Delivery } from '../events.js';
import { acknowledge, type Answer, type Handlers } from '../messages/handler.js';

const CHOICE = 'spool/streams';
const STATE = 'spool/state';

/** Primaries that an equipment sends and that can be spooled. */
const OWN: Readonly<Record<number, readonly number[]>> = { 5: [1], 6: [1, 11, 13], 7: [27, 29], 10: [1] };

/** What of the spool survives power-off besides its messages. */
interface Kept {
  readonly active: boolean;
  readonly full: boolean;
  readonly total: number;
  readonly startTime: string;
  readonly fullTime: string;
}

const INACTIVE: Kept = { active: false, full: false, total: 0, startTime: '', fullTime: '' };

/** Why a stream is not chosen (STRACK). */
interface StreamFault {
  readonly strack: number;
  readonly functions: readonly Item[];
  readonly why: string;
}

/** Carries the spooling state model out (G-85 to G-90). */
export class Spooling {
  readonly #core: Core;
  #state: SpoolState = 'INACTIVE';
  #kept: Kept = INACTIVE;
  /** Functions of each stream that are spooled; the host chooses by S2F43. */
  #choice: ReadonlyMap<number, readonly number[]>;
  /** Messages on their way into the store. */
  #appending = 0;
  /** The TRANSMIT under way: one that has ended meanwhile finds another here, or none. */
  #unload: object | undefined;
  #onDrained: (() => void) | undefined;
  /** Called when messages may be sent again. */
  onInactive: () => void = () => undefined;

  constructor(core: Core) {
    this.#core = core;
    this.#choice = this.#loadChoice();
    this.#load();
    this.#provide('SpoolCountActual', () => core.store.spool.count);
    this.#provide('SpoolCountTotal', () => this.#kept.total);
    this.#provide('SpoolStartTime', () => this.#kept.startTime);
    this.#provide('SpoolFullTime', () => this.#kept.fullTime);
  }

  readonly handlers: Handlers = {
    S2F43: ({ item }) => this.#core.lane.run(() => this.#choose(item)),
    S6F23: ({ item }) => this.#request(item),
  };

  get isActive(): boolean {
    return this.#state !== 'INACTIVE';
  }

  get state(): SpoolState {
    return this.#state;
  }

  /** Communications have failed. */
  onFailure(cause: string): void {
    if (this.#state === 'TRANSMIT') this.#do('failure', cause);
    if (this.#state === 'INACTIVE' && this.#core.constant('EnableSpooling') === 1 && this.#core.isOnline()) {
      this.#do('activate', cause);
    }
  }

  /** The operator has disabled communications: what is being sent waits for the next S6F23. */
  onAbandon(): void {
    if (this.#state === 'TRANSMIT') this.#do('failure', 'disabled');
  }

  /** Communications are back: an empty spool ends itself, unless the rules want S6F23 for that too (G-86). */
  onCommunicating(): void {
    if (this.#core.rules.emptySpoolEnds) void this.#whenDrained(() => this.#endEmpty());
  }

  /** Whether a message can go into the spool. */
  takes({ stream, function: fn }: SecsMessage): boolean {
    return this.#choice.get(stream)?.includes(fn) === true;
  }

  /** Puts a message in, after those before it. */
  async append(message: SecsMessage): Promise<Delivery> {
    const { store, time } = this.#core;
    const overwrite = this.#core.constant('OverWriteSpool') === 1;
    this.#kept = { ...this.#kept, total: this.#kept.total + 1 };
    if (this.#kept.full && !overwrite) {
      await store.state.write(this.#changes());
      return 'dropped';
    }
    const { stream, function: fn, wBit, body: bytes } = message;
    this.#appending++;
    try {
      const { id, full } = await store.spool.append(
        { stream, function: fn, wBit, body: bytes, time: time.now() },
        { whenFull: overwrite ? 'dropOldest' : 'dropNewest', also: (outcome) => this.#also(outcome.full) },
      );
      if (full) this.#fill();
      return id === undefined ? 'dropped' : 'spooled';
    } finally {
      this.#appending--;
      if (this.#appending === 0) this.#onDrained?.();
    }
  }

  /** The event of the activation goes in before what waits: past the queue (G-85). */
  async #putFirst(message: SecsMessage | Promise<SecsMessage>): Promise<Delivery> {
    const ready = message instanceof Promise ? await message : message;
    return this.takes(ready) ? this.append(ready) : 'dropped';
  }

  /** A message of the spool's streams that is thrown away is counted all the same (G-89). */
  count(): void {
    this.#kept = { ...this.#kept, total: this.#kept.total + 1 };
  }

  #also(full: boolean): StateChanges {
    const kept = full && !this.#kept.full ? this.#filled() : this.#kept;
    return { set: { [STATE]: { ...kept } } };
  }

  #filled(): Kept {
    return { ...this.#kept, full: true, fullTime: this.#core.time.text() };
  }

  #fill(): void {
    if (this.#kept.full) return;
    this.#kept = this.#filled();
    this.#tell('spool load', [2], 'NOT FULL', 'FULL', 'a message did not fit');
  }

  #changes(): StateChanges {
    return { set: { [STATE]: { ...this.#kept } } };
  }

  #do(event: SpoolEvent, cause: string): readonly SpoolEffect[] {
    const from = this.#state;
    const { state, numbers, effects } = spoolStep(from, event);
    if (numbers.length > 0) {
      this.#state = state;
      this.#enter(state);
      this.#tell('spooling', numbers, from, state, cause);
    }
    for (const effect of effects) this.#effect(effect);
    if (state === 'INACTIVE' && from !== state) this.onInactive();
    return effects;
  }

  #enter(state: SpoolState): void {
    const active = state !== 'INACTIVE';
    if (active === this.#kept.active) return;
    this.#kept = active
      ? { ...INACTIVE, active, startTime: this.#core.time.text() }
      : { ...this.#kept, active, full: false };
    this.#core.store.state
      .write(this.#changes())
      .catch((error: unknown) => this.#core.report(error, 'the spool'));
  }

  #effect(effect: SpoolEffect): void {
    switch (effect) {
      case 'CE SpoolingActivated':
        void this.#core.raise('SpoolingActivated', undefined, (message) => this.#putFirst(message));
        break;
      case 'CE SpoolingDeactivated':
        void this.#core.raise('SpoolingDeactivated');
        break;
      case 'CE SpoolTransmitFailure':
        void this.#core.raise('SpoolTransmitFailure');
        break;
      case 'remove all':
      case 'send oldest':
      case 'reset counts':
      case 'RSDA 0':
      case 'RSDA 1':
      case 'RSDA 2':
        // The counts begin anew with the state; the rest follows the answer to S6F23.
        break;
    }
  }

  #request(item: Item | undefined): Answer {
    const rsdc = body.code(item, 'RSDC');
    if (rsdc > 1) return refuse(1, `RSDC must be 0 or 1, received ${rsdc}`);
    const event = rsdc === 0 ? 'transmit' : 'purge';
    const { effects } = spoolStep(this.#state, event);
    if (effects.includes('RSDA 1')) return refuse(1, `the spool is in ${this.#state} already`);
    if (effects.includes('RSDA 2')) return refuse(2, 'there is nothing in the spool');
    return acknowledge(B(0), 0, undefined, () => {
      this.#do(event, 'S6F23');
      const unload = event === 'transmit' ? this.#transmit() : this.#purge();
      unload.catch((error: unknown) => {
        this.#core.report(error, 'the spool');
        this.#do('failure', 'the store failed');
      });
    });
  }

  async #purge(): Promise<void> {
    await this.#core.store.spool.clear();
    if (this.#appending > 0) await this.#drained();
    if (this.#core.store.spool.count > 0) return this.#purge();
    this.#do('empty', 'S6F23');
  }

  /** Oldest first, one open transaction; a message is removed after its reply or T3 (G-88). */
  async #transmit(): Promise<void> {
    const { spool } = this.#core.store;
    const most = this.#core.constant('MaxSpoolTransmit') ?? 0;
    const unload = {};
    this.#unload = unload;
    for (let sent = 0; this.#state === 'TRANSMIT' && this.#unload === unload; sent++) {
      if (most > 0 && sent === most) {
        this.#do('enough', 'MaxSpoolTransmit');
        return;
      }
      const oldest = await spool.peek();
      if (oldest === undefined) {
        if (this.#appending === 0) break;
        await this.#drained();
        sent--;
        continue;
      }
      const item = oldest.body.length === 0 ? undefined : decodeItem(oldest.body);
      const message = rebuilt(oldest.stream, oldest.function, oldest.wBit, item);
      if (!(await this.#deliver(message)) || this.#unload !== unload) return;
      await spool.remove(oldest.id);
    }
    if (this.#state === 'TRANSMIT' && this.#unload === unload) this.#do('empty', 'S6F23');
  }

  /** Whether it went out: then it is removed, whatever the host said. With the link lost it stays. */
  async #deliver(message: SecsMessage): Promise<boolean> {
    const { session } = this.#core;
    try {
      await (message.wBit ? session.request(message) : session.send(message));
      return this.#state === 'TRANSMIT';
    } catch (error) {
      if (this.#state !== 'TRANSMIT' || session.currentAvailability !== 'usable') return false;
      const why = error instanceof Error ? error.message : String(error);
      this.#core.publisher.publish('undelivered', { message: message.name, delivery: 'failed', why });
      return true;
    }
  }

  #endEmpty(): void {
    if (this.#state === 'NO OUTPUT' && this.#core.store.spool.count === 0 && this.#core.isCommunicating()) {
      this.#do('emptyAgain', 'communicating');
    }
  }

  async #whenDrained(then: () => void): Promise<void> {
    if (this.#appending > 0) await this.#drained();
    then();
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.#onDrained;
      this.#onDrained = () => {
        before?.();
        this.#onDrained = undefined;
        resolve();
      };
    });
  }

  #tell(
    model: 'spooling' | 'spool load',
    numbers: readonly number[],
    from: string,
    to: string,
    cause: string,
  ): void {
    this.#core.publisher.publish('transition', { model, numbers, from, to, cause });
  }

  #provide(name: string, value: () => number | string): void {
    const slot = this.#core.values.named(name);
    if (slot !== undefined) this.#core.values.provide(slot, value);
  }

  /** All as it was before power-off (G-85, 7 and 8): what was being sent waits for S6F23 again. */
  #load(): void {
    const kept = this.#core.store.state.get(STATE) as Partial<Kept> | undefined;
    this.#kept = { ...INACTIVE, ...kept };
    if (this.#kept.active || this.#core.store.spool.count > 0) {
      this.#state = 'NO OUTPUT';
      this.#kept = { ...this.#kept, active: true };
    }
  }

  #loadChoice(): ReadonlyMap<number, readonly number[]> {
    const kept = this.#core.store.state.get(CHOICE);
    if (Array.isArray(kept)) return new Map(kept);
    const streams = this.#core.rules.spooledAtFirst === 'all' ? (this.#core.model.spool?.streams ?? []) : [];
    return new Map(streams.map((stream) => [stream, OWN[stream] ?? []]));
  }

  /** S2F43 replaces all choices, or none (G-87). */
  async #choose(item: Item | undefined): Promise<Answer> {
    const entries = body.list(item, 'S2F43').map((entry) => {
      const [strid, fcnids] = body.pair(entry, 'a stream');
      const functions = body.list(fcnids, 'the functions of a stream');
      return {
        strid,
        stream: body.code(strid, 'STRID'),
        functions: functions.map((fn) => ({ fn, number: body.code(fn, 'FCNID') })),
      };
    });
    const faults: Item[] = [];
    const whys: string[] = [];
    const choice = new Map<number, readonly number[]>();
    for (const { strid, stream, functions } of entries) {
      const found = this.#judge(stream, functions);
      if (found === undefined) {
        choice.set(
          stream,
          functions.length === 0 ? (OWN[stream] ?? []) : functions.map(({ number }) => number),
        );
      } else {
        faults.push(L(strid, B(found.strack), L(found.functions)));
        whys.push(found.why);
      }
    }
    if (faults.length > 0) return acknowledge(L(B(1), L(faults)), 1, `S2F43: RSPACK 1, ${whys.join('; ')}`);
    await this.#core.store.state.write({ set: { [CHOICE]: [...choice] } });
    this.#choice = choice;
    return { item: L(B(0), L()) };
  }

  #judge(
    stream: number,
    functions: readonly { readonly fn: Item; readonly number: number }[],
  ): StreamFault | undefined {
    const fault = (
      strack: number,
      why: string,
      wrong: readonly { readonly fn: Item }[] = [],
    ): StreamFault => ({
      strack,
      functions: wrong.map(({ fn }) => fn),
      why,
    });
    if (stream === 1 || stream === 9) return fault(1, `stream ${stream} is never spooled`);
    const own = OWN[stream];
    if (own === undefined) return fault(2, `nothing is sent of stream ${stream}`);
    if (this.#core.model.spool?.streams.includes(stream) !== true)
      return fault(1, `stream ${stream} is not spooled here`);
    const secondary = functions.filter(({ number }) => number % 2 === 0);
    if (secondary.length > 0) return fault(4, `S${stream}F${secondary[0]?.number} is a reply`, secondary);
    const unknown = functions.filter(({ number }) => !own.includes(number));
    if (unknown.length > 0) return fault(3, `S${stream}F${unknown[0]?.number} is not sent`, unknown);
    return undefined;
  }
}

const refuse = (code: number, why: string): Answer =>
  acknowledge(B(code), code, `S6F23: RSDA ${code}, ${why}`);

function rebuilt(stream: number, fn: number, wBit: boolean, item: Item | undefined): SecsMessage {
  return item === undefined ? secsMessage(stream, fn, wBit) : secsMessage(stream, fn, wBit, item);
}
