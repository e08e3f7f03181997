import { InvalidArgumentError, Option, type Command } from 'commander';
import type { BlocksWithoutEnq, Secs1SessionSettings, Secs1Settings } from '../../secs1/index.js';
import { SETTINGS } from '../entity/settings.js';
import { parseBytes, parseInteger, parseSeconds } from '../values.js';

/** Every setting of a line and of a session on it. */
type LineSettings = Secs1Settings & Secs1SessionSettings;
type LineSettingName = keyof LineSettings;

/** How one setting is given on the command line, and with `set` at a prompt. */
interface LineSetting {
  /** As in `--t1 <seconds>`. */
  readonly flags: string;
  readonly description: string;
  readonly parse: (text: string) => unknown;
  readonly of: 'connection' | 'session';
  /** HSMS has an option of that name too, which is the one that is given. */
  readonly shared?: true;
}

function oneOf<T>(values: Readonly<Record<string, T>>): (text: string) => T {
  return (text) => {
    if (Object.hasOwn(values, text)) return values[text] as T;
    throw new InvalidArgumentError(`One of ${Object.keys(values).join(', ')} is allowed.`);
  };
}

const words = <T extends string>(...allowed: readonly T[]): ((text: string) => T) =>
  oneOf(Object.fromEntries(allowed.map((word) => [word, word])) as Record<string, T>);

function parseGap(text: string): number | 'auto' {
  if (text === 'auto') return text;
  try {
    return parseSeconds(true)(text);
  } catch {
    throw new InvalidArgumentError('A number of seconds from 0, or auto, is allowed.');
  }
}

const WITHOUT_ENQ: Readonly<Record<string, BlocksWithoutEnq>> = {
  no: { accept: false, send: false },
  accept: { accept: true, send: false },
  both: { accept: true, send: true },
};

const shared = (name: keyof typeof SETTINGS & LineSettingName): LineSetting => ({
  flags: SETTINGS[name].flags,
  description: SETTINGS[name].description,
  parse: SETTINGS[name].parse,
  of: SETTINGS[name].of,
  shared: true,
});

const of = 'connection';

/** The one table: an option of the command line for each setting there is. */
export const LINE_SETTINGS: Readonly<Record<LineSettingName, LineSetting>> = {
  t1: {
    flags: '--t1 <seconds>',
    description: 'T1, inter-character: longest pause between two bytes of a block (0.5)',
    parse: parseSeconds(false),
    of,
  },
  t2: {
    flags: '--t2 <seconds>',
    description: 'T2, protocol: longest wait for EOT, for a length byte, for ACK (10)',
    parse: parseSeconds(false),
    of,
  },
  t3: shared('t3'),
  t4: {
    flags: '--t4 <seconds>',
    description: 'T4, inter-block: longest wait for the next block of a message (45)',
    parse: parseSeconds(false),
    of,
  },
  rty: {
    flags: '--rty <n>',
    description: 'RTY: how many times a block is tried again (3)',
    parse: parseInteger(0, 1000),
    of,
  },
  t5: shared('t5'),
  connectTimeout: shared('connectTimeout'),
  closeTimeout: shared('closeTimeout'),
  sendTimeout: shared('sendTimeout'),
  gap: {
    flags: '--gap <seconds>',
    description: 'how long a master keeps silent after a block, so that the slave may ask; or auto (auto)',
    parse: parseGap,
    of,
  },
  maxMessageBytes: {
    flags: '--max-message-bytes <bytes>',
    description: 'longest body of a message that is received (7995148)',
    parse: parseBytes,
    of,
  },
  maxOpenMessages: {
    flags: '--max-open-messages <n>',
    description: 'how many messages of the peer may be under way, their blocks interleaved (16)',
    parse: parseInteger(1, Number.MAX_SAFE_INTEGER),
    of,
  },
  maxQueuedBytes: shared('maxQueuedBytes'),
  dropDuplicates: {
    flags: '--duplicates <what>',
    description: 'what happens to a block with the header of the one before: drop, deliver (drop)',
    parse: oneOf({ drop: true, deliver: false }),
    of,
  },
  interleave: {
    flags: '--interleave <what>',
    description:
      'whether blocks of several messages may alternate: yes, no (but replies may go between), never (no)',
    parse: oneOf<boolean | 'never'>({ yes: true, no: false, never: 'never' }),
    of,
  },
  singleBlockNumber: {
    flags: '--single-block-number <n>',
    description: 'number of the block of a message that has one: 0, 1 (1)',
    parse: oneOf({ 0: 0, 1: 1 }),
    of,
  },
  onRetryLimit: {
    flags: '--on-retry-limit <what>',
    description: 'what follows when a block failed in every try: keep the line, reopen it (keep)',
    parse: words('keep', 'reopen'),
    of,
  },
  wrongDirection: {
    flags: '--wrong-direction <what>',
    description: 'messages with the R-bit of our own: warn, reject (warn)',
    parse: words('warn', 'reject'),
    of,
  },
  blocksWithoutEnq: {
    flags: '--without-enq <what>',
    description: 'blocks that follow without ENQ, as secs4js sends them: no, accept, both (no)',
    parse: oneOf(WITHOUT_ENQ),
    of,
  },
  secondConnection: shared('secondConnection'),
  inquire: {
    flags: '--inquire <when>',
    description: 'ask before a long message, where E5 has an inquire: multiBlock, always, never (multiBlock)',
    parse: words('multiBlock', 'always', 'never'),
    of: 'session',
  },
  conversationTimeout: {
    flags: '--conversation-timeout <seconds>',
    description: 'how long a message that was granted may take to come (120)',
    parse: parseSeconds(false),
    of: 'session',
  },
};

const NAMES = Object.keys(LINE_SETTINGS) as LineSettingName[];

/** The options that HSMS does not have. */
export const OWN_SETTINGS: readonly LineSetting[] = NAMES.map((name) => LINE_SETTINGS[name]).filter(
  (setting) => setting.shared !== true,
);

/** Names of the options that both transports have. */
export const SHARED_SETTINGS: ReadonlySet<string> = new Set(
  NAMES.filter((name) => LINE_SETTINGS[name].shared),
);

/** Adds an option for each setting that HSMS does not have. */
export function addLineSettings(command: Command): Command {
  for (const { flags, description, parse } of OWN_SETTINGS) {
    command.addOption(new Option(flags, description).argParser(parse).helpGroup('SECS-I:'));
  }
  return command;
}

/** The settings that the options give; those that were not given are left out. */
export function lineSettingsOf(
  options: Readonly<Record<string, unknown>>,
  of: 'connection' | 'session',
): Partial<LineSettings> {
  const given: Partial<Record<LineSettingName, unknown>> = {};
  for (const name of NAMES) {
    const setting = LINE_SETTINGS[name];
    const value = options[new Option(setting.flags).attributeName()];
    if (setting.of === of && value !== undefined) given[name] = value;
  }
  // What an option was parsed to is what its setting takes.
  return given as Partial<LineSettings>;
}

/** Names that `set` takes on a line: those of the options without dashes. */
export const LINE_SETTING_WORDS: ReadonlyMap<string, LineSettingName> = new Map(
  NAMES.map((name) => [new Option(LINE_SETTINGS[name].flags).name(), name]),
);

/**
 * One setting of a line from two words, as in `set t1 2`.
 * @throws InvalidArgumentError (of commander) for a name or value that is not allowed.
 */
export function parseLineSetting(
  word: string,
  text: string,
): { of: 'connection' | 'session'; changes: Partial<LineSettings> } {
  const name = LINE_SETTING_WORDS.get(word);
  if (name === undefined) {
    throw new InvalidArgumentError(
      `There is no setting '${word}': ${[...LINE_SETTING_WORDS.keys()].join(', ')} are allowed.`,
    );
  }
  const setting = LINE_SETTINGS[name];
  try {
    return { of: setting.of, changes: { [name]: setting.parse(text) } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InvalidArgumentError(`${word} cannot be '${text}'. ${why}`);
  }
}
