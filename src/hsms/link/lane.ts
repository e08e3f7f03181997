import { FRAME_OVERHEAD_BYTES } from '../wire/frame-encoder.js';
import type { HsmsPacket } from '../wire/packet.js';
import type { FrameMemory } from './frame-memory.js';
import { isSessionEnd, WriteGroup } from './write-group.js';

/** Frames are written side by side into buffers of up to this size; the body of a larger frame is not copied. */
const GROUP_BYTES = 16 * 1024;

/** One of the two ways to the socket: packets that wait, in their order. */
export class Lane {
  #first: WriteGroup | undefined;
  #last: WriteGroup | undefined;
  #sessionEnds = 0;
  #places = 0;
  /** The last group, while it takes further packets. */
  #open: WriteGroup | undefined;

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
    for (let group = this.#first; group !== undefined; group = group.next) {
      if (!group.aborted) count += group.packets.length;
    }
    return count;
  }

  /**
   * Adds a packet: a small one to the group that waits last, if it can lie right behind it.
   * @throws what writing it throws; nothing is changed then
   */
  add(packet: HsmsPacket, bytes: number, memory: FrameMemory): WriteGroup {
    const open = this.#open;
    if (open !== undefined && open.bytes + bytes <= GROUP_BYTES && !isSessionEnd(packet)) {
      const slab = memory.roomFor(bytes);
      if (slab === open.slab && slab.used === open.start + open.bytes) {
        open.add(packet, bytes, slab);
        this.#places++;
        return open;
      }
    }
    const group = this.addAlone(packet, bytes, memory);
    if (bytes <= GROUP_BYTES) this.#open = group;
    return group;
  }

  /** Adds a packet that shares its fate with no other. @throws as {@link add} */
  addAlone(packet: HsmsPacket, bytes: number, memory: FrameMemory): WriteGroup {
    const held = bytes > GROUP_BYTES ? partsOf(packet, bytes) : memory.roomFor(bytes);
    const group = new WriteGroup(packet, bytes, held);
    if (this.#last === undefined) this.#first = group;
    else this.#last.next = group;
    this.#last = group;
    this.#places++;
    if (group.endsSession) this.#sessionEnds++;
    this.#open = undefined;
    return group;
  }

  /** Takes what waits first; undefined when nothing waits. */
  take(): WriteGroup | undefined {
    for (;;) {
      const group = this.#first;
      if (group === undefined) return undefined;
      this.#first = group.next;
      if (group.next === undefined) this.#last = undefined;
      group.next = undefined;
      if (group === this.#open) this.#open = undefined;
      this.#places -= group.aborted ? 1 : group.packets.length;
      if (group.endsSession) this.#sessionEnds--;
      if (group.aborted) {
        group.slab?.end();
        continue;
      }
      // From here on an abort comes too late.
      group.unlisten?.();
      return group;
    }
  }
}

function partsOf(packet: HsmsPacket, bytes: number): readonly Uint8Array[] {
  const parts = packet.bodyParts;
  const left = parts.reduce((sum, part) => sum + part.length, FRAME_OVERHEAD_BYTES);
  if (left !== bytes) throw new Error(`the body has changed: ${left} of ${bytes} bytes are left`);
  return parts;
}
