import { HsmsArgumentError } from '../errors.js';
import { hsmsMatchers } from './matchers/matchers.js';
import type { HsmsMatchers } from './matchers/types.js';

declare global {
  namespace jest {
    // The type parameters must be named as @types/jest names them.
    interface Matchers<R, T = {}> extends HsmsMatchers<R> {}
  }
}

const { expect } = globalThis as { readonly expect?: { extend?: (matchers: object) => void } };
if (typeof expect?.extend !== 'function') {
  throw new HsmsArgumentError(
    'there is no global expect: import rxsecs/testing/jest in a test of Jest (setupFilesAfterEnv), or call expect.extend(hsmsMatchers)',
  );
}
expect.extend(hsmsMatchers);
