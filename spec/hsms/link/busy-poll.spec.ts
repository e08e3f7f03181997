import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../../src/clock.js';
import { HsmsActiveConnection, HsmsPassiveConnection, HsmsSession } from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import type { Network } from '../../../src/index.js';
import { createTestNetwork } from '../../../src/testing/index.js';

/** A host and its equipment on loopback, which answers everything. */
class Pair {
  readonly passive: HsmsPassiveConnection;
  readonly active: HsmsActiveConnection;
  readonly host: HsmsSession;

  private constructor(port: number, passive: HsmsPassiveConnection, busyPoll: number, network?: Network) {
    this.passive = passive;
    this.active = new HsmsActiveConnection('127.0.0.1', port, 1, undefined, {
      busyPoll,
      ...(network && { network }),
    });
    this.host = new HsmsSession(this.active);
  }

  static async open(busyPoll: number, network?: Network): Promise<Pair> {
    const passive = new HsmsPassiveConnection('', 0, 1, undefined, {
      bindAddress: '127.0.0.1',
      busyPoll: 0,
      ...(network && { network }),
    });
    new HsmsSession(passive, { entity: 'equipment' }).primaries.subscribe((primary) => {
      if (primary.wantsReply) void primary.reply();
    });
    await passive.enable();
    const pair = new Pair(passive.boundAddress?.port ?? 0, passive, busyPoll, network);
    await pair.active.enable();
    await pair.host.selected();
    return pair;
  }

  async close(): Promise<void> {
    await Promise.all([this.active.dispose(), this.passive.dispose()]);
  }
}

describe('busyPoll of a connection', () => {
  let turns: jest.SpyInstance;
  beforeEach(() => (turns = jest.spyOn(systemClock, 'afterPoll')));
  afterEach(() => turns.mockRestore());

  /** How many turns of the event loop were asked for during some requests, one after the other. */
  async function turnsOf(pair: Pair, requests = 5): Promise<number> {
    const before = turns.mock.calls.length;
    for (let i = 0; i < requests; i++) await pair.host.request(S(1, 1).w());
    return turns.mock.calls.length - before;
  }

  it('keeps the process awake while a reply is due', async () => {
    const pair = await Pair.open(0.01);
    try {
      expect(await turnsOf(pair)).toBeGreaterThan(0);
    } finally {
      await pair.close();
    }
  });

  it('does nothing where it is 0, and may be changed while connected', async () => {
    const pair = await Pair.open(0);
    try {
      expect(await turnsOf(pair)).toBe(0);
      pair.active.configure({ busyPoll: 0.01 });
      expect(await turnsOf(pair)).toBeGreaterThan(0);
      pair.active.configure({ busyPoll: 0 });
      await delay(20);
      expect(await turnsOf(pair)).toBe(0);
    } finally {
      await pair.close();
    }
  });

  it('costs an idle connection nothing, and sleeps again when a reply takes its time', async () => {
    const pair = await Pair.open(0.001);
    try {
      await turnsOf(pair);
      await delay(20);
      const before = turns.mock.calls.length;
      await delay(50);
      expect(turns.mock.calls).toHaveLength(before);
    } finally {
      await pair.close();
    }
  });

  it('does not poll for what was sent without a wish for a reply', async () => {
    const pair = await Pair.open(0.01);
    try {
      const before = turns.mock.calls.length;
      await pair.host.send(S(1, 1));
      await once(pair.passive.events, 'message');
      expect(turns.mock.calls).toHaveLength(before);
    } finally {
      await pair.close();
    }
  });

  it('does not poll after a Linktest, asked or answered: nothing is due then', async () => {
    const pair = await Pair.open(0.01);
    try {
      const before = turns.mock.calls.length;
      await pair.host.linktest();
      expect(turns.mock.calls).toHaveLength(before);
      pair.passive.configure({ busyPoll: 0.01 });
      await pair.host.linktest();
      expect(turns.mock.calls).toHaveLength(before);
    } finally {
      await pair.close();
    }
  });

  it('leaves sockets alone that are not of the system: no more turns than without it', async () => {
    const counts: number[] = [];
    for (const busyPoll of [0, 0.01]) {
      const pair = await Pair.open(busyPoll, createTestNetwork({ clock: systemClock }));
      counts.push(await turnsOf(pair));
      await pair.close();
    }
    expect(counts[1]).toBe(counts[0]);
  });
});
