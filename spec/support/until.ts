const LIMIT_MS = 4000;

/** Turns the event loop until the condition holds; fails with what was awaited when it does not come to hold. */
export async function until(what: string, condition: () => boolean, limitMs = LIMIT_MS): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited ${limitMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
