import { createRequire } from 'node:module';
import type * as Rxsecs from '../../../src/index.js';
import type * as Secs2 from '../../../src/secs2/index.js';

const load = createRequire(__filename);

/** The library as it is built, so that no compiler's work is measured with it. */
export const rxsecs = load('../../../dist/cjs/index.js') as typeof Rxsecs;
export const secs2 = load('../../../dist/cjs/secs2/index.js') as typeof Secs2;
