import { randomInt } from 'node:crypto';
import type { SecondConnections } from '../../connection/acceptor.js';
import { destroy, type NetworkSocket } from '../../network/network.js';
import type { HsmsConnectorOwner } from './connection-host.js';
import { keepUntilSelect } from './keep-until-select.js';

/** How many second connections may wait for their Select.req at a time. */
const MAX_KEPT = 8;

/** What HSMS does with a second connection, by the setting `secondConnection` (E37.1, P-11). */
export class HsmsSecondConnections implements SecondConnections {
  readonly #owner: HsmsConnectorOwner;
  #kept: Set<NetworkSocket> | undefined;

  constructor(owner: HsmsConnectorOwner) {
    this.#owner = owner;
  }

  probe(onAlive: () => void): boolean {
    const link = this.#owner.currentLink();
    if (link === undefined || this.#owner.settings().secondConnection !== 'takeOver') return false;
    link.probe(randomInt(0x1_0000_0000), (alive) => {
      if (alive) onAlive();
      else link.close({ kind: 'takenOver' });
    });
    return true;
  }

  keep(socket: NetworkSocket): boolean {
    const settings = this.#owner.settings();
    if (settings.secondConnection !== 'answerSelect') return false;
    const kept = (this.#kept ??= new Set());
    if (kept.size >= MAX_KEPT) return false;
    kept.add(socket);
    socket.on('close', () => kept.delete(socket));
    keepUntilSelect(socket, this.#owner.clock, settings);
    return true;
  }

  stop(): void {
    for (const socket of this.#kept ?? []) destroy(socket);
  }
}
