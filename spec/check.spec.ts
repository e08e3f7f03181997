import { check, Checks } from '../src/check';
import { describeValue } from '../src/describe-value';
import { HsmsArgumentError } from '../src/errors';
import { nearestName } from '../src/nearest-name';
import { wrongValues } from './support/wrong-values';

describe('describeValue', () => {
  it.each([
    ['the string "5000"', '5000'],
    [`the string "${'x'.repeat(60)}"…`, 'x'.repeat(1_000_000)],
    ['5', 5],
    ['-0', -0],
    ['NaN', NaN],
    ['the bigint 7n', 7n],
    ['a huge bigint', 1n << 100_000n],
    ['undefined', undefined],
    ['null', null],
    ['true', true],
    ['the symbol Symbol(t3)', Symbol('t3')],
    ['an array of 2', [1, 2]],
    ['an object', {}],
    ['an object without prototype', Object.create(null)],
    ['an instance of Date', new Date()],
    ['the function Date', Date],
    ['a function', () => {}],
  ])('says %s', (text, value) => {
    expect(describeValue(value)).toBe(text);
  });

  it.each(wrongValues)('never throws: %s', (_name, value) => {
    expect(describeValue(value)).toMatch(/^[ -~…]{1,90}$/);
  });

  it('calls no getter', () => {
    const called = jest.fn();
    class Odd {}
    Object.defineProperty(Odd, 'name', { get: called });
    expect(describeValue(new Odd())).toBe('an object');
    expect(called).not.toHaveBeenCalled();
  });
});

describe('check', () => {
  const messageOf = (call: () => unknown): string => {
    try {
      call();
    } catch (error) {
      expect(error).toBeInstanceOf(HsmsArgumentError);
      return (error as Error).message;
    }
    return 'nothing';
  };

  it.each<[string, () => unknown]>([
    [
      'port must be a whole number from 1 to 65535, received the string "5000"',
      () => check.integer('port', '5000', 1, 65535),
    ],
    ['limit must be a whole number from 1, received 1.5', () => check.integer('limit', 1.5, 1)],
    ['maxAge must be a number from 0, received NaN', () => check.number('maxAge', NaN, 0)],
    ['t3 must be a number of seconds above 0, received the string "5000"', () => check.seconds('t3', '5000')],
    ['t3 must be a number of seconds above 0, received 0', () => check.seconds('t3', 0)],
    [
      't3 must be a number of seconds above 0 and up to 2147483, received 3000000',
      () => check.seconds('t3', 3_000_000),
    ],
    ['pause must be a number of seconds from 0, received -1', () => check.seconds('pause', -1, 'zeroToo')],
    [
      "entity must be 'host' or 'equipment', received the string \"tool\"",
      () => check.oneOf('entity', 'tool', ['host', 'equipment']),
    ],
    ['name must be a string, received null', () => check.text('name', null)],
    ['wBit must be true or false, received 1', () => check.boolean('wBit', 1)],
    ['onError must be a function, received the string "x"', () => check.fn<unknown>('onError', 'x')],
    ['options must be an object, received an array of 0', () => check.object<unknown>('options', [])],
    ['bytes must be a Uint8Array, received an array of 1', () => check.bytes('bytes', [1])],
    ['signal must be an AbortSignal, received an object', () => check.signal('signal', {})],
    ['signal must be an object, received true', () => check.signal('signal', true)],
    [
      'clock must be a Clock: it needs the method now(), received undefined for that',
      () => check.methods('clock', {}, ['now'], 'a Clock'),
    ],
  ])('%s', (message, call) => {
    expect(messageOf(call)).toBe(message);
  });

  it('lets right values through', () => {
    expect(check.integer('a', 65535, 1, 65535)).toBe(65535);
    expect(check.number('a', Infinity, 1)).toBe(Infinity);
    expect(check.seconds('a', 0.001)).toBe(0.001);
    expect(check.seconds('a', 0, 'zeroToo')).toBe(0);
    expect(check.oneOf('a', 'x', ['x', 'y'])).toBe('x');
    check.signal('a', undefined);
    check.signal('a', new AbortController().signal);
  });

  it('names a getter that throws, and keeps what it threw', () => {
    const cause = new Error('no t3 today');
    const options = Object.defineProperty({}, 't3', {
      enumerable: true,
      get: () => {
        throw cause;
      },
    }) as { t3: number };
    let thrown: unknown;
    try {
      check.options('options', options, { owner: 'X', names: { t3: true } });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(HsmsArgumentError);
    expect(thrown).toMatchObject({ message: 'options.t3 cannot be read: no t3 today', cause });
  });

  it('reads entries by name once, and refuses what has none', () => {
    const wide = { a: 1, ['__proto__x']: 2 };
    expect(check.record('entries', wide)).toEqual(wide);
    expect(check.record('entries', wide)).not.toBe(wide);
    for (const wrong of [null, 7, [], Promise.resolve({})]) {
      expect(() => check.record('entries', wrong as never)).toThrow(
        'entries must be an object of entries by name, received',
      );
    }
    const harmful = {
      get one(): never {
        throw new Error('harm');
      },
    };
    expect(() => check.record('entries', harmful)).toThrow('entries cannot be read: harm');
  });

  describe('options', () => {
    const known = {
      owner: 'HsmsSession',
      names: { t3: true, linktestInterval: true },
      elsewhere: { t6: 'is a setting of the connection' },
    } as const;
    const read = (value: unknown): unknown => check.options('options', value as { t3: number }, known);

    it.each([
      ['options.T3 is no option of HsmsSession: did you mean t3?', { T3: 1 }],
      ['options.linktest is no option of HsmsSession: did you mean linktestInterval?', { linktest: 1 }],
      [
        'options.linkTestIntervall is no option of HsmsSession: did you mean linktestInterval?',
        { linkTestIntervall: 1 },
      ],
      ['options.t6 is no option of HsmsSession: t6 is a setting of the connection', { t6: 1 }],
      [
        'options.T6 is no option of HsmsSession: did you mean t6? It is a setting of the connection',
        { T6: 1 },
      ],
      ['options.colour is no option of HsmsSession: there are t3, linktestInterval', { colour: 1 }],
      ['options must be an object of options, received 7', 7],
      ['options must be an object of options, received an array of 0', []],
    ])('%s', (message, value) => {
      expect(messageOf(() => read(value))).toBe(message);
    });

    it('takes nothing and null as none, and copies what it reads', () => {
      expect(read(undefined)).toEqual({});
      expect(read(null)).toEqual({});
      const given = Object.freeze({ t3: 4, linktestInterval: undefined });
      expect(read(given)).toEqual({ t3: 4 });
      expect(Object.keys(read(given) as object)).toEqual(['t3']);
    });

    it('reads what a class inherits', () => {
      class Options {
        get t3(): number {
          return 9;
        }
      }
      expect(read(new Options())).toEqual({ t3: 9 });
    });

    it.each(wrongValues)('never throws anything else: %s', (_name, value) => {
      try {
        read(value);
      } catch (error) {
        expect(error).toBeInstanceOf(HsmsArgumentError);
      }
    });
  });

  it('throws the error of the room it is made for', () => {
    const other = new Checks((message) => new RangeError(message));
    expect(() => other.integer('a', 'b', 0)).toThrow(RangeError);
  });
});

describe('nearestName', () => {
  it.each([
    ['T3', 't3'],
    ['link_test_interval', 'linktestInterval'],
    ['autoselect', 'autoSelect'],
    ['onEror', 'onError'],
    ['colour', undefined],
    ['x'.repeat(100_000), undefined],
  ])('%s', (given, nearest) => {
    expect(nearestName(given, ['t3', 't5', 'linktestInterval', 'autoSelect', 'onError'])).toBe(nearest);
  });
});
