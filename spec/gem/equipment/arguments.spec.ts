import { HsmsPassiveConnection, HsmsSession } from '../../../src';
import { defineEquipment, GemArgumentError, GemEquipment, GemError } from '../../../src/gem';
import { A, L } from '../../../src/secs2';
import { createTestNetwork } from '../../../src/testing';
import { etcherDefinition } from '../support';
import { etcher, type Bed } from './bed';

const model = defineEquipment(etcherDefinition);
const make = (options: unknown): unknown => {
  const connection = new HsmsPassiveConnection('', 5000, 0, undefined, createTestNetwork().options);
  return new GemEquipment(new HsmsSession(connection, { entity: 'equipment' }), model, options as never);
};

const throwing = new Proxy(
  {},
  {
    get(): never {
      throw new Error('not today');
    },
  },
);
const wrong: readonly unknown[] = [
  ...[
    undefined,
    null,
    7,
    NaN,
    '',
    'Nobody',
    true,
    10n,
    Symbol('s'),
    {},
    [],
    [Symbol('s')],
    () => 1,
    throwing,
  ],
  Object.create(null),
];

describe('wrong arguments of an equipment', () => {
  it.each([
    'onError',
    'admitHost',
    'admitOnline',
    'checkConstants',
    'checkPrograms',
    'verifyProgram',
    'setClock',
  ])('the option %s is a function', (name) => {
    for (const value of [null, 7, 'x', {}]) expect(() => make({ [name]: value })).toThrow(GemArgumentError);
    expect(() => make({ [name]: 'x' })).toThrow(`${name} must be a function, received the string "x"`);
    expect(() => make({ [name]: () => true })).not.toThrow();
  });

  it.each([
    [7, 'options must be an object of options, received 7'],
    [{ stor: 1 }, 'options.stor is no option of GemEquipment: did you mean store?'],
    [
      { store: {} },
      'store must be a GemStore, as memoryStore() or await openFileStore(folder), received an object',
    ],
    [{ store: Promise.resolve() }, /^store must be a GemStore/],
    [{ clock: Date }, 'clock must be a Clock, received the function Date'],
    [{ rules: 7 }, 'rules must be an object of options, received 7'],
    [{ rules: { dataId: 'zer0' } }, "rules.dataId must be 'zero' or 'counter', received the string \"zer0\""],
    [{ rules: { spooledAtFirst: '' } }, "rules.spooledAtFirst must be 'all' or 'none'"],
    [{ rules: { replyTo: null } }, 'rules.replyTo must be an object of s5, s6 and s10, received null'],
    [
      { rules: { replyTo: { s5: true, s6: true } } },
      'rules.replyTo.s10 must be true or false, received undefined',
    ],
    [{ rules: { localHcack: 256 } }, 'rules.localHcack must be a whole number from 0 to 255, received 256'],
    [{ rules: { anyVid: 1 } }, 'rules.anyVid must be true or false, received 1'],
    [{ rules: { valueTimeout: 0 } }, 'rules.valueTimeout must be a number of seconds above 0, received 0'],
    [{ rules: { maxBodyBytes: 1.5 } }, 'rules.maxBodyBytes must be a whole number from 1, received 1.5'],
    [
      { timeZone: 'Mars' },
      'timeZone must be the IANA name of a time zone, as \'Asia/Tokyo\', received the string "Mars"',
    ],
  ])('%p', (options, message) => {
    expect(() => make(options)).toThrow(GemArgumentError);
    expect(() => make(options)).toThrow(message);
  });

  it('a variable is no constant', async () => {
    const bed = await etcher();
    expect(() => bed.equipment.constant('ChamberPressure' as never)).toThrow(
      'ChamberPressure is a variable: read(name) gives its value',
    );
    await bed.down();
  });

  it('bounds may be left off', () => {
    const rules = { inquireAbove: Infinity, maxBodyBytes: Infinity, maxQueued: Infinity };
    expect(() => make({ rules })).not.toThrow();
    expect(() => make({ rules: { inquireAbove: 0, localHcack: 0 } })).not.toThrow();
  });

  describe('of its methods', () => {
    let bed: Bed;
    beforeAll(async () => (bed = await etcher()));
    afterAll(() => bed.down());

    /** Methods that take a name or an id first. */
    const calls: Readonly<Record<string, (value: never) => unknown>> = {
      set: (value) => bed.equipment.set(value, value),
      provide: (value) => bed.equipment.provide(value, (() => 1) as never),
      read: (value) => bed.equipment.read(value),
      constant: (value) => bed.equipment.constant(value),
      raise: (value) => bed.equipment.raise(value),
      'values of an event': (value) => bed.equipment.raise('WaferDone', { WaferId: value }),
      setAlarm: (value) => bed.equipment.setAlarm(value),
      clearAlarm: (value) => bed.equipment.clearAlarm(value),
      isAlarmSet: (value) => bed.equipment.isAlarmSet(value),
      process: (value) => bed.equipment.process(value),
      handle: (value) => bed.equipment.handle(value, () => ({})),
      'operator.setConstant': (value) => bed.equipment.operator.setConstant(value, 1),
      'a value of a constant': (value) => bed.equipment.operator.setConstant('Temperature', value),
      'operator.command': (value) => bed.equipment.operator.command(value),
      'programs.write': (value) => bed.equipment.programs.write('P', value),
    };

    it.each(Object.entries(calls))('%s', async (name, call) => {
      for (const value of wrong) {
        // Text is a value of WaferId, 7 one of Temperature.
        if (name === 'values of an event' && typeof value === 'string') continue;
        if (name === 'a value of a constant' && value === 7) continue;
        const failed = await Promise.resolve()
          .then(() => call(value as never))
          .catch((error: unknown) => error);
        expect({ value: typeof value, failed }).toEqual({
          value: typeof value,
          failed: expect.any(GemError) as unknown,
        });
      }
    });

    it.each(['read', 'write', 'delete', 'select', 'send', 'request'] as const)(
      'the id of programs.%s',
      async (name) => {
        for (const value of wrong.filter((one) => typeof one !== 'string')) {
          const programs = bed.equipment.programs as unknown as Record<
            string,
            (id: unknown, body: unknown) => unknown
          >;
          const failed = await Promise.resolve()
            .then(() => programs[name]?.(value, A('x')))
            .catch((error: unknown) => error);
          expect(failed).toBeInstanceOf(GemArgumentError);
          expect(String(failed)).toContain('id must be a PPID, text or bytes, received ');
        }
      },
    );

    it('says what is wrong', async () => {
      expect(() => bed.equipment.raise('WaferDone', null as never)).toThrow(
        'the values of WaferDone must be an object of entries by name, received null',
      );
      expect(() => bed.equipment.raise(10n as never)).toThrow('there is no event named the bigint 10');
      await expect(bed.equipment.programs.write('P', L())).rejects.toThrow(
        'body must be an item of bytes, text or numbers, received the item',
      );
      expect(bed.errors).toEqual([]);
    });
  });
});
