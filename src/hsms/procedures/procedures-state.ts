import type { CloseReason } from '../link/close-reason.js';
import type { HsmsHeader } from '../wire/header.js';
import { HsmsPacket } from '../wire/packet.js';

/** The key of the only session of HSMS-SS; in HSMS-GS the key of a session is its session ID. */
export const SINGLE_SESSION = 0xffff;

/** A control transaction of this side that has not been answered, by E37 procedure. */
export type OpenControl =
  /** `stale`: the session has ended since, so the answer tells nothing about the one there may be now. */
  | { readonly procedure: 'select' | 'deselect'; readonly key: number; readonly stale?: true }
  /** `alive`: a frame was accepted since the request. */
  | { readonly procedure: 'linktest'; readonly alive: boolean };

/** Where the E37 procedures of one TCP connection stand. Immutable. */
export interface ProceduresState {
  readonly role: 'active' | 'passive';
  /** HSMS-GS (E37.2): several sessions on one connection. */
  readonly general: boolean;
  readonly connected: boolean;
  /** Keys of the sessions in the state SELECTED. */
  readonly selected: ReadonlySet<number>;
  /** Open control transactions of this side, by system bytes. */
  readonly open: ReadonlyMap<number, OpenControl>;
  /** Linktests in a row that went unanswered. */
  readonly unansweredLinktests: number;
}

/** How a control transaction of this side ended. */
export type ControlResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'rejected'; readonly rejectReason: number }
  | { readonly kind: 't6' }
  | { readonly kind: 'notNow'; readonly why: 'notConnected' | 'notSelected' | 'passive' };

/** What may happen. System bytes of commands are chosen by the caller. */
export type ProceduresEvent =
  | { readonly type: 'connected' }
  | { readonly type: 'disconnected' }
  | {
      readonly type: 'received';
      readonly packet: HsmsPacket;
      /** HSMS-GS: whether the session ID of a Select.req may be selected here. */
      readonly admission?: 'yes' | 'noSuchEntity' | 'entityInUse';
    }
  | { readonly type: 'select' | 'deselect'; readonly key: number; readonly systemBytes: number }
  | { readonly type: 'linktest'; readonly systemBytes: number }
  | { readonly type: 'separate'; readonly key: number; readonly systemBytes: number }
  | {
      readonly type: 't6';
      readonly systemBytes: number;
      readonly seconds: number;
      readonly maxLinktestFailures: number;
    }
  | { readonly type: 't7'; readonly seconds: number };

/** What the caller has to do, in this order. */
export type Effect =
  | { readonly do: 'send'; readonly packet: HsmsPacket }
  | { readonly do: 'armT6' | 'cancelT6'; readonly systemBytes: number }
  | { readonly do: 'armT7' | 'cancelT7' }
  | { readonly do: 'settle'; readonly systemBytes: number; readonly result: ControlResult }
  | { readonly do: 'selected'; readonly key: number }
  | { readonly do: 'ended'; readonly key: number; readonly by: 'deselect' | 'separate' | 'close' }
  | { readonly do: 'deliver'; readonly packet: HsmsPacket }
  /** The peer rejected a message that is no control message of ours: an open data transaction, perhaps. */
  | { readonly do: 'rejected'; readonly header: HsmsHeader }
  /** A frame was accepted: the peer is alive. */
  | { readonly do: 'alive' }
  | { readonly do: 'close'; readonly reason: CloseReason };

const NONE_OPEN: ReadonlyMap<number, OpenControl> = new Map();
const NONE_SELECTED: ReadonlySet<number> = new Set();
/** What is selected on nearly every connection there is. */
const SINGLE_SELECTED: ReadonlySet<number> = new Set([SINGLE_SESSION]);

/** The state before the first connection. */
export function initialProcedures(role: 'active' | 'passive', general: boolean): ProceduresState {
  return {
    role,
    general,
    connected: false,
    selected: NONE_SELECTED,
    open: NONE_OPEN,
    unansweredLinktests: 0,
  };
}

/** The key of the session that a session ID on the wire belongs to. */
export function keyOf(state: ProceduresState, sessionId: number): number {
  return state.general ? sessionId : SINGLE_SESSION;
}

function without(selected: ReadonlySet<number>, key: number): ReadonlySet<number> {
  const left = new Set(selected);
  left.delete(key);
  return left.size === 0 ? NONE_SELECTED : left;
}

function withoutControl(
  open: ReadonlyMap<number, OpenControl>,
  systemBytes: number,
): ReadonlyMap<number, OpenControl> {
  if (!open.has(systemBytes)) return open;
  // Nearly always the only one.
  if (open.size === 1) return NONE_OPEN;
  const left = new Map(open);
  left.delete(systemBytes);
  return left;
}

/** A step under way: the state so far, and the effects so far. */
export class Step {
  readonly effects: Effect[] = [];

  constructor(public state: ProceduresState) {}

  effect(...effects: Effect[]): void {
    this.effects.push(...effects);
  }

  reject(header: HsmsHeader, reason: number): void {
    this.effect({ do: 'send', packet: HsmsPacket.rejectReq(header, reason) });
  }

  select(key: number): void {
    if (this.state.selected.has(key)) return;
    const first = this.state.selected.size === 0;
    const selected =
      first && key === SINGLE_SESSION ? SINGLE_SELECTED : new Set(this.state.selected).add(key);
    this.state = { ...this.state, selected };
    if (first) this.effect({ do: 'cancelT7' });
    this.effect({ do: 'selected', key });
  }

  end(key: number, by: 'deselect' | 'separate' | 'close'): void {
    if (!this.state.selected.has(key)) return;
    const selected = without(this.state.selected, key);
    this.state = { ...this.state, selected };
    this.markStale('deselect', key);
    this.effect({ do: 'ended', key, by });
    if (selected.size === 0 && by !== 'close') this.effect({ do: 'armT7' });
  }

  open(systemBytes: number, open: OpenControl): void {
    this.state = { ...this.state, open: new Map(this.state.open).set(systemBytes, open) };
  }

  /** The session of the open transactions of a procedure has ended by other means. */
  markStale(procedure: 'select' | 'deselect', key: number): void {
    for (const [systemBytes, open] of this.state.open) {
      if (open.procedure === procedure && open.key === key) this.open(systemBytes, { ...open, stale: true });
    }
  }

  /** The Select with these system bytes selects: each Deselect sent after it is about this session. */
  renewDeselects(key: number, since: number): void {
    let later = false;
    for (const [systemBytes, open] of this.state.open) {
      if (systemBytes === since) later = true;
      else if (later && open.procedure === 'deselect' && open.key === key) {
        this.open(systemBytes, { procedure: 'deselect', key });
      }
    }
  }

  settle(systemBytes: number, result: ControlResult): void {
    this.state = { ...this.state, open: withoutControl(this.state.open, systemBytes) };
    this.effect({ do: 'cancelT6', systemBytes }, { do: 'settle', systemBytes, result });
  }

  /** A frame was accepted, so the peer lives, whatever becomes of a Linktest of ours. */
  alive(): void {
    for (const [systemBytes, open] of this.state.open) {
      if (open.procedure === 'linktest' && !open.alive) this.open(systemBytes, { ...open, alive: true });
    }
    if (this.state.unansweredLinktests > 0) this.state = { ...this.state, unansweredLinktests: 0 };
    this.effect({ do: 'alive' });
  }
}
