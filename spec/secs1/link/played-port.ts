import type { SerialPortLike, SerialPortSettings } from '../../../src/secs1/link/serial-port.js';

export type Done = (error: Error | null) => void;

/** A serial port that is played: what is written is kept. */
export class PlayedPort implements SerialPortLike {
  isOpen = false;
  closes = true;
  /** Whether the driver takes what is written at once, and says at once that all has left. */
  takes = true;
  drains = true;
  taken: ((error: Error | null | undefined) => void) | undefined;
  drained: Done | undefined;
  drainCalls = 0;
  opened: Done | undefined;
  readonly written: number[] = [];
  readonly #listeners = new Map<string, (value: never) => void>();

  constructor(readonly settings: SerialPortSettings) {}

  open(opened: Done): void {
    this.opened = opened;
  }

  opens(error: Error | null = null): void {
    this.isOpen = error === null;
    this.opened?.(error);
  }

  write(bytes: Buffer, taken?: (error: Error | null | undefined) => void): void {
    this.written.push(...bytes);
    this.taken = taken;
    if (this.takes) taken?.(null);
  }

  drain(drained: Done): void {
    this.drainCalls++;
    this.drained = drained;
    if (this.drains) drained(null);
  }

  close(closed: Done): void {
    if (!this.closes) return;
    this.isOpen = false;
    closed(null);
  }

  on(event: string, listener: (value: never) => void): void {
    this.#listeners.set(event, listener);
  }

  tell(event: 'data' | 'error' | 'close', value?: Buffer | Error): void {
    if (event === 'close') this.isOpen = false;
    this.#listeners.get(event)?.(value as never);
  }
}
