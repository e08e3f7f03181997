import type { Clock } from '../../clock.js';
import type { Item, SecsMessage } from '../../secs2/index.js';
import type { ToolProfile } from '../profile/tool-profile.js';
import type { HostMemory } from './incoming/definitions.js';
import type { HostStep } from './setup/steps.js';

/** When the set-up is sent again after a reconnect (G-112). */
export type ReconnectPolicy = 'always' | 'ifRestarted' | 'never';

/** What a host answers a message of the tool that GEM has no answer for: an item, a whole message, nothing, or undefined for a header alone. */
export type HostHandler = (
  message: SecsMessage,
) => Item | SecsMessage | undefined | Promise<Item | SecsMessage | undefined>;

/** What a host takes besides its session, profile and set-up. */
export interface GemHostOptions {
  /**
   * `auto` (default): messages of the tool are acknowledged before the program gets them. `manual`: the program does it, by
   * `acknowledge()` of what it got, when it has stored it; until then the tool waits, which is the back-pressure.
   */
  readonly ack?: 'auto' | 'manual';
  /** Most messages that may wait for `acknowledge()`. Beyond, they are refused with SxF0 and told as `overflow`. Default 1,000. */
  readonly maxUnacknowledged?: number;
  /** When the set-up is sent again after a reconnect. Default `always`. */
  readonly reconnect?: ReconnectPolicy;
  /** Changes the start-up table (G-110): leave steps out, replace them, add your own. */
  readonly steps?: (standard: readonly HostStep[]) => readonly HostStep[];
  /** Where the definitions are kept, so that a backlog is read rightly after a restart of the host. Default: in memory. */
  readonly memory?: HostMemory;
  /** With `spool: 'ask'`: what becomes of a backlog. `count` is unknown where the tool does not tell. */
  readonly backlog?: (count: number | undefined) => Backlog | Promise<Backlog>;
  /** Whether the tool may go ON-LINE by its S1F1; `false`: S1F0. Default: always. */
  readonly admit?: () => boolean;
  /** Seconds until S1F13 is sent again. Default 10. */
  readonly establishTimeout?: number;
  /** Seconds until S1F17 is sent again to a tool that is OFF-LINE. Default 30. */
  readonly onLineRetry?: number;
  /** Seconds without a message after which a backlog that was not sent to its end is asked for again. Default 5. */
  readonly spoolSilence?: number;
  /** T3 of the requests of the set-up, in seconds. Default: the session's. */
  readonly t3?: number;
  /** IANA name of the tool's time zone. Default: that of the computer. */
  readonly timeZone?: string;
  /** Default: the clock of the session's connection. */
  readonly clock?: Clock;
  /** The answer to primaries that GEM does not know and that have no handler: SxF0, or nothing, for a program that answers them itself. Default `abort`. */
  readonly others?: 'abort' | 'leave';
  /**
   * Told what the host has learnt of the tool, with the profile that holds it, to be kept: who it is, messages that it does not
   * serve (S9F3, S9F5), formats of the parameters of commands that it accepted. `what` is a sentence. Default: it is forgotten.
   */
  readonly learn?: (profile: ToolProfile, what: string) => void;
  /** Waits for the turn of this host's set-up; what it resolves with gives the turn back. A fleet does that. Default: at once. */
  readonly turn?: (signal: AbortSignal) => Promise<() => void>;
  /** Takes what callbacks throw. Default: that of the connection. */
  readonly onError?: (error: unknown, where: string) => void;
}

/** What becomes of a backlog. */
export type Backlog = 'transmit' | 'purge' | 'leave';
