import type { CaptureEvent, CaptureReading } from '../../capture/index.js';
import { counted } from '../values.js';
import { unreadText } from './text.js';

/** Counts what a source has told, so that nothing is lost in silence. */
export class DecodeSummary {
  messages = 0;
  printed = 0;
  undecodable = 0;
  redacted = 0;
  faults = 0;
  parts = 0;
  #firstFault = '';
  #unread: { readonly lines: number; readonly text: string } | undefined;
  #gaps = 0;
  #gapBytes = 0;
  #damaged = 0;
  #skippedBytes = 0;
  #droppedPackets = 0;
  #droppedRecords = 0;

  /** Takes note of an event. */
  count(event: CaptureEvent): void {
    switch (event.kind) {
      case 'message':
        this.messages++;
        if (event.record?.redacted !== undefined) this.redacted++;
        break;
      case 'gap':
        this.#gaps++;
        this.#gapBytes += event.bytes;
        break;
      case 'damaged':
        this.#damaged++;
        break;
      case 'skipped':
        this.#skippedBytes += event.bytes;
        break;
      case 'dropped':
        this.#droppedPackets += event.packets;
        break;
      case 'fault':
        this.faults++;
        if (this.faults === 1) this.#firstFault = event.text;
        break;
      case 'record':
        if (event.record.type === 'dropped') this.#droppedRecords += event.record.records;
        break;
      case 'part':
        this.parts++;
        break;
      case 'unread':
        this.#unread = event;
        break;
      case 'opened':
      case 'closed':
      case 'remark':
        break;
    }
  }

  /** Whether what was printed may not be all that the source says, or something else: that is no success. */
  isUnsure({ format }: CaptureReading): boolean {
    if (this.faults > 0) return true;
    if (format !== 'hex' && format !== 'frames') return false;
    const found = this.messages + this.parts;
    return found === 0 || this.#damaged > 0 || this.#skippedBytes > 0;
  }

  /** The same in figures, for a record. */
  fields({ format, counts }: CaptureReading): Record<string, unknown> {
    const linkTypes = counts === undefined ? undefined : Object.fromEntries(counts.unknownLinkTypes);
    return {
      format,
      messages: this.messages,
      printed: this.printed,
      undecodable: this.undecodable,
      redacted: this.redacted,
      gaps: this.#gaps,
      gapBytes: this.#gapBytes,
      damaged: this.#damaged,
      skippedBytes: this.#skippedBytes,
      droppedPackets: this.#droppedPackets,
      droppedRecords: this.#droppedRecords,
      faults: this.faults,
      ...(this.parts > 0 && { parts: this.parts }),
      ...(this.#unread && { linesWithoutBytes: this.#unread.lines }),
      ...(counts !== undefined && { capture: { ...counts, unknownLinkTypes: linkTypes } }),
    };
  }

  /** The same as lines for people; what did not happen is left out. */
  lines(reading: CaptureReading): string[] {
    const { counts } = reading;
    const lines = [
      `${counted(this.messages, 'message')}${this.#connections(reading)}, ${this.printed} printed`,
    ];
    const say = (count: number | undefined, text: string, one = text): void => {
      if (count !== undefined && count > 0) lines.push(`${count} ${count === 1 ? one : text}`);
    };
    say(
      this.undecodable,
      'messages printed have a body that is no SECS-II item',
      'message printed has a body that is no SECS-II item',
    );
    say(
      this.redacted,
      'messages have a body that was left out of the log',
      'message has a body that was left out of the log',
    );
    say(this.#gapBytes, `bytes are not in the capture (${counted(this.#gaps, 'gap')})`);
    say(
      this.#damaged,
      'messages lost because bytes of them are missing',
      'message lost because bytes of it are missing',
    );
    say(
      this.#skippedBytes,
      'bytes passed over where no message begins',
      'byte passed over where no message begins',
    );
    say(this.#droppedPackets, 'packets dropped by who captured', 'packet dropped by who captured');
    say(this.#droppedRecords, 'records dropped by the log', 'record dropped by the log');
    say(this.parts, 'parts of messages', 'part of a message');
    if (this.#unread) lines.push(unreadText(this.#unread.lines, this.#unread.text));
    say(
      this.faults,
      `faults of the source, the first: ${this.#firstFault}`,
      `fault of the source: ${this.#firstFault}`,
    );
    if (counts === undefined) return lines;
    for (const [type, packets] of counts.unknownLinkTypes)
      lines.push(`${counted(packets, 'packet')} of link type ${type}, which is not known`);
    say(counts.notIp + counts.notTcp, 'packets are not TCP', 'packet is not TCP');
    say(counts.truncated, 'packets cut off within their headers', 'packet cut off within its headers');
    say(counts.fragmentsLost, 'fragmented IP packets not whole', 'fragmented IP packet not whole');
    say(counts.foreignBytes, 'bytes of connections in which no HSMS was found');
    say(counts.repeatedBytes, 'bytes sent again, told once');
    say(counts.lateBytes, 'bytes after the end of their connection');
    say(
      counts.forgottenConnections,
      'connections given up: too many were open',
      'connection given up: too many were open',
    );
    return lines;
  }

  #connections({ format, counts }: CaptureReading): string {
    if (counts === undefined) return ` in a source of the format ${format}`;
    return ` in ${counts.hsmsConnections} of ${counted(counts.connections, 'TCP connection')} (${counted(counts.packets, 'packet')}, ${format})`;
  }
}
