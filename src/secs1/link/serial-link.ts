import type { Timer } from '../../clock.js';
import type { ByteLink, ByteLinkReader } from './byte-link.js';
import type { LineHost } from './line-source.js';
import type { SerialPortLike } from './serial-port.js';

/** Start bit, 8 data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** Two clocks of a serial line differ by less: nothing leaves a port earlier than this share of the time that its baud rate gives. */
const EARLIEST = 0.95;

/** Seconds that a driver may need beyond that time to say that all has left. */
const DRAIN_SLACK = 1;

/** Bytes that may wait for the end of a block of ours; an answer to it has one. */
const MAX_HELD_BYTES = 4096;

/** A block of ours on its way out. */
interface BlockOut {
  /** When its last byte can have left, by the baud rate. */
  readonly earliest: number;
  readonly left: () => void;
  readonly timers: readonly Timer[];
  taken: boolean;
  /** What came meanwhile: before the last byte left, or after it and told before the driver told of that. */
  readonly held: Buffer[];
  heldBytes: number;
}

/**
 * The bytes of a line on a serial port.
 *
 * A block has left when the driver says so (`drain`). But that word takes its time, and an answer may be read before it is heard, the
 * more so on a busy machine or behind a USB adapter. So an answer that comes when the block can have left counts as that word, by the baud
 * rate; on a port that was seen to be faster than its baud rate, a pseudo-terminal say, the block has left once it is written. And where the
 * word never comes, the block counts as left a second after its time.
 */
export class SerialLink implements ByteLink {
  readonly #port: SerialPortLike;
  readonly #host: LineHost;
  readonly #baudRate: number;
  #reader: ByteLinkReader | undefined;
  #block: BlockOut | undefined;
  /** The port has no baud rate of its own. */
  #unpaced = false;
  /** One at a time: each holds a thread of the process until the driver is done. */
  #draining = false;

  constructor(port: SerialPortLike, host: LineHost, baudRate: number) {
    this.#port = port;
    this.#host = host;
    this.#baudRate = baudRate;
  }

  read(reader: ByteLinkReader): void {
    this.#reader = reader;
    this.#port.on('data', (chunk) => this.#onData(chunk));
    this.#port.on('error', (error) => this.#ended('portError', error));
    // An adapter that is pulled closes the port, with an error here and no event `error`.
    this.#port.on('close', (error) => this.#ended('portLost', error));
  }

  write(bytes: Buffer, written?: () => void): void {
    if (written === undefined) {
      this.#port.write(bytes);
      return;
    }
    const { clock } = this.#host;
    const { sendTimeout } = this.#host.settings();
    const seconds = (bytes.length * BITS_PER_BYTE) / this.#baudRate;
    const block: BlockOut = {
      earliest: clock.now() + seconds * EARLIEST * 1000,
      left: written,
      timers: [
        clock.setTimer('drain', seconds + DRAIN_SLACK, () => {
          if (block.taken) this.#left(block, false);
        }),
        clock.setTimer('write', sendTimeout, () => this.#onStuck(sendTimeout)),
      ],
      taken: false,
      held: [],
      heldBytes: 0,
    };
    if (this.#block !== undefined) cancel(this.#block);
    this.#block = block;
    this.#port.write(bytes, (error) => this.#onTaken(block, error));
  }

  close(seconds: number, closed: () => void): void {
    this.#stop();
    if (!this.#port.isOpen) {
      closed();
      return;
    }
    // A driver that still holds bytes of an adapter that was pulled may never call back.
    let done = false;
    const finish = (): void => {
      timer.cancel();
      if (!done) closed();
      done = true;
    };
    const timer = this.#host.clock.setTimer('close', seconds, finish);
    this.#port.close(finish);
  }

  #onData(chunk: Buffer): void {
    const block = this.#block;
    if (block !== undefined && this.#host.clock.now() < block.earliest) {
      block.held.push(chunk);
      block.heldBytes += chunk.length;
      if (block.heldBytes > MAX_HELD_BYTES) this.#deliver(block);
      return;
    }
    if (block !== undefined) this.#left(block, false);
    this.#reader?.onBytes(chunk);
  }

  /** The driver has taken the block. */
  #onTaken(block: BlockOut, error: Error | null | undefined): void {
    if (error !== null && error !== undefined) {
      this.#ended('portLost', error);
      return;
    }
    block.taken = true;
    if (this.#unpaced) this.#left(block, true);
    if (this.#unpaced || this.#draining || this.#reader === undefined) return;
    this.#draining = true;
    this.#port.drain((failed) => {
      this.#draining = false;
      // A port that is lost while something is being written may tell of it here alone.
      if (failed !== null && failed !== undefined) this.#ended('portLost', failed);
      else this.#onDrained(block);
    });
  }

  #onDrained(block: BlockOut): void {
    if (block !== this.#block) return;
    const isEarly = this.#host.clock.now() < block.earliest;
    if (isEarly) this.#unpaced = true;
    this.#left(block, isEarly);
  }

  #onStuck(seconds: number): void {
    // What the driver still holds must not reach the peer after the message has failed.
    this.#ended('portError', new Error(`it took no bytes for ${seconds} s`));
  }

  /** The last byte of a block has left; what came meanwhile may be the answer to it, or cannot be. */
  #left(block: BlockOut, maybeAnswered: boolean): void {
    if (block !== this.#block) return;
    if (!maybeAnswered) this.#deliver(block);
    this.#block = undefined;
    cancel(block);
    block.left();
    this.#deliver(block);
  }

  #deliver(block: BlockOut): void {
    block.heldBytes = 0;
    for (const chunk of block.held.splice(0)) this.#reader?.onBytes(chunk);
  }

  #ended(kind: 'portLost' | 'portError', error: Error | null | undefined): void {
    const reader = this.#reader;
    this.#stop();
    reader?.onEnded({ kind, error: error ?? new Error('the port was closed') });
  }

  #stop(): void {
    this.#reader = undefined;
    if (this.#block !== undefined) cancel(this.#block);
    this.#block = undefined;
  }
}

function cancel({ timers }: BlockOut): void {
  for (const timer of timers) timer.cancel();
}
