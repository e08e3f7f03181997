/** The ten header bytes of a data message, whatever the transport (E37, E4). */
export interface DataHeader {
  /** Session ID (HSMS) or device ID (SECS-I). */
  readonly sessionId: number;
  readonly stream: number;
  readonly function: number;
  /** Whether a reply is wanted. */
  readonly wBit: boolean;
  /** An unsigned 32-bit number that ties a reply to its primary. */
  readonly systemBytes: number;
  /** The ten bytes as they are on the wire: MHEAD of a stream 9 message (E5). */
  toBytes(): Buffer;
}

/** Stream and function, as in `S1F13`. */
export function nameOf(header: Pick<DataHeader, 'stream' | 'function'>): string {
  return `S${header.stream}F${header.function}`;
}

/** Whether a message with this header begins a transaction: its function is odd (E5). */
export function isPrimary(header: Pick<DataHeader, 'function'>): boolean {
  return header.function % 2 === 1;
}
