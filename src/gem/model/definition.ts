import type { Item } from '../../secs2/index.js';
import type { Id, IdFormat, IdKind } from './id.js';
import type { StandardConstantName, StandardEventName, StandardVariableName } from './standard.js';
import type { ValueShape } from './value.js';

/** A value as it stands in a model: what JSON can hold, or an item. */
export type PlainValue = string | number | bigint | boolean | readonly (number | bigint | boolean)[] | Item;

/** A variable of the equipment: a status variable, or a data variable that means something inside its event alone. */
export interface VariableDefinition extends ValueShape {
  /** VID. SVs, DVs and ECs share one number space (G-3). */
  readonly id: Id;
  /** `SV` (default): always valid. `DV`: valid within the events that name it. */
  readonly class?: 'SV' | 'DV';
  /** UNITS (E5), ASCII. Default: none. */
  readonly units?: string;
  /** What it means, for the interface manual. */
  readonly description?: string;
  /** The value before the program has set one. Default: no value, which goes out as L,0. */
  readonly initial?: PlainValue;
  /** Smallest and largest sensible value, for the manual and as the bounds of limits. Numbers only. */
  readonly min?: number;
  readonly max?: number;
  /** The host may set limits on it (E30 limits monitoring). Numbers only. */
  readonly limits?: LimitsDefinition;
}

/** What of a variable can be watched (G-55). */
export interface LimitsDefinition {
  /** CEID of the event that tells of a zone being entered; its name is the variable's with `Limit` appended. Default: 30000 + VID. */
  readonly event?: Id;
  /** LIMITMIN. Default: the variable's `min`. */
  readonly min?: number;
  /** LIMITMAX. Default: the variable's `max`. */
  readonly max?: number;
}

/** A constant (EC) of the equipment: kept through power-off, changed by the host and by the operator. */
export interface ConstantDefinition extends ValueShape {
  /** ECID, in the number space of the VIDs. */
  readonly id: Id;
  readonly units?: string;
  readonly description?: string;
  /** ECDEF: the value before anybody has changed it. */
  readonly default: PlainValue;
  /** ECMIN and ECMAX. Numbers only. */
  readonly min?: number;
  readonly max?: number;
  /** The only values allowed. */
  readonly values?: readonly (string | number | boolean)[];
  /** A change affects what is processed: refused while LOCAL and processing (G-25). Default false. */
  readonly affectsProcessing?: boolean;
}

/** A collection event. */
export interface EventDefinition {
  /** CEID. */
  readonly id: Id;
  /** Names of the variables that belong to it: its data variables, which are given when it is raised, and others. */
  readonly values?: readonly string[];
  readonly description?: string;
}

/** The categories of alarms (ALCD, E5). */
export type AlarmCategory =
  | 'personalSafety'
  | 'equipmentSafety'
  | 'parameterWarning'
  | 'parameterError'
  | 'irrecoverable'
  | 'statusWarning'
  | 'attention'
  | 'dataIntegrity';

/** An alarm with its two events, `<name>Set` and `<name>Cleared`. */
export interface AlarmDefinition {
  /** ALID. */
  readonly id: Id;
  /** ALTX: ASCII, at most 120 characters; old tools and hosts have 40. */
  readonly text: string;
  /** A name, or another category as its number of 0 to 127. */
  readonly category: AlarmCategory | number;
  /** CEID told when it is set. Default: 10000 + 2 · ALID. */
  readonly setEvent?: Id;
  /** CEID told when it is cleared. Default: 10001 + 2 · ALID. */
  readonly clearEvent?: Id;
  readonly description?: string;
}

/** One parameter of a remote command. */
export interface ParameterDefinition extends ValueShape {
  /** The command may come without it. Default false. */
  readonly optional?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** The only values allowed. */
  readonly values?: readonly (string | number | boolean)[];
  readonly description?: string;
}

/** What a command does, which says when it is refused in LOCAL (G-25). */
export type CommandKind = 'startsProcessing' | 'movesMaterial' | 'affectsProcessing' | 'other';

/** A remote command. */
export interface CommandDefinition {
  /** CPNAME → what it must be. */
  readonly parameters?: Readonly<Record<string, ParameterDefinition>>;
  /** Default: START starts processing; STOP, ABORT, PAUSE, RESUME and PP-SELECT affect it; the rest is `other`. */
  readonly kind?: CommandKind;
  /** Name of the event that tells of its completion, where it may be answered before it is done (HCACK 4). */
  readonly completion?: string;
  readonly description?: string;
}

/** What the equipment does with process programs. */
export interface ProcessProgramsDefinition {
  /** S7F3/F5: bodies as bytes. Default true. */
  readonly unformatted?: boolean;
  /** S7F23/F25: bodies as commands with parameters. CCODE → what it is. Default: not supported. */
  readonly formatted?: Readonly<Record<string, ProcessCommandDefinition>>;
  /** Transfer through data sets of stream 13, for bodies beyond one item. Default false. */
  readonly large?: boolean;
  /** Format of PPID. Default `A`. */
  readonly idFormat?: 'A' | 'B';
  /** Longest PPID. Default 80, at most 120. */
  readonly maxIdLength?: number;
  /** Largest body in bytes. Default 16,777,215, the most that one item holds. */
  readonly maxBytes?: number;
  /** How many are kept. Default 1,000. */
  readonly maxPrograms?: number;
}

/** One command of formatted process programs. */
export interface ProcessCommandDefinition {
  readonly parameters?: readonly (ValueShape & {
    readonly name: string;
    readonly min?: number;
    readonly max?: number;
  })[];
  readonly description?: string;
}

/** The processing states of the tool. Default: the example of E30. */
export interface ProcessingDefinition {
  /** State → its number in the SV ProcessState, 0 to 255. */
  readonly states: Readonly<Record<string, number>>;
  readonly initial: string;
  /** The states in which material is processed. */
  readonly processing: readonly string[];
  readonly transitions: readonly ProcessingTransition[];
}

/** One transition of the processing states. */
export interface ProcessingTransition {
  readonly number: number;
  readonly from: string | readonly string[];
  readonly to: string;
  /** Name of what causes it: `equipment.process(trigger)`. */
  readonly trigger: string;
  /** Event raised besides ProcessingStateChange. */
  readonly event?: string;
}

/** What the spool takes. */
export interface SpoolDefinition {
  /** Streams whose primaries can be spooled. Default: 5, 6 and 10. Never 1 or 9. */
  readonly streams?: readonly number[];
  /** Most messages in it. Default 10,000. */
  readonly maxMessages?: number;
  /** Most bytes in it. Default 64 MiB. */
  readonly maxBytes?: number;
}

/** What can be traced. */
export interface TraceDefinition {
  /** Most traces at once. Default 4. */
  readonly maxTraces?: number;
  /** Most SVIDs in one. Default 1,000. */
  readonly maxVariables?: number;
  /** Shortest DSPER in seconds. Default 0.1. */
  readonly minPeriod?: number;
}

/** A report that is defined from the start; the host may replace it. */
export interface ReportDefinition {
  /** RPTID. */
  readonly id: Id;
  /** Names of variables and constants, in order. */
  readonly values: readonly string[];
  /** Names of the events it is linked to. */
  readonly events?: readonly string[];
}

/** New ids for what E30 has by its own, or `false` where the tool does without it. */
export type StandardIds = {
  readonly [N in StandardVariableName | StandardConstantName | StandardEventName]?: Id | false;
};

/**
 * An equipment as data: what a program writes, a simulator's model file holds, and a profile reader finds out. It is plain
 * JSON but for items in values.
 */
export interface EquipmentDefinition {
  /** MDLN, at most 20 characters; hosts of old break above 6. */
  readonly model: string;
  /** SOFTREV, likewise. */
  readonly softwareRevision: string;
  readonly description?: string;
  readonly variables?: Readonly<Record<string, VariableDefinition>>;
  readonly constants?: Readonly<Record<string, ConstantDefinition>>;
  readonly events?: Readonly<Record<string, EventDefinition>>;
  readonly reports?: Readonly<Record<string, ReportDefinition>>;
  readonly alarms?: Readonly<Record<string, AlarmDefinition>>;
  /** START and STOP must be among them, if there are any. */
  readonly commands?: Readonly<Record<string, CommandDefinition>>;
  readonly processPrograms?: ProcessProgramsDefinition;
  readonly states?: ProcessingDefinition;
  /** Default: off. */
  readonly spool?: SpoolDefinition;
  /** `false`: no traces. */
  readonly trace?: TraceDefinition | false;
  /** How many terminals there are besides number 0, the main one. Default 0. `false`: none at all. */
  readonly terminals?: number | false;
  /** Whether MaterialReceived and MaterialRemoved are told. Default true. */
  readonly material?: boolean;
  readonly ids?: StandardIds;
  /** The format of all ids, or one for each kind. Default `U4`. */
  readonly idFormats?: IdFormat | Readonly<Partial<Record<IdKind, IdFormat>>>;
}
