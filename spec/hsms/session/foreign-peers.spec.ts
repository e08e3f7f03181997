import {
  describeClose,
  HsmsActiveConnection,
  HsmsConnectionClosedError,
  HsmsPassiveConnection,
  HsmsSession,
  type ClosedEvent,
} from '../../../src/index.js';
import { RawPeer, RawServer } from '../../support/raw-peer.js';
import { until } from '../../support/until.js';

const TLS_HELLO = Buffer.from('16030100a5010000a10303', 'hex');
const TLS_ALERT = Buffer.from('15030300020246', 'hex');
const TELNET_DO = Buffer.from('fffd18fffd20', 'hex');
const TELNET_WILL = Buffer.from('fffb01fffb03', 'hex');

/** What other protocols send first, to the side that dials and to the side that listens, and how the error begins. */
const peers: readonly [string, 'dialling' | 'listening', Buffer, string][] = [
  ['HTTP', 'dialling', Buffer.from('HTTP/1.1 400 Bad Request\r\n'), 'The peer sends text, "HTTP" …'],
  ['HTTP', 'listening', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'The peer sends text, "GET " …'],
  ['SSH', 'dialling', Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'), 'The peer sends text, "SSH-" …'],
  ['SSH', 'listening', Buffer.from('SSH-2.0-PuTTY\r\n'), 'The peer sends text, "SSH-" …'],
  ['TLS', 'dialling', TLS_ALERT, 'The peer speaks TLS'],
  ['TLS', 'listening', TLS_HELLO, 'The peer speaks TLS'],
  ['telnet', 'dialling', TELNET_DO, 'The peer speaks telnet'],
  ['telnet', 'listening', TELNET_WILL, 'The peer speaks telnet'],
  ['SECS-I', 'dialling', Buffer.from('05050505', 'hex'), 'The peer sends bytes of SECS-I'],
  ['SECS-I', 'listening', Buffer.from('05050505', 'hex'), 'The peer sends bytes of SECS-I'],
];

describe('a peer that speaks something else', () => {
  it.each(peers)('%s, to the %s side: is named first', async (_name, side, bytes, text) => {
    const server = await RawServer.listen();
    const options = { bindAddress: '127.0.0.1' };
    const connection =
      side === 'dialling'
        ? new HsmsActiveConnection('127.0.0.1', server.port, 0)
        : new HsmsPassiveConnection('127.0.0.1', 0, 0, null, options);
    const session = new HsmsSession(connection);
    const closed: ClosedEvent[] = [];
    connection.closed.subscribe((event) => closed.push(event));
    await connection.enable();
    const peer =
      connection instanceof HsmsPassiveConnection
        ? await RawPeer.connect(connection.boundAddress?.port ?? 0)
        : await server.peer();
    peer.write(bytes);
    await until('the close', () => closed.length > 0);
    const [{ reason, hint }] = closed as [ClosedEvent];
    const said = describeClose(reason, hint);
    expect(said.startsWith(text)).toBe(true);
    expect(said).toMatch(/ \(message length \d+ is above maxPacketBytes \d+\)$/);
    expect(new HsmsConnectionClosedError(reason, hint).message).toBe(`the packet was not sent: ${said}`);
    expect(session.currentState).toBe('notConnected');
    await connection.dispose();
    peer.socket.destroy();
    await server.close();
  });
});
