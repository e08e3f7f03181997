import type { BridgeSide } from '../../bridge/index.js';
import type { WirePacket } from '../../index.js';
import { isoTime, messageRecord } from '../../log/index.js';
import { wallTime, type CliIo } from '../io.js';
import type { Lines } from '../output/line-output.js';
import { lineHead, packetText } from '../output/message-text.js';
import type { SmlLook } from '../output/named-sml.js';
import type { Paint } from '../output/paint.js';
import type { EventFields } from '../output/report.js';

const NAMES: Readonly<Record<BridgeSide, string>> = { line: 'line', hsms: 'HSMS' };

/** Takes what a bridge sees, by the side that it comes from. */
export interface BridgeReport {
  message(from: BridgeSide, packet: WirePacket): void;
  event(side: BridgeSide | undefined, event: string, text: string, fields?: EventFields): void;
}

/** Prints for people: SML, with everything else in comments. */
export function textBridgeReport(io: CliIo, lines: Lines, paint: Paint, sml: SmlLook): BridgeReport {
  return {
    message(from, packet) {
      const mark = from === 'line' ? `line ${paint.green('->')} HSMS` : `line ${paint.cyan('<-')} HSMS`;
      lines.print(packetText(packet, lineHead(wallTime(io), mark, paint), paint, '', sml));
    },
    event(side, _event, text) {
      const name = side === undefined ? '' : `${NAMES[side]}: `;
      lines.print(`${lineHead(wallTime(io), paint.yellow('--'), paint)} ${name}${text}`);
    },
  };
}

/** Prints records of a wire log. They have no `dir`: the bridge is neither side. */
export function jsonBridgeReport(io: CliIo, lines: Lines): BridgeReport {
  return {
    message(from, packet) {
      const to = from === 'line' ? 'HSMS' : 'line';
      const record = messageRecord(packet, { time: wallTime(io), from: NAMES[from], to, sml: true });
      lines.print(JSON.stringify(record));
    },
    event(side, event, text, fields = {}) {
      const name = side === undefined ? {} : { side };
      lines.print(
        JSON.stringify({ time: isoTime(wallTime(io)), type: 'event', event, ...name, text, ...fields }),
      );
    },
  };
}
