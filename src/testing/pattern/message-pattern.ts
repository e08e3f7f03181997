import { check } from '../../check.js';
import { SType, sTypeName } from '../../hsms/wire/codes.js';
import type { HsmsPacket } from '../../hsms/wire/packet.js';
import { matchItem, SecsMessage, type Shape } from '../../secs2/index.js';
import { printShape, shapeOf, type ItemPattern } from './item-pattern.js';

/**
 * Which message is meant: its name (`'S1F13'`, `'S1F13 W'`), a message (`S(1, 13).w(L())`, of which the item counts if
 * it has one), or the name of a control message (`'Select.req'`).
 */
export type MessagePattern = string | SecsMessage;

/** A pattern taken apart. */
export interface Wanted {
  /** As it is called in messages of failure. */
  readonly name: string;
  readonly sType: number;
  readonly stream: number;
  readonly function: number;
  /** Whether the W-bit must be set, or must not; undefined where it does not count. */
  readonly wBit: boolean | undefined;
  readonly shape: Shape | undefined;
}

const A_PATTERN = "a message such as S(1, 13), or the name of one such as 'S1F13', 'S1F13 W' or 'Select.req'";

const sTypes: ReadonlyMap<string, number> = new Map(
  Object.values(SType).map((sType) => [sTypeName(sType).toLowerCase(), sType]),
);

/**
 * Takes a pattern apart.
 * @throws HsmsArgumentError for a text that names no message; what {@link shapeOf} throws.
 */
export function wanted(pattern: MessagePattern, item?: ItemPattern): Wanted {
  const itemShape = item === undefined ? undefined : shapeOf(item);
  if (typeof pattern !== 'string') {
    check.instance('pattern', pattern, SecsMessage, A_PATTERN);
    const { stream, function: fn, name } = pattern;
    const shape = itemShape ?? (pattern.item && shapeOf(pattern.item));
    return { name, sType: SType.data, stream, function: fn, wBit: pattern.wBit || undefined, shape };
  }
  const parts = /^S(\d+)F(\d+)(\s+W)?$/i.exec(pattern.trim());
  if (parts !== null) {
    const [, stream, fn, w] = parts;
    return {
      name: pattern.trim(),
      sType: SType.data,
      stream: Number(stream),
      function: Number(fn),
      wBit: w === undefined ? undefined : true,
      shape: itemShape,
    };
  }
  const sType = sTypes.get(pattern.toLowerCase());
  if (sType === undefined || sType === SType.data) {
    return check.refuse('pattern', A_PATTERN, pattern);
  }
  return { name: sTypeName(sType), sType, stream: 0, function: 0, wBit: undefined, shape: undefined };
}

/** Why a packet is not the one that is wanted, in words and as SML; undefined where it is. */
export interface Difference {
  readonly text: string;
  readonly expected: string;
  readonly received: string;
}

/** Compares a packet with what is wanted. */
export function differenceOf(packet: HsmsPacket, want: Wanted): Difference | undefined {
  const { header } = packet;
  const received = printPacket(packet);
  if (header.sType !== want.sType)
    return { text: `it is ${nameOfPacket(packet)}`, expected: want.name, received };
  if (want.sType !== SType.data) return undefined;
  return differenceOfMessage(packet.message, want);
}

/** Compares a message with what is wanted. */
export function differenceOfMessage(message: SecsMessage, want: Wanted): Difference | undefined {
  const { item, error } = itemOf(message);
  const w = (want.wBit ?? message.wBit) ? ' W' : '';
  const head = `S${want.stream}F${want.function}${w}`;
  const shape = want.shape === undefined ? '' : `\n${printShape(want.shape, item)}.`;
  const texts = { expected: `${head}${shape}`, received: message.toString() };
  if (message.stream !== want.stream || message.function !== want.function) {
    return { text: `it is ${message.name}`, ...texts };
  }
  if (want.wBit !== undefined && message.wBit !== want.wBit) {
    return { text: `its W-bit is ${message.wBit ? 'set' : 'not set'}`, ...texts };
  }
  if (want.shape === undefined) return undefined;
  if (item === undefined) return { text: error ?? 'it has no item', ...texts };
  const result = matchItem(item, want.shape);
  return result.ok ? undefined : { text: describeMismatch(result), ...texts };
}

/** Where an item differs first, in words. */
export function describeMismatch({
  path,
  expected,
  found,
}: {
  readonly path: readonly number[];
  readonly expected: string;
  readonly found: string;
}): string {
  const where = path.length === 0 ? 'the item' : `the item at [${path.join(', ')}]`;
  return `${where} is ${found}, expected is ${expected}`;
}

/** Name of a packet: `S1F13 W`, `Select.rsp 0`. */
export function nameOfPacket({ header, message }: HsmsPacket): string {
  if (header.isData) return message.wBit ? `${message.name} W` : message.name;
  const status = [SType.selectRsp, SType.deselectRsp, SType.rejectReq].includes(header.sType as never);
  return status ? `${sTypeName(header.sType)} ${header.byte3}` : sTypeName(header.sType);
}

/** A packet for people: data as SML, control messages by their names. */
export function printPacket(packet: HsmsPacket): string {
  return packet.header.isData ? packet.message.toString() : nameOfPacket(packet);
}

function itemOf(message: SecsMessage): { readonly item?: SecsMessage['item']; readonly error?: string } {
  const { itemError } = message;
  return itemError === undefined ? { item: message.item } : { error: `its body: ${itemError.message}` };
}
