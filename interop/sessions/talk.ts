import {
  SecsError,
  type CloseReason,
  type HsmsConnection,
  type HsmsSession,
  type SessionWarning,
} from '../../src/index.js';
import type { SecsMessage } from '../../src/secs2/index.js';
import type { Checks } from '../support/checks.js';
import { Inbox, within } from '../support/inbox.js';
import type { Part } from '../support/suite.js';
import { DEVICE_ID, type PeerKind, type PeerRole } from './kinds.js';
import { nameOfControl, nameOfMessage, type Direction } from './ledger.js';
import { messagesOf, replyTo, type Messages } from './messages.js';
import { Peer, type Command } from './peer.js';

/** T5 of both sides is 1 s; a peer may miss the first attempt, and its T7 of 3 s may have to pass before. */
const RECONNECT_SECONDS = 15;

/** One of our sessions and a peer. What crosses the wire is checked as the peer tells of it. */
export class Talk {
  readonly checks: Checks;
  readonly session: HsmsSession;
  readonly kind: PeerKind;
  readonly peerRole: PeerRole;
  readonly ours: Messages;
  readonly theirs: Messages;
  /** States of our session as they are published. */
  readonly states: Inbox<string>;
  /** Why each TCP connection ended. */
  readonly closed: Inbox<CloseReason>;
  /** Why each selected session was so no more. */
  readonly ended: Inbox<string>;
  readonly warnings: SessionWarning[] = [];
  peer: Peer;
  readonly #start: () => Peer;
  #expected: Record<Direction, Map<string, number>> = { received: new Map(), sent: new Map() };

  constructor(
    { checks, cleanUp }: Part,
    kind: PeerKind,
    peerRole: PeerRole,
    connection: HsmsConnection,
    session: HsmsSession,
    port: number,
  ) {
    this.checks = checks;
    this.session = session;
    this.kind = kind;
    this.peerRole = peerRole;
    this.ours = messagesOf(peerRole === 'host' ? 'equipment' : 'host');
    this.theirs = messagesOf(peerRole, kind.model);
    this.#start = () => {
      const peer = new Peer(kind, peerRole, port);
      cleanUp(() => peer.kill());
      return peer;
    };
    this.peer = this.#start();
    const context = (): string => this.peer.errors;
    this.states = new Inbox<string>('our session', String, context);
    this.closed = new Inbox('our connection', ({ kind: why }) => why, context);
    this.ended = new Inbox<string>('the ends of our session', String, context);
    session.ended.subscribe(({ kind: how }) => this.ended.push(how));
    session.warnings.subscribe((warning) => this.warnings.push(warning));
    session.state.subscribe((state) => this.states.push(state));
    connection.closed.subscribe(({ reason }) => this.closed.push(reason));
    session.primaries.subscribe((primary) => {
      const reply = replyTo(primary.message, this.ours);
      if (reply) void primary.reply(reply);
    });
  }

  /** Starts the peer's program anew. */
  restart(): void {
    this.peer = this.#start();
  }

  /** The session and the peer become selected, by themselves. */
  async selected(): Promise<void> {
    await this.peer.started();
    await within(this.session.selected(), 'Selected', RECONNECT_SECONDS);
    this.checks.equal('state of our session', this.session.currentState, 'selected');
    await this.peerReaches('selected');
  }

  /** Takes published states until `state` comes; what is passed on the way must be in `passing`. */
  async weReach(state: string, ...passing: string[]): Promise<void> {
    await this.#reaches(this.states, 'our session', state, passing);
  }

  async peerReaches(state: string): Promise<void> {
    await this.#reaches(this.peer.states, this.kind.name, state, ['notConnected', 'notSelected', 'selected']);
  }

  /** The peer carries `command` out without an error. */
  async command(command: Command, seconds?: number): Promise<Awaited<ReturnType<Peer['results']['next']>>> {
    this.peer.do(command);
    const result = await this.peer.results.next(`the end of ${command}`, seconds);
    this.checks.equal(
      `${this.kind.name} carries out ${command}`,
      [result.name, result.error],
      [command, undefined],
    );
    return result;
  }

  /** A request of ours; the reply must be `reply`. */
  async ask(request: SecsMessage, reply: SecsMessage): Promise<void> {
    const actual = await this.session.request(request);
    this.checks.equal(`the reply to our ${request.name}`, actual.toJSON(), reply.toJSON());
    this.crosses('received', request);
    this.crosses('sent', reply);
  }

  /** A request of the peer that we answer with `reply`; the peer must take the answer. */
  async answer(command: 's1f1' | 's1f13', request: SecsMessage, reply: SecsMessage): Promise<void> {
    const { reply: taken } = await this.command(command);
    const { body, ...header } = taken ?? { body: 'nothing' };
    const expected = { sessionId: DEVICE_ID, byte2: reply.stream, byte3: reply.function, pType: 0, sType: 0 };
    this.checks.equal(
      `our answer to ${command} as ${this.kind.name} takes it`,
      { ...header, systemBytes: 0 },
      { ...expected, systemBytes: 0 },
    );
    this.checks.equal(`body of our answer to ${command}`, body, reply.body.toString('hex'));
    this.crosses('sent', request);
    this.crosses('received', reply);
  }

  /** Says that `message`, or a control message, is to cross the wire, as {@link tally} checks. */
  crosses(direction: Direction, message: SecsMessage | string, times = 1): void {
    const name = typeof message === 'string' ? nameOfControl(message) : nameOfMessage(message);
    const expected = this.#expected[direction];
    expected.set(name, (expected.get(name) ?? 0) + times);
  }

  /** The frames that the peer has told of since the last tally are those that were said to cross the wire, no more. */
  async tally(): Promise<void> {
    const { ledger } = this.peer;
    const expected = this.#expected;
    const sides = ['received', 'sent'] as const;
    await ledger.settle(() =>
      sides.every((side) => [...expected[side]].every(([name, times]) => ledger.count(side, name) >= times)),
    );
    const counts = ledger.counts();
    for (const side of sides) {
      const wanted = Object.fromEntries([...expected[side]].sort(([a], [b]) => (a < b ? -1 : 1)));
      this.checks.equal(`what ${this.kind.name} ${side}`, counts[side], wanted);
    }
    this.forget();
  }

  /** Begins a tally anew, where frames may cross that cannot be told before. */
  forget(): void {
    this.peer.ledger.clear();
    this.#expected = { received: new Map(), sent: new Map() };
  }

  /** `action` fails with an error of that code. */
  async fails(what: string, action: Promise<unknown>, code: string): Promise<unknown> {
    const error: unknown = await within(action, what).then(
      (value) => `no error but ${String(value)}`,
      (reason: unknown) => reason,
    );
    this.checks.equal(what, error instanceof SecsError ? error.code : error, code);
    return error;
  }

  /** The TCP connection ends for one of these reasons. */
  async closes(...kinds: CloseReason['kind'][]): Promise<void> {
    const reason = await this.closed.next('closed');
    this.checks.ok(`why the connection closed: ${kinds.join()}`, kinds.includes(reason.kind), reason);
  }

  /** Our session says how it ended. */
  async ends(how: string): Promise<void> {
    this.checks.equal('how our session ended', await this.ended.next(how), how);
  }

  async #reaches(box: Inbox<string>, who: string, state: string, passing: readonly string[]): Promise<void> {
    const deadline = performance.now() + RECONNECT_SECONDS * 1000;
    // States that are passed are not counted: how many attempts a reconnect takes differs from run to run.
    let next: string;
    do {
      next = await box.next(state, Math.ceil(Math.max(0, deadline - performance.now()) / 1000));
      if (next !== state && !passing.includes(next)) {
        throw new Error(`${who} was to become ${state} and became ${next}`);
      }
    } while (next !== state);
    this.checks.ok(`${who} reaches ${state}`, true, state);
  }
}
