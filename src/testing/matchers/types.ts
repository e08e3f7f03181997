import type { ItemPattern } from '../pattern/item-pattern.js';
import type { MessagePattern } from '../pattern/message-pattern.js';

/**
 * The matchers, as types: merged into those of the test runner. `rxsecs/testing/jest` does so for the global `expect` of
 * Jest; docs/testing.md shows it for `@jest/globals` and Vitest.
 */
export interface HsmsMatchers<R = unknown> {
  /** A message, packet or primary has this stream and function and, where given, an item that fits. */
  toBeMessage(stream: number, fn: number, item?: ItemPattern): R;
  /** The same with a name (`'S1F2'`, `'S1F1 W'`, `'Select.req'`) or a message, whose item counts if it has one. */
  toBeMessage(pattern: MessagePattern, item?: ItemPattern): R;
  /** An item fits a pattern: an item, a shape, or SML in which `<*>` and `<A *>` are wildcards. */
  toMatchItem(pattern: ItemPattern): R;
  /** A session is selected now. */
  toBeSelected(): R;
  /** A connection, or the connection of a session, is up now. */
  toBeConnected(): R;
  /** A scripted peer, or a record of traffic, has sent a message that fits. */
  toHaveSent(pattern: MessagePattern, item?: ItemPattern): R;
  /** A scripted peer, or a record of traffic, has received a message that fits. */
  toHaveReceived(pattern: MessagePattern, item?: ItemPattern): R;
  /** A session is selected within `seconds` (default 60), which pass by themselves where its clock is virtual. Await it. */
  toBecomeSelected(within?: number): Promise<R>;
}
