import { endpointText, type SocketAddress } from '../../network/socket-address.js';
import { sTypeName } from '../../hsms/wire/codes.js';
import { HsmsHeader } from '../../hsms/wire/header.js';
import { HsmsPacket } from '../../hsms/wire/packet.js';
import { nameOf } from '../../session/header.js';
import type { WirePacket } from '../../session/wire-packet.js';
import { check, type KnownNames } from '../../check.js';
import { describeValue } from '../../describe-value.js';
import { checkNames, checkPlaces, checkSml, checkTime, checkWirePacket } from '../check-values.js';
import { checkDecodeOptions } from '../../secs2/check.js';
import { printMessage, type DecodeOptions, type SmlPrintOptions } from '../../secs2/index.js';
import { WireLogError } from '../errors.js';
import type { WireLogMessage } from './record.js';
import type { Redaction } from './redaction.js';
import { isoTime } from './time.js';

/** Knows what messages are called. */
export interface MessageNames {
  get(stream: number, fn: number): { readonly title: string } | undefined;
}

/** What is known of a packet besides its bytes. Everything but the time is optional. */
export interface MessageRecordOptions {
  /** Milliseconds since 1970-01-01 UTC, fractions allowed; or the text to write. */
  readonly time: number | string;
  readonly dir?: 'in' | 'out' | undefined;
  readonly from?: SocketAddress | string | undefined;
  readonly to?: SocketAddress | string | undefined;
  readonly name?: string | undefined;
  /** Adds the message as SML: true, or how to print it. */
  readonly sml?: boolean | SmlPrintOptions | undefined;
  /** Adds what the message is called; the `catalogue` of `rxsecs/e5` knows. */
  readonly names?: MessageNames | undefined;
  /** Which bodies stay out; see `redaction`. */
  readonly redaction?: Redaction | undefined;
}

const RECORD: KnownNames<MessageRecordOptions> = {
  owner: 'messageRecord()',
  names: {
    time: true,
    dir: true,
    from: true,
    to: true,
    name: true,
    sml: true,
    names: true,
    redaction: true,
  },
};

/**
 * The record of a packet, as a line of a wire log holds it.
 *
 * @example
 * ```ts
 * import { HsmsPacket } from 'rxsecs';
 * import { messageRecord } from 'rxsecs/log';
 * import { S } from 'rxsecs/secs2';
 *
 * const packet = HsmsPacket.ofMessage(S(1, 1).w(), { sessionId: 0, systemBytes: 7 });
 * console.log(JSON.stringify(messageRecord(packet, { time: 0, dir: 'out' })));
 * ```
 * @throws HsmsArgumentError for what is no packet, and for an option that is not as it must be.
 */
export function messageRecord(packet: WirePacket, options: MessageRecordOptions): WireLogMessage {
  checkWirePacket(packet);
  const read = check.options(
    'options',
    check.object('options', options, 'an object of options with a time'),
    RECORD,
  );
  if (typeof read.time !== 'string') checkTime('time', read.time);
  checkPlaces(read);
  checkSml(read.sml);
  checkNames(read.names);
  if (read.redaction !== undefined) check.fn('redaction', read.redaction);
  return recordOf(packet, read);
}

/** The same, for packets and options that are known to be right: a log writes many. */
export function recordOf(packet: WirePacket, options: MessageRecordOptions): WireLogMessage {
  const { header } = packet;
  const { time, dir, from, to, name, sml, names } = options;
  const title = header.isData ? names?.get(header.stream, header.function)?.title : undefined;
  const rule = options.redaction?.(packet);
  const bytes = packet.length - 10;
  const withSml = sml !== undefined && sml !== false && header.isData && rule === undefined;
  return {
    time: typeof time === 'number' ? isoTime(time) : time,
    type: 'message',
    ...(dir !== undefined && { dir }),
    ...(from !== undefined && { from: addressText(from) }),
    ...(to !== undefined && { to: addressText(to) }),
    ...(name !== undefined && { name }),
    session: header.sessionId,
    ...(header.isData && { sf: nameOf(header), w: header.wBit }),
    ...(title !== undefined && { title }),
    ...(isOfLine(header) && { protocol: 'secs1' as const }),
    sType: sTypeName(header.sType).toLowerCase(),
    system: header.systemBytes,
    header: header.toBytes().toString('hex'),
    ...(rule !== undefined && { redacted: { bytes, rule } }),
    ...(rule === undefined && bytes > 0 && { body: packet.body.toString('base64') }),
    ...(withSml && { sml: smlOf(packet, sml === true ? undefined : sml) }),
  };
}

/** Whether a header is that of a block (E4). */
const isOfLine = (header: object): boolean => 'rBit' in header;

/**
 * The packet of a record, byte for byte. One that was sent on SECS-I is given as HSMS carries it: stream, function, W-bit, device ID as
 * session ID, system bytes and body are the same.
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs';
 * import { packetOf, readWireLog } from 'rxsecs/log';
 *
 * for await (const record of readWireLog(createReadStream('logs/etcher.ndjson'))) {
 *   if (record.type === 'message' && record.redacted === undefined) console.log(String(packetOf(record).message));
 * }
 * ```
 * @param decoding how its `item` decodes the body
 * @throws WireLogError for a header that is not ten bytes in hex, a body that is not base64, and a body that was left
 * out by a redaction rule.
 */
export function packetOf(record: WireLogMessage, decoding?: DecodeOptions): HsmsPacket {
  const fields = ['header', 'body', 'redacted', 'sf', 'sType', 'protocol'] as const;
  const { header, body = '', redacted, sf, sType, protocol } = check.fields('record', record, fields);
  checkDecodeOptions(decoding, 'decoding');
  if (redacted !== undefined) {
    throw new WireLogError(
      `the body of this ${sf ?? sType} (${redacted.bytes} bytes) was left out by the rule ${redacted.rule}`,
    );
  }
  const fault = faultOfBytes(header, body);
  if (fault !== undefined) throw new WireLogError(fault);
  const ten = Buffer.from(header, 'hex');
  const parsed = HsmsHeader.parse(protocol === 'secs1' ? withoutBlock(ten) : ten);
  const bytes = Buffer.from(body, 'base64');
  return new HsmsPacket(parsed, bytes, 0, bytes.length, decoding);
}

/** The R-bit, and in the place of PType and SType the E-bit and the block number, are of the line alone. */
function withoutBlock(header: Buffer): Buffer {
  header.writeUInt8(header.readUInt8(0) & 0x7f, 0);
  header.writeUInt16BE(0, 4);
  return header;
}

/** What is wrong with the bytes of a record; undefined where nothing is. */
export function faultOfBytes(header: unknown, body: unknown): string | undefined {
  if (typeof header !== 'string' || !/^[0-9a-f]{20}$/i.test(header)) {
    return `header is ${shown(header)}: 20 hex digits are allowed`;
  }
  if (typeof body !== 'string' || body.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(body)) {
    return `body is ${shown(body)}: base64 is allowed`;
  }
  return undefined;
}

/** A value in an error: a text as JSON has it, and what may be made to do harm by its type. */
function shown(value: unknown): string {
  return typeof value === 'string' ? shortJson(value) : describeValue(value);
}

/** A value as JSON, cut to what a message can hold. */
export function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length <= 60 ? text : `${text.slice(0, 60)}… (${text.length} characters)`;
}

/** An address as given, or as `address:port`. */
export function addressText(address: SocketAddress | string): string {
  return typeof address === 'string' ? address : endpointText(address);
}

/** A message as SML; one that cannot be decoded as its bytes in a comment. */
export function smlOf({ message }: WirePacket, options?: SmlPrintOptions): string {
  try {
    return printMessage(message, options);
  } catch {
    return String(message);
  }
}
