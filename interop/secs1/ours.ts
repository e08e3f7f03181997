import { firstValueFrom, filter } from 'rxjs';
import { A, B, L, S } from '../../src/secs2/index.js';
import {
  Secs1Connection,
  Secs1Session,
  type LineSource,
  type Secs1ConnectionOptions,
} from '../../src/secs1/index.js';

/** Our end: a session that answers what the peers ask. */
export class Ours {
  readonly session: Secs1Session;
  /** Bytes of the bodies of S7F3 that came. */
  readonly recipes: number[] = [];
  readonly notices: string[] = [];
  /** Resolves when an S1F13 of the peer has been answered. */
  readonly greeted: Promise<void>;

  constructor(line: LineSource, entity: 'host' | 'equipment', options: Secs1ConnectionOptions = {}) {
    const connection = new Secs1Connection(line, 10, null, { entity, t5: 1, ...options });
    // secsgem does not know the inquire of stream 7.
    this.session = new Secs1Session(connection, { inquire: 'never' });
    connection.notices.subscribe(({ kind }) => this.notices.push(kind));
    let onGreeted = (): void => {};
    this.greeted = new Promise((resolve) => (onGreeted = resolve));
    this.session.primaries.subscribe((primary) => {
      const { stream, function: fn, body } = primary.message;
      if (stream === 7) this.recipes.push(body.length);
      if (!primary.wantsReply) return;
      const commack = L(B(0), entity === 'host' ? L() : L(A('rxsecs'), A('1')));
      const replied = primary.reply(S(stream, fn + 1, fn === 13 ? commack : stream === 7 ? B(0) : L()));
      if (fn === 13) void replied.then(onGreeted);
    });
  }

  async up(): Promise<void> {
    await this.session.connection.enable();
    await this.session.usable({ signal: AbortSignal.timeout(30_000) });
  }

  /** Resolves when the line has closed for this reason. */
  async closed(kind: string): Promise<void> {
    await firstValueFrom(this.session.connection.closed.pipe(filter(({ reason }) => reason.kind === kind)));
  }

  async s1f1(): Promise<number> {
    return (await this.session.request(S(1, 1))).function;
  }

  async big(bytes: number): Promise<number> {
    return (await this.session.request(S(7, 3, L(A('recipe'), B(Buffer.alloc(bytes)))))).function;
  }
}
