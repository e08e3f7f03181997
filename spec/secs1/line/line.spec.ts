import fc from 'fast-check';
import { B, S } from '../../../src/secs2/index.js';
import { RetryLimitError } from '../../../src/secs1/index.js';
import { ACK, badBlock, blockOf, ENQ, EOT, NAK, RawLine } from './raw-line.js';

const big = (bytes: number, stream = 7, fn = 3): ReturnType<typeof S> =>
  S(stream, fn, B(Buffer.alloc(bytes - 3)));

describe('a line that sends', () => {
  it('B-22: asks with ENQ, sends the block for EOT, and is done with ACK', async () => {
    const line = await new RawLine().up();
    const sent = line.send();
    expect(line.out).toBe('ENQ');
    expect(await line.in(EOT)).toBe('[S1F1 1E 0]');
    expect(await line.in(ACK)).toBe('');
    expect(await sent).toBe('sent');
    expect(line.clock.timers).toEqual([]);
    expect(line.connection.counters).toMatchObject({ blocksSent: 1, triesFailed: 0 });
  });

  it('B-20: gives every block an ENQ of its own', async () => {
    const line = await new RawLine().up();
    const sent = line.send(big(600));
    expect(line.out).toBe('ENQ');
    expect(await line.in(EOT)).toBe('[S7F3 1 244]');
    expect(await line.in(ACK)).toBe('ENQ');
    expect(await line.in(EOT)).toBe('[S7F3 2 244]');
    expect(await line.in(ACK)).toBe('ENQ');
    expect(await line.in(EOT)).toBe('[S7F3 3E 112]');
    await line.in(ACK);
    expect(await sent).toBe('sent');
  });

  it('B-22: tries RTY + 1 times, a fresh count for each block, and then fails the message alone', async () => {
    const line = await new RawLine({ rty: 2 }).up();
    const sent = line.send(big(300));
    const next = line.send(S(1, 13));
    expect(line.out).toBe('ENQ');
    expect(await line.pass(9.9)).toBe('');
    expect(await line.pass(0.2)).toBe('ENQ');
    expect(await line.in(EOT)).toBe('[S7F3 1 244]');
    expect(await line.in(NAK)).toBe('ENQ');
    expect(await line.in(EOT)).toBe('[S7F3 1 244]');
    expect(await line.in(ACK)).toBe('ENQ');
    expect(await line.in(EOT)).toBe('[S7F3 2E 56]');
    expect(await line.pass(10)).toBe('ENQ');
    expect(await line.pass(10)).toBe('ENQ');
    expect(await line.pass(10)).toBe('ENQ');
    const error = await sent;
    expect(error).toBeInstanceOf(RetryLimitError);
    expect(error).toMatchObject({
      code: 'SECS1_RETRY_LIMIT',
      outcome: 'unsent',
      tries: 3,
      lastFailure: 'noEot',
      message: 'S7F3 was not sent: no EOT came for ENQ, the last of 3 tries',
    });
    expect(await line.in(EOT)).toBe('[S1F13 1E 0]');
    await line.in(ACK);
    expect(await next).toBe('sent');
    expect(line.notices).toEqual(['messageFailed']);
    expect(line.closed).toEqual([]);
  });

  it('B-22: opens the link anew after that where it is told to', async () => {
    const line = await new RawLine({ rty: 0, onRetryLimit: 'reopen' }).up();
    const sent = line.send();
    const waiting = line.send();
    await line.pass(10);
    expect(await sent).toMatchObject({ code: 'SECS1_RETRY_LIMIT' });
    expect(await waiting).toMatchObject({ code: 'SECS1_CONNECTION_CLOSED', outcome: 'closed' });
    expect(line.closed).toEqual(['retryLimit']);
    expect(line.connection.currentState).toBe('connected');
  });

  it('B-22: ignores what comes before the last byte of the block has left, ACK too', async () => {
    const line = await new RawLine().up();
    void line.send();
    line.drains = false;
    expect(await line.in(EOT)).toBe('ENQ [S1F1 1E 0]');
    expect(await line.in(ACK, NAK)).toBe('');
    await line.drain();
    expect(line.clock.timers).toEqual(['t2']);
    expect(await line.pass(10)).toBe('ENQ');
  });

  it('B-22: gives up a block that the line does not take', async () => {
    const line = await new RawLine({ rty: 0, sendTimeout: 30 }).up();
    line.drains = false;
    const sent = line.send();
    await line.in(EOT);
    await line.pass(30);
    expect(await sent).toMatchObject({ lastFailure: 'notWritten' });
    const next = line.send();
    line.drains = true;
    await line.in(EOT);
    expect(await line.drain()).toBe('');
    await line.in(ACK);
    expect(await next).toBe('sent');
  });

  it('B-22: goes on with ENQ of the peer in place of ACK, and then sends again', async () => {
    const line = await new RawLine().up();
    const sent = line.send();
    await line.in(EOT);
    expect(await line.in(ENQ)).toBe('EOT');
    expect(await line.in(blockOf())).toBe('ACK ENQ');
    await line.in(EOT);
    await line.in(ACK);
    expect(await sent).toBe('sent');
  });

  it('B-25: serves an ENQ that waits between two blocks', async () => {
    const line = await new RawLine({ entity: 'equipment' }).up();
    void line.send(big(300));
    await line.in(EOT);
    expect(await line.in(ACK, ENQ)).toBe('EOT');
    expect(await line.in(blockOf({ rBit: false }))).toBe('ACK ENQ');
    expect(line.messages).toHaveLength(1);
  });

  it('B-25: leaves a gap as a master, as long as it is told', async () => {
    const line = await new RawLine({ entity: 'equipment', gap: 0.5 }).up();
    void line.send(big(300));
    await line.in(EOT);
    expect(await line.in(ACK)).toBe('');
    expect(await line.pass(0.49)).toBe('');
    expect(await line.pass(0.02)).toBe('ENQ');
  });

  it('B-25: leaves a gap as long as the peer took for EOT, and 0.1 s at most', async () => {
    const line = await new RawLine({ entity: 'equipment', gap: 'auto' }).up();
    void line.send(big(800));
    await line.pass(0.02);
    await line.in(EOT);
    expect(await line.in(ACK)).toBe('');
    expect(await line.pass(0.019)).toBe('');
    expect(await line.pass(0.002)).toBe('ENQ');
    await line.pass(3);
    await line.in(EOT);
    expect(await line.in(ACK)).toBe('');
    expect(await line.pass(0.101)).toBe('ENQ');
  });

  it('B-41: lets replies and stream 9 go between two blocks of a primary, and nothing else', async () => {
    const line = await new RawLine().up();
    for (const message of [big(600), S(6, 11), S(1, 2), S(9, 5)]) void line.send(message);
    const sent: string[] = [];
    for (let i = 0; i < 6; i++) {
      sent.push(await line.in(EOT));
      await line.in(ACK);
    }
    expect(sent).toEqual([
      'ENQ [S7F3 1 244]',
      ...['[S1F2 1E 0]', '[S9F5 1E 0]', '[S7F3 2 244]', '[S7F3 3E 112]', '[S6F11 1E 0]'],
    ]);
  });

  it("B-41: lets nothing go in between where it is told 'never'", async () => {
    const line = await new RawLine({ interleave: 'never' }).up();
    for (const message of [big(300), S(1, 2), S(9, 5)]) void line.send(message);
    const sent: string[] = [];
    for (let i = 0; i < 4; i++) {
      sent.push(await line.in(EOT));
      await line.in(ACK);
    }
    expect(sent).toEqual(['ENQ [S7F3 1 244]', '[S7F3 2E 56]', '[S1F2 1E 0]', '[S9F5 1E 0]']);
  });

  it('B-41: sends in the order given where nothing is under way', async () => {
    const line = await new RawLine().up();
    for (const message of [S(1, 1), S(6, 11), S(1, 2)]) void line.send(message);
    const sent = [
      await line.in(EOT),
      await line.in(ACK),
      await line.in(EOT),
      await line.in(ACK),
      await line.in(EOT),
    ];
    expect(sent.join(' ')).toBe('ENQ [S1F1 1E 0] ENQ [S6F11 1E 0] ENQ [S1F2 1E 0]');
  });

  it('B-41: interleaves messages where it is told to', async () => {
    const line = await new RawLine({ interleave: true }).up();
    for (const message of [big(300), big(300, 6, 11)]) void line.send(message);
    const sent: string[] = [];
    for (let i = 0; i < 4; i++) {
      sent.push(await line.in(EOT));
      await line.in(ACK);
    }
    expect(sent).toEqual(['ENQ [S7F3 1 244]', '[S6F11 1 244]', '[S7F3 2E 56]', '[S6F11 2E 56]']);
  });

  it('gives up a message that waits, and none that has the line', async () => {
    const line = await new RawLine().up();
    const [first, second] = [new AbortController(), new AbortController()];
    const sent = line.send(S(1, 1), first.signal);
    const waiting = line.send(S(1, 3), second.signal);
    second.abort('not wanted');
    first.abort('too late');
    expect(await waiting).toBe('not wanted');
    await line.in(EOT);
    expect(await line.in(ACK)).toBe('');
    expect(await sent).toBe('sent');
    expect(line.connection.queued).toEqual({ packets: 0, bytes: 0 });
  });

  it('keeps what waits within maxQueuedBytes', async () => {
    const line = await new RawLine({ maxQueuedBytes: 1200 }).up();
    void line.send();
    void line.send();
    expect(await line.send()).toMatchObject({ code: 'SECS1_QUEUE_FULL' });
    expect(line.connection.queued).toEqual({ packets: 2, bytes: 1024 });
  });
});

describe('a line that receives', () => {
  it('B-23: answers ENQ with EOT and a good block with ACK, before any handler runs', async () => {
    const line = await new RawLine().up();
    let before = '';
    line.connection.message.subscribe(() => (before = line.out));
    expect(await line.in(ENQ)).toBe('EOT');
    await line.in(blockOf({}, 'xy'));
    expect(before).toBe('ACK');
    expect(line.messages[0]?.body.toString()).toBe('xy');
    expect(line.clock.timers).toEqual([]);
  });

  it('B-23: takes ENQ and block in any chunks', async () => {
    const bytes = Buffer.concat([
      Buffer.of(ENQ),
      blockOf({}, 'abc'),
      Buffer.of(ENQ),
      blockOf({ systemBytes: 8 }),
    ]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), async (sizes) => {
        const line = await new RawLine().up();
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i % sizes.length] as number;
          await line.in(bytes.subarray(at, at + size));
          at += size;
        }
        expect(line.messages.map(({ body }) => body.toString())).toEqual(['abc', '']);
      }),
      { numRuns: 10 },
    );
  });

  it('B-23: answers with NAK where no length byte comes within T2', async () => {
    const line = await new RawLine().up();
    await line.in(ENQ);
    expect(await line.pass(9.9)).toBe('');
    expect(await line.pass(0.2)).toBe('NAK');
    expect(line.connection.counters.blocksRefused).toBe(1);
  });

  it('B-23: answers with NAK where a byte comes later than T1 after the one before', async () => {
    const line = await new RawLine().up();
    const block = blockOf({}, 'abc');
    await line.in(ENQ);
    for (const byte of block.subarray(0, 10)) {
      expect(await line.in(byte)).toBe('');
      expect(await line.pass(0.4)).toBe('');
    }
    expect(await line.pass(0.2)).toBe('NAK');
    expect(await line.in(ENQ, block)).toBe('EOT ACK');
  });

  it.each([
    ['length byte below 10', Buffer.of(9)],
    ['length byte above 254', Buffer.of(255)],
    ['checksum', badBlock()],
  ])('B-23: listens until it is quiet for T1 after a bad %s, and then answers with NAK', async (_, bytes) => {
    const line = await new RawLine().up();
    await line.in(ENQ);
    expect(await line.in(bytes)).toBe('');
    expect(await line.pass(0.4)).toBe('');
    expect(await line.in(1, 2, ENQ)).toBe('');
    expect(await line.pass(0.4)).toBe('');
    expect(await line.pass(0.2)).toBe('NAK');
    expect(line.messages).toEqual([]);
  });

  it('B-31: reads what has come before T2 counts as over', async () => {
    const line = await new RawLine().up();
    await line.in(ENQ);
    line.clock.advance(10);
    expect(await line.in(blockOf())).toBe('ACK');
  });

  it('B-21: ignores all but ENQ while idle, counts it, and tells of it once for a burst', async () => {
    const line = await new RawLine().up();
    await line.in(EOT, ACK, NAK, 0, 10);
    await line.in(99);
    expect(line.notices).toEqual(['strayBytes']);
    await line.in(ENQ, blockOf());
    await line.in(1);
    expect(line.notices).toEqual(['strayBytes', 'strayBytes']);
    expect(line.connection.counters.strayBytes).toBe(7);
  });
});

describe('contention', () => {
  it('B-24: lets a master go on, and wait for EOT', async () => {
    const line = await new RawLine({ entity: 'equipment' }).up();
    void line.send();
    expect(await line.in(ENQ)).toBe('ENQ');
    expect(await line.in(EOT)).toBe('[S1F1 1E 0]');
  });

  it('B-24: lets a slave receive first and then send the same block, with all its tries', async () => {
    const line = await new RawLine({ rty: 1 }).up();
    const sent = line.send(big(300));
    await line.in(EOT);
    await line.in(ACK);
    expect(await line.pass(10)).toBe('ENQ');
    expect(await line.in(ENQ)).toBe('EOT');
    expect(await line.in(blockOf())).toBe('ACK ENQ');
    expect(line.messages).toHaveLength(1);
    expect(await line.pass(10)).toBe('ENQ');
    expect(await line.in(EOT)).toBe('[S7F3 2E 56]');
    await line.in(ACK);
    expect(await sent).toBe('sent');
  });

  it('B-24: costs a slave a try where it receives nothing', async () => {
    const line = await new RawLine({ rty: 1 }).up();
    const sent = line.send();
    await line.in(ENQ);
    expect(await line.pass(10)).toBe('NAK ENQ');
    await line.in(ENQ);
    await line.in(badBlock());
    expect(await line.pass(1)).toBe('NAK');
    expect(await sent).toMatchObject({ lastFailure: 'yieldFailed', tries: 2 });
  });

  it('B-3: makes master whom it is told, whoever is equipment', async () => {
    const line = await new RawLine({ entity: 'host', master: true }).up();
    void line.send();
    expect(await line.in(ENQ)).toBe('ENQ');
  });
});

describe('wrong set-ups', () => {
  const failing = async (
    options: ConstructorParameters<typeof RawLine>[0],
    answer: readonly number[],
  ): Promise<RawLine> => {
    const line = await new RawLine({ rty: 1, ...options }).up();
    const sent = line.send();
    for (let i = 0; i < 2; i++) {
      for (const byte of answer) await line.in(byte);
      await line.pass(answer.includes(EOT) ? 1 : 10);
    }
    await sent;
    return line;
  };

  it('B-26: names two masters', async () => {
    const line = await failing({ entity: 'equipment' }, [ENQ]);
    expect(line.notices).toEqual(['messageFailed twoMasters']);
  });

  it('B-26: names two slaves', async () => {
    const line = await failing({}, [ENQ, EOT]);
    expect(line.notices).toEqual(['messageFailed twoSlaves']);
  });

  it('B-26: names neither where one try looked otherwise', async () => {
    const line = await new RawLine({ entity: 'equipment', rty: 1 }).up();
    void line.send();
    await line.in(ENQ);
    await line.pass(20);
    expect(line.notices).toEqual(['messageFailed']);
  });

  it('B-26: names an echo, and is not taken in by an ACK within it', async () => {
    const line = await new RawLine({ entity: 'equipment', rty: 0 }).up();
    const sent = line.send(S(6, 6, B(6, 5, 21)));
    expect(await line.in(ENQ)).toBe('ENQ');
    expect(await line.in(EOT)).toBe('[S6F6 1E 5]');
    await line.in(
      blockOf({ rBit: true, stream: 6, function: 6, systemBytes: 100 }, Buffer.of(0x21, 3, 6, 5, 21)),
    );
    expect(line.notices).toEqual(['wrongSetup echo']);
    await line.in(ACK);
    expect(await sent).toBe('sent');
  });

  it.each([
    ['telnetPort', [0xff, 0xfb, 1]],
    ['telnetPort', [0xff, 0xfd]],
    ['hsmsPeer', [0, 0, 0, 10]],
  ])('B-26: names %s by what comes first', async (hint, bytes) => {
    const line = await new RawLine().up();
    for (const byte of bytes) await line.in(byte);
    expect(line.notices.filter((notice) => notice.includes('Setup'))).toEqual([`wrongSetup ${hint}`]);
  });

  it('B-71: names blocks without ENQ once, where they are not taken', async () => {
    const line = await new RawLine().up();
    await line.in(ENQ, blockOf({ blockNumber: 1, eBit: false }));
    await line.in(blockOf({ blockNumber: 2 }));
    expect(line.notices.filter((notice) => notice.includes('Setup'))).toEqual([
      'wrongSetup blocksWithoutEnq',
    ]);
  });

  it('B-71: takes and sends blocks without ENQ', async () => {
    const line = await new RawLine({ blocksWithoutEnq: { accept: true, send: true } }).up();
    expect(await line.in(ENQ, blockOf({ blockNumber: 1, eBit: false }, 'a'))).toBe('EOT ACK');
    expect(await line.in(blockOf({ blockNumber: 2 }, 'b'))).toBe('ACK');
    expect(line.messages[0]?.body.toString()).toBe('ab');
    const sent = line.send(big(300));
    expect(await line.in(EOT)).toBe('ENQ [S7F3 1 244]');
    expect(await line.in(ACK)).toBe('[S7F3 2E 56]');
    await line.in(ACK);
    expect(await sent).toBe('sent');
  });
});
