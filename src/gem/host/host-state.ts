import { step, type Step, type Table } from '../state/table.js';

/** Where a host stands with its tool (G-111). */
export type HostState =
  | 'disconnected'
  | 'selected'
  | 'establishing'
  | 'communicating'
  | 'offLine'
  | 'settingUp'
  | 'ready'
  | 'degraded';

export const HOST_STATES: readonly HostState[] = [
  ...(['disconnected', 'selected', 'establishing', 'communicating'] as const),
  ...(['offLine', 'settingUp', 'ready', 'degraded'] as const),
];

export type HostCause =
  | 'linkUp'
  | 'linkDown'
  /** The host has been started, and the link is up. */
  | 'begin'
  | 'stop'
  /** Our S1F13 was accepted. */
  | 'accepted'
  /** It was not: COMMACK, SxF0, S9, T3. */
  | 'refused'
  | 'timer'
  /** The tool's own S1F13, which is answered COMMACK 0. */
  | 'toolEstablishes'
  /** The tool has asked by S1F1, or told of its control state. */
  | 'attempt'
  | 'onLine'
  | 'offLine'
  /** The wish is true. */
  | 'wishTrue'
  /** It is, but for what is named. */
  | 'wishPartly'
  /** Another wish. */
  | 'apply';

export const HOST_CAUSES: readonly HostCause[] = [
  ...(['linkUp', 'linkDown', 'begin', 'stop', 'accepted', 'refused', 'timer'] as const),
  ...(['toolEstablishes', 'attempt', 'onLine', 'offLine', 'wishTrue', 'wishPartly', 'apply'] as const),
];

export type HostEffect =
  | 'send S1F13'
  /** Its answer does not count any more. */
  | 'forget S1F13'
  | 'start timer'
  | 'stop timer'
  | 'ask on-line'
  | 'set up'
  | 'stop set-up'
  | 'send difference';

type Cell = Step<HostState, HostEffect>;

const cell = (state: HostState, ...effects: readonly HostEffect[]): Cell => ({ state, numbers: [], effects });

/** The tool has begun anew: all that was set up is in doubt. */
const anew = { toolEstablishes: cell('communicating', 'stop set-up', 'ask on-line') };
const down = {
  linkDown: cell('disconnected', 'stop set-up', 'stop timer'),
  stop: cell('selected', 'stop set-up', 'stop timer'),
};
const gone = { offLine: cell('offLine', 'stop set-up', 'start timer') };

const table: Table<HostState, HostCause, HostEffect> = {
  disconnected: { linkUp: cell('selected') },
  selected: {
    linkDown: cell('disconnected'),
    begin: cell('establishing', 'send S1F13'),
  },
  establishing: {
    linkDown: cell('disconnected', 'forget S1F13', 'stop timer'),
    stop: cell('selected', 'forget S1F13', 'stop timer'),
    accepted: cell('communicating', 'ask on-line'),
    refused: cell('establishing', 'start timer'),
    timer: cell('establishing', 'send S1F13'),
    toolEstablishes: cell('communicating', 'forget S1F13', 'stop timer', 'ask on-line'),
  },
  communicating: {
    ...down,
    ...anew,
    onLine: cell('settingUp', 'set up'),
    offLine: cell('offLine', 'start timer'),
  },
  offLine: {
    ...down,
    toolEstablishes: cell('communicating', 'stop timer', 'ask on-line'),
    timer: cell('offLine', 'ask on-line'),
    attempt: cell('offLine', 'stop timer', 'ask on-line'),
    offLine: cell('offLine', 'start timer'),
    onLine: cell('settingUp', 'stop timer', 'set up'),
  },
  settingUp: {
    ...down,
    ...anew,
    ...gone,
    wishTrue: cell('ready'),
    wishPartly: cell('degraded'),
  },
  ready: { ...down, ...anew, ...gone, apply: cell('settingUp', 'send difference') },
  degraded: { ...down, ...anew, ...gone, apply: cell('settingUp', 'send difference') },
};

/** One step of the host's states; a cause that means nothing in a state changes nothing. */
export const hostStep = (state: HostState, cause: HostCause): Cell => step(table, state, cause);

/** Whether communications are established. */
export const isCommunicating = (state: HostState): boolean =>
  state !== 'disconnected' && state !== 'selected' && state !== 'establishing';
