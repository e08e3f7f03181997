import { InvalidArgumentError, Option, type Command } from 'commander';
import type { HsmsSessionSettings, HsmsSettings, SecondConnectionPolicy } from '../../index.js';
import { parseBytes, parseInteger, parseSeconds } from '../values.js';

/** Every setting of a connection and of a session that is a number or a name. */
export type Settings = HsmsSettings & HsmsSessionSettings;
type SettingName = keyof Settings;

/** How one setting is given on the command line, and with `set` in an interactive session. */
interface SettingOption {
  /** As in `--t3 <seconds>`. */
  readonly flags: string;
  readonly description: string;
  readonly parse: (text: string) => number | string;
  /** Where it belongs to. */
  readonly of: 'connection' | 'session';
  /** Only a side that listens has it. */
  readonly passiveOnly?: true;
}

const POLICIES: readonly SecondConnectionPolicy[] = ['refuse', 'takeOver', 'answerSelect'];

function parsePolicy(text: string): SecondConnectionPolicy {
  const policy = POLICIES.find((known) => known === text);
  if (policy === undefined) throw new InvalidArgumentError(`One of ${POLICIES.join(', ')} is allowed.`);
  return policy;
}

function parseBusyPoll(text: string): number | 'auto' {
  if (text === 'auto') return text;
  const seconds = text.trim() === '' ? NaN : Number(text);
  if (seconds >= 0 && seconds <= 0.01) return seconds;
  throw new InvalidArgumentError("'auto' or a number of seconds from 0 to 0.01 is allowed.");
}

const timer = (name: string, description: string, of: 'connection' | 'session'): SettingOption => ({
  flags: `--${name} <seconds>`,
  description,
  parse: parseSeconds(false),
  of,
});

/** The one table: an option of the command line for each setting there is. */
export const SETTINGS: Readonly<Record<SettingName, SettingOption>> = {
  t3: timer('t3', 'T3, reply: how long a reply may take (45)', 'session'),
  t5: timer('t5', 'T5, connect separation: least time between attempts to connect (10)', 'connection'),
  t6: timer('t6', 'T6, control transaction: how long an answer to Select … may take (5)', 'connection'),
  t7: timer('t7', 'T7, not selected: how long a connection may stay unselected (10)', 'connection'),
  t8: timer('t8', 'T8, intercharacter: longest pause within a message (5)', 'connection'),
  linktestInterval: {
    flags: '--linktest <seconds>',
    description: 'send Linktest.req when the link has been idle this long; 0: never (0)',
    parse: parseSeconds(true),
    of: 'session',
  },
  maxLinktestFailures: {
    flags: '--max-linktest-failures <n>',
    description: 'how many unanswered Linktest.req in a row close the connection (1)',
    parse: parseInteger(1, 1_000_000),
    of: 'session',
  },
  connectTimeout: timer('connect-timeout', 'how long one attempt to connect may take (10)', 'connection'),
  closeTimeout: timer('close-timeout', 'how long a close may wait for the peer (2)', 'connection'),
  sendTimeout: timer('send-timeout', 'how long the peer may take no byte (120)', 'connection'),
  frameTimeout: {
    flags: '--frame-timeout <seconds>',
    description: 'how long a whole message may take to arrive; 0: any time (0)',
    parse: parseSeconds(true),
    of: 'connection',
  },
  keepAliveDelay: timer(
    'keep-alive-delay',
    'idle time before TCP asks for a sign of life (10)',
    'connection',
  ),
  maxPacketBytes: {
    flags: '--max-packet-bytes <bytes>',
    description: 'longest message, header included, in and out (16 MiB + 10)',
    parse: parseBytes,
    of: 'connection',
  },
  maxQueuedBytes: {
    flags: '--max-queued-bytes <bytes>',
    description: 'how much may wait to be sent (256 MiB)',
    parse: parseBytes,
    of: 'connection',
  },
  maxUnreadAnswers: {
    flags: '--max-unread-answers <n>',
    description: 'how many answers to control messages may wait for a peer that does not read (8192)',
    parse: parseInteger(1, Number.MAX_SAFE_INTEGER),
    of: 'session',
  },
  busyPoll: {
    flags: '--busy-poll <seconds>',
    description:
      'poll instead of sleep while a message is due: auto, or for how long, 0 to 0.01; 0: never (auto)',
    parse: parseBusyPoll,
    of: 'connection',
  },
  secondConnection: {
    flags: '--second-connection <policy>',
    description: `what happens to a second connection: ${POLICIES.join(', ')} (refuse)`,
    parse: parsePolicy,
    of: 'connection',
    passiveOnly: true,
  },
};

const NAMES = Object.keys(SETTINGS) as SettingName[];

/** Adds an option for each setting. */
export function addSettingOptions(command: Command, passive: boolean): Command {
  for (const name of NAMES) {
    const { flags, description, parse, passiveOnly } = SETTINGS[name];
    if (passiveOnly === undefined || passive) {
      command.addOption(new Option(flags, description).argParser(parse).helpGroup('Settings:'));
    }
  }
  return command;
}

/** The settings that the options give, of both or of one; those that were not given are left out. */
export function settingsOf(
  options: Readonly<Record<string, unknown>>,
  of?: 'connection' | 'session',
): Partial<Settings> {
  const given: Partial<Record<SettingName, unknown>> = {};
  for (const name of NAMES) {
    if (of !== undefined && SETTINGS[name].of !== of) continue;
    const value = options[new Option(SETTINGS[name].flags).attributeName()];
    if (value !== undefined) given[name] = value;
  }
  // What an option was parsed to is what its setting takes.
  return given as Partial<Settings>;
}

/** Names that `set` takes: those of the options without dashes, as in `max-linktest-failures`. */
export const SETTING_WORDS: ReadonlyMap<string, SettingName> = new Map(
  NAMES.map((name) => [new Option(SETTINGS[name].flags).name(), name]),
);

/**
 * One setting from two words, as in `set t3 10`.
 * @throws InvalidArgumentError (of commander) for a name or value that is not allowed.
 */
export function parseSetting(
  word: string,
  text: string,
): { of: 'connection' | 'session'; changes: Partial<Settings> } {
  const name = SETTING_WORDS.get(word);
  if (name === undefined) {
    throw new InvalidArgumentError(
      `There is no setting '${word}': ${[...SETTING_WORDS.keys()].join(', ')} are allowed.`,
    );
  }
  const { parse, of } = SETTINGS[name];
  try {
    return { of, changes: { [name]: parse(text) } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InvalidArgumentError(`${word} cannot be '${text}'. ${why}`);
  }
}
