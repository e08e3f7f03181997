import { Command } from 'commander';
import {
  addSettingOptions,
  parseSetting,
  SETTINGS,
  SETTING_WORDS,
  settingsOf,
} from '../../../src/cli/entity/settings';
import { DEFAULT_SETTINGS } from '../../../src/hsms/link/settings';
import { DEFAULT_SESSION_SETTINGS } from '../../../src/hsms/session/session-settings';

const every = { ...DEFAULT_SETTINGS, ...DEFAULT_SESSION_SETTINGS };

function parse(args: readonly string[], passive = true): ReturnType<typeof settingsOf> {
  const command = addSettingOptions(
    new Command().exitOverride().configureOutput({ writeErr: () => {} }),
    passive,
  );
  return settingsOf(command.parse([...args], { from: 'user' }).opts());
}

/** A value for each setting that is not its default. */
const other = (name: keyof typeof every): string | number => {
  if (name === 'secondConnection') return 'takeOver';
  return name === 'busyPoll' ? 0.0002 : Number(every[name]) + 7;
};

describe('settings', () => {
  it('have an option each: every setting of a connection and of a session', () => {
    expect(Object.keys(SETTINGS).sort()).toEqual(Object.keys(every).sort());
  });

  it.each(Object.keys(every) as (keyof typeof every)[])('%s is taken from its option alone', (name) => {
    const flag = SETTINGS[name].flags.split(' ', 1)[0] ?? '';
    expect(parse([flag, String(other(name))])).toEqual({ [name]: other(name) });
  });

  it.each(Object.keys(every) as (keyof typeof every)[])('%s says its default in the help', (name) => {
    const shown: Record<string, string> = { maxPacketBytes: '16 MiB + 10', maxQueuedBytes: '256 MiB' };
    expect(SETTINGS[name].description).toContain(`(${shown[name] ?? String(every[name])})`);
  });

  it.each([...SETTING_WORDS])('`set %s` changes %s where it belongs', (word, name) => {
    expect(parseSetting(word, String(other(name)))).toEqual({
      of: name in DEFAULT_SETTINGS ? 'connection' : 'session',
      changes: { [name]: other(name) },
    });
  });

  it('are left out where no option gives them', () => {
    expect(parse([])).toEqual({});
  });

  it.each([
    [['--t3', '0'], /--t3.*'0' is invalid.*above 0/],
    [['--linktest', '-1'], /--linktest/],
    [['--max-linktest-failures', '0'], /from 1/],
    [['--max-packet-bytes', '16MB'], /16MiB/],
    [['--busy-poll', '1'], /'1' is invalid.*'auto' or a number of seconds from 0 to 0.01/],
    [['--busy-poll', 'always'], /'auto' or/],
    [['--second-connection', 'maybe'], /'maybe' is invalid.*refuse, takeOver, answerSelect/],
  ])('refuse %p and say what is allowed', (args, expected) => {
    expect(() => parse(args)).toThrow(expected);
  });

  it('of the side that listens are not for the side that connects', () => {
    expect(() => parse(['--second-connection', 'takeOver'], false)).toThrow(/unknown option/);
  });

  it.each([
    ['t9', '1', /no setting 't9': t3, t5/],
    ['t3', 'soon', /t3 cannot be 'soon'.*above 0/],
  ])('refuse `set %s %s`', (word, value, expected) => {
    expect(() => parseSetting(word, value)).toThrow(expected);
  });
});
