import { GemArgumentError } from '../../errors.js';
import type { StoreRecord } from './records.js';
import { valueToText } from './state-values.js';
import type { StateChanges } from '../store.js';

/**
 * The records of changes of the keyed state.
 * @throws GemArgumentError for a value that cannot be kept.
 */
export function changeRecords(changes: StateChanges): StoreRecord[] {
  const records: StoreRecord[] = [];
  for (const key of changes.delete ?? []) records.push({ kind: 'delete', key: checkedKey(key) });
  for (const [key, value] of Object.entries(changes.set ?? {})) {
    records.push({ kind: 'set', key, value: valueToText(value, `the value of ${JSON.stringify(key)}`) });
  }
  return records;
}

function checkedKey(key: unknown): string {
  if (typeof key === 'string') return key;
  throw new GemArgumentError(`a key to delete must be a string, received ${typeof key}`);
}
