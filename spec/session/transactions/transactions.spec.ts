import { Deadlines } from '../../../src/session/transactions/deadlines.js';
import { nameOf, type DataHeader } from '../../../src/session/header.js';
import { Transaction } from '../../../src/session/transactions/transaction.js';
import { Transactions, type ReplyMatch } from '../../../src/session/transactions/transactions.js';
import { HSMS_RULES } from '../../../src/hsms/session/transaction-rules.js';
import { HsmsHeader, type HsmsHeaderFields } from '../../../src/hsms/wire/header.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';
import { FakeClock, turns } from '../../support/fake-clock.js';

const REQUEST = { sessionId: 3, stream: 1, function: 13, wBit: true, systemBytes: 40 };
const ANSWER = { ...REQUEST, function: 14, wBit: false };

/** Keeps how it ended: the name of the reply, or the code (or message) of the error. */
class Kept extends Transaction {
  constructor(
    header: HsmsHeader,
    readonly ends: string[],
  ) {
    super(header);
  }

  answered(reply: { name: string }): void {
    this.ends.push(reply.name);
  }

  failed(error: unknown): void {
    this.ends.push((error as { code?: string }).code ?? (error as Error).message);
  }

  expired(): Error {
    return new Error('T3');
  }
}

class Bed {
  readonly clock = new FakeClock();
  readonly transactions = new Transactions(new Deadlines(this.clock, 't3'), HSMS_RULES);
  readonly ends: string[] = [];

  open(fields: Partial<HsmsHeaderFields> = {}): Kept {
    const transaction = new Kept(HsmsHeader.of({ ...REQUEST, ...fields }), this.ends);
    this.transactions.open(transaction);
    return transaction;
  }

  offer(fields: Partial<typeof ANSWER> = {}, body?: Buffer): ReplyMatch {
    return this.transactions.offer(HsmsPacket.data({ ...ANSWER, ...fields }, body));
  }
}

const mhead = (header: DataHeader): Buffer => Buffer.concat([Buffer.from([0x21, 10]), header.toBytes()]);

describe('Transactions: what answers a request (P-41)', () => {
  it('takes the secondary with the same session ID, stream and system bytes, once', () => {
    const bed = new Bed();
    bed.open();
    expect([40, 41].map((systemBytes) => bed.transactions.has(systemBytes))).toEqual([true, false]);
    expect(bed.offer()).toBe('answered');
    expect(bed.transactions.has(40)).toBe(false);
    expect(bed.offer()).toBe('none');
    expect(bed.ends).toEqual(['S1F14']);
    expect(bed.transactions.size).toBe(0);
  });

  it.each<[string, Partial<typeof ANSWER>]>([
    ['a primary of the peer', { function: 13 }],
    ['a primary of the peer that wants a reply', { function: 13, wBit: true }],
    ['another function', { function: 16 }],
    ['a lower function', { function: 12 }],
    ['the right function with W-bit', { wBit: true }],
    ['an abort with W-bit', { function: 0, wBit: true }],
    ['another stream', { stream: 5 }],
    ['an abort of another stream', { stream: 5, function: 0 }],
    ['another session ID', { sessionId: 4 }],
    ['other system bytes', { systemBytes: 41 }],
    ['an odd function of stream 9', { stream: 9, function: 13 }],
  ])('takes no %s', (_what, fields) => {
    const bed = new Bed();
    bed.open();
    expect(bed.offer(fields)).toBe('none');
    expect(bed.ends).toEqual([]);
    expect(bed.offer()).toBe('answered');
  });

  it('fails at function 0 of the stream', () => {
    const bed = new Bed();
    bed.open();
    expect(bed.offer({ function: 0 })).toBe('answered');
    expect(bed.ends).toEqual(['HSMS_TRANSACTION_ABORTED']);
  });

  it.each([1, 3, 5, 7, 9, 11])(
    'fails at S9F%i whose MHEAD is its header, whatever the system bytes',
    (fn) => {
      const bed = new Bed();
      const { header } = bed.open();
      // It is an ordinary message as well.
      expect(bed.offer({ stream: 9, function: fn, systemBytes: 999 }, mhead(header))).toBe('none');
      expect(bed.ends).toEqual(['HSMS_STREAM_9']);
      expect(bed.transactions.size).toBe(0);
    },
  );

  it.each<[string, number, (header: DataHeader) => Buffer]>([
    ['S9F13', 13, mhead],
    ['S9F2', 2, mhead],
    ['S9F5 without a body', 5, () => Buffer.alloc(0)],
    ['S9F5 with a short MHEAD', 5, (header) => mhead(header).subarray(0, 11)],
    ['S9F5 with an MHEAD of text', 5, (header) => Buffer.from([0x41, ...mhead(header).subarray(1)])],
    [
      'S9F5 with an MHEAD of nine bytes',
      5,
      (header) => Buffer.concat([Buffer.of(0x21, 9), header.toBytes()]),
    ],
    ['S9F5 with bytes after the MHEAD', 5, (header) => Buffer.concat([mhead(header), Buffer.alloc(1)])],
    ['S9F5 about another system bytes', 5, () => mhead(HsmsHeader.of({ ...REQUEST, systemBytes: 41 }))],
    ['S9F5 about another stream', 5, () => mhead(HsmsHeader.of({ ...REQUEST, stream: 2 }))],
    ['S9F5 about another session', 5, () => mhead(HsmsHeader.of({ ...REQUEST, sessionId: 9 }))],
  ])('is not touched by %s, even with its system bytes', (_what, fn, body) => {
    const bed = new Bed();
    const { header } = bed.open();
    expect(bed.offer({ stream: 9, function: fn }, body(header))).toBe('none');
    expect(bed.ends).toEqual([]);
    expect(bed.transactions.size).toBe(1);
  });

  it.each([
    ['a primary of another stream that carries its header', 1],
    ['stream 8', 8],
  ])('is not touched by %s', (_what, stream) => {
    const bed = new Bed();
    const { header } = bed.open();
    expect(bed.offer({ stream, function: 5, systemBytes: 999 }, mhead(header))).toBe('none');
    expect(bed.ends).toEqual([]);
  });

  it('takes no odd function, not even the next one of what was asked with an even one', () => {
    const bed = new Bed();
    bed.open({ function: 12 });
    expect(bed.offer({ function: 13 })).toBe('none');
    expect(bed.ends).toEqual([]);
  });

  it('is named by stream and function', () => {
    expect(nameOf(HsmsHeader.of(REQUEST))).toBe('S1F13');
  });

  it('tells requests with neighbouring system bytes apart', () => {
    const bed = new Bed();
    bed.open();
    bed.open({ systemBytes: 41, stream: 2, function: 1 });
    expect(bed.offer({ systemBytes: 41, stream: 2, function: 2 })).toBe('answered');
    expect(bed.ends).toEqual(['S2F2']);
    expect(bed.transactions.size).toBe(1);
  });
});

describe('Transactions: one that another layer ends (P-29)', () => {
  const refusal = new Error('refused');
  const ofSession =
    (sessionId: number) =>
    (header: DataHeader): Error | undefined =>
      header.sessionId === sessionId ? refusal : undefined;

  it('fails the open one with these system bytes, once', () => {
    const bed = new Bed();
    bed.open();
    bed.transactions.failOne(40, ofSession(3));
    bed.transactions.failOne(40, ofSession(3));
    expect(bed.ends).toEqual(['refused']);
  });

  it('fails nothing of other system bytes, or where no error is given for its header', () => {
    const bed = new Bed();
    bed.open();
    bed.transactions.failOne(41, ofSession(3));
    bed.transactions.failOne(40, ofSession(4));
    expect(bed.ends).toEqual([]);
  });
});

describe('Transactions: T3 and late replies (P-42)', () => {
  it('does not run before it is started, then fails the request', async () => {
    const bed = new Bed();
    const transaction = bed.open();
    await bed.clock.pass(1000);
    bed.transactions.startT3(transaction, 45);
    await bed.clock.pass(44.9);
    expect(bed.ends).toEqual([]);
    await bed.clock.pass(0.1);
    expect(bed.ends).toEqual(['T3']);
    expect(bed.transactions.size).toBe(0);
  });

  it('is stopped by the reply, also one that is read at the last moment', async () => {
    const bed = new Bed();
    bed.transactions.startT3(bed.open(), 45);
    bed.clock.advance(45);
    expect(bed.offer()).toBe('answered');
    await turns();
    expect(bed.ends).toEqual(['S1F14']);
    expect(bed.clock.timers).toEqual([]);
  });

  it('is not started for a request that is over', () => {
    const bed = new Bed();
    const transaction = bed.open();
    bed.offer();
    bed.transactions.startT3(transaction, 45);
    expect(bed.clock.timers).toEqual([]);
  });

  it('tells a late reply, once, and only one that would have answered', async () => {
    const bed = new Bed();
    bed.transactions.startT3(bed.open(), 1);
    await bed.clock.pass(1);
    expect(bed.offer({ stream: 2 })).toBe('none');
    expect(bed.offer({ function: 13 })).toBe('none');
    expect(bed.offer()).toBe('late');
    expect(bed.offer()).toBe('none');
    expect(bed.ends).toEqual(['T3']);
  });

  it('answers nobody else with a late reply: system bytes used again belong to the new request', async () => {
    const bed = new Bed();
    bed.transactions.startT3(bed.open(), 1);
    await bed.clock.pass(1);
    bed.open({ stream: 2, function: 1 });
    expect(bed.offer()).toBe('none');
    expect(bed.offer({ stream: 2, function: 2 })).toBe('answered');
    expect(bed.ends).toEqual(['T3', 'S2F2']);
  });
});

describe('Transactions: many, and their end (P-40, P-43)', () => {
  const COUNT = 10_000;
  const many = (count = COUNT): Bed => {
    const bed = new Bed();
    for (let i = 0; i < count; i++) bed.transactions.startT3(bed.open({ systemBytes: i }), 45);
    return bed;
  };

  it('keeps 10,000 open on one timer, and answers them in any order', () => {
    const bed = many();
    expect(bed.transactions.size).toBe(COUNT);
    expect(bed.clock.timers).toEqual(['t3']);
    for (let i = COUNT - 1; i >= 0; i--) expect(bed.offer({ systemBytes: i })).toBe('answered');
    expect(bed.ends).toHaveLength(COUNT);
    expect(bed.clock.timers).toEqual(['t3']);
    bed.transactions.linkEnded();
    expect(bed.clock.timers).toEqual([]);
  });

  it('fails all 10,000 at once when the link ends, or those of one session', async () => {
    const bed = many();
    bed.open({ systemBytes: COUNT, sessionId: 8 });
    bed.transactions.failWhere(
      ({ sessionId }) => sessionId === 8,
      () => new Error('session'),
    );
    expect(bed.ends).toEqual(['session']);
    bed.transactions.failWhere(
      () => true,
      () => new Error('closed'),
    );
    expect(bed.ends).toHaveLength(COUNT + 1);
    expect(new Set(bed.ends.slice(1))).toEqual(new Set(['closed']));
    expect(bed.transactions.size).toBe(0);
    bed.transactions.linkEnded();
    expect(bed.clock.timers).toEqual([]);
    await bed.clock.pass(100);
    expect(bed.ends).toHaveLength(COUNT + 1);
  });

  it('remembers none that expired on a link before', async () => {
    const bed = many(2);
    await bed.clock.pass(45);
    expect(bed.offer({ systemBytes: 0 })).toBe('late');
    bed.transactions.linkEnded();
    expect(bed.offer({ systemBytes: 1 })).toBe('none');
  });

  it('remembers the latest 4096 that expired', async () => {
    const bed = many(4098);
    await bed.clock.pass(45);
    expect(bed.ends).toHaveLength(4098);
    expect([0, 1, 2, 4097].map((systemBytes) => bed.offer({ systemBytes }))).toEqual([
      ...['none', 'none', 'late', 'late'],
    ]);
  });

  it('fails those whose header is chosen, in the order of their system bytes', () => {
    const bed = new Bed();
    for (const systemBytes of [5, 3, 4]) bed.open({ systemBytes, sessionId: systemBytes });
    let count = 0;
    bed.transactions.failWhere(
      ({ sessionId }) => sessionId !== 4,
      () => new Error(`end ${++count}`),
    );
    expect(bed.ends).toEqual(['end 1', 'end 2']);
    expect([3, 4, 5].map((systemBytes) => bed.transactions.has(systemBytes))).toEqual([false, true, false]);
  });

  it('fails one, once (P-44)', () => {
    const bed = new Bed();
    const transaction = bed.open();
    bed.transactions.fail(transaction, new Error('cancelled'));
    bed.transactions.fail(transaction, new Error('again'));
    expect(bed.ends).toEqual(['cancelled']);
    expect(bed.offer()).toBe('none');
  });
});
