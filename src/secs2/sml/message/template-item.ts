import { LazyItem } from '../../codec/lazy-item.js';
import type { SmlTemplateError } from '../../errors.js';
import type { Item } from '../../items/item.js';

/** What a message holds in place of an item while something in it is left open: it has no bytes, and so cannot be sent. */
export class TemplateItem extends LazyItem {
  readonly #error: SmlTemplateError;
  readonly #item: Item | undefined;

  /**
   * @param error - says that the message is a template, and what it leaves open.
   * @param item - the item with no values where they are left open; undefined where not even a format is known.
   */
  constructor(error: SmlTemplateError, item: Item | undefined) {
    super(new Uint8Array(0));
    this.#error = error;
    this.#item = item;
  }

  /** @throws SmlTemplateError where an item of any format, or any number of items, may stand in it. */
  override get item(): Item {
    if (this.#item === undefined) throw this.#error;
    return this.#item;
  }

  override get error(): SmlTemplateError {
    return this.#error;
  }

  /** @throws SmlTemplateError always. */
  override get byteLength(): number {
    throw this.#error;
  }

  /** @throws SmlTemplateError always. */
  override get body(): Buffer {
    throw this.#error;
  }
}
