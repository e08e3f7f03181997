import { check } from '../../check.js';
import { Assembler, type DropReason } from '../block/assembler.js';
import { BlockReader, isLength, type Secs1Block } from '../block/block.js';
import type { Secs1Header } from '../block/header.js';
import { MAX_BODY_BYTES } from '../block/splitter.js';
import { ACK, ENQ, EOT, NAK } from '../line/machine.js';
import { Secs1Packet } from '../packet.js';

/** Which end sent bytes, as far as an onlooker knows. */
export type TapWay = 'first' | 'second' | undefined;

/** Says what each hand-shake byte is called. */
const NAMES: ReadonlyMap<number, 'ENQ' | 'EOT' | 'ACK' | 'NAK'> = new Map([
  [ENQ, 'ENQ'],
  [EOT, 'EOT'],
  [ACK, 'ACK'],
  [NAK, 'NAK'],
]);

/** T1 at most (E4), in milliseconds: a block that pauses longer is over. */
const LONGEST_T1 = 10_000;

/**
 * What an onlooker sees on a line, told apart by `kind`. `gap` is the time in milliseconds since the byte before on the line, from either
 * end; undefined where no times are known.
 *
 * - `handshake`: ENQ, EOT, ACK or NAK. Its gap is a part of T2.
 * - `block`: a block that is whole; `gap` is from EOT to its length byte, and `longestGap` the longest pause within, which T1 bounds.
 * - `badBlock`: one whose checksum is wrong, or that ended before its last byte.
 * - `stray`: bytes that mean nothing there.
 * - `message`: a message is whole, with its last block acknowledged as far as that was seen.
 * - `dropped`: a message, or a block, that does not become one; `duplicate`: a block that came twice.
 */
export type TapEvent = {
  readonly way: TapWay;
  readonly gap?: number;
} & (
  | { readonly kind: 'handshake'; readonly name: 'ENQ' | 'EOT' | 'ACK' | 'NAK' }
  | {
      readonly kind: 'block';
      readonly header: Secs1Header;
      /** Bytes of the body. */
      readonly bytes: number;
      readonly longestGap?: number;
    }
  | {
      readonly kind: 'badBlock';
      readonly reason: 'checksum' | 'cut';
      /** What came of it, the length byte included. */
      readonly bytes: Buffer;
      readonly longestGap?: number;
    }
  | { readonly kind: 'stray'; readonly bytes: Buffer }
  | { readonly kind: 'message'; readonly packet: Secs1Packet }
  | { readonly kind: 'dropped'; readonly header: Secs1Header; readonly reason: DropReason }
  | { readonly kind: 'duplicate'; readonly header: Secs1Header }
);

/** A block under way. */
interface Gathering {
  readonly way: TapWay;
  readonly reader: BlockReader;
  readonly bytes: number[];
  readonly gap: number | undefined;
  longestGap: number | undefined;
}

/**
 * Listens to a line between two others: what passes becomes hand-shakes, blocks and messages, with the pauses between them. It takes both
 * directions told apart, both in one stream (of a tap on the cable, say), or one direction alone. It never throws on what comes.
 *
 * @example
 * ```ts
 * import { LineTap } from 'rxsecs/secs1';
 *
 * const tap = new LineTap((event) => console.log(event.kind, event.gap ?? ''));
 * tap.push(Buffer.from('05', 'hex'), 'first', 0);
 * tap.push(Buffer.from('04', 'hex'), 'second', 12); // handshake 12
 * tap.end();
 * ```
 */
export class LineTap {
  readonly #onEvent: (event: TapEvent) => void;
  /** One for each direction, by the R-bit. */
  readonly #assemblers: readonly [Assembler, Assembler];
  #gathering: Gathering | undefined;
  /** What came last. */
  #last: { readonly what: 'ENQ' | 'EOT' | 'ACK' | 'NAK' | 'block'; readonly way: TapWay } | undefined;
  /** A whole block that has not been answered yet. */
  #unanswered: { readonly block: Secs1Block; readonly way: TapWay } | undefined;
  /** The block before was not the last of its message. */
  #more = false;
  #stray: { readonly way: TapWay; readonly bytes: number[]; readonly gap: number | undefined } | undefined;
  #at: number | undefined;

  /**
   * @param onEvent takes what is seen, in order
   * @throws HsmsArgumentError for what is no function.
   */
  constructor(onEvent: (event: TapEvent) => void) {
    this.#onEvent = check.fn('onEvent', onEvent);
    const rules = { maxMessageBytes: MAX_BODY_BYTES, maxOpenMessages: 16, dropDuplicates: true };
    this.#assemblers = [new Assembler(() => rules), new Assembler(() => rules)];
  }

  /**
   * Takes bytes as they come.
   * @param way which end sent them; undefined where that is not known: then all bytes are one stream
   * @param at when they came, in milliseconds of any scale; undefined where that is not known
   * @throws HsmsArgumentError for arguments of another kind.
   */
  push(bytes: Uint8Array, way?: TapWay, at?: number): void {
    check.bytes('bytes', bytes);
    if (way !== undefined) check.oneOf('way', way, ['first', 'second']);
    if (at !== undefined && !Number.isFinite(at)) check.refuse('at', 'a number of milliseconds', at);
    for (const byte of bytes) {
      const gap = at === undefined || this.#at === undefined ? undefined : Math.max(0, at - this.#at);
      this.#at = at;
      this.#byte(byte, way, gap);
    }
    this.#endStray();
  }

  /** Nothing more comes: what was not answered counts as it is. */
  end(): void {
    this.#cut();
    this.#endStray();
    this.#settle(true);
  }

  #byte(byte: number, way: TapWay, gap: number | undefined): void {
    const { open, answered } = this.#openFor(byte, way, gap);
    if (open !== undefined) {
      this.#gather(open, byte, gap);
      return;
    }
    const name = NAMES.get(byte);
    if (!answered && this.#begins(byte, way)) {
      this.#endStray();
      this.#settle(true);
      const reader = new BlockReader();
      reader.begin(byte);
      this.#gathering = { way, reader, bytes: [byte], gap, longestGap: gap === undefined ? undefined : 0 };
    } else if (name === undefined) {
      if (this.#stray !== undefined && this.#stray.way !== way) this.#endStray();
      this.#stray ??= { way, bytes: [], gap };
      this.#stray.bytes.push(byte);
    } else {
      this.#endStray();
      this.#settle(name !== 'NAK');
      this.#last = { what: name, way };
      this.#tell({ kind: 'handshake', name, way }, gap);
    }
  }

  /** The block that a byte belongs to; one that the other end answers, or that pauses for too long, is over. */
  #openFor(
    byte: number,
    way: TapWay,
    gap: number | undefined,
  ): { readonly open: Gathering | undefined; readonly answered: boolean } {
    const open = this.#gathering;
    if (open === undefined) return { open, answered: false };
    const isOther = open.way !== way;
    const isLate = gap !== undefined && gap > LONGEST_T1;
    if (!isOther && !isLate) return { open, answered: false };
    // What the other end says in the middle of a block is no part of it; only an answer ends it.
    if (isOther && !NAMES.has(byte)) return { open: undefined, answered: true };
    this.#cut();
    return { open: undefined, answered: true };
  }

  /** Whether a byte is the length of a block here. */
  #begins(byte: number, way: TapWay): boolean {
    if (!isLength(byte)) return false;
    const last = this.#last;
    if (last === undefined) return false;
    const isMine = last.way === way;
    // After EOT of the other end; or, in one stream, of either.
    if (last.what === 'EOT') return !isMine || way === undefined;
    // One direction alone: its own ENQ is followed by its block.
    if (last.what === 'ENQ') return isMine;
    // The next block of a message without ENQ.
    return last.what === 'ACK' && this.#more && byte !== NAK && (!isMine || way === undefined);
  }

  #gather(open: Gathering, byte: number, gap: number | undefined): void {
    if (gap !== undefined) open.longestGap = Math.max(open.longestGap ?? 0, gap);
    open.bytes.push(byte);
    open.reader.take(Uint8Array.of(byte), 0);
    if (!open.reader.complete) return;
    this.#gathering = undefined;
    const { way, longestGap } = open;
    const pause = longestGap === undefined ? {} : { longestGap };
    const block = open.reader.read();
    this.#last = { what: 'block', way };
    if (block === undefined) {
      const bytes = Buffer.from(open.bytes);
      this.#tell({ kind: 'badBlock', reason: 'checksum', bytes, way, ...pause }, open.gap);
      return;
    }
    this.#unanswered = { block, way };
    const { header, body } = block;
    this.#tell({ kind: 'block', header, bytes: body.length, way, ...pause }, open.gap);
  }

  #cut(): void {
    const open = this.#gathering;
    if (open === undefined) return;
    this.#gathering = undefined;
    this.#last = { what: 'block', way: open.way };
    const { way, longestGap } = open;
    const pause = longestGap === undefined ? {} : { longestGap };
    this.#tell({ kind: 'badBlock', reason: 'cut', bytes: Buffer.from(open.bytes), way, ...pause }, open.gap);
  }

  /** The block before has been answered, or will not be seen to be. */
  #settle(isTaken: boolean): void {
    const unanswered = this.#unanswered;
    this.#unanswered = undefined;
    if (unanswered === undefined || !isTaken) return;
    const { block, way } = unanswered;
    this.#more = !block.header.eBit;
    for (const made of this.#assemblers[block.header.rBit ? 1 : 0].accept(block)) {
      if (made.kind === 'message') {
        const packet = Secs1Packet.received(made.header, made.body);
        this.#onEvent({ kind: 'message', packet, way });
      } else if (made.kind === 'dropped') {
        this.#onEvent({ kind: 'dropped', header: made.header, reason: made.reason, way });
      } else if (made.kind === 'duplicate') this.#onEvent({ kind: 'duplicate', header: made.header, way });
    }
  }

  #endStray(): void {
    const stray = this.#stray;
    this.#stray = undefined;
    if (stray === undefined) return;
    this.#tell({ kind: 'stray', bytes: Buffer.from(stray.bytes), way: stray.way }, stray.gap);
  }

  #tell(event: TapEvent, gap: number | undefined): void {
    this.#onEvent(gap === undefined ? event : { ...event, gap });
  }
}
