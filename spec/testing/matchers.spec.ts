import '../../src/testing/jest.js';
import { HsmsActiveConnection, HsmsPacket, HsmsSession } from '../../src/index.js';
import { A, B, F8, L, listOf, oneOf, S, sized, U4, type Item } from '../../src/secs2/index.js';
import {
  createTestNetwork,
  hsmsMatchers,
  recordTraffic,
  ScriptedPeer,
  type ItemPattern,
} from '../../src/testing/index.js';

const report = L(U4(7), A('ETCHER'), L(F8(21.5), B(1)));

/** The message of the failure that an expectation ends with, without colours. */
function failureOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message.replace(/\u001b\[\d+m/g, '');
  }
  throw new Error('it did not fail');
}

describe('toMatchItem', () => {
  it.each<[ItemPattern]>([
    [report],
    ['any'],
    ['<*>'],
    ['L'],
    ['<L *>'],
    ['<L <U4 7> <A *> <L <F8 21.5> <*>>>'],
    ['<L[3] <u4 *> <A "ETCHER"> <*>>'],
    [['U4', 'A', listOf('any')]],
    [[oneOf('A', 'U4'), sized('A', 1, 6), 'L']],
  ])('takes %p', (pattern) => {
    expect(report).toMatchItem(pattern);
    expect(() => expect(report).not.toMatchItem(pattern)).toThrow('and this one does:\n<L[3]');
  });

  it('does not take text for wildcards', () => {
    expect(A('<*>')).toMatchItem('<A "<*>">');
    expect(A('x')).not.toMatchItem('<A "<*>">');
    expect(A("it's <A *>")).toMatchItem('<A "it\'s <A *>">');
  });

  it.each<[ItemPattern, string]>([
    ['<L <U4 7> <A "COATER"> <*>>', 'the item at [1] is <A[6] "ETCHER">, expected is <A[6] "COATER">'],
    [['U4', 'U4', 'any'], 'the item at [1] is A, expected is U4'],
    ['<L[0]>', 'the item is L of 3, expected is L of 0'],
    [listOf('U4'), 'the item at [1] is A, expected is U4'],
    [oneOf('A', 'B'), 'the item is L, expected is A or B'],
    [sized('L', 4, 9), 'the item is L of 3, expected is L of 4 to 9'],
    ['<L <U4 7> <A "ETCHER"> <L *> <*>>', 'the item is L of 3, expected is L of 4'],
  ])('tells how it differs from %p', (pattern, message) => {
    expect(report).not.toMatchItem(pattern);
    expect(failureOf(() => expect(report).toMatchItem(pattern))).toContain(message);
  });

  it('shows what differs as lines of SML, and only that', () => {
    const failure = failureOf(() => expect(report).toMatchItem('<L <*> <A "COATER"> <L <F8 *> <U4 *>>>'));
    expect(failure.split('\n').filter((line) => /^[-+] {2,}/.test(line))).toEqual([
      '-   <A[6] "COATER">',
      '+   <A[6] "ETCHER">',
      '-     <U4 *>',
      '+     <B[1] 0x01>',
    ]);
  });

  it.each<[string, unknown, ItemPattern]>([
    ['pattern must be SML (<…>) or a format', report, 'text'],
    ['<X9 *>: there is no format X9', report, '<X9 *>'],
    ['toMatchItem is about items, and this is 5', 5, '<*>'],
    ['toMatchItem is about items, and this is an instance of SecsMessage', S(1, 1), '<*>'],
  ])('says: %s', (message, received, pattern) => {
    expect(() => expect(received).toMatchItem(pattern)).toThrow(message);
    expect(() => expect(received).not.toMatchItem(pattern)).toThrow(message);
  });
});

describe('toBeMessage', () => {
  const message = S(1, 13).w(L(A('MDLN')));
  const packet = HsmsPacket.ofMessage(message, { sessionId: 0, systemBytes: 1 });

  it.each([
    ['a message', message],
    ['a packet', packet],
    ['what has a message, as a primary', { message }],
    ['what has a packet', { packet }],
  ])('takes %s', (_what, received) => {
    expect(received).toBeMessage(1, 13);
    expect(received).toBeMessage(1, 13, '<L <A *>>');
    expect(received).toBeMessage('S1F13');
    expect(received).toBeMessage('s1f13 w', ['A']);
    expect(received).toBeMessage(message);
    expect(received).toBeMessage(S(1, 13));
    expect(received).not.toBeMessage(1, 14);
    expect(received).not.toBeMessage('Select.req');
    expect(received).not.toBeMessage(S(1, 13, L(A('OTHER'))));
    expect(() => expect(received).not.toBeMessage('S1F13')).toThrow(
      'expected no S1F13, and it is one:\nS1F13 W',
    );
  });

  it.each<[unknown, string, Item | undefined, string]>([
    [S(1, 2), 'S1F4', undefined, 'expected S1F4: it is S1F2'],
    [S(1, 1), 'S1F1 W', undefined, 'expected S1F1 W: its W-bit is not set'],
    [S(1, 2), 'S1F2', L(), 'expected S1F2: it has no item'],
    [S(1, 2, A('x')), 'S1F2', L(), 'expected S1F2: the item is A, expected is L of 0'],
    [HsmsPacket.selectRsp(packet.header, 3), 'S1F2', undefined, 'expected S1F2: it is Select.rsp 3'],
    [
      HsmsPacket.data({ sessionId: 0, stream: 1, function: 2, systemBytes: 1 }, Buffer.from([1])),
      'S1F2',
      L(),
      'expected S1F2: its body: ',
    ],
  ])('says how %s differs from %s', (received, name, item, message_) => {
    expect(failureOf(() => expect(received).toBeMessage(name, item))).toContain(message_);
  });

  it.each([undefined, null, 'S1F13', {}])('is not about %p', (received) => {
    expect(() => expect(received).toBeMessage(1, 13)).toThrow('toBeMessage is about messages');
  });

  it('shows differences where the runner makes none', () => {
    const result = hsmsMatchers.toBeMessage.call({}, S(1, 2, A('x')), 'S1F2', '<A "y">');
    expect([result.pass, result.message()]).toEqual([
      false,
      'expected S1F2: the item is <A[1] "x">, expected is <A[1] "y">\n\nexpected: S1F2\n<A[1] "y">.\nreceived: S1F2\n<A[1] "x">.',
    ]);
  });
});

describe('matchers of sessions, connections and traffic', () => {
  const bed = async () => {
    const network = createTestNetwork();
    const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, network.options);
    const session = new HsmsSession(connection);
    const peer = await ScriptedPeer.listen(5000, { ...network.options, select: 'script' });
    return { network, connection, session, peer, traffic: recordTraffic(connection) };
  };

  it('tell where a session and its connection stand', async () => {
    const { network, connection, session, peer } = await bed();
    expect(session).not.toBeSelected();
    expect(session).not.toBeConnected();
    await connection.enable();
    await network.clock.settle();
    expect(session).toBeConnected();
    expect(connection).toBeConnected();
    expect(() => expect(session).toBeSelected()).toThrow(
      'expected the session to be selected, and it is notSelected; its connection is connected\ntimers pending: t6 in 5 s, t7 in 10 s',
    );
    const { header } = await peer.expect('Select.req');
    await peer.send(HsmsPacket.selectRsp(header, 0));
    await expect(session).toBecomeSelected();
    expect(session).toBeSelected();
    expect(() => expect(session).not.toBeSelected()).toThrow('not to be selected, and it is');
    expect(() => expect(connection).not.toBeConnected()).toThrow('not to be up, and it is');
    await expect(expect(session).not.toBecomeSelected(1)).rejects.toThrow(
      'not to become selected within 1 s',
    );
    await network.clock.settled(connection.disable());
    expect(() => expect(connection).toBeConnected()).toThrow('to be up, and it is disabled');
    await expect(expect(session).toBecomeSelected(3)).rejects.toThrow(
      'to be selected within 3 s, and it is notConnected',
    );
  });

  it('tell what was sent and received', async () => {
    const { network, connection, session, peer, traffic } = await bed();
    peer.control({ select: 0 });
    peer.on(1, 1, () => L(A('MDLN'), A('1.0')));
    await connection.enable();
    await expect(session).toBecomeSelected();
    await session.request(S(1, 1).w());
    await network.clock.settle();
    for (const [from, to] of [
      [traffic, peer],
      [peer, traffic],
    ] as const) {
      expect(from).toHaveSent(from === traffic ? 'S1F1 W' : 'S1F2');
      expect(to).toHaveReceived(from === traffic ? 'Select.req' : 'Select.rsp');
    }
    expect(peer).toHaveSent('S1F2', '<L <A *> <A "1.0">>');
    expect(() => expect(peer).not.toHaveSent('S1F2')).toThrow(
      'expected no S1F2 to be sent, and it was:\nS1F2',
    );
    expect(() => expect(peer).toHaveReceived('S1F3')).toThrow(
      'expected S1F3 to be received\nreceived: Select.req, S1F1 W',
    );
    expect(failureOf(() => expect(traffic).toHaveReceived('S1F2', ['A', A('2.0')]))).toMatch(
      /of the last one, the item at \[1\] is <A\[3\] "1.0">[^]*received: Select.rsp 0, S1F2[^]*-   <A\[3\] "2.0">/,
    );
    expect(() => expect({ sent: [] }).toHaveSent('S1F1')).toThrow('sent: nothing');
  });

  it.each<[string, () => unknown]>([
    ['toBeSelected is about sessions, and this is 1', () => expect(1).toBeSelected()],
    ['toBeConnected is about connections, and this is an object', () => expect({}).toBeConnected()],
    ['expected a ScriptedPeer or what recordTraffic gives', () => expect({}).toHaveSent('S1F1')],
  ])('say: %s', (message, act) => {
    expect(act).toThrow(message);
  });

  it('become selected in real time too', async () => {
    const peer = await ScriptedPeer.listen(0, { bindAddress: '127.0.0.1' });
    const connection = new HsmsActiveConnection('127.0.0.1', peer.port, 0);
    const session = new HsmsSession(connection);
    await expect(expect(session).toBecomeSelected(0.01)).rejects.toThrow('within 0.01 s');
    await connection.enable();
    await expect(session).toBecomeSelected(3);
    const closed = connection.dispose();
    await closed;
    await peer.dispose();
  });
});

describe('rxsecs/testing/jest', () => {
  it('needs a global expect', () => {
    const { expect: global } = globalThis as { expect?: unknown };
    try {
      (globalThis as { expect?: unknown }).expect = undefined;
      jest.isolateModules(() => {
        let failure: unknown;
        try {
          jest.requireActual('../../src/testing/jest.ts');
        } catch (error) {
          failure = error;
        }
        (globalThis as { expect?: unknown }).expect = global;
        expect(String(failure)).toContain('there is no global expect');
      });
    } finally {
      (globalThis as { expect?: unknown }).expect = global;
    }
  });
});
