import { DEFAULT_MAX_PACKET_BYTES, type WirePacket } from '../../index.js';
import type { MessageSet } from '../../e5/index.js';
import { isoTime, messageRecord, type WireLog } from '../../log/index.js';
import type { SmlLook } from '../output/named-sml.js';
import { wallTime, type CliIo } from '../io.js';
import type { Lines } from '../output/line-output.js';
import { lineHead, packetText } from '../output/message-text.js';
import type { Paint } from '../output/paint.js';

/** A packet that an onlooker saw. */
interface Seen {
  readonly packet: WirePacket;
  /** Number of the proxied connection, from 1. */
  readonly connection: number;
  readonly from: string;
  readonly to: string;
  /** Whether the client sent it. */
  readonly fromClient: boolean;
}

/** Takes what a proxy sees. */
export interface ProxyReport {
  message(seen: Seen): void;
  event(event: string, text: string, fields: Readonly<Record<string, unknown>>): void;
}

/** Longest packet that a tap gathers by default. */
export const TAP_MAX_PACKET_BYTES = DEFAULT_MAX_PACKET_BYTES;

/** Prints for people: SML, with everything else in comments. */
export function textProxyReport(
  io: CliIo,
  lines: Lines,
  paint: Paint,
  sml: SmlLook,
  control: boolean,
): ProxyReport {
  return {
    message({ packet, connection, from, to, fromClient }) {
      if (!control && !packet.header.isData) return;
      const arrow = fromClient ? paint.green('->') : paint.cyan('<-');
      const [left, right] = fromClient ? [from, to] : [to, from];
      const mark = `#${connection} ${left} ${arrow} ${right}`;
      lines.print(packetText(packet, lineHead(wallTime(io), mark, paint), paint, '', sml));
    },
    event(_event, text) {
      lines.print(`${lineHead(wallTime(io), paint.yellow('--'), paint)} ${text}`);
    },
  };
}

/** Prints records of a wire log. They have no `dir`: the proxy is neither side. */
export function jsonProxyReport(io: CliIo, lines: Lines, names: MessageSet | undefined): ProxyReport {
  return {
    message({ packet, connection, from, to }) {
      const time = wallTime(io);
      lines.print(
        JSON.stringify(messageRecord(packet, { time, from, to, name: `#${connection}`, sml: true, names })),
      );
    },
    event(event, text, fields) {
      lines.print(JSON.stringify({ time: isoTime(wallTime(io)), type: 'event', event, text, ...fields }));
    },
  };
}

/** Writes the same into a wire log. */
export function logProxyReport(log: WireLog): ProxyReport {
  return {
    message: ({ packet, connection, from, to }) => log.packet(packet, { from, to, name: `#${connection}` }),
    event: (event, text, fields) => log.event(event, text, fields),
  };
}
