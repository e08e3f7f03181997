import { describeControl, sTypeName, type HsmsHeader, type HsmsPacket } from '../../index.js';
import type { CapturedMessage, CaptureEvent, Passage } from '../../capture/index.js';
import { counted } from '../values.js';
import { isoTime } from './time.js';
import { messageSml, type SmlLook } from '../output/named-sml.js';
import type { Paint } from '../output/paint.js';
import { partItem, partTitle } from './part-text.js';

type Notice = Exclude<CaptureEvent, CapturedMessage>;

/** A message for people: who sent what to whom as a comment, then SML. */
export function messageText(message: CapturedMessage, paint: Paint, sml: SmlLook): string {
  const { packet, record } = message;
  const { header } = packet;
  const name = record?.name === undefined ? '' : ` ${record.name}`;
  const ids = `session ${header.sessionId} system ${header.systemBytes}`;
  const head = `${paint.dim(`// ${timeText(message.time)}`)}${name} ${endsText(message, record?.dir ?? message.dir, paint)}`;
  if (!header.isData) {
    const body =
      packet.length > 10 ? ` with ${packet.length - 10} bytes: ${packet.body.toString('hex')}` : '';
    return `${head} ${paint.magenta(describeControl(header))} ${ids}${body}\n`;
  }
  if (record?.redacted !== undefined) {
    const { bytes, rule } = record.redacted;
    return `${head} ${ids}\n${record.sf ?? ''}${header.wBit ? ' W' : ''} /* ${bytes} bytes left out by the rule ${rule} */.\n`;
  }
  return `${head} ${ids}\n${smlText(packet, paint, sml)}\n`;
}

function smlText(packet: HsmsPacket, paint: Paint, sml: SmlLook): string {
  const { message } = packet;
  if (message.itemError !== undefined) return paint.red(String(message));
  return messageSml(message, sml);
}

/** Whatever is no message, as a comment; behind it the item of a part of a message. */
export function noticeText(event: Notice, paint: Paint, sml: SmlLook = {}): string {
  const [passage, text] = describe(event);
  const item = event.kind === 'part' ? partItem(event, sml) : '';
  const place =
    passage === undefined
      ? paint.dim('//')
      : `${paint.dim(`// ${timeText(passage.time)}`)} ${endsText(passage, undefined, paint)}`;
  return `${place} ${paint.yellow(`-- ${text}`)}\n${item === '' ? '' : `${item}\n`}`;
}

function describe(event: Notice): [Passage | undefined, string] {
  switch (event.kind) {
    case 'opened':
      return [event, event.fromStart ? 'connection opened' : 'connection under way when the capture began'];
    case 'closed': {
      const how = { fin: 'by FIN', rst: 'by RST', reused: 'its ports serve another one' };
      return [event, `connection closed: ${how[event.how]}`];
    }
    case 'gap':
      return [
        event,
        `${counted(event.bytes, 'byte')} ${event.bytes === 1 ? 'is' : 'are'} not in the capture`,
      ];
    case 'damaged': {
      const { header, length, missing, cause } = event;
      const why = { gap: '', end: ': the stream ends within it', memory: ': no room to gather it' }[cause];
      return [
        event,
        `${nameOf(header)} of ${length} bytes lost, ${counted(missing, 'byte')} of it ${missing === 1 ? 'is' : 'are'} missing${why}`,
      ];
    }
    case 'skipped': {
      const why = {
        midStream: 'within a message when the capture began',
        afterGap: 'after what is missing',
        outOfStep: 'a length that cannot be one',
      };
      return [event, `${counted(event.bytes, 'byte')} passed over: ${why[event.cause]}`];
    }
    case 'part':
      return [event, partTitle(event)];
    case 'unread':
      return [undefined, unreadText(event.lines, event.text)];
    case 'remark':
      return [undefined, event.text];
    case 'dropped':
      return [undefined, `${event.packets} packets were dropped by who captured, as it says`];
    case 'fault':
      return [undefined, event.text];
    case 'record':
      return [undefined, recordText(event.record)];
  }
}

/** Lines around a dump that hold no bytes. */
export function unreadText(lines: number, first: string): string {
  return lines === 1
    ? `a line without bytes was passed over: ${first}`
    : `${lines} lines without bytes were passed over, the first is ${first}`;
}

function recordText(record: Extract<CaptureEvent, { kind: 'record' }>['record']): string {
  const { time, type, ...fields } = record;
  if (record.type === 'dropped') {
    return `${time} the log dropped ${record.records} records (${record.bytes} bytes) since ${record.since}`;
  }
  const { event = type, text, ...more } = fields as { event?: string; text?: unknown };
  const said = typeof text === 'string' ? text : JSON.stringify(more);
  return `${time} ${event} ${said}`.replaceAll('\n', '\n// ');
}

function nameOf(header: HsmsHeader | undefined): string {
  if (header === undefined) return 'a message';
  const name = header.isData ? `S${header.stream}F${header.function}` : sTypeName(header.sType);
  return `${name} (system ${header.systemBytes})`;
}

function timeText(time: number | undefined): string {
  return time === undefined ? '-' : isoTime(time);
}

function endsText({ from, to }: Passage, dir: 'in' | 'out' | undefined, paint: Paint): string {
  const arrow = dir === 'in' ? paint.cyan('->') : paint.green('->');
  if (from === undefined && to === undefined) return dir === undefined ? arrow : `${dir}`;
  return `${from ?? '?'} ${arrow} ${to ?? '?'}`;
}
