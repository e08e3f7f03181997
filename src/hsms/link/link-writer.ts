import { afterPoll, type Clock, type Timer } from '../../clock.js';
import { describeValue } from '../../describe-value.js';
import type { HsmsPacket } from '../wire/packet.js';
import { isPlainSocket, type NetworkSocket } from '../../network/network.js';
import type { QueueDepth } from '../../connection/sending.js';
import type { HsmsSettings } from './settings.js';
import type { Batch } from './batch.js';
import { heldMemory, sharedMemory } from './frame-memory.js';
import type { Sending, SendListener } from '../../connection/sending.js';
import { WriteQueue } from './write-queue.js';

/**
 * Flush after this many requests and replies instead of waiting for the end of the tick, so that the peer can start while we
 * produce more. Otherwise two busy sides alternate: each is idle while the other works.
 */
const AWAITED_A_WRITE = 32;

/** Flush after this many bytes of anything. Of messages that nobody waits for a write costs more than an early start is worth. */
const BYTES_A_WRITE = 32 * 1024;

/** Do not flush early above this many bytes: the kernel is busy anyway, and what waits can still be overtaken. */
const EARLY_BYTES = 64 * 1024;

/** How many writes may follow one another before the event loop gets a turn to read and to run timers. */
const TICKS_PER_TURN = 32;

/** What a {@link LinkWriter} asks and tells the owner of the link it writes for. */
export interface LinkWriterOwner {
  readonly clock: Clock;
  /** The settings in force now. */
  settings(): HsmsSettings;
  /** Whether anybody wants to hear of packets sent. */
  wantsSent(): boolean;
  /** These packets have been handed to the socket, in this order. Called only when they are wanted. */
  onSent(packets: readonly HsmsPacket[]): void;
}

/** The link that a {@link LinkWriter} writes for. */
export interface WrittenLink {
  /** The peer took nothing for `sendTimeout` seconds. */
  onSendTimeout(seconds: number, queuedBytes: number): void;
  /** Writing failed: the socket, or memory. */
  onWriteFailed(error: Error): void;
}

/**
 * Feeds the socket from the write queue: one write for what is sent in one turn of the event loop, or for every 32 packets of
 * it, one batch at the socket at a time, and a timer on a peer that stops reading.
 */
export class LinkWriter {
  readonly #socket: NetworkSocket;
  readonly #owner: LinkWriterOwner;
  readonly #link: WrittenLink;
  readonly #queue: WriteQueue;
  #flushScheduled = false;
  #ticks = 0;
  /** Requests and replies accepted since the last write. */
  #awaited = 0;
  #turn: Timer | undefined;
  /** Writes that the kernel took at once, and whose callbacks, which come later, have nothing left to say. */
  #staleCallbacks = 0;
  #batches = 0;
  #sendTimer: Timer | undefined;
  #whenIdle: (() => void) | undefined;

  constructor(socket: NetworkSocket, owner: LinkWriterOwner, link: WrittenLink) {
    this.#socket = socket;
    this.#owner = owner;
    this.#link = link;
    this.#queue = new WriteQueue(isPlainSocket(socket) ? sharedMemory : heldMemory);
  }

  /** Whether the socket still takes bytes. */
  get writable(): boolean {
    return this.#socket.writable && this.#socket.errored === null;
  }

  /** What waits to be sent. */
  get queued(): QueueDepth {
    return { packets: this.#queue.packets, bytes: this.#queue.bytes };
  }

  /** Accepts a packet; settles as {@link WriteQueue.push} says. */
  send(packet: HsmsPacket, signal?: AbortSignal, listener?: SendListener): Sending {
    const sending = this.#queue.push(packet, this.#owner.settings().maxQueuedBytes, signal, listener);
    if (!this.#flushScheduled) this.#scheduleFlush();
    if (listener !== undefined) this.#awaited++;
    if (this.#awaited >= AWAITED_A_WRITE || this.#queue.bytes >= BYTES_A_WRITE) this.#writeEarly();
    return sending;
  }

  /** Bytes were read: the event loop has had a turn. */
  onRead(): void {
    this.#ticks = 0;
  }

  /** Calls back once everything that was accepted has been handed to the socket: now, if it has. */
  whenIdle(callback: () => void): void {
    this.#whenIdle = callback;
    this.#flush();
  }

  /** Fails what was not handed to the socket, and returns how many packets that were. */
  fail(error: Error): number {
    this.#sendTimer?.cancel();
    this.#turn?.cancel();
    this.#whenIdle = undefined;
    return this.#queue.fail(error);
  }

  /**
   * Ticks alone never let the event loop go on: a sender that awaits every packet would keep it from reading and from
   * its timers for as long as the kernel takes what is sent.
   */
  #scheduleFlush(): void {
    this.#flushScheduled = true;
    if (++this.#ticks < TICKS_PER_TURN) {
      process.nextTick(this.#flush);
    } else {
      this.#ticks = 0;
      this.#turn = afterPoll(this.#owner.clock, this.#flush);
    }
  }

  /**
   * Writes within the tick. It counts as a tick, because code that awaits what was sent goes on as soon as that has left. With
   * listeners for `sent` it is left to the end of the tick: they are called before the promises resolve.
   */
  #writeEarly(): void {
    this.#awaited = 0;
    if (this.#ticks + 1 >= TICKS_PER_TURN || this.#queue.bytes > EARLY_BYTES) return;
    if (this.#owner.wantsSent() || !this.writable) return;
    this.#ticks++;
    try {
      this.#writeBatches(undefined);
    } catch (error) {
      this.#failed(error);
    }
  }

  readonly #flush = (): void => {
    this.#flushScheduled = false;
    this.#awaited = 0;
    if (!this.writable) return;
    try {
      this.#flushNow();
    } catch (error) {
      this.#failed(error);
    }
  };

  /** What goes wrong in writing is the end of this link, and of nothing else: what was written of a frame cannot be taken back. */
  #failed(error: unknown): void {
    this.#link.onWriteFailed(error instanceof Error ? error : new Error(describeValue(error)));
  }

  #flushNow(): void {
    const sent = this.#sentList();
    const blocked = this.#writeBatches(sent);
    // Told when the loop is over: a listener that sends must not keep it going.
    this.#tellSent(sent);
    if (!blocked && this.#whenIdle !== undefined && this.#queue.idle) {
      const whenIdle = this.#whenIdle;
      this.#whenIdle = undefined;
      whenIdle();
    }
  }

  /** Writes batch after batch; returns whether the socket has enough. */
  #writeBatches(sent: HsmsPacket[] | undefined): boolean {
    for (let batch = this.#queue.nextBatch(); batch !== undefined; batch = this.#queue.nextBatch()) {
      this.#batches++;
      this.#write(batch);
      // What the kernel took at once has left the stream's own buffer by now.
      if (this.#socket.writableLength > 0 || !this.writable) {
        this.#watchSending();
        return true;
      }
      this.#staleCallbacks++;
      this.#queue.batchSent(this.#owner.clock.now(), sent);
    }
    return false;
  }

  /** Where to keep the packets that are sent now; undefined where nothing listens for them. */
  #sentList(): HsmsPacket[] | undefined {
    return this.#owner.wantsSent() ? [] : undefined;
  }

  #tellSent(sent: HsmsPacket[] | undefined): void {
    if (sent !== undefined && sent.length > 0) this.#owner.onSent(sent);
  }

  #write({ buffers }: Batch): void {
    const last = buffers.length - 1;
    if (last > 0) this.#socket.cork();
    for (let i = 0; i < last; i++) this.#socket.write(buffers[i]);
    this.#socket.write(buffers[last], this.#onWritten);
    if (last > 0) this.#socket.uncork();
  }

  readonly #onWritten = (error?: Error | null): void => {
    if (error) return;
    try {
      this.#onTaken();
    } catch (failure) {
      this.#failed(failure);
    }
  };

  #onTaken(): void {
    if (this.#staleCallbacks > 0) {
      this.#staleCallbacks--;
      return;
    }
    this.#sendTimer?.cancel();
    const sent = this.#sentList();
    this.#queue.batchSent(this.#owner.clock.now(), sent);
    this.#tellSent(sent);
    this.#flush();
  }

  #watchSending(): void {
    const { clock } = this.#owner;
    const { sendTimeout } = this.#owner.settings();
    this.#sendTimer = clock.setTimer('send', sendTimeout, () => {
      const batches = this.#batches;
      this.#sendTimer = afterPoll(clock, () => {
        if (batches === this.#batches) this.#link.onSendTimeout(sendTimeout, this.#queue.bytes);
      });
    });
  }
}
