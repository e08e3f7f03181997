import { decodeItem, type DecodeOptions } from './decode.js';
import type { Item } from './item.js';

/**
 * A body that becomes an item when it is first asked for, once: the item, or the error that decoding it ended in, is
 * kept. An empty body holds no item.
 */
export class LazyItem {
  private readonly body: Uint8Array;
  private readonly options: DecodeOptions | undefined;
  private done = false;
  private decoded: Item | undefined;
  private failure: Error | undefined;

  /**
   * @param body - the bytes after the message header. The items read these very bytes (see {@link DecodeOptions.copy}).
   * @param options - how to decode them.
   */
  constructor(body: Uint8Array, options?: DecodeOptions) {
    this.body = body;
    this.options = options;
  }

  /** The item, or undefined for an empty body. @throws the same error each time where the body cannot be decoded. */
  get item(): Item | undefined {
    this.decode();
    if (this.failure !== undefined) throw this.failure;
    return this.decoded;
  }

  /** What decoding the body ended in, or undefined where it went well. Never throws. */
  get error(): Error | undefined {
    this.decode();
    return this.failure;
  }

  private decode(): void {
    if (this.done) return;
    this.done = true;
    if (this.body.length === 0) return;
    try {
      this.decoded = decodeItem(this.body, this.options);
    } catch (error) {
      this.failure = error as Error;
    }
  }
}
