import type { SecsMessage } from '../secs2/message.js';
import type { DataHeader } from './header.js';

/** Ten header bytes as the events `message` and `sent` of a connection have them. */
export interface WireHeader extends DataHeader {
  /** Whether it heads a data message; a transport without control messages has no others. */
  readonly isData: boolean;
  /** Session type (HSMS); 0, data, where a transport has none. */
  readonly sType: number;
  /** The fourth byte: the function of data; status or reason of a control message (HSMS). */
  readonly byte3: number;
}

/** What the events `message` and `sent` of every connection carry: an `HsmsPacket` is one. */
export interface WirePacket {
  readonly header: WireHeader;
  /** The body as it is on the wire. */
  readonly body: Buffer;
  /** Bytes of header and body. */
  readonly length: number;
  /** The message; its `item` is decoded when first asked for. */
  readonly message: SecsMessage;
}
