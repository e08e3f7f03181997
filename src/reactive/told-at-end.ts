/** Those who wait for what cannot come about as things stand: each says why, or undefined where it may come yet. */
const waiting = new Set<() => string | undefined>();

/**
 * Says on standard error why a wait was in vain, should the program come to its end meanwhile: with nothing left to do, Node ends in
 * silence, in the middle of an `await`.
 * @returns to be called when the wait is over
 */
export function toldAtEnd(why: () => string | undefined): () => void {
  if (waiting.size === 0) process.on('beforeExit', tell);
  waiting.add(why);
  return () => {
    if (waiting.delete(why) && waiting.size === 0) process.off('beforeExit', tell);
  };
}

function tell(): void {
  const told = new Set([...waiting].map((why) => why()).filter((text) => text !== undefined));
  for (const text of told) console.error(`rxsecs: the program ends while it waits for ${text}`);
  waiting.clear();
  process.off('beforeExit', tell);
}
