import { HsmsPacket, HsmsPassiveConnection } from '../../../src/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawPeer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

const data = (systemBytes: number, bodyBytes = 0): HsmsPacket =>
  HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes }, Buffer.alloc(bodyBytes));

const numbers = (packets: readonly HsmsPacket[]): number[] => packets.map(({ header }) => header.systemBytes);

describe('HsmsConnection.sent', () => {
  let connection: HsmsPassiveConnection;
  let peer: RawPeer;
  const sent: HsmsPacket[] = [];

  beforeEach(async () => {
    sent.length = 0;
    connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, { clock: new FakeClock() });
    await connection.enable();
    peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
    await until('the connection', () => connection.currentState === 'connected');
  });
  afterEach(async () => {
    peer.socket.destroy();
    await connection.dispose();
  });

  it('tells each packet once, in the order of the wire, control overtaking data', async () => {
    connection.sent.subscribe((packet) => sent.push(packet));
    const packets = [
      ...Array.from({ length: 40 }, (_, index) => data(index, index % 7 === 0 ? 300_000 : 100)),
      HsmsPacket.linktestReq(1000),
      HsmsPacket.separateReq(1001),
    ];
    await Promise.all(packets.map((packet) => connection.send(packet)));
    await peer.receives(packets.length);
    expect(numbers(sent)).toEqual(numbers(peer.packets));
    expect(sent[0]).toBe(packets[40]);
    expect(new Set(sent).size).toBe(packets.length);
  });

  it('comes before the promise of the packet resolves', async () => {
    const order: string[] = [];
    connection.events.on('sent', () => order.push('sent'));
    await connection.send(data(1)).then(() => order.push('resolved'));
    expect(order).toEqual(['sent', 'resolved']);
  });

  it('comes before the promises of many packets that are sent in a continuation', async () => {
    const order: string[] = [];
    connection.events.on('sent', () => order.push('sent'));
    await Promise.resolve();
    await Promise.all(
      Array.from({ length: 70 }, (_, i) => connection.send(data(i)).then(() => order.push('resolved'))),
    );
    expect(order).toEqual([...new Array<string>(70).fill('sent'), ...new Array<string>(70).fill('resolved')]);
  });

  it('does not tell a packet that was given up or that failed', async () => {
    connection.sent.subscribe((packet) => sent.push(packet));
    const gaveUp = connection.send(data(1), { signal: AbortSignal.abort(new Error('no')) });
    await expect(gaveUp).rejects.toMatchObject({ message: 'no' });
    // The peer reads nothing: the second one never leaves whole.
    peer.socket.pause();
    const stuck = connection.send(data(2, 16_000_000));
    await turns();
    peer.socket.destroy();
    await expect(stuck).rejects.toMatchObject({ code: 'HSMS_CONNECTION_CLOSED' });
    expect(sent).toEqual([]);
  });

  it('tells what is sent from beforeClosed, before closed', async () => {
    const order: string[] = [];
    connection.beforeClosed.subscribe(() => void connection.send(HsmsPacket.separateReq(9)));
    connection.sent.subscribe(({ header }) => order.push(`sent ${header.systemBytes}`));
    connection.closed.subscribe(() => order.push('closed'));
    await connection.disable();
    expect(order).toEqual(['sent 9', 'closed']);
  });

  it('lets a listener that sends for each packet sent starve nobody', async () => {
    let next = 2;
    connection.sent.subscribe(() => void (next < 5000 && connection.send(data(next++))));
    await connection.send(data(1));
    let turned = 0;
    while (next < 5000) {
      await turns(1);
      turned++;
    }
    expect(turned).toBeGreaterThan(50);
    await peer.receives(4999);
  });

  it('completes when the connection is disposed of', async () => {
    let completed = false;
    connection.sent.subscribe({ complete: () => (completed = true) });
    await connection.dispose();
    expect(completed).toBe(true);
  });
});
