import type { TapEvent } from '../../secs1/index.js';

const DROP_TEXT = {
  sequence: 'its next block does not follow',
  noFirstBlock: 'its first block is missing',
  tooLong: 'it is longer than a message may be',
  tooMany: 'too many messages are under way',
  t4: 'its next block did not come within T4',
} as const;

/** What a message is printed for itself: everything else that is seen on a line. */
export type TapNote = Exclude<TapEvent, { kind: 'message' }>;

/** Whether something went as it should: a hand-shake, or a block that is whole. */
export function isOrderly(event: TapNote): boolean {
  return event.kind === 'block' || (event.kind === 'handshake' && event.name !== 'NAK');
}

/** What was seen on a line, in words. */
export function tapText(event: TapNote): string {
  return `${whatOf(event)}${pauses(event)}`;
}

function whatOf(event: TapNote): string {
  switch (event.kind) {
    case 'handshake':
      return event.name;
    case 'block': {
      const { stream, function: fn, wBit, sessionId, systemBytes, blockNumber, eBit } = event.header;
      const last = eBit ? ', the last' : '';
      return `block ${blockNumber}${last} of S${stream}F${fn}${wBit ? ' W' : ''}: device ${sessionId} system ${systemBytes}, ${event.bytes} bytes`;
    }
    case 'badBlock': {
      const why = event.reason === 'cut' ? 'it ended too early' : 'its checksum is wrong';
      return `no block: ${why}: ${hex(event.bytes)}`;
    }
    case 'stray':
      return `bytes that mean nothing: ${hex(event.bytes)}`;
    case 'duplicate':
      return `block ${event.header.blockNumber} of S${event.header.stream}F${event.header.function} came twice`;
    case 'dropped':
      return `S${event.header.stream}F${event.header.function} becomes no message: ${DROP_TEXT[event.reason]}`;
  }
}

/** T2 runs up to a hand-shake and to a length byte, T1 within a block. */
function pauses(event: TapNote): string {
  const { gap } = event;
  const longest = 'longestGap' in event ? event.longestGap : undefined;
  const words = [
    gap === undefined ? undefined : `after ${time(gap)}`,
    longest === undefined ? undefined : `longest pause within ${time(longest)}`,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

const time = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

const SHOWN_BYTES = 32;

function hex(bytes: Buffer): string {
  const more = bytes.length > SHOWN_BYTES ? ` … (${bytes.length} bytes)` : '';
  return `${bytes
    .subarray(0, SHOWN_BYTES)
    .toString('hex')
    .replace(/..(?!$)/g, '$& ')}${more}`;
}

/** The same as fields of a record. */
export function tapFields(event: TapNote): Readonly<Record<string, unknown>> {
  const { gap } = event;
  return {
    ...('name' in event && { handshake: event.name }),
    ...('header' in event && {
      sf: `S${event.header.stream}F${event.header.function}`,
      block: event.header.blockNumber,
      header: event.header.toBytes().toString('hex'),
    }),
    ...('reason' in event && { reason: event.reason }),
    ...('bytes' in event && {
      bytes: typeof event.bytes === 'number' ? event.bytes : event.bytes.toString('hex'),
    }),
    ...(gap !== undefined && { gap: rounded(gap) }),
    ...('longestGap' in event && event.longestGap !== undefined && { longestGap: rounded(event.longestGap) }),
  };
}

/** To a microsecond. */
const rounded = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;
