import { SPOOL_EVENTS, SPOOL_STATES, spoolStep } from '../../../src/gem/state/spooling';
import { describeTable } from './notation';

describe('G-85, G-86, G-88: spooling states, all states and events', () => {
  describeTable(
    SPOOL_STATES,
    SPOOL_EVENTS,
    `
    INACTIVE, activate:     NO OUTPUT [1] reset counts, CE SpoolingActivated
    INACTIVE, purge:        INACTIVE [] RSDA 2
    INACTIVE, transmit:     INACTIVE [] RSDA 2
    NO OUTPUT, purge:       PURGE [4] RSDA 0, remove all
    NO OUTPUT, transmit:    TRANSMIT [5] RSDA 0, send oldest
    NO OUTPUT, emptyAgain:  INACTIVE [3] CE SpoolingDeactivated
    PURGE, purge:           PURGE [] RSDA 1
    PURGE, transmit:        PURGE [] RSDA 1
    PURGE, empty:           INACTIVE [3] CE SpoolingDeactivated
    TRANSMIT, purge:        TRANSMIT [] RSDA 1
    TRANSMIT, transmit:     TRANSMIT [] RSDA 1
    TRANSMIT, empty:        INACTIVE [3] CE SpoolingDeactivated
    TRANSMIT, failure:      NO OUTPUT [6] CE SpoolTransmitFailure
    TRANSMIT, enough:       NO OUTPUT [6]
    `,
    spoolStep,
  );
});
