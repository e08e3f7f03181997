/** What an event does in a state: where it leads, by which transitions of E30, and what is to be done, in this order. */
export interface Step<S extends string, E> {
  readonly state: S;
  /** Numbers of the transitions taken, the first one first. None: the event changes nothing, or something E30 does not number. */
  readonly numbers: readonly number[];
  readonly effects: readonly E[];
}

/** The cells of a table; an event that has none in a state does nothing there. */
export type Table<S extends string, V extends string, E> = Readonly<
  Record<S, Readonly<Partial<Record<V, Step<S, E>>>>>
>;

/** Looks a cell up: the state stays where there is none. */
export function step<S extends string, V extends string, E>(
  table: Table<S, V, E>,
  state: S,
  event: V,
): Step<S, E> {
  return table[state][event] ?? { state, numbers: [], effects: [] };
}
