import type { Bodies } from './bodies.js';
import { changeRecords } from './changes.js';
import type { Engine } from './engine.js';
import type { StoreOpening } from '../opening.js';
import { Programs } from './programs.js';
import { Spool } from './spool.js';
import { textToValue } from './state-values.js';
import type { GemStore, SpoolBounds, StateChanges, StateValue, StoreState } from '../store.js';

/** An engine that can be closed. */
export interface ClosingEngine extends Engine {
  /** Refuses what comes from now on, and resolves when all has been carried out and given back. */
  close(): Promise<void>;
}

/** A store: the checks of arguments and the four parts, over whatever engine carries them out. */
export class EngineStore implements GemStore {
  readonly opening: StoreOpening;
  readonly state: StoreState;
  readonly programs: Programs;
  readonly dataSets: Programs;
  readonly spool: Spool;
  readonly #engine: ClosingEngine;
  #closing: Promise<void> | undefined;

  constructor(engine: ClosingEngine, bodies: Bodies, opening: StoreOpening, bounds?: Partial<SpoolBounds>) {
    this.#engine = engine;
    this.opening = opening;
    this.state = new KeyedState(engine);
    this.programs = new Programs(engine, bodies, 'programs');
    this.dataSets = new Programs(engine, bodies, 'dataSets');
    this.spool = new Spool(engine, bounds);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([this.programs.idle(), this.dataSets.idle()]);
    await this.spool.idle();
    await this.#engine.close();
  }
}

class KeyedState implements StoreState {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get(key: string): StateValue | undefined {
    const text = this.#engine.ledger.state.get(key);
    return text === undefined ? undefined : textToValue(text);
  }

  keys(prefix = ''): string[] {
    return [...this.#engine.ledger.state.keys()].filter((key) => key.startsWith(prefix));
  }

  async write(changes: StateChanges): Promise<void> {
    const records = changeRecords(changes);
    await this.#engine.submit((draft) => {
      draft.records.push(...records);
    });
  }
}
