import { B, decodeItem, type Item } from '../../../secs2/index.js';
import { GemArgumentError } from '../../errors.js';
import type { EquipmentModel, ModelConstant } from '../../model/equipment-model.js';
import type { Id } from '../../model/id.js';
import { outOfRange } from '../../model/range.js';
import { itemOf, quote } from '../../model/value.js';
import type { GemStore } from '../../store/store.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import type { ConstantChange } from '../events.js';
import { acknowledge, type Answer, type Handlers } from '../messages/handler.js';
import { idKey, keyId } from './kept.js';
import { conformed } from './numbers.js';
import type { Values } from './values.js';

const PREFIX = 'constants/';

/** A constant and the value that it is to have. */
interface Wanted {
  readonly constant: ModelConstant;
  readonly item: Item;
}

/** Takes new values before they hold; a number from 64 on, or `false` (EAC 2), refuses them all. */
export type ConstantCheck = (changes: readonly { readonly name: string; readonly value: Item }[]) => unknown;

/** Puts the constants that were kept into their places. What the model does not have any more is told (G-92). */
export function loadConstants(
  model: EquipmentModel,
  store: GemStore,
  values: Values,
  onVanished: (what: string) => void,
): void {
  for (const key of store.state.keys(PREFIX)) {
    const id = keyId(key, PREFIX);
    const slot = id === undefined ? undefined : values.find(id);
    const constant = slot === undefined ? undefined : model.constants.get(slot.variable.name);
    const bytes = store.state.get(key);
    if (slot === undefined || constant === undefined || !(bytes instanceof Uint8Array)) {
      onVanished(`constant ${String(id)}: there is no such ECID any more`);
      continue;
    }
    const item = conformed(decodeItem(Buffer.from(bytes)), constant.shape, false);
    if (item === undefined || outOfRange(item, constant) !== undefined) {
      onVanished(`constant ${constant.name}: what was kept does not fit it any more`);
    } else values.put(slot, item);
  }
}

/** Equipment constants: changed by the host (G-33) and by the operator (G-34), kept through power-off. */
export class Constants {
  readonly #core: Core;
  readonly #check: () => ConstantCheck | undefined;
  readonly #onChanged: (name: string) => void;

  /** @param onChanged is called for each constant that has a new value */
  constructor(core: Core, check: () => ConstantCheck | undefined, onChanged: (name: string) => void) {
    this.#core = core;
    this.#check = check;
    this.#onChanged = onChanged;
  }

  readonly handlers: Handlers = {
    S2F15: ({ item }) => this.#core.lane.run(() => this.#onChange(item)),
  };

  /** @throws GemArgumentError (as a rejection) where the value does not fit; nothing has changed then. */
  async operator(name: string, value: unknown): Promise<void> {
    const constant = this.#core.model.constants.get(name);
    if (constant === undefined) throw new GemArgumentError(`there is no constant named ${quote(name)}`);
    const item = itemOf(name, constant.shape, value);
    const problem = outOfRange(item, constant);
    if (problem !== undefined) throw new GemArgumentError(`${name} ${problem}`);
    await this.#core.lane.run(() => this.#apply([{ constant, item }], 'operator'));
    const { idItem } = constant;
    void this.#core.raise('OperatorEquipmentConstantChange', { ECIDChanged: idItem });
  }

  async #onChange(item: Item | undefined): Promise<Answer> {
    const wanted: Wanted[] = [];
    const entries = body.list(item, 'S2F15').map((entry) => {
      const [ecid, value] = body.pair(entry, 'a constant');
      return { id: body.id(ecid, 'ECID'), value };
    });
    for (const { id, value } of entries) {
      const found = this.#judge(id, value);
      if ('code' in found) return refused(found.code, found.why);
      wanted.push(found);
    }
    if (wanted.length === 0) return acknowledge(B(0), 0, undefined);
    const verdict = await this.#check()?.(
      wanted.map(({ constant: { name }, item: value }) => ({ name, value })),
    );
    if (verdict === false) return refused(2, 'the application refuses the change now');
    if (typeof verdict === 'number' && verdict !== 0)
      return refused(verdict, 'the application refuses the change');
    await this.#apply(wanted, 'host');
    return acknowledge(B(0), 0, undefined);
  }

  #judge(id: Id, value: Item): Wanted | { readonly code: number; readonly why: string } {
    const variable = this.#core.model.byVid.get(id);
    const constant = variable?.class === 'EC' ? this.#core.model.constants.get(variable.name) : undefined;
    if (constant === undefined) return { code: 1, why: `there is no ECID ${id}` };
    const { name } = constant;
    const item = conformed(value, constant.shape, !this.#core.rules.anyNumberFormat);
    if (item === undefined) {
      return {
        code: 3,
        why: `${name} has format ${constant.shape.format}, received ${value.format} of ${value.length}`,
      };
    }
    const problem = outOfRange(item, constant);
    if (problem !== undefined) return { code: 3, why: `${name} ${problem}` };
    if (constant.affectsProcessing && this.#core.isLocal() && this.#core.isProcessing()) {
      return { code: 2, why: `${name} affects processing: while LOCAL and processing it is the operator's` };
    }
    return { constant, item };
  }

  async #apply(wanted: readonly Wanted[], by: ConstantChange['by']): Promise<void> {
    const { store, values, publisher } = this.#core;
    const set = Object.fromEntries(
      wanted.map(({ constant: { id }, item }) => [PREFIX + idKey(id), new Uint8Array(item.encode())]),
    );
    await store.state.write({ set });
    for (const { constant, item } of wanted) values.put(values.slot(constant.name), item);
    for (const { constant, item } of wanted) {
      publisher.publish('constant', { name: constant.name, id: constant.id, value: item, by });
      this.#onChanged(constant.name);
    }
  }
}

const refused = (code: number, why: string): Answer =>
  acknowledge(B(code), code, `S2F15: EAC ${code}, ${why}`);
