import { isLength } from '../block/block.js';

/** The hand-shake bytes of a line (E4). */
export const ENQ = 0x05;
export const EOT = 0x04;
export const ACK = 0x06;
export const NAK = 0x15;

/**
 * Where a line stands. At most one timer runs in each phase.
 *
 * - `idle`: neither side sends.
 * - `between`: a block is over, and the peer may ask for the line before we do: the gap runs.
 * - `waitEot`: we asked for the line: T2 runs.
 * - `sending`: our block is being written.
 * - `waitAck`: our block is out: T2 runs.
 * - `settling`: what came in place of ACK means nothing; we wait until nothing more comes, and try again: T1 runs.
 * - `waitLength`: we let the peer speak: T2 runs.
 * - `receiving`: the peer's block is coming: T1 runs.
 * - `quiet`: what comes is no block; we wait until nothing more comes: T1 runs.
 */
export type LinePhase =
  'idle' | 'between' | 'waitEot' | 'sending' | 'waitAck' | 'settling' | 'waitLength' | 'receiving' | 'quiet';

/** What a line knows of itself. */
export interface LineState {
  readonly phase: LinePhase;
  /** A block of ours waits for the line, or has it. */
  readonly waiting: boolean;
  /** How many tries of that block have failed. */
  readonly failures: number;
  /** We asked for the line and let the peer speak instead. */
  readonly yielding: boolean;
  /** Our block follows another one of its message without ENQ. */
  readonly continued: boolean;
  /** The last block that came was not the last of its message. */
  readonly more: boolean;
}

/** What happens to a line. */
export type LineEvent =
  /** A byte came that is no part of a block. */
  | { readonly type: 'byte'; readonly byte: number }
  /** Bytes came, of a block that is not whole yet or of what is no block. */
  | { readonly type: 'more' }
  /** A block is whole and its checksum right. */
  | { readonly type: 'block'; readonly last: boolean }
  /** A block is whole and its checksum wrong. */
  | { readonly type: 'badBlock' }
  /** There is a block to send. `continued`: it goes without ENQ, where that is agreed on. */
  | { readonly type: 'send'; readonly continued: boolean }
  /** The last byte of our block has been written. */
  | { readonly type: 'written' }
  /** The timer that was started last has expired. */
  | { readonly type: 'expired' };

/**
 * What is to be done about it, in this order.
 *
 * - `enq`, `eot`, `ack`, `nak`: write that byte. `block`: write our block, then say `written`.
 * - `t1`, `t2`, `gap`, `write`: start that timer, in place of the one that runs. `stop`: stop it.
 * - `acked`: our block has arrived. `failed`: it has failed for good. `deliver`: the block that came is good.
 * - What may be counted, and tells of a wrong set-up: `ignored`, a byte that means nothing here; `early`, a byte while we send;
 *   `contention`, ENQ for our ENQ; `eotForEot`, EOT for our EOT; `noEot`, `noAck`, `naked`, `notWritten`, `yieldFailed`, `interrupted`: a
 *   try of our block failed for want of EOT or ACK, by NAK, because the line took no bytes, because we yielded and received nothing, by ENQ
 *   in place of ACK; `noLength`, `badLength`, `badChecksum`, `t1Expired`: a try of the peer's block failed; `withoutEnq`: a block seems to
 *   come without ENQ.
 */
export type LineEffect =
  | 'enq'
  | 'eot'
  | 'ack'
  | 'nak'
  | 'block'
  | 't1'
  | 't2'
  | 'gap'
  | 'write'
  | 'stop'
  | 'acked'
  | 'failed'
  | 'deliver'
  | 'ignored'
  | 'early'
  | 'contention'
  | 'eotForEot'
  | 'noEot'
  | 'noAck'
  | 'naked'
  | 'notWritten'
  | 'yieldFailed'
  | 'interrupted'
  | 'noLength'
  | 'badLength'
  | 'badChecksum'
  | 't1Expired'
  | 'withoutEnq';

/** What holds for a line while it is open. */
export interface LineRules {
  /** In contention the master goes on, and the slave lets it speak. */
  readonly master: boolean;
  /** How many times a block is tried: RTY + 1. */
  readonly tries: number;
  /** A block after the first may come without ENQ. */
  readonly acceptWithoutEnq: boolean;
  /** Ours after the first go without ENQ. */
  readonly sendWithoutEnq: boolean;
}

/** A state, and what is to be done on the way to it. */
export interface LineStep {
  readonly state: LineState;
  readonly effects: readonly LineEffect[];
}

/** A line that has just been opened. */
export const IDLE: LineState = {
  phase: 'idle',
  waiting: false,
  failures: 0,
  yielding: false,
  continued: false,
  more: false,
};

const NOTHING: readonly LineEffect[] = [];
const IGNORED: readonly LineEffect[] = ['ignored'];
const EARLY: readonly LineEffect[] = ['early'];
const T1: readonly LineEffect[] = ['t1'];

/** One step of the half-duplex protocol of E4: each block with ENQ, EOT, the block, and ACK. It knows no bytes of blocks and no time. */
export function step(state: LineState, event: LineEvent, rules: LineRules): LineStep {
  switch (event.type) {
    case 'byte':
      return onByte(state, event.byte, rules);
    case 'send':
      return onSend(state, event.continued, rules);
    case 'expired':
      return onExpired(state, rules);
    case 'more':
      return isListening(state) ? { state, effects: T1 } : stay(state);
    case 'block':
      return state.phase === 'receiving' ? received(state, event.last) : stay(state);
    case 'badBlock':
      if (state.phase !== 'receiving') return stay(state);
      return { state: { ...state, phase: 'quiet' }, effects: ['badChecksum', 't1'] };
    case 'written':
      return state.phase === 'sending'
        ? { state: { ...state, phase: 'waitAck' }, effects: ['t2'] }
        : stay(state);
  }
}

function stay(state: LineState): LineStep {
  return { state, effects: NOTHING };
}

function onByte(state: LineState, byte: number, rules: LineRules): LineStep {
  switch (state.phase) {
    case 'idle':
    case 'between':
      return byteWhileIdle(state, byte, rules);
    case 'waitEot':
      return byteForEnq(state, byte, rules);
    case 'sending':
      return { state, effects: EARLY };
    case 'waitAck':
      return byteForBlock(state, byte, rules);
    case 'waitLength':
      return byteForEot(state, byte);
    case 'settling':
    case 'receiving':
    case 'quiet':
      return { state, effects: T1 };
  }
}

/** Whether T1 runs, from one byte to the next. */
function isListening({ phase }: LineState): boolean {
  return phase === 'receiving' || phase === 'quiet' || phase === 'settling';
}

function byteWhileIdle(state: LineState, byte: number, rules: LineRules): LineStep {
  if (byte === ENQ) return listen(state, false, NOTHING);
  if (!state.more || !isLength(byte)) return { state, effects: IGNORED };
  if (!rules.acceptWithoutEnq) return { state, effects: ['ignored', 'withoutEnq'] };
  return { state: { ...state, phase: 'receiving', yielding: false }, effects: T1 };
}

function byteForEnq(state: LineState, byte: number, rules: LineRules): LineStep {
  if (byte === EOT) return { state: { ...state, phase: 'sending' }, effects: ['write', 'block'] };
  if (byte !== ENQ) return { state, effects: IGNORED };
  return rules.master ? { state, effects: ['contention'] } : listen(state, true, ['contention']);
}

function byteForBlock(state: LineState, byte: number, rules: LineRules): LineStep {
  if (byte === ACK) {
    return {
      state: { ...state, phase: 'between', waiting: false, failures: 0, continued: false, more: false },
      effects: ['acked', 'gap'],
    };
  }
  if (byte === NAK) return tryFailed(state, 'naked', rules);
  // The peer's second answer to an ENQ that reached it twice.
  if (byte === EOT) return { state, effects: IGNORED };
  // An ACK among bytes that mean nothing is none, and must not be taken for one of the next try.
  if (byte !== ENQ) return { state: { ...state, phase: 'settling' }, effects: ['ignored', 't1'] };
  // The peer has nothing of ours to answer any more: it asks for the line.
  const failures = state.failures + 1;
  if (failures < rules.tries) return listen({ ...state, failures }, false, ['interrupted']);
  return listen(withoutBlock(state), false, ['interrupted', 'failed']);
}

function byteForEot(state: LineState, byte: number): LineStep {
  if (isLength(byte)) return { state: { ...state, phase: 'receiving' }, effects: T1 };
  // The peer has not seen our EOT, and asks again.
  if (byte === ENQ) return listen(state, state.yielding, NOTHING);
  const odd: LineEffect = byte === EOT && state.yielding ? 'eotForEot' : 'badLength';
  return { state: { ...state, phase: 'quiet' }, effects: [odd, 't1'] };
}

function onSend(state: LineState, continued: boolean, rules: LineRules): LineStep {
  if (state.waiting) return stay(state);
  const waiting = { ...state, waiting: true, failures: 0, continued: continued && rules.sendWithoutEnq };
  if (state.phase === 'idle' || (state.phase === 'between' && waiting.continued))
    return ask(waiting, NOTHING);
  return stay(waiting);
}

function onExpired(state: LineState, rules: LineRules): LineStep {
  switch (state.phase) {
    case 'idle':
      return stay(state);
    case 'between':
      return state.waiting ? ask(state, NOTHING) : stay({ ...state, phase: 'idle' });
    case 'waitEot':
      return tryFailed(state, 'noEot', rules);
    case 'sending':
      return tryFailed(state, 'notWritten', rules);
    case 'waitAck':
    case 'settling':
      return tryFailed(state, 'noAck', rules);
    case 'waitLength':
      return notReceived(state, ['noLength', 'nak'], rules);
    case 'receiving':
      return notReceived(state, ['t1Expired', 'nak'], rules);
    case 'quiet':
      return notReceived(state, ['nak'], rules);
  }
}

/** Asks for the line, or, where the block follows without ENQ, takes it. */
function ask(state: LineState, before: readonly LineEffect[]): LineStep {
  return state.continued
    ? { state: { ...state, phase: 'sending' }, effects: [...before, 'write', 'block'] }
    : { state: { ...state, phase: 'waitEot' }, effects: [...before, 'enq', 't2'] };
}

/** Lets the peer speak. */
function listen(state: LineState, yielding: boolean, before: readonly LineEffect[]): LineStep {
  // A block that was to follow without ENQ has lost its place.
  return {
    state: { ...state, phase: 'waitLength', yielding, continued: false, more: false },
    effects: [...before, 'eot', 't2'],
  };
}

function tryFailed(state: LineState, cause: LineEffect, rules: LineRules): LineStep {
  const failures = state.failures + 1;
  if (failures < rules.tries) return ask({ ...state, failures }, [cause]);
  return { state: { ...withoutBlock(state), phase: 'between' }, effects: [cause, 'failed', 'gap'] };
}

/** The peer's block is good. Ours, if one waits, is asked for anew with all its tries. */
function received(state: LineState, last: boolean): LineStep {
  const { waiting } = state;
  return {
    state: { ...state, phase: waiting ? 'between' : 'idle', failures: 0, yielding: false, more: !last },
    effects: waiting ? ['ack', 'gap', 'deliver'] : ['ack', 'stop', 'deliver'],
  };
}

/** The peer's block did not come; that costs a try where ours made way for it. */
function notReceived(state: LineState, effects: readonly LineEffect[], rules: LineRules): LineStep {
  const next: LineState = { ...state, phase: state.waiting ? 'between' : 'idle', yielding: false };
  if (!state.yielding) return { state: next, effects: state.waiting ? [...effects, 'gap'] : effects };
  const failures = state.failures + 1;
  return failures < rules.tries
    ? { state: { ...next, failures }, effects: [...effects, 'yieldFailed', 'gap'] }
    : { state: withoutBlock(next), effects: [...effects, 'yieldFailed', 'failed', 'gap'] };
}

function withoutBlock(state: LineState): LineState {
  return { ...state, waiting: false, failures: 0, continued: false };
}
