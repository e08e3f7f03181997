import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type * as Library from '../../src/index.js';

/**
 * The library as it is published: the compiled CommonJS build, not a transpilation in memory. The types come from
 * the sources, so that type checking needs no build. `RXSECS_BENCH_LIBRARY` names another build to measure.
 */
export const libraryFile =
  process.env['RXSECS_BENCH_LIBRARY'] ?? resolve(__dirname, '../../dist/cjs/index.js');

export const library = createRequire(__filename)(libraryFile) as typeof Library;
