import type { LazyItem } from '../secs2/codec/lazy-item.js';
import { SecsMessage } from '../secs2/message.js';

/** A message that a definition built: it knows its definition, and with it what its reply is. */
export class BuiltMessage<D> extends SecsMessage {
  /** What it was built by. */
  readonly definition: D;

  /** @internal */
  constructor(stream: number, fn: number, wBit: boolean, body: LazyItem, definition: D) {
    super(stream, fn, wBit, body);
    this.definition = definition;
  }
}
