import type { ConnectionNotice, SecsConnection } from '../../index.js';
import { closeText, connectFailure, type LinkClosed } from './watch.js';

/** Remembers what last kept a connection from being made or a session from being usable. */
export function watchTrouble(connection: SecsConnection): () => string | undefined {
  let trouble: string | undefined;
  connection.events.on('notice', (notice: ConnectionNotice) => {
    if (notice.kind === 'connectFailed') trouble = connectFailure(connection, notice).message;
    if (notice.kind === 'listenFailed') trouble = notice.error?.message;
  });
  connection.events.on('closed', ({ reason, hint }: LinkClosed) => {
    trouble = `closed: ${closeText(connection, reason, hint)}`;
  });
  connection.events.on('established', () => (trouble = undefined));
  return () => trouble;
}
