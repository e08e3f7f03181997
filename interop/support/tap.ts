import type {
  BeforeClosedEvent,
  ClosedEvent,
  ConnectionState,
  HsmsConnection,
  HsmsNotice,
  HsmsPacket,
} from '../../src/index.js';
import { nameOf } from './frames.js';
import { Inbox } from './inbox.js';

/** How a TCP connection went. */
export interface Life {
  /** Its events in their order; a run of messages counts as one. */
  readonly order: readonly string[];
  readonly beforeClosed: BeforeClosedEvent | undefined;
  /** State of the connection when `closed` was published. */
  readonly stateAfter: ConnectionState | undefined;
}

/** Takes down everything that a connection publishes. */
export class Tap {
  readonly packets: Inbox<HsmsPacket>;
  readonly established: Inbox<'established'>;
  readonly closed: Inbox<ClosedEvent>;
  readonly notices: Inbox<HsmsNotice>;
  /** What else helps to understand why something did not come. */
  context: () => string = () => '';
  #order: string[] = [];
  #beforeClosed: BeforeClosedEvent | undefined;
  #stateAfter: ConnectionState | undefined;

  constructor(connection: HsmsConnection) {
    const context = (): string => this.context();
    const inbox = <T>(show: (item: T) => string): Inbox<T> => new Inbox('the connection', show, context);
    this.packets = inbox((packet) => `${nameOf(packet)} ${packet.toString()}`);
    this.established = inbox((name) => name);
    this.closed = inbox(({ reason }) => reason.kind);
    this.notices = inbox(({ kind }) => kind);
    connection.established.subscribe(() => {
      this.#order.push('established');
      this.established.push('established');
    });
    connection.message.subscribe((packet) => {
      if (this.#order.at(-1) !== 'messages') this.#order.push('messages');
      this.packets.push(packet);
    });
    connection.beforeClosed.subscribe((event) => {
      this.#order.push('beforeClosed');
      this.#beforeClosed = event;
    });
    connection.closed.subscribe((event) => {
      this.#order.push('closed');
      this.#stateAfter = connection.currentState;
      this.closed.push(event);
    });
    connection.notices.subscribe((notice) => this.notices.push(notice));
  }

  /** Tells of the TCP connection that has just closed, and begins to take down the next. */
  endLife(): Life {
    const life = { order: this.#order, beforeClosed: this.#beforeClosed, stateAfter: this.#stateAfter };
    this.#order = [];
    this.#beforeClosed = undefined;
    return life;
  }
}
