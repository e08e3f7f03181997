import {
  HsmsActiveConnection,
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
  systemClock,
  type HsmsSessionOptions,
} from '../../src/index.js';
import { A, B, L, S, U4 } from '../../src/secs2/index.js';
import { createTestNetwork, ScriptedPeer, type ScriptedPeerOptions } from '../../src/testing/index.js';

/** A host session, and the equipment that a script plays. */
async function bed(options: ScriptedPeerOptions = {}, host: HsmsSessionOptions = {}) {
  const network = createTestNetwork();
  const { clock } = network;
  const peer = await ScriptedPeer.listen(5000, { ...network.options, ...options });
  const session = new HsmsSession(
    new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, network.options),
    host,
  );
  await session.connection.enable();
  await clock.settle();
  return { network, clock, peer, session };
}

describe('ScriptedPeer', () => {
  it('answers control messages by itself, and data by the script', async () => {
    const { peer, session } = await bed();
    expect(session.currentState).toBe('selected');
    const reply = session.request(S(1, 13).w(L()));
    const primary = await peer.expect('S1F13 W', '<L[0]>');
    expect(String(primary.item)).toBe('<L[0]>');
    await peer.reply(L(B(0), L(A('MDLN'), A('1.0'))));
    await expect(reply).resolves.toMatchObject({ name: 'S1F14' });
    await peer.done();
    expect(peer.sent.map(String)).toHaveLength(2);
  });

  it('answers by rules, of which the last counts', async () => {
    const { peer, session } = await bed();
    peer
      .on(1, 1, () => L(A('OLD')))
      .on('S1F1', async ({ message }) => Promise.resolve(L(A('NEW'), A(message.name))))
      .on('S1F3', (primary) => void primary.reply(S(1, 0)))
      .on(S(1, 5), () => undefined);
    const reply = await session.request(S(1, 1).w());
    expect(String(reply)).toContain('"NEW"');
    await expect(session.request(S(1, 3).w())).rejects.toMatchObject({ code: 'HSMS_TRANSACTION_ABORTED' });
    session.request(S(1, 5).w()).catch(() => {});
    await peer.expectNothing();
    await peer.done();
    expect(() => peer.on('S1F1', undefined as never)).toThrow('rule must be a function, received undefined');
  });

  it.each<[string, (peer: ScriptedPeer) => unknown, string]>([
    [
      'another message',
      (peer) => peer.expect('S1F3'),
      'expected S1F3, and what came differs: it is S2F41\nexpected: S1F3 W\nreceived: S2F41 W',
    ],
    [
      'another item',
      (peer) => peer.expect(S(2, 41, L(A('STOP'), L()))),
      'differs: the item at [0] is <A[5] "START">, expected is <A[4] "STOP">',
    ],
    ['nothing', (peer) => peer.expectNothing(), 'expected nothing, and this came:\nS2F41 W'],
    [
      'the end of the script',
      (peer) => peer.done(),
      'the script is done, and this was not expected:\nS2F41 W',
    ],
    [
      'the end of the connection',
      (peer) => peer.expectClosed(),
      'expected the end of the connection, and it is still up\nreceived so far: Select.req, S2F41 W\ntimers pending: t3 in 45 s',
    ],
    [
      'a second connection',
      (peer) => peer.connection(2),
      'expected connection 2, there were 1, and the connection is up',
    ],
    [
      'a reply of its own',
      (peer) => peer.request(S(1, 1).w()),
      'expected S1F2, and what came differs: it is S2F41',
    ],
    ['Select.rsp', (peer) => peer.select(), 'expected Select.rsp, and what came differs: it is S2F41 W'],
  ])('says that it waited for %s, and what came', async (_what, act, message) => {
    const { peer, session } = await bed();
    session.request(S(2, 41).w(L(A('START'), L()))).catch(() => {});
    await expect(act(peer)).rejects.toMatchObject({
      code: 'HSMS_TEST_FAILED',
      message: expect.stringContaining(message) as string,
    });
  });

  it('says that nothing came, and which timers are pending', async () => {
    const { peer, clock } = await bed({}, { linktestInterval: 30 });
    await expect(peer.expect('S6F11', undefined, { within: 10 })).rejects.toMatchObject({
      message:
        'expected S6F11, and nothing came within 10 s; the connection is up\nreceived so far: Select.req\ntimers pending: linktest in 20 s',
    });
    expect(clock.now()).toBe(10_000);
  });

  it('waits in virtual time', async () => {
    const { peer, clock, session } = await bed({ within: 60 });
    clock.setTimer('app', 20, () => void session.send(S(6, 11)).catch(() => {}));
    await peer.expect('S6F11');
    expect(clock.now()).toBe(20_000);
  });

  it.each([
    [{ select: 2 }, 'selectRefused'],
    [{ select: 'silence' as const }, 't6'],
  ])('answers Select with %p', async (control, kind) => {
    const network = createTestNetwork();
    const peer = await ScriptedPeer.listen(5000, { ...network.options, ...control });
    const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, network.options);
    const reasons: string[] = [];
    connection.closed.subscribe(({ reason }) => reasons.push(reason.kind));
    new HsmsSession(connection);
    await connection.enable();
    await expect(peer.expectClosed({ within: 6 })).resolves.toBe('closed');
    await network.clock.settle();
    expect(reasons).toEqual([kind]);
  });

  it('leaves control messages to the script where asked', async () => {
    const { peer, session } = await bed({ select: 'script', separate: 'script' });
    const { header } = await peer.expect('Select.req');
    await peer.send(HsmsPacket.selectRsp(header, 0));
    await session.selected();
    peer.control({ linktest: 'script', deselect: 1 });
    const linktest = session.linktest();
    const request = await peer.expect('linktest.req');
    await request.reply(HsmsPacket.linktestRsp(request.header));
    await expect(linktest).resolves.toBe(0);
    peer.control({ linktest: 'answer', deselect: 0 });
    await session.linktest();
    await session.deselect();
    expect(session.currentState).toBe('notSelected');
    await expect(peer.expect('Select.req')).rejects.toThrow('nothing came within 0 s');
  });

  it('plays the active side, and connects again', async () => {
    const network = createTestNetwork();
    const passive = new HsmsPassiveConnection('', 5000, 0, undefined, network.options);
    const session = new HsmsSession(passive, { entity: 'equipment' });
    session.primaries.subscribe((primary) => void primary.reply(L(U4(1))).catch(() => {}));
    await passive.enable();
    const options = { ...network.options, bindAddress: '10.0.0.9' };
    const peer = await ScriptedPeer.connect('127.0.0.1', 5000, options);
    await peer.select();
    expect(passive.remoteAddress?.address).toBe('10.0.0.9');
    await peer.request(S(1, 1).w(), '<L <U4 *>>');
    peer.reset();
    await expect(peer.expectClosed()).resolves.toBe('closed');
    await network.clock.settle();
    expect(session.currentState).toBe('notConnected');
    await peer.connect();
    await peer.select();
    expect([session.currentState, peer.connections]).toEqual(['selected', 2]);
    await peer.send(HsmsPacket.selectReq(77));
    expect((await peer.expect('Select.rsp')).header.byte3).toBe(1);
    await peer.sendBytes(Uint8Array.of(0, 0, 0, 1));
    await expect(peer.expectClosed()).resolves.toBe('closed');
    await expect(peer.send(S(1, 1))).rejects.toThrow('cannot send: the connection was closed');
    await expect(ScriptedPeer.connect('127.0.0.1', 4000, network.options)).rejects.toThrow(
      'the peer could not connect to 127.0.0.1:4000: connect ECONNREFUSED',
    );
    network.cut();
    await expect(peer.connect({ within: 3 })).rejects.toThrow('there was no answer');
  });

  it('does not connect as a passive peer, nor reply to nothing', async () => {
    const network = createTestNetwork();
    const peer = await ScriptedPeer.listen(0, network.options);
    expect(peer.port).toBeGreaterThan(0);
    await expect(peer.connect()).rejects.toMatchObject({ code: 'HSMS_INVALID_ARGUMENT' });
    await expect(peer.reply()).rejects.toThrow('there is nothing to reply to');
    await expect(peer.expect('S1F1')).rejects.toThrow('there was no connection');
    expect(() => peer.on('S1', () => undefined)).toThrow('received the string "S1"');
    await expect(peer.expect('Data')).rejects.toThrow('received the string "Data"');
    await peer.dispose();
    expect(peer.port).toBe(0);
  });

  it('closes, or stays half open', async () => {
    const { peer, session, clock } = await bed({ closesBack: false });
    const ended: string[] = [];
    session.connection.closed.subscribe(({ reason }) => ended.push(reason.kind));
    peer.close();
    await clock.settle();
    expect([ended, peer.connected]).toEqual([['remoteClosed'], false]);
    await clock.advanceAsync(10);
    expect(peer.connections).toBe(2);
    void session.close();
    await clock.settle();
    expect(peer.connected).toBe(true);
    await clock.advanceAsync(2);
    // The host has given up waiting for the FIN of its peer, which does not know.
    expect([session.connection.currentState, peer.connected]).toEqual(['disabled', true]);
    await peer.dispose();
    expect(peer.connected).toBe(false);
  });

  it('fails when a rule has thrown, or what came is not HSMS', async () => {
    const { peer, session, network } = await bed();
    peer.on(1, 1, () => {
      throw new Error('no such variable');
    });
    session.request(S(1, 1).w()).catch(() => {});
    await expect(peer.expectNothing()).rejects.toMatchObject({
      message: 'the rule for S1F1 W failed: Error: no such variable',
      cause: { message: 'no such variable' },
    });
    await peer.done();
    const other = network.connect({ host: '127.0.0.1', port: 5000, allowHalfOpen: false });
    other.end(Buffer.alloc(4));
    await expect(peer.done()).rejects.toMatchObject({ code: 'HSMS_FRAME_TOO_SHORT' });
  });

  it('works over real sockets in real time', async () => {
    const peer = await ScriptedPeer.listen(0, { bindAddress: '127.0.0.1', clock: systemClock });
    const connection = new HsmsActiveConnection('127.0.0.1', peer.port, 0);
    const session = new HsmsSession(connection);
    await connection.enable();
    await peer.connection();
    await session.selected();
    const reply = session.request(S(1, 1).w());
    await (await peer.expect('S1F1')).reply();
    await expect(reply).resolves.toMatchObject({ name: 'S1F2' });
    await expect(peer.expect('S1F3', undefined, { within: 0.02 })).rejects.toThrow(
      'nothing came within 0.02 s',
    );
    await expect(ScriptedPeer.listen(peer.port, { bindAddress: '127.0.0.1' })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    const closed = connection.dispose();
    await peer.expectClosed();
    await closed;
    await peer[Symbol.asyncDispose]();
  });
});
