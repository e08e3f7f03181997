import { HsmsArgumentError } from '../../../src/errors.js';
import { HsmsActiveConnection } from '../../../src/hsms/connection/active-connection.js';
import { HsmsPassiveConnection } from '../../../src/hsms/connection/passive-connection.js';
import { HsmsMultiPassiveServer } from '../../../src/hsms/multi-passive/multi-passive-server.js';

const makers: readonly (readonly [string, (options: never) => unknown])[] = [
  ['active', (options) => new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, options)],
  ['passive', (options) => new HsmsPassiveConnection('', 0, 0, undefined, options)],
  ['server', (options) => new HsmsMultiPassiveServer(0, options)],
  [
    'peer of a server',
    (options) => new HsmsMultiPassiveServer(0).createConnection('127.0.0.9', 0, undefined, options),
  ],
  ['configure', (options) => new HsmsPassiveConnection('', 0, 0).configure(options)],
];

describe.each(makers)('options of a connection (%s)', (name, make) => {
  const of =
    (options: unknown): (() => unknown) =>
    () =>
      make(options as never);

  it('may be nothing, null, frozen and empty', () => {
    for (const options of [undefined, null, {}, Object.freeze({ t7: 5 })]) expect(of(options)).not.toThrow();
  });

  it.each<[unknown, string]>([
    [{ T7: 5 }, 'did you mean t7?'],
    [{ closetimeout: 5 }, 'did you mean closeTimeout?'],
    [{ keepAlive: 5 }, 'did you mean keepAliveDelay?'],
    [{ t3: 5 }, 't3 belongs to the session: new HsmsSession(connection, { … })'],
    [{ T3: 5 }, 'did you mean t3? It belongs to the session'],
    [{ linktestInterval: 5 }, 'linktestInterval belongs to the session'],
    [{ colour: 5 }, 'there are t5, t6, t7'],
    [{ t7: '5' }, 't7 must be a number of seconds above 0, received the string "5"'],
    [{ t7: NaN }, 'received NaN'],
    [{ t7: null }, 'received null'],
    [
      { maxPacketBytes: [] },
      'maxPacketBytes must be a whole number from 10 to 4294967295, received an array of 0',
    ],
    [5, 'must be an object of options, received 5'],
    [[], 'must be an object of options, received an array of 0'],
  ])('are refused: %j', (options, text) => {
    expect(of(options)).toThrow(HsmsArgumentError);
    expect(of(options)).toThrow(text);
  });

  if (name !== 'configure') {
    it.each<[string, unknown, string]>([
      ['a text as onError', { onError: 'x' }, 'onError must be a function, received the string "x"'],
      ['no clock', { clock: { now: () => 0 } }, 'clock must be a Clock: it needs the method setTimer()'],
      ['no network', { network: {} }, 'network must be a Network: it needs the method connect()'],
      ['a spaced address', { bindAddress: ' ::1' }, 'without the spaces around it'],
      ['a depth', { decoding: { maxDepth: '9' } }, 'decoding.maxDepth must be a number from 0, received'],
      ['a code page', { decoding: { codePage: 'klingon' } }, 'code page "klingon" is not known'],
      ['a misspelt one', { decoding: { codepage: 'gbk' } }, 'did you mean codePage?'],
    ])('are refused: %s', (_what, options, text) => {
      expect(of(options)).toThrow(HsmsArgumentError);
      expect(of(options)).toThrow(text);
    });
  } else {
    it('cannot change what is fixed', () => {
      expect(of({ bindAddress: '::1' })).toThrow('bindAddress is fixed once the connection is constructed');
    });
  }
});

describe('addresses of connections', () => {
  it('are judged when constructed', () => {
    expect(new HsmsActiveConnection('[::1]', 5000, 0).address).toBe('::1');
    expect(new HsmsPassiveConnection('any', 0, 0).address).toBe('');
    expect(() => new HsmsPassiveConnection(undefined as never, 0, 0)).toThrow(
      "or '' or 'any' for anyone, received undefined",
    );
    expect(() => new HsmsPassiveConnection(5000 as never, 0, 0)).toThrow('received 5000');
    expect(() => new HsmsActiveConnection('tool:5000', 5000, 0)).toThrow('without its port');
    const server = new HsmsMultiPassiveServer(0);
    for (const address of ['', 'any', '0.0.0.0', undefined, 'http://tool']) {
      expect(() => server.createConnection(address as never, 0)).toThrow(HsmsArgumentError);
    }
    expect(() => new HsmsActiveConnection('::1', 5000, 0, null, { bindAddress: 'localhost' })).toThrow(
      'bindAddress must be an IP address of this machine, received the string "localhost"',
    );
  });
});
