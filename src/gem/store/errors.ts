import { GemError } from '../errors.js';
import type { StoreDamage } from './opening.js';

/** What went wrong in a store. */
export type StoreErrorCode =
  | 'GEM_STORE_DAMAGED'
  | 'GEM_STORE_FORMAT'
  | 'GEM_STORE_LOCKED'
  | 'GEM_STORE_CLOSED'
  | 'GEM_STORE_FAILED'
  | 'GEM_STORE_FULL'
  | 'GEM_STORE_NOT_FOUND';

/**
 * A store could not do what it was asked. `GEM_STORE_DAMAGED`: bytes are not as they were written. `GEM_STORE_FORMAT`: a later
 * version wrote the store. `GEM_STORE_LOCKED`: another process has it open. `GEM_STORE_CLOSED`: it was closed. `GEM_STORE_FAILED`:
 * the file system refused, see `cause`; nothing changed, try again. `GEM_STORE_FULL`: a body above `maxBytes`.
 * `GEM_STORE_NOT_FOUND`: no such program.
 *
 * @example
 * ```ts
 * import { openFileStore, StoreError } from 'rxsecs/gem';
 *
 * try {
 *   await openFileStore('/var/lib/etcher');
 * } catch (error) {
 *   if (error instanceof StoreError) console.error(error.code, error.damage);
 * }
 * ```
 */
export class StoreError extends GemError {
  /** The damaged places; empty unless the code is `GEM_STORE_DAMAGED`. */
  readonly damage: readonly StoreDamage[];

  constructor(
    code: StoreErrorCode,
    message: string,
    options: ErrorOptions & { readonly damage?: readonly StoreDamage[] } = {},
  ) {
    super(code, message, options);
    this.damage = options.damage ?? [];
  }
}

/** The error for a store that is damaged: each place, and how to go on. */
export function damagedError(damage: readonly StoreDamage[]): StoreError {
  const places = damage.map(describeDamage);
  return new StoreError(
    'GEM_STORE_DAMAGED',
    `the store is damaged: ${places.join('; ')}. Restore the folder from a copy, or open it with damaged: 'salvage' to go on with the rest`,
    { damage },
  );
}

/** One damaged place in words. */
export function describeDamage({ file, offset, what }: StoreDamage): string {
  return `${file} at byte ${offset}: ${what}`;
}

/** The error for a call of the file system that failed. */
export function failedError(doing: string, cause: unknown): StoreError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StoreError('GEM_STORE_FAILED', `${doing} failed: ${why}`, { cause });
}

/** The error for calls on a store that was closed. */
export function closedError(): StoreError {
  return new StoreError('GEM_STORE_CLOSED', 'the store is closed: open it again to go on');
}
