import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from '../support/child.js';
import { freePort } from '../support/free-port.js';
import { Inbox } from '../support/inbox.js';

const START_ATTEMPTS = 50;
const ATTEMPT_SECONDS = 0.2;

/**
 * A running tshark that writes the loopback traffic of one port into a file.
 *
 * It gives no dependable sign that it has begun to capture, and what the kernel still holds for it when it is
 * stopped is lost. So a marker is looked for in the capture at both ends: a SYN to the port, which nobody listens on
 * then, from a known source port.
 */
export class Capture {
  /** The file in pcapng format; whole once {@link stop} has resolved. */
  readonly file: string;
  readonly #port: number;
  readonly #folder: string;
  readonly #tshark: Child;
  readonly #sourcePorts: Inbox<string>;

  private constructor(port: number, folder: string) {
    this.#port = port;
    this.#folder = folder;
    this.file = join(folder, 'loopback.pcapng');
    this.#sourcePorts = new Inbox<string>(
      'tshark',
      String,
      () => `standard error of tshark:\n${this.#tshark.errors}`,
    );
    const capture = ['-i', 'lo', '-f', `tcp port ${port}`, '-w', this.file];
    const print = ['-P', '-l', '-T', 'fields', '-e', 'tcp.srcport'];
    this.#tshark = new Child('tshark', 'tshark', [...capture, ...print], (line) =>
      this.#sourcePorts.push(line),
    );
    void this.#tshark.ended.then((how) => this.#sourcePorts.end(how));
  }

  /** Starts to capture; resolves when packets are being taken. Nobody may listen on `port` yet. */
  static async start(port: number): Promise<Capture> {
    const capture = new Capture(port, await mkdtemp(join(tmpdir(), 'rxsecs-interop-')));
    try {
      await capture.#begun();
    } catch (error) {
      await capture.dispose();
      throw error;
    }
    return capture;
  }

  /** Ends the capture when all that was sent before is in the file. Nobody may listen on the port any more. */
  async stop(): Promise<void> {
    const marker = await this.#mark();
    while ((await this.#sourcePorts.next(`the end marker, a SYN from port ${marker},`)) !== marker);
    await this.#tshark.stop('SIGINT');
  }

  /** Ends tshark, if it still runs, and removes the file. */
  async dispose(): Promise<void> {
    await this.#tshark.stop('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #begun(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.#mark();
      try {
        await this.#sourcePorts.next('the first packet', ATTEMPT_SECONDS);
        return;
      } catch (error) {
        if (attempt === START_ATTEMPTS || this.#sourcePorts.ended) throw error;
      }
    }
  }

  /** Has one SYN refused on the port and returns where it came from. */
  async #mark(): Promise<string> {
    // A SYN from the very port would connect to itself.
    let localPort = await freePort();
    while (localPort === this.#port) localPort = await freePort();
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: this.#port, localAddress: '127.0.0.1', localPort });
      socket.once('error', () => resolve(String(localPort)));
      socket.once('connect', () => {
        socket.destroy();
        reject(
          new Error(`port ${this.#port} is listened on: the marker of the capture would be taken for a peer`),
        );
      });
    });
  }
}
