import { packetOf, type WireLogRecord } from '../../log/index.js';
import type { DecodeOptions } from '../../secs2/index.js';
import type { CaptureEvent } from '../events.js';

/** The event of a record of a wire log. */
export function eventOf(record: WireLogRecord, decoding?: DecodeOptions): CaptureEvent {
  if (record.type !== 'message') return { kind: 'record', record };
  const { redacted, ...unredacted } = record;
  const packet = packetOf(unredacted, redacted === undefined ? decoding : undefined);
  const { from, to } = record;
  return { kind: 'message', time: microseconds(record.time), from, to, packet, record };
}

/** Microseconds since 1970 of a time in ISO 8601. */
function microseconds(time: string): number | undefined {
  const [, fraction = ''] = /\.(\d+)/.exec(time) ?? [];
  const seconds = Date.parse(time.replace(/\.\d+/, ''));
  if (Number.isNaN(seconds)) return undefined;
  return seconds * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}
