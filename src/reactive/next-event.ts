/** Where listeners are added and taken away. */
interface Heard {
  on(name: never, listener: () => void): unknown;
  off(name: never, listener: () => void): unknown;
}

/**
 * Resolves at the next of these events. Rejects with the signal's reason. It is what `once` of node:events would do for several
 * events, without an AbortController and an AbortError for those that did not come: thousands of sessions may wait.
 */
export function nextEvent(emitter: Heard, names: readonly string[], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      for (const name of names) emitter.off(name as never, onEvent);
      signal?.removeEventListener('abort', onAbort);
    };
    const onEvent = (): void => {
      stop();
      resolve();
    };
    const onAbort = (): void => {
      stop();
      reject(signal?.reason as Error);
    };
    for (const name of names) emitter.on(name as never, onEvent);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
