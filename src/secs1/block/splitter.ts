import { nameOf } from '../../session/header.js';
import { Secs1Error } from '../errors.js';
import { encodeBlock, MAX_BLOCK_BODY } from './block.js';
import { MAX_BLOCK_NUMBER, type Secs1Header } from './header.js';

/** Longest body that fits into the blocks that can be numbered: 7,995,148 bytes (E4). */
export const MAX_BODY_BYTES = MAX_BLOCK_NUMBER * MAX_BLOCK_BODY;

/** A message as the blocks it goes out in: full ones, and the rest (E4). Each is encoded when it is due. */
export class Splitter {
  /** How many blocks there are: at least one. */
  readonly count: number;
  readonly #header: Secs1Header;
  readonly #body: Buffer;
  readonly #singleNumber: number;

  /**
   * @param header of the message; its block number and E-bit do not matter
   * @param singleNumber number of the block where there is but one: 1, or 0
   * @throws Secs1Error `SECS1_MESSAGE_TOO_LONG`
   */
  constructor(header: Secs1Header, body: Buffer, singleNumber: 0 | 1 = 1) {
    this.count = Math.max(1, Math.ceil(body.length / MAX_BLOCK_BODY));
    if (this.count > MAX_BLOCK_NUMBER) {
      throw new Secs1Error(
        'SECS1_MESSAGE_TOO_LONG',
        `${nameOf(header)} has a body of ${body.length} bytes: SECS-I carries at most ${MAX_BODY_BYTES}, in ${MAX_BLOCK_NUMBER} blocks`,
      );
    }
    this.#header = header;
    this.#body = body;
    this.#singleNumber = this.count === 1 ? singleNumber : 1;
  }

  /** The bytes of one block, the first of which has the index 0. */
  block(index: number): Buffer {
    const start = index * MAX_BLOCK_BODY;
    const end = Math.min(this.#body.length, start + MAX_BLOCK_BODY);
    const header = this.#header.withBlock(this.#singleNumber + index, index === this.count - 1);
    return encodeBlock(header, this.#body, start, end);
  }
}
