import type { HsmsConnection } from '../../index.js';
import { closeText, connectFailure } from './watch.js';

/** Remembers what last kept a connection from being made or a session from being selected. */
export function watchTrouble({ events }: HsmsConnection): () => string | undefined {
  let trouble: string | undefined;
  events.on('notice', (notice) => {
    if (notice.kind === 'connectFailed') trouble = connectFailure(notice).message;
    if (notice.kind === 'listenFailed') trouble = notice.error.message;
  });
  events.on('closed', ({ reason, hint }) => (trouble = `closed: ${closeText(reason, hint)}`));
  events.on('established', () => (trouble = undefined));
  return () => trouble;
}
