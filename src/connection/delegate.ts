import { check } from '../check.js';
import type { ConnectionNotice } from './secs-connection.js';
import { nearestName } from '../nearest-name.js';
import { Subscription, type Observable } from 'rxjs';
import { reportOnConsole, reportRejection, reportSafely, type ErrorReporter } from '../reactive/report.js';

/**
 * The documented delegate: an object whose methods are called with what happens on a connection. Every method is
 * optional, under its documented name or in camelCase; where both are there, the camelCase one is called. A method
 * may return a promise, which is not awaited.
 */
export interface ConnectionDelegate<Connection, Packet, Notice = ConnectionNotice> {
  /** The TCP connection is up. */
  onConnectionEstablished?(connection: Connection): unknown;
  /** A packet has arrived: data or control. */
  onConnectionMessageReceived?(connection: Connection, packet: Packet): unknown;
  /** The TCP connection is about to close; a packet sent from here still leaves if the socket allows it. */
  onConnectionBeforeClosed?(connection: Connection): unknown;
  /** The TCP connection has closed. */
  onConnectionClosed?(connection: Connection): unknown;
  /**
   * A failed attempt, a refused peer and the like: what to look at when nothing seems to happen. A delegate that has this method when
   * it is attached hears of them instead of standard error.
   */
  onConnectionNotice?(connection: Connection, notice: Notice): unknown;
  /** Documented name of `onConnectionEstablished`. */
  on_connection_established?(connection: Connection): unknown;
  /** Documented name of `onConnectionMessageReceived`. */
  on_connection_message_received?(connection: Connection, packet: Packet): unknown;
  /** Documented name of `onConnectionBeforeClosed`. */
  on_connection_before_closed?(connection: Connection): unknown;
  /** Documented name of `onConnectionClosed`. */
  on_connection_closed?(connection: Connection): unknown;
  /** The same as `onConnectionNotice`. */
  on_connection_notice?(connection: Connection, notice: Notice): unknown;
}

/** What a delegate is attached to: the four streams of a connection, and its notices if it has such. */
export interface FourStreams<Packet, Notice = ConnectionNotice> {
  readonly established: Observable<unknown>;
  readonly message: Observable<Packet>;
  readonly beforeClosed: Observable<unknown>;
  readonly closed: Observable<unknown>;
  readonly notices?: Observable<Notice>;
}

/** Options of {@link attachDelegate}. */
export interface AttachDelegateOptions {
  /** Takes what a method threw or rejected with. Default: print it on standard error. */
  readonly onDelegateError?: ErrorReporter;
}

/**
 * Turns the four streams of a connection, and its notices where the delegate has a method for them, into calls of a delegate, each with the delegate as `this`. A method is
 * looked up when its event happens. What it throws or rejects with goes to `onDelegateError` and disturbs nothing.
 *
 * @example
 * ```ts
 * import { attachDelegate, HsmsActiveConnection, type HsmsConnectionDelegate } from 'rxsecs';
 *
 * const delegate: HsmsConnectionDelegate = {
 *   on_connection_message_received: (_connection, packet) => console.log(String(packet)),
 * };
 * const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0);
 * const attached = attachDelegate(connection, delegate);
 * attached.unsubscribe(); // detaches it
 * ```
 * @returns a subscription; unsubscribing detaches the delegate.
 */
export function attachDelegate<Connection, Packet, Notice = ConnectionNotice>(
  connection: Connection & FourStreams<Packet, Notice>,
  delegate: ConnectionDelegate<Connection, Packet, Notice>,
  options: AttachDelegateOptions = {},
): Subscription {
  check.fields('connection', connection, ['established', 'message', 'beforeClosed', 'closed']);
  checkDelegate(delegate);
  const { onDelegateError = reportOnConsole } = check.fields('options', options, ['onDelegateError']);
  check.fn('onDelegateError', onDelegateError);
  const d = delegate;
  const run = (event: DelegateEvent, call: () => unknown): void => {
    const where = `the delegate's ${methodFor(d, event)}()`;
    try {
      reportRejection(call(), onDelegateError, where);
    } catch (error) {
      reportSafely(onDelegateError, error, where);
    }
  };
  const subscription = new Subscription();
  const { established, message, beforeClosed, closed, notices } = connection;
  const onEstablished = (): unknown =>
    d.onConnectionEstablished
      ? d.onConnectionEstablished(connection)
      : d.on_connection_established?.(connection);
  const onMessage = (packet: Packet): unknown =>
    d.onConnectionMessageReceived
      ? d.onConnectionMessageReceived(connection, packet)
      : d.on_connection_message_received?.(connection, packet);
  const onBeforeClosed = (): unknown =>
    d.onConnectionBeforeClosed
      ? d.onConnectionBeforeClosed(connection)
      : d.on_connection_before_closed?.(connection);
  const onClosed = (): unknown =>
    d.onConnectionClosed ? d.onConnectionClosed(connection) : d.on_connection_closed?.(connection);
  subscription.add(established.subscribe(() => run('established', onEstablished)));
  subscription.add(message.subscribe((packet) => run('message', () => onMessage(packet))));
  subscription.add(beforeClosed.subscribe(() => run('beforeClosed', onBeforeClosed)));
  subscription.add(closed.subscribe(() => run('closed', onClosed)));
  const onNotice = (notice: Notice): unknown =>
    d.onConnectionNotice
      ? d.onConnectionNotice(connection, notice)
      : d.on_connection_notice?.(connection, notice);
  // Only then: a connection whose notices have no subscriber prints the grave ones.
  if (d.onConnectionNotice || d.on_connection_notice) {
    subscription.add(notices?.subscribe((notice) => run('notice', () => onNotice(notice))));
  }
  return subscription;
}

const METHODS = {
  established: ['onConnectionEstablished', 'on_connection_established'],
  message: ['onConnectionMessageReceived', 'on_connection_message_received'],
  beforeClosed: ['onConnectionBeforeClosed', 'on_connection_before_closed'],
  closed: ['onConnectionClosed', 'on_connection_closed'],
  notice: ['onConnectionNotice', 'on_connection_notice'],
} as const;

type DelegateEvent = keyof typeof METHODS;

/** The method that is called for an event. */
function methodFor(delegate: object, event: DelegateEvent): string {
  const [camelCase, documented] = METHODS[event];
  return (delegate as Record<string, unknown>)[camelCase] ? camelCase : documented;
}

/**
 * Checks a delegate: an object whose documented methods, if it has them, are functions, and which has none with a name that only
 * looks like a documented one.
 * @throws HsmsArgumentError
 */
function checkDelegate(delegate: object): void {
  check.object('delegate', delegate, 'an object with methods such as onConnectionEstablished');
  const names: readonly string[] = Object.values(METHODS).flat();
  const found = check.fields('delegate', delegate as Record<string, unknown>, names);
  for (const name of names) {
    const method = found[name];
    if (method !== undefined && method !== null) check.fn<unknown>(`delegate.${name}`, method);
  }
  for (const name of methodNames(delegate)) {
    if (names.includes(name) || !/^on_?connection/i.test(name)) continue;
    const nearest = nearestName(name, names);
    if (nearest !== undefined) {
      check.fail(`delegate.${name} is no method of a delegate: did you mean ${nearest}?`);
    }
  }
}

function methodNames(delegate: object): ReadonlySet<string> {
  const names = new Set<string>();
  try {
    for (
      let at: object | null = delegate;
      at !== null && at !== Object.prototype;
      at = Object.getPrototypeOf(at) as object | null
    ) {
      for (const name of Object.getOwnPropertyNames(at)) names.add(name);
    }
  } catch {
    // A proxy that does not let itself be looked at may have any methods.
  }
  return names;
}
