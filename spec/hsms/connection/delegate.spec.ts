import {
  attachDelegate,
  HsmsPacket,
  HsmsPassiveConnection,
  type HsmsConnection,
  type HsmsConnectionDelegate,
} from '../../../src/index.js';
import { FakeClock } from '../../support/fake-clock.js';
import { RawPeer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

const quick = { clock: new FakeClock() };

/** Runs one whole TCP life against a passive connection: established, one message, a close by the peer. */
async function oneLife(connection: HsmsPassiveConnection): Promise<void> {
  let closed = false;
  connection.events.once('closed', () => (closed = true));
  await connection.enable();
  const peer = await RawPeer.connect(connection.boundAddress?.port ?? 0);
  peer.send(HsmsPacket.linktestReq(1));
  peer.socket.end();
  await until('the close', () => closed);
  await connection.dispose();
}

describe('delegate', () => {
  const expected = ['established', 'message 1', 'beforeClosed', 'closed'];

  it('is called under the documented names, with the connection', async () => {
    const log: string[] = [];
    const connections: HsmsConnection[] = [];
    const note = (word: string) => (connection: HsmsConnection) => {
      log.push(word);
      connections.push(connection);
    };
    const connection = new HsmsPassiveConnection(
      '',
      0,
      0,
      {
        on_connection_established: note('established'),
        on_connection_message_received: (from, packet) => note(`message ${packet.header.systemBytes}`)(from),
        on_connection_before_closed: note('beforeClosed'),
        on_connection_closed: note('closed'),
      },
      quick,
    );
    await oneLife(connection);
    expect(log).toEqual(expected);
    expect(new Set(connections)).toEqual(new Set([connection]));
  });

  it('may be given among the options; the argument comes before it', async () => {
    const log: string[] = [];
    const noting = (word: string): HsmsConnectionDelegate => ({
      onConnectionEstablished: () => log.push(word),
    });
    const options = { ...quick, delegate: noting('option') };
    await oneLife(new HsmsPassiveConnection('', 0, 0, undefined, options));
    await oneLife(new HsmsPassiveConnection('', 0, 0, null, options));
    await oneLife(new HsmsPassiveConnection('', 0, 0, noting('argument'), options));
    expect(log).toEqual(['option', 'option', 'argument']);
  });

  it('may be a class instance in camelCase, whose methods keep their this', async () => {
    class Legacy implements HsmsConnectionDelegate {
      readonly #log: string[] = [];
      get log(): string[] {
        return this.#log;
      }
      onConnectionEstablished(): void {
        this.#log.push('established');
      }
      onConnectionMessageReceived(_connection: HsmsConnection, packet: HsmsPacket): void {
        this.#log.push(`message ${packet.header.systemBytes}`);
      }
      onConnectionBeforeClosed(): void {
        this.#log.push('beforeClosed');
      }
      onConnectionClosed(): void {
        this.#log.push('closed');
      }
      // Where both names are there the camelCase one is called, once.
      on_connection_closed(): void {
        this.#log.push('never');
      }
    }
    const legacy = new Legacy();
    await oneLife(new HsmsPassiveConnection('', 0, 0, legacy, quick));
    expect(legacy.log).toEqual(expected);
  });

  it('may implement nothing, or gain a method later', async () => {
    const log: string[] = [];
    const delegate: HsmsConnectionDelegate = {};
    const connection = new HsmsPassiveConnection('', 0, 0, delegate, quick);
    delegate.onConnectionClosed = () => log.push('closed');
    await oneLife(connection);
    expect(log).toEqual(['closed']);
  });

  it('may throw or reject: that is reported, and nothing else is disturbed', async () => {
    const errors: string[] = [];
    const log: string[] = [];
    const connection = new HsmsPassiveConnection(
      '',
      0,
      0,
      {
        onConnectionEstablished: () => {
          throw new Error('in established');
        },
        onConnectionMessageReceived: () => Promise.reject(new Error('in message')),
        onConnectionClosed: () => log.push('closed'),
      },
      { ...quick, onDelegateError: (error, where) => errors.push(`${where}: ${(error as Error).message}`) },
    );
    connection.message.subscribe(() => log.push('other subscriber'));
    await oneLife(connection);
    expect(log).toEqual(['other subscriber', 'closed']);
    expect(errors).toEqual([
      "the delegate's onConnectionEstablished(): in established",
      "the delegate's onConnectionMessageReceived(): in message",
    ]);
  });

  it('is loud about an error by default', async () => {
    const console = jest.spyOn(globalThis.console, 'error').mockImplementation(() => {});
    try {
      const boom = new Error('boom');
      const connection = new HsmsPassiveConnection('', 0, 0, undefined, quick);
      attachDelegate(connection, {
        onConnectionEstablished: () => {
          throw boom;
        },
      });
      await oneLife(connection);
      expect(console).toHaveBeenCalledWith("rxsecs: the delegate's onConnectionEstablished() failed:", boom);
    } finally {
      console.mockRestore();
    }
  });

  it('is detached by its subscription', async () => {
    const log: string[] = [];
    const connection = new HsmsPassiveConnection('', 0, 0, undefined, quick);
    const subscription = attachDelegate(connection, {
      onConnectionEstablished: () => {
        log.push('established');
        subscription.unsubscribe();
      },
      onConnectionClosed: () => log.push('closed'),
    });
    await oneLife(connection);
    expect(log).toEqual(['established']);
  });
});
