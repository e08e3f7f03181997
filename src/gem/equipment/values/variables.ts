import { A, L, type Item } from '../../../secs2/index.js';
import type { AskedId } from '../../model/id.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import { answer, type Answer, type Handlers } from '../messages/handler.js';
import { boundItem } from './numbers.js';
import type { Slot } from './values.js';

const EMPTY = A('');
const NO_VALUE = L();

/** What the host reads: values and lists of names (G-30 to G-32). */
export class Variables {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  readonly handlers: Handlers = {
    S1F3: ({ item }) => this.#read(item, 'SV'),
    S2F13: ({ item }) => this.#read(item, 'EC'),
    S1F11: ({ item }) =>
      this.#names(item, 'SV', ({ variable }) => L(variable.idItem, A(variable.name), A(variable.units))),
    S1F21: ({ item }) =>
      this.#names(item, 'DV', ({ variable }) => L(variable.idItem, A(variable.name), A(variable.units))),
    S1F23: ({ item }) => this.#events(item),
    S2F29: ({ item }) => this.#constants(item),
  };

  async #read(item: Item | undefined, kind: 'SV' | 'EC'): Promise<Answer> {
    const asked = body.ids(item, 'the list of ids');
    const slots =
      asked.length === 0
        ? this.#of(kind)
        : asked.map(({ id }) => this.#readable(this.#core.values.find(id), kind));
    const known = slots.filter((slot) => slot !== undefined);
    const values = this.#core.values.snapshot(known);
    const items = (values instanceof Promise ? await values : values)[Symbol.iterator]();
    return answer(L(slots.map((slot) => (slot === undefined ? NO_VALUE : (items.next().value ?? NO_VALUE)))));
  }

  /** By the letter S1F3 serves SVs alone, and S2F13 ECs. */
  #readable(slot: Slot | undefined, kind: 'SV' | 'EC'): Slot | undefined {
    return this.#core.rules.anyVid || slot?.variable.class === kind ? slot : undefined;
  }

  #of(kind: 'SV' | 'DV' | 'EC'): Slot[] {
    return [...this.#core.values.slots].filter(({ variable }) => variable.class === kind);
  }

  #names(item: Item | undefined, kind: 'SV' | 'DV', line: (slot: Slot) => Item): Answer {
    const asked = body.ids(item, 'the list of ids');
    if (asked.length === 0) return answer(L(this.#of(kind).map(line)));
    return answer(
      L(
        asked.map(({ id, item: echoed }) => {
          const slot = this.#core.values.find(id);
          return slot?.variable.class === kind ? line(slot) : L(echoed, EMPTY, EMPTY);
        }),
      ),
    );
  }

  #constants(item: Item | undefined): Answer {
    const { constants } = this.#core.model;
    const asked = body.ids(item, 'the list of ECIDs');
    const all: readonly AskedId[] = [...constants.values()].map(({ id, idItem }) => ({ id, item: idItem }));
    return answer(L((asked.length === 0 ? all : asked).map((one) => this.#constant(one))));
  }

  #constant({ id, item }: AskedId): Item {
    const variable = this.#core.model.byVid.get(id);
    const constant = variable?.class === 'EC' ? this.#core.model.constants.get(variable.name) : undefined;
    if (constant === undefined) return L(item, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY);
    const { idItem, name, units, shape, min, max } = constant;
    const bound = (value: number | undefined): Item =>
      value === undefined ? EMPTY : boundItem(shape.format, value);
    return L(idItem, A(name), bound(min), bound(max), constant.default, A(units));
  }

  #events(item: Item | undefined): Answer {
    const { byCeid } = this.#core.model;
    const asked = body.ids(item, 'the list of CEIDs');
    const all: readonly AskedId[] = [...byCeid.values()].map(({ id, idItem }) => ({ id, item: idItem }));
    return answer(
      L(
        (asked.length === 0 ? all : asked).map(({ id, item: echoed }) => {
          const event = byCeid.get(id);
          if (event === undefined) return L(echoed, EMPTY, L());
          return L(event.idItem, A(event.name), L(event.values.map(({ idItem }) => idItem)));
        }),
      ),
    );
  }
}
