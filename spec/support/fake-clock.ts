import { VirtualClock } from '../../src/testing/virtual-clock.js';

/** The virtual clock of the test kit, with what reads well in specs that use real sockets beside it. */
export class FakeClock extends VirtualClock {
  /** Names of the timers that are set, sorted. */
  get timers(): string[] {
    return this.pending.map(({ name }) => name).sort();
  }

  /** Lets time pass, then lets what waits for the event loop run. */
  async pass(seconds: number): Promise<void> {
    this.advance(seconds);
    await turns();
  }
}

/** Some turns of the event loop: what was about to happen has happened. */
export async function turns(count = 3): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
