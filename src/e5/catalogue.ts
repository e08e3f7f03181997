import type { AnyDefinition } from './definition.js';
import { MessageSet } from './message-set.js';
import * as stream1 from './streams/stream-1.js';
import * as stream2 from './streams/stream-2.js';
import * as stream3 from './streams/stream-3.js';
import * as stream4 from './streams/stream-4.js';
import * as stream5 from './streams/stream-5.js';
import * as stream6 from './streams/stream-6.js';
import * as stream7 from './streams/stream-7.js';
import * as stream8 from './streams/stream-8.js';
import * as stream9 from './streams/stream-9.js';
import * as stream10 from './streams/stream-10.js';
import * as stream12 from './streams/stream-12.js';
import * as stream13 from './streams/stream-13.js';
import * as stream14 from './streams/stream-14.js';
import * as stream15 from './streams/stream-15.js';
import * as stream16 from './streams/stream-16.js';
import * as stream17 from './streams/stream-17.js';
import * as stream18 from './streams/stream-18.js';
import * as stream19 from './streams/stream-19.js';
import * as stream20 from './streams/stream-20.js';
import * as stream21 from './streams/stream-21.js';

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
export const catalogue: MessageSet = /* @__PURE__ */ allMessages();

function allMessages(): MessageSet {
  return new MessageSet(
    [
      stream1,
      stream2,
      stream3,
      stream4,
      stream5,
      stream6,
      stream7,
      stream8,
      stream9,
      stream10,
      stream12,
      stream13,
      stream14,
      stream15,
      stream16,
      stream17,
      stream18,
      stream19,
      stream20,
      stream21,
    ].flatMap((stream): readonly AnyDefinition[] => Object.values<AnyDefinition>(stream)),
  );
}
