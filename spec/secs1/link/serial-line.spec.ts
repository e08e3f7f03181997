import {
  Secs1Connection,
  Secs1Session,
  serialLine,
  serialPorts,
  type Secs1ConnectionOptions,
} from '../../../src/secs1/index.js';
import type { SerialPortSettings } from '../../../src/secs1/link/serial-port.js';
import { S } from '../../../src/secs2/index.js';
import { FakeClock } from '../../support/fake-clock.js';
import { PlayedPort, type Done } from './played-port.js';

/** A connection on played ports. */
class Bed {
  readonly clock = new FakeClock();
  readonly made: PlayedPort[] = [];
  readonly told: string[] = [];
  readonly connection: Secs1Connection;
  missing: Error | undefined;

  constructor(options: Secs1ConnectionOptions = {}) {
    const ports = {
      make: (settings: SerialPortSettings): PlayedPort => {
        if (this.missing !== undefined) throw this.missing;
        const port = new PlayedPort(settings);
        this.made.push(port);
        return port;
      },
      list: () => Promise.resolve([]),
    };
    const line = serialLine('/dev/ttyX', { baudRate: 19_200, ports });
    this.connection = new Secs1Connection(line, 1, null, { clock: this.clock, t5: 10, gap: 0, ...options });
    this.connection.notices.subscribe((notice) => {
      this.told.push('error' in notice ? `${notice.kind}: ${String(notice.error?.message)}` : notice.kind);
    });
    this.connection.closed.subscribe(({ reason }) => {
      this.told.push(`closed: ${this.connection.describeReason(reason)}`);
    });
  }

  get port(): PlayedPort {
    return this.made.at(-1) as PlayedPort;
  }

  async enabled(): Promise<this> {
    await this.connection.enable();
    return this;
  }

  async up(): Promise<this> {
    await this.enabled();
    this.port.opens();
    await this.clock.settle();
    return this;
  }
}

describe('serialLine', () => {
  it('B-50, B-51: opens the port as 8N1 without flow control, and carries bytes both ways', async () => {
    const bed = await new Bed().enabled();
    expect(bed.port.settings).toEqual({
      ...{ path: '/dev/ttyX', baudRate: 19_200, dataBits: 8, parity: 'none', stopBits: 1 },
      ...{ rtscts: false, autoOpen: false },
    });
    expect(bed.connection.currentState).toBe('connecting');
    expect(bed.connection.address).toBe('serial port /dev/ttyX, 19200 baud');
    bed.port.opens();
    expect(bed.connection.currentState).toBe('connected');
    bed.port.tell('data', Buffer.of(5));
    await bed.clock.settle();
    expect(bed.port.written).toEqual([4]);
    await bed.connection.dispose();
    expect([bed.port.isOpen, bed.told, bed.clock.timers]).toEqual([
      false,
      ['closed: closed by this side'],
      [],
    ]);
  });

  it.each([
    ['lost', 'close', 'pulled', 'the serial port has gone: pulled'],
    ['lost without a word', 'close', undefined, 'the serial port has gone: the port was closed'],
    ['at fault', 'error', 'I/O error', 'the serial port failed: I/O error'],
  ] as const)('B-51: closes the line of a port that is %s, and opens it again after T5', async (...row) => {
    const [, event, message, told] = row;
    const bed = await new Bed().up();
    const lost = bed.port;
    lost.tell(event, message === undefined ? undefined : new Error(message));
    lost.tell('close');
    await bed.clock.settle();
    expect([bed.told, bed.connection.currentState]).toEqual([[`closed: ${told}`], 'waiting']);
    expect(lost.isOpen).toBe(false);
    await bed.clock.advanceAsync(9.9);
    expect(bed.made).toHaveLength(1);
    await bed.clock.advanceAsync(0.2);
    bed.port.opens();
    expect([bed.made.length, bed.connection.currentState]).toEqual([2, 'connected']);
    await bed.connection.dispose();
  });

  it('B-51: notices a port that is lost by the drain alone', async () => {
    const bed = new Bed();
    const session = new Secs1Session(bed.connection);
    await bed.up();
    bed.port.drains = false;
    const asked = session.request(S(1, 1)).catch((error: unknown) => error);
    await bed.clock.settle();
    bed.port.tell('data', Buffer.of(4));
    await bed.clock.settle();
    bed.port.drained?.(new Error('EIO'));
    expect(await asked).toMatchObject({ code: 'SECS1_CONNECTION_CLOSED' });
    expect(bed.told).toEqual(['closed: the serial port has gone: EIO']);
    await session.dispose();
  });

  it('B-51: names a port that cannot be opened, locked say, and tries again every T5', async () => {
    const bed = await new Bed().enabled();
    bed.port.opens(new Error('Cannot lock port'));
    const failed = 'connectFailed: the serial port /dev/ttyX cannot be opened: Cannot lock port';
    expect([bed.told, bed.connection.currentState]).toEqual([[failed], 'waiting']);
    bed.missing = new Error('no binding');
    await bed.clock.advanceAsync(10);
    expect(bed.told[1]).toBe('connectFailed: the serial port /dev/ttyX cannot be opened: no binding');
    bed.missing = undefined;
    await bed.clock.advanceAsync(10);
    bed.port.opens();
    expect(bed.connection.currentState).toBe('connected');
    await bed.connection.dispose();
  });

  it('B-51: tells of a port whose driver does not answer, opens it no second time, and takes it when it does', async () => {
    const bed = await new Bed({ connectTimeout: 10, t5: 10 }).enabled();
    await bed.clock.advanceAsync(10);
    expect(bed.connection.currentState).toBe('waiting');
    await bed.clock.advanceAsync(10);
    const failed = 'connectFailed: the serial port /dev/ttyX cannot be opened: ';
    expect(bed.told).toEqual([
      `${failed}the driver has not answered for 10 s`,
      `${failed}the driver still has not answered`,
    ]);
    bed.port.opens();
    expect([bed.made.length, bed.connection.currentState]).toEqual([1, 'connected']);
    await bed.connection.dispose();
    expect(bed.clock.timers).toEqual([]);
  });

  it('B-51: closes a port that opens after disable(), and says nothing of one that fails then', async () => {
    const bed = await new Bed().enabled();
    const first = bed.port;
    await bed.connection.disable();
    first.opens();
    expect([first.isOpen, bed.connection.currentState]).toEqual([false, 'disabled']);
    await bed.connection.enable();
    const second = bed.port;
    await bed.connection.disable();
    second.opens(new Error('late'));
    expect([bed.told, bed.clock.timers]).toEqual([[], []]);
    await bed.connection.dispose();
  });

  it('B-31, B-51: disables within closeTimeout where the port never says that it is closed', async () => {
    const bed = await new Bed({ closeTimeout: 3 }).up();
    bed.port.closes = false;
    const disabled = bed.connection.disable();
    await bed.clock.advanceAsync(2.9);
    expect(bed.connection.currentState).toBe('closing');
    await bed.clock.advanceAsync(0.2);
    await disabled;
    expect([bed.told, bed.clock.timers]).toEqual([['closed: closed by this side'], []]);
  });

  it.each([
    ['no path', () => serialLine(''), /^path must be /],
    ['a baud rate that is none', () => serialLine('COM3', { baudRate: 0 }), /^baudRate must be /],
    ['ports that make none', () => serialLine('COM3', { ports: {} as never }), /^ports must be /],
    ['an option that it does not have', () => serialLine('COM3', { baud: 9600 } as object), /baud/],
  ])('B-50: refuses %s', (_, make, text) => {
    expect(make).toThrow(text);
  });
});

describe('the package serialport', () => {
  afterEach(() => {
    jest.dontMock('serialport');
    jest.resetModules();
  });

  it('B-51: lists ports and makes them', async () => {
    const made: object[] = [];
    class SerialPort {
      static list = (): Promise<object[]> => Promise.resolve([{ path: '/dev/ttyUSB0' }]);
      constructor(settings: object) {
        made.push(settings);
      }
      open(opened: Done): void {
        opened(new Error('played'));
      }
    }
    jest.doMock('serialport', () => ({ SerialPort }));
    expect(await serialPorts()).toEqual([{ path: '/dev/ttyUSB0' }]);
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    const connection = new Secs1Connection(serialLine('COM3'), 1, null, { clock: new FakeClock(), onError });
    await connection.enable();
    expect(errors).toMatchObject([{ code: 'SECS1_PORT_FAILED' }]);
    expect(made).toMatchObject([{ path: 'COM3', baudRate: 9600 }]);
    await connection.dispose();
  });

  it('B-51: where it is missing, enable() and serialPorts() say what to install', async () => {
    jest.doMock('serialport', () => {
      throw new Error("Cannot find module 'serialport'");
    });
    const missing = {
      code: 'SECS1_SERIALPORT_MISSING',
      message: expect.stringContaining('npm install serialport@13') as string,
    };
    const connection = new Secs1Connection(serialLine('COM3'), 1, null, { clock: new FakeClock() });
    await expect(connection.enable()).rejects.toMatchObject(missing);
    expect(connection.currentState).toBe('disabled');
    await expect(serialPorts()).rejects.toMatchObject(missing);
  });
});
