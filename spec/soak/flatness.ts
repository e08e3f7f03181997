/** What is looked at from time to time: numbers, at a second of the run. */
export type Figures = Readonly<Record<string, number>> & { readonly seconds: number };

/** What the soak looks at; bytes and numbers. */
export type Sample = Figures & {
  readonly heap: number;
  readonly arrayBuffers: number;
  readonly rss: number;
  readonly handles: number;
};

/** By how much each may grow over the samples that count, by the line that fits them best; what is not named is shown, not judged. */
export type Allowed = Readonly<Record<string, number>>;

/** What the soak allows. Resident memory is the allocator's matter too, and is not judged. */
export const ALLOWED = { heap: 2 * 2 ** 20, arrayBuffers: 2 * 2 ** 20, handles: 1.5 } as const;

/** Samples before this part of the run are left out: code is compiled, pools are filled. */
const WARM_UP = 0.25;

export interface Growth {
  readonly what: string;
  /** Over the samples that count. */
  readonly growth: number;
  readonly perHour: number;
  /** Undefined: shown, not judged. */
  readonly allowed: number | undefined;
}

/** Fits a line through each figure. */
export function growths(samples: readonly Figures[], allowed: Allowed = ALLOWED, warmUp = WARM_UP): Growth[] {
  const counted = samples.slice(Math.floor(samples.length * warmUp));
  const span = (counted.at(-1)?.seconds ?? 0) - (counted[0]?.seconds ?? 0);
  const names = Object.keys(counted[0] ?? {}).filter((name) => name !== 'seconds');
  return names.map((what) => {
    const slope = slopeOf(counted.map((sample) => ({ x: sample.seconds, y: sample[what] ?? NaN })));
    return { what, growth: slope * span, perHour: slope * 3600, allowed: allowed[what] };
  });
}

/** Those that grew by more than they may. */
export function notFlat(samples: readonly Figures[], allowed: Allowed = ALLOWED, warmUp = WARM_UP): Growth[] {
  return growths(samples, allowed, warmUp).filter(
    (one) => one.allowed !== undefined && !(one.growth <= one.allowed),
  );
}

/** Slope of the line of least squares. */
function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) return 0;
  return points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
}
