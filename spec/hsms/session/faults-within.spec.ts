import { Duplex } from 'node:stream';
import { HsmsActiveConnection } from '../../../src/hsms/connection/active-connection.js';
import { HsmsPassiveConnection } from '../../../src/hsms/connection/passive-connection.js';
import { Batch } from '../../../src/hsms/link/batch.js';
import { sharedMemory } from '../../../src/hsms/link/frame-memory.js';
import { HsmsSession } from '../../../src/hsms/session/session.js';
import { FrameDecoder } from '../../../src/hsms/wire/frame-decoder.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';
import { systemClock, type Clock } from '../../../src/clock.js';
import { A, B, L, S, U4, type SecsMessage } from '../../../src/secs2/index.js';
import { createTestNetwork } from '../../../src/testing/index.js';
import { until } from '../../support/until.js';

const HARM = new Error('harm');
const harm = (): never => {
  throw HARM;
};

/** A host and its tool, which answers S1F1 and S2F25, and nothing else. */
class Pair {
  readonly tool: HsmsPassiveConnection;
  readonly host: HsmsActiveConnection;
  readonly session: HsmsSession;
  readonly equipment: HsmsSession;

  constructor(options: { host: object; tool: object; address: string; port: number }) {
    this.tool = new HsmsPassiveConnection('', options.port, 0, undefined, {
      onError: () => {},
      ...options.tool,
    });
    this.equipment = new HsmsSession(this.tool, { entity: 'equipment' });
    this.equipment.primaries.subscribe((primary) => {
      const { stream, function: fn, item } = primary.message;
      if (stream === 1 && fn === 1) void primary.reply(L(A('MDLN'), A('1.0')));
      if (stream === 2 && fn === 25) void primary.reply(item);
    });
    this.host = new HsmsActiveConnection(options.address, options.port, 0, undefined, {
      t5: 0.05,
      ...options.host,
    });
    this.session = new HsmsSession(this.host);
  }

  async open(): Promise<void> {
    await this.tool.enable();
    await this.host.enable();
    await this.session.selected();
  }

  async works(): Promise<void> {
    await this.session.selected();
    await expect(this.session.request(S(1, 1))).resolves.toMatchObject({ stream: 1, function: 2 });
    await expect(this.session.request(S(1, 3), { t3: 0.02 })).rejects.toMatchObject({
      code: 'HSMS_T3_TIMEOUT',
    });
    await this.session.send(S(6, 11, L()));
  }

  async close(): Promise<void> {
    await Promise.all([this.host.dispose(), this.tool.dispose()]);
  }
}

/** A message that goes wrong when `name` is asked of it. */
function faulty(name: 'writeBody' | 'bodyParts', message: SecsMessage = S(1, 3, U4(1)).w()): SecsMessage {
  return Object.defineProperty(message, name, name === 'writeBody' ? { value: harm } : { get: harm });
}

function detached(): HsmsPacket {
  const bytes = new Uint8Array(8).fill(1);
  const packet = HsmsPacket.data({ sessionId: 0, stream: 6, function: 11, systemBytes: 77 }, bytes);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return packet;
}

const large = (): SecsMessage => S(7, 3, L(A('recipe'), B(new Uint8Array(100_000)))).w();

function changed(): SecsMessage {
  const list = L(U4(1), U4(2));
  (list.items as unknown as unknown[]).push(U4(3));
  return S(1, 3, list).w();
}

describe.each(['sockets', 'a network in memory'])('a fault within, on %s', (where) => {
  let pair: Pair;
  let other: Pair;
  let clock: Clock & { fault: string | undefined };

  beforeEach(async () => {
    clock = {
      ...systemClock,
      now: () => systemClock.now(),
      fault: undefined,
      afterPoll(callback) {
        if (this.fault === 'afterPoll') {
          this.fault = undefined;
          throw HARM;
        }
        return systemClock.afterPoll(callback);
      },
      setTimer(name, seconds, callback) {
        if (name === this.fault) {
          this.fault = undefined;
          throw HARM;
        }
        return systemClock.setTimer(name, seconds, callback);
      },
    };
    const network = createTestNetwork({ clock: systemClock });
    const inMemory = { network: network.options.network };
    const own = where === 'sockets' ? {} : inMemory;
    const make = (port: number, more: object): Pair =>
      new Pair({ address: '127.0.0.1', port, tool: own, host: { ...own, ...more } });
    // Below the ports that the system gives to those who connect: one of these could be in use.
    pair = make(where === 'sockets' ? 27111 : 5000, { clock });
    other = make(where === 'sockets' ? 27112 : 5001, {});
    await Promise.all([pair.open(), other.open()]);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all([pair.close(), other.close()]);
  });

  it.each<[string, () => SecsMessage]>([
    ['a body that cannot be written', () => faulty('writeBody')],
    ['a large body that cannot be written', () => faulty('bodyParts', large())],
    ['an item that was changed after it was made', changed],
  ])('%s fails its request and no more', async (_name, make) => {
    const before = pair.session.request(S(1, 1));
    const bad = pair.session.request(make());
    const after = pair.session.request(S(2, 25, B(1, 2)));
    await expect(bad).rejects.toThrow(/harm|was changed/);
    await expect(before).resolves.toMatchObject({ function: 2 });
    expect((await after).item?.binary).toEqual(Uint8Array.of(1, 2));
    expect(pair.session.openRequests).toBe(0);
    expect(pair.host.queued).toEqual({ packets: 0, bytes: 0 });
    await pair.works();
    await other.works();
  });

  it.each<[string, () => HsmsPacket]>([
    ['whose memory was given away', detached],
    [
      'whose header cannot be written',
      () => {
        const packet = HsmsPacket.data({ sessionId: 0, stream: 6, function: 11, systemBytes: 78 });
        Object.defineProperty(packet.header, 'write', { value: harm });
        return packet;
      },
    ],
  ])('a packet %s fails its send and no more', async (_name, make) => {
    await expect(pair.host.send(make())).rejects.toThrow();
    await pair.works();
    await other.works();
  });

  it('is told of the packet that fills a write as of any other', async () => {
    const sends = Array.from({ length: 31 }, () => pair.session.request(S(1, 1)));
    const bad = pair.session.send(faulty('writeBody', S(6, 11, U4(1))));
    await expect(bad).rejects.toBe(HARM);
    await Promise.all(sends);
    await pair.works();
  });

  it.each([0, 1, 2, 3])('of one tick fails its own send alone, in place %i of four', async (place) => {
    const received: string[] = [];
    pair.tool.message.subscribe(({ message }) => received.push(message.name));
    const sends = [1, 3, 5, 7].map((fn, i) =>
      pair.session.send(i === place ? faulty('writeBody', S(6, fn, U4(1))) : S(6, fn, U4(1))),
    );
    const ends = await Promise.allSettled(sends);
    expect(ends.map(({ status }) => status)).toEqual(
      sends.map((_, i) => (i === place ? 'rejected' : 'fulfilled')),
    );
    expect(ends[place]).toMatchObject({ reason: HARM });
    await pair.works();
    const others = ['S6F1', 'S6F3', 'S6F5', 'S6F7'].filter((_, i) => i !== place);
    expect(received.filter((name) => /^S6F[1357]$/.test(name))).toEqual(others);
  });

  it('of one tick fails its own reply alone, and another answer is still owed', async () => {
    const replies: Promise<void>[] = [];
    pair.equipment.primaries.subscribe((primary) => {
      const { stream, function: fn } = primary.message;
      if (stream !== 2 || fn !== 13) return;
      const isBad = replies.length === 1;
      const answer = isBad ? faulty('writeBody', S(2, 14, U4(1))) : S(2, 14, U4(1));
      replies.push(primary.reply(answer).catch(() => primary.reply(S(2, 0))));
    });
    const asked = [1, 2, 3].map(() => pair.session.request(S(2, 13, L())));
    const ends = await Promise.allSettled(asked);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ends[1]).toMatchObject({ reason: { code: 'HSMS_TRANSACTION_ABORTED' } });
    await Promise.all(replies);
    await pair.works();
  });

  it('a timer that cannot be set fails the request it was for', async () => {
    clock.fault = 't3';
    await expect(pair.session.request(S(1, 1))).rejects.toBe(HARM);
    await pair.works();
    await other.works();
  });

  it.each<[string, (session: HsmsSession) => unknown]>([
    [
      't6',
      async (session) => expect(session.linktest()).rejects.toMatchObject({ code: 'HSMS_NOT_CONNECTED' }),
    ],
    ['t7', (session) => session.separate()],
    ['close', (session) => session.separate()],
  ])('a timer %s that cannot be set ends one connection, which comes back', async (name, cause) => {
    const closed: unknown[] = [];
    pair.host.closed.subscribe(({ reason }) => closed.push(reason));
    clock.fault = name;
    await cause(pair.session);
    const reason = name === 'close' ? { kind: 'local' } : { kind: 'networkError', error: HARM };
    await until('the end', () => closed.some((it) => JSON.stringify(it) === JSON.stringify(reason)));
    expect(clock.fault).toBeUndefined();
    await pair.works();
    await other.works();
  });

  it('comes back after T5 by the clock of the system, where its own cannot set T5', async () => {
    clock.fault = 't5';
    pair.session.separate();
    await until('the fault', () => clock.fault === undefined);
    await pair.works();
    await other.works();
  });

  it('ends a connection whose next Linktest cannot be timed: nothing else would find a dead peer', async () => {
    const closed: unknown[] = [];
    pair.host.closed.subscribe(({ reason }) => closed.push(reason));
    pair.session.configure({ linktestInterval: 0.02 });
    clock.fault = 'linktest';
    await until('the end', () => closed.length > 0);
    expect(closed).toEqual([{ kind: 'networkError', error: HARM }]);
    await pair.works();
    await other.works();
  });

  it('sends what waits in the tick, where the clock gives no turn', async () => {
    clock.fault = 'afterPoll';
    for (let i = 0; i < 100; i++) await pair.session.send(S(6, 11, U4(i)));
    expect(clock.fault).toBeUndefined();
    await pair.works();
    await other.works();
  });

  it.each<[string, () => void]>([
    ['memory for a write', () => jest.spyOn(Batch.prototype, 'end').mockImplementationOnce(harm)],
    ['a socket that throws when it is written to', () => throwOnce(pair, 'write')],
    ['reading', () => jest.spyOn(FrameDecoder.prototype, 'push').mockImplementationOnce(harm)],
  ])('%s ends one connection, which comes back', async (_name, inject) => {
    const closed: unknown[] = [];
    pair.host.closed.subscribe(({ reason }) => closed.push(reason));
    pair.tool.closed.subscribe(({ reason }) => closed.push(reason));
    inject();
    await expect(pair.session.request(S(1, 1))).rejects.toMatchObject({ code: 'HSMS_CONNECTION_CLOSED' });
    await until('the end of both sides', () => closed.length === 2);
    expect(closed).toContainEqual({ kind: 'networkError', error: HARM });
    await pair.works();
    await other.works();
  });

  if (where === 'sockets') {
    it('memory that cannot be had fails one send', async () => {
      jest.spyOn(sharedMemory, 'roomFor').mockImplementationOnce(harm);
      await expect(pair.session.request(S(1, 1))).rejects.toBe(HARM);
      await pair.works();
      await other.works();
    });
  }
});

/** The next call of a method of the host's socket throws. */
function throwOnce(pair: Pair, method: 'write'): void {
  const { remoteAddress } = pair.host;
  expect(remoteAddress).toBeDefined();
  jest.spyOn(Duplex.prototype, method).mockImplementationOnce(harm);
}
