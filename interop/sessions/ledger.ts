import { sTypeName } from '../../src/index.js';
import type { SecsMessage } from '../../src/secs2/index.js';
import type { FrameFields } from '../support/frames.js';
import { within } from '../support/inbox.js';
import { DEVICE_ID } from './kinds.js';

export type Direction = 'received' | 'sent';

/** How often what crossed the wire, and in which direction as the peer sees it. */
export type Counts = Readonly<Record<string, number>>;

const SETTLE_SECONDS = 5;

/** Everything a data message says but its system bytes. */
export function nameOfMessage({ stream, function: fn, wBit, body }: SecsMessage): string {
  return dataName(DEVICE_ID, stream, fn, wBit, body.toString('hex'));
}

/** Everything a control message of HSMS-SS says but its system bytes. */
export function nameOfControl(name: string, byte3 = 0, byte2 = 0): string {
  return `${name} of 65535: ${byte2} ${byte3}`;
}

function dataName(sessionId: number, stream: number, fn: number, wBit: boolean, body: string): string {
  return `S${stream}F${fn}${wBit ? ' W' : ''} of ${sessionId}: ${body === '' ? 'no body' : body}`;
}

function nameOfFrame({ sessionId, byte2, byte3, pType, sType, body }: FrameFields): string {
  if (pType !== 0) return `PType ${pType}, SType ${sType}`;
  if (sType === 0) return dataName(sessionId, byte2 & 0x7f, byte3, byte2 > 0x7f, body);
  return `${sTypeName(sType)} of ${sessionId}: ${byte2} ${byte3}${body === '' ? '' : ` and a body ${body}`}`;
}

/** Counts the frames that a peer tells of. */
export class Ledger {
  #counts: Record<Direction, Map<string, number>> = { received: new Map(), sent: new Map() };
  readonly #systemBytes = new Map<string, Set<number>>();
  #wake: (() => void) | undefined;

  add(direction: Direction, frame: FrameFields): void {
    const name = nameOfFrame(frame);
    const counts = this.#counts[direction];
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const key = `${direction} ${name}`;
    let seen = this.#systemBytes.get(key);
    if (!seen) this.#systemBytes.set(key, (seen = new Set()));
    seen.add(frame.systemBytes);
    this.#wake?.();
  }

  /** How many different system bytes the frames of that name had. */
  differentSystemBytes(direction: Direction, name: string): number {
    return this.#systemBytes.get(`${direction} ${name}`)?.size ?? 0;
  }

  count(direction: Direction, name: string): number {
    return this.#counts[direction].get(name) ?? 0;
  }

  /** How many data messages of that stream and function crossed, whatever their bodies. */
  countOf(direction: Direction, message: `S${number}F${number}`): number {
    const those = [...this.#counts[direction]].filter(([name]) => name.startsWith(`${message} `));
    return those.reduce((sum, [, count]) => sum + count, 0);
  }

  counts(): Record<Direction, Counts> {
    return { received: sorted(this.#counts.received), sent: sorted(this.#counts.sent) };
  }

  /** Begins to count anew. */
  clear(): void {
    this.#counts = { received: new Map(), sent: new Map() };
    this.#systemBytes.clear();
  }

  /**
   * Waits until `condition` holds, for a few seconds at most: a peer may tell of a frame only after the other side has
   * read it and acted. Whether it holds in the end is for the caller to check.
   */
  async settle(condition: () => boolean): Promise<void> {
    const settled = async (): Promise<void> => {
      while (!condition()) await new Promise<void>((resolve) => (this.#wake = resolve));
    };
    await within(settled(), 'the last frame', SETTLE_SECONDS).catch(() => {});
    this.#wake = undefined;
  }
}

function sorted(counts: ReadonlyMap<string, number>): Counts {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
