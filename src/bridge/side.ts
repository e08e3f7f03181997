import type { HsmsSession } from '../hsms/session/session.js';
import { HsmsPacket } from '../hsms/wire/packet.js';
import type { Secs1Session } from '../secs1/session/session.js';
import { Secs1Packet } from '../secs1/packet.js';
import type { SecsMessage } from '../secs2/message.js';
import type { DataHeader } from '../session/header.js';
import type { SecsSession } from '../session/secs-session.js';
import type { BridgeSide } from './events.js';

/** A message on its way over. */
export interface Crossing {
  /** Its header as it came. */
  readonly header: DataHeader;
  /** What came. */
  readonly message: SecsMessage;
  /** What is sent on: the same but for stream 9. */
  readonly sent: SecsMessage;
  /** The link that it came by. */
  readonly life: object;
  readonly stop: AbortController;
  /** It has gone over, and its reply is awaited. */
  isOver: boolean;
  /** Its sender has been told, or need not be. */
  isSettled: boolean;
  /** Ends the wait for its turn. */
  cancel: () => void;
}

/** One side of a bridge: a session, and what came by it. */
export class Side {
  readonly name: BridgeSide;
  readonly session: SecsSession;
  readonly #send: (message: SecsMessage, systemBytes: number, signal: AbortSignal) => Promise<void>;
  /** Stands for the link that is usable, to tell it from a later one. */
  life: object | undefined;
  /** What waits, in order, until this side is usable. */
  held: Crossing[] = [];
  /** Primaries of this side that want a reply, by their system bytes. */
  readonly open = new Map<number, Crossing>();

  private constructor(
    name: BridgeSide,
    session: SecsSession,
    send: (message: SecsMessage, systemBytes: number, signal: AbortSignal) => Promise<void>,
  ) {
    this.name = name;
    this.session = session;
    this.#send = send;
  }

  static line(session: Secs1Session): Side {
    const { connection, sessionId } = session;
    const rBit = connection.entity === 'equipment';
    return new Side('line', session, (message, systemBytes, signal) =>
      connection.send(Secs1Packet.of({ rBit, sessionId, systemBytes }, message), { signal }),
    );
  }

  static hsms(session: HsmsSession): Side {
    const { connection, sessionId } = session;
    return new Side('hsms', session, (message, systemBytes, signal) =>
      connection.send(HsmsPacket.ofMessage(message, { sessionId, systemBytes }), { signal }),
    );
  }

  get isUsable(): boolean {
    return this.life !== undefined;
  }

  /** Sends a message with these system bytes. */
  send(message: SecsMessage, systemBytes: number, signal: AbortSignal): Promise<void> {
    return this.#send(message, systemBytes, signal);
  }
}
