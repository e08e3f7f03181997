import type { Clock } from '../../clock.js';
import type { Sending, SendListener } from '../../connection/sending.js';
import type { SecsMessage } from '../../secs2/index.js';
import type { DataHeader } from '../../session/header.js';
import type { MessagePort } from '../../session/port.js';
import type { HsmsConnection } from '../connection/connection.js';
import type { SystemBytes } from '../../session/transactions/system-bytes.js';
import { RejectReason } from '../wire/codes.js';
import { HsmsHeader } from '../wire/header.js';
import { HsmsPacket } from '../wire/packet.js';
import type { SessionCore } from './session-core.js';

/** What one session needs of HSMS. */
export class HsmsPort implements MessagePort<HsmsPacket> {
  readonly protocol = 'hsms';
  readonly clock: Clock;
  readonly #core: SessionCore;
  readonly #connection: HsmsConnection;
  readonly #key: number;
  readonly #systemBytes: SystemBytes;

  /** @param key of the session, as the procedures have it */
  constructor(core: SessionCore, key: number) {
    this.clock = core.connection.clock;
    this.#core = core;
    this.#connection = core.connection;
    this.#key = key;
    this.#systemBytes = core.systemBytes;
  }

  get life(): object | undefined {
    return this.#core.life;
  }

  isUsable(): boolean {
    return this.#core.isSelected(this.#key);
  }

  nextSystemBytes(): number {
    return this.#systemBytes.next();
  }

  packet(message: SecsMessage, sessionId: number, wBit: boolean, systemBytes: number): HsmsPacket {
    const header = HsmsHeader.ofData(sessionId, message.stream, message.function, wBit, systemBytes);
    return HsmsPacket.carrying(header, message);
  }

  send(packet: HsmsPacket, listener?: SendListener, signal?: AbortSignal): Sending {
    return this.#connection.sendFor(listener, packet, signal);
  }

  reply(primary: DataHeader, message: SecsMessage, listener: SendListener): Sending {
    const packet = this.packet(message, primary.sessionId, false, primary.systemBytes);
    return this.#connection.sendFor(listener, packet);
  }

  answer(packet: HsmsPacket): void {
    this.#core.answer(packet);
  }

  refuse({ header }: HsmsPacket): void {
    this.#core.answer(HsmsPacket.rejectReq(header, RejectReason.entityNotSelected));
  }

  onT3(): void {
    this.#core.unanswered();
  }
}
