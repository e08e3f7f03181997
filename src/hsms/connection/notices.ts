import type { TcpNotice } from '../../connection/notices.js';
import type { HsmsHint } from '../link/hints.js';

/** The notice that no peer connected to a passive side with a session within T7 of `enable()`; told once after each. */
export interface NobodyConnected {
  readonly kind: 'nobodyConnected';
  /** T7. */
  readonly seconds: number;
  /** What to look at. */
  readonly hint: HsmsHint;
}

/** What an operator wants to know besides the four streams, told apart by `kind`; see {@link TcpNotice}. */
export type HsmsNotice = TcpNotice<HsmsHint> | NobodyConnected;
