import { inspect } from 'node:util';
import {
  memoryLine,
  Secs1Connection,
  Secs1Header,
  Secs1Packet,
  type Secs1CloseReason,
  type Secs1Hint,
} from '../../../src/secs1/index.js';
import { A, S, type SecsMessage } from '../../../src/secs2/index.js';
import { FakeClock } from '../../support/fake-clock.js';
import { SessionPair } from '../support.js';
import { RawLine } from '../line/raw-line.js';

const made = (options?: object): Secs1Connection =>
  new Secs1Connection(memoryLine()[0], 1, null, {
    clock: new FakeClock(),
    ...options,
  });

const packet = (message: SecsMessage = S(1, 1)): Secs1Packet =>
  Secs1Packet.of({ rBit: false, sessionId: 1, systemBytes: 42 }, message);

describe('the options of a Secs1Connection', () => {
  it('B-3: an equipment is master unless told otherwise', () => {
    const masters = [{}, { entity: 'equipment' }, { entity: 'equipment', master: false }, { master: true }];
    expect(masters.map((options) => made(options).master)).toEqual([false, true, false, true]);
  });

  it.each<[name: string, value: unknown]>([
    ['t1', 0],
    ['t2', '10'],
    ['t4', NaN],
    ['rty', 1001],
    ['rty', 1.5],
    ['t5', -1],
    ['connectTimeout', Infinity],
    ['closeTimeout', null],
    ['sendTimeout', 0],
    ['gap', 'long'],
    ['gap', -1],
    ['maxMessageBytes', 7_995_149],
    ['maxOpenMessages', 0],
    ['maxQueuedBytes', -1],
    ['dropDuplicates', 1],
    ['interleave', 'yes'],
    ['singleBlockNumber', 2],
    ['onRetryLimit', 'close'],
    ['wrongDirection', 'drop'],
    ['secondConnection', 'keep'],
    ['blocksWithoutEnq', { accept: 1 }],
    ['entity', 'tool'],
    ['master', 'yes'],
    ['onError', 'print'],
    ['onDelegateError', 1],
    ['clock', {}],
    ['network', {}],
    ['decoding', { maxDepth: -1 }],
    ['decoding', { codePage: 'no such page' }],
  ])('B-30: refuse %s: %p', (name, value) => {
    const text = expect.stringMatching(new RegExp(`${name}|codePage|code page`, 'i')) as string;
    expect(() => made({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'HSMS_INVALID_ARGUMENT', message: text }) as Error,
    );
  });

  it.each([
    ['t3', 'belongs to the session'],
    ['baudRate', 'belongs to the line'],
  ])('B-2: say where %s belongs', (name, text) => {
    expect(() => made({ [name]: 1 })).toThrow(text);
  });

  it.each<[name: string, make: () => unknown]>([
    ['line', () => new Secs1Connection({} as never, 1)],
    ['sessionId', () => new Secs1Connection(memoryLine()[0], 32_768)],
    ['latency', () => memoryLine({ latency: -1 })],
    ['carry', () => memoryLine({ carry: 1 as never })],
  ])('B-2: refuse a wrong %s', (name, make) => {
    expect(make).toThrow(new RegExp(`^${name} must be `));
  });

  it('B-30: configure() changes what may change, and all of it or nothing', () => {
    const connection = made();
    connection.configure({ t1: 1, gap: 0, blocksWithoutEnq: { accept: true, send: false } });
    expect(connection.settings).toMatchObject({ t1: 1, gap: 0, rty: 3, blocksWithoutEnq: { accept: true } });
    expect(() => connection.configure({ t1: 2, rty: -1 })).toThrow(/^rty must be /);
    expect(() => connection.configure({ entity: 'host' } as object)).toThrow(/entity.*is fixed once/);
    expect(connection.settings.t1).toBe(1);
  });

  it('B-31: warns once a process of a value outside the range of E4, and uses it', () => {
    const warning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    expect(made({ t1: 20, t2: 0.1, rty: 40 }).settings).toMatchObject({ t1: 20, t2: 0.1, rty: 40 });
    expect(warning.mock.calls).toEqual([
      [
        expect.stringContaining('t1 is 20, outside the 0.1 to 10 of SEMI E4') as string,
        { type: 'Secs1Warning', code: 'SECS1_SETTING_RANGE' },
      ],
    ]);
    warning.mockRestore();
  });
});

describe('Secs1Connection', () => {
  it('B-2: refuses what is no packet, and a signal that is none', async () => {
    const connection = made();
    await expect(connection.send({} as never)).rejects.toThrow(/^packet must be a Secs1Packet/);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    await expect(connection.send(proxy as never)).rejects.toThrow(/^packet must be a Secs1Packet/);
    await expect(connection.send(packet(), { signal: 1 as never })).rejects.toThrow(/^signal must be /);
  });

  it('B-2: tells its delegate, and shows the bytes of both ways', async () => {
    const told: string[] = [];
    const [first, second] = memoryLine({ latency: 0.001 });
    const clock = new FakeClock();
    const host = new Secs1Connection(
      first,
      1,
      {
        onConnectionEstablished: () => told.push('established'),
        onConnectionClosed: () => told.push('closed'),
      },
      { clock },
    );
    const equipment = new Secs1Connection(second, 1, null, { clock, entity: 'equipment' });
    const bytes: string[] = [];
    host.bytes.subscribe((line) => bytes.push(`${line.direction} ${line.bytes.length}`));
    const got: string[] = [];
    equipment.message.subscribe((one) => got.push(one.toString()));
    await Promise.all([host.enable(), equipment.enable()]);
    await clock.settle();
    await clock.settled(host.send(packet(S(1, 1, A('x')))));
    expect(bytes).toEqual(['out 1', 'in 1', 'out 16', 'in 1']);
    expect(got).toEqual([
      'S1F1, device 1, to equipment, block 1 E, system bytes 0x0000002a, body of 3 bytes',
    ]);
    expect(host.queued.packets).toBe(0);
    expect([host.boundAddress, host.localAddress, host.remoteAddress]).toEqual(Array(3).fill(undefined));
    await Promise.all([host.dispose(), equipment[Symbol.asyncDispose]()]);
    expect(told).toEqual(['established', 'closed']);
    await expect(host.enable()).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
  });

  it('B-60: refuses what is sent while the line closes', async () => {
    const line = await new RawLine().up();
    let late: Promise<unknown> | undefined;
    line.connection.beforeClosed.subscribe(() => {
      late = line.send();
    });
    await line.connection.disable();
    expect(await late).toMatchObject({ code: 'SECS1_CONNECTION_CLOSED' });
    expect(line.connection.currentState).toBe('disabled');
  });

  it('B-2: a packet knows its message and how long it is', async () => {
    expect(packet(S(1, 1, A('x')))).toMatchObject({ length: 13, item: A('x') });
    expect(inspect(packet().header)).toBe(packet().header.toString());
    expect(() => packet({} as never)).toThrow(/^message must be /);
    expect(Secs1Header.parse(packet().header.toBytes()).equals(packet().header)).toBe(true);
    const pair = await new SessionPair().up();
    const got: Secs1Packet[] = [];
    pair.equipment.connection.message.subscribe((one) => got.push(one));
    await pair.clock.settled(pair.host.connection.send(packet(S(1, 1, A('y')))));
    expect(got[0]?.item?.toString()).toBe(A('y').toString());
    await pair.down();
  });

  it.each<[reason: Secs1CloseReason, text: string]>([
    [{ kind: 'local' }, 'closed by this side'],
    [{ kind: 'remoteClosed' }, 'closed by the peer'],
    [{ kind: 'takenOver' }, 'the silent connection was replaced by a new one from the same peer'],
    [{ kind: 'reset', error: new Error('E') }, 'reset: E'],
    [{ kind: 'networkError', error: new Error('E') }, 'network error: E'],
    [{ kind: 'retryLimit', tries: 4 }, 'a block failed in 4 tries'],
  ])('B-2: describes %o', (reason, text) => {
    expect(made().describeReason(reason)).toBe(text);
  });

  it.each<[hint: Secs1Hint, text: RegExp]>([
    [{ kind: 'twoMasters' }, /the equipment is master, the host is slave/],
    [{ kind: 'twoSlaves' }, /make way as slaves/],
    [{ kind: 'echo' }, /switch off the echo/],
    [{ kind: 'telnetPort' }, /raw TCP/],
    [{ kind: 'hsmsPeer' }, /HSMS instead of SECS-I/],
    [{ kind: 'blocksWithoutEnq' }, /set blocksWithoutEnq\.accept/],
    [{ kind: 'unknownDevice', sessionId: 5 }, /5/],
  ])('B-26: describes %o', (hint, text) => {
    expect(made().describeHint(hint)).toMatch(text);
  });
});
