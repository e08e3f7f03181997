import { check } from '../../check.js';
import type { Clock } from '../../clock.js';
import type { Connector } from '../../connection/connector.js';
import type { ByteLink, ByteLinkReader } from './byte-link.js';
import type { LineHost, LineSource } from './line-source.js';

/** Bytes on their way, and when they arrive. */
export interface Carried {
  readonly bytes: Buffer;
  readonly seconds: number;
}

/** Options of {@link memoryLine}. */
export interface MemoryLineOptions {
  /** Seconds from one end to the other. Default 0: before anything else happens. */
  readonly latency?: number;
  /**
   * What the line makes of bytes that the first or the second end writes: a noisy one loses some, or alters, doubles or delays them. By
   * default they arrive as they are.
   */
  readonly carry?: (bytes: Buffer, from: 'first' | 'second', clock: Clock) => readonly Carried[];
}

/**
 * A line in memory: two ends, for two connections of one program. It is up while both are enabled.
 *
 * @example
 * ```ts
 * import { memoryLine, Secs1Connection } from 'rxsecs/secs1';
 *
 * const [one, other] = memoryLine();
 * const host = new Secs1Connection(one, 1);
 * const equipment = new Secs1Connection(other, 1, undefined, { entity: 'equipment' });
 * await Promise.all([host.enable(), equipment.enable()]);
 * ```
 * @throws HsmsArgumentError for an option out of range.
 */
export function memoryLine(
  options?: MemoryLineOptions | null,
): readonly [first: LineSource, second: LineSource] {
  const { latency = 0, carry } = check.options('options', options, {
    owner: 'memoryLine()',
    names: { latency: true, carry: true },
  });
  check.seconds('latency', latency, 'zeroToo');
  if (carry !== undefined) check.fn('carry', carry);
  const pair = new MemoryPair(latency, carry);
  const source = (index: 0 | 1): LineSource => ({
    text: `memory line, ${index === 0 ? 'first' : 'second'} end`,
    connect: (host) => new MemoryConnector(pair, index, host),
  });
  return [source(0), source(1)];
}

class MemoryPair {
  readonly hosts: [LineHost | undefined, LineHost | undefined] = [undefined, undefined];
  readonly #latency: number;
  readonly #carry: MemoryLineOptions['carry'];
  links: readonly [MemoryLink, MemoryLink] | undefined;

  constructor(latency: number, carry: MemoryLineOptions['carry']) {
    this.#latency = latency;
    this.#carry = carry;
  }

  /** Brings the line up if both ends are there. */
  join(): void {
    const [first, second] = this.hosts;
    if (first === undefined || second === undefined || this.links !== undefined) return;
    if (first.currentLink() !== undefined || second.currentLink() !== undefined) return;
    const links = [new MemoryLink(this, 0, first.clock), new MemoryLink(this, 1, second.clock)] as const;
    this.links = links;
    first.adopt(links[0]);
    second.adopt(links[1]);
  }

  other(link: MemoryLink): MemoryLink | undefined {
    return this.links?.[link.index === 0 ? 1 : 0];
  }

  /** Carries bytes to the other end; those that arrive at once do so in the order in which they were written. */
  carry(link: MemoryLink, bytes: Buffer): void {
    const to = this.other(link);
    if (to === undefined) return;
    if (this.#carry === undefined) {
      this.#arrive(link.clock, to, bytes, this.#latency);
      return;
    }
    const from = link.index === 0 ? 'first' : 'second';
    for (const { bytes: carried, seconds } of this.#carry(bytes, from, link.clock)) {
      this.#arrive(link.clock, to, carried, this.#latency + seconds);
    }
  }

  #arrive(clock: Clock, to: MemoryLink, bytes: Buffer, seconds: number): void {
    if (seconds > 0) clock.setTimer('line', seconds, () => to.arrive(bytes));
    else queueMicrotask(() => to.arrive(bytes));
  }
}

class MemoryLink implements ByteLink {
  readonly index: 0 | 1;
  readonly clock: Clock;
  readonly #pair: MemoryPair;
  #reader: ByteLinkReader | undefined;
  #early: Buffer[] = [];

  constructor(pair: MemoryPair, index: 0 | 1, clock: Clock) {
    this.#pair = pair;
    this.index = index;
    this.clock = clock;
  }

  read(reader: ByteLinkReader): void {
    this.#reader = reader;
    for (const bytes of this.#early.splice(0)) this.arrive(bytes);
  }

  arrive(bytes: Buffer): void {
    if (this.#pair.links?.[this.index] !== this) return;
    if (this.#reader === undefined) this.#early.push(bytes);
    else this.#reader.onBytes(bytes);
  }

  write(bytes: Buffer, written?: () => void): void {
    this.#pair.carry(this, bytes);
    written?.();
  }

  close(_seconds: number, closed: () => void): void {
    const other = this.#pair.other(this);
    const isUp = this.#pair.links?.[this.index] === this;
    if (isUp) this.#pair.links = undefined;
    this.#reader = undefined;
    if (isUp) other?.ended();
    closed();
  }

  ended(): void {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.onEnded({ kind: 'remoteClosed' });
  }
}

/** One end of a memory line: it waits for the other one. */
class MemoryConnector implements Connector {
  readonly boundAddress = undefined;
  readonly #pair: MemoryPair;
  readonly #index: 0 | 1;
  readonly #host: LineHost;

  constructor(pair: MemoryPair, index: 0 | 1, host: LineHost) {
    this.#pair = pair;
    this.#index = index;
    this.#host = host;
  }

  start(): Promise<void> {
    this.#pair.hosts[this.#index] = this.#host;
    this.#host.setState('listening');
    this.#pair.join();
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#pair.hosts[this.#index] = undefined;
    return Promise.resolve();
  }

  afterLink(): 'listening' {
    // Later: `closed` is published first.
    this.#host.clock.afterPoll(() => this.#pair.join());
    return 'listening';
  }
}
