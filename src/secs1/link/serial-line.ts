import { check } from '../../check.js';
import type { Timer } from '../../clock.js';
import type { Connector } from '../../connection/connector.js';
import type { ConnectionState } from '../../connection/events.js';
import { Secs1Error } from '../errors.js';
import type { LineHost, LineSource } from './line-source.js';
import { SerialLink } from './serial-link.js';
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

/** What the package says, without what is said already. */
function reasonOf({ message }: Error): string {
  return message.replace(/^Error:? /, '').replace(/, cannot open .*$/s, '');
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
    if (this.#opening !== undefined) {
      // Opening it once more would take another thread of the process.
      this.#onFailed(new Error('the driver still has not answered'));
      return;
    }
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
    const { connectTimeout } = this.#host.settings();
    this.#retryTimer = this.#host.clock.setTimer('connect', connectTimeout, () => {
      this.#onFailed(new Error(`the driver has not answered for ${connectTimeout} s`));
    });
    port.open((error) => {
      if (this.#opening !== port) {
        // Disabled meanwhile.
        if (error === null || error === undefined) port.close(() => {});
        return;
      }
      this.#opening = undefined;
      this.#retryTimer?.cancel();
      if (error !== null && error !== undefined) this.#onFailed(error);
      else this.#host.adopt(new SerialLink(port, this.#host, this.#baudRate));
    });
  }

  #onFailed(cause: Error): void {
    const { t5 } = this.#host.settings();
    this.#retryAfterT5();
    this.#host.setState('waiting');
    const error = new Secs1Error(
      'SECS1_PORT_FAILED',
      `the serial port ${this.#path} cannot be opened: ${reasonOf(cause)}`,
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
