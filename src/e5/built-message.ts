import type { LazyItem } from '../secs2/codec/lazy-item.js';
import { SecsMessage } from '../secs2/message.js';

/**
 * A message that a definition built: it knows its definition, and with it what its reply is.
 *
 * @example
 * ```ts
 * import { S1F3 } from 'rxsecs/e5';
 *
 * const built = S1F3.build([1001]); // a BuiltMessage: a SecsMessage that knows its definition
 * console.log(built.definition.title, String(built.item));
 * ```
 */
export class BuiltMessage<D> extends SecsMessage {
  /** What it was built by. */
  readonly definition: D;

  /** @internal */
  constructor(stream: number, fn: number, wBit: boolean, body: LazyItem, definition: D) {
    super(stream, fn, wBit, body);
    this.definition = definition;
  }
}
