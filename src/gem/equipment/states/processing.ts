import { U1 } from '../../../secs2/index.js';
import { GemArgumentError } from '../../errors.js';
import { quote } from '../../model/value.js';
import { processingStep } from '../../state/processing.js';
import type { Core } from '../core.js';

/** The tool's processing states (G-75): moved by the program, told by variables and events. */
export class Processing {
  readonly #core: Core;
  #state: string;
  #previous: string;

  constructor(core: Core) {
    this.#core = core;
    this.#state = core.model.states.initial;
    this.#previous = this.#state;
    this.#publish();
  }

  get state(): string {
    return this.#state;
  }

  get isProcessing(): boolean {
    return this.#core.model.states.processing.includes(this.#state);
  }

  /** Whether a trigger leads anywhere now. @throws GemArgumentError for one that the table has not. */
  can(trigger: string): boolean {
    const triggers = this.#core.model.states.transitions.map((transition) => transition.trigger);
    if (!triggers.includes(trigger)) {
      throw new GemArgumentError(
        `trigger must be one of ${[...new Set(triggers)].join(', ')}, received ${quote(trigger)}`,
      );
    }
    return processingStep(this.#core.model.states, this.#state, trigger) !== undefined;
  }

  /** @throws GemArgumentError where the trigger does nothing in the present state. */
  do(trigger: string): void {
    const found = processingStep(this.#core.model.states, this.#state, trigger);
    if (found === undefined) {
      throw new GemArgumentError(
        `the trigger must lead somewhere from ${this.#state}, received ${quote(trigger)}`,
      );
    }
    const from = this.#state;
    this.#previous = from;
    this.#state = found.state;
    this.#publish();
    this.#core.publisher.publish('transition', {
      ...{ model: 'processing', numbers: found.numbers, from, to: found.state, cause: trigger },
    } as const);
    void this.#core.raise('ProcessingStateChange');
    for (const event of found.effects) void this.#core.raise(event);
  }

  #publish(): void {
    const { values, model } = this.#core;
    for (const [name, state] of [
      ['ProcessState', this.#state],
      ['PreviousProcessState', this.#previous],
    ] as const) {
      const slot = values.named(name);
      if (slot !== undefined) values.put(slot, U1(model.states.states[state] ?? 0));
    }
  }
}
