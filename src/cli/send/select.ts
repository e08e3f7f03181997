import type { Entity } from '../entity/entity.js';
import { CliError, ExitCode } from '../exit-codes.js';
import { closeText, connectFailure } from '../entity/watch.js';

/**
 * Resolves when the session is selected, at the first attempt: a connection that cannot be made or that ends is an error,
 * though it would be tried again. To be called before the connection is enabled.
 * Rejects with a CliError that says why, and what to look at; or with the reason of the signal.
 */
export async function becomesSelected({ connection, session }: Entity, signal: AbortSignal): Promise<void> {
  const failed = new AbortController();
  connection.events.on('notice', (notice) => {
    if (notice.kind === 'connectFailed') failed.abort(connectFailure(notice));
  });
  connection.events.on('closed', ({ reason, hint }) => {
    const text = `the session was not selected: ${closeText(reason, hint)}`;
    failed.abort(new CliError(text, ExitCode.notSelected));
  });
  await session.selected({ signal: AbortSignal.any([signal, failed.signal]) });
}
