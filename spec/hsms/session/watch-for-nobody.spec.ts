import {
  describeHint,
  HsmsMultiPassiveServer,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsNotice,
} from '../../../src/index.js';
import { FakeClock } from '../../support/fake-clock.js';
import { RawPeer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

describe('a passive side that hears of nobody', () => {
  let clock: FakeClock;
  let connection: HsmsPassiveConnection;
  let told: HsmsNotice[];

  beforeEach(() => {
    clock = new FakeClock();
    connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, null, {
      clock,
      bindAddress: '127.0.0.1',
      t7: 7,
    });
    told = [];
    connection.notices.subscribe((notice) => told.push(notice));
  });
  afterEach(async () => {
    await connection.dispose();
    expect(clock.timers).toEqual([]);
  });

  it('says so after T7, once for each enable(), and asks whether both sides are passive', async () => {
    const session = new HsmsSession(connection);
    await connection.enable();
    await clock.pass(6.9);
    expect(told).toEqual([]);
    await clock.pass(0.2);
    const notice = { kind: 'nobodyConnected', seconds: 7, hint: { kind: 'bothPassive' } };
    expect(told).toEqual([notice]);
    expect(describeHint({ kind: 'bothPassive' })).toBe(
      'Nothing came from the peer: are both sides set up as passive?',
    );
    await clock.pass(100);
    expect(told).toEqual([notice]);
    await connection.disable();
    await connection.enable();
    await clock.pass(7);
    expect(told).toEqual([notice, notice]);
    expect(session.currentState).toBe('notConnected');
  });

  it('says nothing once a peer has been there, nor after disable()', async () => {
    new HsmsSession(connection);
    await connection.enable();
    await clock.pass(6);
    const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
    await until('the connection', () => connection.currentState === 'connected');
    peer.socket.end();
    await until('the end of it', () => connection.currentState === 'listening');
    await clock.pass(100);
    await connection.disable();
    await connection.enable();
    await connection.disable();
    await clock.pass(100);
    expect(told).toEqual([]);
  });

  it('says nothing where no session waits', async () => {
    await connection.enable();
    expect(clock.timers).toEqual([]);
    await clock.pass(100);
    expect(told).toEqual([]);
  });

  it('says so for each peer of a server', async () => {
    const server = new HsmsMultiPassiveServer(0, { clock, bindAddress: '127.0.0.1' });
    const silent = server.createConnection('127.0.0.9', 1);
    new HsmsSession(silent);
    const about: unknown[] = [];
    server.notices.subscribe((event) => about.push([event.connection === silent, event.notice.kind]));
    await server.enable();
    await clock.pass(10);
    expect(about).toEqual([[true, 'nobodyConnected']]);
    await server.dispose();
  });
});
