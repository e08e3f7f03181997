import { encodeBlock } from '../../../src/secs1/block/block.js';
import { Secs1Header, type Secs1HeaderFields } from '../../../src/secs1/block/header.js';
import type { ByteLink, ByteLinkReader } from '../../../src/secs1/link/byte-link.js';
import type { LineHost, LineSource } from '../../../src/secs1/link/line-source.js';
import { Secs1Connection, Secs1Packet, type Secs1ConnectionOptions } from '../../../src/secs1/index.js';
import { S, type SecsMessage } from '../../../src/secs2/index.js';
import { FakeClock } from '../../support/fake-clock.js';

export const [ENQ, EOT, ACK, NAK] = [5, 4, 6, 21] as const;

/** What is written, in hex, blocks as `[S1F1 1E 0]`: name, block number, E, bytes of the body. */
function shown(bytes: Buffer): string {
  if (bytes.length < 13)
    return { '05': 'ENQ', '04': 'EOT', '06': 'ACK', '15': 'NAK' }[bytes.toString('hex')] ?? '?';
  const { stream, function: fn, blockNumber, eBit } = Secs1Header.parse(bytes, 1);
  return `[S${stream}F${fn} ${blockNumber}${eBit ? 'E' : ''} ${bytes.length - 13}]`;
}

/** A connection whose other end is played byte by byte. */
export class RawLine {
  readonly clock = new FakeClock();
  readonly connection: Secs1Connection;
  readonly notices: string[] = [];
  readonly messages: Secs1Packet[] = [];
  readonly closed: string[] = [];
  /** Whether what is written leaves by itself. */
  drains = true;
  #out: string[] = [];
  #written: (() => void)[] = [];
  #reader: ByteLinkReader | undefined;
  #host: LineHost | undefined;
  #systemBytes = 100;

  constructor(options: Secs1ConnectionOptions = {}) {
    this.connection = new Secs1Connection(this.#source(), 1, null, { clock: this.clock, gap: 0, ...options });
    this.connection.notices.subscribe((notice) => {
      const more = 'hint' in notice && notice.hint !== undefined ? ` ${notice.hint.kind}` : '';
      this.notices.push(`${notice.kind}${'reason' in notice ? ` ${notice.reason}` : ''}${more}`);
    });
    this.connection.message.subscribe((packet) => this.messages.push(packet));
    this.connection.closed.subscribe(({ reason }) => this.closed.push(reason.kind));
  }

  async up(): Promise<this> {
    await this.connection.enable();
    return this;
  }

  /** What was written since this was last asked. */
  get out(): string {
    return this.#out.splice(0).join(' ');
  }

  /** Bytes come in one chunk; returns what is written at once and once the line has looked for more. */
  async in(...bytes: readonly (number | Uint8Array)[]): Promise<string> {
    const parts = bytes.map((part) => (typeof part === 'number' ? Buffer.of(part) : part));
    this.#reader?.onBytes(Buffer.concat(parts));
    await this.clock.settle();
    return this.out;
  }

  async pass(seconds: number): Promise<string> {
    await this.clock.advanceAsync(seconds);
    return this.out;
  }

  /** What has been written leaves now. */
  async drain(): Promise<string> {
    for (const written of this.#written.splice(0)) written();
    await this.clock.settle();
    return this.out;
  }

  end(kind: 'remoteClosed' | 'portLost' = 'remoteClosed'): void {
    this.#reader?.onEnded(kind === 'portLost' ? { kind, error: new Error('pulled') } : { kind });
  }

  /** The connection sends a message; the promise is handled. */
  send(message: SecsMessage = S(1, 1).w(), signal?: AbortSignal): Promise<unknown> {
    const fields = {
      rBit: this.connection.entity === 'equipment',
      sessionId: 1,
      systemBytes: this.#systemBytes++,
    };
    const sent = this.connection.send(
      Secs1Packet.of(fields, message),
      signal === undefined ? {} : { signal },
    );
    return sent.then(
      () => 'sent',
      (error: unknown) => error,
    );
  }

  #source(): LineSource {
    const link: ByteLink = {
      read: (reader) => (this.#reader = reader),
      write: (bytes, written) => {
        this.#out.push(shown(bytes));
        if (this.drains) written?.();
        else if (written !== undefined) this.#written.push(written);
      },
      close: (_seconds, closed) => closed(),
    };
    return {
      text: 'played line',
      connect: (host) => {
        this.#host = host;
        return {
          boundAddress: undefined,
          start: () => Promise.resolve(host.adopt(link)),
          stop: () => Promise.resolve(),
          afterLink: () => {
            host.clock.afterPoll(() => {
              if (this.#host?.isEnabled() === true) this.#host.adopt(link);
            });
            return 'waiting';
          },
        };
      },
    };
  }
}

/** A block of the peer as it is on the line. */
export function blockOf(fields: Partial<Secs1HeaderFields> = {}, body: string | Buffer = ''): Buffer {
  const header = Secs1Header.of({
    ...{ rBit: true, sessionId: 1, stream: 1, function: 2, wBit: false, systemBytes: 7 },
    ...fields,
  });
  return encodeBlock(header, Buffer.from(body));
}

/** The same with a wrong checksum. */
export function badBlock(): Buffer {
  const block = blockOf();
  block[block.length - 1] = 0;
  return block;
}
