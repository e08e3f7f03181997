import { B, L, type Item } from '../../../secs2/index.js';
import { idItem, isAnswerable, type Id } from '../../model/id.js';
import * as body from '../messages/body.js';
import type { Core } from '../core.js';
import type { Definitions, DefinitionState } from './definitions.js';
import { acknowledge, type Answer, type Handler, type Handlers } from '../messages/handler.js';
import type { Slot } from '../values/values.js';

/** Why a definition is refused: its code, and a sentence. */
interface Refused {
  readonly code: number;
  readonly why: string;
}

/** What the host defines: reports, links, enables (G-40 to G-42), and what it asks of them by S6F15 to S6F21 (G-45). */
export class Reports {
  readonly #core: Core;
  readonly #definitions: Definitions;

  constructor(core: Core, definitions: Definitions) {
    this.#core = core;
    this.#definitions = definitions;
    const slot = core.values.named('EventsEnabled');
    if (slot !== undefined) core.values.provide(slot, () => this.#enabledItem());
  }

  readonly handlers: Handlers = {
    S2F33: this.#changing('S2F33', 'DRACK', (item, draft) => this.#define(item, draft)),
    S2F35: this.#changing('S2F35', 'LRACK', (item, draft) => this.#link(item, draft)),
    S2F37: this.#changing('S2F37', 'ERACK', (item, draft) => this.#enable(item, draft)),
    S6F15: ({ item }) => this.#event(item, false),
    S6F17: ({ item }) => this.#event(item, true),
    S6F19: ({ item }) => this.#report(item, false),
    S6F21: ({ item }) => this.#report(item, true),
  };

  /** A message that changes definitions: tried on a copy, which is kept and put in force as a whole, or not at all. */
  #changing(
    message: string,
    ack: string,
    change: (item: Item | undefined, draft: DefinitionState) => Refused | undefined,
  ): Handler {
    return ({ item }) =>
      this.#core.lane.run(async (): Promise<Answer> => {
        const draft = this.#definitions.draft();
        const refused = change(item, draft);
        if (refused !== undefined) {
          return acknowledge(
            B(refused.code),
            refused.code,
            `${message}: ${ack} ${refused.code}, ${refused.why}`,
          );
        }
        await this.#definitions.commit(draft);
        return { item: B(0) };
      });
  }

  #define(item: Item | undefined, draft: DefinitionState): Refused | undefined {
    const [dataId, entries] = body.pair(item, 'S2F33');
    body.id(dataId, 'DATAID');
    const definitions = body.list(entries, 'the list of reports').map((entry) => {
      const [rptid, vids] = body.pair(entry, 'a report');
      return { rptid, id: body.id(rptid, 'RPTID'), vids: body.ids(vids, 'the VIDs of a report') };
    });
    if (definitions.length === 0) {
      draft.reports.clear();
      draft.links.clear();
    }
    const { RPTID } = this.#core.model.idFormats;
    for (const { rptid, id, vids } of definitions) {
      if (!isAnswerable(id, rptid, RPTID)) return { code: 2, why: `RPTID ${id} does not fit ${RPTID}` };
      const refused = vids.length === 0 ? this.#delete(id, draft) : this.#add(id, vids, draft);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  #delete(id: Id, draft: DefinitionState): Refused | undefined {
    const code = this.#core.rules.drackNothingToDelete;
    if (!draft.reports.delete(id)) return code === 0 ? undefined : { code, why: `there is no report ${id}` };
    for (const [ceid, linked] of draft.links) {
      const rest = linked.filter((report) => report.id !== id);
      if (rest.length === linked.length) continue;
      if (rest.length === 0) draft.links.delete(ceid);
      else draft.links.set(ceid, rest);
    }
    return undefined;
  }

  #add(id: Id, vids: readonly { readonly id: Id }[], draft: DefinitionState): Refused | undefined {
    if (draft.reports.has(id)) return { code: 3, why: `report ${id} is defined already` };
    const slots: Slot[] = [];
    for (const vid of vids) {
      const slot = this.#core.values.find(vid.id);
      if (slot === undefined) return { code: 4, why: `there is no VID ${vid.id}` };
      slots.push(slot);
    }
    draft.reports.set(id, this.#definitions.report(id, slots));
    return undefined;
  }

  #link(item: Item | undefined, draft: DefinitionState): Refused | undefined {
    const [dataId, entries] = body.pair(item, 'S2F35');
    body.id(dataId, 'DATAID');
    const links = body.list(entries, 'the list of links').map((entry) => {
      const [ceid, rptids] = body.pair(entry, 'a link');
      return { id: body.id(ceid, 'CEID'), rptids: body.ids(rptids, 'the RPTIDs of a link') };
    });
    if (links.length === 0 && this.#core.rules.emptyLinkUnlinksAll) draft.links.clear();
    for (const { id, rptids } of links) {
      const refused = this.#linkEvent(id, rptids, draft);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  #linkEvent(ceid: Id, rptids: readonly { readonly id: Id }[], draft: DefinitionState): Refused | undefined {
    if (!this.#core.model.byCeid.has(ceid)) return { code: 4, why: `there is no CEID ${ceid}` };
    if (rptids.length === 0) {
      draft.links.delete(ceid);
      return undefined;
    }
    const linked = [...(draft.links.get(ceid) ?? [])];
    if (linked.length > 0 && !this.#core.rules.linkMore)
      return { code: 3, why: `event ${ceid} has links already` };
    for (const { id } of rptids) {
      const report = draft.reports.get(id);
      if (report === undefined) return { code: 5, why: `there is no report ${id}` };
      if (linked.includes(report)) return { code: 3, why: `report ${id} is linked to event ${ceid} already` };
      linked.push(report);
    }
    draft.links.set(ceid, linked);
    if (this.#core.rules.linkDisables) draft.enabled.delete(ceid);
    return undefined;
  }

  #enable(item: Item | undefined, draft: DefinitionState): Refused | undefined {
    const [ceed, list] = body.pair(item, 'S2F37');
    const on = body.truth(ceed, 'CEED');
    const ids = body.ids(list, 'the list of CEIDs').map(({ id }) => id);
    const { byCeid } = this.#core.model;
    for (const id of ids.length === 0 ? byCeid.keys() : ids) {
      if (!byCeid.has(id)) return { code: 1, why: `there is no CEID ${id}` };
      if (on) draft.enabled.add(id);
      else draft.enabled.delete(id);
    }
    return undefined;
  }

  async #event(item: Item | undefined, annotated: boolean): Promise<Answer> {
    const ceid = body.id(item, 'CEID');
    const event = this.#core.model.byCeid.get(ceid);
    const { DATAID } = this.#core.model.idFormats;
    const reports = event === undefined ? [] : this.#definitions.linksOf(event);
    const bodies = await Promise.all(
      reports.map(async ({ idItem: rptid, slots }) => L(rptid, await this.#values(slots, annotated))),
    );
    // What is not known is echoed as it came.
    const echoed = event?.idItem ?? item ?? L();
    return { item: L(idItem(DATAID === 'A' ? '0' : 0, DATAID), echoed, L(bodies)) };
  }

  async #report(item: Item | undefined, annotated: boolean): Promise<Answer> {
    const report = this.#definitions.reports.get(body.id(item, 'RPTID'));
    return { item: report === undefined ? L() : await this.#values(report.slots, annotated) };
  }

  async #values(slots: readonly Slot[], annotated: boolean): Promise<Item> {
    const items = await this.#core.values.snapshot(slots);
    return valuesItem(slots, items, annotated);
  }

  #enabledItem(): Item {
    const { byCeid } = this.#core.model;
    return L([...this.#definitions.enabled].flatMap((id) => byCeid.get(id)?.idItem ?? []));
  }
}

/** The values of a report; annotated: each with its VID. */
export function valuesItem(slots: readonly Slot[], items: readonly Item[], annotated: boolean): Item {
  if (!annotated) return L(items);
  return L(slots.map(({ variable }, i) => L(variable.idItem, items[i] ?? L())));
}
