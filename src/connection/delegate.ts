import { Subscription, type Observable } from 'rxjs';
import { reportOnConsole, reportRejection, reportSafely, type ErrorReporter } from '../reactive/report.js';

/**
 * The documented delegate: an object whose methods are called with what happens on a connection. Every method is
 * optional, under its documented name or in camelCase; where both are there, the camelCase one is called. A method
 * may return a promise; nobody waits for it.
 */
export interface ConnectionDelegate<Connection, Packet> {
  /** The TCP connection is up. */
  onConnectionEstablished?(connection: Connection): unknown;
  /** A packet has arrived: data or control. */
  onConnectionMessageReceived?(connection: Connection, packet: Packet): unknown;
  /** The TCP connection is about to close; a packet sent from here still leaves if the socket allows it. */
  onConnectionBeforeClosed?(connection: Connection): unknown;
  /** The TCP connection has closed. */
  onConnectionClosed?(connection: Connection): unknown;
  /** Documented name of `onConnectionEstablished`. */
  on_connection_established?(connection: Connection): unknown;
  /** Documented name of `onConnectionMessageReceived`. */
  on_connection_message_received?(connection: Connection, packet: Packet): unknown;
  /** Documented name of `onConnectionBeforeClosed`. */
  on_connection_before_closed?(connection: Connection): unknown;
  /** Documented name of `onConnectionClosed`. */
  on_connection_closed?(connection: Connection): unknown;
}

/** What a delegate is attached to: the four streams of a connection. */
export interface FourStreams<Packet> {
  readonly established: Observable<unknown>;
  readonly message: Observable<Packet>;
  readonly beforeClosed: Observable<unknown>;
  readonly closed: Observable<unknown>;
}

/** Options of {@link attachDelegate}. */
export interface AttachDelegateOptions {
  /** Takes what a method threw or rejected with. Default: print it on standard error. */
  readonly onDelegateError?: ErrorReporter;
}

/**
 * Turns the four streams of a connection into calls of a delegate, each with the delegate as `this`. A method is
 * looked up when its event happens. What it throws or rejects with goes to `onDelegateError` and disturbs nothing.
 * @returns a subscription; unsubscribing detaches the delegate.
 */
export function attachDelegate<Connection, Packet>(
  connection: Connection & FourStreams<Packet>,
  delegate: ConnectionDelegate<Connection, Packet>,
  options: AttachDelegateOptions = {},
): Subscription {
  const { onDelegateError = reportOnConsole } = options;
  const run = (event: string, call: () => unknown): void => {
    const where = `the delegate's method for '${event}'`;
    try {
      reportRejection(call(), onDelegateError, where);
    } catch (error) {
      reportSafely(onDelegateError, error, where);
    }
  };
  const d = delegate;
  const subscription = new Subscription();
  const { established, message, beforeClosed, closed } = connection;
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
  return subscription;
}
