import type { AnyDefinition } from './definition.js';
import { MessageSet } from './message-set.js';
import * as streams from './streams/streams.js';

/**
 * Every message of the catalogue: those of E5.
 *
 * @example
 * ```ts
 * import { catalogue } from 'rxsecs/e5';
 *
 * console.log(catalogue.get(6, 11)?.title); // Event Report Send
 * ```
 */
export const catalogue: MessageSet = /* @__PURE__ */ MessageSet.later(allMessages);

function allMessages(): readonly AnyDefinition[] {
  const all = Object.values(streams) as readonly AnyDefinition[];
  return [...all].sort((a, b) => a.stream - b.stream || a.function - b.function);
}
