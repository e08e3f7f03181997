import { once } from 'node:events';
import type { Observable } from 'rxjs';
import {
  HsmsConnection,
  HsmsPacket,
  HsmsPassiveConnection,
  type ConnectionState,
  type HsmsConnectionOptions,
} from '../../../src/index.js';
import { FakeClock, turns } from '../../support/fake-clock.js';
import { RawPeer } from '../../support/raw-peer.js';
import { Recorder } from '../../support/record.js';
import { until } from '../../support/until.js';

type StreamName = 'established' | 'message' | 'beforeClosed' | 'closed' | 'state' | 'notices';
const streamOf = (connection: HsmsConnection, name: StreamName): Observable<unknown> => connection[name];

const data = (systemBytes: number): HsmsPacket =>
  HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes });

describe('HsmsConnection: the order promise', () => {
  let connection: HsmsPassiveConnection;
  let recorder: Recorder;
  const errors: unknown[] = [];

  const open = async (options: HsmsConnectionOptions = {}): Promise<RawPeer> => {
    errors.length = 0;
    connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, {
      clock: new FakeClock(),
      onError: (error) => errors.push(error),
      ...options,
    });
    await connection.enable();
    return await connect();
  };
  const connect = async (): Promise<RawPeer> => {
    return await RawPeer.connect(connection.boundAddress?.port ?? 0);
  };
  afterEach(() => connection.dispose());

  it('publishes established, messages, beforeClosed, closed, in each of several lives', async () => {
    let peer = await open();
    recorder = new Recorder(connection);
    for (let life = 1; life <= 3; life++) {
      peer.send(data(1), data(2));
      peer.socket.end();
      await recorder.has('closed', life);
      if (life < 3) peer = await connect();
    }
    expect(recorder.log).toEqual([
      // The first life was established before anybody subscribed: the streams are hot.
      ...['message 1', 'message 2', 'beforeClosed remoteClosed', 'closed remoteClosed'],
      ...['established', 'message 1', 'message 2', 'beforeClosed remoteClosed', 'closed remoteClosed'],
      ...['established', 'message 1', 'message 2', 'beforeClosed remoteClosed', 'closed remoteClosed'],
    ]);
  });

  it('publishes nothing of a chunk behind a message whose handler disables', async () => {
    const peer = await open();
    connection.message.subscribe(({ header }) => {
      if (header.systemBytes === 2) void connection.disable();
    });
    recorder = new Recorder(connection);
    peer.send(data(1), data(2), data(3), data(4));
    await recorder.has('closed');
    expect(recorder.log).toEqual(['message 1', 'message 2', 'beforeClosed local', 'closed local']);
  });

  it('sends what a beforeClosed handler sends, before the socket closes', async () => {
    const peer = await open();
    connection.beforeClosed.subscribe(({ canSend }) => {
      expect(canSend).toBe(true);
      void connection.send(HsmsPacket.separateReq(99));
    });
    await connection.disable();
    await peer.isClosed();
    expect(peer.packets).toMatchObject([{ header: { sType: 9, systemBytes: 99 } }]);
  });

  it.each(['established', 'message', 'beforeClosed', 'closed'] as const)(
    'may be disabled and enabled from within %s, and every subscriber sees one order',
    async (name) => {
      connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, { clock: new FakeClock() });
      const before: string[] = [];
      const note = (log: string[]): void => {
        connection.established.subscribe(() => log.push('established'));
        connection.message.subscribe(() => log.push('message'));
        connection.beforeClosed.subscribe(() => log.push('beforeClosed'));
        connection.closed.subscribe(() => log.push('closed'));
      };
      note(before);
      let enabledAgain: Promise<void> | undefined;
      streamOf(connection, name).subscribe(() => {
        if (enabledAgain !== undefined) return;
        void connection.disable();
        enabledAgain = connection.enable();
      });
      const after: string[] = [];
      note(after);
      await connection.enable();
      const peer = await connect();
      peer.send(data(1));
      if (name === 'beforeClosed' || name === 'closed') peer.socket.end();
      await until('the restart', () => enabledAgain !== undefined);
      await enabledAgain;
      expect(connection.currentState).toBe('listening');
      const life = name === 'established' ? ['established'] : ['established', 'message'];
      expect(before).toEqual([...life, 'beforeClosed', 'closed']);
      expect(after).toEqual(before);
      await connect();
      await until('a second life', () => after.length > before.length - 1 && after.at(-1) === 'established');
    },
  );

  it.each(['established', 'message', 'beforeClosed', 'closed'] as const)(
    'may be subscribed to and unsubscribed from within %s',
    async (name) => {
      connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, { clock: new FakeClock() });
      const log: string[] = [];
      const self = streamOf(connection, name).subscribe(() => {
        log.push('self');
        self.unsubscribe();
        streamOf(connection, name).subscribe(() => log.push('late'));
      });
      streamOf(connection, name).subscribe(() => log.push('other'));
      await connection.enable();
      for (let life = 1; life <= 2; life++) {
        const peer = await connect();
        peer.send(data(1));
        peer.socket.end();
        await until('the event', () => log.filter((word) => word === 'other').length === life);
        await until('the end of this life', () => connection.currentState === 'listening');
      }
      expect(log).toEqual(['self', 'other', 'other', 'late']);
    },
  );

  it('answers from within message, and awaits its send there', async () => {
    const peer = await open();
    const sent: number[] = [];
    connection.message.subscribe(({ header }) => {
      void connection.send(HsmsPacket.linktestRsp(header)).then(() => sent.push(header.systemBytes));
    });
    peer.send(HsmsPacket.linktestReq(1), HsmsPacket.linktestReq(2));
    expect(await peer.receives(2)).toMatchObject([{ header: { sType: 6 } }, { header: { sType: 6 } }]);
    await until('both sends', () => sent.length === 2);
  });

  it('goes on when a subscriber throws, rejects or unsubscribes itself', async () => {
    const peer = await open();
    connection.message.subscribe(() => {
      throw new Error('thrown');
    });
    connection.message.subscribe((): unknown => Promise.reject(new Error('rejected')));
    connection.events.on('message', () => {
      throw new Error('thrown by a listener');
    });
    recorder = new Recorder(connection);
    peer.send(data(1));
    await recorder.has('message 1');
    peer.send(data(2));
    await recorder.has('message 2');
    await turns();
    expect(errors.map((error) => (error as Error).message).sort()).toEqual(
      ['rejected', 'rejected', 'thrown', 'thrown', 'thrown by a listener', 'thrown by a listener'].sort(),
    );
    expect(connection.currentState).toBe('connected');
  });
});

describe('HsmsConnection', () => {
  let connection: HsmsPassiveConnection;
  const make = (options: HsmsConnectionOptions = {}): HsmsPassiveConnection => {
    connection = new HsmsPassiveConnection('127.0.0.1', 0, 7, undefined, {
      clock: new FakeClock(),
      ...options,
    });
    return connection;
  };
  afterEach(() => connection.dispose());

  it('replays its state to a late subscriber, and tells each change', async () => {
    make();
    const states: ConnectionState[] = [];
    connection.state.subscribe((state) => states.push(state));
    await connection.enable();
    const late: ConnectionState[] = [];
    connection.state.subscribe((state) => late.push(state));
    const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
    await until('the peer', () => connection.currentState === 'connected');
    expect(connection.remoteAddress).toEqual({ address: '127.0.0.1', port: peer.socket.localPort });
    expect(connection.localAddress?.port).toBe(connection.boundAddress?.port);
    peer.socket.end();
    await until('the end', () => connection.currentState === 'listening');
    await connection.disable();
    expect(states).toEqual(['disabled', 'listening', 'connected', 'closing', 'listening', 'disabled']);
    expect(late).toEqual(states.slice(1));
    expect([connection.remoteAddress, connection.localAddress, connection.boundAddress]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is what it was constructed with', () => {
    make({ t5: 20 });
    expect(connection).toBeInstanceOf(HsmsConnection);
    expect(connection).toMatchObject({
      address: '127.0.0.1',
      port: 0,
      sessionId: 7,
      settings: { t5: 20, t8: 5 },
    });
  });

  it('works with once() of node:events', async () => {
    make();
    await connection.enable();
    const established = once(connection.events, 'established');
    await RawPeer.connect(connection.boundAddress?.port ?? 0);
    const [event] = (await established) as [{ connection: HsmsConnection }];
    expect(event.connection).toBe(connection);
  });

  it('does not send while not connected, and says in which state it is', async () => {
    make();
    await expect(connection.send(data(1))).rejects.toMatchObject({
      code: 'HSMS_NOT_CONNECTED',
      message: 'the packet was not sent: the connection is disabled',
    });
  });

  it('survives a send that nobody awaits', async () => {
    make();
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    void connection.send(data(1));
    await turns(5);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('changes settings while it is connected', async () => {
    make();
    await connection.enable();
    const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
    const recorder = new Recorder(connection);
    await until('the peer', () => connection.currentState === 'connected');
    connection.configure({ maxPacketBytes: 12 });
    expect(() => connection.configure({ t8: 0 })).toThrow(
      't8 must be a number of seconds above 0, received 0',
    );
    expect(connection.settings).toMatchObject({ maxPacketBytes: 12, t8: 5 });
    peer.send(HsmsPacket.data({ sessionId: 0, stream: 1, function: 1, systemBytes: 1 }, Buffer.alloc(3)));
    await recorder.has('beforeClosed frameTooLong');
    peer.socket.end();
    await recorder.has('closed');
  });

  it.each([
    [-1, 'sessionId must be a whole number from 0 to 65535, received -1'],
    [65536, 'sessionId must be a whole number from 0 to 65535, received 65536'],
    [1.5, 'sessionId must be a whole number from 0 to 65535, received 1.5'],
  ])('refuses session ID %d', (sessionId, text) => {
    make();
    expect(() => new HsmsPassiveConnection('', 5000, sessionId)).toThrow(text);
  });

  it('refuses bad options', () => {
    make();
    expect(() => new HsmsPassiveConnection('', 5000, 0, undefined, { t5: -2 })).toThrow(
      't5 must be a number of seconds above 0, received -2',
    );
  });

  it('completes its streams when it is disposed of, once, and is not enabled again', async () => {
    make();
    const completed: string[] = [];
    const streams = ['established', 'message', 'beforeClosed', 'closed', 'state', 'notices'] as const;
    for (const name of streams)
      streamOf(connection, name).subscribe({ complete: () => completed.push(name) });
    await connection.enable();
    const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
    await until('the peer', () => connection.currentState === 'connected');
    await Promise.all([connection.dispose(), connection[Symbol.asyncDispose]()]);
    expect(completed.sort()).toEqual([...streams].sort());
    await peer.isClosed();
    await expect(connection.enable()).rejects.toMatchObject({ code: 'HSMS_DISPOSED' });
    const late = jest.fn();
    connection.message.subscribe({ complete: late });
    expect(late).toHaveBeenCalled();
    expect(connection.events.eventNames().filter((name) => name !== 'state')).toEqual([]);
  });
});
