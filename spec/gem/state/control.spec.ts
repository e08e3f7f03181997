import {
  CONTROL_EVENTS,
  CONTROL_STATES,
  controlStep,
  initialControlState,
  type ControlSettings,
} from '../../../src/gem/state/control';
import { describeTable } from './notation';

/** G-20 with the operator's switch at X, and F for where a failed attempt leads. */
const written = (position: string, failed: string): string => `
  EQUIPMENT OFF-LINE, operatorOnline:  ATTEMPT ON-LINE [3] send S1F1
  EQUIPMENT OFF-LINE, hostOnline:      EQUIPMENT OFF-LINE [] ONLACK 1
  ATTEMPT ON-LINE, attemptAccepted:    ${position} [5 7] CE ${position}
  ATTEMPT ON-LINE, attemptFailed:      ${failed} [4]
  ATTEMPT ON-LINE, operatorOffline:    EQUIPMENT OFF-LINE [4]
  ATTEMPT ON-LINE, hostOnline:         ATTEMPT ON-LINE [] ONLACK 1
  HOST OFF-LINE, operatorOffline:      EQUIPMENT OFF-LINE [12]
  HOST OFF-LINE, hostOnline:           ${position} [11 7] ONLACK 0, CE ${position}
  LOCAL, operatorOffline:              EQUIPMENT OFF-LINE [6] CE OFFLINE
  LOCAL, operatorRemote:               REMOTE [8] CE REMOTE
  LOCAL, hostOffline:                  HOST OFF-LINE [10] OFLACK 0, CE OFFLINE
  LOCAL, hostOnline:                   LOCAL [] ONLACK 2
  REMOTE, operatorOffline:             EQUIPMENT OFF-LINE [6] CE OFFLINE
  REMOTE, operatorLocal:               LOCAL [9] CE LOCAL
  REMOTE, hostOffline:                 HOST OFF-LINE [10] OFLACK 0, CE OFFLINE
  REMOTE, hostOnline:                  REMOTE [] ONLACK 2
`;

describe.each<[ControlSettings['switch'], number, string]>([
  ['REMOTE', 3, 'HOST OFF-LINE'],
  ['LOCAL', 3, 'HOST OFF-LINE'],
  ['REMOTE', 1, 'EQUIPMENT OFF-LINE'],
  ['REMOTE', 2, 'HOST OFF-LINE'],
])('G-20, G-23, G-24: control states, switch at %s, OnlineFailed %i', (position, onlineFailed, failed) => {
  const settings = { switch: position, onlineFailed };
  describeTable(CONTROL_STATES, CONTROL_EVENTS, written(position, failed), (state, event) =>
    controlStep(state, event, settings),
  );
});

describe('G-20, G-21: where the control state starts', () => {
  it.each<[number, number, ControlSettings['switch'], string, number[], string[]]>([
    [1, 1, 'REMOTE', 'EQUIPMENT OFF-LINE', [1, 2], []],
    [1, 2, 'REMOTE', 'ATTEMPT ON-LINE', [1, 2], ['send S1F1']],
    [1, 3, 'REMOTE', 'HOST OFF-LINE', [1, 2], []],
    [2, 2, 'REMOTE', 'REMOTE', [1, 7], ['CE REMOTE']],
    [2, 2, 'LOCAL', 'LOCAL', [1, 7], ['CE LOCAL']],
  ])(
    'InitControlState %i, OfflineSubstate %i, switch at %s: %s',
    (init, substate, position, state, numbers, effects) => {
      const settings = { switch: position, onlineFailed: 3 };
      expect(initialControlState(init, substate, settings)).toEqual({ state, numbers, effects });
    },
  );
});
