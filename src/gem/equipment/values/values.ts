import type { Clock } from '../../../clock.js';
import { L, type Item } from '../../../secs2/index.js';
import { GemArgumentError } from '../../errors.js';
import type { EquipmentModel, ModelVariable } from '../../model/equipment-model.js';
import type { Id } from '../../model/id.js';
import { itemOf, quote } from '../../model/value.js';

/** Gives the value of a variable when it is asked for. */
export type ValueProvider = () => unknown;

/** One variable or constant and where its value comes from. */
export interface Slot {
  readonly variable: ModelVariable;
  item: Item;
  provider: ValueProvider | undefined;
  /** It has been given a value, be it as `initial`. */
  known: boolean;
}

const NO_VALUE: Item = L();

/** The values of all variables and constants, as fields or as callbacks. */
export class Values {
  readonly #byId = new Map<Id, Slot>();
  readonly #byName = new Map<string, Slot>();
  readonly #clock: Clock;
  readonly #timeout: number;
  readonly #report: (error: unknown, where: string) => void;
  /** Called when a field has been set; limits listen here. */
  onSet: ((slot: Slot) => void) | undefined;

  constructor(
    model: EquipmentModel,
    clock: Clock,
    timeout: number,
    report: (error: unknown, where: string) => void,
  ) {
    this.#clock = clock;
    this.#timeout = timeout;
    this.#report = report;
    for (const variable of model.byVid.values()) {
      const { initial } = variable;
      const slot = { variable, item: initial ?? NO_VALUE, provider: undefined, known: initial !== undefined };
      this.#byId.set(variable.id, slot);
      this.#byName.set(variable.name, slot);
    }
  }

  /** All of them in order of definition. */
  get slots(): Iterable<Slot> {
    return this.#byId.values();
  }

  find(id: Id): Slot | undefined {
    return this.#byId.get(id);
  }

  named(name: string): Slot | undefined {
    return this.#byName.get(name);
  }

  /** @throws GemArgumentError where the model has no such variable. */
  slot(name: string): Slot {
    const slot = this.#byName.get(name);
    if (slot === undefined)
      throw new GemArgumentError(`there is no variable or constant named ${quote(name)}`);
    return slot;
  }

  /** @throws GemArgumentError where the value does not fit the variable. */
  set(slot: Slot, value: unknown): void {
    const { name, shape } = slot.variable;
    this.put(slot, itemOf(name, shape, value));
  }

  /** Sets a value that is known to fit. */
  put(slot: Slot, item: Item): void {
    slot.item = item;
    slot.known = true;
    if (slot.variable.limits !== undefined) this.onSet?.(slot);
  }

  provide(slot: Slot, provider: ValueProvider): void {
    slot.provider = provider;
    slot.known = true;
  }

  /** The values at this moment, as items: at once where all are at hand, which those of fields are. */
  snapshot(slots: readonly Slot[]): readonly Item[] | Promise<readonly Item[]> {
    const items = new Array<Item>(slots.length);
    let waiting: Promise<void>[] | undefined;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as Slot;
      if (slot.provider === undefined) {
        items[i] = slot.item;
        continue;
      }
      const item = this.current(slot);
      if (item instanceof Promise) (waiting ??= []).push(item.then((value) => void (items[i] = value)));
      else items[i] = item;
    }
    return waiting === undefined ? items : Promise.all(waiting).then(() => items);
  }

  /** The value of one at this moment. What cannot be had is L,0, and reported (G-4). */
  current(slot: Slot): Item | Promise<Item> {
    const { provider, variable } = slot;
    if (provider === undefined) return slot.item;
    try {
      const value = provider();
      if (!(value instanceof Promise)) return itemOf(variable.name, variable.shape, value);
      return this.#awaited(slot, value);
    } catch (error) {
      return this.#failed(slot, error);
    }
  }

  async #awaited({ variable }: Slot, value: Promise<unknown>): Promise<Item> {
    let giveUp: (error: Error) => void = () => undefined;
    const late = new Promise<never>((_resolve, reject) => (giveUp = reject));
    const timer = this.#clock.setTimer('value', this.#timeout, () =>
      giveUp(new Error(`the callback of ${variable.name} has not given a value within ${this.#timeout} s`)),
    );
    try {
      return itemOf(variable.name, variable.shape, await Promise.race([value, late]));
    } catch (error) {
      return this.#failed({ variable }, error);
    } finally {
      timer.cancel();
    }
  }

  #failed({ variable }: Pick<Slot, 'variable'>, error: unknown): Item {
    this.#report(error, `the value of ${variable.name}`);
    return NO_VALUE;
  }
}
