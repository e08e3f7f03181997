import { GemArgumentError, GemHost } from '../../../src/gem';
import { HsmsPassiveConnection, HsmsSession } from '../../../src';
import { createTestNetwork } from '../../../src/testing';

const make = (configuration: object): GemHost =>
  new GemHost(
    new HsmsSession(new HsmsPassiveConnection('any', 5000, 0, undefined, createTestNetwork().options)),
    configuration,
  );

const step = { name: 'own', run: (): Promise<void> => Promise.resolve() };

describe('what a host is made with', () => {
  it.each<[string, object, string]>([
    [
      'a misspelt name',
      { reconect: 'never' },
      'configuration.reconect is no option of GemHost: did you mean reconnect?',
    ],
    ['ack', { ack: true }, "ack must be 'auto' or 'manual', received true"],
    [
      'maxUnacknowledged',
      { maxUnacknowledged: 0 },
      'maxUnacknowledged must be a whole number from 1, received 0',
    ],
    ['reconnect', { reconnect: 'maybe' }, "reconnect must be 'always', 'ifRestarted' or 'never'"],
    ['others', { others: 'drop' }, "others must be 'abort' or 'leave', received the string \"drop\""],
    ['memory', { memory: { load() {} } }, 'memory must be a HostMemory: it needs the method save()'],
    ['clock', { clock: Date }, 'clock must be a Clock, received the function Date'],
    ['timeZone', { timeZone: 'Mars' }, 'timeZone must be the IANA name of a time zone'],
    ['admit', { admit: false }, 'admit must be a function, received false'],
    ['t3', { t3: 0 }, 't3 must be a number of seconds above 0, received 0'],
    [
      'spoolSilence',
      { spoolSilence: '5' },
      'spoolSilence must be a number of seconds above 0, received the string "5"',
    ],
    [
      'steps of nothing',
      { steps: () => undefined },
      'steps must be a function that gives the steps as an array',
    ],
    ['a step of text', { steps: () => ['own'] }, 'steps[0] must be a HostStep, received the string "own"'],
    [
      'a step that does nothing',
      { steps: () => [{ name: 'own' }] },
      'steps[0] must be a HostStep: it needs the method run()',
    ],
    [
      'a step without a name',
      { steps: () => [{ ...step, name: 7 }] },
      'steps[0].name must be a string, received 7',
    ],
    ['a plan of text', { steps: () => [{ ...step, plan: 'S1F1' }] }, 'steps[0].plan must be a function'],
  ])('%s is refused', (_name, configuration, message) => {
    expect(() => make(configuration)).toThrow(GemArgumentError);
    expect(() => make(configuration)).toThrow(message);
  });

  it.each([
    null,
    undefined,
    { maxUnacknowledged: Infinity, ack: 'manual', others: 'leave' },
    { steps: () => [step], admit: undefined, timeZone: 'Asia/Tokyo' },
  ])('%p is taken', (configuration) => {
    expect(() => make(configuration as never)).not.toThrow();
  });
});
