import { Secs1Error } from '../errors.js';
import { systemPorts, type SerialPortInfo } from './system-ports.js';

/** A serial port, as far as this library uses it: a `SerialPort` of the package `serialport` is one. */
export interface SerialPortLike {
  readonly isOpen: boolean;
  open(opened: (error: Error | null) => void): void;
  /** Calls back once the driver has taken the bytes. */
  write(bytes: Buffer, taken?: (error: Error | null | undefined) => void): unknown;
  /** Calls back once all that the driver took has left the machine. */
  drain(drained: (error: Error | null) => void): void;
  close(closed: (error: Error | null) => void): void;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'error' | 'close', listener: (error: Error | null | undefined) => void): unknown;
}

/** How a port is opened: 8 data bits, no parity, one stop bit, no flow control, for all 256 values of a byte occur (E4). */
export interface SerialPortSettings {
  readonly path: string;
  readonly baudRate: number;
  readonly dataBits: 8;
  readonly parity: 'none';
  readonly stopBits: 1;
  readonly rtscts: false;
  readonly autoOpen: false;
}

/** Makes serial ports: the package `serialport`, or what stands in for it in a test. */
export interface SerialPorts {
  make(settings: SerialPortSettings): SerialPortLike;
  list(): Promise<readonly SerialPortInfo[]>;
}

/** Loads the package `serialport`. @throws Secs1Error `SECS1_SERIALPORT_MISSING` that says what to install. */
export async function loadSerialPorts(): Promise<SerialPorts> {
  try {
    const { SerialPort } = await import('serialport');
    return { make: (settings) => new SerialPort(settings), list: () => SerialPort.list() };
  } catch (cause) {
    throw new Secs1Error(
      'SECS1_SERIALPORT_MISSING',
      'serial ports need the package serialport, which is not installed: npm install serialport@13',
      { cause },
    );
  }
}

/**
 * The serial ports of this machine. Rejects with a Secs1Error `SECS1_SERIALPORT_MISSING` where the package `serialport` is missing.
 *
 * @example
 * ```ts
 * import { serialPorts } from 'rxsecs/secs1';
 *
 * for (const port of await serialPorts()) console.log(port);
 * ```
 */
export async function serialPorts(): Promise<readonly SerialPortInfo[]> {
  const ports = await loadSerialPorts();
  try {
    return await ports.list();
  } catch (error) {
    // The package asks udevadm, which a container has not.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return systemPorts();
    throw error;
  }
}
