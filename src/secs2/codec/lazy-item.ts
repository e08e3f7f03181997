import { isInstance } from '../../check.js';
import { checkDecodeOptions, checkPart } from '../check.js';
import { decodeItem, decodeRange } from './decode.js';
import type { DecodeOptions } from './options.js';
import type { Item } from '../items/item.js';

/** Stands for an item that has not been asked for. It is one field for three: there is one of these for each message. */
const NOT_YET = null;

/** Stands for an item that cannot be decoded. */
class Failure {
  readonly error: Error;

  constructor(error: Error) {
    this.error = error;
  }
}

/** Up to this many bytes a loop copies faster than a call into the runtime. */
const LOOP_BYTES = 200;

/**
 * A body that becomes an item when it is first asked for, once: the item, or the error that decoding it ended in, is
 * kept. An empty body holds no item.
 *
 * @example
 * ```ts
 * import { A, LazyItem } from 'rxsecs/secs2';
 *
 * const lazy = new LazyItem(A('ETCHER').encode());
 * console.log(String(lazy.item));
 * ```
 */
export class LazyItem {
  /** @internal */
  readonly memory: Uint8Array;
  /** @internal */
  readonly start: number;
  /** @internal */
  readonly end: number;
  private readonly options: DecodeOptions | undefined;
  /** What decoding came to; {@link NOT_YET} before it. */
  private result: Item | Failure | typeof NOT_YET | undefined = NOT_YET;

  /**
   * @param memory - holds the body. The items read these very bytes (see {@link DecodeOptions.copy}).
   * @param options - how to decode them.
   * @param start - where the body, the bytes after the message header, begins in it.
   * @param end - where it ends.
   * @throws Secs2ArgumentError for a part that does not lie in the memory, and for an option that is not allowed.
   */
  constructor(memory: Uint8Array, options?: DecodeOptions, start?: number, end?: number);
  /** @internal Of bytes that are known to be there, and options that were checked. */
  constructor(
    memory: Uint8Array,
    options: DecodeOptions | undefined,
    start: number,
    end: number,
    isChecked: true,
  );
  constructor(
    memory: Uint8Array,
    options?: DecodeOptions,
    start = 0,
    end: number = lengthOf(memory),
    isChecked = false,
  ) {
    if (!isChecked) checkPart(memory, start, end);
    this.memory = memory;
    this.start = start;
    this.end = end;
    this.options = isChecked ? options : checkDecodeOptions(options);
  }

  /** The item, or undefined for an empty body. @throws the same error each time where the body cannot be decoded. */
  get item(): Item | undefined {
    const result = this.decode();
    if (result instanceof Failure) throw result.error;
    return result;
  }

  /** What decoding the body ended in, or undefined where it went well. Never throws. */
  get error(): Error | undefined {
    const result = this.decode();
    return result instanceof Failure ? result.error : undefined;
  }

  /** The bytes of the body: a view, not a copy. */
  get body(): Buffer {
    const { memory, start, end } = this;
    if (Buffer.isBuffer(memory) && start === 0 && end === memory.length) return memory;
    return Buffer.from(memory.buffer, memory.byteOffset + start, end - start);
  }

  /** @internal Bytes of the body. */
  get byteLength(): number {
    return this.end - this.start;
  }

  /** @internal Copies the body to a position of a buffer that has room for it. */
  copyTo(out: Buffer, position: number): void {
    const { memory, start, end } = this;
    if (end - start > LOOP_BYTES) {
      out.set(start === 0 && end === memory.length ? memory : memory.subarray(start, end), position);
      return;
    }
    for (let from = start, to = position; from < end; from++, to++) out[to] = memory[from] as number;
  }

  private decode(): Item | Failure | undefined {
    if (this.result === NOT_YET) this.result = decoded(this, this.options);
    return this.result;
  }
}

function decoded(lazy: LazyItem, options: DecodeOptions | undefined): Item | Failure | undefined {
  const { memory, start, end } = lazy;
  if (start === end) return undefined;
  try {
    return options?.copy === true ? decodeItem(lazy.body, options) : decodeRange(memory, start, end, options);
  } catch (error) {
    return new Failure(error as Error);
  }
}

/** Of what may turn out to be no bytes. */
function lengthOf(memory: Uint8Array): number {
  return isInstance(memory, Uint8Array) ? memory.length : 0;
}
