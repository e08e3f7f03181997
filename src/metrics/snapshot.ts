import type { ConnectionState } from '../connection/events.js';
import type { QueueDepth } from '../connection/sending.js';
import type { SessionEnd } from '../session/session-end.js';
import type { TransactionOutcome } from '../session/errors.js';
import type { LatencySnapshot } from './histogram.js';

/** How often each of several things happened; what never did is left out. */
export type Counts<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/** What went one way. */
export interface TrafficMetrics {
  readonly packets: number;
  /** Frames, length prefixes included. */
  readonly bytes: number;
  /** By SType: `data`, `select.req` …; `other` for those that E37 does not define. */
  readonly byType: Counts<string>;
}

/** Control transactions of this side. */
export interface ControlMetrics {
  /** Select, Deselect and Linktest that were not answered within T6. */
  readonly t6Expiries: number;
  /** Select and Deselect answered with a status other than 0. */
  readonly refused: number;
  /** Those answered by Reject.req. */
  readonly rejected: number;
  /** Linktest.req to Linktest.rsp. */
  readonly linktest: LatencySnapshot;
}

/** One session since it has been watched. */
export interface SessionMetrics {
  readonly sessionId: number;
  readonly state: 'notConnected' | 'notSelected' | 'selected';
  /** Requests that wait for their reply now. */
  readonly openRequests: number;
  /** How often it was selected. */
  readonly selected: number;
  /** How often it ended, by how. */
  readonly ended: Counts<SessionEnd['kind']>;
  /** How requests ended: `t3` are the expiries of T3. */
  readonly requests: Counts<TransactionOutcome>;
  /** From `request` to its reply, of requests that were answered. */
  readonly roundTrip: LatencySnapshot;
  /** Replies that came after T3 had ended their request. */
  readonly lateReplies: number;
  readonly warnings: number;
}

/** A line of SECS-I (E4) since it has been watched: blocks, and what they met. */
export interface LineMetrics {
  readonly blocksSent: number;
  readonly blocksReceived: number;
  /** Tries of a block of ours that failed, whatever followed. */
  readonly triesFailed: number;
  /** Those that failed by NAK. */
  readonly naksReceived: number;
  /** Tries of the peer that we answered with NAK. */
  readonly blocksRefused: number;
  /** Expiries of T1, and of T2. */
  readonly t1Expiries: number;
  readonly t2Expiries: number;
  /** Messages of ours that failed in every try of a block. */
  readonly messagesFailed: number;
  /** Messages of the peer that were dropped, in whole or in part. */
  readonly messagesDropped: number;
  /** Blocks that came twice. */
  readonly duplicates: number;
  /** How often both sides asked for the line at a time, and how often this side made way. */
  readonly contentions: number;
  readonly yields: number;
  /** Bytes that meant nothing where they came. */
  readonly strayBytes: number;
}

/** One connection, and its sessions, since it has been watched. */
export interface ConnectionMetrics {
  /** The name given, or `address:port` of the peer (active) or of the port listened on (passive). */
  readonly name: string;
  /** Which side connects; a line counts as active. */
  readonly role: 'active' | 'passive';
  readonly state: ConnectionState;
  /** TCP connections established. */
  readonly established: number;
  /** Those but the first. */
  readonly reconnects: number;
  /** Attempts to connect that failed. */
  readonly connectFailures: number;
  /** Peers turned away, by why. */
  readonly refusals: Counts<string>;
  /** TCP connections closed, by why: `t7`, `t8`, `linktest` … */
  readonly closes: Counts<string>;
  /** Packets accepted for sending that the close of their connection left unsent. */
  readonly unsent: number;
  readonly received: TrafficMetrics;
  readonly sent: TrafficMetrics;
  /** What waits to be sent now. */
  readonly queue: QueueDepth;
  readonly control: ControlMetrics;
  /** Of SECS-I alone. */
  readonly line?: LineMetrics;
  readonly sessions: readonly SessionMetrics[];
}

/** Everything that is watched, at one moment. Plain JSON. */
export interface MetricsSnapshot {
  /** ISO 8601 in UTC with milliseconds. */
  readonly time: string;
  readonly connections: readonly ConnectionMetrics[];
}
