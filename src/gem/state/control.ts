import { step, type Step, type Table } from './table.js';

/** The control states of E30 (G-20). */
export type ControlState = 'EQUIPMENT OFF-LINE' | 'ATTEMPT ON-LINE' | 'HOST OFF-LINE' | 'LOCAL' | 'REMOTE';

/** In the order of their numbers in the SV ControlState, from 1. */
export const CONTROL_STATES: readonly ControlState[] = [
  ...(['EQUIPMENT OFF-LINE', 'ATTEMPT ON-LINE', 'HOST OFF-LINE', 'LOCAL', 'REMOTE'] as const),
];

export type ControlEvent =
  | 'operatorOnline'
  | 'operatorOffline'
  | 'operatorLocal'
  | 'operatorRemote'
  /** S1F2 has come. */
  | 'attemptAccepted'
  /** S1F0, S9, T3, link lost; or S1F1 could not be sent, where that counts. */
  | 'attemptFailed'
  /** S1F15. */
  | 'hostOffline'
  /** S1F17, which the application does not refuse. */
  | 'hostOnline';

export const CONTROL_EVENTS: readonly ControlEvent[] = [
  ...(['operatorOnline', 'operatorOffline', 'operatorLocal', 'operatorRemote'] as const),
  ...(['attemptAccepted', 'attemptFailed', 'hostOffline', 'hostOnline'] as const),
];

export type ControlEffect =
  'send S1F1' | 'ONLACK 0' | 'ONLACK 1' | 'ONLACK 2' | 'OFLACK 0' | 'CE OFFLINE' | 'CE LOCAL' | 'CE REMOTE';

/** What the table depends on besides state and event. */
export interface ControlSettings {
  /** Where the operator's switch stands. */
  readonly switch: 'LOCAL' | 'REMOTE';
  /** EC OnlineFailed: 1 EQUIPMENT OFF-LINE, any other HOST OFF-LINE. */
  readonly onlineFailed: number;
}

type Cell = Step<ControlState, ControlEffect>;

const cell = (
  state: ControlState,
  numbers: readonly number[],
  ...effects: readonly ControlEffect[]
): Cell => ({
  state,
  numbers,
  effects,
});

function tableOf({
  switch: position,
  onlineFailed,
}: ControlSettings): Table<ControlState, ControlEvent, ControlEffect> {
  const event = position === 'LOCAL' ? 'CE LOCAL' : 'CE REMOTE';
  const failed = onlineFailed === 1 ? 'EQUIPMENT OFF-LINE' : 'HOST OFF-LINE';
  const online = {
    operatorOffline: cell('EQUIPMENT OFF-LINE', [6], 'CE OFFLINE'),
    hostOffline: cell('HOST OFF-LINE', [10], 'OFLACK 0', 'CE OFFLINE'),
  };
  return {
    'EQUIPMENT OFF-LINE': {
      operatorOnline: cell('ATTEMPT ON-LINE', [3], 'send S1F1'),
      hostOnline: cell('EQUIPMENT OFF-LINE', [], 'ONLACK 1'),
    },
    'ATTEMPT ON-LINE': {
      attemptAccepted: cell(position, [5, 7], event),
      attemptFailed: cell(failed, [4]),
      // E30 has no line for an operator who changes his mind: he is taken at his word (ours).
      operatorOffline: cell('EQUIPMENT OFF-LINE', [4]),
      hostOnline: cell('ATTEMPT ON-LINE', [], 'ONLACK 1'),
    },
    'HOST OFF-LINE': {
      operatorOffline: cell('EQUIPMENT OFF-LINE', [12]),
      hostOnline: cell(position, [11, 7], 'ONLACK 0', event),
    },
    LOCAL: {
      ...online,
      operatorRemote: cell('REMOTE', [8], 'CE REMOTE'),
      hostOnline: cell('LOCAL', [], 'ONLACK 2'),
    },
    REMOTE: {
      ...online,
      operatorLocal: cell('LOCAL', [9], 'CE LOCAL'),
      hostOnline: cell('REMOTE', [], 'ONLACK 2'),
    },
  };
}

/** One step of the control state model. */
export const controlStep = (state: ControlState, event: ControlEvent, settings: ControlSettings): Cell =>
  step(tableOf(settings), state, event);

/** Transitions 1 and 2: where the equipment starts, by InitControlState and OfflineSubstate; with 7 where that is ON-LINE. */
export function initialControlState(
  initControlState: number,
  offlineSubstate: number,
  { switch: position }: ControlSettings,
): Cell {
  if (initControlState === 2) return cell(position, [1, 7], position === 'LOCAL' ? 'CE LOCAL' : 'CE REMOTE');
  if (offlineSubstate === 1) return cell('EQUIPMENT OFF-LINE', [1, 2]);
  if (offlineSubstate === 3) return cell('HOST OFF-LINE', [1, 2]);
  return cell('ATTEMPT ON-LINE', [1, 2], 'send S1F1');
}

export const isOnline = (state: ControlState): boolean => state === 'LOCAL' || state === 'REMOTE';
