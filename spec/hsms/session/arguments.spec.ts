import { map } from 'rxjs';
import { HsmsArgumentError } from '../../../src/errors.js';
import { HsmsActiveConnection } from '../../../src/hsms/connection/active-connection.js';
import { HsmsPassiveConnection } from '../../../src/hsms/connection/passive-connection.js';
import { HsmsGeneralSession } from '../../../src/hsms/session/general-session.js';
import { HsmsSession } from '../../../src/hsms/session/session.js';
import { HsmsPacket } from '../../../src/hsms/wire/packet.js';
import { L, S, U4 } from '../../../src/secs2/index.js';
import type { SessionWarning } from '../../../src/session/events.js';
import { createTestNetwork } from '../../../src/testing/index.js';
import { until } from '../../support/until.js';

/** A host and a tool on a network in memory. */
class Pair {
  readonly errors: [error: unknown, where: string][] = [];
  readonly tool: HsmsPassiveConnection;
  readonly host: HsmsActiveConnection;
  readonly equipment: HsmsSession;
  readonly session: HsmsSession;

  constructor() {
    const options = {
      network: createTestNetwork().options.network,
      onError: (error: unknown, where: string) => void this.errors.push([error, where]),
    };
    this.tool = new HsmsPassiveConnection('', 5000, 0, null, options);
    this.host = new HsmsActiveConnection('127.0.0.1', 5000, 0, null, options);
    this.equipment = new HsmsSession(this.tool, { entity: 'equipment' });
    this.session = new HsmsSession(this.host, null);
  }

  async open(): Promise<void> {
    await Promise.all([this.tool.enable(), this.host.enable()]);
    await Promise.all([this.session.selected(), this.equipment.selected(null)]);
  }
}

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('arguments of a session', () => {
  let pair: Pair;
  beforeEach(async () => {
    pair = new Pair();
    await pair.open();
  });
  afterEach(() => Promise.all([pair.host.dispose(), pair.tool.dispose()]));

  it.each<[unknown, string]>([
    [{ t6: 5 }, 'session: t6 belongs to the connection'],
    [{ T3: 5 }, 'did you mean t3?'],
    [{ linktest: 5 }, 'did you mean linktestInterval?'],
    [{ strict: true }, "is written foreignSessionId: 'reject'"],
    [{ entity: 'tool' }, "entity must be 'host' or 'equipment', received the string \"tool\""],
    [{ autoS9: 'yes' }, 'autoS9 must be true, false or an object'],
    [{ autoS9: { devices: true } }, 'did you mean device?'],
    [{ autoS9: { device: 1 } }, 'autoS9.device must be true or false, received 1'],
    [{ supports: 'all' }, 'supports must be a function'],
    [{ autoSelect: 0 }, 'autoSelect must be true or false, received 0'],
    [{ t3: '45' }, 't3 must be a number of seconds above 0, received the string "45"'],
    [7, 'options must be an object of options, received 7'],
  ])('%j are refused as options', (options, text) => {
    for (const Session of [HsmsSession, HsmsGeneralSession]) {
      const connection = new HsmsPassiveConnection('', 0, 0);
      expect(() => new Session(connection, options as never)).toThrow(HsmsArgumentError);
      expect(() => new Session(connection, options as never)).toThrow(text);
    }
  });

  it('a session is given a connection', () => {
    for (const wrong of [undefined, null, 'tool', {}, pair.session]) {
      expect(() => new HsmsSession(wrong as never)).toThrow(/connection must be an HsmsActiveConnection/);
    }
  });

  it.each<[string, unknown, string]>([
    ['a packet', HsmsPacket.linktestReq(1), 'received an HsmsPacket: connection.send(packet) sends those'],
    [
      'a text',
      'S1F1',
      'message must be a SecsMessage, as S(1, 13, L()) or parseMessage() makes, received the string',
    ],
    ['an item', U4(1), 'received an instance of DataItem'],
    ['nothing', undefined, 'received undefined'],
  ])('%s is no message', async (_name, wrong, text) => {
    await expect(pair.session.request(wrong as never)).rejects.toThrow(text);
    await expect(pair.session.send(wrong as never)).rejects.toThrow(text);
    expect(pair.errors).toEqual([]);
  });

  it('a message is no packet', async () => {
    const text = 'received a SecsMessage: session.send(message) and session.request(message) send those';
    await expect(pair.host.send(S(1, 1) as never)).rejects.toThrow(text);
    await expect(pair.host.send(null as never)).rejects.toThrow('packet must be an HsmsPacket');
  });

  it('options of a request are judged, null is none', async () => {
    await expect(pair.session.request(S(1, 1), { timeout: 5 } as never)).rejects.toThrow(
      'is no option of request()',
    );
    await expect(pair.session.request(S(1, 1), { signal: {} } as never)).rejects.toThrow(
      'signal must be an AbortSignal',
    );
    await expect(pair.session.send(S(1, 1), null as never)).resolves.toBeUndefined();
  });

  it('what is refused and not awaited is told, what is awaited is not', async () => {
    void pair.session.request(S(1, 4));
    await turns(3);
    expect(pair.errors).toMatchObject([
      [{ message: 'S1F4 is no primary message: only odd functions are requests' }, 'request()'],
    ]);
    await pair.session.request(S(1, 4)).catch(() => {});
    await expect(pair.session.request(S(1, 4))).rejects.toThrow();
    await turns(3);
    expect(pair.errors).toHaveLength(1);
  });

  it('a reply that fails is told', async () => {
    const warnings: SessionWarning[] = [];
    pair.equipment.primaries.subscribe((primary) => void primary.reply(S(9, 9)));
    const request = pair.session.request(S(1, 1), { t3: 0.1 });
    await expect(request).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT' });
    expect(pair.errors).toMatchObject([[{ code: 'HSMS_INVALID_ARGUMENT' }, 'the reply to S1F1']]);
    pair.equipment.warnings.subscribe((warning) => warnings.push(warning));
    await expect(pair.session.request(S(1, 3), { t3: 0.1 })).rejects.toThrow();
    expect(warnings).toMatchObject([
      { kind: 'replyFailed', error: { message: expect.stringContaining('S9F9 is no reply') as string } },
    ]);
    expect(pair.errors).toHaveLength(1);
  });

  it('an operator that throws ends its subscription, and the report says so', async () => {
    const seen: number[] = [];
    const numbers = pair.equipment.primaries.pipe(
      map(({ message }) => message.expect(['U4']).items[0].number),
    );
    numbers.subscribe((value) => seen.push(value));
    await pair.session.send(S(6, 11));
    await pair.session.send(S(6, 11, L(U4(1))));
    await until('the report', () => pair.errors.length > 0);
    expect(pair.errors).toMatchObject([[{}, "an operator behind 'primary', which ends this subscription,"]]);
    expect(seen).toEqual([]);
  });

  it('a T3 error says that the reply came with another session ID', async () => {
    pair.tool.message.subscribe(({ header }) => {
      if (!header.isData) return;
      const { systemBytes } = header;
      void pair.tool.send(HsmsPacket.data({ sessionId: 9, stream: 1, function: 2, systemBytes }));
    });
    await expect(pair.session.request(S(1, 1), { t3: 0.1 })).rejects.toMatchObject({
      code: 'HSMS_T3_TIMEOUT',
      hint: { kind: 'otherSessionId', sessionId: 0, received: 9 },
      message: expect.stringContaining('came with session ID 9, ours is 0: compare the device ID') as string,
    });
  });
});

describe('the end of a session', () => {
  it('rejects who waits for it to be selected', async () => {
    const pair = new Pair();
    const waiting = pair.session.selected();
    await pair.host.disable();
    await turns(2);
    await pair.session.close();
    await expect(waiting).rejects.toMatchObject({ code: 'HSMS_SESSION_ENDED' });
    const again = pair.session.selected();
    await pair.open();
    await expect(again).resolves.toBeUndefined();
    await Promise.all([pair.host.dispose(), pair.tool.dispose()]);
    await expect(pair.session.selected()).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
  });

  it('completes every stream when disposed of', async () => {
    const pair = new Pair();
    await pair.open();
    let completed = 0;
    const complete = (): void => void completed++;
    pair.session.primaries.subscribe({ complete });
    pair.session.state.subscribe({ complete });
    pair.host.message.subscribe({ complete });
    await pair.session.close();
    expect(completed).toBe(0);
    await pair.session[Symbol.asyncDispose]();
    expect(completed).toBe(3);
    expect(pair.host.currentState).toBe('disabled');
    await pair.tool.dispose();
  });
});

describe('a failed attempt to connect', () => {
  it('is told once for each cause where nobody listens to notices', async () => {
    const errors: unknown[] = [];
    const { network } = createTestNetwork().options;
    const options = { network, t5: 0.01, onError: (error: unknown) => void errors.push(error) };
    const silent = new HsmsActiveConnection('127.0.0.1', 5000, 0, null, options);
    const heard = new HsmsActiveConnection('127.0.0.1', 5000, 0, null, options);
    let notices = 0;
    heard.notices.subscribe(() => notices++);
    await Promise.all([silent.enable(), heard.enable()]);
    await until('several attempts', () => notices > 3);
    expect(errors).toMatchObject([
      {
        code: 'HSMS_CONNECT_FAILED',
        message: expect.stringContaining('is another host connected') as string,
      },
    ]);
    await Promise.all([silent.dispose(), heard.dispose()]);
  });
});

describe('the notices of a delegate', () => {
  it.each(['onConnectionNotice', 'on_connection_notice'])(
    'are calls of %s, instead of reports',
    async (name) => {
      const errors: unknown[] = [];
      const { network } = createTestNetwork().options;
      const calls: unknown[][] = [];
      const delegate = { [name]: (...args: unknown[]) => void calls.push(args) };
      const options = { network, t5: 0.01, onError: (error: unknown) => void errors.push(error) };
      const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0, delegate, options);
      await connection.enable();
      await until('two attempts', () => calls.length > 1);
      expect(calls[0]).toMatchObject([connection, { kind: 'connectFailed', attempt: 1 }]);
      expect(errors).toEqual([]);
      await connection.dispose();
    },
  );

  it('leave the report in place where the delegate has no such method', async () => {
    const errors: unknown[] = [];
    const { network } = createTestNetwork().options;
    const options = { network, t5: 0.01, onError: (error: unknown) => void errors.push(error) };
    const delegate = { onConnectionClosed: () => {}, onConnectionNotice: null as never };
    const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0, delegate, options);
    await connection.enable();
    await until('the report', () => errors.length > 0);
    await connection.dispose();
  });

  it('are told of a method that throws, which disturbs nothing', async () => {
    const told: unknown[] = [];
    const { network } = createTestNetwork().options;
    const onDelegateError = (_error: unknown, where: string): void => void told.push(where);
    const delegate = {
      onConnectionNotice: (): never => {
        throw new Error('harm');
      },
    };
    const options = { network, t5: 0.01, onDelegateError };
    const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0, delegate, options);
    await connection.enable();
    await until('two reports', () => told.length > 1);
    expect(told[0]).toBe("the delegate's onConnectionNotice()");
    await connection.dispose();
  });
});

describe('a request that nobody awaits', () => {
  const misuse: readonly [string, (session: HsmsSession) => unknown, string][] = [
    ['of no session', (session) => session.request(S(1, 1)), 'HSMS_NOT_SELECTED'],
    ['with a secondary', (session) => session.request(S(1, 4)), 'HSMS_INVALID_ARGUMENT'],
    ['of no message', (session) => session.request('S1F1' as never), 'SECS2_INVALID_ARGUMENT'],
    [
      'with options that are none',
      (session) => session.request(S(1, 1), 5 as never),
      'HSMS_INVALID_ARGUMENT',
    ],
  ];
  it.each(misuse)('is reported: %s', async (_name, call) => {
    const pair = new Pair();
    void call(pair.session);
    await turns(3);
    expect(pair.errors).toMatchObject([[{ code: expect.any(String) as string }, 'request()']]);
  });

  it.each(misuse)('is not reported besides where it is awaited: %s', async (_name, call, code) => {
    const pair = new Pair();
    await expect(call(pair.session)).rejects.toMatchObject({ code });
    await turns(3);
    expect(pair.errors).toEqual([]);
  });
});

describe('a delegate', () => {
  const make = (delegate: unknown): HsmsPassiveConnection =>
    new HsmsPassiveConnection('', 0, 0, delegate as never);

  it('may be null, undefined or anything with the right methods', () => {
    for (const right of [
      null,
      undefined,
      {},
      { onConnectionClosed: () => {} },
      Object.freeze({ other: 1 }),
    ]) {
      expect(() => make(right)).not.toThrow();
    }
  });

  it.each<[string, unknown, string]>([
    ['a number', 5, 'delegate must be an object with methods'],
    ['a function', () => {}, 'delegate must be an object with methods'],
    [
      'a text for a method',
      { onConnectionClosed: 'x' },
      'delegate.onConnectionClosed must be a function, received the string',
    ],
    ['a name nearly right', { onConnectionClose: () => {} }, 'did you mean onConnectionClosed?'],
    [
      'a documented name nearly right',
      { on_connection_recieved_message: 1, on_connection_established_: 1 },
      'did you mean',
    ],
  ])('is refused: %s', (_name, wrong, text) => {
    expect(() => make(wrong)).toThrow(HsmsArgumentError);
    expect(() => make(wrong)).toThrow(text);
  });
});
