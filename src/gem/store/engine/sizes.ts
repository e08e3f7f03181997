/** Size of a message that was lost to damage. */
export const LOST = 0xffffffff;

const CHUNK = 4096;

/** Sizes of the messages in the spool, oldest first: four bytes each, so that a million of them cost 4 MB. */
export class Sizes {
  readonly #chunks: Uint32Array[] = [];
  /** Place of the oldest in the first chunk. */
  #from = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(size: number): void {
    const at = this.#from + this.#length;
    if (at % CHUNK === 0) this.#chunks.push(new Uint32Array(CHUNK));
    const chunk = this.#chunks[Math.floor(at / CHUNK)];
    if (chunk !== undefined) chunk[at % CHUNK] = size;
    this.#length++;
  }

  /** The size at this place, 0 for the oldest. */
  at(index: number): number {
    const at = this.#from + index;
    return this.#chunks[Math.floor(at / CHUNK)]?.[at % CHUNK] ?? LOST;
  }

  /** Takes the oldest out. */
  shift(): number {
    const size = this.at(0);
    this.#length--;
    this.#from++;
    if (this.#from === CHUNK) {
      this.#chunks.shift();
      this.#from = 0;
    } else if (this.#length === 0) {
      this.#chunks.length = 0;
      this.#from = 0;
    }
    return size;
  }
}
