import { SType } from '../wire/codes.js';
import type { HsmsPacket } from '../wire/packet.js';
import { deferred, type Deferred } from '../../reactive/deferred.js';
import { rejected } from '../../reactive/rejected.js';
import type { SendListener, Sending } from '../../connection/sending.js';

const SENT = Promise.resolve();

/**
 * Packets that leave, and are settled, together: small ones that were sent one after the other, or a single one. One of a
 * chain, in the order in which they leave.
 */
export class WriteGroup implements Sending {
  readonly packets: HsmsPacket[];
  bytes: number;
  /** Holds a message that ends a session, which no Select may overtake. */
  readonly endsSession: boolean;
  /** The next one in its chain. */
  next: WriteGroup | undefined = undefined;
  /** Who is told at once what becomes of the packets. */
  #listeners: SendListener[] | undefined = undefined;
  #deferred: Deferred<void> | undefined = undefined;
  #end: 'sent' | 'unsent' | undefined = undefined;
  #error: unknown = undefined;
  /** Undoes the listening on the caller's abort signal. */
  unlisten: (() => void) | undefined = undefined;
  aborted = false;

  constructor(packet: HsmsPacket, bytes: number) {
    this.packets = [packet];
    this.bytes = bytes;
    this.endsSession = isSessionEnd(packet);
  }

  get promise(): Promise<void> {
    if (this.#deferred !== undefined) return this.#deferred.promise;
    if (this.#end === 'sent') return SENT;
    if (this.#end === 'unsent') return rejected(this.#error);
    this.#deferred = deferred();
    return this.#deferred.promise;
  }

  tell(listener: SendListener): void {
    if (this.#listeners === undefined) this.#listeners = [listener];
    else this.#listeners.push(listener);
  }

  /** The packets have been handed to the socket, at this time of the clock. */
  settle(now: number): void {
    this.#end = 'sent';
    this.#deferred?.resolve();
    if (this.#listeners !== undefined) for (const listener of this.#listeners) listener.sent(now);
  }

  /** The packets will not be sent. Raises no `unhandledRejection` for a caller that did not keep the promise. */
  fail(error: unknown): void {
    this.#end = 'unsent';
    this.#error = error;
    this.#deferred?.promise.catch(() => {});
    this.#deferred?.reject(error);
    if (this.#listeners !== undefined) for (const listener of this.#listeners) listener.unsent(error);
  }
}

/** Whether a message ends a session: data sent before it belongs to that session. */
export function isSessionEnd({ header }: HsmsPacket): boolean {
  const { sType } = header;
  return sType === SType.separateReq || sType === SType.deselectReq || sType === SType.deselectRsp;
}
