import type { EventEmitter } from 'node:events';
import type { VirtualClock } from '../../../src/testing/index.js';

/** What may be kept on purpose, to see that it is noticed. */
export const LEAKS = [
  'reconnect',
  'linktest',
  'message',
  'request',
  'iterator',
  'listener',
  'signal',
  'timer',
  'buffer',
  'connection',
  'text',
] as const;
export type Leak = (typeof LEAKS)[number];

/** Three words and 22 fields. */
class TwoHundredBytes {
  constructor() {
    for (let i = 0; i < 22; i++) (this as unknown as Record<string, number>)[`f${i}`] = i;
  }
}

/** Keeps something small of each of these, if it is told to. */
export class Leaks {
  readonly #kept: unknown[] = [];

  constructor(readonly kind: Leak | undefined) {}

  /** One object of 200 bytes. */
  object(kind: Leak): void {
    if (kind === this.kind) this.#kept.push(new TwoHundredBytes());
  }

  /** 200 bytes that are no object. */
  text(kind: Leak): void {
    if (kind === this.kind) this.#kept.push(Buffer.alloc(200, 'x').toString('latin1'));
  }

  /** 64 bytes outside the heap. */
  buffer(kind: Leak): void {
    if (kind === this.kind) this.#kept.push(Buffer.allocUnsafeSlow(64));
  }

  keep(kind: Leak, what: unknown): void {
    if (kind === this.kind) this.#kept.push(what);
  }

  listener(emitter: EventEmitter, name: string): void {
    if (this.kind === 'listener') emitter.on(name, () => {});
  }

  signal(signal: AbortSignal): void {
    if (this.kind === 'signal') signal.addEventListener('abort', () => {});
  }

  timer(clock: VirtualClock): void {
    if (this.kind === 'timer') clock.setTimer('t3', 1e9, () => {});
  }
}
