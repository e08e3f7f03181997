import { Secs1Session, type Secs1SessionOptions } from '../../../src/secs1/index.js';
import { S } from '../../../src/secs2/index.js';
import type { Secs1HeaderFields } from '../../../src/secs1/block/header.js';
import { ACK, blockOf, ENQ, EOT, RawLine } from '../line/raw-line.js';

/** A session whose peer is played block by block. */
class Bed {
  readonly line: RawLine;
  readonly session: Secs1Session;
  /** What followed the last block that came. */
  answer = '';
  readonly #sent: number[] = [];

  constructor(entity: 'host' | 'equipment', options: Secs1SessionOptions = {}, maxMessageBytes = 1000) {
    this.line = new RawLine({ entity, t4: 20, maxMessageBytes });
    this.session = new Secs1Session(this.line.connection, options);
    this.line.connection.sent.subscribe(({ header }) => this.#sent.push(header.systemBytes));
  }

  /** The request of the session goes out; returns its system bytes and what becomes of it. */
  async asks(): Promise<{ systemBytes: number; outcome: Promise<unknown> }> {
    await this.line.up();
    const outcome = this.session.request(S(1, 1)).catch((error: unknown) => error);
    await this.line.clock.settle();
    await this.takes();
    return { systemBytes: this.#sent.at(-1) ?? 0, outcome };
  }

  /** A block of the peer comes; it is acknowledged. */
  async comes(fields: Partial<Secs1HeaderFields>, body: string | Buffer = ''): Promise<void> {
    await this.line.in(ENQ);
    const block = blockOf({ rBit: this.session.entity === 'host', ...fields }, body);
    this.answer = await this.line.in(block);
    expect(this.answer).toMatch(/^ACK/);
  }

  /** Takes the block that the session has asked the line for. */
  async takes(): Promise<string> {
    const block = await this.line.in(EOT);
    await this.line.in(ACK);
    return block;
  }
}

const FIRST = { eBit: false, blockNumber: 1 };

describe('a message that breaks off', () => {
  it.each(['host', 'equipment'] as const)(
    'B-30, B-42: fails the request of the %s after T4',
    async (entity) => {
      const bed = new Bed(entity, { t3: 5 });
      const { systemBytes, outcome } = await bed.asks();
      await bed.comes({ ...FIRST, systemBytes }, 'x');
      // T3 has ended with the first block.
      await bed.line.pass(19);
      expect(bed.session.openRequests).toBe(1);
      await bed.line.pass(2);
      expect(await outcome).toMatchObject({
        ...{ code: 'SECS1_T4_TIMEOUT', outcome: 't3' },
        message: 'the reply to S1F1 began to come and paused for longer than T4, 20 s',
      });
      expect(bed.line.notices).toEqual(['messageDropped t4']);
      // An equipment reports that as it reports T3.
      expect(await bed.takes()).toBe(entity === 'equipment' ? '[S9F9 1E 12]' : '');
    },
  );

  it('B-42: fails the request where the blocks of the reply do not follow each other; S9F7 of an equipment', async () => {
    const bed = new Bed('equipment');
    const { systemBytes, outcome } = await bed.asks();
    await bed.comes({ ...FIRST, systemBytes }, 'x');
    await bed.comes({ systemBytes, blockNumber: 3 }, 'z');
    expect(await outcome).toMatchObject({
      code: 'SECS1_T4_TIMEOUT',
      message: 'the reply to S1F1 began to come and then its blocks did not follow each other',
    });
    expect(await bed.takes()).toBe('[S9F7 1E 12]');
    expect(await bed.takes()).toBe('[S9F9 1E 12]');
  });

  it('B-42, B-44: answers a primary that breaks off by S9F7, and one without first block by nothing', async () => {
    const bed = new Bed('equipment');
    await bed.line.up();
    const primary = { stream: 2, function: 15, wBit: true, systemBytes: 9 };
    await bed.comes({ ...primary, blockNumber: 2 });
    expect(bed.answer).toBe('ACK');
    await bed.comes({ ...primary, ...FIRST });
    await bed.comes({ ...primary, blockNumber: 4 });
    expect(await bed.takes()).toBe('[S9F7 1E 12]');
  });

  it('B-44: answers a message above maxMessageBytes by S9F11, with its ten header bytes', async () => {
    const bed = new Bed('equipment', {}, 100);
    const written: Buffer[] = [];
    bed.line.connection.bytes.subscribe(({ bytes }) => written.push(bytes));
    await bed.line.up();
    await bed.comes({ stream: 7, function: 3, wBit: true }, Buffer.alloc(101));
    expect(await bed.takes()).toBe('[S9F11 1E 12]');
    // S7F3 W, device 1, to equipment, block 1 E, system bytes 7, as a binary item.
    expect(Buffer.concat(written).toString('hex')).toContain('210a0001' + '8703' + '8001' + '00000007');
  });

  it.each([
    ['a host', 'host', {}],
    ['an equipment that is not to', 'equipment', { autoS9: false }],
  ] as const)('B-44: %s sends no stream 9', async (_, entity, options) => {
    const bed = new Bed(entity, options, 100);
    await bed.line.up();
    await bed.comes({ stream: 7, function: 3, wBit: true }, Buffer.alloc(101));
    expect(bed.answer).toBe('ACK');
    expect(bed.line.notices).toEqual(['messageDropped tooLong']);
  });

  it('B-44: a stream 9 of the peer fails the request that its MHEAD names, whatever R and block number it has', async () => {
    const bed = new Bed('host');
    const { systemBytes, outcome } = await bed.asks();
    const mhead = Buffer.from([0x80, 1, 0x81, 1, 0, 0, 0, 0, 0, 0]);
    mhead.writeUInt32BE(systemBytes, 6);
    await bed.comes(
      { stream: 9, function: 5, systemBytes: 4711 },
      Buffer.concat([Buffer.of(0x21, 10), mhead]),
    );
    expect(await outcome).toMatchObject({ code: 'SECS1_STREAM_9' });
  });
});
