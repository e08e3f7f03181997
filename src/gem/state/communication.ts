import { step, type Step, type Table } from './table.js';

/**
 * The communication state model of E30 (G-10 to G-14). NOT COMMUNICATING has two parts at once, of which the host-initiated
 * one has a single state, WAIT CR FROM HOST: it stands in both WAIT CRA and WAIT DELAY, and is not named here. NO LINK is WAIT
 * DELAY with its timer halted, as long as no message can be sent (G-11).
 */
export type CommunicationState = 'DISABLED' | 'NO LINK' | 'WAIT CRA' | 'WAIT DELAY' | 'COMMUNICATING';

export const COMMUNICATION_STATES: readonly CommunicationState[] = [
  ...(['DISABLED', 'NO LINK', 'WAIT CRA', 'WAIT DELAY', 'COMMUNICATING'] as const),
];

export type CommunicationEvent =
  /** The operator enables, or the equipment starts enabled; the link is up. */
  | 'enable'
  /** The same without a link. */
  | 'enableWithoutLink'
  | 'disable'
  | 'linkUp'
  | 'linkDown'
  /** A message could not be sent in any try, though the link is up: a communication failure of SECS-I. */
  | 'sendFailed'
  /** Our S1F13 was answered with COMMACK 0. */
  | 'accepted'
  /** It was not: refused, malformed, S1F0, S9, T3, not sent. */
  | 'failed'
  /** EstablishCommunicationsTimeout has passed. */
  | 'timer'
  /** The host's S1F13, which is not denied. */
  | 'hostEstablishes'
  /** Any other message of the host. */
  | 'message';

export const COMMUNICATION_EVENTS: readonly CommunicationEvent[] = [
  ...(['enable', 'enableWithoutLink', 'disable', 'linkUp', 'linkDown', 'sendFailed'] as const),
  ...(['accepted', 'failed', 'timer', 'hostEstablishes', 'message'] as const),
];

export type CommunicationEffect =
  | 'send S1F13'
  /** Its answer does not count any more. */
  | 'forget S1F13'
  | 'start timer'
  | 'stop timer'
  | 'answer COMMACK 0'
  /** What waits to be sent goes to the spool, or away. */
  | 'set aside'
  /** What waits goes away, and open transactions end. */
  | 'abandon'
  /** The host has restarted: it establishes what is established. */
  | 'tell reestablished';

type Cell = Step<CommunicationState, CommunicationEffect>;

const cell = (
  state: CommunicationState,
  numbers: readonly number[],
  ...effects: readonly CommunicationEffect[]
): Cell => ({ state, numbers, effects });

/** Into NOT COMMUNICATING with a link: 5 and 10 at once. */
const waitCra = (...before: readonly number[]): Cell => cell('WAIT CRA', [...before, 5, 10], 'send S1F13');

const table: Table<CommunicationState, CommunicationEvent, CommunicationEffect> = {
  DISABLED: {
    enable: waitCra(2, 4),
    enableWithoutLink: cell('NO LINK', [2, 4, 5, 10, 6]),
  },
  'NO LINK': {
    disable: cell('DISABLED', [3], 'abandon'),
    linkUp: cell('WAIT CRA', [7], 'send S1F13'),
  },
  'WAIT CRA': {
    disable: cell('DISABLED', [3], 'forget S1F13', 'abandon'),
    linkDown: cell('NO LINK', [6], 'forget S1F13', 'set aside'),
    accepted: cell('COMMUNICATING', [9]),
    failed: cell('WAIT DELAY', [6], 'set aside', 'start timer'),
    hostEstablishes: cell('COMMUNICATING', [15], 'forget S1F13', 'answer COMMACK 0'),
  },
  'WAIT DELAY': {
    disable: cell('DISABLED', [3], 'stop timer', 'abandon'),
    linkDown: cell('NO LINK', [], 'stop timer'),
    timer: cell('WAIT CRA', [7], 'send S1F13'),
    message: cell('WAIT CRA', [8], 'stop timer', 'send S1F13'),
    hostEstablishes: cell('COMMUNICATING', [15], 'stop timer', 'answer COMMACK 0'),
  },
  COMMUNICATING: {
    disable: cell('DISABLED', [3], 'abandon'),
    linkDown: cell('NO LINK', [14, 5, 10, 6], 'set aside'),
    sendFailed: cell('WAIT CRA', [14, 5, 10], 'set aside', 'send S1F13'),
    hostEstablishes: cell('COMMUNICATING', [], 'answer COMMACK 0', 'tell reestablished'),
  },
};

export const communicationStep = (state: CommunicationState, event: CommunicationEvent): Cell =>
  step(table, state, event);
