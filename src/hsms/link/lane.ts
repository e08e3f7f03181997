import type { HsmsPacket } from '../wire/packet.js';
import { isSessionEnd, WriteGroup } from './write-group.js';

/** Frames are written side by side into buffers of up to this size; the body of a larger frame is not copied. */
export const GROUP_BYTES = 16 * 1024;

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

  /** Adds a small packet to the group that waits last, or begins a group. */
  add(packet: HsmsPacket, bytes: number): WriteGroup {
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
  addAlone(packet: HsmsPacket, bytes: number): WriteGroup {
    const group = new WriteGroup(packet, bytes);
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
      if (group.aborted) continue;
      // From here on an abort comes too late.
      group.unlisten?.();
      return group;
    }
  }
}
