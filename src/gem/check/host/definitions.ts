import type { Item } from '../../../secs2/index.js';
import { readId } from '../../model/id.js';

/** A report as the host has defined it. */
export interface DefinedReport {
  readonly rptid: Item;
  readonly vids: readonly Item[];
}

interface Linked {
  readonly ceid: Item;
  readonly rptids: readonly Item[];
}

const keyOf = (item: Item | undefined): string => String(readId(item));
const listIn = (item: Item | undefined): readonly Item[] => (item?.format === 'L' ? item.list : []);

/** What a host has defined, linked and enabled: all or nothing, and linking disables (G-40 to G-42). */
export class HostDefinitions {
  #reports = new Map<string, DefinedReport>();
  #links = new Map<string, Linked>();
  #enabled = new Map<string, Item>();
  /** What was enabled at some time and not disabled by the host since; all of it by an empty list. */
  readonly #wanted = new Set<string>();
  #wantsAll = false;
  /** A VID that the tool does not have. */
  unknownVid: string | undefined;

  /** CEIDs of the events that are linked, and of those that are enabled. */
  get linked(): readonly string[] {
    return [...this.#links.keys()].sort();
  }

  get enabled(): readonly string[] {
    return [...this.#enabled.keys()].sort();
  }

  /** CEIDs of events that are linked and that the host has enabled, but that linking has disabled since. */
  get silenced(): readonly string[] {
    return this.linked.filter(
      (ceid) => (this.#wantsAll || this.#wanted.has(ceid)) && !this.#enabled.has(ceid),
    );
  }

  get enabledItems(): readonly Item[] {
    return [...this.#enabled.values()];
  }

  /** The reports of an event, in the order in which they are linked. */
  reportsOf(ceid: string): readonly DefinedReport[] {
    return (this.#links.get(ceid)?.rptids ?? []).flatMap((rptid) => this.#reports.get(keyOf(rptid)) ?? []);
  }

  /** Gives what there is now, to be put back by what it returns. */
  keep(): () => void {
    const [reports, links, enabled] = [this.#reports, this.#links, this.#enabled].map((map) => [...map]);
    return () => {
      this.#reports = new Map(reports as [string, DefinedReport][]);
      this.#links = new Map(links as [string, Linked][]);
      this.#enabled = new Map(enabled as [string, Item][]);
    };
  }

  clear(): void {
    this.#reports = new Map();
    this.#links = new Map();
    this.#enabled = new Map();
    this.#wanted.clear();
    this.#wantsAll = false;
  }

  /** S2F33. @returns DRACK */
  define(body: Item | undefined): number {
    const reports = new Map(this.#reports);
    const gone: string[] = [];
    const entries = listIn(body?.at(1));
    if (entries.length === 0) gone.push(...reports.keys());
    for (const entry of entries) {
      const [rptid, list] = listIn(entry);
      const vids = listIn(list);
      const key = keyOf(rptid);
      if (vids.length === 0) gone.push(key);
      else if (reports.has(key)) return 3;
      else if (vids.some((vid) => keyOf(vid) === this.unknownVid)) return 4;
      else if (rptid !== undefined) reports.set(key, { rptid, vids });
    }
    for (const key of gone) reports.delete(key);
    this.#reports = reports;
    for (const [ceid, { ceid: item, rptids }] of this.#links) {
      const left = rptids.filter((rptid) => !gone.includes(keyOf(rptid)));
      if (left.length === 0) this.#links.delete(ceid);
      else this.#links.set(ceid, { ceid: item, rptids: left });
    }
    return 0;
  }

  /** S2F35. @returns LRACK */
  link(body: Item | undefined): number {
    const links = new Map(this.#links);
    const touched: string[] = [];
    for (const entry of listIn(body?.at(1))) {
      const [ceid, list] = listIn(entry);
      const key = keyOf(ceid);
      const rptids = listIn(list);
      if (rptids.length === 0) {
        links.delete(key);
        continue;
      }
      const before = links.get(key)?.rptids ?? [];
      if (rptids.some((rptid) => !this.#reports.has(keyOf(rptid)))) return 5;
      if (rptids.some((rptid) => before.some((one) => keyOf(one) === keyOf(rptid)))) return 3;
      if (ceid !== undefined) links.set(key, { ceid, rptids: [...before, ...rptids] });
      touched.push(key);
    }
    this.#links = links;
    for (const key of touched) this.#enabled.delete(key);
    return 0;
  }

  /** S2F37. @returns ERACK */
  enable(body: Item | undefined): number {
    const flag = body?.at(0);
    const isOn = flag?.format === 'BOOLEAN' ? flag.boolean[0] === true : keyOf(flag) !== '0';
    const ceids = listIn(body?.at(1));
    const all = ceids.length === 0 ? [...this.#links.values()].map(({ ceid }) => ceid) : ceids;
    if (ceids.length === 0) {
      this.#wantsAll = isOn;
      if (!isOn) {
        this.#enabled.clear();
        this.#wanted.clear();
      }
    }
    for (const ceid of all) {
      const key = keyOf(ceid);
      if (isOn) {
        this.#enabled.set(key, ceid);
        this.#wanted.add(key);
      } else {
        this.#enabled.delete(key);
        this.#wanted.delete(key);
      }
    }
    return 0;
  }
}
