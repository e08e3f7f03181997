import { B, S, type Item } from '../../../secs2/index.js';
import {
  CONTROL_STATES,
  controlStep,
  initialControlState,
  isOnline,
  type ControlEffect,
  type ControlEvent,
  type ControlSettings,
  type ControlState,
} from '../../state/control.js';
import type { Step } from '../../state/table.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import type { Delivery } from '../events.js';
import type { Answer, Handlers } from '../messages/handler.js';

const SWITCH_KEY = 'control/switch';

/** What the control states ask of the rest. */
export interface ControlOwner {
  /** S1F17 is about to be granted; `false` refuses it (ONLACK 1). */
  admitsOnline(): boolean;
  /** The equipment has gone OFF-LINE; its last event is on its way. */
  onOffline(): void;
}

const events: Partial<Record<ControlEffect, string>> = {
  'CE OFFLINE': 'EquipmentOFFLINE',
  'CE LOCAL': 'ControlStateLOCAL',
  'CE REMOTE': 'ControlStateREMOTE',
};

/** Carries the control state model out (G-20 to G-25). */
export class Control {
  readonly #core: Core;
  readonly #owner: ControlOwner;
  #state: ControlState = 'EQUIPMENT OFF-LINE';
  #switch: 'LOCAL' | 'REMOTE';
  /** S1F1 is on its way, or would be if communications were established. */
  #attempt: object | undefined;
  #asked = false;

  constructor(core: Core, owner: ControlOwner) {
    this.#core = core;
    this.#owner = owner;
    const kept = core.store.state.get(SWITCH_KEY);
    const first = core.constant('OnlineSubstate') === 4 ? 'LOCAL' : 'REMOTE';
    this.#switch = kept === 'LOCAL' || kept === 'REMOTE' ? kept : first;
    const slot = core.values.named('ControlState');
    if (slot !== undefined) core.values.provide(slot, () => this.number);
  }

  get state(): ControlState {
    return this.#state;
  }

  /** As the SV ControlState has it, 1 to 5. */
  get number(): number {
    return CONTROL_STATES.indexOf(this.#state) + 1;
  }

  get isOnline(): boolean {
    return isOnline(this.#state);
  }

  readonly handlers: Handlers = {
    S1F15: ({ item }) => {
      body.nothing(item, 'S1F15');
      return { item: B(0), after: () => void this.#do('hostOffline', 'S1F15') };
    },
    S1F17: ({ item }) => this.#onRequestOnline(item),
  };

  /** Transitions 1 and 2. */
  start(): void {
    const core = this.#core;
    const first = initialControlState(
      core.constant('InitControlState') ?? 1,
      core.constant('OfflineSubstate') ?? 2,
      this.#settings,
    );
    void this.#take(first, 'start', 'start');
  }

  /** Communications have been established: an attempt that waited for them is made now. */
  onCommunicating(): void {
    if (this.#state === 'ATTEMPT ON-LINE' && !this.#asked) void this.#ask();
  }

  async operator(
    event: 'operatorOnline' | 'operatorOffline' | 'operatorLocal' | 'operatorRemote',
  ): Promise<void> {
    if (event === 'operatorLocal' || event === 'operatorRemote') {
      const position = event === 'operatorLocal' ? 'LOCAL' : 'REMOTE';
      await this.#core.lane.run(() => this.#core.store.state.write({ set: { [SWITCH_KEY]: position } }));
      this.#switch = position;
    }
    await this.#do(event, 'operator');
  }

  get #settings(): ControlSettings {
    return { switch: this.#switch, onlineFailed: this.#core.constant('OnlineFailed') ?? 3 };
  }

  #onRequestOnline(item: Item | undefined): Answer {
    body.nothing(item, 'S1F17');
    const { effects } = controlStep(this.#state, 'hostOnline', this.#settings);
    const granted = effects.includes('ONLACK 0');
    if (granted && !this.#owner.admitsOnline()) {
      return { item: B(1), refusal: 'the application does not go ON-LINE now' };
    }
    if (granted) return { item: B(0), after: () => void this.#do('hostOnline', 'S1F17') };
    if (effects.includes('ONLACK 2')) return { item: B(2), refusal: 'the equipment is ON-LINE already' };
    const why = `only the operator can leave ${this.#state}`;
    const abort =
      this.#core.rules.onlineWhileEquipmentOffline === 'abort' && this.#state === 'EQUIPMENT OFF-LINE';
    return abort ? { abort: true, refusal: why } : { item: B(1), refusal: why };
  }

  #do(event: ControlEvent, cause: string): Promise<void> {
    const from = this.#state;
    return this.#take(controlStep(from, event, this.#settings), from, cause);
  }

  /** Resolves when the event that it raises has been delivered. */
  #take(
    { state, numbers, effects }: Step<ControlState, ControlEffect>,
    from: string,
    cause: string,
  ): Promise<void> {
    this.#state = state;
    if (state !== 'ATTEMPT ON-LINE') this.#forget();
    if (numbers.length > 0) {
      this.#core.publisher.publish('transition', { model: 'control', numbers, from, to: state, cause });
    }
    const delivered: Promise<Delivery>[] = [];
    for (const effect of effects) {
      const event = events[effect];
      if (event !== undefined) delivered.push(this.#core.raise(event));
      if (effect === 'CE OFFLINE') this.#owner.onOffline();
      if (effect === 'send S1F1') void this.#begin();
    }
    return Promise.all(delivered).then(() => undefined);
  }

  /** An attempt before communications are established waits for them, or fails at once. */
  async #begin(): Promise<void> {
    if (this.#core.isCommunicating()) return this.#ask();
    if (!this.#core.rules.attemptWaits) await this.#do('attemptFailed', 'not communicating');
  }

  async #ask(): Promise<void> {
    const attempt = {};
    this.#attempt = attempt;
    this.#asked = true;
    const accepted = await this.#core.session.request(S(1, 1).w()).then(
      ({ function: fn }) => fn === 2,
      () => false,
    );
    if (this.#attempt !== attempt) return;
    await this.#do(accepted ? 'attemptAccepted' : 'attemptFailed', accepted ? 'S1F2' : 'S1F1 failed');
  }

  #forget(): void {
    this.#attempt = undefined;
    this.#asked = false;
  }
}
