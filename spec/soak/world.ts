import {
  HsmsActiveConnection,
  HsmsMultiPassiveServer,
  HsmsPassiveConnection,
  HsmsSession,
  type HsmsConnection,
} from '../../src/index.js';
import { A, B, L, S, U4 } from '../../src/secs2/index.js';
import { ResetProxy } from './reset-proxy.js';

const TOOLS = 6;
const IN_FLIGHT = 4;
const RECIPE = Buffer.alloc(15 * 2 ** 20, 'step 17: ramp to 950 degrees; ');
const SETTINGS = { t5: 0.3, t6: 5, t7: 5, t8: 5, closeTimeout: 1 } as const;

export interface Counts {
  messages: number;
  requests: number;
  /** Requests that failed, as some do when a link is reset. */
  failed: number;
  reconnects: number;
  linktests: number;
  large: number;
}

/** One host with a server for many tools, and one pair whose link is reset again and again. */
export class World {
  readonly counts: Counts = { messages: 0, requests: 0, failed: 0, reconnects: 0, linktests: 0, large: 0 };
  /** What must not happen. */
  readonly wrong: string[] = [];
  readonly #sessions: HsmsSession[] = [];
  readonly #connections: HsmsConnection[] = [];
  readonly #loops: Promise<void>[] = [];
  #server!: HsmsMultiPassiveServer;
  #proxy!: ResetProxy;
  #busy = 0;
  #paused = true;
  #over = false;

  /** @param onMessage is given each message that arrives */
  constructor(readonly onMessage: (message: unknown) => void = () => {}) {}

  async start(): Promise<void> {
    const onError = (error: unknown, where: string): void =>
      void this.wrong.push(`${where}: ${String(error)}`);
    this.#server = new HsmsMultiPassiveServer(0, { bindAddress: '127.0.0.1', ...SETTINGS, onError });
    for (let i = 2; i < TOOLS + 2; i++) this.#host(this.#server.createConnection(`127.0.0.${i}`, i));
    await this.#server.enable();
    const port = this.#server.boundAddress?.port ?? 0;
    for (let i = 2; i < TOOLS + 2; i++) {
      const options = { bindAddress: `127.0.0.${i}`, ...SETTINGS, onError };
      this.#tool(new HsmsActiveConnection('127.0.0.1', port, i, undefined, options));
    }
    const passive = new HsmsPassiveConnection('', 0, 1, undefined, {
      bindAddress: '127.0.0.1',
      ...SETTINGS,
      onError,
    });
    this.#host(passive);
    await passive.enable();
    this.#proxy = await ResetProxy.listen(passive.boundAddress?.port ?? 0);
    this.#tool(
      new HsmsActiveConnection('127.0.0.1', this.#proxy.port, 1, undefined, { ...SETTINGS, onError }),
    );
    await Promise.all(this.#connections.map((connection) => connection.enable()));
    await Promise.all(this.#sessions.map((session) => session.selected()));
    this.resume();
    for (const session of this.#sessions) {
      this.#loops.push(this.#requests(session), this.#events(session), this.#linktests(session));
    }
    this.#loops.push(this.#recipes());
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
    const down = (): boolean => this.#sessions.some(({ currentState }) => currentState !== 'selected');
    for (let i = 0; i < 2000 && down(); i++) await pass(5);
    if (down()) this.wrong.push('a session was not selected again within 10 s');
  }

  reset(): void {
    this.#proxy.reset();
  }

  async stop(): Promise<void> {
    await this.pause();
    this.#over = true;
    await Promise.all(this.#loops);
    await Promise.all([
      ...this.#connections.map((connection) => connection.dispose()),
      this.#server.dispose(),
    ]);
    await this.#proxy.close();
  }

  #host(connection: HsmsConnection): void {
    this.#serve(new HsmsSession(connection, { linktestInterval: 0.5 }));
    this.#connections.push(connection);
  }

  #tool(connection: HsmsConnection): void {
    this.#serve(new HsmsSession(connection, { entity: 'equipment', linktestInterval: 0.7 }));
    this.#connections.push(connection);
    connection.established.subscribe(() => this.counts.reconnects++);
  }

  #serve(session: HsmsSession): void {
    this.#sessions.push(session);
    session.connection.events.on('sent', ({ header }) => {
      if (header.sType === 5) this.counts.linktests++;
    });
    session.primaries.subscribe((primary) => {
      this.counts.messages++;
      this.onMessage(primary.message);
      if (!primary.wantsReply) return;
      const reply = primary.message.stream === 7 ? B(0) : L(A('SOAK'), A('1.0.0'));
      primary.reply(reply).catch(() => {});
    });
  }

  async #requests(session: HsmsSession): Promise<void> {
    const one = async (): Promise<void> => {
      while (!this.#over) {
        if (await this.#work(session, () => session.request(S(1, 1)))) this.counts.requests++;
        await pass(2);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, one));
  }

  async #events(session: HsmsSession): Promise<void> {
    for (let id = 0; !this.#over; id++) {
      await this.#work(session, () =>
        session.send(S(6, 11, L(U4(id), U4(1001), L(A('IDLE'), B(RECIPE.subarray(0, id % 3000)))))),
      );
      await pass(1);
    }
  }

  /** The links are too busy for the library to send any by itself. */
  async #linktests(session: HsmsSession): Promise<void> {
    while (!this.#over) {
      await this.#work(session, () => session.linktest());
      for (let i = 0; i < 10 && !this.#over; i++) await pass(50);
    }
  }

  /** A process program now and then, up to 15 MiB, over one link after the other: that which is reset, too. */
  async #recipes(): Promise<void> {
    for (let turn = 0; !this.#over; turn++) {
      const session = this.#sessions[turn % this.#sessions.length] as HsmsSession;
      const size = turn % 5 === 0 ? RECIPE.length : 2 ** 20;
      const sent = await this.#work(session, () =>
        session.request(S(7, 3, L(A('RECIPE'), B(RECIPE.subarray(0, size))))),
      );
      if (sent) this.counts.large++;
      for (let i = 0; i < 20 && !this.#over; i++) await pass(50);
    }
  }

  /** Does one thing if there is traffic now; resolves with whether it went well. */
  async #work(session: HsmsSession, act: () => Promise<unknown>): Promise<boolean> {
    if (this.#paused || session.currentState !== 'selected') {
      await pass(20);
      return false;
    }
    this.#busy++;
    try {
      await act();
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
