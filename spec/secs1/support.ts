import { memoryLine, Secs1Connection, Secs1Session } from '../../src/secs1/index.js';
import type {
  MemoryLineOptions,
  Secs1ConnectionOptions,
  Secs1SessionOptions,
} from '../../src/secs1/index.js';
import { FakeClock } from '../support/fake-clock.js';

/** What {@link SessionPair} takes besides. */
export interface PairOptions {
  readonly line?: MemoryLineOptions;
  readonly both?: Secs1ConnectionOptions;
  readonly host?: Secs1ConnectionOptions;
  readonly equipment?: Secs1ConnectionOptions;
  readonly hostSession?: Secs1SessionOptions;
  readonly equipmentSession?: Secs1SessionOptions;
}

/** A host and an equipment on a memory line, in virtual time. */
export class SessionPair {
  readonly clock = new FakeClock();
  readonly host: Secs1Session;
  readonly equipment: Secs1Session;
  readonly notices: string[] = [];

  constructor({ line, both, host, equipment, hostSession, equipmentSession }: PairOptions = {}) {
    const [first, second] = memoryLine(line);
    const shared = { clock: this.clock, onError: fail, ...both };
    this.host = new Secs1Session(new Secs1Connection(first, 1, null, { ...shared, ...host }), hostSession);
    const settings = { ...shared, entity: 'equipment', ...equipment } as const;
    this.equipment = new Secs1Session(new Secs1Connection(second, 1, null, settings), equipmentSession);
    for (const { connection } of [this.host, this.equipment]) {
      connection.notices.subscribe(({ kind }) => this.notices.push(`${connection.entity} ${kind}`));
    }
  }

  async up(): Promise<this> {
    await Promise.all([this.host.connection.enable(), this.equipment.connection.enable()]);
    await this.clock.settle();
    return this;
  }

  async down(): Promise<void> {
    await this.clock.settled(
      Promise.all([this.host.connection.dispose(), this.equipment.connection.dispose()]),
    );
  }
}

function fail(error: unknown, where: string): never {
  throw new Error(`${where}: ${String(error)}`);
}
