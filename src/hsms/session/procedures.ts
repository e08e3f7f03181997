import type { CloseReason } from '../connection/close-reason.js';
import { DeselectStatus, P_TYPE_SECS2, RejectReason, SelectStatus, SType } from '../wire/codes.js';
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
  readonly linktestFailures: number;
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
      readonly linktestFailures: number;
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

/** The state before the first connection. */
export function initialProcedures(role: 'active' | 'passive', general: boolean): ProceduresState {
  return { role, general, connected: false, selected: new Set(), open: new Map(), linktestFailures: 0 };
}

/** The key of the session that a session ID on the wire belongs to. */
export function keyOf(state: ProceduresState, sessionId: number): number {
  return state.general ? sessionId : SINGLE_SESSION;
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
    this.state = { ...this.state, selected: new Set(this.state.selected).add(key) };
    if (first) this.effect({ do: 'cancelT7' });
    this.effect({ do: 'selected', key });
  }

  end(key: number, by: 'deselect' | 'separate' | 'close'): void {
    if (!this.state.selected.has(key)) return;
    const selected = new Set(this.state.selected);
    selected.delete(key);
    this.state = { ...this.state, selected };
    this.outdate('deselect', key);
    this.effect({ do: 'ended', key, by });
    if (selected.size === 0 && by !== 'close') this.effect({ do: 'armT7' });
  }

  open(systemBytes: number, open: OpenControl): void {
    this.state = { ...this.state, open: new Map(this.state.open).set(systemBytes, open) };
  }

  /** The session of the open transactions of a procedure has ended by other means. */
  outdate(procedure: 'select' | 'deselect', key: number): void {
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
    const open = new Map(this.state.open);
    open.delete(systemBytes);
    this.state = { ...this.state, open };
    this.effect({ do: 'cancelT6', systemBytes }, { do: 'settle', systemBytes, result });
  }

  /** A frame was accepted, so the peer lives, whatever becomes of a Linktest of ours. */
  alive(): void {
    for (const [systemBytes, open] of this.state.open) {
      if (open.procedure === 'linktest' && !open.alive) this.open(systemBytes, { ...open, alive: true });
    }
    if (this.state.linktestFailures > 0) this.state = { ...this.state, linktestFailures: 0 };
    this.effect({ do: 'alive' });
  }
}

/**
 * The E37 procedures Select, Deselect, Linktest, Separate and Reject as a pure function (E37 HSMS-SS as of E37.1,
 * HSMS-GS as of E37.2).
 */
export function transition(
  state: ProceduresState,
  event: ProceduresEvent,
): { readonly state: ProceduresState; readonly effects: readonly Effect[] } {
  const step = new Step(state);
  run(step, event);
  return step;
}

function run(step: Step, event: ProceduresEvent): void {
  switch (event.type) {
    case 'connected':
      onDisconnected(step);
      step.state = { ...initialProcedures(step.state.role, step.state.general), connected: true };
      step.effect({ do: 'armT7' });
      break;
    case 'disconnected':
      onDisconnected(step);
      break;
    case 'received':
      if (step.state.connected) onReceived(step, event.packet, event.admission ?? 'yes');
      break;
    case 'select':
    case 'deselect':
    case 'linktest':
      onCommand(step, event);
      break;
    case 'separate':
      onSeparateCommand(step, event.key, event.systemBytes);
      break;
    case 't6':
      onT6(step, event.systemBytes, event.seconds, event.linktestFailures);
      break;
    case 't7':
      if (step.state.connected && step.state.selected.size === 0) {
        step.effect({ do: 'close', reason: { kind: 't7', seconds: event.seconds } });
      }
      break;
  }
}

function onDisconnected(step: Step): void {
  if (!step.state.connected) return;
  step.effect({ do: 'cancelT7' });
  for (const systemBytes of step.state.open.keys()) {
    step.settle(systemBytes, { kind: 'notNow', why: 'notConnected' });
  }
  for (const key of step.state.selected) step.end(key, 'close');
  step.state = initialProcedures(step.state.role, step.state.general);
}

function onCommand(
  step: Step,
  event: Extract<ProceduresEvent, { type: 'select' | 'deselect' | 'linktest' }>,
): void {
  const { state } = step;
  const { systemBytes } = event;
  const refuse = (why: 'notConnected' | 'notSelected' | 'passive'): void =>
    step.effect({ do: 'settle', systemBytes, result: { kind: 'notNow', why } });
  if (!state.connected) return refuse('notConnected');
  let packet: HsmsPacket;
  if (event.type === 'linktest') {
    // An entity that is not selected stays silent (P-22); Select tells whether the peer lives.
    if (state.selected.size === 0) return refuse('notSelected');
    packet = HsmsPacket.linktestReq(systemBytes);
    step.open(systemBytes, { procedure: 'linktest', alive: false });
  } else if (event.type === 'select') {
    if (state.selected.has(event.key)) {
      step.effect({ do: 'settle', systemBytes, result: { kind: 'done' } });
      return;
    }
    if (state.role === 'passive') return refuse('passive');
    packet = HsmsPacket.selectReq(systemBytes, event.key);
    step.open(systemBytes, { procedure: 'select', key: event.key });
  } else {
    if (!state.selected.has(event.key)) return refuse('notSelected');
    packet = HsmsPacket.deselectReq(systemBytes, event.key);
    step.open(systemBytes, { procedure: 'deselect', key: event.key });
  }
  step.effect({ do: 'send', packet }, { do: 'armT6', systemBytes });
}

function onSeparateCommand(step: Step, key: number, systemBytes: number): void {
  if (!step.state.selected.has(key)) return;
  step.effect({ do: 'send', packet: HsmsPacket.separateReq(systemBytes, key) });
  step.end(key, 'separate');
  // The peer takes a Select of ours that is on its way first, and the Separate then.
  step.outdate('select', key);
  if (!step.state.general) step.effect({ do: 'close', reason: { kind: 'local' } });
}

function onT6(step: Step, systemBytes: number, seconds: number, allowedFailures: number): void {
  const open = step.state.open.get(systemBytes);
  if (open === undefined) return;
  if (open.procedure !== 'linktest') {
    step.settle(systemBytes, { kind: 't6' });
    step.effect({ do: 'close', reason: { kind: 't6', procedure: open.procedure, seconds } });
    return;
  }
  step.settle(systemBytes, { kind: 't6' });
  if (open.alive) return;
  const failures = step.state.linktestFailures + 1;
  step.state = { ...step.state, linktestFailures: failures };
  if (failures >= allowedFailures) {
    step.effect({ do: 'close', reason: { kind: 'linktest', failures, seconds } });
  }
}

function onReceived(step: Step, packet: HsmsPacket, admission: 'yes' | 'noSuchEntity' | 'entityInUse'): void {
  const { header } = packet;
  if (header.sType === SType.rejectReq) {
    // A Reject is never answered, not even a malformed one: two peers would never stop.
    onReject(step, header);
  } else if (header.pType !== P_TYPE_SECS2) {
    step.reject(header, RejectReason.pTypeNotSupported);
  } else if (header.sType === SType.data) {
    onData(step, packet);
  } else if (!isControl(header.sType) || packet.body.length > 0) {
    step.reject(header, RejectReason.sTypeNotSupported);
  } else {
    onControl(step, header, admission);
  }
}

function isControl(sType: number): boolean {
  return (sType >= SType.selectReq && sType <= SType.rejectReq) || sType === SType.separateReq;
}

function onData(step: Step, packet: HsmsPacket): void {
  if (!step.state.selected.has(keyOf(step.state, packet.header.sessionId))) {
    step.reject(packet.header, RejectReason.entityNotSelected);
    return;
  }
  step.alive();
  step.effect({ do: 'deliver', packet });
}

function onControl(step: Step, header: HsmsHeader, admission: 'yes' | 'noSuchEntity' | 'entityInUse'): void {
  const key = keyOf(step.state, header.sessionId);
  switch (header.sType) {
    case SType.selectReq:
      step.alive();
      onSelectReq(step, header, key, admission);
      break;
    case SType.deselectReq:
      step.alive();
      onDeselectReq(step, header, key);
      break;
    case SType.linktestReq:
      step.alive();
      step.effect({ do: 'send', packet: HsmsPacket.linktestRsp(header) });
      break;
    case SType.separateReq:
      step.alive();
      if (!step.state.selected.has(key)) break;
      step.end(key, 'separate');
      if (!step.state.general) step.effect({ do: 'close', reason: { kind: 'separate' } });
      break;
    default:
      onResponse(step, header, key);
  }
}

function onSelectReq(
  step: Step,
  header: HsmsHeader,
  key: number,
  admission: 'yes' | 'noSuchEntity' | 'entityInUse',
): void {
  const { general, selected } = step.state;
  let status: number = SelectStatus.established;
  if (selected.has(key)) status = general ? SelectStatus.entitySelected : SelectStatus.alreadyActive;
  else if (general && admission === 'noSuchEntity') status = SelectStatus.noSuchEntity;
  else if (general && admission === 'entityInUse') status = SelectStatus.entityInUse;
  // Selected first, answered then: what follows in the same segment finds the session selected (P-22, P-23).
  else step.select(key);
  step.effect({ do: 'send', packet: HsmsPacket.selectRsp(header, status) });
}

function onDeselectReq(step: Step, header: HsmsHeader, key: number): void {
  const selected = step.state.selected.has(key);
  const status = selected ? DeselectStatus.ended : DeselectStatus.notEstablished;
  step.effect({ do: 'send', packet: HsmsPacket.deselectRsp(header, status) });
  step.end(key, 'deselect');
}

const procedureOf: Readonly<Record<number, OpenControl['procedure']>> = {
  [SType.selectRsp]: 'select',
  [SType.deselectRsp]: 'deselect',
  [SType.linktestRsp]: 'linktest',
};

function onResponse(step: Step, header: HsmsHeader, key: number): void {
  const { systemBytes, byte3: status } = header;
  const open = step.state.open.get(systemBytes);
  if (
    open === undefined ||
    open.procedure !== procedureOf[header.sType] ||
    (open.procedure !== 'linktest' && open.key !== key)
  ) {
    step.reject(header, RejectReason.transactionNotOpen);
    return;
  }
  step.alive();
  if (open.procedure === 'linktest') step.settle(systemBytes, { kind: 'done' });
  else if (open.procedure === 'select') onSelectRsp(step, systemBytes, open, status);
  else onDeselectRsp(step, systemBytes, open, status);
}

type OpenSession = Extract<OpenControl, { key: number }>;

function onSelectRsp(step: Step, systemBytes: number, { key, stale }: OpenSession, status: number): void {
  if (stale && status === SelectStatus.established) {
    step.settle(systemBytes, { kind: 'notNow', why: 'notSelected' });
    return;
  }
  const already = status === SelectStatus.alreadyActive || status === SelectStatus.entitySelected;
  if (status === SelectStatus.established || (already && step.state.selected.has(key))) {
    if (!step.state.selected.has(key)) step.renewDeselects(key, systemBytes);
    step.select(key);
    step.settle(systemBytes, { kind: 'done' });
    return;
  }
  step.settle(systemBytes, { kind: 'refused', status });
  // In HSMS-GS the other sessions go on.
  if (!step.state.general) step.effect({ do: 'close', reason: { kind: 'selectRefused', status } });
}

function onDeselectRsp(step: Step, systemBytes: number, { key, stale }: OpenSession, status: number): void {
  // A peer that says there is no session is believed: two sides must not think differently.
  if (status === DeselectStatus.ended || status === DeselectStatus.notEstablished) {
    if (!stale) step.end(key, 'deselect');
    step.settle(systemBytes, { kind: 'done' });
  } else {
    step.settle(systemBytes, { kind: 'refused', status });
  }
}

function onReject(step: Step, header: HsmsHeader): void {
  step.alive();
  const open = step.state.open.get(header.systemBytes);
  if (open === undefined || !mayReject(header, open)) {
    step.effect({ do: 'rejected', header });
    return;
  }
  const rejectReason = header.byte3;
  step.settle(header.systemBytes, { kind: 'rejected', rejectReason });
  if (open.procedure === 'select' && !step.state.general) {
    step.effect({ do: 'close', reason: { kind: 'selectRefused', rejectReason } });
  }
}

const requestOf = {
  select: SType.selectReq,
  deselect: SType.deselectReq,
  linktest: SType.linktestReq,
} as const;

/**
 * Whether a Reject can be one of the request: an answer of ours may have the same system bytes. Byte 2 names the SType;
 * peers that leave it 0 are understood unless the reason is one for data.
 */
function mayReject({ byte2, byte3: reason }: HsmsHeader, { procedure }: OpenControl): boolean {
  if (reason === RejectReason.pTypeNotSupported) return true;
  return byte2 === requestOf[procedure] || (byte2 === 0 && reason !== RejectReason.entityNotSelected);
}
