import { describeCloseReason, sTypeName, type HsmsConnection } from 'rxsecs';

/** Prints everything that happens on a connection, a line each. */
export function printEvents(connection: HsmsConnection): void {
  connection.established.subscribe(({ remote }) =>
    console.log(`Connection established with ${remote.address}`),
  );
  connection.message.subscribe((packet) =>
    console.log(`${sTypeName(packet.header.sType)} received ${packet.toString()}`),
  );
  connection.beforeClosed.subscribe(() => console.log('Connection about to be closed'));
  connection.closed.subscribe(({ reason }) =>
    console.log(`Connection closed: ${describeCloseReason(reason)}`),
  );
  connection.notices.subscribe((notice) => {
    if (notice.kind === 'connectFailed') {
      console.log(`${notice.error.message}; next attempt in ${notice.retrySeconds} s`);
    } else if (notice.kind === 'refused') {
      console.log(`Refused ${notice.remote.address}: ${notice.reason}`);
    }
  });
}

/** Address, port and session ID from the command line. */
export function readArguments(): { address: string; port: number; sessionId: number } {
  const [address, port, sessionId = '0'] = process.argv.slice(2);
  if (address === undefined || port === undefined) {
    console.error('usage: ADDRESS PORT [SESSION-ID]');
    process.exit(2);
  }
  return { address, port: Number(port), sessionId: Number(sessionId) };
}

/** Closes the connection in order on Ctrl-C, and lets the process end by itself. */
export function closeOnInterrupt(connection: HsmsConnection): void {
  process.once('SIGINT', () => void connection.dispose());
}
