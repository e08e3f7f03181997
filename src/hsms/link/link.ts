import { systemClock, type Clock } from '../../clock.js';
import { OrderlyClose, type OrderlyCloseOwner } from '../../connection/orderly-close.js';
import { describeValue } from '../../describe-value.js';
import type { HsmsFrameError } from '../../errors.js';
import type { DecodeOptions } from '../../secs2/index.js';
import { SelectStatus, SType } from '../wire/codes.js';
import { FrameDecoder } from '../wire/frame-decoder.js';
import { checkPacketLength } from '../wire/frame-encoder.js';
import { HsmsPacket } from '../wire/packet.js';
import { reasonOfSocketError, type CloseReason } from './close-reason.js';
import { HsmsConnectionClosedError } from './connection-closed-error.js';
import { hintForClose, type HsmsHint } from './hints.js';
import type { QueueDepth } from '../../connection/sending.js';
import { localOf, remoteOf, type SocketAddress } from '../../network/socket-address.js';
import { FrameWatch } from './frame-watch.js';
import { LinkProbe } from './link-probe.js';
import { LinkWriter, type WrittenLink } from './link-writer.js';
import { ReadTurns } from './read-turns.js';
import { BusyPoll } from '../../network/busy-poll.js';
import { isPlainSocket, type NetworkSocket } from '../../network/network.js';
import type { HsmsSettings } from './settings.js';
import { refused } from '../../connection/sending.js';
import type { Sending, SendListener } from '../../connection/sending.js';

/** What a {@link Link} asks and tells its owner. */
export interface LinkOwner {
  readonly clock: Clock;
  /** The settings in force now. */
  settings(): HsmsSettings;
  /** How packets decode their bodies. */
  readonly decoding: DecodeOptions | undefined;
  /** A packet has arrived. */
  onPacket(packet: HsmsPacket): void;
  /** Whether anybody wants to hear of packets sent. */
  wantsSent(): boolean;
  /** These packets have been handed to the socket, in this order. */
  onSent(packets: readonly HsmsPacket[]): void;
  /**
   * The link is about to end. The owner calls `proceed` when everybody has been told; what is sent until then
   * still leaves, if `canSend`.
   */
  onClosing(reason: CloseReason, canSend: boolean, proceed: () => void): void;
  /** The socket is closed. Called once, after `onClosing`. */
  onClosed(reason: CloseReason, unsent: number): void;
}

/** Packets in one read above which the connection is busy, and not waited for. */
const ONE_AT_A_TIME = 2;

/**
 * One TCP life, from connected to closed. Its buffers, queue and timers are made with it and end with it, so that
 * nothing of an old connection can reach a new one.
 */
export class Link implements WrittenLink, OrderlyCloseOwner<CloseReason> {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly #socket: NetworkSocket;
  readonly #owner: LinkOwner;
  readonly #decoder: FrameDecoder;
  /** Made for the first frame that does not come whole. */
  #watch: FrameWatch | undefined;
  readonly #writer: LinkWriter;
  readonly #turns: ReadTurns;
  readonly #end: OrderlyClose<CloseReason>;
  #selected = false;
  #selectSent = false;
  #firstByte: number | undefined;
  /** When the last bytes were read, once somebody has asked. */
  #receivedAt: number | undefined;
  #probe: LinkProbe | undefined;
  readonly #canPoll: boolean;
  /** Whether messages come one at a time, and the socket may be polled for the next: with more under way the process is awake anyhow. */
  #pollable: boolean;
  #poll: BusyPoll | undefined;

  constructor(socket: NetworkSocket, owner: LinkOwner) {
    const { clock } = owner;
    const settings = owner.settings();
    this.#socket = socket;
    this.#owner = owner;
    this.local = localOf(socket);
    this.remote = remoteOf(socket);
    this.#decoder = new FrameDecoder(
      (packet) => this.#onPacket(packet),
      settings.maxPacketBytes,
      owner.decoding,
    );
    this.#writer = new LinkWriter(socket, owner, this);
    this.#turns = new ReadTurns(socket, clock);
    this.#canPoll = this.#pollable = clock === systemClock && isPlainSocket(socket);
    this.#end = new OrderlyClose(socket, this);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, settings.keepAliveDelay * 1000);
    socket.on('data', this.#onChunk);
    socket.on('end', () => this.close({ kind: 'remoteClosed', partialBytes: this.#decoder.partialBytes }));
    socket.on('error', (error) => this.#end.begin(reasonOfSocketError(error), false));
    socket.on('close', () =>
      this.#end.socketClosed({ kind: 'reset', error: new Error('the socket was closed') }),
    );
  }

  /** Whether a Select.rsp with status 0 has passed, in either direction. */
  get selected(): boolean {
    return this.#selected;
  }

  /** The time of the clock at which the last bytes were read: one look at the clock for all the packets in them. */
  get receivedAt(): number {
    return (this.#receivedAt ??= this.#owner.clock.now());
  }

  /** What waits to be sent. */
  get queued(): QueueDepth {
    return this.#writer.queued;
  }

  /** What the end of this link tells about its cause. */
  hintFor(reason: CloseReason): HsmsHint | undefined {
    return hintForClose(reason, this.#firstByte, this.#selectSent && this.#firstByte === undefined);
  }

  /** False from the moment the link is about to end. */
  get open(): boolean {
    return this.#end.open;
  }

  /**
   * Sends a packet; the promise resolves when its last byte has been handed to the socket.
   * It rejects with `HSMS_FRAME_TOO_LONG`, `HSMS_QUEUE_FULL`, `HSMS_CONNECTION_CLOSED`, or the signal's reason.
   * @param listener called with the same outcome, at once
   */
  send(packet: HsmsPacket, signal?: AbortSignal, listener?: SendListener): Sending {
    const { maxPacketBytes, busyPoll } = this.#owner.settings();
    const tooLong = checkPacketLength(packet, maxPacketBytes);
    if (tooLong !== undefined) return refused(tooLong, listener);
    const { reason } = this.#end;
    if (reason !== undefined && !this.#end.sendable) {
      return refused(new HsmsConnectionClosedError(reason, this.hintFor(reason)), listener);
    }
    if (packet.header.sType === SType.selectReq) this.#selectSent = true;
    this.#noteSelect(packet);
    // Requests and replies have a listener: what the peer sends next is due. After a Linktest nothing is.
    const isDue = listener !== undefined && packet.header.sType === SType.data;
    if (isDue && this.#pollable && busyPoll !== 0) {
      (this.#poll ??= new BusyPoll(this.#owner.clock)).begin(busyPoll);
    }
    return this.#writer.send(packet, signal, listener);
  }

  /** Ends the link in order: tells the owner, sends what was accepted, closes. Later calls do nothing. */
  close(reason: CloseReason): void {
    // A peer that reads no answers will read nothing else: what waits for it is let go.
    this.#end.begin(reason, reason.kind !== 'unreadAnswers' && this.#writer.writable);
  }

  /** The settings have changed: takes over what is not read from them each time. */
  configured(): void {
    this.#decoder.setMaxPacketBytes(this.#owner.settings().maxPacketBytes);
    this.#socket.setKeepAlive(true, this.#owner.settings().keepAliveDelay * 1000);
  }

  /**
   * Sends one Linktest.req and tells whether any byte came within T6. Its answer is not passed on as a packet.
   * `done` is not called once the link is about to end. One probe at a time.
   */
  probe(systemBytes: number, done: (alive: boolean) => void): void {
    this.#probe = new LinkProbe(this.#owner.clock, systemBytes, this.#owner.settings().t6, done);
    this.send(HsmsPacket.linktestReq(systemBytes));
  }

  readonly #onChunk = (chunk: Buffer): void => {
    try {
      this.#onData(chunk);
    } catch (error) {
      // Nothing tells where the next frame begins: this link is over, and nothing else.
      this.#broken(error instanceof Error ? error : new Error(describeValue(error)));
    }
  };

  /** For the writer. */
  onSendTimeout(seconds: number, queuedBytes: number): void {
    this.#end.begin({ kind: 'sendTimeout', seconds, queuedBytes }, false);
  }

  /** For the writer. */
  onWriteFailed(error: Error): void {
    this.#broken(error);
  }

  /** Reading or writing failed in a way that no peer and no user can cause. */
  #broken(error: Error): void {
    this.#end.begin(reasonOfSocketError(error), false);
  }

  #onData(chunk: Buffer): void {
    if (!this.#end.open) return;
    this.#writer.onRead();
    this.#receivedAt = undefined;
    this.#firstByte ??= chunk[0];
    this.#probe?.heard();
    this.#poll?.arrived();
    const packetsBefore = this.#decoder.packets;
    const wasInFrame = this.#decoder.partialBytes > 0;
    // What is sent while these are dealt with goes by what came before: few packets then, few now.
    const error = this.#decoder.push(chunk, this.#turns.packetsLeft);
    this.#pollable = this.#canPoll && this.#decoder.packets - packetsBefore <= ONE_AT_A_TIME;
    if (error !== undefined) {
      this.close(reasonOfFrameError(error));
    } else {
      const inFrame = this.#decoder.partialBytes > 0;
      if (inFrame || wasInFrame) {
        this.#frameWatch().received(
          inFrame,
          inFrame && (!wasInFrame || this.#decoder.packets !== packetsBefore),
        );
      }
      this.#turns.took(this.#decoder.packets - packetsBefore, chunk, this.#decoder.unread);
    }
  }

  #onPacket(packet: HsmsPacket): void {
    const { header } = packet;
    if (header.sType !== SType.data) {
      this.#noteSelect(packet);
      if (this.#probe?.takes(header) === true) return;
    }
    this.#owner.onPacket(packet);
  }

  #noteSelect({ header }: HsmsPacket): void {
    if (header.sType === SType.selectRsp && header.byte3 === SelectStatus.established) this.#selected = true;
  }

  #frameWatch(): FrameWatch {
    this.#watch ??= new FrameWatch(
      this.#owner.clock,
      () => this.#owner.settings(),
      (kind, seconds) => this.close({ kind, seconds, partialBytes: this.#decoder.partialBytes }),
    );
    return this.#watch;
  }

  // What follows is for the end of this link.

  get clock(): Clock {
    return this.#owner.clock;
  }

  closeTimeout(): number {
    return this.#owner.settings().closeTimeout;
  }

  onBegin(): void {
    this.#watch?.stop();
    this.#decoder.stop();
    this.#probe?.stop();
  }

  onClosing(reason: CloseReason, canSend: boolean, proceed: () => void): void {
    this.#owner.onClosing(reason, canSend, proceed);
  }

  whenSent(done: () => void): void {
    this.#writer.whenIdle(done);
  }

  onClosed(reason: CloseReason): void {
    this.#turns.stop();
    const error = new HsmsConnectionClosedError(reason, this.hintFor(reason));
    this.#owner.onClosed(reason, this.#writer.fail(error));
  }
}

function reasonOfFrameError({ code, length, limit }: HsmsFrameError): CloseReason {
  return code === 'HSMS_FRAME_TOO_SHORT'
    ? { kind: 'frameTooShort', length }
    : { kind: 'frameTooLong', length, maxPacketBytes: limit };
}
