import { check, checkFunctions, checkTimeZone } from '../check-values.js';
import type { KnownNames } from '../../check.js';
import type { GemEquipmentOptions } from './options.js';

const OPTIONS: KnownNames<GemEquipmentOptions> = {
  owner: 'GemEquipment',
  names: {
    ...{ store: true, clock: true, rules: true, timeZone: true, onError: true, admitHost: true },
    ...{ admitOnline: true, checkConstants: true, checkPrograms: true, verifyProgram: true, setClock: true },
  },
};

/** The options of an equipment, checked, so that a wrong one is named now and not when the host first asks. @throws GemArgumentError */
export function checkedOptions(given: GemEquipmentOptions | undefined): GemEquipmentOptions {
  const options = check.options('options', given, OPTIONS);
  checkFunctions(options as Readonly<Record<string, unknown>>, ...FUNCTIONS);
  const { store, clock, timeZone } = options;
  if (store !== undefined) {
    const must = 'a GemStore, as memoryStore() or await openFileStore(folder)';
    const { state } = check.fields('store', check.object('store', store, must), ['state']);
    if (typeof (state as unknown) !== 'object') check.refuse('store', must, store);
  }
  if (clock !== undefined) check.clock(clock);
  checkTimeZone(timeZone);
  return options;
}

const FUNCTIONS = [
  ...(['onError', 'admitHost', 'admitOnline', 'checkConstants'] as const),
  ...(['checkPrograms', 'verifyProgram', 'setClock'] as const),
] as const satisfies readonly (keyof GemEquipmentOptions)[];
