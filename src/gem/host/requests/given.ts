import type { GivenValue } from '../../../e5/index.js';
import { itemOf } from '../../model/value.js';
import type { KnownValue } from '../../profile/profile-index.js';

/** What is sent for a value: an item of its format where that is known. */
export function givenItem(
  { name, shape }: Pick<KnownValue, 'name' | 'shape'>,
  given: GivenValue,
): GivenValue {
  return shape === undefined || shape.format === 'L' ? given : itemOf(name, shape, given);
}
