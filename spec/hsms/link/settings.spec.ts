import { HsmsArgumentError } from '../../../src/errors.js';
import { DEFAULT_SETTINGS, mergeSettings, type HsmsSettings } from '../../../src/hsms/link/settings.js';

describe('mergeSettings', () => {
  let warnings: jest.SpyInstance;
  beforeEach(() => (warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})));
  afterEach(() => warnings.mockRestore());

  it('has the defaults of E37 (P-2, P-20)', () => {
    expect(DEFAULT_SETTINGS).toMatchObject({
      t5: 10,
      t6: 5,
      t7: 10,
      t8: 5,
      maxPacketBytes: 16 * 1024 * 1024 + 10,
    });
  });

  it('lays changes over a base and leaves the base alone', () => {
    const base = { ...DEFAULT_SETTINGS };
    expect(mergeSettings(base, { t5: 20, secondConnection: 'takeOver' })).toEqual({
      ...DEFAULT_SETTINGS,
      t5: 20,
      secondConnection: 'takeOver',
    });
    expect(base).toEqual(DEFAULT_SETTINGS);
  });

  it('keeps fractions', () => {
    expect(mergeSettings(DEFAULT_SETTINGS, { t8: 1.25 }).t8).toBe(1.25);
  });

  it.each([
    ['t5', 0.02, '1 to 240'],
    ['t5', 241, '1 to 240'],
    ['t6', 0.5, '1 to 240'],
    ['t7', 300, '1 to 240'],
    ['t8', 121, '1 to 120'],
  ] as const)('warns of %s = %d, once a process, and uses it (P-20)', async (name, value, range) => {
    jest.resetModules();
    const fresh = await import('../../../src/hsms/link/settings.js');
    for (let i = 0; i < 3; i++) {
      expect(fresh.mergeSettings(DEFAULT_SETTINGS, { [name]: value })[name]).toBe(value);
    }
    expect(warnings).toHaveBeenCalledTimes(1);
    expect(warnings).toHaveBeenCalledWith(
      expect.stringContaining(`${name} is ${value} s, outside the ${range} s`),
      expect.objectContaining({ code: 'HSMS_SETTING_RANGE' }),
    );
  });

  it.each([
    ['t5', 1],
    ['t5', 240],
    ['t8', 120],
    ['connectTimeout', 0.001],
    ['frameTimeout', 0],
    ['busyPoll', 0],
    ['busyPoll', 0.01],
    ['busyPoll', 'auto'],
    ['maxQueuedBytes', 0],
    ['maxPacketBytes', 10],
    ['maxPacketBytes', 0xffffffff],
  ] as const)('takes %s = %p without a warning', (name, value) => {
    expect(mergeSettings(DEFAULT_SETTINGS, { [name]: value })[name]).toBe(value);
    expect(warnings).not.toHaveBeenCalled();
  });

  it.each([
    ['t5', 0, 't5 must be a number of seconds above 0, received 0'],
    ['t5', -1, 'above 0'],
    ['t6', NaN, 't6 must be a number of seconds above 0, received NaN'],
    ['t7', '10', 't7 must be a number of seconds above 0, received the string "10"'],
    ['t8', Infinity, 't8 must be a number of seconds above 0 and up to 2147483, received Infinity'],
    ['connectTimeout', 0, 'connectTimeout must be a number of seconds above 0, received 0'],
    ['closeTimeout', 0, 'closeTimeout must be a number of seconds above 0, received 0'],
    [
      'sendTimeout',
      2147484,
      'sendTimeout must be a number of seconds above 0 and up to 2147483, received 2147484',
    ],
    ['keepAliveDelay', 0, 'keepAliveDelay must be a number of seconds above 0, received 0'],
    ['frameTimeout', -1, 'frameTimeout must be a number of seconds from 0, received -1'],
    ['maxPacketBytes', 9, 'a whole number from 10 to 4294967295'],
    [
      'maxPacketBytes',
      0x1_0000_0000,
      'maxPacketBytes must be a whole number from 10 to 4294967295, received 4294967296',
    ],
    ['maxPacketBytes', 20.5, 'maxPacketBytes must be a whole number from 10 to 4294967295, received 20.5'],
    ['maxQueuedBytes', -1, 'maxQueuedBytes must be a whole number from 0, received -1'],
    ['busyPoll', -1, "busyPoll must be 'auto' or a number of seconds from 0 to 0.01, received -1"],
    ['busyPoll', 0.02, 'received 0.02'],
    ['busyPoll', NaN, 'received NaN'],
    ['busyPoll', 'always', 'received the string "always"'],
    [
      'secondConnection',
      'accept',
      "secondConnection must be 'refuse', 'takeOver' or 'answerSelect', received the string",
    ],
  ])('refuses %s = %p (P-20)', (name, value, text) => {
    const changes = { [name]: value } as Partial<HsmsSettings>;
    expect(() => mergeSettings(DEFAULT_SETTINGS, changes)).toThrow(text);
    expect(() => mergeSettings(DEFAULT_SETTINGS, changes)).toThrow(HsmsArgumentError);
  });
});
