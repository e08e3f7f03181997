import type { ItemNode } from '../items/layout.js';
import { writeHeader, writeItem } from './encode.js';
import { WritableBytes } from './writable-bytes.js';

/** Data from this size on is handed on where it lies. */
const LARGE_BYTES = 16 * 1024;

/**
 * The bytes of an encoded item in pieces: large binary data, and whatever large came in as bytes, is not copied; what is
 * between is written side by side.
 *
 * @param item - one that can be encoded: its lists do not nest too deep for that.
 */
export function itemParts(item: ItemNode): readonly Uint8Array[] {
  const writer = new PartsWriter(item.byteLength - largeBytes(item));
  writer.add(item);
  return writer.end();
}

/** The large bytes of an item that is not a list: of one that was decoded all of them, of a built one its data. */
function largeData(item: ItemNode): Uint8Array | undefined {
  if (item.byteLength < LARGE_BYTES) return undefined;
  if (item.origin !== undefined) return item.origin.bytes.subarray(item.start, item.end);
  const data: unknown = item.format === 'B' ? item.stored : undefined;
  return data instanceof Uint8Array ? data : undefined;
}

function largeBytes(item: ItemNode): number {
  if (item.byteLength < LARGE_BYTES) return 0;
  const data = largeData(item);
  if (data !== undefined || item.format !== 'L') return data?.length ?? 0;
  return item.items.reduce((sum, child) => sum + largeBytes(child), 0);
}

class PartsWriter {
  readonly #parts: Uint8Array[] = [];
  readonly #small: WritableBytes;
  #from = 0;
  #position = 0;

  constructor(smallBytes: number) {
    this.#small = new WritableBytes(Buffer.allocUnsafe(smallBytes));
  }

  add(item: ItemNode): void {
    const data = largeData(item);
    if (item.byteLength < LARGE_BYTES || (data === undefined && item.format !== 'L')) {
      this.#position = writeItem(item, this.#small, this.#position);
      return;
    }
    if (item.origin === undefined) this.#position = writeHeader(item.head, this.#small, this.#position);
    if (data !== undefined) this.#addLarge(data);
    else if (item.format === 'L') for (const child of item.items) this.add(child);
  }

  end(): readonly Uint8Array[] {
    if (this.#position > this.#from) this.#parts.push(this.#small.bytes.subarray(this.#from, this.#position));
    this.#from = this.#position;
    return this.#parts;
  }

  #addLarge(data: Uint8Array): void {
    this.end();
    this.#parts.push(data);
  }
}
