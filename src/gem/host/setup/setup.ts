import type { Id } from '../../model/id.js';
import type { GivenValue } from '../../../e5/index.js';
import type {
  HostAlarmName,
  HostConstantName,
  HostEventName,
  HostValueName,
  HostVariableName,
} from '../../profile/types.js';

/** A report of a wish: names of values in order, with an RPTID of its own where one is wanted. */
export type ReportWish<N extends string = string> =
  | readonly N[]
  | {
      /** RPTID. Default: made of what the report holds, so that a changed one never decodes as the old one (T-3). */
      readonly id?: Id;
      readonly values: readonly N[];
    };

/** A trace of a wish (G-50). */
export interface TraceWish<N extends string = string> {
  /** TRID. Default: its place among the traces, from 1. */
  readonly id?: Id;
  /** Seconds between two samples, 0.01 to 359,999. */
  readonly period: number;
  /** Samples until it ends by itself, from 1. */
  readonly samples: number;
  /** Samples in one message. Default 1. */
  readonly groupSize?: number;
  /** What is sampled. */
  readonly variables: readonly N[];
}

/** Limits of one variable by LIMITID, 1 to 7 (G-55). */
export type LimitsWish = Readonly<Record<number, { readonly upper: number; readonly lower: number }>>;

/**
 * What a factory wants of a tool, by name. It is a wish: applied until it is true, after each start of either side.
 *
 * @example
 * ```ts
 * import type { HostSetup, ToolProfile } from 'rxsecs/gem';
 *
 * const etcher = {
 *   variables: { WaferId: { id: 2101, format: 'A' }, Slot: { id: 2102, format: 'U1' } },
 *   events: { WaferStarted: { id: 100 }, WaferDone: { id: 101 } },
 *   constants: { Temperature: { id: 2, format: 'U2' } },
 * } as const satisfies ToolProfile;
 * const setup = {
 *   reports: { Position: ['WaferId', 'Slot'] },
 *   events: { WaferStarted: ['Position'], WaferDone: [] },
 *   alarms: 'all',
 *   constants: { Temperature: 200 },
 * } as const satisfies HostSetup<typeof etcher>;
 * ```
 */
export interface HostSetup<P = object> {
  /** Reports by a name of your choice. */
  readonly reports?: Readonly<Record<string, ReportWish<HostValueName<P>>>>;
  /** Events that are wanted, each with the names of its reports. */
  readonly events?: { readonly [E in HostEventName<P>]?: readonly string[] };
  /** Alarms that are wanted: all, none, or these. Left out: they stay as they are. */
  readonly alarms?: 'all' | 'none' | readonly HostAlarmName<P>[];
  /** Values that constants must have. */
  readonly constants?: { readonly [C in HostConstantName<P>]?: GivenValue };
  /** Traces by a name of your choice. */
  readonly traces?: Readonly<Record<string, TraceWish<HostVariableName<P>>>>;
  /** Limits by variable. */
  readonly limits?: { readonly [V in HostVariableName<P>]?: LimitsWish };
  /** Functions that the tool spools, by stream; an empty list: the whole stream. */
  readonly spoolStreams?: Readonly<Record<number, readonly number[]>>;
  /** What becomes of a backlog: it is sent (default), thrown away, or `backlog` of the options is asked. */
  readonly spool?: 'transmit' | 'purge' | 'ask';
  /** Values that are read at the end of the set-up. */
  readonly read?: readonly HostValueName<P>[];
}
