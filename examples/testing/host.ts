/** A small host, as an application has one: it greets its equipment, polls a variable, and counts events. */
import { HsmsActiveConnection, HsmsSession, type HsmsConnectionOptions } from 'rxsecs';
import { A, B, L, S, U4 } from 'rxsecs/secs2';

export class EtcherHost {
  readonly session: HsmsSession;
  /** What the equipment says it is, once it has been greeted. */
  model = 'unknown';
  /** Collection events that have come. */
  readonly events: number[] = [];
  /** What an operator should see. */
  readonly alarms: string[] = [];

  /** The options go to the connection: a test gives it a network in memory. */
  constructor(address: string, port: number, options: HsmsConnectionOptions = {}) {
    const connection = new HsmsActiveConnection(address, port, 0, undefined, options);
    this.session = new HsmsSession(connection, { t3: 45, linktestInterval: 30 });
    this.session.state.subscribe((state) => {
      if (state === 'selected') void this.greet();
    });
    this.session.ended.subscribe((end) => this.alarms.push(`session ended: ${end.kind}`));
    this.session.primaries.subscribe((primary) => {
      if (primary.message.name !== 'S6F11') return;
      this.events.push(Number(primary.message.expect(['U4', 'U4', 'L']).items[1].values[0]));
      void primary.reply(B(0));
    });
  }

  start(): Promise<void> {
    return this.session.connection.enable();
  }

  stop(): Promise<void> {
    return this.session.close();
  }

  /** Starts a recipe; resolves with whether the equipment took the command. */
  async startRecipe(name: string): Promise<boolean> {
    const command = S(2, 41).w(L(A('START'), L(L(A('PPID'), A(name)))));
    const reply = await this.session.request(command);
    return reply.expect(['B', 'L']).items[0].values[0] === 0;
  }

  /** Reads status variables. */
  async read(...ids: number[]): Promise<string> {
    const reply = await this.session.request(S(1, 3).w(L(...ids.map((id) => U4(id)))));
    return String(reply.item);
  }

  private async greet(): Promise<void> {
    try {
      const reply = await this.session.request(S(1, 13).w(L()));
      this.model = reply.expect(['B', ['A', 'A']]).items[1].items[0].ascii;
    } catch (error) {
      this.alarms.push(`no greeting: ${(error as Error).message}`);
    }
  }
}
