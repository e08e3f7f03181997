import type { Clock, Timer } from '../../clock.js';

/** How many bytes arrive at once at most, as from a socket of Node's. */
const MAX_CHUNK = 64 * 1024;

/** What carries bytes on their way, read each time it matters. */
export interface WireConditions {
  readonly clock: Clock;
  /** Nothing arrives. What was sent waits, as with TCP, until it can. */
  readonly blocked: boolean;
  /** Seconds from one end to the other. */
  readonly latency: number;
  /** Bytes that arrive at a time at most; 0 for as many as there are. */
  readonly splitBytes: number;
  /** Bytes that may be under way or unread before the sender has to wait. */
  readonly windowBytes: number;
}

/** The end that bytes arrive at. */
export interface WireReceiver {
  /** Bytes have arrived. Returns whether anybody is there to take them. */
  onData(bytes: Buffer): boolean;
  /** The sender has ended (FIN). */
  onEnd(): void;
  /** The sender has reset the connection (RST). */
  onReset(): void;
}

type Entry = { readonly due: number } & (
  { readonly kind: 'data'; bytes: Buffer } | { readonly kind: 'end' | 'reset' }
);

/** One direction of a TCP connection: what goes in at one end comes out at the other, in order, later. */
export class Wire {
  readonly #conditions: WireConditions;
  readonly #receiver: WireReceiver;
  #entries: Entry[] = [];
  #bytes = 0;
  #held: ((error?: Error) => void) | undefined;
  #wanted = false;
  #scheduled: Timer | undefined;
  #lastDue = 0;
  #ended = false;
  /** Bytes that have arrived. */
  delivered = 0;

  constructor(conditions: WireConditions, receiver: WireReceiver) {
    this.#conditions = conditions;
    this.#receiver = receiver;
  }

  /** Whether bytes that have reached the other end are still unread. */
  get unread(): boolean {
    const now = this.#conditions.clock.now();
    const [first] = this.#entries;
    return !this.#conditions.blocked && first?.kind === 'data' && first.due <= now;
  }

  /** Takes bytes; `done` is called once there is room for more: at once, if there is. */
  write(bytes: Buffer, done: (error?: Error) => void): void {
    if (bytes.length > 0 && !this.#ended) {
      this.#bytes += bytes.length;
      this.#enqueue({ kind: 'data', bytes, due: this.#due() });
    }
    if (this.#bytes <= this.#conditions.windowBytes) done();
    else this.#held = done;
  }

  /** The other end is gone: a sender that waits for room is told. */
  fail(error: Error): void {
    const held = this.#held;
    this.#held = undefined;
    held?.(error);
  }

  /** No more bytes follow (FIN). */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#enqueue({ kind: 'end', due: this.#due() });
  }

  /** The sender is gone: bytes that no kernel would have taken yet are lost, then FIN follows. */
  abandon(): void {
    this.#held = undefined;
    for (let excess = this.#bytes - this.#conditions.windowBytes; excess > 0;) {
      const last = this.#entries.at(-1);
      if (last?.kind !== 'data') break;
      const kept = Math.max(0, last.bytes.length - excess);
      this.#bytes -= last.bytes.length - kept;
      excess -= last.bytes.length - kept;
      if (kept === 0) this.#entries.pop();
      else last.bytes = last.bytes.subarray(0, kept);
    }
    this.end();
  }

  /** Ends the connection at once (RST). What was sent before arrives first. */
  reset(): void {
    this.#held = undefined;
    this.#ended = true;
    this.#enqueue({ kind: 'reset', due: this.#due() });
  }

  /** The receiver wants bytes. */
  want(): void {
    this.#wanted = true;
    this.kick();
  }

  /** Looks again whether anything can arrive. */
  kick(): void {
    const { clock, blocked } = this.#conditions;
    const [first] = this.#entries;
    if (first === undefined || !this.#wanted || blocked || this.#scheduled !== undefined) return;
    const wait = first.due - clock.now();
    const arrive = (): void => {
      this.#scheduled = undefined;
      this.#arrive();
    };
    this.#scheduled =
      wait > 0 ? clock.setTimer('network', wait / 1000, arrive) : clock.afterPoll(() => arrive());
  }

  #enqueue(entry: Entry): void {
    this.#entries.push(entry);
    this.kick();
  }

  #due(): number {
    const { clock, latency } = this.#conditions;
    this.#lastDue = Math.max(this.#lastDue, clock.now() + latency * 1000);
    return this.#lastDue;
  }

  #arrive(): void {
    const [first] = this.#entries;
    if (first === undefined || this.#conditions.blocked) return;
    if (first.kind !== 'data') {
      this.#entries.shift();
      if (first.kind === 'end') this.#receiver.onEnd();
      else this.#receiver.onReset();
      this.kick();
      return;
    }
    const bytes = this.#take();
    this.#wanted = false;
    this.delivered += bytes.length;
    if (!this.#receiver.onData(bytes)) this.#wanted = true;
    if (this.#held !== undefined && this.#bytes <= this.#conditions.windowBytes) {
      const held = this.#held;
      this.#held = undefined;
      held();
    }
    this.kick();
  }

  /** The bytes that arrive together: all that are due, up to the most that may. */
  #take(): Buffer {
    const { clock, splitBytes } = this.#conditions;
    const now = clock.now();
    const most = splitBytes > 0 ? Math.min(splitBytes, MAX_CHUNK) : MAX_CHUNK;
    const parts: Buffer[] = [];
    let room = most;
    let whole = 0;
    for (const entry of this.#entries) {
      if (room === 0 || entry.kind !== 'data' || entry.due > now) break;
      const part = entry.bytes.subarray(0, room);
      parts.push(part);
      room -= part.length;
      if (part.length < entry.bytes.length) entry.bytes = entry.bytes.subarray(part.length);
      else whole++;
    }
    this.#entries.splice(0, whole);
    this.#bytes -= most - room;
    return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
  }
}
