import { HsmsError } from '../../errors.js';
import { SType } from '../wire/codes.js';
import { frameBytes } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';
import { Batch } from './batch.js';
import { freshMemory, heldMemory, type FrameMemory } from './frame-memory.js';
import { Lane } from './lane.js';
import { refused } from '../../connection/sending.js';
import type { WriteGroup } from './write-group.js';
import type { Sending, SendListener } from '../../connection/sending.js';

/** Bytes handed to the socket in one go: bounds what a control message has to wait for. */
const BATCH_BYTES = 256 * 1024;

/** What a packet that waits takes besides its bytes: objects, and its place in the queue. */
const PACKET_BYTES = 512;

/** What control messages that overtake may take beyond the cap, so that data cannot keep them out. */
const CONTROL_BYTES = 1024 * 1024;

/** The body of a packet, and how far it has gone: to an offset in one of its parts. */
interface LargeBody {
  readonly group: WriteGroup;
  readonly parts: readonly Uint8Array[];
  part: number;
  offset: number;
}

/** One for all connections: a batch is filled and handed to its socket in one go. */
const batch = new Batch();

/**
 * The packets that wait for the socket, and the batches they leave in. Knows no socket.
 *
 * Control messages overtake waiting data (P-30), all but Separate and Deselect: those end a session, and what was
 * sent before them belongs to it. A Select does not overtake those.
 */
export class WriteQueue {
  /** Control messages that overtake, while any wait: they seldom do. */
  #control: Lane | undefined;
  readonly #data = new Lane();
  /** A packet too large to be copied, whose body leaves in slices. */
  #large: LargeBody | undefined;
  readonly #memory: FrameMemory;
  /** Of packets that have to wait: who knows for how long they would keep the memory of all. */
  #waitingMemory: FrameMemory | undefined;
  #atSocket = false;
  /** The groups that end in the batch at the socket: a chain. */
  #ending: WriteGroup | undefined;
  #lastEnding: WriteGroup | undefined;
  #waitingBytes = 0;

  /** @param memory where small frames are laid side by side */
  constructor(memory: FrameMemory = heldMemory) {
    this.#memory = memory;
  }

  /** Bytes accepted and not yet handed to the socket. */
  get bytes(): number {
    return this.#waitingBytes;
  }

  /** How many packets these are; counted when asked. */
  get packets(): number {
    let count = this.#large === undefined ? 0 : 1;
    for (let group = this.#ending; group !== undefined; group = group.next) count += group.packets.length;
    return count + (this.#control?.packets ?? 0) + this.#data.packets;
  }

  /** Nothing waits and nothing is at the socket. */
  get idle(): boolean {
    return this.#waitingBytes === 0 && !this.#atSocket;
  }

  /**
   * Accepts a packet, and writes its frame: what cannot be written is refused at once, and harms nobody else.
   * @returns whose promise resolves when the last byte has been handed to the socket. It rejects with the signal's
   * reason when that aborts before the first byte left, and with an {@link HsmsError} `HSMS_QUEUE_FULL` when the cap
   * would be passed: each packet counts with its bytes and 512 more.
   */
  push(packet: HsmsPacket, maxQueuedBytes: number, signal?: AbortSignal, listener?: SendListener): Sending {
    const bytes = frameBytes(packet);
    const overtakes = this.#overtakes(packet.header.sType);
    const places = this.#data.places + (this.#control === undefined ? 0 : this.#control.places);
    const held = this.#waitingBytes + places * PACKET_BYTES;
    if (held > 0 && held + bytes > maxQueuedBytes + (overtakes ? CONTROL_BYTES : 0)) {
      return refused(queueFull(bytes, this.#waitingBytes, places, maxQueuedBytes), listener);
    }
    if (signal?.aborted === true) return refused(signal.reason, listener);
    const lane = overtakes ? (this.#control ??= new Lane()) : this.#data;
    const memory = this.#atSocket ? (this.#waitingMemory ??= freshMemory()) : this.#memory;
    let group: WriteGroup;
    try {
      group = signal === undefined ? lane.add(packet, bytes, memory) : lane.addAlone(packet, bytes, memory);
    } catch (error) {
      return refused(error, listener);
    }
    this.#waitingBytes += bytes;
    if (signal !== undefined) this.#abortWith(group, signal);
    if (listener !== undefined) group.tell(listener);
    return group;
  }

  /**
   * Takes the next batch, which counts as being at the socket until {@link batchSent}; undefined when nothing waits
   * or a batch is at the socket.
   */
  nextBatch(): Batch | undefined {
    if (this.#waitingBytes === 0 || this.#atSocket) return undefined;
    batch.begin();
    while (batch.bytes < BATCH_BYTES) {
      if (this.#large !== undefined) {
        batch.addSlice(this.#sliceLarge(BATCH_BYTES - batch.bytes));
        continue;
      }
      const group = this.#take();
      if (group === undefined) break;
      if (group.parts === undefined) {
        batch.addFrames(group);
        this.#endsHere(group);
      } else {
        batch.addHead(group.packets[0] as HsmsPacket);
        this.#large = { group, parts: group.parts, part: 0, offset: 0 };
      }
    }
    batch.end();
    this.#atSocket = true;
    return batch;
  }

  /**
   * The batch has been handed to the socket: settles the packets that ended in it.
   * @param now the time of the clock
   * @param sent takes those packets, in the order of the wire
   */
  batchSent(now: number, sent?: HsmsPacket[]): void {
    let group = this.#ending;
    this.#ending = this.#lastEnding = undefined;
    this.#atSocket = false;
    if (this.#waitingMemory !== undefined && this.#data.places === 0) this.#waitingMemory = undefined;
    while (group !== undefined) {
      const { next } = group;
      this.#waitingBytes -= group.bytes;
      group.settle(now);
      if (sent !== undefined) for (const packet of group.packets) sent.push(packet);
      group = next;
    }
  }

  /**
   * Fails every packet that was not handed to the socket whole.
   * @returns how many there were
   */
  fail(error: Error): number {
    const failing: WriteGroup[] = [];
    for (let group = this.#ending; group !== undefined; group = group.next) {
      group.slab?.retire();
      failing.push(group);
    }
    if (this.#large !== undefined) failing.push(this.#large.group);
    for (let next = this.#take(); next !== undefined; next = this.#take()) failing.push(next);
    this.#ending = this.#lastEnding = undefined;
    this.#atSocket = false;
    this.#large = undefined;
    this.#waitingBytes = 0;
    let count = 0;
    for (const group of failing) {
      count += group.packets.length;
      group.slab?.end();
      group.fail(error);
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

  #take(): WriteGroup | undefined {
    if (this.#control !== undefined) {
      const group = this.#control.take();
      if (group !== undefined) return group;
      this.#control = undefined;
    }
    return this.#data.take();
  }

  #sliceLarge(room: number): Uint8Array {
    const large = this.#large as LargeBody;
    const part = large.parts[large.part] as Uint8Array;
    const slice = part.subarray(large.offset, large.offset + room);
    large.offset += slice.length;
    if (large.offset === part.length) {
      large.part++;
      large.offset = 0;
    }
    if (large.part === large.parts.length) {
      this.#endsHere(large.group);
      this.#large = undefined;
    }
    return slice;
  }

  #endsHere(group: WriteGroup): void {
    if (this.#lastEnding === undefined) this.#ending = group;
    else this.#lastEnding.next = group;
    this.#lastEnding = group;
  }

  #abortWith(group: WriteGroup, signal: AbortSignal): void {
    const onAbort = (): void => {
      group.aborted = true;
      // Its place is taken until its turn comes; what it holds is let go.
      group.packets.length = 0;
      this.#waitingBytes -= group.bytes;
      group.fail(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    group.unlisten = () => signal.removeEventListener('abort', onAbort);
  }
}

function queueFull(bytes: number, waiting: number, places: number, maxQueuedBytes: number): HsmsError {
  return new HsmsError(
    'HSMS_QUEUE_FULL',
    `a packet of ${bytes} bytes was not accepted: ${waiting} bytes wait already, ${places} packets are queued, and ` +
      `maxQueuedBytes is ${maxQueuedBytes}. Await each send, or find out why the peer does not read`,
  );
}
