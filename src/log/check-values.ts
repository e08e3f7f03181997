import { check } from '../check.js';
import type { WirePacket } from '../session/wire-packet.js';
import { checkPrintOptions, type SmlPrintOptions } from '../secs2/sml/print/print-options.js';

/** The latest and, negative, the earliest time that a Date can hold, in milliseconds. */
const MAX_TIME = 8.64e15;

/** Checks a time of day in milliseconds since 1970. */
export function checkTime(name: string, time: unknown): void {
  if (typeof time === 'number' && Math.abs(time) <= MAX_TIME) return;
  check.refuse(name, 'milliseconds since 1970-01-01 UTC', time);
}

/** Checks that a value is a packet, by what all packets hold, whatever the transport. */
export function checkWirePacket(packet: WirePacket): void {
  const { header, length } = check.fields('packet', packet, ['header', 'length']);
  if (typeof header === 'object' && (header as unknown) !== null && typeof length === 'number') return;
  check.refuse('packet', 'a packet, as the events message and sent of a connection have', packet);
}

/** Which way a packet went, from where to where, and on what. */
interface Places {
  readonly dir?: unknown;
  readonly from?: unknown;
  readonly to?: unknown;
  readonly name?: unknown;
}

/** Checks which way a packet went, from where to where, and on what. */
export function checkPlaces({ dir, from, to, name }: Places): void {
  if (dir !== undefined) check.oneOf('dir', dir, ['in', 'out']);
  checkPlace('from', from);
  checkPlace('to', to);
  if (name !== undefined) check.text('name', name);
}

function checkPlace(name: string, place: unknown): void {
  if (place === undefined || typeof place === 'string') return;
  const fields = ['address', 'port'] as const;
  const { address, port } = check.fields(name, place as Record<(typeof fields)[number], unknown>, fields);
  check.text(`${name}.address`, address);
  check.integer(`${name}.port`, port, 0, 65535);
}

/** Checks whether, or how, messages are added as SML. */
export function checkSml(sml: boolean | SmlPrintOptions | undefined): void {
  if (sml === undefined || typeof sml === 'boolean') return;
  checkPrintOptions(check.object('sml', sml, 'true, false or how SML is printed'));
}

/** Checks what knows the names of messages. */
export function checkNames(names: object | undefined): void {
  if (names !== undefined) check.methods('names', names, ['get'], 'what knows the names of messages');
}
