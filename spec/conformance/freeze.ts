import type { ProceduresState } from '../../src/hsms/procedures/procedures-state.js';

function refuse(): never {
  throw new Error('a state was changed');
}

/** The state, with every way to change it closed. */
export function deepFreeze(state: ProceduresState): ProceduresState {
  for (const collection of [state.selected, state.open]) {
    if (Object.isFrozen(collection)) continue;
    Object.defineProperties(collection, {
      set: { value: refuse },
      add: { value: refuse },
      delete: { value: refuse },
      clear: { value: refuse },
    });
    Object.freeze(collection);
  }
  for (const control of state.open.values()) Object.freeze(control);
  return Object.freeze(state);
}
