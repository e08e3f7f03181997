import { DeselectStatus, P_TYPE_SECS2, RejectReason, SelectStatus, SType } from '../wire/codes.js';
import type { HsmsHeader } from '../wire/header.js';
import { HsmsPacket } from '../wire/packet.js';
import { keyOf, type OpenControl, type Step } from './procedures-state.js';

/** A frame has come: what E37 makes of it. */
export function onReceived(
  step: Step,
  packet: HsmsPacket,
  admission: 'yes' | 'noSuchEntity' | 'entityInUse',
): void {
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
