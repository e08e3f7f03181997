import { A, B, L, S, type Item } from '../../../secs2/index.js';
import { GemArgumentError } from '../../errors.js';
import { quote } from '../../model/value.js';
import type { ModelAlarm } from '../../model/equipment-model.js';
import type { AskedId, Id } from '../../model/id.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import type { Delivery } from '../events.js';
import { acknowledge, answer, type Answer, type Handlers } from '../messages/handler.js';
import { idKey, keyId } from '../values/kept.js';

const PREFIX = 'alarms/';
const SET_BIT = 0x80;

/** Alarms (G-60 to G-62): set and cleared by the program, told by S5F1 and by events, enabled by the host. */
export class Alarms {
  readonly #core: Core;
  readonly #set = new Set<Id>();
  readonly #enabled = new Set<Id>();

  /** @param onVanished gets the alarms whose enabling was kept and which the model does not have any more (G-92) */
  constructor(core: Core, onVanished: (what: string) => void) {
    this.#core = core;
    const { byAlid } = core.model;
    const { state } = core.store;
    if (core.rules.alarmsEnabledAtFirst) for (const id of byAlid.keys()) this.#enabled.add(id);
    for (const key of state.keys(PREFIX)) {
      const id = keyId(key, PREFIX);
      if (id === undefined || !byAlid.has(id))
        onVanished(`alarm ${String(id)}: there is no such ALID any more`);
      else if (state.get(key) === true) this.#enabled.add(id);
      else this.#enabled.delete(id);
    }
    this.#provide('AlarmsEnabled', this.#enabled);
    this.#provide('AlarmsSet', this.#set);
  }

  readonly handlers: Handlers = {
    S5F3: ({ item }) => this.#core.lane.run(() => this.#enable(item)),
    S5F5: ({ item }) => {
      const asked = body.ids(item, 'the list of ALIDs');
      return this.#list(asked.length === 0 ? this.#all() : asked);
    },
    S5F7: ({ item }) => {
      body.nothing(item, 'S5F7');
      return this.#list(this.#all().filter(({ id }) => this.#enabled.has(id)));
    },
  };

  isSet(name: string): boolean {
    return this.#set.has(this.#alarm(name).id);
  }

  /** Sets or clears an alarm; what is so already stays, and nothing is told. AlarmsSet changes first (G-60). */
  change(name: string, on: boolean): Promise<Delivery> {
    const alarm = this.#alarm(name);
    const { id, idItem } = alarm;
    if (this.#set.has(id) === on) return Promise.resolve('disabled');
    if (on) this.#set.add(id);
    else this.#set.delete(id);
    this.#core.publisher.publish('alarm', { name, id, set: on });
    const told = this.#enabled.has(id) ? this.#tell(alarm) : Promise.resolve<Delivery>('disabled');
    const data = this.#core.values.named('AlarmID') && new Map([['AlarmID', idItem]]);
    void this.#core.raiseEvent(on ? alarm.setEvent : alarm.clearEvent, data);
    return told;
  }

  #alarm(name: string): ModelAlarm {
    const alarm = this.#core.model.alarms.get(name);
    if (alarm === undefined) throw new GemArgumentError(`there is no alarm named ${quote(name)}`);
    return alarm;
  }

  #tell(alarm: ModelAlarm): Promise<Delivery> {
    const message = S(5, 1, this.#line(alarm));
    return this.#core.post(this.#core.rules.replyTo.s5 ? message.w() : message, alarm.name);
  }

  async #enable(item: Item | undefined): Promise<Answer> {
    const [aled, alid] = body.pair(item, 'S5F3');
    const on = (body.code(aled, 'ALED') & SET_BIT) !== 0;
    const asked = body.ids(alid, 'ALID');
    const { byAlid } = this.#core.model;
    const unknown = asked.find(({ id }) => !byAlid.has(id));
    if (unknown !== undefined) return acknowledge(B(1), 1, `S5F3: ACKC5 1, there is no ALID ${unknown.id}`);
    const ids = asked.length === 0 ? [...byAlid.keys()] : asked.map(({ id }) => id);
    await this.#core.store.state.write({
      set: Object.fromEntries(ids.map((id) => [PREFIX + idKey(id), on])),
    });
    for (const id of ids) {
      if (on) this.#enabled.add(id);
      else this.#enabled.delete(id);
    }
    return { item: B(0) };
  }

  #all(): readonly AskedId[] {
    return [...this.#core.model.byAlid.values()].map(({ id, idItem }) => ({ id, item: idItem }));
  }

  #list(asked: readonly AskedId[]): Answer {
    return answer(
      L(
        asked.map(({ id, item }) => {
          const alarm = this.#core.model.byAlid.get(id);
          return alarm === undefined ? L(B([]), item, A('')) : this.#line(alarm);
        }),
      ),
    );
  }

  #line({ id, idItem, category, text }: ModelAlarm): Item {
    return L(B((this.#set.has(id) ? SET_BIT : 0) | category), idItem, A(text));
  }

  #provide(name: string, ids: ReadonlySet<Id>): void {
    const { values, model } = this.#core;
    const slot = values.named(name);
    if (slot === undefined) return;
    values.provide(slot, () => L([...ids].flatMap((id) => model.byAlid.get(id)?.idItem ?? [])));
  }
}
