/** Numbers that a seed decides. */
export interface Random {
  /** A whole number from 0, below `n`. */
  below(n: number): number;
  chance(probability: number): boolean;
  pick<T>(some: readonly T[]): T;
}

/** Mulberry32: the same numbers for the same seed, on every machine. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (some) => some[below(some.length)] as never,
  };
}
