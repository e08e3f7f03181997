import { GCProfiler } from 'node:v8';

/** Bytes for one operation; NaN where a garbage collection came in between every time. */
export interface Allocation {
  /** On the JavaScript heap. */
  readonly heap: number;
  /** In ArrayBuffers, outside that heap. */
  readonly buffers: number;
}

const ATTEMPTS = 8;

/** Collects until what is given up only after several collections, such as unused bytecode, is gone as well. */
export function collectGarbage(): void {
  if (typeof globalThis.gc !== 'function') throw new Error('run node with --expose-gc');
  for (let i = 0; i < 8; i++) globalThis.gc();
}

/**
 * What `run`, which does `operations` operations, allocates: the growth of heapUsed and arrayBuffers. That is all it
 * allocates only while nothing is collected, so attempts in which something was are thrown away.
 */
export function allocated(operations: number, run: () => void): Allocation {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    collectGarbage();
    const profiler = new GCProfiler();
    profiler.start();
    const before = process.memoryUsage();
    run();
    const after = process.memoryUsage();
    if (profiler.stop().statistics.length === 0) return difference(before, after, operations);
  }
  return { heap: NaN, buffers: NaN };
}

/** What keeping the results of `run` keeps alive, for each of them. */
export function retained(run: () => readonly unknown[]): Allocation {
  collectGarbage();
  const before = process.memoryUsage();
  const kept = run();
  collectGarbage();
  const after = process.memoryUsage();
  return difference(before, after, kept.length);
}

function difference(before: NodeJS.MemoryUsage, after: NodeJS.MemoryUsage, operations: number): Allocation {
  return {
    heap: (after.heapUsed - before.heapUsed) / operations,
    buffers: (after.arrayBuffers - before.arrayBuffers) / operations,
  };
}
