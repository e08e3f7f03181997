import type { Item } from '../../../secs2/index.js';
import type { EquipmentModel, ModelEvent } from '../../model/equipment-model.js';
import { idItem, type Id } from '../../model/id.js';
import type { GemStore } from '../../store/store.js';
import { Changes, idKey, keyId, storedIds } from '../values/kept.js';
import type { Slot, Values } from '../values/values.js';

/** A report as it is defined now. */
export interface Report {
  readonly id: Id;
  readonly idItem: Item;
  readonly slots: readonly Slot[];
}

/** Reports, links and enables: all of it at one moment. */
export interface DefinitionState {
  readonly reports: Map<Id, Report>;
  /** Reports of each event in the order of linking. */
  readonly links: Map<Id, readonly Report[]>;
  readonly enabled: Set<Id>;
}

const REPORTS = 'reports/';
const LINKS = 'links/';
const ENABLED = 'enabled/';
const DEFINED = 'definitions';

/** The host's definitions: kept, and changed by all or nothing (G-40 to G-42, G-46). */
export class Definitions {
  readonly #store: GemStore;
  readonly #model: EquipmentModel;
  readonly #values: Values;
  #state: DefinitionState;

  /** @param onVanished is told what a stored definition names that the model does not have any more (G-92) */
  constructor(model: EquipmentModel, store: GemStore, values: Values, onVanished: (what: string) => void) {
    this.#store = store;
    this.#model = model;
    this.#values = values;
    this.#state = store.state.get(DEFINED) === true ? this.#load(onVanished) : this.#preset();
  }

  get reports(): ReadonlyMap<Id, Report> {
    return this.#state.reports;
  }

  get enabled(): ReadonlySet<Id> {
    return this.#state.enabled;
  }

  linksOf(event: ModelEvent): readonly Report[] {
    return this.#state.links.get(event.id) ?? [];
  }

  /** A copy to try changes on. */
  draft(): DefinitionState {
    const { reports, links, enabled } = this.#state;
    return { reports: new Map(reports), links: new Map(links), enabled: new Set(enabled) };
  }

  report(id: Id, slots: readonly Slot[]): Report {
    return { id, idItem: idItem(id, this.#model.idFormats.RPTID), slots };
  }

  /** Makes a draft the truth: kept first, then in force. */
  async commit(draft: DefinitionState): Promise<void> {
    const changes = new Changes();
    changes.set[DEFINED] = true;
    difference(this.#state.reports, draft.reports, REPORTS, (report) => report.slots.map(vid), changes);
    difference(this.#state.links, draft.links, LINKS, (reports) => reports.map(({ id }) => id), changes);
    const truths = (ids: ReadonlySet<Id>): Map<Id, true> => new Map([...ids].map((id) => [id, true]));
    difference(truths(this.#state.enabled), truths(draft.enabled), ENABLED, () => true, changes);
    // What the model presets is not in the store before the first change of the host.
    if (this.#store.state.get(DEFINED) !== true) this.#writeAll(draft, changes);
    await this.#store.state.write(changes);
    this.#state = draft;
  }

  #writeAll({ reports, links, enabled }: DefinitionState, { set }: Changes): void {
    for (const [id, { slots }] of reports) set[REPORTS + idKey(id)] = slots.map(vid);
    for (const [id, linked] of links) set[LINKS + idKey(id)] = linked.map((report) => report.id);
    for (const id of enabled) set[ENABLED + idKey(id)] = true;
  }

  /** The reports that the model brings. */
  #preset(): DefinitionState {
    const state: DefinitionState = { reports: new Map(), links: new Map(), enabled: new Set() };
    for (const { id, values, events } of this.#model.reports.values()) {
      const report = this.report(
        id,
        values.map(({ name }) => this.#values.slot(name)),
      );
      state.reports.set(id, report);
      for (const event of events) state.links.set(event.id, [...(state.links.get(event.id) ?? []), report]);
    }
    return state;
  }

  #load(onVanished: (what: string) => void): DefinitionState {
    const { state: kept } = this.#store;
    const state: DefinitionState = { reports: new Map(), links: new Map(), enabled: new Set() };
    const each = (prefix: string, take: (id: Id, key: string) => void): void => {
      for (const key of kept.keys(prefix)) {
        const id = keyId(key, prefix);
        if (id !== undefined) take(id, key);
      }
    };
    each(REPORTS, (id, key) => {
      const slots = storedIds(kept.get(key)).map((vidOf) => ({ vidOf, slot: this.#values.find(vidOf) }));
      const lost = slots.find(({ slot }) => slot === undefined);
      // Without one of its values a report would decode as something else at the host.
      if (lost !== undefined) onVanished(`report ${id}: there is no VID ${lost.vidOf} any more`);
      else
        state.reports.set(
          id,
          this.report(
            id,
            slots.flatMap(({ slot }) => slot ?? []),
          ),
        );
    });
    each(LINKS, (id, key) => {
      if (!this.#model.byCeid.has(id)) onVanished(`links of event ${id}: there is no such CEID any more`);
      else {
        const linked = storedIds(kept.get(key)).flatMap((report) => state.reports.get(report) ?? []);
        if (linked.length > 0) state.links.set(id, linked);
      }
    });
    each(ENABLED, (id) => {
      if (this.#model.byCeid.has(id)) state.enabled.add(id);
      else onVanished(`event ${id}, which was enabled: there is no such CEID any more`);
    });
    return state;
  }
}

const vid = ({ variable }: Slot): Id => variable.id;

function difference<T>(
  before: ReadonlyMap<Id, T>,
  after: ReadonlyMap<Id, T>,
  prefix: string,
  kept: (value: T) => true | readonly Id[],
  changes: Changes,
): void {
  for (const [id, value] of after) {
    if (before.get(id) !== value) changes.set[prefix + idKey(id)] = kept(value);
  }
  for (const id of before.keys()) if (!after.has(id)) changes.delete.push(prefix + idKey(id));
}
