import type { HsmsSessionOptions, HsmsSettings } from '../../src/index.js';
import { Random } from '../fuzz/secs2/random.js';

/**
 * - `steady`: the stream is delayed, split, coalesced and held up for less than any timer: the link must stay up.
 * - `broken`: links are cut, silenced, half-opened, reset, held up for longer than the timers.
 * - `corrupted`: bytes are changed, added, repeated and taken away, as no TCP does: a broken middlebox.
 */
export type RunKind = 'steady' | 'broken' | 'corrupted';

/** What befalls one direction of a link once `at` bytes have passed. */
export type LaneFault =
  /** The stream is held up; with `unread`, the sender's socket is not read either, and fills. */
  | { readonly kind: 'stall'; readonly at: number; readonly ms: number; readonly unread: boolean }
  /** What follows in this direction is swallowed. */
  | { readonly kind: 'silence'; readonly at: number }
  /** What follows in both directions is swallowed: a pulled cable. */
  | { readonly kind: 'blackHole'; readonly at: number }
  /** The receiver's, or the sender's, connection ends, by FIN or RST, and the other one is not told. */
  | {
      readonly kind: 'halfOpen';
      readonly at: number;
      readonly gone: 'sender' | 'receiver';
      readonly how: 'fin' | 'rst';
    }
  /** The receiver gets FIN in the middle of the stream; the other direction goes on. */
  | { readonly kind: 'fin'; readonly at: number }
  /** Both connections are closed in order, or reset. */
  | { readonly kind: 'close' | 'reset'; readonly at: number }
  /** Bytes are changed (each by an exclusive or), added, sent once more, or left out. */
  | { readonly kind: 'flip' | 'insert'; readonly at: number; readonly bytes: readonly number[] }
  | { readonly kind: 'repeat' | 'remove'; readonly at: number; readonly length: number };

/** One direction of a link. */
export interface LanePlan {
  /** Each chunk is passed on after so many milliseconds. */
  readonly delayMs: number;
  /** Chunks are cut into pieces of at most so many bytes; 0: not. */
  readonly split: number;
  /** Chunks of so many milliseconds are passed on as one. */
  readonly coalesceMs: number;
  /** In the order of `at`. */
  readonly faults: readonly LaneFault[];
}

/** One TCP connection through the proxy. */
export interface LifePlan {
  /** `close`: accepted and closed at once. `silent`: accepted and served by nobody. */
  readonly accept: 'serve' | 'close' | 'silent';
  readonly lateMs: number;
  readonly toPassive: LanePlan;
  readonly toActive: LanePlan;
}

export type Side = 'active' | 'passive';

/** What the program at one side does while faults happen. */
export interface OperatorAct {
  readonly atMs: number;
  readonly side: Side;
  readonly act: 'cycle' | 'separate' | 'deselect' | 'linktest';
}

/** What one side sends. */
export interface TrafficPlan {
  readonly messages: number;
  readonly gapMs: number;
  /** How many requests may be open. */
  readonly window: number;
  /** Largest body that is sent now and then. */
  readonly largest: number;
}

export interface RunPlan {
  readonly seed: number;
  readonly kind: RunKind;
  /** How long faults go on at most. */
  readonly faultMs: number;
  readonly connection: Partial<HsmsSettings>;
  readonly session: HsmsSessionOptions;
  readonly passiveEntity: 'host' | 'equipment';
  readonly lives: readonly LifePlan[];
  readonly traffic: Readonly<Record<Side, TrafficPlan>>;
  readonly operator: readonly OperatorAct[];
  /** `abrupt`: everything is disposed of in the middle of the faults; otherwise the link must recover first. */
  readonly end:
    'abrupt' | 'closeActive' | 'closePassive' | 'disposeActive' | 'disposePassive' | 'disposeBoth';
}

const CLEAN_LANE: LanePlan = { delayMs: 0, split: 0, coalesceMs: 0, faults: [] };
/** A link to which nothing is done. */
export const CLEAN_LIFE: LifePlan = {
  accept: 'serve',
  lateMs: 0,
  toPassive: CLEAN_LANE,
  toActive: CLEAN_LANE,
};

/** Short, so that a run is: the bounds that follow from them are what is checked. */
const SHORT = {
  t5: 0.06,
  t6: 0.15,
  t7: 0.25,
  t8: 0.12,
  connectTimeout: 0.3,
  closeTimeout: 0.12,
  sendTimeout: 0.3,
};
/** Too long to expire in a run: a link that is steady has no reason to end. */
const LONG = { t5: 5, t6: 20, t7: 20, t8: 20, connectTimeout: 20, closeTimeout: 5, sendTimeout: 20 };

/** The plan of the run with this seed: the same on every machine. */
export function planOf(seed: number): RunPlan {
  const random = new Random(scramble(seed));
  for (let i = 0; i < 4; i++) random.next();
  const kind = random.pick(['steady', 'broken', 'broken', 'corrupted'] as const);
  const steady = kind === 'steady';
  const faultMs = 80 + random.below(400);
  return {
    seed,
    kind,
    faultMs,
    connection: {
      ...(steady ? LONG : SHORT),
      secondConnection: random.pick(['refuse', 'refuse', 'takeOver', 'answerSelect'] as const),
      ...(random.below(4) === 0 ? { maxQueuedBytes: 40_000 } : {}),
    },
    session: {
      t3: steady ? 20 : 0.2 + random.below(100) / 1000,
      linktestInterval: random.pick([0.05, 0.08, 0.12]),
      maxLinktestFailures: random.pick([1, 1, 2]),
    },
    passiveEntity: random.pick(['host', 'equipment'] as const),
    lives: Array.from({ length: steady ? 1 : 1 + random.below(5) }, () => lifePlan(random, kind)),
    traffic: { active: trafficPlan(random, steady), passive: trafficPlan(random, steady) },
    operator: steady ? [] : Array.from({ length: random.below(3) }, () => operatorAct(random, faultMs)),
    end: random.pick([
      ...(steady ? [] : (['abrupt', 'abrupt'] as const)),
      ...(['closeActive', 'closePassive', 'disposeActive', 'disposePassive', 'disposeBoth'] as const),
    ]),
  };
}

function lifePlan(random: Random, kind: RunKind): LifePlan {
  if (kind === 'steady') {
    return {
      ...CLEAN_LIFE,
      lateMs: random.below(20),
      toPassive: lanePlan(random, kind),
      toActive: lanePlan(random, kind),
    };
  }
  return {
    accept: random.below(10) < 8 ? 'serve' : random.pick(['close', 'silent'] as const),
    lateMs: random.below(3) === 0 ? random.below(60) : 0,
    toPassive: lanePlan(random, kind),
    toActive: lanePlan(random, kind),
  };
}

function lanePlan(random: Random, kind: RunKind): LanePlan {
  const count = kind === 'steady' ? random.below(4) : random.pick([0, 1, 1, 1, 2]);
  return {
    delayMs: random.pick([0, 0, 1, 3, 8]),
    split: random.pick([0, 0, 1, 3, 20, 1400]),
    coalesceMs: random.pick([0, 0, 0, 2, 10]),
    faults: Array.from({ length: count }, () => laneFault(random, kind)).sort((a, b) => a.at - b.at),
  };
}

/** Where a fault strikes: in the Select, in one of the first messages, or further on. */
function offset(random: Random): number {
  return random.below(random.pick([5, 15, 30, 60, 300, 300, 3000]));
}

function laneFault(random: Random, kind: RunKind): LaneFault {
  const at = offset(random);
  if (kind === 'steady')
    return { kind: 'stall', at, ms: 1 + random.below(60), unread: random.below(2) === 0 };
  if (kind === 'corrupted') return corruption(random, at);
  const fault = random.pick([
    'stall',
    'stall',
    'silence',
    'blackHole',
    'halfOpen',
    'halfOpen',
    'fin',
    'close',
    'reset',
  ] as const);
  if (fault === 'stall') {
    return { kind: fault, at, ms: random.pick([30, 100, 200, 400, 10_000]), unread: random.below(2) === 0 };
  }
  if (fault === 'halfOpen') {
    const gone = random.pick(['sender', 'receiver'] as const);
    return { kind: fault, at, gone, how: random.pick(['fin', 'rst'] as const) };
  }
  return { kind: fault, at };
}

function corruption(random: Random, at: number): LaneFault {
  const kind = random.pick(['flip', 'flip', 'insert', 'repeat', 'remove'] as const);
  const length = random.pick([1, 1, 2, 4, 14, 40]);
  if (kind === 'repeat' || kind === 'remove') return { kind, at, length };
  return {
    kind,
    at,
    bytes: Array.from({ length }, () => (kind === 'flip' ? 1 << random.below(8) : random.below(256))),
  };
}

function trafficPlan(random: Random, steady: boolean): TrafficPlan {
  return {
    messages: steady ? 20 + random.below(60) : 1000,
    gapMs: random.pick(steady ? [0, 0, 1, 3] : [1, 2, 4, 10]),
    window: random.pick([1, 4, 16]),
    largest: random.pick([200, 2000, 20_000, 200_000, random.below(8) === 0 ? 2_000_000 : 50_000]),
  };
}

function operatorAct(random: Random, faultMs: number): OperatorAct {
  return {
    atMs: random.below(faultMs),
    side: random.pick(['active', 'passive'] as const),
    act: random.pick(['cycle', 'separate', 'deselect', 'linktest'] as const),
  };
}

/** Neighbouring seeds are to give plans that have nothing in common. */
function scramble(seed: number): number {
  let x = seed >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
