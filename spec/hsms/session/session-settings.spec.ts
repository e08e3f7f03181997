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
      linktestFailures: 9,
      maxUnreadAnswers: 10,
    };
    expect(mergeSessionSettings(base, {})).toEqual(base);
    for (const [name, value] of Object.entries({
      ...{ t3: 1, linktestInterval: 0, linktestFailures: 1, maxUnreadAnswers: 1 },
    })) {
      expect(mergeSessionSettings(base, { [name]: value })).toEqual({ ...base, [name]: value });
    }
  });

  it.each<[Partial<HsmsSessionSettings>, string]>([
    [{ t3: 0 }, 't3 is 0: a number of seconds above 0 to'],
    [{ t3: NaN }, 't3 is NaN'],
    [{ linktestInterval: -1 }, 'linktestInterval is -1: a number of seconds from 0 to'],
    [{ linktestFailures: 0 }, 'linktestFailures is 0: a whole number from 1 is allowed'],
    [{ linktestFailures: 1.5 }, 'linktestFailures is 1.5'],
    [{ maxUnreadAnswers: 0 }, 'maxUnreadAnswers is 0: a whole number from 1 is allowed'],
  ])('refuse %j', (changes, message) => {
    expect(() => mergeSessionSettings(DEFAULT_SESSION_SETTINGS, changes)).toThrow(message);
  });

  it('warn once of a T3 outside of E37, and only where it is given', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const odd = mergeSessionSettings(DEFAULT_SESSION_SETTINGS, { t3: 121 });
    mergeSessionSettings(odd, { linktestFailures: 2 });
    mergeSessionSettings(odd, { t3: 120 });
    const texts = warn.mock.calls.map(([text]) => String(text));
    warn.mockRestore();
    expect(texts).toEqual(['t3 is 121 s, outside the 1 to 120 s of SEMI E37; it is used as it is']);
  });
});
