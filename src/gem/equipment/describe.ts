import type { EventEmitter } from 'node:events';
import { check } from '../check-values.js';
import type { GemEquipmentEvents, GemRefusal, GemTransition, GemUndelivered } from './events.js';

/**
 * A transition as a sentence: `control: ATTEMPT ON-LINE → REMOTE (5, 7), because of S1F2`.
 *
 * @example
 * ```ts
 * // given the equipment of a coater
 * import { describeTransition } from 'rxsecs/gem';
 *
 * equipment.transitions.subscribe((transition) => console.log(describeTransition(transition)));
 * ```
 */
export function describeTransition(transition: GemTransition): string {
  const { model, numbers, from, to, cause } = texts('transition', transition, 'model', 'from', 'to', 'cause');
  check.array('transition.numbers', numbers);
  const by = numbers.length === 0 ? '' : ` (${numbers.join(', ')})`;
  return `${model}: ${from} → ${to}${by}, because of ${cause}`;
}

/**
 * A refusal as a sentence: `S1F3 got S1F0 by the rule control: the equipment is OFF-LINE …`.
 *
 * @example
 * ```ts
 * // given the equipment of a coater
 * import { describeRefusal } from 'rxsecs/gem';
 *
 * equipment.refused.subscribe((refusal) => console.log(describeRefusal(refusal)));
 * ```
 */
export function describeRefusal(refusal: GemRefusal): string {
  const { message, reply, rule, why } = texts('refusal', refusal, 'message', 'reply', 'rule', 'why');
  return `${message} got ${reply} by the rule ${rule}: ${why}`;
}

/**
 * What did not reach the host, as a sentence.
 *
 * @example
 * ```ts
 * // given the equipment of a coater
 * import { describeUndelivered } from 'rxsecs/gem';
 *
 * equipment.events.on('undelivered', (undelivered) => console.log(describeUndelivered(undelivered)));
 * ```
 */
export function describeUndelivered(undelivered: GemUndelivered): string {
  const { message, delivery, why } = texts('undelivered', undelivered, 'message', 'delivery', 'why');
  return `${message} ${delivery === 'failed' ? 'was not acknowledged' : 'was thrown away'}: ${why}`;
}

/** Something told, each of these fields a text. */
function texts<T>(name: string, value: T, ...fields: readonly (keyof T & string)[]): T {
  const read = check.fields(name, value, fields);
  for (const field of fields) check.text(`${name}.${field}`, read[field]);
  return value;
}

/** What takes events: a `WireLog` is one. */
export interface EventLog {
  event(event: string, text: string, fields?: Readonly<Record<string, unknown>>): void;
}

/**
 * Writes the why of an equipment into a log, beside its messages: each transition with its number and cause, each refusal with its
 * rule, what did not reach the host, and a host that restarted.
 *
 * @example
 * ```ts
 * import { HsmsPassiveConnection, HsmsSession } from 'rxsecs';
 * import { defineEquipment, GemEquipment, logEquipment, memoryStore } from 'rxsecs/gem';
 * import { streamSink, WireLog } from 'rxsecs/log';
 *
 * const etcher = defineEquipment({ model: 'ETCHER', softwareRevision: '1.0' });
 * const session = new HsmsSession(new HsmsPassiveConnection('', 5000, 0), { entity: 'equipment' });
 * const equipment = new GemEquipment(session, etcher, { store: memoryStore() });
 * const wireLog = new WireLog(streamSink(process.stdout));
 * const stop = logEquipment(equipment, wireLog);
 * ```
 * @returns ends it
 */
export function logEquipment(
  equipment: { readonly events: EventEmitter<GemEquipmentEvents> },
  log: EventLog,
): () => void {
  const { events } = check.fields('equipment', equipment, ['events']);
  check.methods('equipment.events', events, ['on', 'off'], 'the emitter of a GemEquipment');
  check.methods('log', log, ['event'], 'an EventLog, as WireLog');
  const listeners = {
    transition: (one: GemTransition) => log.event('gem.transition', describeTransition(one), { ...one }),
    refused: (one: GemRefusal) => log.event('gem.refused', describeRefusal(one), { ...one }),
    undelivered: (one: GemUndelivered) => log.event('gem.undelivered', describeUndelivered(one), { ...one }),
    reestablished: () =>
      log.event('gem.reestablished', 'the host has restarted: it established communications anew'),
  };
  for (const [name, listener] of Object.entries(listeners)) events.on(name as never, listener as never);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) events.off(name as never, listener as never);
  };
}
