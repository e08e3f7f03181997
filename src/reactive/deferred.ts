/** A promise and the two functions that settle it. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

let lastResolve: (value: never) => void;
let lastReject: (error: unknown) => void;

/** One function for every promise: a closure for each would cost more than the promise. It is called at once. */
function takeFunctions(resolve: (value: never) => void, reject: (error: unknown) => void): void {
  lastResolve = resolve;
  lastReject = reject;
}

/** Makes a promise that is settled from outside. */
export function deferred<T = void>(): Deferred<T> {
  const promise = new Promise<T>(takeFunctions);
  return { promise, resolve: lastResolve as (value: T) => void, reject: lastReject };
}
