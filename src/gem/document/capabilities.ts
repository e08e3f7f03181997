import type { EquipmentModel } from '../model/equipment-model.js';
import type {
  Capability,
  StandardConstantName,
  StandardEventName,
  StandardVariableName,
} from '../model/standard.js';

type StandardName = StandardVariableName | StandardConstantName | StandardEventName;

/** One line of the compliance statement (G-94): what E30 calls it, and what the model must have for it. */
export interface CapabilityRow {
  readonly name: string;
  /** What does it, for the reader: messages and states. */
  readonly by: string;
  /** What the model can be without. Default: always there. */
  readonly needs?: Capability;
  /** How a model has it, where it can be without. */
  readonly how?: string;
  /** E30's entries that it needs. */
  readonly entries?: readonly StandardName[];
  /** What is missing besides, as sentences. */
  readonly faults?: (model: EquipmentModel) => readonly string[];
}

const CONTROL = ['ControlState', 'EquipmentOFFLINE', 'ControlStateLOCAL', 'ControlStateREMOTE'] as const;

/** Whether the program must still say what E30 leaves to the tool. */
const ownStates = ({ definition }: EquipmentModel): readonly string[] =>
  definition.states === undefined
    ? [
        "the processing states are E30's example: describe those of the tool in states, or say that they are these",
      ]
    : [];

const programKinds = ({ processPrograms }: EquipmentModel): readonly string[] =>
  processPrograms !== undefined && !processPrograms.unformatted && processPrograms.formatted === undefined
    ? [
        'process programs are neither unformatted nor formatted: set processPrograms.unformatted: true or give processPrograms.formatted',
      ]
    : [];

/** What every GEM equipment has. */
export const FUNDAMENTAL: readonly CapabilityRow[] = [
  { name: 'State models', by: 'communication and control states', entries: CONTROL },
  {
    name: 'Equipment processing states',
    by: 'ProcessingStateChange',
    entries: [
      ...(['ProcessState', 'PreviousProcessState', 'ProcessingStateChange'] as const),
      ...(['ProcessingStarted', 'ProcessingCompleted', 'ProcessingStopped'] as const),
    ],
  },
  { name: 'Host-initiated S1F13/F14 scenario', by: 'S1F13' },
  { name: 'Event notification', by: 'S6F11, S6F13' },
  { name: 'On-line identification', by: 'S1F1' },
  { name: 'Error messages', by: 'S9F1 to S9F13' },
  { name: 'Documentation', by: 'this statement and the interface manual, made from the model' },
  { name: 'Control (operator-initiated)', by: 'the operator’s switches', entries: CONTROL },
];

/** What an equipment may have, and then must have whole. */
export const ADDITIONAL: readonly CapabilityRow[] = [
  { name: 'Establish communications', by: 'S1F13, S1F14', entries: ['EstablishCommunicationsTimeout'] },
  { name: 'Dynamic event report configuration', by: 'S2F33, S2F35, S2F37', entries: ['EventsEnabled'] },
  { name: 'Variable data collection', by: 'S6F15 to S6F22, S1F21, S1F23' },
  { name: 'Trace data collection', by: 'S2F23, S6F1', needs: 'trace', how: 'remove trace: false' },
  { name: 'Status data collection', by: 'S1F3, S1F11' },
  {
    name: 'Alarm management',
    by: 'S5F1 to S5F8',
    needs: 'alarms',
    how: 'describe alarms',
    entries: ['AlarmsEnabled', 'AlarmsSet', 'AlarmID'],
  },
  {
    name: 'Remote control',
    by: 'S2F41, S2F49, S2F21',
    needs: 'commands',
    how: 'describe commands, START and STOP among them',
    entries: ['OperatorCommandIssued', 'OperatorCommand'],
  },
  {
    name: 'Equipment constants',
    by: 'S2F13, S2F15, S2F29',
    entries: ['OperatorEquipmentConstantChange', 'ECIDChanged'],
  },
  {
    name: 'Process program management',
    by: 'S7F1 to S7F6, S7F17, S7F19; formatted S7F23 to S7F30',
    needs: 'processPrograms',
    how: 'give processPrograms: {}',
    entries: [
      ...(['ProcessProgramChange', 'ProcessProgramSelected'] as const),
      ...(['PPChangeName', 'PPChangeStatus', 'PPExecName', 'PPError'] as const),
    ],
    faults: programKinds,
  },
  {
    name: 'Material movement',
    by: 'MaterialReceived, MaterialRemoved',
    needs: 'material',
    how: 'remove material: false',
    entries: ['MaterialReceived', 'MaterialRemoved'],
  },
  {
    name: 'Equipment terminal services',
    by: 'S10F1, S10F3, S10F5, S10F9',
    needs: 'terminals',
    how: 'remove terminals: false',
    entries: ['MessageRecognition'],
  },
  { name: 'Clock', by: 'S2F17, S2F31', entries: ['Clock', 'TimeFormat'] },
  {
    name: 'Limits monitoring',
    by: 'S2F45, S2F47',
    needs: 'limits',
    how: 'give a variable limits: {}',
    entries: ['LimitVariable', 'EventLimit', 'TransitionType'],
  },
  {
    name: 'Spooling',
    by: 'S2F43, S6F23',
    needs: 'spool',
    how: 'give spool: {}',
    entries: [
      ...(['SpoolCountActual', 'SpoolCountTotal', 'SpoolStartTime', 'SpoolFullTime'] as const),
      ...(['EnableSpooling', 'OverWriteSpool', 'MaxSpoolTransmit'] as const),
      ...(['SpoolingActivated', 'SpoolingDeactivated', 'SpoolTransmitFailure'] as const),
    ],
  },
  { name: 'Control (host-initiated)', by: 'S1F15, S1F17', entries: CONTROL },
];

/** Remarks that do not stand in the way of compliance. */
export const remarksOn = (model: EquipmentModel): readonly string[] => [
  ...ownStates(model),
  ...model.warnings,
];
