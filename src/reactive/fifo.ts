/** A first-in-first-out queue whose both ends cost the same however long it is. */
export class Fifo<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  /** What is in the queue, the next one first. */
  *[Symbol.iterator](): IterableIterator<T> {
    for (let i = this.#head; i < this.#items.length; i++) yield this.#items[i] as T;
  }

  /** The next one, which stays. */
  peek(): T | undefined {
    return this.#items[this.#head];
  }

  push(item: T): void {
    this.#items.push(item);
  }

  shift(): T | undefined {
    if (this.#head === this.#items.length) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    // Taken places are given back once they are half of the array: each item is moved at most once on average.
    if (this.#head * 2 >= this.#items.length) {
      this.#items = this.#head === this.#items.length ? [] : this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
