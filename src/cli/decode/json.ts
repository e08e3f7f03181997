import type { CaptureEvent } from '../../capture/index.js';
import { messageRecord, type WireLogRecord } from '../../log/index.js';
import { plainLook, setOf, type SmlLook } from '../output/named-sml.js';
import { partItem, partTitle } from './part-text.js';
import { isoTime } from './time.js';

/** The record of a wire log for each event. What has no time of its own is given that of the event before it. */
export class EventRecords {
  readonly #sml: SmlLook;
  // A wire log has times; a dump may have none.
  #time = isoTime(0);

  /** @param sml how bodies are printed */
  constructor(sml: SmlLook = {}) {
    this.#sml = sml;
  }

  record(event: CaptureEvent): WireLogRecord {
    if (event.kind === 'record') return event.record;
    if ('time' in event && event.time !== undefined) this.#time = isoTime(event.time);
    const time = this.#time;
    if (event.kind === 'message') {
      const { record, packet, from, to, dir } = event;
      const names = setOf(this.#sml.names);
      return record ?? messageRecord(packet, { time, from, to, dir, sml: plainLook(this.#sml), names });
    }
    if (event.kind === 'damaged') {
      const { kind, from, to, header, length, missing, cause } = event;
      const bytes = header?.toBytes().toString('hex');
      return { time, type: 'event', event: kind, from, to, header: bytes, length, missing, cause };
    }
    if (event.kind === 'part') {
      const { part, from, to, dir, header, bytes } = event;
      const text = partTitle(event);
      const item = partItem(event, this.#sml);
      return {
        ...{ time, type: 'event', event: 'part', text, part, dir, from, to },
        ...(header && { header: header.toBytes().toString('hex') }),
        ...{ bytes: bytes.toString('hex'), ...(item !== '' && { sml: item }) },
      };
    }
    const fields: Record<string, unknown> = { ...event };
    for (const name of ['kind', 'time']) delete fields[name];
    return { time, type: 'event', event: event.kind, ...fields };
  }

  /** An event that is no one's: what was counted. */
  summary(fields: Readonly<Record<string, unknown>>): WireLogRecord {
    return { time: this.#time, type: 'event', event: 'summary', ...fields };
  }
}
