import type { Clock, Timer } from '../../clock.js';
import { refused, type QueueDepth, type Sending, type SendListener } from '../../connection/sending.js';
import { expiry } from '../../reactive/expiry.js';
import { BlockReader, type Secs1Block } from '../block/block.js';
import { Splitter } from '../block/splitter.js';
import { Secs1Error } from '../errors.js';
import type { ByteLink } from '../link/byte-link.js';
import type { Secs1Packet } from '../packet.js';
import type { Secs1Settings } from '../settings.js';
import { RetryLimitError, type TryFailure } from './errors.js';
import type { Secs1Hint } from './hints.js';
import type { LineCounters } from './counters.js';
import {
  ACK,
  ENQ,
  EOT,
  IDLE,
  NAK,
  step,
  type LineEffect,
  type LineEvent,
  type LineRules,
  type LineState,
} from './machine.js';
import { Outgoing, SendQueue } from './send-queue.js';
import { SetupWatch } from './setup-watch.js';

/** Longest gap that is measured, in seconds. */
const MAX_GAP = 0.1;

/** A gap below this is nothing but a look for what has come. */
const MIN_GAP = 0.001;

/** What a {@link Line} asks and tells the connection that it works for. */
export interface LineOwner {
  readonly clock: Clock;
  readonly master: boolean;
  readonly counters: LineCounters;
  settings(): Secs1Settings;
  /** A block has come, and was acknowledged. */
  onBlock(block: Secs1Block): void;
  /** The last block of a message has been acknowledged. */
  onSent(packet: Secs1Packet): void;
  /** A message failed in every try of one of its blocks. */
  onFailed(packet: Secs1Packet, error: RetryLimitError): void;
  /** The first of the bytes came that mean nothing where they come. */
  onStrayBytes(byte: number): void;
  /** Something tells of a wrong set-up. */
  onHint(hint: Secs1Hint): void;
  /** Bytes have left. */
  onWritten(bytes: Buffer): void;
}

const BYTES: readonly LineEvent[] = Array.from({ length: 256 }, (_, byte) => ({ type: 'byte', byte }));
const MORE: LineEvent = { type: 'more' };
const BAD_BLOCK: LineEvent = { type: 'badBlock' };
const WRITTEN: LineEvent = { type: 'written' };
const EXPIRED: LineEvent = { type: 'expired' };
const LAST_BLOCK: LineEvent = { type: 'block', last: true };
const ANOTHER_BLOCK: LineEvent = { type: 'block', last: false };
const SEND: LineEvent = { type: 'send', continued: false };
const SEND_ON: LineEvent = { type: 'send', continued: true };

const HAND_SHAKES = {
  enq: Buffer.of(ENQ),
  eot: Buffer.of(EOT),
  ack: Buffer.of(ACK),
  nak: Buffer.of(NAK),
} as const;

/** Runs the line machine of one link: its bytes, its one timer, and the messages that wait to be sent. */
export class Line {
  readonly #link: ByteLink;
  readonly #owner: LineOwner;
  readonly #reader = new BlockReader();
  readonly #queue: SendQueue;
  readonly #watch = new SetupWatch();
  #state: LineState = IDLE;
  #timer: Timer | undefined;
  /** The timer that was started last. */
  #timed: 't1' | 't2' | 'gap' | 'write' | 'stop' = 'stop';
  /** Stands for the write under way: another one is not ended by its end. */
  #writing: object | undefined;
  #received: Secs1Block | undefined;
  #lastFailure: TryFailure = 'noEot';
  /** Whether the last byte meant nothing. */
  #stray = false;
  #lastByte = 0;
  /** Whether a block of ours began while a chunk was dealt with. */
  #blockBegun = false;
  #enqAt = 0;
  /** How long the peer took for its last EOT, in seconds. */
  #peerTime = 0;
  #closed: Error | undefined;

  constructor(link: ByteLink, owner: LineOwner) {
    this.#link = link;
    this.#owner = owner;
    this.#queue = new SendQueue(() => {
      const { interleave, blocksWithoutEnq } = owner.settings();
      return { interleave, together: blocksWithoutEnq.send };
    });
  }

  /** What waits to be sent. */
  get queued(): QueueDepth {
    return this.#queue.depth;
  }

  /** Sends a message; it counts as sent once its last block has been acknowledged. */
  send(packet: Secs1Packet, signal?: AbortSignal, listener?: SendListener): Sending {
    let outgoing: Outgoing;
    try {
      if (this.#closed !== undefined) throw this.#closed;
      signal?.throwIfAborted();
      const { maxQueuedBytes, singleBlockNumber } = this.#owner.settings();
      const { packets, bytes } = this.#queue.depth;
      if (packets > 0 && bytes + SendQueue.cost(packet) > maxQueuedBytes) throw queueFull(maxQueuedBytes);
      outgoing = new Outgoing(packet, new Splitter(packet.header, packet.body, singleBlockNumber), listener);
    } catch (error) {
      return refused(error, listener);
    }
    if (signal !== undefined) this.#giveUpWith(signal, outgoing);
    this.#queue.push(outgoing);
    this.#offer();
    return outgoing;
  }

  /** Bytes have come. */
  receive(chunk: Buffer): void {
    const hint = this.#watch.received(chunk);
    if (hint !== undefined) this.#owner.onHint(hint);
    this.#blockBegun = false;
    for (let at = 0; at < chunk.length && this.#closed === undefined;) {
      at = this.#take(chunk, at);
      // What had come before our block began cannot be an answer to it.
      if (this.#blockBegun) {
        this.#owner.counters.strayBytes += chunk.length - at;
        return;
      }
    }
  }

  /** Stops for good: what waits to be sent fails. Returns how many messages that were. */
  stop(error: Error): number {
    this.#closed = error;
    this.#timer?.cancel();
    const unsent = this.#queue.clear();
    for (const outgoing of unsent) outgoing.unsent(error);
    return unsent.length;
  }

  /** Deals with the bytes from `at` on that belong together; returns where the next ones begin. */
  #take(chunk: Buffer, at: number): number {
    const { phase } = this.#state;
    if (phase === 'quiet' || phase === 'settling') {
      this.#dispatch(MORE);
      return chunk.length;
    }
    const byte = chunk[at] as number;
    if (phase !== 'receiving') {
      this.#onByte(byte);
      return at + 1;
    }
    const next = this.#reader.take(chunk, at);
    if (!this.#reader.complete) this.#dispatch(MORE);
    else {
      const block = (this.#received = this.#reader.read());
      if (block === undefined) this.#dispatch(BAD_BLOCK);
      else this.#dispatch(block.header.eBit ? LAST_BLOCK : ANOTHER_BLOCK);
    }
    return next;
  }

  #onByte(byte: number): void {
    const { phase } = this.#state;
    if ((phase === 'sending' || phase === 'waitAck') && this.#watch.isEcho(byte, NAK)) {
      const hint = this.#watch.echo;
      if (hint !== undefined) this.#owner.onHint(hint);
      return;
    }
    this.#lastByte = byte;
    this.#dispatch(BYTES[byte] as LineEvent);
    if (this.#state.phase === 'receiving' && phase !== 'receiving') this.#reader.begin(byte);
  }

  #dispatch(event: LineEvent): void {
    if (this.#closed !== undefined) return;
    const { state, effects } = step(this.#state, event, this.#rules());
    this.#state = state;
    if (!effects.includes('ignored')) this.#stray = false;
    for (const effect of effects) {
      const hint = this.#watch.effect(effect);
      if (hint !== undefined) this.#owner.onHint(hint);
      this.#apply(effect);
    }
    this.#offer();
  }

  /** Offers the next block to the machine, if it has none. */
  #offer(): void {
    if (this.#state.waiting || this.#closed !== undefined) return;
    const { current } = this.#queue;
    if (current !== undefined) this.#dispatch(current.begun ? SEND_ON : SEND);
  }

  #rules(): LineRules {
    const { rty, blocksWithoutEnq } = this.#owner.settings();
    return {
      master: this.#owner.master,
      tries: rty + 1,
      acceptWithoutEnq: blocksWithoutEnq.accept,
      sendWithoutEnq: blocksWithoutEnq.send,
    };
  }

  #apply(effect: LineEffect): void {
    if (this.#closed !== undefined) return;
    const { counters, clock } = this.#owner;
    switch (effect) {
      case 'enq':
        this.#enqAt = clock.now();
        return this.#write(HAND_SHAKES.enq);
      case 'eot':
      case 'ack':
      case 'nak':
        return this.#write(HAND_SHAKES[effect]);
      case 'block':
        this.#peerTime = (clock.now() - this.#enqAt) / 1000;
        return this.#writeBlock();
      case 't1':
      case 't2':
      case 'gap':
      case 'write':
      case 'stop':
        return this.#startTimer(effect);
      case 'acked':
        return this.#onAcked();
      case 'failed':
        return this.#onFailed();
      case 'deliver':
        return this.#onDeliver();
      case 'ignored':
        counters.strayBytes++;
        return this.#onStray();
      case 'early':
        counters.strayBytes++;
        return;
      case 'contention':
        counters.contentions++;
        if (!this.#owner.master) counters.yields++;
        return;
      case 'noLength':
      case 'badLength':
      case 'badChecksum':
      case 't1Expired':
      case 'eotForEot':
        counters.blocksRefused++;
        if (effect === 'noLength') counters.t2Expiries++;
        else if (effect === 't1Expired') counters.t1Expiries++;
        return;
      case 'noEot':
      case 'noAck':
      case 'naked':
      case 'notWritten':
      case 'yieldFailed':
      case 'interrupted':
        counters.triesFailed++;
        if (effect === 'naked') counters.naksReceived++;
        // What came in place of ACK was waited out by T1.
        else if (effect === 'noEot' || (effect === 'noAck' && this.#timed === 't2')) counters.t2Expiries++;
        this.#lastFailure = effect;
        return;
      case 'withoutEnq':
        return;
    }
  }

  #write(bytes: Buffer, written?: () => void): void {
    this.#owner.onWritten(bytes);
    this.#link.write(bytes, written);
  }

  #writeBlock(): void {
    const block = this.#queue.current?.block();
    if (block === undefined) return;
    this.#blockBegun = true;
    this.#watch.sending(block);
    const writing = (this.#writing = {});
    this.#write(block, () => {
      if (this.#writing !== writing) return;
      this.#writing = undefined;
      this.#dispatch(WRITTEN);
    });
  }

  #startTimer(name: 't1' | 't2' | 'gap' | 'write' | 'stop'): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#timed = name;
    if (name === 'stop') return;
    const { clock } = this.#owner;
    const expired = (): void => this.#dispatch(EXPIRED);
    const seconds = this.#secondsOf(name);
    this.#timer =
      name === 'gap' && seconds < MIN_GAP ? clock.afterPoll(expired) : expiry(clock, name, seconds, expired);
  }

  #secondsOf(name: 't1' | 't2' | 'gap' | 'write'): number {
    const { t1, t2, sendTimeout, gap } = this.#owner.settings();
    if (name === 'gap') {
      if (!this.#owner.master) return 0;
      return gap === 'auto' ? Math.min(MAX_GAP, this.#peerTime) : gap;
    }
    return name === 't1' ? t1 : name === 't2' ? t2 : sendTimeout;
  }

  #onAcked(): void {
    const { counters, clock } = this.#owner;
    counters.blocksSent++;
    const whole = this.#queue.advance();
    if (whole === undefined) return;
    whole.sent(clock.now());
    this.#owner.onSent(whole.packet);
  }

  #onFailed(): void {
    const failed = this.#queue.take();
    const hint = this.#watch.failed();
    if (failed === undefined) return;
    const tries = this.#owner.settings().rty + 1;
    const error = new RetryLimitError(failed.packet.header, tries, this.#lastFailure, hint);
    failed.unsent(error);
    this.#owner.onFailed(failed.packet, error);
  }

  #onDeliver(): void {
    const block = this.#received;
    this.#received = undefined;
    this.#owner.counters.blocksReceived++;
    if (block !== undefined) this.#owner.onBlock(block);
  }

  #onStray(): void {
    if (this.#stray) return;
    this.#stray = true;
    this.#owner.onStrayBytes(this.#lastByte);
  }

  /** A message is given up while none of its blocks has the line. */
  #giveUpWith(signal: AbortSignal, outgoing: Outgoing): void {
    const onAbort = (): void => {
      const hasLine = this.#state.waiting && this.#queue.current === outgoing;
      if (outgoing.settled || outgoing.begun || hasLine) return;
      this.#queue.forget(outgoing);
      outgoing.unsent(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const unlisten = (): void => signal.removeEventListener('abort', onAbort);
    outgoing.promise.then(unlisten, unlisten);
  }
}

function queueFull(maxQueuedBytes: number): Error {
  return new Secs1Error(
    'SECS1_QUEUE_FULL',
    `the message was not sent: what waits would exceed maxQueuedBytes ${maxQueuedBytes}`,
  );
}
