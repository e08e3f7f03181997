import { Server, Socket } from 'node:net';
import 'rxsecs/testing/jest';
import { A, B, L, S, U4 } from 'rxsecs/secs2';
import { createTestNetwork, ScriptedPeer, type TestNetwork, type VirtualClock } from 'rxsecs/testing';
import { EtcherHost } from './host';

describe('EtcherHost', () => {
  let network: TestNetwork<VirtualClock>;
  let clock: VirtualClock;
  let equipment: ScriptedPeer;
  let host: EtcherHost;
  const sockets = [jest.spyOn(Socket.prototype, 'connect'), jest.spyOn(Server.prototype, 'listen')];
  const started = Date.now();

  beforeEach(async () => {
    network = createTestNetwork({ names: { 'etcher-7': '10.0.0.7' } });
    ({ clock } = network);
    equipment = await ScriptedPeer.listen(5000, { ...network.at('10.0.0.7').options });
    equipment.on(1, 13, () => L(B(0), L(A('ETCHER'), A('1.0'))));
    host = new EtcherHost('etcher-7', 5000, network.options);
    await host.start();
    await clock.settle();
  });

  afterEach(async () => {
    await equipment.done();
    for (const socket of sockets) expect(socket).not.toHaveBeenCalled();
  });

  afterAll(() => sockets.forEach((socket) => socket.mockRestore()));
  // Hours of virtual time pass in these tests.
  afterAll(() => expect(Date.now() - started).toBeLessThan(5000));

  it('greets its equipment', async () => {
    await expect(host.session).toBecomeSelected();
    expect(equipment).toHaveReceived('S1F13 W', '<L[0]>');
    expect(host.model).toBe('ETCHER');
  });

  it('starts a recipe', async () => {
    const taken = host.startRecipe('OXIDE');
    await equipment.expect('S2F41 W', '<L <A "START"> <L <L <A "PPID"> <A "OXIDE">>>>');
    await equipment.reply(L(B(0), L()));
    await expect(taken).resolves.toBe(true);
  });

  it('acknowledges events', async () => {
    const reply = await equipment.request(S(6, 11).w(L(U4(1), U4(1001), L())));
    expect(reply).toBeMessage(6, 12, B(0));
    expect(host.events).toEqual([1001]);
  });

  it('tells of a reply that does not come (T3)', async () => {
    const reading = host.read(7);
    await equipment.expect('S1F3');
    await expect(clock.settled(reading)).rejects.toMatchObject({ code: 'HSMS_T3_TIMEOUT' });
    expect(clock.now()).toBe(45_000);
    expect(host.session).toBeSelected();
  });

  it('comes back after a reset (T5), and greets again', async () => {
    network.reset();
    await clock.settle();
    expect(host.session).not.toBeConnected();
    expect(host.alarms).toEqual(['session ended: closed']);
    await expect(host.session).toBecomeSelected(10);
    expect(clock.now()).toBe(10_000);
    await equipment.connection(2);
  });

  it('notices a cable that was pulled (linktest), and comes back when it is plugged in', async () => {
    network.cut('etcher-7');
    await clock.until(() => !host.session.connection.remoteAddress, { within: 40 });
    expect(host.alarms).toEqual(['session ended: closed']);
    await clock.advanceAsync(3600);
    expect(host.session).not.toBeConnected();
    network.heal();
    await expect(host.session).toBecomeSelected(20);
  });

  it('notices an equipment that does not answer Linktest', async () => {
    equipment.control({ linktest: 'silence' });
    await clock.advanceAsync(34.9);
    expect(host.session).toBeSelected();
    await expect(equipment.expectClosed({ within: 1 })).resolves.toBe('closed');
    expect(host.alarms).toEqual(['session ended: closed']);
  });
});
