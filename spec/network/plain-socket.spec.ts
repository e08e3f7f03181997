import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { isPlainSocket, type NetworkSocket } from '../../src/network/network.js';

/** A socket with something of somebody's own in front of it. */
function changed(name: string): Socket {
  const socket = new Socket();
  const original: unknown = (socket as unknown as Record<string, unknown>)[name];
  return Object.defineProperty(socket, name, { value: original, configurable: true });
}

describe('isPlainSocket', () => {
  it('knows a socket that hands to the kernel what it is given', () => {
    expect(isPlainSocket(new Socket())).toBe(true);
  });

  it.each<[string, () => unknown]>([
    ['TLS', () => new TLSSocket(new Socket())],
    ['another stream', () => new Duplex()],
    ['a socket of a class of its own', () => new (class extends Socket {})()],
    ['a socket whose write was replaced', () => changed('write')],
    ['a socket whose _write was replaced', () => changed('_write')],
    ['a socket whose cork was replaced', () => changed('cork')],
  ])('knows %s, which may hold on to it', (_what, make) => {
    expect(isPlainSocket(make() as NetworkSocket)).toBe(false);
  });
});
