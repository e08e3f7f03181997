import type { ValueShape } from './value.js';

/** What a model can be without. */
export type Capability =
  'alarms' | 'limits' | 'spool' | 'processPrograms' | 'trace' | 'terminals' | 'material' | 'commands';

/** A variable of E30 with the id it has unless the model gives it another. */
interface StandardVariable extends ValueShape {
  readonly id: number;
  /** The capability without which it is not there. Default: always there. */
  readonly needs?: Capability;
  readonly units?: string;
  readonly description: string;
}

interface StandardConstant extends StandardVariable {
  readonly default: number | boolean;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly number[];
}

interface StandardEvent {
  readonly id: number;
  readonly needs?: Capability;
  readonly values?: readonly string[];
  readonly description: string;
}

/**
 * What E30 asks an equipment to have (G-93). The first of each group have the ids that secsgem gives them.
 *
 * @example
 * ```ts
 * import { standardVariables } from 'rxsecs/gem';
 *
 * for (const [name, { id }] of Object.entries(standardVariables)) console.log(id, name);
 * ```
 */
export const standardVariables = {
  Clock: { id: 1001, format: 'A', description: 'Date and time, in the format of TimeFormat.' },
  ControlState: {
    id: 1002,
    format: 'U1',
    description: '1 EQUIPMENT OFF-LINE, 2 ATTEMPT ON-LINE, 3 HOST OFF-LINE, 4 LOCAL, 5 REMOTE.',
  },
  EventsEnabled: { id: 1003, format: 'L', description: 'CEIDs of the events that are enabled.' },
  AlarmsEnabled: {
    id: 1004,
    needs: 'alarms',
    format: 'L',
    description: 'ALIDs of the alarms that are enabled.',
  },
  AlarmsSet: { id: 1005, needs: 'alarms', format: 'L', description: 'ALIDs of the alarms that are set.' },
  ProcessState: { id: 1006, format: 'U1', description: 'Number of the processing state.' },
  PreviousProcessState: { id: 1007, format: 'U1', description: 'Number of the processing state before.' },
  PPExecName: {
    id: 1008,
    needs: 'processPrograms',
    format: 'A',
    description: 'PPID of the process program that is selected.',
  },
  SpoolCountActual: { id: 1009, needs: 'spool', format: 'U4', description: 'Messages in the spool.' },
  SpoolCountTotal: {
    id: 1010,
    needs: 'spool',
    format: 'U4',
    description: 'Messages offered to the spool, lost ones too.',
  },
  SpoolStartTime: { id: 1011, needs: 'spool', format: 'A', description: 'When spooling became active.' },
  SpoolFullTime: { id: 1012, needs: 'spool', format: 'A', description: 'When the spool became full.' },
} as const satisfies Record<string, StandardVariable>;

/**
 * E30's data variables, which every model has.
 *
 * @example
 * ```ts
 * import { standardDataVariables } from 'rxsecs/gem';
 *
 * for (const [name, { id }] of Object.entries(standardDataVariables)) console.log(id, name);
 * ```
 */
export const standardDataVariables = {
  AlarmID: {
    id: 1101,
    needs: 'alarms',
    format: 'U4',
    description: 'ALID of the alarm that was set or cleared.',
  },
  ECIDChanged: { id: 1102, format: 'U4', description: 'ECID of the constant that the operator changed.' },
  LimitVariable: {
    id: 1103,
    needs: 'limits',
    format: 'U4',
    description: 'VID of the variable that entered another zone.',
  },
  EventLimit: { id: 1104, needs: 'limits', format: 'B', description: 'LIMITIDs that were crossed.' },
  TransitionType: { id: 1105, needs: 'limits', format: 'U1', description: '0 upwards, 1 downwards.' },
  PPChangeName: {
    id: 1106,
    needs: 'processPrograms',
    format: 'A',
    description: 'PPID of the process program that changed.',
  },
  PPChangeStatus: {
    id: 1107,
    needs: 'processPrograms',
    format: 'U1',
    description: '1 created, 2 edited, 3 deleted.',
  },
  PPError: {
    id: 1108,
    needs: 'processPrograms',
    format: 'A',
    description: 'What was wrong with a process program.',
  },
  OperatorCommand: {
    id: 1109,
    needs: 'commands',
    format: 'A',
    description: 'The command that the operator gave.',
  },
} as const satisfies Record<string, StandardVariable>;

const truth = { format: 'BOOLEAN' } as const;

/**
 * E30's equipment constants, which every model has.
 *
 * @example
 * ```ts
 * import { standardConstants } from 'rxsecs/gem';
 *
 * for (const [name, { id }] of Object.entries(standardConstants)) console.log(id, name);
 * ```
 */
export const standardConstants = {
  EstablishCommunicationsTimeout: {
    id: 1,
    format: 'U2',
    units: 's',
    default: 10,
    min: 0,
    max: 32_000,
    description: 'Seconds between two attempts to establish communications. 0 counts as 1.',
  },
  TimeFormat: {
    id: 2,
    format: 'U1',
    default: 1,
    min: 0,
    max: 2,
    description: '0 YYMMDDhhmmss, 1 YYYYMMDDhhmmsscc, 2 ISO 8601.',
  },
  EnableSpooling: {
    id: 3,
    needs: 'spool',
    ...truth,
    default: false,
    description: 'Whether what cannot be sent is spooled.',
  },
  OverWriteSpool: {
    id: 4,
    needs: 'spool',
    ...truth,
    default: false,
    description: 'Whether a full spool drops its oldest message.',
  },
  MaxSpoolTransmit: {
    id: 5,
    needs: 'spool',
    format: 'U4',
    default: 0,
    min: 0,
    max: 0xffff_ffff,
    description: 'Most messages that one S6F23 sends; 0: all.',
  },
  InitCommState: {
    id: 6,
    format: 'U1',
    default: 1,
    min: 0,
    max: 1,
    description: 'At start: 0 DISABLED, 1 ENABLED.',
  },
  InitControlState: {
    id: 7,
    format: 'U1',
    default: 1,
    min: 1,
    max: 2,
    description: 'At start: 1 OFF-LINE, 2 ON-LINE.',
  },
  OfflineSubstate: {
    id: 8,
    format: 'U1',
    default: 2,
    min: 1,
    max: 3,
    description: 'OFF-LINE at start: 1 EQUIPMENT OFF-LINE, 2 ATTEMPT ON-LINE, 3 HOST OFF-LINE.',
  },
  OnlineFailed: {
    id: 9,
    format: 'U1',
    default: 3,
    values: [1, 2, 3],
    description: 'After a failed attempt: 1 EQUIPMENT OFF-LINE; 2 or 3 HOST OFF-LINE.',
  },
  OnlineSubstate: {
    id: 10,
    format: 'U1',
    default: 5,
    min: 4,
    max: 5,
    description: 'ON-LINE at first: 4 LOCAL, 5 REMOTE.',
  },
  RpType: { id: 11, ...truth, default: false, description: 'Whether events are sent annotated (S6F13).' },
  LimitsDelay: {
    id: 12,
    needs: 'limits',
    format: 'U2',
    units: 's',
    default: 1,
    min: 1,
    max: 32_000,
    description: 'Seconds between two looks at limits.',
  },
} as const satisfies Record<string, StandardConstant>;

/**
 * E30's collection events, which every model has.
 *
 * @example
 * ```ts
 * import { standardEvents } from 'rxsecs/gem';
 *
 * for (const [name, { id }] of Object.entries(standardEvents)) console.log(id, name);
 * ```
 */
export const standardEvents = {
  EquipmentOFFLINE: { id: 1, description: 'The equipment has gone OFF-LINE.' },
  ControlStateLOCAL: { id: 2, description: 'The operator controls the equipment.' },
  ControlStateREMOTE: { id: 3, description: 'The host controls the equipment.' },
  OperatorEquipmentConstantChange: {
    id: 4,
    values: ['ECIDChanged'],
    description: 'The operator has changed a constant.',
  },
  OperatorCommandIssued: {
    id: 5,
    needs: 'commands',
    values: ['OperatorCommand'],
    description: 'The operator has given a command while REMOTE.',
  },
  ProcessingStarted: { id: 6, description: 'Processing has started.' },
  ProcessingCompleted: { id: 7, description: 'Processing has come to its normal end.' },
  ProcessingStopped: { id: 8, description: 'Processing was stopped.' },
  ProcessingStateChange: {
    id: 9,
    values: ['ProcessState', 'PreviousProcessState'],
    description: 'The processing state has changed.',
  },
  ProcessProgramChange: {
    id: 10,
    needs: 'processPrograms',
    values: ['PPChangeName', 'PPChangeStatus'],
    description: 'A process program was created, edited or deleted.',
  },
  ProcessProgramSelected: {
    id: 11,
    needs: 'processPrograms',
    values: ['PPExecName'],
    description: 'A process program was selected.',
  },
  MaterialReceived: { id: 12, needs: 'material', description: 'Material has come.' },
  MaterialRemoved: { id: 13, needs: 'material', description: 'Material has gone.' },
  MessageRecognition: {
    id: 14,
    needs: 'terminals',
    description: 'The operator has read a message of the host.',
  },
  SpoolingActivated: { id: 15, needs: 'spool', description: 'Messages are being spooled.' },
  SpoolingDeactivated: {
    id: 16,
    needs: 'spool',
    description: 'The spool is empty, and messages are sent again.',
  },
  SpoolTransmitFailure: { id: 17, needs: 'spool', description: 'The spool could not be sent to its end.' },
} as const satisfies Record<string, StandardEvent>;

export type StandardStatusVariableName = keyof typeof standardVariables;
export type StandardDataVariableName = keyof typeof standardDataVariables;
export type StandardVariableName = StandardStatusVariableName | StandardDataVariableName;
export type StandardConstantName = keyof typeof standardConstants;
export type StandardEventName = keyof typeof standardEvents;
