import type { ConnectionNotice, SecsConnection } from '../../index.js';
import { notUsableText, type Entity } from '../entity/entity.js';
import { CliError, ExitCode } from '../exit-codes.js';
import { closeText, connectFailure, type LinkClosed } from '../entity/watch.js';

/**
 * Resolves when the session is selected, at the first attempt: a connection that cannot be made or that ends is an error,
 * though it would be tried again. To be called before the connection is enabled.
 * Rejects with a CliError that says why, and what to look at; or with the reason of the signal.
 */
export async function becomesSelected(entity: Entity, signal: AbortSignal): Promise<void> {
  const { session } = entity;
  const connection: SecsConnection = entity.connection;
  const failed = new AbortController();
  connection.events.on('notice', (notice: ConnectionNotice) => {
    if (notice.kind === 'connectFailed') failed.abort(connectFailure(connection, notice));
  });
  connection.events.on('closed', ({ reason, hint }: LinkClosed) => {
    const text = `${notUsableText(entity)}: ${closeText(connection, reason, hint)}`;
    failed.abort(new CliError(text, ExitCode.notSelected));
  });
  await session.usable({ signal: AbortSignal.any([signal, failed.signal]) });
}
