import {
  dialLine,
  listenLine,
  Secs1Connection,
  Secs1Session,
  type LineSource,
  type Secs1ConnectionOptions,
} from '../../../src/secs1/index.js';
import { A, L, S } from '../../../src/secs2/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawPeer, RawServer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

const LOCAL = '127.0.0.1';

/** A connection over TCP in virtual time, and what it tells. */
class Side {
  readonly clock = new FakeClock();
  readonly connection: Secs1Connection;
  readonly told: string[] = [];

  constructor(line: LineSource, options: Secs1ConnectionOptions = {}) {
    this.connection = new Secs1Connection(line, 1, null, { clock: this.clock, gap: 0, ...options });
    this.connection.notices.subscribe((notice) => {
      this.told.push('reason' in notice ? `${notice.kind} ${String(notice.reason)}` : notice.kind);
    });
    this.connection.closed.subscribe(({ reason }) => this.told.push(`closed ${reason.kind}`));
  }

  get port(): number {
    return this.connection.boundAddress?.port ?? 0;
  }

  async up(): Promise<this> {
    await this.connection.enable();
    return this;
  }

  async connected(): Promise<void> {
    await until('the line', () => this.connection.currentState === 'connected');
  }

  async tells(what: string): Promise<void> {
    await until(what, () => this.told.includes(what));
  }
}

const listening = (options?: Secs1ConnectionOptions, address = LOCAL): Promise<Side> =>
  new Side(listenLine(0, { bindAddress: LOCAL, address }), options).up();

describe('a line on TCP', () => {
  it.each(['host', 'equipment'] as const)('B-60, B-3: carries messages where the %s dials', async (dials) => {
    const other = dials === 'host' ? 'equipment' : 'host';
    const listener = new Side(listenLine(0, { bindAddress: LOCAL }), { entity: other });
    const answering = new Secs1Session(listener.connection);
    answering.primaries.subscribe((primary) => void primary.reply(S(1, 2, L(A('m'), A('1')))));
    await listener.up();
    const dialer = new Side(dialLine(LOCAL, listener.port, { bindAddress: '127.0.0.7' }), { entity: dials });
    const asking = new Secs1Session(dialer.connection);
    await dialer.up();
    await asking.usable();
    expect((await asking.request(S(1, 1))).toString()).toContain('m');
    expect(listener.connection.remoteAddress?.address).toBe('127.0.0.7');
    expect(dialer.connection.remoteAddress).toEqual(listener.connection.localAddress);
    expect(dialer.connection.address).toBe(`${LOCAL}:${listener.port}`);
    await asking.dispose();
    await listener.tells('closed remoteClosed');
    expect(listener.connection.currentState).toBe('listening');
    await answering.dispose();
  });

  it('B-60: refuses a second connection and keeps the first', async () => {
    const side = await listening();
    const first = await RawPeer.connect(side.port);
    await side.connected();
    const second = await RawPeer.connect(side.port);
    await second.isClosed();
    await side.tells('refused alreadyConnected');
    expect([first.closed, side.connection.currentState]).toEqual([false, 'connected']);
    await side.connection.dispose();
  });

  it('B-60: lets a second connection take over where the first one is silent for T2', async () => {
    const side = await listening({ secondConnection: 'takeOver', t2: 4 });
    const first = await RawPeer.connect(side.port);
    await side.connected();
    const second = await RawPeer.connect(side.port);
    await until('the probe', () => side.clock.timers.includes('probe'));
    await side.clock.pass(3.9);
    expect(side.told).toEqual([]);
    await side.clock.pass(0.2);
    await side.tells('closed takenOver');
    await first.isClosed();
    await side.connected();
    expect(side.connection.remoteAddress?.port).toBe(second.localPort);
    await side.connection.dispose();
  });

  it('B-60: refuses the second one where the first sends a byte within T2', async () => {
    const side = await listening({ secondConnection: 'takeOver' });
    const first = await RawPeer.connect(side.port);
    await side.connected();
    const second = await RawPeer.connect(side.port);
    await until('the probe', () => side.clock.timers.includes('probe'));
    first.write(Buffer.of(5));
    await second.isClosed();
    expect(side.told).toEqual(['refused alreadyConnected']);
    expect(side.clock.timers).not.toContain('probe');
    await side.connection.dispose();
  });

  it('B-60: turns away who does not come from the address that is expected', async () => {
    const side = await listening({}, '127.0.0.9');
    await (await RawPeer.connect(side.port)).isClosed();
    await side.tells('refused unexpectedAddress');
    await RawPeer.connect(side.port, { localAddress: '127.0.0.9' });
    await side.connected();
    expect(side.told).toEqual(['refused unexpectedAddress']);
    await side.connection.dispose();
  });

  it('B-60: says so where anyone may connect', async () => {
    const side = await listening({}, '');
    expect(side.told).toEqual(['openToAnyone']);
    await side.connection.dispose();
  });

  it('B-60: a peer that resets the line ends it, and what was open with it', async () => {
    const side = new Side(listenLine(0, { bindAddress: LOCAL, address: LOCAL }));
    const session = new Secs1Session(side.connection);
    await side.up();
    const peer = await RawPeer.connect(side.port);
    await side.connected();
    const asked = session.request(S(1, 1)).catch((error: unknown) => error);
    await until('ENQ', () => peer.bytesReceived > 0);
    peer.socket.resetAndDestroy();
    expect(await asked).toMatchObject({ code: 'SECS1_CONNECTION_CLOSED', outcome: 'closed' });
    await side.tells('closed reset');
    await session.dispose();
    expect(side.clock.timers).toEqual([]);
  });

  it('B-60: closes within closeTimeout where the peer keeps its half open', async () => {
    const side = await listening({ closeTimeout: 3 });
    const peer = await RawPeer.connect(side.port);
    peer.closesBack = false;
    await side.connected();
    const disabled = side.connection.disable();
    await until('FIN at the peer', () => peer.ended);
    await side.clock.pass(2.9);
    expect(side.told).toEqual([]);
    await side.clock.pass(0.2);
    await disabled;
    expect(side.told).toEqual(['closed local']);
    expect(side.clock.timers).toEqual([]);
    peer.socket.destroy();
  });

  it('B-60: rejects enable() where the port is in use', async () => {
    const taken = await listening();
    const side = new Side(listenLine(taken.port, { bindAddress: LOCAL, address: LOCAL }));
    await expect(side.connection.enable()).rejects.toMatchObject({ code: 'HSMS_ADDRESS_IN_USE' });
    expect([side.told, side.connection.currentState]).toEqual([['listenFailed'], 'disabled']);
    await taken.connection.dispose();
  });

  it('B-60: dials again T5 after an attempt failed and after the line ended', async () => {
    const server = await RawServer.listen();
    const { port } = server;
    await server.close();
    const side = await new Side(dialLine(LOCAL, port), { t5: 6 }).up();
    await side.tells('connectFailed');
    expect([side.connection.currentState, side.clock.timers]).toEqual(['waiting', ['t5']]);
    const again = await RawServer.listen({ port });
    await side.clock.pass(6);
    await side.connected();
    (await again.peer()).socket.end();
    await side.tells('closed remoteClosed');
    await side.clock.pass(5.9);
    await turns();
    expect(side.connection.currentState).toBe('waiting');
    await side.clock.pass(0.2);
    await side.connected();
    await side.connection.dispose();
    await again.close();
  });

  it.each([
    ['no port', () => dialLine(LOCAL, 0), /^port must be /],
    ['no address', () => dialLine('', 5000), /^address must be /],
    ['a port above 65535', () => listenLine(65_536), /^port must be /],
    ['an option of the other', () => listenLine(0, { localAddress: LOCAL } as object), /localAddress/],
    ['a bindAddress that is none', () => dialLine(LOCAL, 1, { bindAddress: '' }), /^bindAddress must be /],
    ['the same to listen on', () => listenLine(0, { bindAddress: '' }), /^bindAddress must be /],
  ])('B-60: refuses %s', (_, make, text) => {
    expect(make).toThrow(text);
  });
});
