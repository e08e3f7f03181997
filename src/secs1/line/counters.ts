/**
 * What has happened on the lines of a connection since it was made.
 *
 * @example
 * ```ts
 * import { dialLine, Secs1Connection, type LineCounters } from 'rxsecs/secs1';
 *
 * const connection = new Secs1Connection(dialLine('127.0.0.1', 4000), 1);
 * const isBad = ({ triesFailed, blocksSent }: Readonly<LineCounters>): boolean => triesFailed > blocksSent / 100;
 * console.log(isBad(connection.counters));
 * ```
 */
export class LineCounters {
  /** Blocks of ours that were acknowledged. */
  blocksSent = 0;
  /** Blocks of the peer that we acknowledged. */
  blocksReceived = 0;
  /** Tries of a block of ours that failed. */
  triesFailed = 0;
  /** Those of them that failed by a NAK of the peer. */
  naksReceived = 0;
  /** How often T1 passed inside a block of the peer. */
  t1Expiries = 0;
  /** How often T2 passed: no EOT, no length byte, no ACK. */
  t2Expiries = 0;
  /** Messages that failed in every try of a block. */
  messagesFailed = 0;
  /** Tries of the peer that we answered with NAK. */
  blocksRefused = 0;
  /** Blocks that came twice and were dropped. */
  duplicates = 0;
  /** Messages of the peer that were dropped, in whole or in part. */
  messagesDropped = 0;
  /** How often both sides asked for the line at a time. */
  contentions = 0;
  /** How often this side, the slave, made way then. */
  yields = 0;
  /** Bytes that meant nothing where they came. */
  strayBytes = 0;
}
