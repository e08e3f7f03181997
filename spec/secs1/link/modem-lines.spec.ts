import { Secs1Connection, serialLine } from '../../../src/secs1/index.js';
import { FakeClock } from '../../support/fake-clock.js';
import { PlayedPort } from './played-port.js';

const USED: readonly string[] = ['isOpen', 'open', 'write', 'drain', 'close', 'on'];

describe('a serial port', () => {
  // On a pseudo-terminal, and on some adapters, `get` and `set` of the modem lines fail.
  it('B-52: is never asked for its modem lines, nor for anything else than to open, write, drain and close', async () => {
    const clock = new FakeClock();
    const asked = new Set<string>();
    let port: PlayedPort | undefined;
    const make: NonNullable<Parameters<typeof serialLine>[1]>['ports'] = {
      make: (settings) => {
        const played = (port = new PlayedPort(settings));
        return new Proxy(played, {
          get(target, name) {
            asked.add(String(name));
            const value: unknown = Reflect.get(target, name);
            return typeof value === 'function' ? (value as () => void).bind(target) : value;
          },
        });
      },
      list: () => Promise.resolve([]),
    };
    const connection = new Secs1Connection(serialLine('/dev/ttyX', { ports: make }), 1, null, { clock });
    await connection.enable();
    port?.opens();
    await clock.settle();
    // The peer asks for the line, and is let speak.
    port?.tell('data', Buffer.of(5));
    await clock.settle();
    expect(port?.written).toEqual([4]);
    await clock.settled(connection.dispose());
    expect([...asked].filter((name) => !USED.includes(name))).toEqual([]);
    expect(asked.has('write')).toBe(true);
  });
});
