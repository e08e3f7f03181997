import { PREFIX_BYTES } from '../../hsms/wire/frame-decoder.js';
import { HEADER_BYTES, HsmsHeader } from '../../hsms/wire/header.js';
import { HsmsPacket } from '../../hsms/wire/packet.js';
import type { DecodeOptions } from '../../secs2/index.js';
import type { Budget } from '../budget.js';
import { FramePieces } from './frame-pieces.js';
import { HEAD_BYTES, headFits, judge } from './plausible.js';

/** Why bytes are passed over until a message begins. */
export type SearchCause = 'midStream' | 'afterGap' | 'outOfStep';

/** Told what a framer finds, in the order of the stream. */
export interface FramerListener {
  onMessage(packet: HsmsPacket, time: number): void;
  onDamaged(damage: Damage, time: number): void;
  onSkipped(bytes: number, cause: SearchCause, time: number): void;
}

/** A message that is not whole. */
export interface Damage {
  readonly header: HsmsHeader | undefined;
  readonly length: number;
  readonly missing: number;
  readonly cause: 'gap' | 'end' | 'memory';
}

/** What a framer is made with. */
export interface FramerOptions {
  readonly maxPacketBytes: number;
  readonly budget: Budget;
  readonly decoding: DecodeOptions | undefined;
  /** How the stream begins: at a message for certain, at one if it is HSMS at all, or anywhere. */
  readonly start: 'message' | 'perhaps' | 'anywhere';
}

const EMPTY = Buffer.alloc(0);

/**
 * Cuts one direction of a TCP stream into messages, also where bytes are missing or the stream begins within a message:
 * it searches for the next place where a message begins then.
 */
export class StreamFramer {
  readonly #listener: FramerListener;
  readonly #options: FramerOptions;
  readonly #frame: FramePieces;
  /** Set while a message's beginning is looked for. */
  #search: SearchCause | undefined;
  /** Bytes looked through that may still begin a message. */
  #sought = EMPTY;
  /** Whether those are the beginning of a segment. */
  #startsSegment = false;
  #skipped = 0;
  /** Whether the next byte begins a message if the stream is HSMS. */
  #perhaps: boolean;
  /** Bytes of a damaged message that are still to come and of no use. */
  #toPass = 0;
  #damage: Damage | undefined;
  #messages = 0;
  #time = NaN;

  constructor(listener: FramerListener, options: FramerOptions) {
    this.#listener = listener;
    this.#options = options;
    this.#frame = new FramePieces(options.budget);
    this.#perhaps = options.start === 'perhaps';
    this.#search = options.start === 'message' ? undefined : 'midStream';
  }

  /** Messages cut so far. */
  get messages(): number {
    return this.#messages;
  }

  /** Bytes passed over since a beginning was last known. */
  get skipped(): number {
    return this.#skipped + this.#sought.length;
  }

  /** Whether the next byte begins a message for certain. */
  get isBetween(): boolean {
    return this.#search === undefined && this.#frame.bytes === 0 && this.#toPass === 0;
  }

  /** Whether a message's beginning is looked for. */
  get isSearching(): boolean {
    return this.#search !== undefined;
  }

  /** Takes the next bytes of the stream, one segment's. They are copied where they are kept. */
  data(bytes: Buffer, from: number, end: number, time: number): void {
    this.#time = time;
    let start = from;
    if (this.#toPass > 0) {
      const passed = Math.min(this.#toPass, end - start);
      start += passed;
      this.#toPass -= passed;
      if (this.#toPass > 0) return;
      this.#tellDamage();
    }
    if (start < end) this.#take(bytes, start, end);
  }

  /** Passes over bytes of a stream that shows no sign of being HSMS, without looking. */
  pass(bytes: number): void {
    this.#skipped += this.#sought.length + bytes;
    this.#sought = EMPTY;
  }

  /** Notes that bytes of the stream are missing. */
  gap(missing: number, time: number): void {
    this.#time = time;
    const frame = this.#frame;
    if (this.#search !== undefined) {
      this.#skipped += this.#sought.length;
      this.#sought = EMPTY;
      this.#perhaps = false;
      if (this.#search === 'midStream') return;
      this.#search = 'afterGap';
      return;
    }
    const left = this.#toPass > 0 ? this.#toPass : frame.missing;
    if (left === undefined) this.#skipped += frame.bytes;
    else if (left > 0) this.#damaged(left, Math.min(missing, left), 'gap');
    frame.forget();
    if (left !== undefined && left > 0 && missing <= left) {
      this.#toPass = left - missing;
      if (this.#toPass === 0) this.#tellDamage();
      return;
    }
    this.#tellDamage();
    this.#toPass = 0;
    this.#search = 'afterGap';
  }

  /** Nothing more comes. */
  end(time: number): void {
    if (this.#search !== undefined) this.#look(EMPTY, 0, 0, true);
    if (this.#search !== undefined && this.skipped > 0) {
      this.#listener.onSkipped(this.skipped, this.#search, time);
    }
    const left = this.#toPass > 0 ? this.#toPass : this.#frame.missing;
    if (left !== undefined && left > 0) this.#damaged(left, left, this.#damage?.cause ?? 'end');
    else if (left === undefined) this.#listener.onSkipped(this.#frame.bytes, 'outOfStep', time);
    this.#time = time;
    this.#tellDamage();
    this.forget();
  }

  /** Gives back all that is held. */
  forget(): void {
    this.#frame.forget();
    this.#sought = EMPTY;
    this.#skipped = 0;
    this.#toPass = 0;
  }

  #take(bytes: Buffer, start: number, end: number): void {
    if (this.#search !== undefined) this.#look(bytes, start, end, false);
    else this.#cut(bytes, start, end);
  }

  /** Looks for a message's beginning in what was kept and what has come. */
  #look(bytes: Buffer, start: number, end: number, final: boolean): void {
    const kept = this.#sought.length;
    const all =
      kept === 0 ? bytes.subarray(start, end) : Buffer.concat([this.#sought, bytes.subarray(start, end)]);
    const { maxPacketBytes } = this.#options;
    const startsSegment = kept > 0 && this.#startsSegment;
    const around = {
      end: all.length,
      maxPacketBytes,
      segmentStart: kept,
      segmentEnd: all.length,
      startsSegment,
      final,
    };
    this.#sought = EMPTY;
    let at = 0;
    if (this.#perhaps && all.length >= HEAD_BYTES) {
      this.#perhaps = false;
      if (headFits(all, 0, maxPacketBytes)) {
        this.#found(all, 0);
        return;
      }
    }
    for (; at < all.length; at++) {
      const verdict = judge(all, at, around);
      if (verdict === 'no') continue;
      if (verdict === 'yes') this.#found(all, at);
      else {
        this.#skipped += at;
        this.#sought = Buffer.from(all.subarray(at));
        this.#startsSegment = at === kept || (at === 0 && startsSegment);
      }
      return;
    }
    this.#skipped += at;
  }

  #found(bytes: Buffer, at: number): void {
    const skipped = this.#skipped + at;
    if (skipped > 0) this.#listener.onSkipped(skipped, this.#search ?? 'midStream', this.#time);
    this.#skipped = 0;
    this.#search = undefined;
    this.#cut(bytes, at, bytes.length);
  }

  #cut(bytes: Buffer, from: number, end: number): void {
    const { maxPacketBytes } = this.#options;
    const frame = this.#frame;
    let start = from;
    while (start < end) {
      if (frame.bytes === 0 && end - start >= PREFIX_BYTES) {
        const length = bytes.readUInt32BE(start);
        if (length < HEADER_BYTES || length > maxPacketBytes) {
          this.#lose(bytes, start, end);
          return;
        }
        const next = start + PREFIX_BYTES + length;
        if (next <= end) {
          this.#emit(Buffer.from(bytes.subarray(start + PREFIX_BYTES, next)), 0, length);
          start = next;
          continue;
        }
      }
      const taken = frame.add(bytes, start, end);
      if (taken === undefined) {
        this.#giveUp(bytes, start, end);
        return;
      }
      start += taken;
      if (frame.length !== undefined && (frame.length < HEADER_BYTES || frame.length > maxPacketBytes)) {
        const rest = Buffer.concat([frame.held, bytes.subarray(start, end)]);
        frame.forget();
        this.#lose(rest, 0, rest.length);
        return;
      }
      if (frame.missing === 0) {
        const whole = frame.take();
        this.#emit(whole, PREFIX_BYTES, whole.length);
      }
    }
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    this.#messages++;
    const header = HsmsHeader.parse(bytes, start);
    const packet = new HsmsPacket(header, bytes, start + HEADER_BYTES, end, this.#options.decoding);
    this.#listener.onMessage(packet, this.#time);
  }

  /** The length at `start` cannot be one: the beginning of a message is looked for behind it. */
  #lose(bytes: Buffer, start: number, end: number): void {
    this.#search = 'outOfStep';
    this.#skipped = 1;
    this.#look(bytes, start + 1, end, false);
  }

  /** There is no room for the message at hand: it is passed over. */
  #giveUp(bytes: Buffer, start: number, end: number): void {
    const left = this.#frame.missing ?? 0;
    this.#damaged(left, left, 'memory');
    this.#frame.forget();
    this.#toPass = left;
    this.data(bytes, start, end, this.#time);
  }

  #damaged(left: number, missing: number, cause: Damage['cause']): void {
    const known = this.#damage;
    if (known !== undefined) {
      this.#damage = { ...known, missing: Math.min(known.missing + missing, known.length + PREFIX_BYTES) };
      return;
    }
    const { held, bytes, length = left } = this.#frame;
    const header = bytes >= HEAD_BYTES ? HsmsHeader.parse(held, PREFIX_BYTES) : undefined;
    this.#damage = { header, length, missing, cause };
  }

  #tellDamage(): void {
    if (this.#damage !== undefined) this.#listener.onDamaged(this.#damage, this.#time);
    this.#damage = undefined;
  }
}
