import { check } from '../../check.js';
import type { Clock, Timer } from '../../clock.js';
import type { Connector } from '../../connection/connector.js';
import type { ConnectionState } from '../../connection/events.js';
import { Secs1Error } from '../errors.js';
import type { ByteLink, ByteLinkReader } from './byte-link.js';
import type { LineHost, LineSource } from './line-source.js';
import { loadSerialPorts, type SerialPortLike, type SerialPorts } from './serial-port.js';

/** Options of {@link serialLine}. */
export interface SerialLineOptions {
  /** Bits a second: E4 has 300 to 9600, and 150 and 19200 as options; tools reach 115200. Default 9600. */
  readonly baudRate?: number;
  /** What makes the port: the package `serialport` by default. */
  readonly ports?: SerialPorts;
}

/**
 * A line on a serial port: 8 data bits, no parity, one stop bit, no flow control. It needs the package `serialport`, loaded when
 * the connection is enabled. A port that is lost, or cannot be opened, is tried again every T5.
 *
 * @example
 * ```ts
 * import { Secs1Connection, serialLine } from 'rxsecs/secs1';
 *
 * const connection = new Secs1Connection(serialLine('/dev/ttyUSB0', { baudRate: 9600 }), 1);
 * await connection.enable();
 * ```
 * @param path as in `/dev/ttyUSB0` or `COM3`; see {@link serialPorts}
 * @throws HsmsArgumentError for an argument out of range.
 */
export function serialLine(path: string, options?: SerialLineOptions | null): LineSource {
  if (check.text('path', path) === '') check.refuse('path', 'the path of a serial port', path);
  const { baudRate = 9600, ports } = check.options('options', options, {
    owner: 'serialLine()',
    names: { baudRate: true, ports: true },
  });
  check.integer('baudRate', baudRate, 50, 4_000_000);
  if (ports !== undefined) check.methods('ports', ports, ['make', 'list'], 'what makes serial ports');
  return {
    text: `serial port ${path}, ${baudRate} baud`,
    connect: (host) => new SerialConnector(host, path, baudRate, ports),
  };
}

/** Opens one serial port, and again T5 after it was lost or could not be opened. */
class SerialConnector implements Connector {
  readonly boundAddress = undefined;
  readonly #host: LineHost;
  readonly #path: string;
  readonly #baudRate: number;
  #ports: SerialPorts | undefined;
  #retryTimer: Timer | undefined;
  #opening: SerialPortLike | undefined;
  #attempt = 0;
  #stopped = true;

  constructor(host: LineHost, path: string, baudRate: number, ports: SerialPorts | undefined) {
    this.#host = host;
    this.#path = path;
    this.#baudRate = baudRate;
    this.#ports = ports;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    this.#attempt = 0;
    this.#ports ??= await loadSerialPorts();
    if (!this.#hasStopped()) this.#open(this.#ports);
  }

  stop(): Promise<void> {
    this.#stopped = true;
    this.#retryTimer?.cancel();
    const opening = this.#opening;
    this.#opening = undefined;
    if (opening?.isOpen === true) opening.close(() => {});
    return Promise.resolve();
  }

  afterLink(): ConnectionState {
    this.#attempt = 0;
    this.#retryAfterT5();
    return 'waiting';
  }

  #hasStopped(): boolean {
    return this.#stopped;
  }

  #open(ports: SerialPorts): void {
    this.#attempt++;
    this.#host.setState('connecting');
    let port: SerialPortLike;
    try {
      port = ports.make({
        ...{ path: this.#path, baudRate: this.#baudRate, dataBits: 8, parity: 'none', stopBits: 1 },
        ...{ rtscts: false, autoOpen: false },
      });
    } catch (error) {
      this.#onFailed(error as Error);
      return;
    }
    this.#opening = port;
    port.open((error) => {
      if (this.#opening !== port) {
        // Disabled meanwhile.
        if (error === null || error === undefined) port.close(() => {});
        return;
      }
      this.#opening = undefined;
      if (error !== null && error !== undefined) this.#onFailed(error);
      else this.#host.adopt(new SerialLink(port, this.#host.clock));
    });
  }

  #onFailed(cause: Error): void {
    const { t5 } = this.#host.settings();
    this.#retryAfterT5();
    this.#host.setState('waiting');
    const error = new Secs1Error(
      'SECS1_PORT_FAILED',
      `the serial port ${this.#path} cannot be opened: ${cause.message}`,
      { cause },
    );
    this.#host.notify({ kind: 'connectFailed', error, attempt: this.#attempt, retrySeconds: t5 });
  }

  #retryAfterT5(): void {
    this.#retryTimer = this.#host.clock.setTimer('t5', this.#host.settings().t5, () => {
      if (this.#ports !== undefined) this.#open(this.#ports);
    });
  }
}

/** The bytes of a line on a serial port. */
class SerialLink implements ByteLink {
  readonly #port: SerialPortLike;
  readonly #clock: Clock;
  #reader: ByteLinkReader | undefined;

  constructor(port: SerialPortLike, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
  }

  read(reader: ByteLinkReader): void {
    this.#reader = reader;
    this.#port.on('data', (chunk) => this.#reader?.onBytes(chunk));
    this.#port.on('error', (error) => this.#ended('portError', error));
    // An adapter that is pulled closes the port, with an error here and no event `error`.
    this.#port.on('close', (error) => this.#ended('portLost', error));
  }

  write(bytes: Buffer, written?: () => void): void {
    this.#port.write(bytes);
    if (written === undefined) return;
    this.#port.drain((error) => {
      if (error === null || error === undefined) written();
      // A port that is lost while something is being written may tell of it here alone.
      else this.#ended('portLost', error);
    });
  }

  close(seconds: number, closed: () => void): void {
    this.#reader = undefined;
    if (!this.#port.isOpen) {
      closed();
      return;
    }
    // A driver that still holds bytes of an adapter that was pulled may never call back.
    let done = false;
    const finish = (): void => {
      timer.cancel();
      if (!done) closed();
      done = true;
    };
    const timer = this.#clock.setTimer('close', seconds, finish);
    this.#port.close(finish);
  }

  #ended(kind: 'portLost' | 'portError', error: Error | null | undefined): void {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.onEnded({ kind, error: error ?? new Error('the port was closed') });
  }
}
