import {
  DEFAULT_SESSION_SETTINGS,
  mergeSessionSettings,
  type HsmsSessionSettings,
} from '../../../src/hsms/session/session-settings.js';

describe('settings of a session (P-20)', () => {
  it('are those of before where nothing else is said', () => {
    const base: HsmsSessionSettings = {
      t3: 7,
      linktestInterval: 8,
      maxLinktestFailures: 9,
      maxUnreadAnswers: 10,
    };
    expect(mergeSessionSettings(base, {})).toEqual(base);
    for (const [name, value] of Object.entries({
      ...{ t3: 1, linktestInterval: 0, maxLinktestFailures: 1, maxUnreadAnswers: 1 },
    })) {
      expect(mergeSessionSettings(base, { [name]: value })).toEqual({ ...base, [name]: value });
    }
  });

  it.each<[Partial<HsmsSessionSettings>, string]>([
    [{ t3: 0 }, 't3 must be a number of seconds above 0, received 0'],
    [{ t3: NaN }, 't3 must be a number of seconds above 0, received NaN'],
    [{ linktestInterval: -1 }, 'linktestInterval must be a number of seconds from 0, received -1'],
    [{ maxLinktestFailures: 0 }, 'maxLinktestFailures must be a whole number from 1, received 0'],
    [{ maxLinktestFailures: 1.5 }, 'maxLinktestFailures must be a whole number from 1, received 1.5'],
    [{ maxUnreadAnswers: 0 }, 'maxUnreadAnswers must be a whole number from 1, received 0'],
  ])('refuse %j', (changes, message) => {
    expect(() => mergeSessionSettings(DEFAULT_SESSION_SETTINGS, changes)).toThrow(message);
  });

  it('warn once a process of a T3 outside of E37, and only where it is given', async () => {
    jest.resetModules();
    const fresh = await import('../../../src/hsms/session/session-settings.js');
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    fresh.mergeSessionSettings(DEFAULT_SESSION_SETTINGS, { t3: 120 });
    const odd = fresh.mergeSessionSettings(DEFAULT_SESSION_SETTINGS, { t3: 121 });
    fresh.mergeSessionSettings(odd, { maxLinktestFailures: 2 });
    fresh.mergeSessionSettings(odd, { t3: 122 });
    const texts = warn.mock.calls.map(([text]) => String(text));
    warn.mockRestore();
    expect(texts).toEqual([
      't3 is 121 s, outside the 1 to 120 s of SEMI E37; it is used as it is. Further times are not mentioned',
    ]);
  });
});
