import { createRequire } from 'node:module';
import type * as Rxsecs from '../../../src/index.js';

/** The library as it is built, so that no compiler's work is measured with it. */
export const rxsecs = createRequire(__filename)('../../../dist/cjs/index.js') as typeof Rxsecs;
