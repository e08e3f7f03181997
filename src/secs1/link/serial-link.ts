import type { Clock } from '../../clock.js';
import type { ByteLink, ByteLinkReader } from './byte-link.js';
import type { SerialPortLike } from './serial-port.js';

/** The bytes of a line on a serial port. */
export class SerialLink implements ByteLink {
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
