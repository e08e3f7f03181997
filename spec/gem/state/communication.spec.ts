import {
  COMMUNICATION_EVENTS,
  COMMUNICATION_STATES,
  communicationStep,
} from '../../../src/gem/state/communication';
import { describeTable } from './notation';

describe('G-10 to G-14: communication states, all states and events', () => {
  describeTable(
    COMMUNICATION_STATES,
    COMMUNICATION_EVENTS,
    `
    DISABLED, enable:                WAIT CRA [2 4 5 10] send S1F13
    DISABLED, enableWithoutLink:     NO LINK [2 4 5 10 6]
    NO LINK, disable:                DISABLED [3] abandon
    NO LINK, linkUp:                 WAIT CRA [7] send S1F13
    WAIT CRA, disable:               DISABLED [3] forget S1F13, abandon
    WAIT CRA, linkDown:              NO LINK [6] forget S1F13, set aside
    WAIT CRA, accepted:              COMMUNICATING [9]
    WAIT CRA, failed:                WAIT DELAY [6] set aside, start timer
    WAIT CRA, hostEstablishes:       COMMUNICATING [15] forget S1F13, answer COMMACK 0
    WAIT DELAY, disable:             DISABLED [3] stop timer, abandon
    WAIT DELAY, linkDown:            NO LINK [] stop timer
    WAIT DELAY, timer:               WAIT CRA [7] send S1F13
    WAIT DELAY, message:             WAIT CRA [8] stop timer, send S1F13
    WAIT DELAY, hostEstablishes:     COMMUNICATING [15] stop timer, answer COMMACK 0
    COMMUNICATING, disable:          DISABLED [3] abandon
    COMMUNICATING, linkDown:         NO LINK [14 5 10 6] set aside
    COMMUNICATING, sendFailed:       WAIT CRA [14 5 10] set aside, send S1F13
    COMMUNICATING, hostEstablishes:  COMMUNICATING [] answer COMMACK 0, tell reestablished
    `,
    communicationStep,
  );
});
