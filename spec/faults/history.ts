import type { CloseReason, SocketAddress } from '../../src/index.js';
import type { RunPlan, Side } from './plan.js';
import type { WireFrame } from './support/wire-frames.js';

/** What a program sent, and what it was told about that. */
export interface SentRecord {
  /** Names the message: stream, function, number and content. */
  readonly key: string;
  /** `sent`, or the code of the error. */
  outcome: string | undefined;
}

/** What became of a request. */
export interface RequestRecord {
  readonly name: string;
  /** How it may end on a link to which nothing happens. */
  readonly expected: string;
  /** How many connections there had been, the one at hand included. */
  readonly life: number;
  readonly startedAt: number;
  /** How long it may take at most, in milliseconds. */
  readonly boundMs: number;
  settledAt: number | undefined;
  /** `answered`, `wrong answer`, or the code of the error; `untyped` for one that has none. */
  outcome: string | undefined;
}

/** One TCP connection as one side saw it. */
export interface EntityLife {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  /** The events other than messages, as they came; `message?` is one out of place. */
  readonly events: string[];
  readonly reasons: CloseReason[];
  /** Every packet that was published, and that was said to be sent. */
  readonly packets: string[];
  readonly sentPackets: string[];
  /** Data messages of the session, sent and received. */
  readonly sent: SentRecord[];
  readonly received: string[];
  /** A Deselect was made by either side. */
  deselected: boolean;
}

/** What one side went through. */
export interface EntityHistory {
  readonly side: Side;
  readonly lives: EntityLife[];
  /** Events that came while no connection was up. */
  readonly strays: string[];
  readonly requests: RequestRecord[];
  /** Requests that were not settled as soon as their connection had closed (P-43). */
  readonly outliving: string[];
  /** What `onError` was given. */
  readonly reported: string[];
  selectedCount: number;
  endedCount: number;
  /** Sends that were refused at once: nothing of them may arrive. */
  readonly refused: string[];
  /** Control commands of the program: the code of the error, or `done`. */
  readonly controls: (string | undefined)[];
  /** After disposal: timers, listeners above those of a fresh one, Observables that did not complete. */
  timersLeft: readonly string[];
  listenersLeft: number;
  incomplete: number;
  signalListenersLeft: number;
}

/** One direction of a connection through the proxy. */
export interface LaneHistory {
  /** Frames that came from the sender, and that were passed on to the receiver. */
  readonly received: readonly WireFrame[];
  readonly forwarded: readonly WireFrame[];
  readonly corrupted: boolean;
  readonly cut: boolean;
}

export interface ProxyLifeHistory {
  readonly activePort: number;
  readonly passivePort: number;
  readonly faults: readonly string[];
  readonly toPassive: LaneHistory;
  readonly toActive: LaneHistory;
}

/** All that is known of a run. Times are in milliseconds. */
export interface RunHistory {
  readonly plan: RunPlan;
  readonly entities: Readonly<Record<Side, EntityHistory>>;
  readonly lives: readonly ProxyLifeHistory[];
  /** From the end of the faults to a request answered, each way; undefined when the plan ends in the middle of faults. */
  readonly recovery: { readonly boundMs: number; readonly ms: number | undefined } | undefined;
  /** The last connection stayed up until all that was sent on it had arrived; false when it never did. */
  readonly quiet: boolean | undefined;
  /** How long everything took to be closed, and how long it may take. */
  readonly ending: { readonly boundMs: number; readonly ms: number | undefined };
}
