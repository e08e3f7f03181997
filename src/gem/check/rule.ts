/** What a rule came to. */
export interface RuleResult {
  readonly id: string;
  readonly what: string;
  readonly verdict: 'PASS' | 'FAIL' | 'SKIP';
  /** Why it is FAIL or SKIP; empty for PASS. */
  readonly reason: string;
  /** What was sent and what came while it was judged, in order: records of a wire log in SML, with time and direction. */
  readonly trace: readonly string[];
}

/** What a rule wants, and what judging it takes. */
export interface RuleDescription {
  /** Number of the requirement, with a letter where it has several: `G-30a`. */
  readonly id: string;
  /** What a peer must do, as a sentence. */
  readonly what: string;
  /** What judging it changes, as `it …`; undefined: it only reads. That is put back, except for what `loses` names. */
  readonly changes?: string;
  /** What cannot be put back afterwards. */
  readonly loses?: string;
  /** Somebody has to do something at the tool. */
  readonly operator?: true;
}

/** One rule of GEM that can be judged from outside. @internal */
export interface GemRule<Context> extends RuleDescription {
  /** Resolves where the peer does it. @throws RuleFailure, RuleSkip */
  run(context: Context): Promise<void>;
}

/** The peer does not do what a rule wants. */
export class RuleFailure extends Error {}

/** A rule cannot be judged. */
export class RuleSkip extends Error {}

/** @throws RuleFailure with this text where it is not so. */
export function must(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new RuleFailure(otherwise);
}

/** @throws RuleSkip with this text where it is not so. */
export function needs(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new RuleSkip(otherwise);
}

/** What of a rule is told. */
export function descriptionOf({ id, what, changes, loses, operator }: RuleDescription): RuleDescription {
  return {
    id,
    what,
    ...(changes !== undefined && { changes }),
    ...(loses !== undefined && { loses }),
    ...(operator !== undefined && { operator }),
  };
}
