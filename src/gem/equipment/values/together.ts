/** Calls back with all values: at once where all are at hand, otherwise when the last one has come. */
export function together<T, R>(
  values: readonly (T | Promise<T>)[],
  then: (values: readonly T[]) => R,
): R | Promise<R> {
  const waiting = values.some((value) => value instanceof Promise);
  if (!waiting) return then(values as readonly T[]);
  return Promise.all(values.map((value) => Promise.resolve(value))).then(then);
}
