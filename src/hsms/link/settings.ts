import { check } from '../../check.js';
import { DEFAULT_MAX_PACKET_BYTES, MAX_MESSAGE_LENGTH } from '../wire/frame-decoder.js';
import { HEADER_BYTES } from '../wire/header.js';

/**
 * What happens to a second TCP connection from the expected peer while one is up (E37.1, passive mode).
 *
 * - `refuse`: closed at once and reported.
 * - `takeOver`: the old connection is probed with one Linktest.req. If no byte comes on it within T6 it is closed
 *   with reason `takenOver` and the newcomer replaces it; otherwise the newcomer is closed and reported.
 * - `answerSelect`: the newcomer is kept until it sends Select.req (for T7 at most), answered with
 *   status 3 (connection exhausted), closed and reported.
 */
export type SecondConnectionPolicy = 'refuse' | 'takeOver' | 'answerSelect';

/** Settings of a connection that may be changed while it runs. Times are in seconds, fractions allowed. */
export interface HsmsSettings {
  /** T5, connect separation: least time between the end of an attempt or connection and the next attempt. Default 10, E37 range 1 to 240. */
  readonly t5: number;
  /** T6, control transaction: how long an answer to a control message may take. Default 5, E37 range 1 to 240. */
  readonly t6: number;
  /** T7, not selected: how long a connection may stay unselected. Default 10, E37 range 1 to 240. */
  readonly t7: number;
  /** T8, network intercharacter: longest pause between two bytes of one frame. Default 5, E37 range 1 to 120. */
  readonly t8: number;
  /** How long one attempt to connect may take, name look-up included. Default 10. */
  readonly connectTimeout: number;
  /** How long a close may take for sending what was accepted and for the peer's own close. Default 2. */
  readonly closeTimeout: number;
  /** How long there may be something to send without the peer taking a byte. Default 120. */
  readonly sendTimeout: number;
  /** How long a whole frame may take to arrive; 0 means any time. Default 0. */
  readonly frameTimeout: number;
  /** TCP keep-alive: idle time before the first probe. Default 10. */
  readonly keepAliveDelay: number;
  /** Cap on a message's length in bytes, header included, inbound and outbound: 10 to 2^32 - 1. Default 16 MiB + 10. */
  readonly maxPacketBytes: number;
  /**
   * Limit on queued outgoing data, in bytes; each packet counts as its size plus 512. One packet is always accepted; Select,
   * Linktest and Reject may exceed the limit by 1 MiB. Default 256 MiB.
   */
  readonly maxQueuedBytes: number;
  /** What happens to a second connection of the expected peer. Passive only. Default `refuse`. */
  readonly secondConnection: SecondConnectionPolicy;
  /**
   * How long to poll the socket instead of sleeping, after a request was sent or a primary answered: the longest time for each
   * wait in seconds, 0 to 0.01, 0 for never. `auto` polls for 0.2 ms where it has seen that to shorten the waits of this
   * connection by a quarter and more. It costs the time of the processor, and nothing while no message is due. Default `auto`.
   */
  readonly busyPoll: number | 'auto';
}

/**
 * The default values.
 *
 * @example
 * ```ts
 * import { DEFAULT_SETTINGS } from 'rxsecs';
 *
 * console.log(DEFAULT_SETTINGS.t5, DEFAULT_SETTINGS.t8);
 * ```
 */
export const DEFAULT_SETTINGS: HsmsSettings = Object.freeze<HsmsSettings>({
  t5: 10,
  t6: 5,
  t7: 10,
  t8: 5,
  connectTimeout: 10,
  closeTimeout: 2,
  sendTimeout: 120,
  frameTimeout: 0,
  keepAliveDelay: 10,
  maxPacketBytes: DEFAULT_MAX_PACKET_BYTES,
  maxQueuedBytes: 256 * 1024 * 1024,
  secondConnection: 'refuse',
  busyPoll: 'auto',
});

const E37_RANGES = { t5: [1, 240], t6: [1, 240], t7: [1, 240], t8: [1, 120] } as const;

const POLICIES: readonly SecondConnectionPolicy[] = ['refuse', 'takeOver', 'answerSelect'];

/** Whoever waits for longer than this does not notice that it takes the system a moment to wake the process. */
const MAX_BUSY_POLL_SECONDS = 0.01;

type NumericSetting = Exclude<keyof HsmsSettings, 'secondConnection' | 'busyPoll'>;

/**
 * Lays `changes` over `base`. A time outside E37's range is accepted with a process warning (code `HSMS_SETTING_RANGE`), one for
 * each process.
 * @param changes with names that are known
 * @throws HsmsArgumentError for zero, negative and NaN times and for sizes out of range.
 */
export function mergeSettings(base: HsmsSettings, changes: Partial<HsmsSettings>): HsmsSettings {
  let merged: { -readonly [Name in keyof HsmsSettings]: HsmsSettings[Name] } | undefined;
  for (const name of Object.keys(DEFAULT_SETTINGS) as (keyof HsmsSettings)[]) {
    const value = changes[name];
    if (value === undefined) continue;
    merged ??= { ...base };
    if (name === 'secondConnection') merged[name] = check.oneOf(name, value, POLICIES);
    else if (name === 'busyPoll') merged[name] = checkBusyPoll(value);
    else merged[name] = checkNumber(name, value);
  }
  // Where nothing is changed all connections have the same one.
  return merged ?? base;
}

function checkBusyPoll(value: unknown): number | 'auto' {
  if (value === 'auto') return value;
  if (typeof value === 'number' && value >= 0 && value <= MAX_BUSY_POLL_SECONDS) return value;
  return check.refuse('busyPoll', `'auto' or a number of seconds from 0 to ${MAX_BUSY_POLL_SECONDS}`, value);
}

function checkNumber(name: NumericSetting, value: unknown): number {
  if (name === 'maxPacketBytes') return check.integer(name, value, HEADER_BYTES, MAX_MESSAGE_LENGTH);
  if (name === 'maxQueuedBytes') return check.integer(name, value, 0);
  if (name === 'frameTimeout') return check.seconds(name, value, 'zeroToo');
  const seconds = check.seconds(name, value);
  if (name in E37_RANGES) warnOutsideE37(name, seconds, E37_RANGES[name as keyof typeof E37_RANGES]);
  return seconds;
}

let warned = false;

/** Warns once a process of a time outside E37's range: a fleet of connections has the same settings. */
export function warnOutsideE37(name: string, value: number, [min, max]: readonly [number, number]): void {
  if (warned || (value >= min && value <= max)) return;
  warned = true;
  process.emitWarning(
    `${name} is ${value} s, outside the ${min} to ${max} s of SEMI E37; it is used as it is. Further times are not mentioned`,
    { type: 'HsmsWarning', code: 'HSMS_SETTING_RANGE' },
  );
}
