import { defineEquipment, GemModelError, type EquipmentDefinition } from '../../../src/gem';
import { etcherDefinition } from '../support';

type Data = Record<string, unknown>;

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const throwing = (): never => {
  throw new Error('not today');
};
const circular: Data = {};
circular['self'] = circular;

/** What no field of a definition may be, and what hides in a list. */
const hostile: Readonly<Record<string, unknown>> = {
  'a function': () => 1,
  'a symbol': Symbol('s'),
  'a date': new Date(0),
  'a map': new Map(),
  'a circle': circular,
  'a getter that throws': Object.defineProperty({}, 'id', { enumerable: true, get: throwing }),
  'a proxy that throws': new Proxy({}, { get: throwing, ownKeys: throwing, getPrototypeOf: throwing }),
  'a revoked proxy': revoked(),
  'text that throws': { toString: throwing },
  'a list of symbols': [Symbol('s')],
};

/** Values that are plain, and wrong in most places. */
const odd: Readonly<Record<string, unknown>> = {
  ...{
    'a bigint': 10n,
    'a list of bigints': [10n],
    null: null,
    NaN,
    'a sparse list': new Array(2),
    text: 'x',
    '-1': -1,
  },
  ...{
    'an object without a prototype': Object.create(null) as unknown,
    'a list of objects': [{}],
    true: true,
  },
};

function pathsOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[...at, key], ...pathsOf(child, [...at, key])]);
}

/** The etcher with another value at a path. */
function altered(path: readonly string[], value: unknown): EquipmentDefinition {
  const copy = structuredClone(etcherDefinition) as unknown as Data;
  let at = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Data;
  at[path.at(-1) ?? ''] = value;
  return copy as unknown as EquipmentDefinition;
}

const attempt = (definition: unknown): unknown => {
  try {
    return defineEquipment(definition as EquipmentDefinition);
  } catch (error) {
    return error;
  }
};

describe('a definition that is not plain data (G-4)', () => {
  it.each(Object.entries(hostile))('is refused with its place: %s', (_name, value) => {
    for (const path of pathsOf(etcherDefinition)) {
      const error = attempt(altered(path, value));
      expect(error).toBeInstanceOf(GemModelError);
      const place = path.join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]');
      expect((error as GemModelError).problems[0]).toEqual({
        path: expect.stringContaining(place) as string,
        message: expect.stringMatching(/^must be plain data .*, received /) as string,
      });
    }
    expect(attempt(value)).toBeInstanceOf(GemModelError);
  });

  it.each(Object.entries(odd))('makes a model or is refused, and nothing else: %s', (_name, value) => {
    for (const path of pathsOf(etcherDefinition)) {
      const result = attempt(altered(path, value));
      if (result instanceof Error) expect(result).toBeInstanceOf(GemModelError);
    }
  });

  it('is what it was when it was checked', () => {
    const definition = structuredClone(etcherDefinition) as unknown as {
      processPrograms: { formatted: Data };
      alarms: Data;
    };
    const model = defineEquipment(definition as unknown as EquipmentDefinition);
    definition.processPrograms.formatted['ETCH'] = 7;
    definition.alarms['Late'] = 7;
    expect(model.processPrograms?.formatted?.['ETCH']).toEqual(
      etcherDefinition.processPrograms.formatted.ETCH,
    );
    expect(model.definition.alarms).toEqual(etcherDefinition.alarms);
  });

  it('has descriptions that are text', () => {
    const described = {
      ...etcherDefinition,
      events: { Opened: { id: 700, description: 7 } },
      description: [],
    };
    expect(() => defineEquipment(described as never)).toThrow(
      /description must be text, received an array of 0[^]*events\.Opened\.description must be text, received the number 7/,
    );
  });
});
