/** How long anything may take that a peer on the same machine does at once. */
const WAIT_SECONDS = 10;

/**
 * Things that come from elsewhere, in the order they came. They are taken one by one and none is passed over, so
 * taking the expected ones checks their order too.
 */
export class Inbox<T> {
  readonly #name: string;
  readonly #show: (item: T) => string;
  readonly #context: () => string;
  readonly #items: T[] = [];
  #taken = 0;
  #wake: (() => void) | undefined;
  #ended: string | undefined;

  /**
   * @param name where the things come from, for errors
   * @param show one thing in a line, for errors
   * @param context what else helps to understand why something did not come
   */
  constructor(name: string, show: (item: T) => string, context: () => string = () => '') {
    this.#name = name;
    this.#show = show;
    this.#context = context;
  }

  /** What came and was not taken. */
  get left(): readonly T[] {
    return this.#items.slice(this.#taken);
  }

  /** Whether nothing more will come. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  push(item: T): void {
    this.#items.push(item);
    this.#wake?.();
  }

  /** Nothing more will come; whoever waits is told why. */
  end(why: string): void {
    this.#ended ??= why;
    this.#wake?.();
  }

  /**
   * The next thing, which must come within `seconds`.
   * @param what what it should be, for the error
   */
  async next(what: string, seconds: number = WAIT_SECONDS): Promise<T> {
    if (this.#taken === this.#items.length && this.#ended === undefined) await this.#arrival(seconds);
    const item = this.#items[this.#taken];
    if (item === undefined) {
      const why = this.#ended ?? `nothing came for ${seconds} s`;
      throw new Error(`waited for ${what} from ${this.#name}: ${why}\n  ${this.#seen()}`);
    }
    this.#taken++;
    return item;
  }

  #arrival(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }

  #seen(): string {
    const items = this.#items.slice(-8).map((item) => this.#show(item).slice(0, 200));
    return `seen before: ${items.length === 0 ? 'nothing' : items.join('\n    ')}\n${this.#context()}`;
  }
}

/** Rejects when `promise` has not settled within `seconds`. */
export async function within<T>(
  promise: Promise<T>,
  what: string,
  seconds: number = WAIT_SECONDS,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not happen within ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
