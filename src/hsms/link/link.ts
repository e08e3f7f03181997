import type { Clock, Timer } from '../../clock.js';
import { expiry } from '../../reactive/expiry.js';
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
import { LinkWriter } from './link-writer.js';
import type { NetworkSocket } from '../../network/network.js';
import type { HsmsSettings } from './settings.js';
import { refused } from '../../connection/sending.js';
import type { Sending, SendListener } from '../../connection/sending.js';

/** How many packets one connection may bring before the others have their turn. */
const PACKETS_A_TURN = 512;

/** How many bytes of whole packets: what the program does with large messages takes its time as well. */
const BYTES_A_TURN = 256 * 1024;

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

/**
 * - `open`: packets go both ways.
 * - `closing`: what arrives is discarded; what is sent still leaves.
 * - `ended`: nothing more is accepted for sending; the socket is on its way to being closed.
 */
type Phase = 'open' | 'closing' | 'ended' | 'closed';

/** A Linktest.req that asks whether anything is alive at the other end. */
interface Probe {
  readonly systemBytes: number;
  readonly timer: Timer;
  readonly done: (alive: boolean) => void;
}

/**
 * One TCP life, from connected to closed. Its buffers, queue and timers are made with it and end with it, so that
 * nothing of an old connection can reach a new one.
 */
export class Link {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly #socket: NetworkSocket;
  readonly #owner: LinkOwner;
  readonly #decoder: FrameDecoder;
  readonly #watch: FrameWatch;
  readonly #writer: LinkWriter;
  #phase: Phase = 'open';
  #reason: CloseReason | undefined;
  #canSend = true;
  #closeTimer: Timer | undefined;
  #selected = false;
  #firstByte: number | undefined;
  /** When the last bytes were read, once somebody has asked. */
  #receivedAt: number | undefined;
  #packetsInTurn = 0;
  #bytesInTurn = 0;
  #turn: Timer | undefined;
  #probe: Probe | undefined;
  #probeSystemBytes: number | undefined;

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
    this.#watch = new FrameWatch(
      clock,
      () => owner.settings(),
      (kind, seconds) => this.close({ kind, seconds, partialBytes: this.#decoder.partialBytes }),
    );
    this.#writer = new LinkWriter(
      socket,
      owner,
      (seconds, queuedBytes) => this.#close({ kind: 'sendTimeout', seconds, queuedBytes }, false),
      (error) => this.#broken(error),
    );
    socket.setNoDelay(true);
    socket.setKeepAlive(true, settings.keepAliveDelay * 1000);
    socket.on('data', this.#onChunk);
    socket.on('end', () => this.close({ kind: 'remoteClosed', partialBytes: this.#decoder.partialBytes }));
    socket.on('error', (error) => this.#close(reasonOfSocketError(error), false));
    socket.on('close', () => this.#onSocketClosed());
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
    return hintForClose(reason, this.#firstByte);
  }

  /** False from the moment the link is about to end. */
  get open(): boolean {
    return this.#phase === 'open';
  }

  /**
   * Sends a packet; the promise resolves when its last byte has been handed to the socket.
   * It rejects with `HSMS_FRAME_TOO_LONG`, `HSMS_QUEUE_FULL`, `HSMS_CONNECTION_CLOSED`, or the signal's reason.
   * @param listener is told the same, at once
   */
  send(packet: HsmsPacket, signal?: AbortSignal, listener?: SendListener): Sending {
    const tooLong = checkPacketLength(packet, this.#owner.settings().maxPacketBytes);
    if (tooLong !== undefined) return refused(tooLong, listener);
    if (this.#reason !== undefined && (this.#phase !== 'closing' || !this.#canSend)) {
      return refused(new HsmsConnectionClosedError(this.#reason, this.hintFor(this.#reason)), listener);
    }
    this.#noteSelect(packet);
    return this.#writer.send(packet, signal, listener);
  }

  /** Ends the link in order: tells the owner, sends what was accepted, closes. Later calls do nothing. */
  close(reason: CloseReason): void {
    // A peer that reads no answers will read nothing else: what waits for it is let go.
    this.#close(reason, reason.kind !== 'unreadAnswers' && this.#writer.writable);
  }

  /** The settings have changed: takes over what is not read from them each time. */
  configured(): void {
    this.#decoder.setMaxPacketBytes(this.#owner.settings().maxPacketBytes);
    this.#socket.setKeepAlive(true, this.#owner.settings().keepAliveDelay * 1000);
  }

  /**
   * Sends one Linktest.req and tells whether any byte came within T6. Its answer is not passed on as a packet.
   * Nothing is told once the link is about to end. One probe at a time.
   */
  probe(systemBytes: number, done: (alive: boolean) => void): void {
    const { clock } = this.#owner;
    const timer = expiry(clock, 'probe', this.#owner.settings().t6, () => this.#endProbe(false));
    this.#probe = { systemBytes, timer, done };
    this.#probeSystemBytes = systemBytes;
    this.send(HsmsPacket.linktestReq(systemBytes));
  }

  #endProbe(alive: boolean): void {
    const probe = this.#probe;
    this.#probe = undefined;
    probe?.timer.cancel();
    probe?.done(alive);
  }

  readonly #onChunk = (chunk: Buffer): void => {
    try {
      this.#onData(chunk);
    } catch (error) {
      // Nothing tells where the next frame begins: this link is over, and nothing else.
      this.#broken(error instanceof Error ? error : new Error(describeValue(error)));
    }
  };

  /** Reading or writing failed in a way that no peer and no user can cause. */
  #broken(error: Error): void {
    this.#close(reasonOfSocketError(error), false);
  }

  #destroy(): void {
    try {
      this.#socket.destroy();
    } catch {
      this.#onSocketClosed();
    }
  }

  #onData(chunk: Buffer): void {
    if (this.#phase !== 'open') return;
    this.#writer.turned();
    this.#receivedAt = undefined;
    this.#firstByte ??= chunk[0];
    if (this.#probe !== undefined) this.#endProbe(true);
    const packetsBefore = this.#decoder.packets;
    const wasInFrame = this.#decoder.partialBytes > 0;
    const error = this.#decoder.push(chunk, PACKETS_A_TURN - this.#packetsInTurn);
    if (error !== undefined) {
      this.close(reasonOfFrameError(error));
    } else {
      const inFrame = this.#decoder.partialBytes > 0;
      if (inFrame || wasInFrame) {
        this.#watch.received(inFrame, inFrame && (!wasInFrame || this.#decoder.packets !== packetsBefore));
      }
      this.#takeTurns(this.#decoder.packets - packetsBefore, chunk);
    }
  }

  /**
   * Lets the other connections have their turn: of a socket that is always full, Node reads two megabytes at a time, a
   * hundred thousand small packets. Reading goes on in the next turn of the event loop.
   */
  #takeTurns(packets: number, chunk: Buffer): void {
    this.#packetsInTurn += packets;
    this.#bytesInTurn += chunk.length;
    // As long as no packet is whole nothing but the bytes is taken, and Node itself sees to it that others get their turn.
    if (packets === 0) return;
    if (this.#packetsInTurn < PACKETS_A_TURN && this.#bytesInTurn < BYTES_A_TURN) return;
    this.#packetsInTurn = 0;
    this.#bytesInTurn = 0;
    const { unread } = this.#decoder;
    this.#socket.pause();
    if (unread > 0) this.#socket.unshift(chunk.subarray(chunk.length - unread));
    this.#turn = this.#owner.clock.afterPoll(() => this.#socket.resume());
  }

  #onPacket(packet: HsmsPacket): void {
    const { header } = packet;
    if (header.sType !== SType.data) {
      this.#noteSelect(packet);
      if (header.sType === SType.linktestRsp && header.systemBytes === this.#probeSystemBytes) {
        this.#probeSystemBytes = undefined;
        return;
      }
    }
    this.#owner.onPacket(packet);
  }

  #noteSelect({ header }: HsmsPacket): void {
    if (header.sType === SType.selectRsp && header.byte3 === SelectStatus.established) this.#selected = true;
  }

  #close(reason: CloseReason, canSend: boolean): void {
    if (this.#phase !== 'open') return;
    this.#phase = 'closing';
    this.#reason = reason;
    this.#canSend = canSend;
    this.#watch.stop();
    this.#decoder.stop();
    this.#probe?.timer.cancel();
    this.#probe = undefined;
    const { clock } = this.#owner;
    const { closeTimeout } = this.#owner.settings();
    this.#closeTimer = clock.setTimer('close', closeTimeout, () => this.#destroy());
    this.#owner.onClosing(reason, canSend, () => this.#finish());
  }

  #finish(): void {
    if (this.#phase !== 'closing') return;
    this.#phase = 'ended';
    // The socket closes when the peer has closed as well; closing earlier could destroy what it has not read yet.
    if (this.#canSend) this.#writer.whenIdle(() => this.#socket.end());
    else this.#destroy();
  }

  #onSocketClosed(): void {
    this.#close({ kind: 'reset', error: new Error('the socket was closed') }, false);
    if (this.#phase === 'closed' || this.#reason === undefined) return;
    this.#phase = 'closed';
    this.#closeTimer?.cancel();
    this.#turn?.cancel();
    const unsent = this.#writer.fail(new HsmsConnectionClosedError(this.#reason, this.hintFor(this.#reason)));
    this.#owner.onClosed(this.#reason, unsent);
  }
}

function reasonOfFrameError({ code, length, limit }: HsmsFrameError): CloseReason {
  return code === 'HSMS_FRAME_TOO_SHORT'
    ? { kind: 'frameTooShort', length }
    : { kind: 'frameTooLong', length, maxPacketBytes: limit };
}
