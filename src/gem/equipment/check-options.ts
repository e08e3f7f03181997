import { GemArgumentError } from '../errors.js';
import { quote } from '../model/value.js';
import { nearestName } from '../../nearest-name.js';
import type { GemEquipmentOptions } from './options.js';

const FUNCTIONS = [
  'onError',
  'admitHost',
  'admitOnline',
  'checkConstants',
  'checkPrograms',
  'verifyProgram',
  'setClock',
] as const;
const OTHERS = ['store', 'clock', 'rules', 'timeZone'] as const;
const NAMES: readonly string[] = [...FUNCTIONS, ...OTHERS];

const members = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const refuse = (name: string, must: string, value: unknown): never => {
  throw new GemArgumentError(`${name} must be ${must}, received ${quote(value)}`);
};

/** Checks what an equipment is given, so that a wrong one is named now and not when the host first asks. @throws GemArgumentError */
export function checkOptions(options: GemEquipmentOptions): void {
  if (typeof options !== 'object' || (options as unknown) === null || Array.isArray(options))
    refuse('options', 'an object', options);
  for (const name of Object.keys(options)) {
    if (NAMES.includes(name)) continue;
    const near = nearestName(name, NAMES);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    throw new GemArgumentError(`options.${name} is not known, allowed are ${NAMES.join(', ')}${hint}`);
  }
  for (const name of FUNCTIONS) {
    if (options[name] !== undefined && typeof options[name] !== 'function')
      refuse(name, 'a function', options[name]);
  }
  const { store, clock, rules, timeZone } = options;
  if (store !== undefined && members(store)['state'] === undefined) {
    refuse('store', 'a GemStore, as memoryStore() or await openFileStore(folder)', store);
  }
  if (clock !== undefined && typeof members(clock)['now'] !== 'function') refuse('clock', 'a Clock', clock);
  if (
    rules !== undefined &&
    (typeof rules !== 'object' || (rules as unknown) === null || Array.isArray(rules))
  ) {
    refuse('rules', 'an object', rules);
  }
  if (timeZone !== undefined && !isTimeZone(timeZone))
    refuse('timeZone', "the IANA name of a time zone, as 'Asia/Tokyo'", timeZone);
}

function isTimeZone(name: unknown): boolean {
  if (typeof name !== 'string') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
