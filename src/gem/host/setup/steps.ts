import type { SecsMessage } from '../../../secs2/index.js';
import type { Id } from '../../model/id.js';
import type { Zone } from '../../equipment/values/time-format.js';
import type { ProfileIndex } from '../../profile/profile-index.js';
import type { Definitions } from '../incoming/definitions.js';
import type { Difference } from './difference.js';
import type { ActiveAlarm, HostWarning } from '../events.js';
import type { Talk } from '../talk.js';
import type { Wish } from './wish.js';
import type { Value } from '../../../e5/index.js';

/** Something of the wish was refused. */
export interface Refusal {
  readonly message: string;
  readonly code?: number;
  readonly name?: string;
  readonly id?: Id;
  /** What it means, as a sentence. */
  readonly text: string;
}

/** What a step of the set-up works with. */
export interface StepContext {
  /** @internal */
  readonly wish: Wish;
  /** @internal What has to be done: all of it after a start, what has changed after `apply`. */
  readonly difference: Difference;
  /** @internal */
  readonly index: ProfileIndex;
  /** @internal */
  readonly definitions: Definitions;
  /** @internal */
  readonly talk: Talk;
  /** @internal */
  readonly zone: Zone;
  /** Ends with the link, or when the set-up begins anew. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** A request with the T3 of the set-up. Rejects as `request` of the session does, and when the set-up has ended meanwhile. */
  request(message: SecsMessage): Promise<SecsMessage>;
  /** Notes that something of the wish is not true: the host will be `degraded`. */
  problem(refusal: Refusal): void;
  warn(warning: HostWarning): void;
  /** @internal The alarms that are set; undefined while they are not known. */
  setActiveAlarms(alarms: readonly ActiveAlarm[] | undefined): void;
  /** @internal */
  setValues(values: ReadonlyMap<string, Value | undefined>): void;
  /** @internal Has the tool send its spool, or throw it away. */
  unload(): Promise<void>;
  /** @internal Resolves when nothing with these RPTIDs has come for a while. */
  quiet(rptids: readonly Id[]): Promise<void>;
}

/**
 * One step of the start-up table (G-110). It is idempotent: it may be carried out any number of times. What it throws is
 * noted as not supported by the tool and passed over, unless the step is required; the link's end ends the set-up.
 */
export interface HostStep {
  readonly name: string;
  /** Without it the wish is not true: its failure makes the host `degraded`. */
  readonly required?: boolean;
  /** What it would send, if everything is accepted. A step that plans nothing is left out. Default: it is carried out. */
  plan?(context: StepContext): readonly SecsMessage[];
  run(context: StepContext): Promise<void>;
}
