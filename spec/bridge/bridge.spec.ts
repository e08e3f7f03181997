import { HsmsActiveConnection, HsmsPacket, HsmsPassiveConnection, HsmsSession } from '../../src/index.js';
import { describeBridgeNotice, SecsBridge, type SecsBridgeOptions } from '../../src/bridge/index.js';
import { mheadOf } from '../../src/session/stream9.js';
import {
  memoryLine,
  Secs1Connection,
  Secs1Packet,
  Secs1Session,
  type LineSource,
  type Secs1ConnectionOptions,
} from '../../src/secs1/index.js';
import { A, B, L, S, U4, type SecsMessage } from '../../src/secs2/index.js';
import type { SecsSession, SessionMessage } from '../../src/index.js';
import { createTestNetwork } from '../../src/testing/index.js';
import { FakeClock } from '../support/fake-clock.js';

interface BedOptions {
  /** Which side the tool is on. */
  readonly tool?: 'line' | 'hsms';
  readonly bridge?: SecsBridgeOptions;
  readonly line?: Secs1ConnectionOptions;
  readonly source?: LineSource;
}

/** A tool and a host, one on a line and one on HSMS, and a bridge between them. Device 7 is session 900. */
class Bed {
  readonly clock = new FakeClock();
  readonly network = createTestNetwork({ clock: this.clock });
  readonly bridge: SecsBridge;
  /** The peer on the line, and the one on HSMS. */
  readonly line: Secs1Session;
  readonly hsms: HsmsSession;
  readonly tool: SecsSession;
  readonly host: SecsSession;
  readonly notices: string[] = [];
  readonly toTool: SessionMessage[] = [];
  readonly toHost: SessionMessage[] = [];

  constructor({ tool = 'line', bridge, line = {}, source }: BedOptions = {}) {
    const [near, far] = memoryLine();
    const shared = { clock: this.clock, onError: () => {}, t2: 2, rty: 1, t5: 10 };
    const isTool = tool === 'line';
    const onLine = new Secs1Connection(source ?? near, 7, null, {
      ...{ ...shared, entity: isTool ? 'host' : 'equipment' },
      ...line,
    });
    const peer = new Secs1Connection(far, 7, null, { ...shared, entity: isTool ? 'equipment' : 'host' });
    const { options } = this.network;
    const quiet = { ...options, onError: () => {}, t5: 10 };
    const onHsms = isTool
      ? new HsmsPassiveConnection('', 5000, 900, undefined, quiet)
      : new HsmsActiveConnection('127.0.0.1', 5000, 900, undefined, quiet);
    const hsmsPeer = isTool
      ? new HsmsActiveConnection('127.0.0.1', 5000, 900, undefined, quiet)
      : new HsmsPassiveConnection('', 5000, 900, undefined, quiet);
    this.bridge = new SecsBridge(onLine, onHsms, bridge);
    this.line = new Secs1Session(peer, { inquire: 'never', grant: false });
    this.hsms = new HsmsSession(hsmsPeer, { entity: isTool ? 'host' : 'equipment' });
    [this.tool, this.host] = isTool ? [this.line, this.hsms] : [this.hsms, this.line];
    this.tool.messages.subscribe((event) => this.toTool.push(event));
    this.host.messages.subscribe((event) => this.toHost.push(event));
    this.bridge.notices.subscribe((notice) => this.notices.push(describeBridgeNotice(notice)));
  }

  /** Everything is up. */
  async up(): Promise<this> {
    await this.line.connection.enable();
    await this.bridge.enable();
    await this.hsms.connection.enable();
    await this.clock.until(() => this.isUp);
    return this;
  }

  get isUp(): boolean {
    const sessions: SecsSession[] = [this.line, this.hsms, this.bridge.line, this.bridge.hsms];
    return sessions.every(({ currentAvailability }) => currentAvailability === 'usable');
  }

  async down(): Promise<void> {
    const ends = [this.bridge, this.line.connection, this.hsms.connection];
    await this.clock.settled(Promise.all(ends.map((end) => end.dispose())));
    expect(this.clock.timers).toEqual([]);
  }

  answer(side: SecsSession, body: SecsMessage): void {
    side.primaries.subscribe((primary) => void primary.reply(body));
  }
}

const outcome = (error: unknown): unknown => (error as { code?: string }).code;

describe.each(['line', 'hsms'] as const)('SecsBridge with the tool on %s', (tool) => {
  it('B-83: passes messages both ways with ID, W, system bytes and body as they are', async () => {
    const bed = await new Bed({ tool }).up();
    bed.answer(bed.tool, S(1, 2, L(A('ETCHER'), A('1.0'))));
    bed.answer(bed.host, S(6, 12, B(0)));
    const reply = await bed.clock.settled(bed.host.request(S(1, 1)));
    expect(reply.toString()).toContain('ETCHER');
    const event = S(6, 11, L(U4(1), U4(9), L()));
    await bed.clock.settled(bed.tool.request(event));
    await bed.clock.settled(bed.tool.send(S(5, 1, L(B(1), U4(2), A('x')))));
    await bed.clock.settle();
    const [asked] = bed.toTool;
    const [answer, primary, alarm] = bed.toHost;
    expect(asked?.header).toMatchObject({ wBit: true, stream: 1, function: 1 });
    expect([asked?.header.sessionId, answer?.header.sessionId].sort()).toEqual([7, 900]);
    expect(answer?.header.systemBytes).toBe(asked?.header.systemBytes);
    expect(answer).toMatchObject({ answered: true });
    expect(primary?.header).toMatchObject({ stream: 6, function: 11, wBit: true });
    expect(primary?.message.body).toEqual(event.body);
    expect(alarm?.header).toMatchObject({ stream: 5, function: 1, wBit: false });
    const toHost = { fromLine: 3, fromHsms: 2 };
    const toTool = { fromLine: 2, fromHsms: 3 };
    expect(bed.bridge.counters).toEqual({
      ...(tool === 'line' ? toHost : toTool),
      ...{ undelivered: 0, unanswered: 0 },
    });
    expect(bed.notices).toEqual([]);
    await bed.down();
  });

  it('B-83: passes bodies that are no item, and messages of many blocks, byte for byte', async () => {
    const bed = await new Bed({ tool }).up();
    const { connection, sessionId } = bed.hsms;
    const fields = { sessionId, stream: 7, function: 3, systemBytes: 77 };
    for (const body of [
      Buffer.from('ff00', 'hex'),
      Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 256)),
    ]) {
      await bed.clock.settled(connection.send(HsmsPacket.data(fields, body)));
      const got = tool === 'line' ? bed.toTool : bed.toHost;
      await bed.clock.until(() => got.length > 0);
      expect(got.pop()?.message.body.equals(body)).toBe(true);
    }
    await bed.down();
  });

  it('B-44, B-83: names the message in stream 9 by the header that the other side knows', async () => {
    const bed = await new Bed({ tool }).up();
    bed.tool.primaries.subscribe(({ header }) => void bed.tool.reportError(5, header));
    const failed = bed.clock.settled(bed.host.request(S(99, 1))).catch(outcome);
    expect(await failed).toMatch(/^(HSMS|SECS1)_STREAM_9$/);
    const report = bed.toHost.find(({ header }) => header.stream === 9);
    const asked = bed.toTool[0]?.header;
    const mhead = report && mheadOf(report.message);
    expect(mhead?.readUInt32BE(6)).toBe(asked?.systemBytes);
    // On HSMS, four plain bytes; on a line, R-bit, E-bit and the number of the block.
    const onHsms = Buffer.concat([Buffer.from([3, 132, 0x80 | 99, 1, 0, 0])]);
    const onLine = Buffer.concat([Buffer.from([0, 7, 0x80 | 99, 1, 0x80, 1])]);
    expect(mhead?.subarray(0, 6)).toEqual(tool === 'line' ? onHsms : onLine);
    await bed.down();
  });

  it('B-83: passes replies that come after T3 of the sender, whose own T3 is', async () => {
    const bed = await new Bed({ tool }).up();
    const waiting: (() => void)[] = [];
    bed.tool.primaries.subscribe((primary) => waiting.push(() => void primary.reply(S(1, 2, L()))));
    const asked = bed.host.request(S(1, 1), { t3: 2 }).catch(outcome);
    expect(await bed.clock.settled(asked)).toMatch(/_T3_TIMEOUT$/);
    waiting[0]?.();
    await bed.clock.until(() => bed.toHost.some(({ late }) => late));
    expect([bed.notices, bed.bridge.counters.unanswered]).toEqual([[], 0]);
    await bed.down();
  });

  it('B-43, B-83: passes nothing with another ID, and says so', async () => {
    const bed = await new Bed({ tool }).up();
    // To an equipment: it answers S9F1. To a host: a notice tells.
    const packet = HsmsPacket.ofMessage(S(1, 1).w(), { sessionId: 5, systemBytes: 3 });
    await bed.clock.settled(bed.hsms.connection.send(packet));
    const rBit = tool === 'line';
    const block = Secs1Packet.of({ rBit, sessionId: 5, systemBytes: 3 }, S(1, 1).w());
    await bed.clock.settled(bed.line.connection.send(block));
    await bed.clock.settle();
    const where = tool === 'line' ? 'the line' : 'HSMS';
    const own = tool === 'line' ? 7 : 900;
    expect(bed.notices).toEqual([
      `S1F1 from ${where} did not go over: it is for device 5, and the bridge is for ${own}. Its sender could not be told`,
    ]);
    expect(bed.bridge.counters).toMatchObject({ fromLine: 0, fromHsms: 0 });
    await bed.down();
  });
});

describe('SecsBridge, one side down', () => {
  it('B-83: opens the line while HSMS is selected, and closes it with that: the tool sees it', async () => {
    const bed = new Bed();
    await bed.line.connection.enable();
    await bed.bridge.enable();
    await bed.clock.advanceAsync(5);
    expect(bed.line.currentAvailability).toBe('down');
    await bed.hsms.connection.enable();
    await bed.clock.until(() => bed.isUp);
    await bed.clock.settled(bed.hsms.connection.disable());
    await bed.clock.settle();
    expect([bed.line.currentAvailability, bed.bridge.line.connection.currentState]).toEqual([
      'down',
      'disabled',
    ]);
    await bed.hsms.connection.enable();
    await bed.clock.until(() => bed.isUp);
    await bed.down();
  });

  it('B-83: aborts at once what went over when the other side goes, and what comes when it stays away', async () => {
    const bed = await new Bed().up();
    const asked = bed.hsms.request(S(2, 41, L(A('START'), L()))).catch(outcome);
    await bed.clock.until(() => bed.toTool.length === 1);
    await bed.clock.settled(bed.line.connection.disable());
    expect(await bed.clock.settled(asked)).toBe('HSMS_TRANSACTION_ABORTED');
    expect(bed.notices).toEqual([
      'S2F41 from HSMS went over and will not be answered: the other side has gone (line). Its sender was told by function 0',
    ]);
    const before = bed.clock.now();
    expect(await bed.clock.settled(bed.hsms.request(S(1, 1)).catch(outcome))).toBe(
      'HSMS_TRANSACTION_ABORTED',
    );
    expect((bed.clock.now() - before) / 1000).toBe(10);
    expect(bed.notices[1]).toMatch(
      /^S1F1 from HSMS did not go over: the line is not open, and was not for 10 s/,
    );
    expect(bed.bridge.counters).toMatchObject({ undelivered: 1, unanswered: 1 });
    await bed.down();
  });

  it('B-83: holds what comes while the line opens, in order', async () => {
    const bed = new Bed();
    await bed.bridge.enable();
    await bed.hsms.connection.enable();
    await bed.clock.until(() => bed.hsms.currentAvailability === 'usable');
    bed.answer(bed.tool, S(1, 2, L()));
    const asked = [1, 3, 11].map((fn) => bed.hsms.request(S(1, fn, L())).catch(outcome));
    await bed.clock.advanceAsync(5);
    expect(bed.bridge.held).toBe(3);
    await bed.line.connection.enable();
    await bed.clock.until(() => bed.toTool.length === 3);
    expect(bed.toTool.map(({ message }) => message.function)).toEqual([1, 3, 11]);
    await bed.clock.settled(Promise.all(asked));
    expect([bed.bridge.held, bed.notices]).toEqual([0, []]);
    await bed.down();
  });

  it('B-83: tells each one whose message would be one too many', async () => {
    const bed = new Bed({ bridge: { maxHeld: 1 } });
    await bed.bridge.enable();
    await bed.hsms.connection.enable();
    await bed.clock.until(() => bed.hsms.currentAvailability === 'usable');
    const asked = [1, 3].map((fn) => bed.hsms.request(S(1, fn)).catch(outcome));
    expect(await bed.clock.settled(asked[1] as Promise<unknown>)).toBe('HSMS_TRANSACTION_ABORTED');
    expect(bed.notices).toEqual([
      'S1F3 from HSMS did not go over: the line is not open, and 1 wait already, as many as may. Its sender was told by function 0',
    ]);
    await bed.clock.settled(bed.bridge.disable());
    expect(bed.notices[1]).toMatch(
      /^S1F1 from HSMS did not go over: (its sender has gone|the bridge is disabled)/,
    );
    await bed.down();
  });

  it('B-83: withdraws what waits for the line when its sender goes: a tool never gets it late', async () => {
    const bed = await new Bed({ bridge: { line: 'always' } }).up();
    await bed.clock.settled(bed.line.connection.disable());
    bed.hsms.request(S(2, 41, L(A('START'), L()))).catch(() => {});
    await bed.clock.settle();
    expect(bed.bridge.held).toBe(1);
    await bed.clock.settled(bed.hsms.connection.disable());
    await bed.clock.settle();
    expect(bed.notices).toEqual([
      'S2F41 from HSMS did not go over: its sender has gone. Its sender could not be told',
    ]);
    await bed.line.connection.enable();
    await bed.clock.advanceAsync(30);
    expect(bed.toTool).toEqual([]);
    await bed.down();
  });

  it('B-22, B-83: tells the host by function 0 that a tool on the line does not answer', async () => {
    const [near, far] = memoryLine();
    const silent = far.connect({
      ...{ clock: new FakeClock(), network: undefined as never, isEnabled: () => true },
      ...{
        settings: () => undefined as never,
        currentLink: () => undefined,
        setState: () => {},
        notify: () => {},
      },
      adopt: (link) => link.read({ onBytes: () => {}, onEnded: () => {} }),
    });
    await silent.start();
    const bed = new Bed({ source: near });
    await bed.bridge.enable();
    await bed.hsms.connection.enable();
    await bed.clock.until(() => bed.bridge.line.currentAvailability === 'usable');
    await bed.clock.settled(bed.hsms.usable());
    const asked = [1, 3].map((fn) => bed.hsms.request(S(1, fn)).catch(outcome));
    expect(await bed.clock.settled(Promise.all(asked))).toEqual(Array(2).fill('HSMS_TRANSACTION_ABORTED'));
    expect(bed.notices[0]).toBe(
      'S1F1 from HSMS did not go over: S1F1 was not sent: no EOT came for ENQ, the last of 2 tries. Its sender was told by function 0',
    );
    // And one that waits behind others no longer than it may.
    bed.bridge.line.connection.configure({ t2: 25, rty: 3 });
    const late = [1, 3].map((fn) => bed.hsms.request(S(1, fn), { t3: 400 }).catch(outcome));
    await bed.clock.settled(Promise.all(late));
    expect(bed.notices.slice(2)).toEqual([
      expect.stringMatching(/^S1F3 from HSMS did not go over: it waited 45 s for its turn/) as string,
      expect.stringMatching(/^S1F1 from HSMS did not go over: .* the last of 4 tries/) as string,
    ]);
    await bed.down();
  });

  it('B-51, B-83: says at once that a port cannot be opened', async () => {
    const source: LineSource = {
      text: 'a port that fails',
      connect: (host) => ({
        boundAddress: undefined,
        start: () => {
          host.setState('waiting');
          const error = new Error('no such port');
          host.notify({ kind: 'connectFailed', error, attempt: 1, retrySeconds: 10 });
          return Promise.resolve();
        },
        stop: () => Promise.resolve(),
        afterLink: () => 'waiting',
      }),
    };
    const bed = new Bed({ source });
    await bed.bridge.enable();
    const gone = bed.hsms.usable().then(() => bed.hsms.request(S(1, 13, L())).catch(outcome));
    await bed.hsms.connection.enable();
    expect(await bed.clock.settled(gone)).toBe('HSMS_TRANSACTION_ABORTED');
    await bed.down();
  });

  it('B-51, B-83: tells of a line that cannot be opened at all', async () => {
    const source: LineSource = {
      text: 'nothing',
      connect: () => ({
        boundAddress: undefined,
        start: () => Promise.reject(new Error('not installed')),
        stop: () => Promise.resolve(),
        afterLink: () => 'waiting',
      }),
    };
    const bed = new Bed({ source });
    await bed.bridge.enable();
    await bed.hsms.connection.enable();
    await bed.clock.until(() => bed.notices.length > 0);
    expect(bed.notices).toEqual(['the line cannot be opened: not installed']);
    await bed.down();
    const always = new Bed({ source, bridge: { line: 'always' } });
    await expect(always.bridge.enable()).rejects.toThrow('not installed');
    await always.down();
  });

  it.each([
    ['ends the session of an equipment on HSMS, so that it spools', true],
    ['aborts instead where that is asked for', false],
  ])('B-83: %s', async (_, separateEquipment) => {
    const bed = await new Bed({ tool: 'hsms', bridge: { separateEquipment, holdTimeout: 2 } }).up();
    await bed.clock.settled(bed.line.connection.disable());
    const asked = bed.hsms.request(S(6, 11, L(U4(1), U4(2), L()))).catch(outcome);
    const told = separateEquipment ? 'HSMS_CONNECTION_CLOSED' : 'HSMS_TRANSACTION_ABORTED';
    expect([told, 'HSMS_SESSION_ENDED']).toContain(await bed.clock.settled(asked));
    expect(bed.notices).toEqual([
      `S6F11 from HSMS did not go over: the line is not open, and was not for 2 s. ${
        separateEquipment ? 'The session of its sender was ended' : 'Its sender was told by function 0'
      }`,
    ]);
    await bed.down();
  });

  it('B-12, B-83: tells by S9F11 that a message is too long for a line', async () => {
    const bed = await new Bed().up();
    const asked = bed.hsms.request(S(7, 3, L(A('r'), B(Buffer.alloc(8_000_000))))).catch(outcome);
    expect(await bed.clock.settled(asked)).toBe('HSMS_STREAM_9');
    expect(bed.notices[0]).toMatch(/^S7F3 from HSMS did not go over: .*\. Its sender was told by S9F11$/);
    await bed.down();
  });

  it('B-83: tells what has passed, and is disposed of more than once', async () => {
    const bed = await new Bed({ bridge: { line: 'always' } }).up();
    const passed: string[] = [];
    bed.bridge.passed.subscribe(({ from, message }) => passed.push(`${from} ${message.name}`));
    bed.answer(bed.host, S(6, 12, B(0)));
    await bed.clock.settled(bed.tool.request(S(6, 11, L(U4(1), U4(2), L()))));
    await bed.clock.settle();
    expect(passed).toEqual(['line S6F11', 'hsms S6F12']);
    await bed.down();
    await bed.bridge.dispose();
  });
});

describe('SecsBridge and its arguments', () => {
  const line = (): Secs1Connection => new Secs1Connection(memoryLine()[0], 1);
  const hsms = (): HsmsPassiveConnection => new HsmsPassiveConnection('', 5000, 1);

  it.each<[string, () => unknown, RegExp]>([
    ['a line that is none', () => new SecsBridge({} as never, hsms()), /line must be a Secs1Connection/],
    ['HSMS that is none', () => new SecsBridge(line(), {} as never), /connection must be/],
    [
      'when the line is open',
      () => new SecsBridge(line(), hsms(), { line: 'never' as never }),
      /line must be/,
    ],
    ['a time', () => new SecsBridge(line(), hsms(), { holdTimeout: 0 }), /holdTimeout must be/],
    ['a time', () => new SecsBridge(line(), hsms(), { queueTimeout: -1 }), /queueTimeout must be/],
    ['a number', () => new SecsBridge(line(), hsms(), { maxHeld: 0.5 }), /maxHeld must be/],
    [
      'a truth',
      () => new SecsBridge(line(), hsms(), { separateEquipment: 1 as never }),
      /separateEquipment must/,
    ],
    ['an unknown option', () => new SecsBridge(line(), hsms(), { t3: 1 } as never), /t3/],
    ['a setting', () => new SecsBridge(line(), hsms(), { hsms: { t3: -1 } }), /t3 must be/],
    [
      'a notice',
      () => describeBridgeNotice({ kind: 'x' } as never),
      /notice must be a notice of a SecsBridge/,
    ],
  ])('refuses %s', (_, make, text) => {
    expect(make).toThrow(text);
  });
});
