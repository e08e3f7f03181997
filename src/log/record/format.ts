import { nameOf } from '../../session/header.js';
import type { WirePacket } from '../../session/wire-packet.js';
import { sTypeName } from '../../hsms/wire/codes.js';
import type { SmlPrintOptions } from '../../secs2/index.js';
import type { LoggedEvent } from './event-fields.js';
import { recordOf, smlOf, type MessageNames } from './message-record.js';
import type { WireLogDropped } from './record.js';
import type { Redaction } from './redaction.js';
import type { LogSource } from '../tap.js';
import { isoTime } from './time.js';

/** What waits to be written, not yet made into text. */
export type Entry =
  | {
      readonly kind: 'packet';
      readonly time: number;
      readonly bytes: number;
      readonly dir: 'in' | 'out' | undefined;
      readonly packet: WirePacket;
      readonly from: string | undefined;
      readonly to: string | undefined;
      readonly name: string | undefined;
    }
  | {
      readonly kind: 'event';
      readonly time: number;
      readonly bytes: number;
      readonly event: LoggedEvent;
      readonly source: LogSource;
    }
  | {
      readonly kind: 'dropped';
      readonly time: number;
      readonly bytes: number;
      readonly record: WireLogDropped;
    };

/** Makes the text of an entry, its newline included. */
export type Formatter = (entry: Entry) => string;

/** Bodies up to this size go through JSON's own writer. */
const SMALL_BODY = 1024;

/** One JSON object a line, lossless. */
export function ndjson(
  sml: boolean | SmlPrintOptions | undefined,
  redaction: Redaction | undefined,
  names: MessageNames | undefined,
): Formatter {
  return (entry) => {
    switch (entry.kind) {
      case 'packet': {
        const { packet, time, dir, from, to, name } = entry;
        const record = recordOf(packet, { time, dir, from, to, name, sml, redaction, names });
        const { body } = record;
        if (body === undefined || body.length < SMALL_BODY) return `${JSON.stringify(record)}\n`;
        // Base64 needs no escapes: looking for them in a body of megabytes would hold up the event loop.
        return `${JSON.stringify({ ...record, body: undefined }).slice(0, -1)},"body":"${body}"}\n`;
      }
      case 'event': {
        const { event, source, time } = entry;
        const { name } = source;
        const record = {
          time: isoTime(time),
          type: 'event',
          event: event.event,
          ...(name !== undefined && { name }),
          text: event.text,
          ...event.fields,
        };
        return `${JSON.stringify(record)}\n`;
      }
      case 'dropped':
        return `${JSON.stringify(entry.record)}\n`;
    }
  };
}

/** SML for people; everything but the messages is in comments, so that the file reads as SML. */
export function smlText(options: SmlPrintOptions | undefined, redaction: Redaction | undefined): Formatter {
  return (entry) => {
    const time = isoTime(entry.time);
    switch (entry.kind) {
      case 'packet':
        return packetText(entry, time, options, redaction);
      case 'event': {
        const { event, source } = entry;
        return comment(`${time} ${named(source.name)}${event.text}`);
      }
      case 'dropped': {
        const { records, bytes, since } = entry.record;
        return comment(`${time} dropped: ${records} records (${bytes} bytes) since ${since}`);
      }
    }
  };
}

function packetText(
  { packet, dir, from, to, name }: Extract<Entry, { kind: 'packet' }>,
  time: string,
  options: SmlPrintOptions | undefined,
  redaction: Redaction | undefined,
): string {
  const { header } = packet;
  const ends = from === undefined ? '' : ` ${from} > ${to ?? ''}`;
  const head = `${time} ${named(name)}${dir ?? 'seen'}${ends} session ${header.sessionId} system ${header.systemBytes}`;
  if (!header.isData) {
    const status = header.byte3 === 0 ? '' : ` ${header.byte3}`;
    return comment(`${head} ${sTypeName(header.sType)}${status}`);
  }
  const rule = redaction?.(packet);
  if (rule === undefined) return `${comment(head)}${smlOf(packet, options)}\n`;
  const what = `${nameOf(header)}${header.wBit ? ' W' : ''}`;
  return comment(`${head} ${what}: the body, ${packet.length - 10} bytes, was left out by the rule ${rule}`);
}

const named = (name: string | undefined): string => (name === undefined ? '' : `[${name}] `);

/** A comment of SML; it must stay on its line. */
const comment = (text: string): string => `// ${text.replace(/[\r\n]+/g, ' ')}\n`;
