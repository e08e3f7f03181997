import type { SecsMessage } from '../../secs2/index.js';
import type { Value } from '../../e5/index.js';
import type { Id } from '../model/id.js';
import type { HostState } from './host-state.js';

/** What the program gets of a message that it may have to acknowledge. */
export interface Received {
  /** When it came, in milliseconds since 1970-01-01 UTC by the host's clock. */
  readonly at: number;
  /** It comes out of the tool's spool. */
  readonly spooled: boolean;
  /** The message as it came. */
  readonly raw: SecsMessage;
  /**
   * With `ack: 'manual'`: answers the message, once. The tool sends no more than its window until then.
   * @param code acknowledge code. Default 0.
   * @returns whether the answer left: false where the link it came on is gone, so that the tool may send it again.
   */
  acknowledge(code?: number): Promise<boolean>;
}

/** One report of an event. */
export interface ReceivedReport {
  /** Name in the set-up; undefined for an RPTID that is not known. */
  readonly name: string | undefined;
  readonly rptid: Id;
  readonly values: readonly Value[];
}

/** A collection event with the values of its reports by name. */
export interface HostEvent<V = Readonly<Record<string, Value | undefined>>> extends Received {
  /** Name in the profile; undefined for a CEID that it does not have. */
  readonly name: string | undefined;
  readonly ceid: Id;
  /** By name; undefined is a value that the tool did not have. */
  readonly values: V;
  readonly reports: readonly ReceivedReport[];
}

/** An alarm was set or cleared. */
export interface HostAlarm extends Received {
  /** Name in the profile. */
  readonly name: string | undefined;
  readonly alid: Id;
  readonly set: boolean;
  /** The low seven bits of ALCD. */
  readonly category: number;
  /** ALTX. */
  readonly text: string;
}

/** An alarm that is set. */
export interface ActiveAlarm {
  readonly name: string | undefined;
  readonly alid: Id;
  readonly category: number | undefined;
  readonly text: string;
}

/** Samples of a trace. */
export interface HostTrace extends Received {
  /** Name in the set-up. */
  readonly name: string | undefined;
  readonly trid: Id;
  /** SMPLN: number of its last sample. */
  readonly sample: number;
  /** STIME as it came. */
  readonly time: string;
  /** The samples, oldest first, each with its values by name. */
  readonly samples: readonly Readonly<Record<string, Value | undefined>>[];
  /** How many samples before these never came. */
  readonly missed: number;
}

/** A message that the operator of the tool typed. */
export interface TerminalInput extends Received {
  readonly terminal: number;
  readonly text: string;
}

/** What a tool says of process programs by itself. */
export interface RecipeNotice extends Received {
  readonly kind: 'verified' | 'changed' | 'selected';
  readonly ppid: string | undefined;
  /** Of `verified`: what is wrong with it, nothing where it is right. */
  readonly faults: readonly { readonly code: number; readonly command: number; readonly text: string }[];
}

/** Something of the wish that is not true. */
export interface SetupProblem {
  /** The step of the set-up. */
  readonly step: string;
  /** The message that was refused: `S2F33`. */
  readonly message: string;
  /** Its acknowledge code, where it was answered. */
  readonly code: number | undefined;
  /** Name of the entry at fault. */
  readonly name: string | undefined;
  /** Its id. */
  readonly id: Id | undefined;
  /** All of that as a sentence. */
  readonly text: string;
}

/** A step of the set-up begins. */
export interface SetupProgress {
  readonly step: string;
  /** Its number, from 1. */
  readonly n: number;
  readonly of: number;
}

/** The host is in another state. */
export interface HostTransition {
  readonly from: HostState;
  readonly to: HostState;
  readonly cause: string;
}

/** Something odd that did no harm. */
export interface HostWarning {
  readonly kind:
    | 'notEstablished'
    | 'unknownEvent'
    | 'unknownReport'
    | 'wrongCount'
    | 'unknownTrace'
    | 'redefined'
    | 'malformed'
    | 'unsupported'
    | 'clock'
    | 'otherModel'
    | 'overflow'
    | 'stream9';
  readonly text: string;
  /** The message at fault. */
  readonly raw?: SecsMessage;
}

/** The events of a host, and what their listeners get. */
export interface GemHostEvents {
  state: [state: HostState];
  transition: [transition: HostTransition];
  progress: [progress: SetupProgress];
  problem: [problem: SetupProblem];
  warning: [warning: HostWarning];
  event: [event: HostEvent];
  alarm: [alarm: HostAlarm];
  activeAlarms: [alarms: readonly ActiveAlarm[] | undefined];
  trace: [trace: HostTrace];
  terminal: [input: TerminalInput];
  recipe: [notice: RecipeNotice];
  /** The tool has established communications anew: it was restarted. */
  restarted: [];
  disposed: [];
}
