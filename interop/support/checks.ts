import { deepStrictEqual } from 'node:assert';
import { inspect } from 'node:util';

/** Counts what holds, and ends the part with an error that shows both values at the first thing that does not. */
export class Checks {
  #passed = 0;

  /** Number of checks that held. */
  get passed(): number {
    return this.#passed;
  }

  /** `actual` must be the same value as `expected`, down to every property. */
  equal<T>(what: string, actual: T, expected: T): void {
    try {
      deepStrictEqual(actual, expected);
    } catch {
      throw new Error(`${what}\n  expected: ${show(expected)}\n  actual:   ${show(actual)}`);
    }
    this.#passed++;
  }

  /** `condition` must hold; `seen` is shown when it does not. */
  ok(what: string, condition: boolean, seen: unknown): void {
    if (!condition) throw new Error(`${what}\n  actual:   ${show(seen)}`);
    this.#passed++;
  }
}

function show(value: unknown): string {
  return inspect(value, { depth: 6, breakLength: 100, maxStringLength: 200 });
}
