import type { Timer } from '../../../clock.js';
import { A, B, L, U1, type Item } from '../../../secs2/index.js';
import type { ModelLimits } from '../../model/equipment-model.js';
import { idItem, type AskedId, type Id } from '../../model/id.js';
import type { StateValue } from '../../store/store.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import { acknowledge, answer, type Answer, type Handlers } from '../messages/handler.js';
import { Changes, idKey, keyId } from '../values/kept.js';
import { boundItem } from '../values/numbers.js';
import type { Slot } from '../values/values.js';

const PREFIX = 'limits/';

type Zone = 'above' | 'below' | 'none';

/** One limit of a variable, and the zone in which it was last. */
interface Limit {
  readonly limitId: number;
  readonly upper: number;
  readonly lower: number;
  zone: Zone;
}

interface Watched {
  readonly slot: Slot;
  readonly limits: ModelLimits;
  readonly byLimitId: ReadonlyMap<number, Limit>;
}

/** Why the definition of a variable's limits is refused. */
interface Fault {
  readonly vid: Item;
  readonly lvack: number;
  readonly limit?: { readonly id: Item; readonly ack: number };
  readonly why: string;
}

/** LIMITACK (G-55). */
const LIMITACK = {
  noSuchLimit: 1,
  aboveMax: 2,
  belowMin: 3,
  upsideDown: 4,
  format: 5,
  ascii: 6,
  twice: 7,
} as const;

/** Limits on variables (G-55 to G-57). */
export class Limits {
  readonly #core: Core;
  #watched = new Map<Id, Watched>();
  #timer: Timer | undefined;

  /** @param onVanished gets the limits that were kept for what the model does not have any more (G-92) */
  constructor(core: Core, onVanished: (what: string) => void) {
    this.#core = core;
    this.#load(onVanished);
  }

  readonly handlers: Handlers = {
    S2F45: ({ item }) => this.#core.lane.run(() => this.#define(item)),
    S2F47: ({ item }) => this.#list(item),
  };

  /** Looks at the limits every LimitsDelay, for values that callbacks give. */
  start(): void {
    const seconds = Math.max(1, this.#core.constant('LimitsDelay') ?? 1);
    this.#timer = this.#core.clock.setTimer('limits', seconds, () => {
      for (const { slot } of this.#watched.values()) void this.#look(slot);
      this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /** A variable has a new value. */
  onSet(slot: Slot): void {
    const watched = this.#watched.get(slot.variable.id);
    if (watched !== undefined) this.#judge(watched, slot.item);
  }

  async #look(slot: Slot): Promise<void> {
    const value = await this.#core.values.current(slot);
    const watched = this.#watched.get(slot.variable.id);
    if (watched !== undefined) this.#judge(watched, value);
  }

  /** Which limits were crossed; upwards and downwards are told apart, each by an event of its own (G-57). */
  #judge({ slot, limits, byLimitId }: Watched, item: Item): void {
    const value = numberOf(item);
    if (value === undefined) return;
    const up: number[] = [];
    const down: number[] = [];
    for (const limit of byLimitId.values()) {
      const zone = zoneOf(limit, value);
      if (zone === 'none' || zone === limit.zone) continue;
      limit.zone = zone;
      (zone === 'above' ? up : down).push(limit.limitId);
    }
    const { idItem: vid } = slot.variable;
    for (const [type, crossed] of [up, down].entries()) {
      if (crossed.length === 0) continue;
      const data = new Map<string, Item>([
        ['LimitVariable', vid],
        ['EventLimit', B(crossed)],
        ['TransitionType', U1(type)],
      ]);
      void this.#core.raiseEvent(
        limits.event,
        new Map([...data].filter(([name]) => this.#core.values.named(name))),
      );
    }
  }

  async #define(item: Item | undefined): Promise<Answer> {
    const [dataId, entries] = body.pair(item, 'S2F45');
    body.id(dataId, 'DATAID');
    const wanted = body.list(entries, 'the list of variables').map((entry) => {
      const [vid, list] = body.pair(entry, 'a variable');
      return { vid, id: body.id(vid, 'VID'), limits: body.list(list, 'the limits of a variable') };
    });
    const draft = wanted.length === 0 ? new Map<Id, Watched>() : new Map(this.#watched);
    const faults: Fault[] = [];
    const seen = new Set<Id>();
    for (const { vid, id, limits } of wanted) {
      const fault = seen.has(id)
        ? { vid, lvack: 3, why: `VID ${id} comes twice` }
        : this.#change(vid, id, limits, draft);
      seen.add(id);
      if (fault !== undefined) faults.push(fault);
    }
    if (faults.length > 0) {
      return acknowledge(
        L(B(1), L(faults.map(faultItem))),
        1,
        `S2F45: VLAACK 1, ${faults.map(({ why }) => why).join('; ')}`,
      );
    }
    await this.#keep(draft);
    return { item: L(B(0), L()) };
  }

  #change(vid: Item, id: Id, list: readonly Item[], draft: Map<Id, Watched>): Fault | undefined {
    const slot = this.#core.values.find(id);
    if (slot === undefined) return { vid, lvack: 1, why: `there is no VID ${id}` };
    const { limits, name } = slot.variable;
    if (limits === undefined) return { vid, lvack: 2, why: `${name} cannot have limits` };
    const byLimitId = new Map(list.length === 0 ? [] : draft.get(id)?.byLimitId);
    const seen = new Set<number>();
    for (const entry of list) {
      const [limitItem, bounds] = body.pair(entry, 'a limit');
      const limitId = body.code(limitItem, 'LIMITID');
      const pairOf = body.list(bounds, 'the bounds of a limit');
      const refuse = (ack: number, why: string): Fault => ({
        vid,
        lvack: 4,
        limit: { id: limitItem, ack },
        why: `${name}: ${why}`,
      });
      if (limitId < 1 || limitId > 7)
        return refuse(LIMITACK.noSuchLimit, `LIMITID must be 1 to 7, received ${limitId}`);
      if (seen.has(limitId)) return refuse(LIMITACK.twice, `LIMITID ${limitId} comes twice`);
      seen.add(limitId);
      if (pairOf.length === 0) {
        byLimitId.delete(limitId);
        continue;
      }
      const found = checkedBounds(body.pair(bounds, 'the bounds of a limit'), limits);
      if (typeof found === 'number') return refuse(found, `limit ${limitId} is refused, LIMITACK ${found}`);
      byLimitId.set(limitId, { limitId, ...found, zone: this.#zone(slot, found) });
    }
    if (byLimitId.size === 0) draft.delete(id);
    else draft.set(id, { slot, limits, byLimitId });
    return undefined;
  }

  /** The zone found at definition raises no event (G-57). */
  #zone(slot: Slot, bounds: Pick<Limit, 'upper' | 'lower'>): Zone {
    const current = this.#core.values.current(slot);
    const value = current instanceof Promise ? undefined : numberOf(current);
    return value === undefined ? 'none' : zoneOf(bounds, value);
  }

  async #keep(draft: Map<Id, Watched>): Promise<void> {
    const changes = new Changes();
    for (const [id, { byLimitId }] of draft) {
      changes.set[PREFIX + idKey(id)] = [...byLimitId.values()].map(({ limitId, upper, lower }) => [
        limitId,
        upper,
        lower,
      ]);
    }
    for (const id of this.#watched.keys()) if (!draft.has(id)) changes.delete.push(PREFIX + idKey(id));
    await this.#core.store.state.write(changes);
    this.#watched = draft;
  }

  #load(onVanished: (what: string) => void): void {
    const { state } = this.#core.store;
    for (const key of state.keys(PREFIX)) {
      const id = keyId(key, PREFIX);
      const slot = id === undefined ? undefined : this.#core.values.find(id);
      const limits = slot?.variable.limits;
      if (id === undefined || slot === undefined || limits === undefined) {
        onVanished(`limits of VID ${String(id)}: there is no such variable with limits any more`);
        continue;
      }
      const kept = storedLimits(state.get(key)).map((bounds) => ({
        ...bounds,
        zone: this.#zone(slot, bounds),
      }));
      this.#watched.set(id, {
        slot,
        limits,
        byLimitId: new Map(kept.map((limit) => [limit.limitId, limit])),
      });
    }
  }

  #list(item: Item | undefined): Answer {
    const asked = body.ids(item, 'the list of VIDs');
    const all: readonly AskedId[] = [...this.#core.model.variables.values()]
      .filter(({ limits }) => limits !== undefined)
      .map(({ id, idItem: vid }) => ({ id, item: vid }));
    return answer(L((asked.length === 0 ? all : asked).map((one) => this.#describe(one))));
  }

  #describe({ id, item }: AskedId): Item {
    const slot = this.#core.values.find(id);
    const limits = slot?.variable.limits;
    if (slot === undefined || limits === undefined) return L(item, L());
    const { shape, units } = slot.variable;
    const bound = (value: number): Item => boundItem(shape.format, value);
    const defined = [...(this.#watched.get(id)?.byLimitId.values() ?? [])]
      .sort((a, b) => a.limitId - b.limitId)
      .map(({ limitId, upper, lower }) => L(B(limitId), bound(upper), bound(lower)));
    const vid = idItem(id, this.#core.model.idFormats.VID);
    return L(vid, L(A(units), bound(limits.min), bound(limits.max), L(defined)));
  }
}

const faultItem = ({ vid, lvack, limit }: Fault): Item =>
  L(vid, B(lvack), limit === undefined ? L() : L(limit.id, B(limit.ack)));

function zoneOf({ upper, lower }: Pick<Limit, 'upper' | 'lower'>, value: number): Zone {
  if (value >= upper) return 'above';
  return value <= lower ? 'below' : 'none';
}

function numberOf(item: Item): number | undefined {
  if (item.format === 'L' || item.length !== 1 || !/^[IUF]\d$/.test(item.format)) return undefined;
  return /8$/.test(item.format) && item.format !== 'F8' ? Number(item.bigint) : item.number;
}

function checkedBounds(
  [upperItem, lowerItem]: readonly [Item, Item],
  { min, max }: ModelLimits,
): Pick<Limit, 'upper' | 'lower'> | number {
  if (upperItem.format === 'A' || lowerItem.format === 'A') return LIMITACK.ascii;
  const upper = numberOf(upperItem);
  const lower = numberOf(lowerItem);
  if (upper === undefined || lower === undefined || Number.isNaN(upper) || Number.isNaN(lower))
    return LIMITACK.format;
  if (upper > max || lower > max) return LIMITACK.aboveMax;
  if (upper < min || lower < min) return LIMITACK.belowMin;
  return upper < lower ? LIMITACK.upsideDown : { upper, lower };
}

function storedLimits(value: StateValue | undefined): Omit<Limit, 'zone'>[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly (readonly number[])[]).map(([limitId = 0, upper = 0, lower = 0]) => ({
    limitId,
    upper,
    lower,
  }));
}
