import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import {
  HsmsActiveConnection,
  HsmsMultiPassiveServer,
  HsmsPassiveConnection,
  HsmsSession,
} from '../../../src/index.js';
import { S } from '../../../src/secs2/index.js';
import { FakeClock } from '../../support/fake-clock.js';
import { RawPeer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

const CHANNELS = [
  ...['connection:created', 'connection:established', 'connection:closed', 'connection:notice'],
  ...['packet:received', 'packet:sent', 'session:created', 'session:selected', 'session:ended'],
  ...['transaction:settled', 'control:settled'],
];

describe('channels of node:diagnostics_channel', () => {
  const heard: { readonly channel: string; readonly message: Record<string, unknown> }[] = [];
  const onMessage = (message: unknown, name: string | symbol): void => {
    heard.push({ channel: String(name).slice(7), message: message as Record<string, unknown> });
  };
  const start = (): void => CHANNELS.forEach((name) => subscribe(`rxsecs:${name}`, onMessage));
  afterEach(() => {
    CHANNELS.forEach((name) => unsubscribe(`rxsecs:${name}`, onMessage));
    heard.length = 0;
  });

  it('tell of a connection whose state is that of the event', async () => {
    const states: unknown[] = [];
    const onState = (message: unknown): void => {
      const { connection } = message as { connection: HsmsActiveConnection };
      states.push(connection.currentState);
    };
    const passive = new HsmsPassiveConnection('127.0.0.1', 0, 0);
    await passive.enable();
    const active = new HsmsActiveConnection('127.0.0.1', passive.boundAddress?.port ?? 0, 0);
    for (const name of ['established', 'closed']) subscribe(`rxsecs:connection:${name}`, onState);
    try {
      await active.enable();
      await until('the connection', () => states.length === 2);
      await active.disable();
      await until('its end', () => states.length === 4);
      expect(states.slice(0, 2)).toEqual(['connected', 'connected']);
      expect(new Set(states.slice(2))).toEqual(new Set(['disabled', 'listening']));
    } finally {
      for (const name of ['established', 'closed']) unsubscribe(`rxsecs:connection:${name}`, onState);
      await Promise.all([active.dispose(), passive.dispose()]);
    }
  });

  it('tell the life of a connection and its session, in order', async () => {
    start();
    const passive = new HsmsPassiveConnection('127.0.0.1', 0, 0);
    const equipment = new HsmsSession(passive);
    equipment.primaries.subscribe((primary) => void primary.reply());
    await passive.enable();
    const active = new HsmsActiveConnection('127.0.0.1', passive.boundAddress?.port ?? 0, 0);
    const host = new HsmsSession(active);
    await active.enable();
    await host.selected();
    await host.request(S(1, 1).w());
    await host.close();
    await until('the end', () => passive.currentState === 'listening');
    await Promise.all([active.dispose(), passive.dispose()]);

    const of = (connection: unknown): string[] =>
      heard
        .filter(
          ({ message }) =>
            message['connection'] === connection ||
            (message['session'] as HsmsSession | undefined)?.connection === connection,
        )
        .map(({ channel }) => channel);
    expect(of(active)).toEqual([
      ...['session:created', 'connection:created', 'connection:established', 'packet:sent'],
      ...['packet:received', 'session:selected', 'control:settled'],
      ...['packet:sent', 'packet:received', 'transaction:settled'],
      ...['session:ended', 'packet:sent', 'connection:closed'],
    ]);
    expect(of(passive).filter((channel) => channel.startsWith('packet'))).toHaveLength(5);
    const transaction = heard.find(({ channel }) => channel === 'transaction:settled');
    expect(transaction?.message).toMatchObject({ session: host, event: { outcome: 'answered' } });
    const closed = heard.filter(({ channel }) => channel === 'connection:closed');
    expect(closed.map(({ message }) => (message['reason'] as { kind: string }).kind)).toEqual(
      expect.arrayContaining(['local']),
    );
  });

  it('tell notices, of a server those of no connection as well', async () => {
    start();
    const server = new HsmsMultiPassiveServer(0, { clock: new FakeClock(), bindAddress: '127.0.0.1' });
    const added: string[] = [];
    server.events.on('added', ({ address }) => added.push(address));
    server.createConnection('127.0.0.9', 1);
    expect(added).toEqual(['127.0.0.9']);
    await server.enable();
    const stranger = await RawPeer.connect(server.boundAddress?.port ?? 0);
    await stranger.isClosed();
    await server.dispose();
    const notices = heard.filter(({ channel }) => channel === 'connection:notice');
    expect(notices.map(({ message }) => message)).toEqual([
      { notice: expect.objectContaining({ kind: 'refused', reason: 'unexpectedAddress' }) as unknown },
    ]);
  });

  it('say nothing when nobody listens', async () => {
    start();
    CHANNELS.forEach((name) => unsubscribe(`rxsecs:${name}`, onMessage));
    const connection = new HsmsPassiveConnection('127.0.0.1', 0, 0);
    await connection.enable();
    await connection.dispose();
    expect(heard).toEqual([]);
  });
});
