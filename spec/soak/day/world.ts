import { setMaxListeners, type EventEmitter } from 'node:events';
import type { SecsSession } from '../../../src/index.js';
import { outcomeOf } from '../../../src/index.js';
import type { TestNetwork, VirtualClock } from '../../../src/testing/index.js';
import type { Random } from '../../gem/pair/random.js';
import type { Leaks } from './leaks.js';

/** Seconds after which something that must happen counts as missing. */
const PATIENCE = 300;

/** How requests and sends may fail, for links end under them. Anything else is a fault. */
const MAY_FAIL =
  /^(HSMS|SECS1)_(CONNECTION_CLOSED|NOT_CONNECTED|NOT_SELECTED|SESSION_ENDED|T3_TIMEOUT|T6_TIMEOUT|TRANSACTION_ABORTED|TRANSACTION_REJECTED|STREAM_9|QUEUE_FULL|DISPOSED|DISABLED|CONTROL_REFUSED|BUFFER_FULL|RETRY_LIMIT|NOT_USABLE|GRANT_REFUSED|T4_TIMEOUT)$|^AbortError$|^GEM_/;

/** A part of the factory: one or more links, what goes over them, and what befalls them. */
export interface Part {
  readonly name: string;
  start(): Promise<void>;
  /** Everything is up again. */
  isReady(): boolean;
  /** What goes on all the time, each by itself. */
  readonly works: readonly Work[];
  /** One thing that befalls it, and its end. */
  incident(): Promise<void>;
  stop(): Promise<void>;
  sessions(): readonly SecsSession[];
  emitters(): readonly EventEmitter[];
}

/** Something that is done every so many seconds. */
export interface Work {
  readonly seconds: number;
  readonly act: () => unknown;
}

/** What all parts share: time, network, counts, and the gate that stops all of them for a look. */
export class DayWorld {
  readonly counts = new Map<string, number>();
  readonly wrong: string[] = [];
  /** One signal for the whole day, which is never aborted: requests must let go of it. */
  readonly always = new AbortController().signal;
  readonly clock: VirtualClock;
  busy = 0;
  isOver = false;
  #isOpen = false;
  #waiting: (() => void)[] = [];

  constructor(
    readonly network: TestNetwork<VirtualClock>,
    readonly random: Random,
    readonly leaks: Leaks,
  ) {
    this.clock = network.clock;
    // Node warns of more than ten at a time.
    setMaxListeners(1000, this.always);
  }

  readonly onError = (error: unknown, where: string): void => this.fault(`${where}: ${String(error)}`);

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  fault(text: string): void {
    // A fault of every minute of a day would be a leak of its own.
    if (this.wrong.length < 100) this.wrong.push(`${(this.clock.now() / 1000).toFixed(1)} s: ${text}`);
  }

  /** Counts how something failed; a fault when it may not fail so. */
  failed(what: string, error: unknown): void {
    const { code, name } = error as { code?: unknown; name?: string };
    const kind = typeof code === 'string' ? code : (name ?? String(error));
    if (MAY_FAIL.test(kind)) this.count(`failed: ${outcomeOf(error)}`);
    // The stack only now: to print one, a map of each file in it is read and kept.
    else this.fault(`${what}: ${(error as Error).stack ?? String(error)}`);
  }

  /** Virtual seconds. */
  pass(seconds: number): Promise<void> {
    return new Promise((resolve) => void this.clock.setTimer('day', seconds, resolve));
  }

  /** Some turns of the event loop, and no time. */
  async turns(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  /** Waits until this holds; a fault when it never does. */
  async until(what: string, holds: () => boolean, seconds = PATIENCE): Promise<boolean> {
    const end = this.clock.now() + seconds * 1000;
    while (!holds()) {
      if (this.clock.now() >= end) {
        this.fault(`waited ${seconds} s in vain for ${what}`);
        return false;
      }
      await this.pass(0.5);
    }
    return true;
  }

  openGate(): void {
    this.#isOpen = true;
    for (const go of this.#waiting.splice(0)) go();
  }

  closeGate(): void {
    this.#isOpen = false;
  }

  /** Runs a part's work again and again until the day is over, while the gate is open. */
  async repeat(what: string, { seconds, act }: Work): Promise<void> {
    while (!this.isOver) {
      await this.pass(seconds * (0.5 + this.random.below(1000) / 1000));
      while (!this.#isOpen && !this.isOver) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      if (this.isOver) return;
      this.busy++;
      try {
        await act();
      } catch (error) {
        this.failed(what, error);
      } finally {
        this.busy--;
      }
    }
  }
}
