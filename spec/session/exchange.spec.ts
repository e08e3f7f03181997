import type { SendListener, Sending } from '../../src/connection/sending.js';
import { A, B, S, type SecsMessage } from '../../src/secs2/index.js';
import { Deadlines } from '../../src/session/transactions/deadlines.js';
import type { SessionMessage, SessionWarning } from '../../src/session/events.js';
import { Exchange, type ExchangeOwner } from '../../src/session/exchange.js';
import { nameOf, type DataHeader } from '../../src/session/header.js';
import type { MessagePort } from '../../src/session/port.js';
import type { SecsPrimary } from '../../src/session/primary.js';
import type { SecsSessionOptions } from '../../src/session/settings.js';
import { Transactions, type Incoming } from '../../src/session/transactions/transactions.js';
import { FakeClock, turns } from '../support/fake-clock.js';

/** A header of a transport that is not HSMS: its bytes 4 and 5 count blocks, which MHEAD is not compared by. */
class LineHeader implements DataHeader {
  constructor(
    readonly sessionId: number,
    readonly stream: number,
    readonly fn: number,
    readonly wBit: boolean,
    readonly systemBytes: number,
  ) {}

  get function(): number {
    return this.fn;
  }

  toBytes(): Buffer {
    const bytes = Buffer.alloc(10);
    bytes.writeUInt16BE(this.sessionId, 0);
    bytes[2] = this.stream | (this.wBit ? 0x80 : 0);
    bytes[3] = this.fn;
    bytes.writeUInt16BE(0x8001, 4);
    bytes.writeUInt32BE(this.systemBytes, 6);
    return bytes;
  }
}

interface LinePacket extends Incoming<LineHeader> {
  readonly listener?: SendListener | undefined;
}

const packet = (message: SecsMessage, wBit: boolean, systemBytes: number, sessionId = 7): LinePacket => ({
  header: new LineHeader(sessionId, message.stream, message.function, wBit, systemBytes),
  message,
});

/** A port without a wire: what is sent is kept, and counts as handed over at once. */
class Port implements MessagePort<LinePacket> {
  readonly protocol = 'secs1';
  readonly clock = new FakeClock();
  readonly out: LinePacket[] = [];
  life: object | undefined = {};
  refused = 0;
  #next = 1;

  isUsable(): boolean {
    return this.life !== undefined;
  }
  nextSystemBytes(): number {
    return this.#next++;
  }
  packet(message: SecsMessage, sessionId: number, wBit: boolean, systemBytes: number): LinePacket {
    return packet(message, wBit, systemBytes, sessionId);
  }
  send(sent: LinePacket, listener?: SendListener): Sending {
    this.out.push(sent);
    listener?.sent(this.clock.now());
    return { promise: Promise.resolve() };
  }
  reply(primary: DataHeader, message: SecsMessage, listener: SendListener): Sending {
    return this.send(packet(message, false, primary.systemBytes, primary.sessionId), listener);
  }
  answer(sent: LinePacket): void {
    this.send(sent);
  }
  refuse(): void {
    this.refused++;
  }
  onT3(): void {}
  get names(): string[] {
    return this.out.map(({ header }) => nameOf(header));
  }
}

class Bed {
  readonly port = new Port();
  readonly primaries: SecsPrimary<LineHeader>[] = [];
  readonly messages: SessionMessage<LineHeader>[] = [];
  readonly warnings: number[] = [];
  readonly exchange: Exchange<LinePacket>;

  constructor(options: SecsSessionOptions = {}) {
    const owner: ExchangeOwner<LineHeader> = {
      session: this,
      sessionId: 7,
      notUsable: () => new Error('not usable'),
      publisher: {
        hasListeners: () => true,
        publish: (name: string, value: unknown) => {
          if (name === 'message') this.messages.push(value as SessionMessage<LineHeader>);
          if (name === 'primary') this.primaries.push(value as SecsPrimary<LineHeader>);
          if (name === 'warning') this.warnings.push((value as SessionWarning<LineHeader>).header.sessionId);
        },
      },
    };
    const transactions = new Transactions(new Deadlines(this.port.clock, 't3'), {
      protocol: 'secs1',
      // Bytes 4 and 5 are the block number.
      isHeader: (mhead, header) => {
        const ours = header.toBytes();
        return mhead.every((byte, i) => i === 4 || i === 5 || byte === ours[i]);
      },
    });
    this.exchange = new Exchange(owner, this.port, transactions, options, 45);
    this.exchange.usable = true;
  }
}

describe('Exchange on a transport that is not HSMS', () => {
  it('carries a request and its reply', async () => {
    const bed = new Bed();
    const reply = bed.exchange.request(S(1, 1), {});
    expect(bed.port.out[0]?.header).toMatchObject({ stream: 1, wBit: true, sessionId: 7, systemBytes: 1 });
    bed.exchange.receive(packet(S(1, 2, A('up')), false, 1));
    expect((await reply).toString()).toContain('up');
    expect(bed.messages).toMatchObject([{ answered: true, late: false }]);
  });

  it('gives its errors the codes of its transport and the outcomes of all', async () => {
    const bed = new Bed({ entity: 'equipment' });
    const asked = [1, 3, 5].map((fn) => bed.exchange.request(S(1, fn), {}));
    const failures = asked.map((one) => one.catch((error: unknown) => error));
    bed.exchange.receive(packet(S(1, 0), false, 1));
    const mhead = Buffer.from(bed.port.out[1]?.header.toBytes() ?? []);
    mhead.writeUInt16BE(0x0005, 4);
    const report = S(9, 5, B(mhead));
    bed.exchange.receive(packet(report, false, 99));
    await bed.port.clock.pass(45);
    await turns();
    expect(await Promise.all(failures)).toMatchObject([
      { code: 'SECS1_TRANSACTION_ABORTED', outcome: 'aborted' },
      { code: 'SECS1_STREAM_9', outcome: 'stream9', errorFunction: 5 },
      { code: 'SECS1_T3_TIMEOUT', outcome: 't3', seconds: 45 },
    ]);
    expect(bed.port.names.at(-1)).toBe('S9F9');
  });

  it('takes one reply of a primary, while the link is the one that it came on', async () => {
    const bed = new Bed();
    bed.exchange.receive(packet(S(1, 1), true, 5));
    bed.exchange.receive(packet(S(1, 1), true, 6));
    const [first, second] = bed.primaries;
    await first?.reply(A('yes'));
    expect(bed.port.out[0]?.header).toMatchObject({ function: 2, systemBytes: 5, wBit: false });
    await expect(first?.reply()).rejects.toMatchObject({ code: 'SECS1_ALREADY_REPLIED' });
    bed.port.life = {};
    await expect(second?.reply()).rejects.toMatchObject({ code: 'SECS1_SESSION_ENDED' });
  });

  it.each<[string, SecsSessionOptions, { names: string[]; warnings: number[]; refused: number }]>([
    ['warns of it', {}, { names: [], warnings: [8], refused: 0 }],
    ['refuses it', { foreignSessionId: 'reject' }, { names: [], warnings: [], refused: 1 }],
    ['answers S9F1 as an equipment', { entity: 'equipment' }, { names: ['S9F1'], warnings: [], refused: 0 }],
  ])('%s where data has another ID (P-46)', (_what, options, expected) => {
    const bed = new Bed(options);
    bed.exchange.receive(packet(S(1, 1), true, 5, 8));
    const { warnings, port } = bed;
    expect({ names: port.names, warnings, refused: port.refused }).toEqual(expected);
    expect(bed.primaries).toHaveLength(expected.warnings.length);
  });

  it('fails requests that cannot be made, and never throws', async () => {
    const bed = new Bed();
    await expect(bed.exchange.request(S(1, 2), {})).rejects.toThrow('only odd functions are requests');
    await expect(bed.exchange.request(S(1, 1), { t3: 0 })).rejects.toThrow(
      't3 must be a number of seconds above 0, received',
    );
    bed.exchange.usable = false;
    await expect(bed.exchange.request(S(1, 1), {})).rejects.toThrow('not usable');
    await expect(bed.exchange.send(S(1, 1), undefined)).rejects.toThrow('not usable');
    await expect(bed.exchange.reportError(9, packet(S(1, 1), true, 1).header)).rejects.toThrow('not usable');
    expect(bed.port.out).toEqual([]);
  });
});
