import { Command } from 'commander';
import {
  addLineSettings,
  LINE_SETTING_WORDS,
  LINE_SETTINGS,
  lineSettingsOf,
  OWN_SETTINGS,
  parseLineSetting,
} from '../../../src/cli/line/settings';
import { addSettingOptions } from '../../../src/cli/entity/settings';
import { DEFAULT_SECS1_SESSION_SETTINGS } from '../../../src/secs1/session/options';
import { DEFAULT_SECS1_SETTINGS } from '../../../src/secs1/settings';

const every = { ...DEFAULT_SECS1_SETTINGS, ...DEFAULT_SECS1_SESSION_SETTINGS };
type Name = keyof typeof every;
const NAMES = Object.keys(every) as Name[];

/** A value for each setting that is not its default, as it is given and as it is taken. */
const OTHERS: Partial<Record<Name, readonly [string, unknown]>> = {
  gap: ['0.2', 0.2],
  dropDuplicates: ['deliver', false],
  interleave: ['yes', true],
  singleBlockNumber: ['0', 0],
  onRetryLimit: ['reopen', 'reopen'],
  wrongDirection: ['reject', 'reject'],
  blocksWithoutEnq: ['both', { accept: true, send: true }],
  secondConnection: ['takeOver', 'takeOver'],
  inquire: ['never', 'never'],
};

function other(name: Name): readonly [string, unknown] {
  return OTHERS[name] ?? [String(Number(every[name]) + 7), Number(every[name]) + 7];
}

function parse(args: readonly string[]): object {
  const command = addLineSettings(
    addSettingOptions(new Command().exitOverride().configureOutput({ writeErr: () => {} }), true),
  );
  const options = command.parse([...args], { from: 'user' }).opts();
  return { ...lineSettingsOf(options, 'connection'), ...lineSettingsOf(options, 'session') };
}

describe('settings of a line', () => {
  it('B-83: have an option each: every setting of a connection and of a session', () => {
    expect(Object.keys(LINE_SETTINGS).sort()).toEqual([...NAMES].sort());
  });

  it.each(NAMES)('B-83: %s is taken from its option alone, and by `set`', (name) => {
    const [text, value] = other(name);
    const [flag = ''] = LINE_SETTINGS[name].flags.split(' ', 1);
    expect(parse([flag, text])).toEqual({ [name]: value });
    const word = [...LINE_SETTING_WORDS].find(([, known]) => known === name)?.[0] ?? '';
    expect(parseLineSetting(word, text)).toEqual({
      of: name in DEFAULT_SECS1_SETTINGS ? 'connection' : 'session',
      changes: { [name]: value },
    });
  });

  it('B-30, B-83: say their defaults in the help', () => {
    for (const { description } of OWN_SETTINGS) expect(description).toMatch(/\([\w.]+\)$/);
    expect(LINE_SETTINGS.t1.description).toContain(`(${every.t1})`);
    expect(LINE_SETTINGS.t2.description).toContain(`(${every.t2})`);
    expect(LINE_SETTINGS.t4.description).toContain(`(${every.t4})`);
    expect(LINE_SETTINGS.rty.description).toContain(`(${every.rty})`);
    expect(LINE_SETTINGS.gap.description).toContain(`(${every.gap})`);
    expect(LINE_SETTINGS.maxMessageBytes.description).toContain(`(${every.maxMessageBytes})`);
  });

  it.each([
    [['--t1', '0'], /above 0/],
    [['--rty', '-1'], /from 0/],
    [['--gap', 'none'], /from 0, or auto/],
    [['--without-enq', 'maybe'], /One of no, accept, both/],
    [['--interleave', 'toString'], /One of yes, no/],
    [['--single-block-number', '2'], /One of 0, 1/],
  ])('B-83: refuse %p and say what is allowed', (args, expected) => {
    expect(() => parse(args)).toThrow(expected);
  });

  it('B-83: `set` names what there is, and why a value is not allowed', () => {
    expect(() => parseLineSetting('t7', '1')).toThrow(/no setting 't7': t1, t2, t3, t4/);
    expect(() => parseLineSetting('t2', 'x')).toThrow(/^t2 cannot be 'x'. A number of seconds above 0/);
  });
});
