/** How much memory the streams of a capture may hold between them. */
export class Budget {
  #used = 0;
  #most = 0;
  readonly limit: number;

  /** @param limit in bytes */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes held now. */
  get used(): number {
    return this.#used;
  }

  /** The most bytes ever held at once. */
  get most(): number {
    return this.#most;
  }

  /** Takes bytes, unless fewer are left. */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.limit) return false;
    this.force(bytes);
    return true;
  }

  /** Takes bytes, however many are left. */
  force(bytes: number): void {
    this.#used += bytes;
    if (this.#used > this.#most) this.#most = this.#used;
  }

  /** Gives back what was taken. */
  give(bytes: number): void {
    this.#used -= bytes;
  }
}
