import type { EventEmitter } from 'node:events';

/** Ends something; a second call does nothing. */
export type Stop = () => void;

type Listeners<Events extends Record<keyof Events, unknown[]>> = {
  readonly [Name in keyof Events]?: (...args: Events[Name]) => void;
};

/** Adds listeners; returns how to remove them. */
export function listen<Events extends Record<keyof Events, unknown[]>>(
  emitter: EventEmitter<Events>,
  listeners: Listeners<Events>,
): Stop {
  const pairs = Object.entries(listeners) as [never, never][];
  for (const [name, listener] of pairs) emitter.on(name, listener);
  return () => {
    for (const [name, listener] of pairs) emitter.off(name, listener);
  };
}
