import type { Secs1Block } from './block.js';
import type { Secs1Header } from './header.js';

/** What holds for an {@link Assembler} while its line is open. */
export interface AssemblyRules {
  /** Whether a block whose header is that of the block before is one that was sent again. */
  readonly dropDuplicates: boolean;
  /** How many messages may be open at a time. */
  readonly maxOpenMessages: number;
  /** Longest body of a message, in bytes. */
  readonly maxMessageBytes: number;
}

/**
 * Why a part of a message was dropped.
 *
 * - `sequence`: a block came that does not follow.
 * - `noFirstBlock`: a block came that follows nothing.
 * - `tooLong`: the body grew above `maxMessageBytes`. `tooMany`: another message began and `maxOpenMessages` were open.
 * - `t4`: the next block did not come within T4.
 */
export type DropReason = 'sequence' | 'noFirstBlock' | 'tooLong' | 'tooMany' | 't4';

/** What became of a block. */
export type Assembled =
  /** A message is whole. */
  | { readonly kind: 'message'; readonly header: Secs1Header; readonly body: Buffer }
  /** A message has begun or gone on: its next block is due within T4. */
  | { readonly kind: 'open'; readonly message: OpenMessage }
  /** The block is the one before, sent again. */
  | { readonly kind: 'duplicate'; readonly header: Secs1Header }
  /** What had come of a message, or the block alone, was dropped. */
  | {
      readonly kind: 'dropped';
      readonly reason: DropReason;
      readonly header: Secs1Header;
      readonly message?: OpenMessage;
    };

/** A message whose last block has not come. */
export class OpenMessage {
  /** The header of its first block. */
  readonly header: Secs1Header;
  /** Its body grew too long: what follows is counted and dropped. */
  discarded = false;
  #next: number;
  #bytes = 0;
  #pieces: Buffer[] = [];

  constructor(first: Secs1Block) {
    this.header = first.header;
    this.#next = first.header.blockNumber;
    this.add(first.body);
  }

  /** The number of the block that is due. */
  get next(): number {
    return this.#next;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(body: Buffer): void {
    this.#next++;
    this.#bytes += body.length;
    if (!this.discarded) this.#pieces.push(body);
  }

  /** Lets go of what has come, and keeps count of what follows. */
  discard(): void {
    this.discarded = true;
    this.#pieces = [];
  }

  body(): Buffer {
    return Buffer.concat(this.#pieces, this.#bytes);
  }
}

/** Puts the blocks of a line together to messages, several of which may be open at a time (E4). One for each link. */
export class Assembler {
  readonly #rules: () => AssemblyRules;
  readonly #open = new Map<number, OpenMessage>();
  #last: Secs1Header | undefined;

  constructor(rules: () => AssemblyRules) {
    this.#rules = rules;
  }

  /** How many messages are open. */
  get size(): number {
    return this.#open.size;
  }

  /** The open message that a block with this header would belong to. */
  at(header: Secs1Header): OpenMessage | undefined {
    return this.#open.get(keyOf(header));
  }

  /** Takes a block that was received whole; says in order what became of it and of the message it belongs to. */
  accept(block: Secs1Block): Assembled[] {
    const { header } = block;
    const last = this.#last;
    if (this.#rules().dropDuplicates && last?.equals(header) === true) return [{ kind: 'duplicate', header }];
    this.#last = header;
    const message = this.#open.get(keyOf(header));
    if (message === undefined) return this.#first(block);
    if (message.header.continues(header) && message.next === header.blockNumber)
      return this.#next(message, block);
    this.#open.delete(keyOf(header));
    // The first block again: the peer begins anew, and nothing is wrong.
    const again = header.blockNumber === 1 && message.header.continues(header);
    const dropped: Assembled = { kind: 'dropped', reason: 'sequence', header: message.header, message };
    if (again) return this.#first(block);
    return [dropped, ...this.#first(block).filter(({ kind }) => kind !== 'dropped')];
  }

  /** Lets go of a message whose next block is overdue; undefined if it is not open. */
  expire(message: OpenMessage): Assembled | undefined {
    const { header } = message;
    if (this.#open.get(keyOf(header)) !== message) return undefined;
    this.#open.delete(keyOf(header));
    return { kind: 'dropped', reason: 't4', header, message };
  }

  #first(block: Secs1Block): Assembled[] {
    const { header, body } = block;
    const { maxMessageBytes, maxOpenMessages } = this.#rules();
    const { blockNumber, eBit } = header;
    if (blockNumber !== 1 && !(blockNumber === 0 && eBit)) {
      return [{ kind: 'dropped', reason: 'noFirstBlock', header }];
    }
    if (eBit) {
      return body.length > maxMessageBytes
        ? [{ kind: 'dropped', reason: 'tooLong', header }]
        : [{ kind: 'message', header, body }];
    }
    const made: Assembled[] = [];
    if (this.#open.size >= maxOpenMessages) {
      // The one that has waited longest is the one whose sender has most likely given up.
      const [oldest] = this.#open.values();
      if (oldest !== undefined) {
        this.#open.delete(keyOf(oldest.header));
        made.push({ kind: 'dropped', reason: 'tooMany', header: oldest.header, message: oldest });
      }
    }
    const message = new OpenMessage(block);
    this.#open.set(keyOf(header), message);
    return [...made, ...this.#capped(message), { kind: 'open', message }];
  }

  #next(message: OpenMessage, block: Secs1Block): Assembled[] {
    message.add(block.body);
    const capped = this.#capped(message);
    if (!block.header.eBit) return [...capped, { kind: 'open', message }];
    this.#open.delete(keyOf(message.header));
    return message.discarded ? capped : [{ kind: 'message', header: message.header, body: message.body() }];
  }

  #capped(message: OpenMessage): Assembled[] {
    if (message.discarded || message.bytes <= this.#rules().maxMessageBytes) return [];
    message.discard();
    return [{ kind: 'dropped', reason: 'tooLong', header: message.header, message }];
  }
}

/** Messages are told apart by R-bit, device ID and system bytes: 48 bits, which a number holds. */
function keyOf({ rBit, sessionId, systemBytes }: Secs1Header): number {
  return ((rBit ? 0x8000 : 0) + sessionId) * 0x1_0000_0000 + systemBytes;
}
