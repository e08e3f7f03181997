import type { ConnectionState } from '../connection/events.js';

/** Why a wait for a session cannot come about as things stand; undefined where it may. */
export function inVain(
  call: string,
  connection: { readonly currentState: ConnectionState },
): string | undefined {
  if (connection.currentState !== 'disabled') return undefined;
  return `${call}: its connection is disabled, so this cannot come about. Call connection.enable() first`;
}
