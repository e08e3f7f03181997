import type { Clock, Timer } from '../../clock.js';
import { refused, type QueueDepth, type Sending, type SendListener } from '../../connection/sending.js';
import type { SocketAddress } from '../../network/socket-address.js';
import { expiry } from '../../reactive/expiry.js';
import type { DropReason } from '../block/assembler.js';
import type { Secs1Header } from '../block/header.js';
import type { Secs1CloseReason } from '../line/close-reason.js';
import type { LineCounters } from '../line/counters.js';
import { Secs1ConnectionClosedError, type RetryLimitError } from '../line/errors.js';
import type { Secs1Hint } from '../line/hints.js';
import { Line } from '../line/line.js';
import type { ByteLink } from '../link/byte-link.js';
import type { CurrentLink } from '../link/line-source.js';
import type { Secs1Packet } from '../packet.js';
import type { Secs1Settings } from '../settings.js';
import { MessageReader } from './message-reader.js';

/** What a {@link Secs1Link} asks and tells the connection that it is a link of. */
export interface Secs1LinkOwner {
  readonly clock: Clock;
  readonly master: boolean;
  readonly counters: LineCounters;
  settings(): Secs1Settings;
  onMessage(header: Secs1Header, body: Buffer): void;
  onBegun(header: Secs1Header): void;
  onDropped(header: Secs1Header, reason: DropReason): void;
  onDuplicate(header: Secs1Header): void;
  onSent(packet: Secs1Packet): void;
  onFailed(packet: Secs1Packet, error: RetryLimitError): void;
  onStrayBytes(byte: number): void;
  onHint(hint: Secs1Hint): void;
  onBytes(direction: 'in' | 'out', bytes: Buffer): void;
  /** The link is about to end; the owner calls `proceed` when everybody has been told. */
  onClosing(reason: Secs1CloseReason, proceed: () => void): void;
  onClosed(reason: Secs1CloseReason, unsent: number): void;
}

/**
 * One life of a line, from open to closed. The line machine, the messages that are open and what waits to be sent are made with it and
 * end with it.
 */
export class Secs1Link implements CurrentLink {
  readonly local: SocketAddress | undefined;
  readonly remote: SocketAddress | undefined;
  readonly #bytes: ByteLink;
  readonly #owner: Secs1LinkOwner;
  readonly #line: Line;
  readonly #messages: MessageReader;
  #reason: Secs1CloseReason | undefined;
  #probe: { readonly timer: Timer; readonly done: (alive: boolean) => void } | undefined;

  constructor(bytes: ByteLink, owner: Secs1LinkOwner) {
    this.#bytes = bytes;
    this.#owner = owner;
    this.local = bytes.local;
    this.remote = bytes.remote;
    this.#messages = new MessageReader(owner);
    this.#line = new Line(bytes, {
      clock: owner.clock,
      master: owner.master,
      counters: owner.counters,
      settings: () => owner.settings(),
      onBlock: (block) => this.#messages.accept(block),
      onSent: (packet) => owner.onSent(packet),
      onFailed: (packet, error) => this.#onFailed(packet, error),
      onStrayBytes: (byte) => owner.onStrayBytes(byte),
      onHint: (hint) => owner.onHint(hint),
      onWritten: (written) => owner.onBytes('out', written),
    });
  }

  /** Begins to read: once the owner has told that the link is up. */
  read(): void {
    if (this.#reason !== undefined) return;
    this.#bytes.read({
      onBytes: (chunk) => this.#onBytes(chunk),
      onEnded: (reason) => this.close(reason),
    });
  }

  /** False from the moment the link is about to end. */
  get open(): boolean {
    return this.#reason === undefined;
  }

  get queued(): QueueDepth {
    return this.#line.queued;
  }

  send(packet: Secs1Packet, signal?: AbortSignal, listener?: SendListener): Sending {
    if (this.#reason !== undefined) return refused(new Secs1ConnectionClosedError(this.#reason), listener);
    return this.#line.send(packet, signal, listener);
  }

  probe(seconds: number, done: (alive: boolean) => void): void {
    const timer = expiry(this.#owner.clock, 'probe', seconds, () => this.#endProbe(false));
    this.#probe = { timer, done };
  }

  takenOver(): void {
    this.close({ kind: 'takenOver' });
  }

  /** Ends the link, whatever is under way on the line. Later calls do nothing. */
  close(reason: Secs1CloseReason): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#probe?.timer.cancel();
    this.#messages.stop();
    const unsent = this.#line.stop(new Secs1ConnectionClosedError(reason));
    this.#owner.onClosing(reason, () => {
      this.#bytes.close(this.#owner.settings().closeTimeout, () => this.#owner.onClosed(reason, unsent));
    });
  }

  #onBytes(chunk: Buffer): void {
    if (this.#reason !== undefined) return;
    if (this.#probe !== undefined) this.#endProbe(true);
    this.#owner.onBytes('in', chunk);
    this.#line.receive(chunk);
  }

  #onFailed(packet: Secs1Packet, error: RetryLimitError): void {
    this.#owner.onFailed(packet, error);
    const { onRetryLimit } = this.#owner.settings();
    if (onRetryLimit === 'reopen') this.close({ kind: 'retryLimit', tries: error.tries });
  }

  #endProbe(alive: boolean): void {
    const probe = this.#probe;
    this.#probe = undefined;
    probe?.timer.cancel();
    probe?.done(alive);
  }
}
