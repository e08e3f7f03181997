import { isInstance } from '../check.js';
import { check, checkDefined } from './check.js';
import { MessageDefinition, type AnyDefinition } from './definition.js';
import { defining } from './errors.js';

/**
 * Definitions of messages by stream and function: the catalogue, or that and your own messages. Immutable.
 *
 * @example
 * ```ts
 * import { catalogue, defineMessage, MID } from 'rxsecs/e5';
 *
 * const ours = catalogue.with(defineMessage('S100F1', 'Lot Request', { body: { mid: MID } }));
 * console.log(ours.size, ours.get(100, 1)?.title);
 * ```
 */
export class MessageSet implements Iterable<AnyDefinition> {
  #definitions: ReadonlyMap<number, AnyDefinition> | undefined;
  #later: (() => Iterable<AnyDefinition>) | undefined;

  /**
   * @param definitions - of two for the same stream and function the last one counts.
   * @throws E5Error `E5_INVALID_DEFINITION` for what is not a definition.
   */
  constructor(definitions: Iterable<AnyDefinition>) {
    this.#definitions = byNumber(definitions);
  }

  /** @internal A set of what is looked at when the set is first used: the catalogue, which few programs go through. */
  static later(definitions: () => Iterable<AnyDefinition>): MessageSet {
    const set = new MessageSet([]);
    set.#definitions = undefined;
    set.#later = definitions;
    return set;
  }

  get #known(): ReadonlyMap<number, AnyDefinition> {
    return (this.#definitions ??= byNumber(this.#later?.() ?? []));
  }

  /** How many messages there are. */
  get size(): number {
    return this.#known.size;
  }

  /** The definition of a message, or undefined where the set has none. */
  get(stream: number, fn: number): AnyDefinition | undefined {
    check.integer('stream', stream, 0);
    check.integer('fn', fn, 0);
    return this.#known.get(stream * 256 + fn);
  }

  /** The definitions that E5 calls so, by title or mnemonic, in any case: `Event Report Send`, `eventReportSend`, `ERS`. */
  named(text: string): readonly AnyDefinition[] {
    const wanted = folded(check.text('text', text));
    return [...this].filter(
      ({ title, facts }) =>
        folded(title) === wanted || (facts.mnemonic !== undefined && folded(facts.mnemonic) === wanted),
    );
  }

  /** This set and more definitions, which override those of the same stream and function. */
  with(...definitions: readonly AnyDefinition[]): MessageSet {
    return new MessageSet([...this, ...definitions]);
  }

  [Symbol.iterator](): Iterator<AnyDefinition> {
    return this.#known.values();
  }
}

function byNumber(definitions: Iterable<AnyDefinition>): ReadonlyMap<number, AnyDefinition> {
  const found = new Map<number, AnyDefinition>();
  checkDefined.iterable('definitions', definitions, 'definitions, as an array');
  for (const one of defining('definitions', () => [...definitions])) {
    if (!isInstance(one, MessageDefinition)) checkDefined.refuse('a set', 'made of definitions', one);
    found.set(one.stream * 256 + one.function, one);
  }
  return found;
}

/** @internal */
export function checkSet(name: string, value: MessageSet): MessageSet {
  return check.instance(name, value, MessageSet, 'a MessageSet');
}

function folded(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
