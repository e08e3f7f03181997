import type { Item } from '../../secs2/index.js';
import type {
  CommandKind,
  EquipmentDefinition,
  ParameterDefinition,
  ProcessingDefinition,
  ProcessProgramsDefinition,
  SpoolDefinition,
  TraceDefinition,
} from './definition.js';
import type { Id, IdFormat, IdKind } from './id.js';
import type { Capability } from './standard.js';
import type { ValueShape } from './value.js';

/** Who gave an entry: E30, the model, or an alarm or limited variable that brings its events along. */
export type EntryOrigin = 'standard' | 'model' | 'alarm' | 'limit';

/** What all entries of a checked model share. */
export interface Entry {
  readonly name: string;
  readonly id: Id;
  /** The id in the format that the equipment answers in. */
  readonly idItem: Item;
  readonly description: string;
  readonly origin: EntryOrigin;
}

/** A status variable, data variable or constant: whatever has a VID. */
export interface ModelVariable extends Entry {
  readonly class: 'SV' | 'DV' | 'EC';
  readonly shape: ValueShape;
  readonly units: string;
  readonly initial: Item | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly limits: ModelLimits | undefined;
}

export interface ModelLimits {
  readonly min: number;
  readonly max: number;
  readonly event: ModelEvent;
}

export interface ModelConstant extends ModelVariable {
  readonly class: 'EC';
  readonly default: Item;
  readonly values: readonly (string | number | boolean)[] | undefined;
  readonly affectsProcessing: boolean;
}

export interface ModelEvent extends Entry {
  readonly values: readonly ModelVariable[];
}

export interface ModelAlarm extends Entry {
  readonly text: string;
  /** The low seven bits of ALCD. */
  readonly category: number;
  readonly setEvent: ModelEvent;
  readonly clearEvent: ModelEvent;
}

export interface ModelCommand {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, ParameterDefinition>;
  readonly kind: CommandKind;
  readonly completion: ModelEvent | undefined;
  readonly description: string;
}

export interface ModelReport extends Entry {
  readonly values: readonly ModelVariable[];
  readonly events: readonly ModelEvent[];
}

/** What is in force of a group of settings of which all but the optional ones have a default. */
type Settled<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** Process programs with all defaults filled in. */
export type ModelProcessPrograms = Settled<Omit<ProcessProgramsDefinition, 'formatted'>> &
  Pick<ProcessProgramsDefinition, 'formatted'>;

/**
 * A checked equipment: everything by name and by id, E30's own entries included. Made by `defineEquipment` alone, so that
 * what has this type is known to be whole.
 */
export interface EquipmentModel<D extends EquipmentDefinition = EquipmentDefinition> {
  /** The data that it was made of. */
  readonly definition: D;
  /** MDLN. */
  readonly model: string;
  /** SOFTREV. */
  readonly softwareRevision: string;
  /** What is allowed and will still surprise somebody: an MDLN of more than six characters, say. */
  readonly warnings: readonly string[];
  readonly capabilities: ReadonlySet<Capability>;
  readonly idFormats: Readonly<Record<IdKind, IdFormat>>;
  /** SVs and DVs in order of definition, E30's first. */
  readonly variables: ReadonlyMap<string, ModelVariable>;
  readonly constants: ReadonlyMap<string, ModelConstant>;
  readonly events: ReadonlyMap<string, ModelEvent>;
  readonly alarms: ReadonlyMap<string, ModelAlarm>;
  readonly commands: ReadonlyMap<string, ModelCommand>;
  readonly reports: ReadonlyMap<string, ModelReport>;
  /** SVs, DVs and ECs by VID. */
  readonly byVid: ReadonlyMap<Id, ModelVariable>;
  readonly byCeid: ReadonlyMap<Id, ModelEvent>;
  readonly byAlid: ReadonlyMap<Id, ModelAlarm>;
  readonly processPrograms: ModelProcessPrograms | undefined;
  readonly states: ProcessingDefinition;
  readonly spool: Settled<SpoolDefinition> | undefined;
  readonly trace: Settled<TraceDefinition> | undefined;
  /** Highest TID, 0 being the main terminal; undefined: no terminal. */
  readonly terminals: number | undefined;
}
