import type { EventEmitter } from 'node:events';

/** Ends something; a second call does nothing. */
export type Stop = () => void;

/** Listeners by the name of their event, each with the type of its event. */
export type Listeners = Readonly<Record<string, ((value: never) => unknown) | undefined>>;

/**
 * Adds listeners, first in line: what a listener causes comes after what caused it.
 * @returns how to remove them
 */
export function listen(emitter: Pick<EventEmitter, 'prependListener' | 'off'>, listeners: Listeners): Stop {
  const pairs = Object.entries(listeners) as [string, () => void][];
  for (const [name, listener] of pairs) emitter.prependListener(name, listener);
  return () => {
    for (const [name, listener] of pairs) emitter.off(name, listener);
  };
}
