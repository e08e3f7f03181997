/** The same promise; it raises no `unhandledRejection` should nobody look at it. */
export function unhandled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** A promise rejected with `error`; it raises no `unhandledRejection` should nobody look at it. */
export function rejected(error: unknown): Promise<never> {
  return unhandled(
    Promise.resolve().then((): never => {
      throw error;
    }),
  );
}
