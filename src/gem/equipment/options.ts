import type { Clock } from '../../clock.js';
import type { GemStore } from '../store/store.js';
import type { ConstantCheck } from './values/constants.js';
import type { ProgramVerifier } from './programs/formatted-programs.js';
import type { ProgramCheck } from './programs/programs.js';
import type { GemRules } from './rules.js';
import type { ClockSetter } from './services.js';

/** What an equipment takes besides its session and its model. */
export interface GemEquipmentOptions {
  /** What survives power-off. Default: a store in memory, which does not. */
  readonly store?: GemStore;
  /** Default: the clock of the session's connection. */
  readonly clock?: Clock;
  /** What E30 leaves open, see {@link GemRules}. */
  readonly rules?: Partial<GemRules>;
  /** IANA name of the time zone of TimeFormat 0 and 1. Default: that of the computer. */
  readonly timeZone?: string;
  /** Takes what callbacks of the application throw, and what the store cannot do. Default: that of the connection. */
  readonly onError?: (error: unknown, where: string) => void;
  /** Whether the host may establish communications now; `false`: COMMACK 1 (G-14). */
  readonly admitHost?: () => boolean;
  /** Whether the host may take the equipment ON-LINE now; `false`: ONLACK 1 (G-23). */
  readonly admitOnline?: () => boolean;
  /** Lets the application refuse new values of constants, all together (G-33). */
  readonly checkConstants?: ConstantCheck;
  /** Lets the application refuse what the host does with process programs (G-70). */
  readonly checkPrograms?: ProgramCheck;
  /** Checks formatted process programs beyond what the model says (G-72). */
  readonly verifyProgram?: ProgramVerifier;
  /** The host sets the clock; `false`: TIACK 1 (G-77). */
  readonly setClock?: ClockSetter;
}
