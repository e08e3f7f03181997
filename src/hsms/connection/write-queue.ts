import { HsmsError } from '../../errors.js';
import { SType } from '../wire/codes.js';
import { frameBytes } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';
import { Batch } from './batch.js';
import { deferred } from './deferred.js';
import { Fifo } from './fifo.js';
import { refused } from './rejected.js';

/** Bytes handed to the socket in one go: bounds what a control message has to wait for. */
const BATCH_BYTES = 256 * 1024;

/** Frames are written side by side into buffers of up to this size; the body of a larger frame is not copied. */
const GROUP_BYTES = 16 * 1024;

/** What a packet that waits takes besides its bytes: objects, and its place in the queue. */
const PACKET_BYTES = 512;

/** What control messages that overtake may take beyond the cap, so that data cannot keep them out. */
const CONTROL_BYTES = 1024 * 1024;

/** Is told at once what became of a packet, where a layer above would else wait for a promise of its own. */
export interface SendOutcome {
  /** Its last byte was handed to the socket. */
  sent(): void;
  unsent(error: unknown): void;
}

/** Packets that leave, and are settled, together: small ones that were sent one after the other, or a single one. */
interface Group {
  readonly packets: HsmsPacket[];
  bytes: number;
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  /** Who is told at once what becomes of the packets. */
  outcomes: SendOutcome[] | undefined;
  /** Holds a message that ends a session, which no Select may overtake. */
  readonly endsSession: boolean;
  /** Undoes the listening on the caller's abort signal. */
  unlisten?: () => void;
  aborted?: boolean;
}

/** One of the two ways to the socket. */
class Lane {
  readonly #groups = new Fifo<Group>();
  #sessionEnds = 0;
  #places = 0;
  /** The last group, while it takes further packets. */
  #open: Group | undefined;

  /** Whether a message that ends a session waits here. */
  get endsSession(): boolean {
    return this.#sessionEnds > 0;
  }

  /** How many packets take room here: those that wait, and those given up whose turn has not come. */
  get places(): number {
    return this.#places;
  }

  /** How many packets wait here. */
  get packets(): number {
    let count = 0;
    for (const { aborted, packets } of this.#groups) if (aborted !== true) count += packets.length;
    return count;
  }

  /** Adds a small packet to the group that waits last, or begins a group. */
  add(packet: HsmsPacket, bytes: number): Group {
    const open = this.#open;
    if (open === undefined || open.bytes + bytes > GROUP_BYTES || isSessionEnd(packet)) {
      const group = this.addAlone(packet, bytes);
      if (bytes <= GROUP_BYTES) this.#open = group;
      return group;
    }
    this.#places++;
    open.packets.push(packet);
    open.bytes += bytes;
    return open;
  }

  /** Adds a packet that shares its fate with no other. */
  addAlone(packet: HsmsPacket, bytes: number): Group {
    const group = newGroup(packet, bytes);
    this.#groups.push(group);
    this.#places++;
    if (group.endsSession) this.#sessionEnds++;
    this.#open = undefined;
    return group;
  }

  take(): Group | undefined {
    for (;;) {
      const group = this.#groups.shift();
      if (group === this.#open) this.#open = undefined;
      if (group?.endsSession === true) this.#sessionEnds--;
      if (group !== undefined) this.#places -= group.aborted === true ? 1 : group.packets.length;
      if (group?.aborted === true) continue;
      // From here on an abort comes too late.
      group?.unlisten?.();
      return group;
    }
  }
}

/**
 * The packets that wait for the socket, and the batches they leave in. Knows no socket.
 *
 * Control messages overtake waiting data (P-30), all but Separate and Deselect: those end a session, and what was
 * sent before them belongs to it. A Select does not overtake those.
 */
export class WriteQueue {
  readonly #control = new Lane();
  readonly #data = new Lane();
  /** A packet too large for one batch, and how many bytes of its body have gone. */
  #large: { readonly group: Group; readonly body: Buffer; offset: number } | undefined;
  /** Groups that end in the batch at the socket; undefined when no batch is there. */
  #inFlight: Group[] | undefined;
  #waitingBytes = 0;

  /** Bytes accepted and not yet handed to the socket. */
  get bytes(): number {
    return this.#waitingBytes;
  }

  /** How many packets these are; counted when asked. */
  get packets(): number {
    let count = this.#large === undefined ? 0 : 1;
    for (const { packets } of this.#inFlight ?? []) count += packets.length;
    return count + this.#control.packets + this.#data.packets;
  }

  /** Nothing waits and nothing is at the socket. */
  get idle(): boolean {
    return this.#waitingBytes === 0 && this.#inFlight === undefined;
  }

  /**
   * Accepts a packet.
   * @returns a promise that resolves when the last byte has been handed to the socket. It rejects with the signal's
   * reason when that aborts before the first byte left, and with an {@link HsmsError} `HSMS_QUEUE_FULL` when the cap
   * would be passed: each packet counts with its bytes and 512 more.
   */
  push(
    packet: HsmsPacket,
    maxQueuedBytes: number,
    signal?: AbortSignal,
    outcome?: SendOutcome,
  ): Promise<void> {
    const bytes = frameBytes(packet);
    const overtakes = this.#overtakes(packet.header.sType);
    const places = this.#control.places + this.#data.places;
    const held = this.#waitingBytes + places * PACKET_BYTES;
    if (held > 0 && held + bytes > maxQueuedBytes + (overtakes ? CONTROL_BYTES : 0)) {
      return refused(queueFull(bytes, this.#waitingBytes, places, maxQueuedBytes), outcome);
    }
    if (signal?.aborted === true) return refused(signal.reason, outcome);
    this.#waitingBytes += bytes;
    const lane = overtakes ? this.#control : this.#data;
    const group = signal === undefined ? lane.add(packet, bytes) : lane.addAlone(packet, bytes);
    if (signal !== undefined) this.#abortWith(group, signal);
    if (outcome !== undefined) {
      if (group.outcomes === undefined) group.outcomes = [outcome];
      else group.outcomes.push(outcome);
    }
    return group.promise;
  }

  /**
   * Takes the next batch, which counts as being at the socket until {@link batchSent}; undefined when nothing waits
   * or a batch is at the socket.
   */
  nextBatch(): Batch | undefined {
    if (this.#waitingBytes === 0 || this.#inFlight !== undefined) return undefined;
    const ending: Group[] = [];
    const batch = new Batch();
    while (batch.bytes < BATCH_BYTES) {
      if (this.#large !== undefined) {
        batch.addSlice(this.#sliceLarge(BATCH_BYTES - batch.bytes, ending));
        continue;
      }
      const group = this.#take();
      if (group === undefined) break;
      if (group.bytes <= GROUP_BYTES) {
        batch.addFrames(group.packets, group.bytes);
        ending.push(group);
      } else {
        const packet = group.packets[0] as HsmsPacket;
        batch.addHead(packet);
        this.#large = { group, body: packet.body, offset: 0 };
      }
    }
    batch.end();
    this.#inFlight = ending;
    return batch;
  }

  /**
   * The batch has been handed to the socket: settles the packets that ended in it.
   * @param sent takes those packets, in the order of the wire
   */
  batchSent(sent?: HsmsPacket[]): void {
    const ended = this.#inFlight ?? [];
    this.#inFlight = undefined;
    for (const group of ended) {
      this.#waitingBytes -= group.bytes;
      group.resolve();
      for (const outcome of group.outcomes ?? []) outcome.sent();
      if (sent !== undefined) for (const packet of group.packets) sent.push(packet);
    }
  }

  /**
   * Fails every packet that was not handed to the socket whole.
   * @returns how many there were
   */
  fail(error: Error): number {
    const failing = [...(this.#inFlight ?? [])];
    if (this.#large !== undefined) failing.push(this.#large.group);
    for (let next = this.#take(); next !== undefined; next = this.#take()) failing.push(next);
    this.#inFlight = undefined;
    this.#large = undefined;
    this.#waitingBytes = 0;
    let count = 0;
    for (const group of failing) {
      count += group.packets.length;
      reject(group, error);
    }
    return count;
  }

  #overtakes(sType: number): boolean {
    switch (sType) {
      case SType.selectReq:
      case SType.selectRsp:
        return !this.#data.endsSession;
      case SType.linktestReq:
      case SType.linktestRsp:
      case SType.rejectReq:
        return true;
      default:
        return false;
    }
  }

  #take(): Group | undefined {
    return this.#control.take() ?? this.#data.take();
  }

  #sliceLarge(room: number, ending: Group[]): Uint8Array {
    const large = this.#large as { readonly group: Group; readonly body: Buffer; offset: number };
    const slice = large.body.subarray(large.offset, large.offset + room);
    large.offset += slice.length;
    if (large.offset === large.body.length) {
      ending.push(large.group);
      this.#large = undefined;
    }
    return slice;
  }

  #abortWith(group: Group, signal: AbortSignal): void {
    const onAbort = (): void => {
      group.aborted = true;
      // Its place is taken until its turn comes; what it holds is let go.
      group.packets.length = 0;
      this.#waitingBytes -= group.bytes;
      reject(group, signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    group.unlisten = () => signal.removeEventListener('abort', onAbort);
  }
}

function newGroup(packet: HsmsPacket, bytes: number): Group {
  const { promise, resolve, reject } = deferred();
  const endsSession = isSessionEnd(packet);
  return { packets: [packet], bytes, promise, resolve, reject, outcomes: undefined, endsSession };
}

function queueFull(bytes: number, waiting: number, places: number, maxQueuedBytes: number): HsmsError {
  return new HsmsError(
    'HSMS_QUEUE_FULL',
    `a packet of ${bytes} bytes was not accepted: ${waiting} bytes wait already, ${places} packets are queued, and ` +
      `maxQueuedBytes is ${maxQueuedBytes}. Await each send, or find out why the peer does not read`,
  );
}

function isSessionEnd({ header }: HsmsPacket): boolean {
  return (
    header.sType === SType.separateReq ||
    header.sType === SType.deselectReq ||
    header.sType === SType.deselectRsp
  );
}

/** Rejects without raising `unhandledRejection` for a caller that did not keep the promise. */
function reject(group: Group, error: unknown): void {
  group.promise.catch(() => {});
  group.reject(error);
  for (const outcome of group.outcomes ?? []) outcome.unsent(error);
}
