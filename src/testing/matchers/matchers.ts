import { check, isArray, isInstance } from '../../check.js';
import { describeValue } from '../../describe-value.js';
import { HsmsArgumentError } from '../../errors.js';
import { HsmsPacket } from '../../hsms/wire/packet.js';
import type { HsmsSession } from '../../hsms/session/session.js';
import { matchItem, SecsItem, SecsMessage, type Item } from '../../secs2/index.js';
import { printShape, shapeOf, type ItemPattern } from '../pattern/item-pattern.js';
import {
  describeMismatch,
  differenceOf,
  differenceOfMessage,
  nameOfPacket,
  printPacket,
  wanted,
  type Difference,
  type MessagePattern,
  type Wanted,
} from '../pattern/message-pattern.js';
import type { Traffic } from '../traffic.js';
import { Changes } from '../peer/wait.js';
import { VirtualClock } from '../virtual-clock.js';

/** What a test runner tells a matcher: Jest and Vitest do alike. */
export interface MatcherContext {
  readonly isNot?: boolean | undefined;
  readonly utils?: { readonly diff?: (expected: unknown, received: unknown) => string | null | undefined };
}

/** What a matcher answers. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

const DEFAULT_WITHIN = 60;

function toBeMessage(
  this: MatcherContext,
  received: unknown,
  pattern: MessagePattern | number,
  second?: number | ItemPattern,
  third?: ItemPattern,
): MatcherResult {
  const want =
    typeof pattern === 'number'
      ? wanted(nameFor(pattern, second), third)
      : wanted(pattern, second as ItemPattern | undefined);
  const difference = differenceOfAny(received, want);
  return difference === undefined
    ? passed(`expected no ${want.name}, and it is one:\n${print(received)}`)
    : failed(this, `expected ${want.name}: ${difference.text}`, difference);
}

function nameFor(stream: number, fn: unknown): string {
  return `S${check.integer('stream', stream, 0, 127)}F${check.integer('fn', fn, 0, 255)}`;
}

function toMatchItem(this: MatcherContext, received: unknown, pattern: ItemPattern): MatcherResult {
  const item = isInstance(received, SecsItem) ? (received as Item) : undefined;
  if (item === undefined) {
    throw new HsmsArgumentError(`toMatchItem is about items, and this is ${describeValue(received)}`);
  }
  const shape = shapeOf(pattern);
  const result = matchItem(item, shape);
  return result.ok
    ? passed(`expected an item that does not fit, and this one does:\n${print(item)}`)
    : failed(this, describeMismatch(result), {
        expected: printShape(shape, item),
        received: print(item),
      });
}

function toBeSelected(this: MatcherContext, received: unknown): MatcherResult {
  const session = sessionOf(received, 'toBeSelected');
  const { currentState } = session;
  return {
    pass: currentState === 'selected',
    message: () =>
      currentState === 'selected'
        ? 'expected the session not to be selected, and it is'
        : `expected the session to be selected, and it is ${currentState}; its connection is ${session.connection.currentState}${pendingOf(session)}`,
  };
}

function toBeConnected(this: MatcherContext, received: unknown): MatcherResult {
  const connection = fieldOf(received, 'connection') ?? received;
  const state = fieldOf(connection, 'currentState');
  if (typeof state !== 'string') {
    throw new HsmsArgumentError(`toBeConnected is about connections, and this is ${describeValue(received)}`);
  }
  return {
    pass: state === 'connected',
    message: () =>
      state === 'connected'
        ? 'expected the connection not to be up, and it is'
        : `expected the connection to be up, and it is ${state}`,
  };
}

function toHaveSent(
  this: MatcherContext,
  received: unknown,
  pattern: MessagePattern,
  item?: ItemPattern,
): MatcherResult {
  return among(this, 'sent', received, wanted(pattern, item));
}

function toHaveReceived(
  this: MatcherContext,
  received: unknown,
  pattern: MessagePattern,
  item?: ItemPattern,
): MatcherResult {
  return among(this, 'received', received, wanted(pattern, item));
}

async function toBecomeSelected(
  this: MatcherContext,
  received: unknown,
  within: number = DEFAULT_WITHIN,
): Promise<MatcherResult> {
  const session = sessionOf(received, 'toBecomeSelected');
  check.seconds('within', within, 'zeroToo');
  const changes = new Changes();
  const tell = (): void => changes.tell();
  session.events.on('state', tell);
  const { clock } = session.connection;
  const pass = await changes.until(clock, () => session.currentState === 'selected', within);
  session.events.off('state', tell);
  return {
    pass,
    message: () =>
      pass
        ? `expected the session not to become selected within ${within} s, and it is`
        : `expected the session to be selected within ${within} s, and it is ${session.currentState}; its connection is ${session.connection.currentState}${pendingOf(session)}`,
  };
}

/**
 * The matchers, for `expect.extend(hsmsMatchers)` of Jest and of Vitest.
 *
 * @example
 * ```ts
 * import { expect } from '@jest/globals';
 * import { S } from 'rxsecs/secs2';
 * import { hsmsMatchers, type HsmsMatchers } from 'rxsecs/testing';
 *
 * declare module 'expect' {
 *   interface Matchers<R extends void | Promise<void>> extends HsmsMatchers<R> {}
 * }
 *
 * expect.extend(hsmsMatchers);
 * expect(S(1, 1).w()).toBeMessage(1, 1);
 * ```
 */
export const hsmsMatchers = {
  toBeMessage,
  toMatchItem,
  toBeSelected,
  toBeConnected,
  toHaveSent,
  toHaveReceived,
  toBecomeSelected,
};

/** Of several packets that do not fit, the one with the right name says the most. */
function among(context: MatcherContext, what: keyof Traffic, received: unknown, want: Wanted): MatcherResult {
  const packets = fieldOf(received, what);
  if (!isArray(packets)) {
    throw new HsmsArgumentError(
      `expected a ScriptedPeer or what recordTraffic gives, and this is ${describeValue(received)}`,
    );
  }
  const all = packets as readonly HsmsPacket[];
  let closest: Difference | undefined;
  for (const packet of all) {
    const difference = differenceOf(packet, want);
    if (difference === undefined)
      return passed(`expected no ${want.name} to be ${what}, and it was:\n${print(packet)}`);
    if (differenceOf(packet, { ...want, shape: undefined }) === undefined) closest = difference;
  }
  const names = `${what}: ${all.length === 0 ? 'nothing' : all.map(nameOfPacket).join(', ')}`;
  return closest === undefined
    ? { pass: false, message: () => `expected ${want.name} to be ${what}\n${names}` }
    : failed(
        context,
        `expected ${want.name} to be ${what}: of the last one, ${closest.text}\n${names}`,
        closest,
      );
}

function differenceOfAny(received: unknown, want: Wanted): Difference | undefined {
  if (isInstance(received, HsmsPacket)) return differenceOf(received, want);
  if (isInstance(received, SecsMessage)) return differenceOfMessage(received, want);
  const packet = fieldOf(received, 'packet');
  if (isInstance(packet, HsmsPacket)) return differenceOf(packet, want);
  const message = fieldOf(received, 'message');
  if (isInstance(message, SecsMessage)) return differenceOfMessage(message, want);
  throw new HsmsArgumentError(
    `toBeMessage is about messages, packets and primaries, and this is ${describeValue(received)}`,
  );
}

function sessionOf(received: unknown, matcher: string): HsmsSession {
  if (typeof fieldOf(received, 'openRequests') === 'number' && fieldOf(received, 'connection')) {
    return received as HsmsSession;
  }
  throw new HsmsArgumentError(`${matcher} is about sessions, and this is ${describeValue(received)}`);
}

function passed(message: string): MatcherResult {
  return { pass: true, message: () => message };
}

function failed(
  { utils }: MatcherContext,
  message: string,
  { expected, received }: { readonly expected: string; readonly received: string },
): MatcherResult {
  const plain = `expected: ${expected}\nreceived: ${received}`;
  return { pass: false, message: () => `${message}\n\n${utils?.diff?.(expected, received) ?? plain}` };
}

function pendingOf({ connection: { clock } }: HsmsSession): string {
  return clock instanceof VirtualClock ? `\n${clock.describePending()}` : '';
}

function print(value: unknown): string {
  if (value instanceof HsmsPacket) return printPacket(value);
  if (isRecord(value) && value['packet'] instanceof HsmsPacket) return printPacket(value['packet']);
  if (isRecord(value) && value['message'] instanceof SecsMessage) return value['message'].toString();
  return String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A field of whatever the test has at hand, which may be made to do harm. */
function fieldOf(value: unknown, name: string): unknown {
  try {
    return isRecord(value) ? value[name] : undefined;
  } catch {
    return undefined;
  }
}
