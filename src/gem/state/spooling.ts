import { step, type Step, type Table } from './table.js';

/** The UNLOAD part of ACTIVE, or INACTIVE (G-85). */
export type SpoolState = 'INACTIVE' | 'NO OUTPUT' | 'PURGE' | 'TRANSMIT';

export const SPOOL_STATES: readonly SpoolState[] = ['INACTIVE', 'NO OUTPUT', 'PURGE', 'TRANSMIT'];

export type SpoolEvent =
  /** Communications have failed (14 or 6 of G-10), and EnableSpooling is true. */
  | 'activate'
  /** S6F23 RSDC 1. */
  | 'purge'
  /** S6F23 RSDC 0. */
  | 'transmit'
  /** Nothing is left in it, while PURGE or TRANSMIT. */
  | 'empty'
  /** It stands empty, and communications are back: ends by itself, where the rules say so. */
  | 'emptyAgain'
  /** A message could not be sent, or its reply did not come, while TRANSMIT. */
  | 'failure'
  /** MaxSpoolTransmit messages were sent. */
  | 'enough';

export const SPOOL_EVENTS: readonly SpoolEvent[] = [
  ...(['activate', 'purge', 'transmit', 'empty', 'emptyAgain', 'failure', 'enough'] as const),
];

export type SpoolEffect =
  | 'reset counts'
  | 'CE SpoolingActivated'
  | 'CE SpoolingDeactivated'
  | 'CE SpoolTransmitFailure'
  | 'remove all'
  | 'send oldest'
  | 'RSDA 0'
  | 'RSDA 1'
  | 'RSDA 2';

type Cell = Step<SpoolState, SpoolEffect>;

const cell = (state: SpoolState, numbers: readonly number[], ...effects: readonly SpoolEffect[]): Cell => ({
  state,
  numbers,
  effects,
});

const busy = (state: SpoolState): { readonly purge: Cell; readonly transmit: Cell } => ({
  purge: cell(state, [], 'RSDA 1'),
  transmit: cell(state, [], 'RSDA 1'),
});

const table: Table<SpoolState, SpoolEvent, SpoolEffect> = {
  INACTIVE: {
    activate: cell('NO OUTPUT', [1], 'reset counts', 'CE SpoolingActivated'),
    purge: cell('INACTIVE', [], 'RSDA 2'),
    transmit: cell('INACTIVE', [], 'RSDA 2'),
  },
  'NO OUTPUT': {
    purge: cell('PURGE', [4], 'RSDA 0', 'remove all'),
    transmit: cell('TRANSMIT', [5], 'RSDA 0', 'send oldest'),
    emptyAgain: cell('INACTIVE', [3], 'CE SpoolingDeactivated'),
  },
  PURGE: {
    ...busy('PURGE'),
    empty: cell('INACTIVE', [3], 'CE SpoolingDeactivated'),
  },
  TRANSMIT: {
    ...busy('TRANSMIT'),
    empty: cell('INACTIVE', [3], 'CE SpoolingDeactivated'),
    failure: cell('NO OUTPUT', [6], 'CE SpoolTransmitFailure'),
    enough: cell('NO OUTPUT', [6]),
  },
};

/** One step of UNLOAD. */
export const spoolStep = (state: SpoolState, event: SpoolEvent): Cell => step(table, state, event);
