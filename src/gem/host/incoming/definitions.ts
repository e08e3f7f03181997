import type { Id } from '../../model/id.js';
import type { ProfileIndex } from '../../profile/profile-index.js';
import type { WishReport } from '../setup/wish.js';

/** What a host keeps of the reports it has defined, as plain JSON: with it a backlog is read rightly after a restart of the host. */
export interface DefinitionRecord {
  readonly softwareRevision?: string;
  /** Reports that the tool may still send, the newest last. */
  readonly reports: readonly { readonly rptid: Id; readonly name: string; readonly vids: readonly Id[] }[];
}

/** Where a host keeps what it has defined. Default: in memory. */
export interface HostMemory {
  load(): DefinitionRecord | undefined | Promise<DefinitionRecord | undefined>;
  save(record: DefinitionRecord): void | Promise<void>;
}

/** Reports that are no longer defined and are remembered, for what is still on its way. */
const REMEMBERED = 1000;

/**
 * The reports that a tool may send: those that are in force, and those that were before, which a spool still holds (G-116). An
 * RPTID that now means something else is read as before until its new definition has been acknowledged.
 */
export class Definitions {
  readonly #before = new Map<Id, WishReport>();
  readonly #current = new Map<Id, WishReport>();

  find(rptid: Id): WishReport | undefined {
    return this.#current.get(rptid) ?? this.#before.get(rptid);
  }

  /** All that are known, in force or not. */
  get known(): ReadonlyMap<Id, WishReport> {
    return new Map([...this.#before, ...this.#current]);
  }

  /** RPTIDs of these that meant something else before: what is still on its way was made with that. */
  reused(reports: Iterable<WishReport>): Id[] {
    return [...reports].flatMap(({ rptid, values }) => {
      const old = this.find(rptid)?.values;
      const isSame =
        old === undefined || (old.length === values.length && old.every(({ id }, i) => id === values[i]?.id));
      return isSame ? [] : [rptid];
    });
  }

  /** RPTIDs that the tool has, as far as anybody knows. */
  get inForce(): ReadonlyMap<Id, WishReport> {
    return this.#current;
  }

  /** The tool has acknowledged these. */
  defined(reports: readonly WishReport[]): void {
    for (const report of reports) {
      const old = this.#current.get(report.rptid);
      if (old !== undefined && old !== report) this.#retire(old);
      this.#current.set(report.rptid, report);
    }
  }

  /** The tool has deleted these, or all. */
  deleted(rptids?: Iterable<Id>): void {
    for (const rptid of rptids ?? [...this.#current.keys()]) {
      const old = this.#current.get(rptid);
      if (old !== undefined) this.#retire(old);
      this.#current.delete(rptid);
    }
  }

  #retire(report: WishReport): void {
    this.#before.delete(report.rptid);
    this.#before.set(report.rptid, report);
    if (this.#before.size <= REMEMBERED) return;
    for (const oldest of this.#before.keys()) {
      this.#before.delete(oldest);
      break;
    }
  }

  /** @param wanted what is about to be defined */
  record(
    softwareRevision: string | undefined,
    wanted: ReadonlyMap<Id, WishReport> = new Map(),
  ): DefinitionRecord {
    const reports = [...new Map([...wanted, ...this.known]).values()].map(({ rptid, name, values }) => ({
      rptid,
      name,
      vids: values.map(({ id }) => id),
    }));
    return { ...(softwareRevision === undefined ? {} : { softwareRevision }), reports };
  }

  /** Takes what was kept. A report of which the profile no longer knows a value stays unknown: its events come raw. */
  restore(record: DefinitionRecord, index: ProfileIndex): void {
    for (const { rptid, name, vids } of record.reports) {
      const values = vids.map((vid) => index.byVid.get(vid));
      const known = values.flatMap((value) => value ?? []);
      if (known.length === values.length) this.#current.set(rptid, { rptid, name, values: known });
    }
  }
}
