import type { Clock } from '../../clock.js';
import type { Sending, SendListener } from '../../connection/sending.js';
import type { SecsMessage } from '../../secs2/message.js';
import type { DataHeader } from '../../session/header.js';
import type { MessagePort } from '../../session/port.js';
import { SystemBytes } from '../../session/transactions/system-bytes.js';
import type { Transactions } from '../../session/transactions/transactions.js';
import { Secs1Header } from '../block/header.js';
import type { Secs1Connection } from '../connection/connection.js';
import { Secs1Packet } from '../packet.js';

/** How many answers of this side's own accord may wait for the line; no more are given then. */
const MAX_ANSWERS = 8192;

/** What a session needs of SECS-I. */
export class Secs1Port implements MessagePort<Secs1Packet> {
  readonly protocol = 'secs1';
  readonly clock: Clock;
  /** Stands for the line that is open, to tell it from a later one. */
  life: object | undefined;
  readonly #connection: Secs1Connection;
  readonly #systemBytes: SystemBytes;
  /** The R-bit of our messages: set in those to the host. */
  readonly #rBit: boolean;

  constructor(connection: Secs1Connection, transactions: Transactions) {
    this.clock = connection.clock;
    this.#connection = connection;
    this.#systemBytes = new SystemBytes((value) => transactions.has(value));
    this.#rBit = connection.entity === 'equipment';
  }

  isUsable(): boolean {
    return this.life !== undefined;
  }

  nextSystemBytes(): number {
    return this.#systemBytes.next();
  }

  packet(message: SecsMessage, sessionId: number, wBit: boolean, systemBytes: number): Secs1Packet {
    const { stream, function: fn } = message;
    const header = Secs1Header.of({ rBit: this.#rBit, sessionId, stream, function: fn, wBit, systemBytes });
    return Secs1Packet.carrying(header, message);
  }

  send(packet: Secs1Packet, listener?: SendListener, signal?: AbortSignal): Sending {
    return this.#connection.sendFor(listener, packet, signal);
  }

  reply(primary: DataHeader, message: SecsMessage, listener: SendListener): Sending {
    const packet = this.packet(message, primary.sessionId, false, primary.systemBytes);
    return this.#connection.sendFor(listener, packet);
  }

  answer(packet: Secs1Packet): void {
    if (this.#connection.queued.packets < MAX_ANSWERS) this.send(packet);
  }

  /** There is nothing like a Reject: what is refused is dropped. */
  refuse(): void {}

  onT3(): void {}
}
