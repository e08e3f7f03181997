import { sTypeName, type HsmsPacket } from '../../src/index.js';

/** Everything a frame says, in a form that another program can give too. */
export interface FrameFields {
  readonly sessionId: number;
  readonly byte2: number;
  readonly byte3: number;
  readonly pType: number;
  readonly sType: number;
  readonly systemBytes: number;
  /** Body in hex. */
  readonly body: string;
}

export function fieldsOf({ header, body }: HsmsPacket): FrameFields {
  const { sessionId, byte2, byte3, pType, sType, systemBytes } = header;
  return { sessionId, byte2, byte3, pType, sType, systemBytes, body: body.toString('hex') };
}

/** A short name for messages: `S1F13 W`, `Select.req` … */
export function nameOf({ header }: HsmsPacket): string {
  if (!header.isData) return sTypeName(header.sType);
  return `S${header.stream}F${header.function}${header.wBit ? ' W' : ''}`;
}
