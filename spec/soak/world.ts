import {
  HsmsActiveConnection,
  HsmsMultiPassiveServer,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnection,
} from '../../src/index.js';
import { A, B, L, S, U4 } from '../../src/secs2/index.js';
import { ENDS } from './ends.js';
import { HarmProxy } from './harm-proxy.js';

const TOOLS = 6;
const IN_FLIGHT = 4;
const RECIPE = Buffer.alloc(15 * 2 ** 20, 'step 17: ramp to 950 degrees; ');
const SETTINGS = { t5: 0.3, t6: 5, t7: 5, t8: 5, closeTimeout: 1 } as const;
/** Those of the pair whose connection ends again and again. */
const HASTY = { ...SETTINGS, t7: 1, t8: 1, sendTimeout: 2 } as const;

export interface Counts {
  messages: number;
  requests: number;
  /** Requests that failed, as some do when a link is reset. */
  failed: number;
  reconnects: number;
  linktests: number;
  large: number;
}

/** One end of a link: what it is made of may be disposed of and made anew. */
export interface Seat {
  connection: HsmsConnection;
  session: HsmsSession;
}

/** One host with a server for many tools, and one pair whose link ends again and again, in every way there is. */
export class World {
  readonly counts: Counts = { messages: 0, requests: 0, failed: 0, reconnects: 0, linktests: 0, large: 0 };
  /** How often the links of the pair ended, by reason. */
  readonly reasons = new Map<string, number>();
  /** How many of its connections have ended, both sides counted. */
  ended = 0;
  /** What must not happen. */
  readonly wrong: string[] = [];
  readonly #seats: Seat[] = [];
  readonly #loops: Promise<void>[] = [];
  readonly #pair = {} as Record<'host' | 'tool', Seat>;
  #server!: HsmsMultiPassiveServer;
  #proxy!: HarmProxy;
  #busy = 0;
  #paused = true;
  #over = false;

  /**
   * @param onMessage is given each message that arrives
   * @param everyMs from one end of the pair's link to the next one, about
   * @param slow how many times as long to wait between two messages
   */
  constructor(
    readonly onMessage: (message: unknown) => void = () => {},
    readonly everyMs = 7000,
    readonly slow = 1,
  ) {}

  async start(): Promise<void> {
    const common = { ...SETTINGS, onError: this.#onError };
    this.#server = new HsmsMultiPassiveServer(0, { bindAddress: '127.0.0.1', ...common });
    for (let i = 2; i < TOOLS + 2; i++) {
      this.#seats.push(this.#serve('host', this.#server.createConnection(`127.0.0.${i}`, i)));
    }
    await this.#server.enable();
    const port = this.#server.boundAddress?.port ?? 0;
    for (let i = 2; i < TOOLS + 2; i++) {
      const options = { bindAddress: `127.0.0.${i}`, ...common };
      this.#seats.push(
        this.#serve('tool', new HsmsActiveConnection('127.0.0.1', port, i, undefined, options)),
      );
    }
    this.#proxy = await HarmProxy.listen(() => this.hostPort);
    for (const side of ['host', 'tool'] as const) {
      this.#pair[side] = this.#make(side);
      this.#seats.push(this.#pair[side]);
    }
    await Promise.all(this.#seats.map(({ connection }) => connection.enable()));
    await Promise.all(this.#seats.map(({ session }) => session.selected()));
    this.resume();
    for (const seat of this.#seats) {
      this.#loops.push(this.#requests(seat), this.#events(seat), this.#linktests(seat));
    }
    this.#loops.push(this.#recipes(), this.#ends());
  }

  /** Where the host of the pair listens; 0 while it does not. */
  get hostPort(): number {
    return (this.#pair.host.connection as HsmsPassiveConnection).boundAddress?.port ?? 0;
  }

  resume(): void {
    this.#paused = false;
  }

  /** Stops traffic, and resolves when nothing is under way. */
  async pause(): Promise<void> {
    this.#paused = true;
    for (let i = 0; i < 2000 && this.#busy > 0; i++) await pass(5);
    if (this.#busy > 0) this.wrong.push(`${this.#busy} requests or sends were not settled within 10 s`);
    // Every sample has the same connections.
    await this.until('all sessions to be selected again', () => this.#isUp(this.#seats));
  }

  async until(what: string, holds: () => boolean): Promise<void> {
    for (let i = 0; i < 2000 && !holds(); i++) await pass(5);
    if (!holds()) this.wrong.push(`waited 10 s in vain for ${what}`);
  }

  async stop(): Promise<void> {
    await this.pause();
    this.#over = true;
    await Promise.all(this.#loops);
    await Promise.all([...this.#seats.map(({ connection }) => connection.dispose()), this.#server.dispose()]);
    await this.#proxy.close();
  }

  /** Disposes of one end of the pair, and makes it anew. */
  async renew(side: 'host' | 'tool'): Promise<void> {
    const seat = this.#pair[side];
    await seat.connection.dispose();
    Object.assign(seat, this.#make(side));
    await seat.connection.enable();
  }

  readonly #onError = (error: unknown, where: string): void =>
    void this.wrong.push(`${where}: ${String(error)}`);

  #isUp(seats: readonly Seat[]): boolean {
    return seats.every(({ session }) => session.currentState === 'selected');
  }

  #make(side: 'host' | 'tool'): Seat {
    const options = { ...HASTY, bindAddress: '127.0.0.1', onError: this.#onError };
    const connection =
      side === 'host'
        ? new HsmsPassiveConnection('', 0, 1, undefined, options)
        : new HsmsActiveConnection('127.0.0.1', this.#proxy.port, 1, undefined, options);
    connection.closed.subscribe(({ reason: { kind } }) => {
      this.ended++;
      this.reasons.set(kind, (this.reasons.get(kind) ?? 0) + 1);
    });
    // Refusals and failed attempts are what is wanted here.
    connection.notices.subscribe();
    return this.#serve(side, connection);
  }

  #serve(side: 'host' | 'tool', connection: HsmsConnection): Seat {
    const session = new HsmsSession(
      connection,
      side === 'host' ? { linktestInterval: 0.5 } : { entity: 'equipment', linktestInterval: 0.7 },
    );
    if (side === 'tool') connection.established.subscribe(() => this.counts.reconnects++);
    connection.events.on('sent', ({ header }) => {
      if (header.sType === 5) this.counts.linktests++;
    });
    // A link may end before a reply has left.
    session.warnings.subscribe(({ kind }) => {
      if (kind !== 'replyFailed') this.wrong.push(`a warning: ${kind}`);
    });
    session.primaries.subscribe((primary) => {
      this.counts.messages++;
      this.onMessage(primary.message);
      if (!primary.wantsReply) return;
      const reply = primary.message.stream === 7 ? B(0) : L(A('SOAK'), A('1.0.0'));
      primary.reply(reply).catch(() => {});
    });
    return { connection, session };
  }

  async #requests(seat: Seat): Promise<void> {
    const one = async (): Promise<void> => {
      while (!this.#over) {
        if (await this.#work(seat, ({ session }) => session.request(S(1, 1)))) this.counts.requests++;
        await pass(2 * this.slow);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, one));
  }

  async #events(seat: Seat): Promise<void> {
    for (let id = 0; !this.#over; id++) {
      await this.#work(seat, ({ session }) =>
        session.send(S(6, 11, L(U4(id), U4(1001), L(A('IDLE'), B(RECIPE.subarray(0, id % 3000)))))),
      );
      await pass(this.slow);
    }
  }

  /** The links are too busy for the library to send any by itself. */
  async #linktests(seat: Seat): Promise<void> {
    while (!this.#over) {
      await this.#work(seat, ({ session }) => session.linktest());
      await this.#rest(500);
    }
  }

  /** The link of the pair ends, and comes back. */
  async #ends(): Promise<void> {
    const { host, tool } = this.#pair;
    for (let turn = 0; !this.#over; turn++) {
      await this.#rest(this.everyMs);
      while (!this.#over && (this.#paused || !this.#isUp([host, tool]))) await pass(20);
      if (this.#over) return;
      const end = ENDS[turn % ENDS.length];
      this.#busy++;
      try {
        await end?.run({ world: this, proxy: this.#proxy, host, tool });
      } catch (error) {
        this.wrong.push(`${String(end?.name)}: ${String(error)}`);
      } finally {
        this.#busy--;
      }
    }
  }

  /** A process program now and then, up to 15 MiB, over one link after the other: that which is reset, too. */
  async #recipes(): Promise<void> {
    for (let turn = 0; !this.#over; turn++) {
      const seat = this.#seats[turn % this.#seats.length] as Seat;
      const size = turn % 5 === 0 ? RECIPE.length : 2 ** 20;
      const sent = await this.#work(seat, ({ session }) =>
        session.request(S(7, 3, L(A('RECIPE'), B(RECIPE.subarray(0, size))))),
      );
      if (sent) this.counts.large++;
      await this.#rest(1000);
    }
  }

  /** Some time, or until all is over. */
  async #rest(ms: number): Promise<void> {
    for (let passed = 0; passed < ms && !this.#over; passed += 50) await pass(50);
  }

  /** Does one thing if there is traffic now; resolves with whether it went well. */
  async #work(seat: Seat, act: (seat: Seat) => Promise<unknown>): Promise<boolean> {
    if (this.#paused || seat.session.currentState !== 'selected') {
      await pass(20);
      return false;
    }
    this.#busy++;
    try {
      await act(seat);
      return true;
    } catch {
      this.counts.failed++;
      return false;
    } finally {
      this.#busy--;
    }
  }
}

export function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
