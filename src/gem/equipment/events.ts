import type { Item } from '../../secs2/index.js';
import type { ModelEvent, ModelVariable } from '../model/equipment-model.js';
import type { Id } from '../model/id.js';

/** A transition of one of the state models, by E30's numbers. */
export interface GemTransition {
  readonly model: 'communication' | 'control' | 'spooling' | 'spool load' | 'processing';
  /** E30's numbers of the transitions taken, the first one first; none where E30 has no number for it. */
  readonly numbers: readonly number[];
  readonly from: string;
  readonly to: string;
  /** What caused it: `linkUp`, `S1F17`, `operator` … */
  readonly cause: string;
}

/** Something the host asked for was not done. */
export interface GemRefusal {
  /** The rule: `communication`, `control`, `stream`, `function`, `body`, `handler`, or the name of the acknowledge. */
  readonly rule: string;
  /** The message: `S2F33`. */
  readonly message: string;
  /** What was answered: `S2F0`, `S9F5`, `S2F34`, or `nothing`. */
  readonly reply: string;
  /** Why, as a sentence. */
  readonly why: string;
  readonly communication: string;
  readonly control: string;
}

/** What became of a primary message of ours. */
export type Delivery =
  /** The host acknowledged it, or it went without W-bit. */
  | 'sent'
  /** The host refused it, or did not answer in time. */
  | 'failed'
  | 'spooled'
  /** OFF-LINE, NOT COMMUNICATING without a spool, or the spool did not take it. */
  | 'dropped'
  /** The event or alarm is not enabled. */
  | 'disabled';

/** A primary message of ours that did not reach the host as it should. */
export interface GemUndelivered {
  readonly message: string;
  readonly delivery: 'failed' | 'dropped';
  readonly why: string;
}

/** The host has changed a constant. */
export interface ConstantChange {
  readonly name: string;
  readonly id: Id;
  readonly value: Item;
  readonly by: 'host' | 'operator';
}

/** A message of the host for the operator. */
export interface TerminalMessage {
  /** TID, or undefined for a broadcast. */
  readonly terminal: number | undefined;
  /** Lines; none: the terminal is cleared. */
  readonly lines: readonly string[];
}

/** An event that was raised, whether it is enabled or not. */
export interface RaisedEvent {
  readonly event: ModelEvent;
  readonly data: ReadonlyMap<ModelVariable, Item>;
}

/** The events of an equipment, and what their listeners get. */
export interface GemEquipmentEvents {
  transition: [transition: GemTransition];
  refused: [refusal: GemRefusal];
  undelivered: [undelivered: GemUndelivered];
  /** The host established communications that were established: it has restarted. */
  reestablished: [];
  constant: [change: ConstantChange];
  terminal: [message: TerminalMessage];
  raised: [raised: RaisedEvent];
  alarm: [alarm: { readonly name: string; readonly id: Id; readonly set: boolean }];
  disposed: [];
}
