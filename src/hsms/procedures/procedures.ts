import { HsmsPacket } from '../wire/packet.js';
import { onReceived } from './procedures-received.js';
import {
  initialProcedures,
  Step,
  type Effect,
  type ProceduresEvent,
  type ProceduresState,
} from './procedures-state.js';

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
      onT6(step, event.systemBytes, event.seconds, event.maxLinktestFailures);
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
  step.markStale('select', key);
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
  const failures = step.state.unansweredLinktests + 1;
  step.state = { ...step.state, unansweredLinktests: failures };
  if (failures >= allowedFailures) {
    step.effect({ do: 'close', reason: { kind: 'linktest', failures, seconds } });
  }
}
