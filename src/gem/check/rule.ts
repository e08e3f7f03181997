import type { Item, SecsMessage } from '../../secs2/index.js';

/** What a rule asks with, and says what it finds. */
export interface RuleContext {
  /** Sends a request: its reply, or how it failed: `S9F5`, `aborted`, `timeout` … */
  ask(message: SecsMessage): Promise<SecsMessage | string>;
  /** The body of a reply. Ends the rule: SKIP where the tool does not serve the message, FAIL where it does not answer. */
  body(message: SecsMessage): Promise<Item>;
}

/** One rule of GEM that can be judged from outside. */
export interface GemRule {
  /** Number of the requirement, with a letter where it has several: `G-30a`. */
  readonly id: string;
  /** What a tool must do, as a sentence. */
  readonly what: string;
  /** What it changes on the tool, where it changes something; it restores that. */
  readonly changes?: string;
  run(context: RuleContext): Promise<void>;
}

/** A tool does not do what a rule wants. */
export class RuleFailure extends Error {}

/** A rule cannot be judged. */
export class RuleSkip extends Error {}

/** @throws RuleFailure with this text where it is not so. */
export function must(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new RuleFailure(otherwise);
}
