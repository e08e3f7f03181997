import type { Item } from '../../../secs2/index.js';
import type { DataHeader } from '../../../session/header.js';

/** A primary message of the host, as a handler gets it. */
export interface Asked {
  /** The item of its body, or undefined where it is a header alone. */
  readonly item: Item | undefined;
  readonly header: DataHeader;
}

/** What a handler answers. */
export interface Answer {
  /** The body of the reply. Default: none, a header alone. */
  readonly item?: Item;
  /** Why an acknowledge is not 0; it is told as `refused`. */
  readonly refusal?: string;
  /** Called when the reply has been handed to the session, so that what it does comes after it. */
  readonly after?: () => void;
  /** SxF0 in the place of the reply. */
  readonly abort?: true;
}

/** Carries a primary message out. What it throws makes SxF0, a {@link BodyError} S9F7; nothing may have changed then. */
export type Handler = (asked: Asked) => Answer | Promise<Answer>;

/** Handlers by the name of their message: `S1F3`. */
export type Handlers = Readonly<Record<string, Handler>>;

/**
 * The body of a message is not what it must be: S9F7.
 *
 * @example
 * ```ts
 * // given the equipment of a coater
 * import { BodyError } from 'rxsecs/gem';
 *
 * equipment.handle('S64F1', ({ item }) => {
 *   if (item?.format !== 'A') throw new BodyError('S64F1 must be text'); // S9F7
 *   return { item };
 * });
 * ```
 */
export class BodyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BodyError';
  }
}

/** A list answer without more to say. */
export const answer = (item: Item): Answer => ({ item });

/** An acknowledge with its reason, unless it is 0. */
export function acknowledge(item: Item, code: number, why: string | undefined, after?: () => void): Answer {
  return {
    item,
    ...(code === 0 || why === undefined ? {} : { refusal: why }),
    ...(after === undefined ? {} : { after }),
  };
}
