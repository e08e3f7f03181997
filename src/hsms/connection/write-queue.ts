import { HsmsError } from '../../errors.js';
import { SType } from '../wire/codes.js';
import { FRAME_OVERHEAD_BYTES, frameBytes, writeFrame, writeFrameHead } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';
import { Fifo } from './fifo.js';
import { rejected } from './rejected.js';

/** Bytes handed to the socket in one go: bounds what a control message has to wait for. */
const BATCH_BYTES = 256 * 1024;

/** Frames up to this size are written side by side into one buffer; the body of a larger one is not copied. */
const COPIED_FRAME_BYTES = 16 * 1024;

/** What goes to the socket in one go. */
export interface Batch {
  readonly buffers: readonly Uint8Array[];
  readonly bytes: number;
}

/** One packet on its way out. */
interface Outgoing {
  readonly packet: HsmsPacket;
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  promise?: Promise<void>;
  /** Undoes the listening on the caller's abort signal. */
  unlisten?: () => void;
  aborted?: boolean;
}

/**
 * The packets that wait for the socket, and the batches they leave in. Knows no socket.
 *
 * Control messages overtake waiting data (P-30), all but Separate and Deselect: those end a session, and what was
 * sent before them belongs to it.
 */
export class WriteQueue {
  readonly #control = new Fifo<Outgoing>();
  readonly #data = new Fifo<Outgoing>();
  /** A packet too large for one batch, and how many bytes of its body have gone. */
  #large: { readonly outgoing: Outgoing; offset: number } | undefined;
  /** Packets that end in the batch at the socket; undefined when no batch is there. */
  #inFlight: Outgoing[] | undefined;
  #waitingBytes = 0;
  #waiting = 0;

  /** Bytes accepted and not yet handed to the socket. */
  get bytes(): number {
    return this.#waitingBytes;
  }

  /** Nothing waits and nothing is at the socket. */
  get idle(): boolean {
    return this.#waiting === 0 && this.#inFlight === undefined;
  }

  /**
   * Accepts a packet.
   * @returns a promise that resolves when the last byte has been handed to the socket. It rejects with the signal's
   * reason when that aborts before the first byte left, and with an {@link HsmsError} `HSMS_QUEUE_FULL` when the cap
   * would be passed.
   */
  push(packet: HsmsPacket, maxQueuedBytes: number, signal?: AbortSignal): Promise<void> {
    const bytes = frameBytes(packet);
    const overtakes = overtakesData(packet.header.sType);
    if (!overtakes && this.#waitingBytes > 0 && this.#waitingBytes + bytes > maxQueuedBytes) {
      return rejected(
        new HsmsError(
          'HSMS_QUEUE_FULL',
          `a packet of ${bytes} bytes was not accepted: ${this.#waitingBytes} bytes wait already and ` +
            `maxQueuedBytes is ${maxQueuedBytes}. Await each send, or find out why the peer does not read`,
        ),
      );
    }
    if (signal?.aborted) return rejected(signal.reason);

    let outgoing: Outgoing | undefined;
    const promise = new Promise<void>((resolve, reject) => {
      outgoing = { packet, bytes, resolve, reject };
      (overtakes ? this.#control : this.#data).push(outgoing);
    });
    if (outgoing !== undefined) {
      outgoing.promise = promise;
      if (signal !== undefined) this.#abortWith(outgoing, signal);
    }
    this.#waitingBytes += bytes;
    this.#waiting++;
    return promise;
  }

  /**
   * Takes the next batch, which counts as being at the socket until {@link batchSent}; undefined when nothing waits
   * or a batch is at the socket.
   */
  nextBatch(): Batch | undefined {
    if (this.#waiting === 0 || this.#inFlight !== undefined) return undefined;
    const ending: Outgoing[] = [];
    const buffers: Uint8Array[] = [];
    let small: Outgoing[] = [];
    let bytes = 0;
    while (bytes < BATCH_BYTES) {
      const outgoing = this.#large === undefined ? this.#take() : undefined;
      if (outgoing !== undefined && outgoing.bytes <= COPIED_FRAME_BYTES) {
        small.push(outgoing);
        ending.push(outgoing);
        bytes += outgoing.bytes;
        continue;
      }
      if (small.length > 0) buffers.push(joinFrames(small));
      small = [];
      if (outgoing !== undefined) {
        this.#large = { outgoing, offset: 0 };
        buffers.push(headOf(outgoing.packet));
        bytes += FRAME_OVERHEAD_BYTES;
      }
      if (this.#large === undefined) break;
      const slice = this.#sliceLarge(BATCH_BYTES - bytes, ending);
      buffers.push(slice);
      bytes += slice.length;
    }
    if (small.length > 0) buffers.push(joinFrames(small));
    if (bytes === 0) return undefined;
    this.#inFlight = ending;
    return { buffers, bytes };
  }

  /** The batch has been handed to the socket: settles the packets that ended in it. */
  batchSent(): void {
    const ended = this.#inFlight ?? [];
    this.#inFlight = undefined;
    for (const outgoing of ended) {
      this.#waitingBytes -= outgoing.bytes;
      this.#waiting--;
      outgoing.resolve();
    }
  }

  /**
   * Fails every packet that was not handed to the socket whole.
   * @returns how many there were
   */
  fail(error: Error): number {
    const failing = [...(this.#inFlight ?? [])];
    if (this.#large !== undefined) failing.push(this.#large.outgoing);
    for (let next = this.#take(); next !== undefined; next = this.#take()) failing.push(next);
    this.#inFlight = undefined;
    this.#large = undefined;
    this.#waitingBytes = 0;
    this.#waiting = 0;
    for (const outgoing of failing) reject(outgoing, error);
    return failing.length;
  }

  #take(): Outgoing | undefined {
    for (;;) {
      const outgoing = this.#control.shift() ?? this.#data.shift();
      if (outgoing?.aborted === true) continue;
      // From here on an abort comes too late.
      outgoing?.unlisten?.();
      return outgoing;
    }
  }

  #sliceLarge(room: number, ending: Outgoing[]): Uint8Array {
    const large = this.#large as { readonly outgoing: Outgoing; offset: number };
    const { body } = large.outgoing.packet;
    const slice = body.subarray(large.offset, large.offset + Math.max(0, room));
    large.offset += slice.length;
    if (large.offset === body.length) {
      ending.push(large.outgoing);
      this.#large = undefined;
    }
    return slice;
  }

  #abortWith(outgoing: Outgoing, signal: AbortSignal): void {
    const onAbort = (): void => {
      outgoing.aborted = true;
      this.#waitingBytes -= outgoing.bytes;
      this.#waiting--;
      reject(outgoing, signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.unlisten = () => signal.removeEventListener('abort', onAbort);
  }
}

function overtakesData(sType: number): boolean {
  switch (sType) {
    case SType.selectReq:
    case SType.selectRsp:
    case SType.linktestReq:
    case SType.linktestRsp:
    case SType.rejectReq:
      return true;
    default:
      return false;
  }
}

function joinFrames(outgoings: readonly Outgoing[]): Uint8Array {
  let bytes = 0;
  for (const outgoing of outgoings) bytes += outgoing.bytes;
  const joined = Buffer.allocUnsafe(bytes);
  let offset = 0;
  for (const outgoing of outgoings) offset = writeFrame(outgoing.packet, joined, offset);
  return joined;
}

function headOf(packet: HsmsPacket): Uint8Array {
  const head = Buffer.allocUnsafe(FRAME_OVERHEAD_BYTES);
  writeFrameHead(packet, head, 0);
  return head;
}

/** Rejects without raising `unhandledRejection` for a caller that did not keep the promise. */
function reject(outgoing: Outgoing, error: unknown): void {
  outgoing.promise?.catch(() => {});
  outgoing.reject(error);
}
