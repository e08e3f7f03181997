import { S6F11, S6F13, S6F3, S6F9, type Value } from '../../../e5/index.js';
import type { SecsMessage } from '../../../secs2/index.js';
import type { Id } from '../../model/id.js';
import { plainId, type ProfileIndex } from '../../profile/profile-index.js';
import { readValue } from './convert.js';
import type { Definitions } from './definitions.js';
import type { HostWarning, ReceivedReport } from '../events.js';

/** What an event report says. */
export interface ReadEvent {
  readonly name: string | undefined;
  readonly ceid: Id;
  readonly values: Record<string, Value | undefined>;
  readonly reports: readonly ReceivedReport[];
}

/** Reads event reports by the definitions in force when they were made (G-114, G-116). */
export class EventReader {
  readonly #index: ProfileIndex;
  readonly #definitions: Definitions;
  readonly #warn: (warning: HostWarning) => void;

  constructor(index: ProfileIndex, definitions: Definitions, warn: (warning: HostWarning) => void) {
    this.#index = index;
    this.#definitions = definitions;
    this.#warn = warn;
  }

  /** Whether this is a message that tells of events; S6F3 and S6F9 are those of old tools (G-121). */
  static reads(fn: number): boolean {
    return fn === 11 || fn === 13 || fn === 3 || fn === 9;
  }

  /** @throws E5BodyError where the body is not what it must be. */
  read(message: SecsMessage): ReadEvent {
    switch (message.function) {
      case 13:
        return this.#annotated(message);
      case 3:
        return this.#discrete(message);
      case 9:
        return this.#formatted(message);
      default:
        return this.#plain(message);
    }
  }

  #plain(message: SecsMessage): ReadEvent {
    const read = S6F11.read(message);
    const event = this.#start(read.ceid, message);
    for (const { rptid, vs } of read.reports) this.#take(event, plainId(rptid), vs, message);
    return event;
  }

  #annotated(message: SecsMessage): ReadEvent {
    const read = S6F13.read(message);
    const event = this.#start(read.ceid, message);
    for (const { rptid, values } of read.reports) {
      const id = plainId(rptid);
      event.reports.push({
        name: this.#definitions.find(id)?.name,
        rptid: id,
        values: values.map(({ v }) => v),
      });
      for (const { vid, v } of values) {
        const known = this.#index.byVid.get(plainId(vid));
        if (known !== undefined) event.values[known.name] = readValue(v, known.shape);
      }
    }
    return event;
  }

  /** S6F3 names its values itself. */
  #discrete(message: SecsMessage): ReadEvent {
    const read = S6F3.read(message);
    const event = this.#start(read.ceid, message);
    for (const { dsid, values } of read.dataSets) {
      event.reports.push({ name: undefined, rptid: plainId(dsid), values: values.map(({ dvval }) => dvval) });
      for (const { dvname, dvval } of values) event.values[String(dvname)] = dvval;
    }
    return event;
  }

  /** The data sets of S6F9 are reports by another name. */
  #formatted(message: SecsMessage): ReadEvent {
    const read = S6F9.read(message);
    const event = this.#start(read.ceid, message);
    for (const { dsid, dvvals } of read.dataSets) this.#take(event, plainId(dsid), dvvals, message);
    return event;
  }

  #start(read: number | bigint | string, raw: SecsMessage): ReadEvent & { reports: ReceivedReport[] } {
    const ceid = plainId(read);
    const name = this.#index.byCeid.get(ceid)?.name;
    if (name === undefined)
      this.#warn({ kind: 'unknownEvent', text: `the profile has no event with CEID ${ceid}`, raw });
    return { name, ceid, values: {}, reports: [] };
  }

  #take(
    event: ReadEvent & { reports: ReceivedReport[] },
    rptid: Id,
    values: readonly Value[],
    raw: SecsMessage,
  ): void {
    const report = this.#definitions.find(rptid);
    event.reports.push({ name: report?.name, rptid, values });
    if (report === undefined) {
      this.#warn({
        kind: 'unknownReport',
        text: `report ${rptid} of event ${event.ceid} is not defined`,
        raw,
      });
      return;
    }
    const known = report.values;
    if (known.length !== values.length) {
      const text = `report ${report.name} (${rptid}) must have ${known.length} values, received ${values.length}`;
      this.#warn({ kind: 'wrongCount', text, raw });
      return;
    }
    for (let i = 0; i < known.length; i++) {
      const value = known[i];
      if (value !== undefined) event.values[value.name] = readValue(values[i], value.shape);
    }
  }
}
