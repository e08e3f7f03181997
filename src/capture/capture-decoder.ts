import { check } from '../check.js';
import {
  CAPTURE_OPTIONS,
  checkCaptureValues,
  type CaptureCounts,
  type CaptureOptions,
} from './capture-options.js';
import type { CaptureListener } from './events.js';
import { PcapReader } from './files/pcap.js';
import { PcapngReader } from './files/pcapng.js';
import type { RecordReader } from './files/records.js';
import { PacketDecoder } from './packet-decoder.js';

/**
 * Decodes a capture in the pcap or pcapng format, piece by piece: link layer, IP, TCP, HSMS. Memory is bounded,
 * whatever the capture says: 16,384 connections, 8 MiB behind a hole of each, `maxHeldBytes` in all.
 *
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs';
 * import { CaptureDecoder } from 'rxsecs/capture';
 *
 * const decoder = new CaptureDecoder('pcap', (event) => {
 *   if (event.kind === 'message') console.log(String(event.packet));
 * });
 * decoder.push(readFileSync('etcher.pcap'));
 * decoder.end();
 * console.log(decoder.counts);
 * ```
 */
export class CaptureDecoder {
  readonly #reader: RecordReader;
  readonly #packets: PacketDecoder;

  /**
   * @param format of the file
   * @param onEvent takes what the capture tells, from within {@link push} and {@link end}
   * @throws HsmsArgumentError for an argument that is not as it must be.
   */
  constructor(format: 'pcap' | 'pcapng', onEvent: CaptureListener, options?: CaptureOptions | null) {
    check.oneOf('format', format, ['pcap', 'pcapng']);
    check.fn('onEvent', onEvent);
    const given = checkCaptureValues(check.options('options', options, CAPTURE_OPTIONS));
    const packets = new PacketDecoder(onEvent, given);
    this.#packets = packets;
    const Reader = format === 'pcap' ? PcapReader : PcapngReader;
    this.#reader = new Reader(
      (record) => packets.record(record),
      (text) => packets.tell({ kind: 'fault', text }),
      (dropped) => packets.tell({ kind: 'dropped', packets: dropped }),
    );
  }

  /** What became of the packets so far; that of connections is known once they have ended. */
  get counts(): CaptureCounts {
    return this.#packets.counts;
  }

  /** Takes the next bytes of the file. They must not change any more. */
  push(chunk: Buffer): void {
    check.instance('chunk', chunk, Buffer, 'a Buffer');
    this.#reader.push(chunk);
  }

  /** Nothing more comes: tells of all that is not whole. */
  end(): void {
    this.#reader.end();
    this.#packets.end();
  }
}
