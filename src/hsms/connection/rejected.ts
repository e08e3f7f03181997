/** A promise rejected with `error`; it raises no `unhandledRejection` should nobody look at it. */
export function rejected(error: unknown): Promise<never> {
  const promise = Promise.resolve().then((): never => {
    throw error;
  });
  promise.catch(() => {});
  return promise;
}
