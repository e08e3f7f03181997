import { check, type KnownNames } from '../check.js';
import { checkDecodeOptions } from '../secs2/check.js';
import type { DecodeOptions } from '../secs2/index.js';

/**
 * Default of `maxHeldBytes`.
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs';
 * import { DEFAULT_MAX_HELD_BYTES, readCapture } from 'rxsecs/capture';
 *
 * const reading = await readCapture(createReadStream('line.pcap'), { maxHeldBytes: 2 * DEFAULT_MAX_HELD_BYTES });
 * for await (const events of reading) console.log(events.length);
 * ```
 */
export const DEFAULT_MAX_HELD_BYTES = 64 * 1024 * 1024;

/** How a capture is decoded. Everything is optional. */
export interface CaptureOptions {
  /**
   * TCP ports whose connections are HSMS; other connections are left alone. Without it every connection is looked
   * through, and those in which no message is found are counted.
   */
  readonly ports?: Iterable<number>;
  /** The most that a message may be long, in bytes, header included. Default: 16 MiB and 10. */
  readonly maxPacketBytes?: number;
  /** The most that all connections hold together of messages and segments that are not whole, in bytes. Default: 64 MiB. */
  readonly maxHeldBytes?: number;
  /** How the packets decode their bodies. */
  readonly decoding?: DecodeOptions;
}

/** What became of the packets of a capture. */
export interface CaptureCounts {
  /** Captured packets read. */
  readonly packets: number;
  /** Packets of a link type that is not known, by its number. */
  readonly unknownLinkTypes: ReadonlyMap<number, number>;
  /** Packets that carry no IP. */
  readonly notIp: number;
  /** IP packets that carry no TCP. */
  readonly notTcp: number;
  /** Packets cut off within their link, IP or TCP header. */
  readonly truncated: number;
  /** IP fragments, and how many packets could not be put together from them. */
  readonly fragments: number;
  readonly fragmentsLost: number;
  /** TCP connections, those in which HSMS was found or that are of the ports asked for, and the bytes of the others. */
  readonly connections: number;
  readonly hsmsConnections: number;
  readonly foreignBytes: number;
  /** Bytes that were sent again. */
  readonly repeatedBytes: number;
  /** Bytes of a connection that came after its end. */
  readonly lateBytes: number;
  /** Connections given up because more than 16,384 were open. */
  readonly forgottenConnections: number;
  /** The most bytes ever held at once. */
  readonly mostHeldBytes: number;
}

/** The names of the options. */
export const CAPTURE_OPTIONS: KnownNames<CaptureOptions> = {
  owner: 'decoding a capture',
  names: { ports: true, maxPacketBytes: true, maxHeldBytes: true, decoding: true },
};

/** A header must fit. */
const LEAST_PACKET_BYTES = 10;

/**
 * Checks the values of options whose names are known.
 * @throws HsmsArgumentError, of `decoding` Secs2ArgumentError, naming the option, its value and what is allowed.
 */
export function checkCaptureValues<T extends CaptureOptions>(options: T): T {
  const { ports, maxPacketBytes, maxHeldBytes, decoding } = options;
  if (maxPacketBytes !== undefined) check.number('maxPacketBytes', maxPacketBytes, LEAST_PACKET_BYTES);
  if (maxHeldBytes !== undefined) check.number('maxHeldBytes', maxHeldBytes, 0);
  if (decoding !== undefined) checkDecodeOptions(decoding, 'decoding');
  if (ports === undefined) return options;
  const listed: readonly number[] = [
    ...(check.iterable('ports', ports, 'an array or Set of ports') as Iterable<number>),
  ];
  for (const port of listed) check.integer('ports', port, 0, 65535);
  return { ...options, ports: listed };
}
