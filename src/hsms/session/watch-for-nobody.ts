import type { Timer } from '../../clock.js';
import { expiry } from '../../reactive/expiry.js';
import type { HsmsConnection } from '../connection/connection.js';

/**
 * Tells once after each `enable()` of a passive side that nobody has connected within T7: the peer may be set up as passive
 * as well, and then both wait for ever.
 */
export function watchForNobody(connection: HsmsConnection): void {
  let timer: Timer | undefined;
  let previous = connection.currentState;
  connection.hear('state', (state) => {
    timer?.cancel();
    timer = undefined;
    const wasEnabled = state === 'listening' && previous === 'disabled';
    previous = state;
    if (!wasEnabled) return;
    const seconds = connection.settings.t7;
    timer = expiry(connection.clock, 'nobody', seconds, () =>
      connection.tell({ kind: 'nobodyConnected', seconds, hint: { kind: 'bothPassive' } }),
    );
  });
}
