import { check, isInstance } from '../../check.js';
import type { HsmsHeader } from '../../hsms/wire/header.js';
import { HsmsPacket } from '../../hsms/wire/packet.js';
import { SecsItem, SecsMessage, type Item } from '../../secs2/index.js';

/** What a scripted peer answers with: an item for the reply that fits, a message, or any packet. */
export type Answer = Item | SecsMessage | HsmsPacket;

/**
 * A message that has come to a {@link ScriptedPeer}.
 *
 * @example
 * ```ts
 * import { createTestNetwork, ScriptedPeer, type PeerMessage } from 'rxsecs/testing';
 * import { A, L } from 'rxsecs/secs2';
 *
 * const network = createTestNetwork();
 * const peer = await ScriptedPeer.listen(5000, network.options);
 * peer.on(1, 1, async (primary: PeerMessage) => {
 *   await primary.reply(L(A('ETCHER'), A('1.0')));
 * });
 * ```
 */
export class PeerMessage {
  readonly packet: HsmsPacket;
  readonly #send: (packet: HsmsPacket) => Promise<void>;

  /** @internal */
  constructor(packet: HsmsPacket, send: (packet: HsmsPacket) => Promise<void>) {
    this.packet = packet;
    this.#send = send;
  }

  get header(): HsmsHeader {
    return this.packet.header;
  }

  /** The SECS-II message of a data message. */
  get message(): SecsMessage {
    return this.packet.message;
  }

  /** Its item; undefined for an empty body. @throws Secs2Error for a body that cannot be decoded. */
  get item(): Item | undefined {
    return this.packet.item;
  }

  /**
   * Answers with the same system bytes and session ID: an item or nothing goes into the function that follows, a message
   * as it is (function 0 aborts, another one is a wrong answer), a packet byte for byte. Any number of times.
   */
  async reply(answer?: Answer): Promise<void> {
    await this.#send(answerTo(this.packet.header, answer));
  }
}

/** The packet that answers a message with this header. */
export function answerTo(header: HsmsHeader, answer: Answer | undefined): HsmsPacket {
  if (isInstance(answer, HsmsPacket)) return answer;
  const { sessionId, systemBytes, stream } = header;
  if (answer !== undefined && !isInstance(answer, SecsMessage))
    check.instance('answer', answer, SecsItem, 'an item, a message, a packet or nothing');
  if (answer instanceof SecsMessage) return HsmsPacket.ofMessage(answer, { sessionId, systemBytes });
  const body = answer instanceof SecsItem ? answer.encode() : undefined;
  return HsmsPacket.data({ sessionId, systemBytes, stream, function: header.function + 1 }, body);
}
