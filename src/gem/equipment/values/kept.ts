import type { Id } from '../../model/id.js';
import type { StateChanges, StateValue } from '../../store/store.js';

/** The part of a key that stands for an id: numbers and text never equal each other. */
export const idKey = (id: Id): string => (typeof id === 'number' ? `${id}` : JSON.stringify(id));

/** The id that a key ends with, or undefined where it is none. */
export function keyId(key: string, prefix: string): Id | undefined {
  try {
    const id: unknown = JSON.parse(key.slice(prefix.length));
    return typeof id === 'number' || typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

/** Changes of what is kept, gathered key by key. */
export class Changes implements StateChanges {
  readonly set: Record<string, StateValue> = {};
  readonly delete: string[] = [];

  get isEmpty(): boolean {
    return Object.keys(this.set).length === 0 && this.delete.length === 0;
  }
}

/** The ids of a stored list; what is no id is left out. */
export const storedIds = (value: StateValue | undefined): readonly Id[] =>
  Array.isArray(value)
    ? (value as readonly unknown[]).filter((id): id is Id => typeof id === 'number' || typeof id === 'string')
    : [];
