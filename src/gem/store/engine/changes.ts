import type { KnownNames } from '../../../check.js';
import { check } from '../../check-values.js';
import { GemArgumentError } from '../../errors.js';
import type { StoreRecord } from './records.js';
import { valueToText } from './state-values.js';
import type { StateChanges } from '../store.js';

/**
 * The records of changes of the keyed state.
 * @throws GemArgumentError for a value that cannot be kept.
 */
export function changeRecords(given: StateChanges): StoreRecord[] {
  const records: StoreRecord[] = [];
  const changes = check.options('changes', check.object('changes', given), CHANGES);
  for (const key of check.array('changes.delete', changes.delete ?? [])) {
    records.push({ kind: 'delete', key: checkedKey(key) });
  }
  for (const [key, value] of Object.entries(check.record('changes.set', changes.set ?? {}))) {
    records.push({ kind: 'set', key, value: valueToText(value, `the value of ${JSON.stringify(key)}`) });
  }
  return records;
}

const CHANGES: KnownNames<StateChanges> = { owner: 'a change', names: { set: true, delete: true } };

function checkedKey(key: unknown): string {
  if (typeof key === 'string') return key;
  throw new GemArgumentError(`a key to delete must be a string, received ${typeof key}`);
}
