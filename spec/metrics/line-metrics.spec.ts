import { SecsMetrics } from '../../src/metrics/index.js';
import { exportMetrics } from '../../src/otel/index.js';
import type { Carried } from '../../src/secs1/index.js';
import { Secs1Packet } from '../../src/secs1/index.js';
import { A, S } from '../../src/secs2/index.js';
import { SessionPair, type PairOptions } from '../secs1/support.js';

const ENQ = 0x05;
const EOT = 0x04;

/** What a line makes of what is written to it. */
type Harm = (bytes: Buffer, from: 'first' | 'second') => Buffer | undefined;

/** A pair that is watched, on a line that does harm; the host has the first end. */
class Watched {
  readonly pair: SessionPair;
  readonly metrics: SecsMetrics;
  harm: Harm | undefined;

  constructor(options: PairOptions = {}) {
    const carry = (bytes: Buffer, from: 'first' | 'second'): Carried[] => {
      const left = this.harm === undefined ? bytes : this.harm(bytes, from);
      return left === undefined ? [] : [{ bytes: left, seconds: 0 }];
    };
    this.pair = new SessionPair({ line: { carry }, ...options });
    this.metrics = new SecsMetrics({ clock: this.pair.clock });
    this.metrics.watch(this.pair.host, { name: 'host' });
    this.metrics.watch(this.pair.equipment, { name: 'equipment' });
    for (const { primaries } of [this.pair.equipment, this.pair.host]) {
      primaries.subscribe((primary) => void (primary.wantsReply && primary.reply()));
    }
  }

  /** Once: what is written next and fits is harmed. */
  once(
    fits: (bytes: Buffer, from: 'first' | 'second') => boolean,
    what: (bytes: Buffer) => Buffer | undefined,
  ): void {
    this.harm = (bytes, from) => {
      if (!fits(bytes, from)) return bytes;
      this.harm = undefined;
      return what(bytes);
    };
  }

  ask(): Promise<unknown> {
    return this.pair.clock.settled(this.pair.host.request(S(1, 1)));
  }

  line(index: 0 | 1) {
    return this.metrics.snapshot().connections[index]?.line;
  }
}

const quiet = {
  ...{ triesFailed: 0, naksReceived: 0, blocksRefused: 0, t1Expiries: 0, t2Expiries: 0, messagesFailed: 0 },
  ...{ messagesDropped: 0, duplicates: 0, contentions: 0, yields: 0, strayBytes: 0 },
};

const isBlock = (bytes: Buffer): boolean => bytes.length > 1;
const flipped = (bytes: Buffer): Buffer => {
  const harmed = Buffer.from(bytes);
  harmed[5] = (harmed[5] ?? 0) ^ 1;
  return harmed;
};

describe('metrics of a line of SECS-I', () => {
  it('B-2: count blocks, messages and requests as those of HSMS do', async () => {
    const watched = new Watched();
    await watched.pair.up();
    await watched.ask();
    const [host] = watched.metrics.snapshot().connections;
    expect(host).toMatchObject({
      ...{ name: 'host', state: 'connected', established: 1 },
      sent: { packets: 1, bytes: 10, byType: { data: 1 } },
      received: { packets: 1, bytes: 10, byType: { data: 1 } },
      line: { ...quiet, blocksSent: 1, blocksReceived: 1 },
      sessions: [{ sessionId: 1, state: 'selected', requests: { answered: 1 } }],
    });
    expect(JSON.parse(JSON.stringify(watched.metrics.snapshot()))).toEqual(watched.metrics.snapshot());
    await watched.pair.down();
  });

  it.each<[string, (watched: Watched) => void, object, object]>([
    [
      'B-22: T2, where no EOT comes',
      (w) =>
        w.once(
          (bytes, from) => from === 'second' && bytes[0] === EOT,
          () => undefined,
        ),
      { triesFailed: 1, t2Expiries: 1 },
      { blocksRefused: 0 },
    ],
    [
      'B-23: NAK, where a block is altered',
      (w) => w.once(isBlock, flipped),
      { triesFailed: 1, naksReceived: 1, t2Expiries: 0 },
      { blocksRefused: 1, t1Expiries: 0 },
    ],
    [
      'B-23: T1, where a block breaks off',
      (w) => w.once(isBlock, (bytes) => bytes.subarray(0, 6)),
      { triesFailed: 1, naksReceived: 1 },
      { blocksRefused: 1, t1Expiries: 1 },
    ],
    [
      'B-23: T2, where no length byte comes',
      (w) => w.once(isBlock, () => undefined),
      { triesFailed: 1 },
      { blocksRefused: 1, t2Expiries: 1 },
    ],
    [
      'B-40: a block that came twice, where its ACK was lost',
      (w) =>
        w.once(
          (bytes, from) => from === 'second' && bytes[0] === 0x06,
          () => undefined,
        ),
      { triesFailed: 1 },
      { duplicates: 1 },
    ],
    [
      'B-21: bytes that mean nothing',
      (w) =>
        w.once(
          (bytes) => bytes[0] === ENQ,
          () => Buffer.of(0x41, ENQ),
        ),
      {},
      { strayBytes: 1 },
    ],
  ])('%s', async (_, harm, host, equipment) => {
    const watched = new Watched();
    await watched.pair.up();
    harm(watched);
    await watched.ask();
    await watched.pair.clock.advanceAsync(30);
    expect(watched.line(0)).toMatchObject(host);
    expect(watched.line(1)).toMatchObject(equipment);
    await watched.pair.down();
  });

  it('B-24: both sides at once: contention on both, and the slave makes way', async () => {
    const watched = new Watched();
    await watched.pair.up();
    const both = [watched.pair.host.request(S(1, 1)), watched.pair.equipment.request(S(1, 1))];
    await watched.pair.clock.settled(Promise.all(both));
    expect(watched.line(0)).toMatchObject({ contentions: 1, yields: 1, triesFailed: 0 });
    expect(watched.line(1)).toMatchObject({ contentions: 1, yields: 0, triesFailed: 0 });
    await watched.pair.down();
  });

  it('B-22: a message that failed; and what was before the watch does not count', async () => {
    const watched = new Watched({ both: { t2: 1, rty: 1 } });
    await watched.pair.up();
    await watched.ask();
    const late = new SecsMetrics({ clock: watched.pair.clock });
    late.watch(watched.pair.host);
    watched.harm = () => undefined;
    await expect(watched.ask()).rejects.toMatchObject({ code: 'SECS1_RETRY_LIMIT' });
    const failed = { ...quiet, triesFailed: 2, t2Expiries: 2, messagesFailed: 1 };
    expect(late.snapshot().connections[0]?.line).toEqual({ ...failed, blocksSent: 0, blocksReceived: 0 });
    late.close();
    watched.harm = undefined;
    await watched.ask();
    expect(late.snapshot().connections[0]?.line).toMatchObject({ blocksSent: 0 });
    expect(watched.line(0)).toEqual({ ...failed, blocksSent: 2, blocksReceived: 2 });
    await watched.pair.down();
  });

  it('B-42: messages of the peer that were dropped', async () => {
    const watched = new Watched();
    await watched.pair.up();
    const { connection } = watched.pair.equipment;
    const long = Secs1Packet.of({ rBit: true, sessionId: 1, systemBytes: 1 }, S(6, 11, A('long')));
    watched.pair.host.connection.configure({ maxMessageBytes: 0 });
    await watched.pair.clock.settled(connection.send(long));
    expect(watched.line(0)).toMatchObject({ blocksReceived: 1, messagesDropped: 1 });
    await watched.pair.down();
  });

  it('B-2: reach OpenTelemetry, and those of HSMS are not there', async () => {
    const watched = new Watched();
    await watched.pair.up();
    watched.once(isBlock, flipped);
    await watched.ask();
    const seen: string[] = [];
    type Collect = (result: {
      observe(of: { name: string }, value: number, attributes: object): void;
    }) => void;
    let collect: Collect = () => undefined;
    const meter = {
      createObservableCounter: (name: string) => ({ name }),
      createObservableGauge: (name: string) => ({ name }),
      createHistogram: () => ({ record: () => undefined }),
      addBatchObservableCallback: (callback: Collect) => (collect = callback),
      removeBatchObservableCallback: () => undefined,
    };
    const stop = exportMetrics(watched.metrics, meter as never);
    collect({
      observe: ({ name }, value, attributes) => seen.push(`${name} ${value} ${JSON.stringify(attributes)}`),
    });
    expect(seen).toContain('rxsecs.line.blocks 1 {"connection":"host","direction":"out"}');
    expect(seen).toContain('rxsecs.line.faults 1 {"connection":"host","kind":"naksReceived"}');
    expect(seen.some((line) => line.includes('kind":"blocksSent'))).toBe(false);
    stop();
    await watched.pair.down();
  });
});
