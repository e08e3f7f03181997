import { check } from '../check.js';
import { MAX_BODY_BYTES } from './block/splitter.js';

/** What a peer needs that sends, or wants, a single ENQ for all blocks of a message. */
export interface BlocksWithoutEnq {
  /** Take such blocks. */
  readonly accept: boolean;
  /** Send such blocks. Most peers lose the message then. */
  readonly send: boolean;
}

/** Settings of a connection that may be changed while it runs. Times are in seconds, fractions allowed. */
export interface Secs1Settings {
  /** T1, inter-character: longest pause between two bytes of a block. Default 0.5, E4 range 0.1 to 10. */
  readonly t1: number;
  /** T2, protocol: longest wait for EOT, for a length byte, for ACK. Default 10, E4 range 0.2 to 25. */
  readonly t2: number;
  /** T4, inter-block: longest wait for the next block of a message. Default 45, E4 range 1 to 120. */
  readonly t4: number;
  /** RTY: how many times a block is tried again. Default 3, E4 range 0 to 31. */
  readonly rty: number;
  /** Least time between the end of an attempt or of a link and the next attempt. Default 10. */
  readonly t5: number;
  /** How long one attempt to connect by TCP may take. Default 10. */
  readonly connectTimeout: number;
  /** How long a close may take. Default 2. */
  readonly closeTimeout: number;
  /** How long a block may take to be written. Default 30. */
  readonly sendTimeout: number;
  /**
   * How long a master keeps silent after a block, so that the slave may ask for the line: seconds from 0, or `auto` for as long
   * as the peer took for its last EOT, 0.1 s at most. Default `auto`.
   */
  readonly gap: number | 'auto';
  /** Longest body of a message that is received, in bytes. Default 7,995,148: all that SECS-I can carry. */
  readonly maxMessageBytes: number;
  /** How many messages of the peer may be under way at a time, their blocks interleaved. Default 16. */
  readonly maxOpenMessages: number;
  /** Cap on what waits to be sent, in bytes: a message counts with its body and 512 more. One message may always wait. Default 256 MiB. */
  readonly maxQueuedBytes: number;
  /** Whether a block with the header of the block before is dropped. Default true. */
  readonly dropDuplicates: boolean;
  /**
   * Whether blocks of several messages of ours may alternate. `false`: replies alone, and stream 9, go between two blocks of a primary.
   * `never`: not even those, for peers that lose a message in whose midst something else comes. Default false.
   */
  readonly interleave: boolean | 'never';
  /** Number of the block of a message that has one block. Default 1. */
  readonly singleBlockNumber: 0 | 1;
  /** What follows when a block failed in every try: the message alone fails, or the link is opened anew. Default `keep`. */
  readonly onRetryLimit: 'keep' | 'reopen';
  /** Messages with the R-bit of our own: delivered with one warning a link, or dropped. Default `warn`. */
  readonly wrongDirection: 'warn' | 'reject';
  /** For peers that use a single ENQ for all blocks of a message. Default: neither. */
  readonly blocksWithoutEnq: BlocksWithoutEnq;
  /** What happens to a second TCP connection of the peer: refused, or taken if no byte comes on the old one within T2. Default `refuse`. */
  readonly secondConnection: 'refuse' | 'takeOver';
}

/** The values that hold where nothing else was said. */
export const DEFAULT_SECS1_SETTINGS: Secs1Settings = {
  t1: 0.5,
  t2: 10,
  t4: 45,
  rty: 3,
  t5: 10,
  connectTimeout: 10,
  closeTimeout: 2,
  sendTimeout: 30,
  gap: 'auto',
  maxMessageBytes: MAX_BODY_BYTES,
  maxOpenMessages: 16,
  maxQueuedBytes: 256 * 1024 * 1024,
  dropDuplicates: true,
  interleave: false,
  singleBlockNumber: 1,
  onRetryLimit: 'keep',
  wrongDirection: 'warn',
  blocksWithoutEnq: { accept: false, send: false },
  secondConnection: 'refuse',
};

/** Ranges of E4. */
const RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  t1: [0.1, 10],
  t2: [0.2, 25],
  t3: [1, 120],
  t4: [1, 120],
  rty: [0, 31],
};

/** How each setting is checked; what a check returns holds. */
const CHECKS: { readonly [Name in keyof Secs1Settings]: (value: unknown) => Secs1Settings[Name] } = {
  t1: (value) => time('t1', value),
  t2: (value) => time('t2', value),
  t4: (value) => time('t4', value),
  rty: (value) => warned('rty', check.integer('rty', value, 0, 1000)),
  t5: (value) => check.seconds('t5', value),
  connectTimeout: (value) => check.seconds('connectTimeout', value),
  closeTimeout: (value) => check.seconds('closeTimeout', value),
  sendTimeout: (value) => check.seconds('sendTimeout', value),
  gap: (value) => (value === 'auto' ? value : checkGap(value)),
  maxMessageBytes: (value) => check.integer('maxMessageBytes', value, 0, MAX_BODY_BYTES),
  maxOpenMessages: (value) => check.integer('maxOpenMessages', value, 1),
  maxQueuedBytes: (value) => check.integer('maxQueuedBytes', value, 0),
  dropDuplicates: (value) => check.boolean('dropDuplicates', value),
  interleave: (value) => (value === 'never' ? value : checkInterleave(value)),
  singleBlockNumber: (value) => check.integer('singleBlockNumber', value, 0, 1) as 0 | 1,
  onRetryLimit: (value) => check.oneOf('onRetryLimit', value, ['keep', 'reopen']),
  wrongDirection: (value) => check.oneOf('wrongDirection', value, ['warn', 'reject']),
  blocksWithoutEnq: checkBlocksWithoutEnq,
  secondConnection: (value) => check.oneOf('secondConnection', value, ['refuse', 'takeOver']),
};

/**
 * Lays `changes` over `base`. A value outside E4's range is accepted with a process warning (code `SECS1_SETTING_RANGE`), one for
 * each process.
 * @throws HsmsArgumentError for a value that cannot be used.
 */
export function mergeSecs1Settings(base: Secs1Settings, changes: Partial<Secs1Settings>): Secs1Settings {
  const merged: Record<string, unknown> = { ...base };
  for (const name of Object.keys(CHECKS) as (keyof Secs1Settings)[]) {
    if (changes[name] !== undefined) merged[name] = CHECKS[name](changes[name]);
  }
  return merged as unknown as Secs1Settings;
}

function time(name: string, value: unknown): number {
  return warned(name, check.seconds(name, value));
}

function checkGap(value: unknown): number {
  if (typeof value === 'number') return check.seconds('gap', value, 'zeroToo');
  return check.refuse('gap', "a number of seconds from 0, or 'auto'", value);
}

function checkInterleave(value: unknown): boolean {
  return typeof value === 'boolean' ? value : check.refuse('interleave', "true, false or 'never'", value);
}

function checkBlocksWithoutEnq(value: unknown): BlocksWithoutEnq {
  const given = check.options('blocksWithoutEnq', value as Partial<BlocksWithoutEnq>, {
    owner: 'blocksWithoutEnq',
    names: { accept: true, send: true },
  });
  const { accept = false, send = false } = given;
  return {
    accept: check.boolean('blocksWithoutEnq.accept', accept),
    send: check.boolean('blocksWithoutEnq.send', send),
  };
}

let hasWarned = false;

/** Warns once a process of a value outside E4's range, and returns it. */
export function warned(name: string, value: number): number {
  const [min, max] = RANGES[name] ?? [value, value];
  if (hasWarned || (value >= min && value <= max)) return value;
  hasWarned = true;
  process.emitWarning(
    `${name} is ${value}, outside the ${min} to ${max} of SEMI E4; it is used as it is. Further values are not mentioned`,
    { type: 'Secs1Warning', code: 'SECS1_SETTING_RANGE' },
  );
  return value;
}
