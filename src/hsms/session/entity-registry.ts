import { check } from '../../check.js';
import { checkSessionId } from '../connection/options.js';

/**
 * Knows on which connection each session entity is selected, where several connections offer the same ones (HSMS-GS,
 * E37.2: Select status 5). Give one registry to all of them.
 *
 * @example
 * ```ts
 * // given a connection
 * import { EntityRegistry, HsmsGeneralSession } from 'rxsecs';
 *
 * const registry = new EntityRegistry(); // of one program, for all its connections
 * const general = new HsmsGeneralSession(connection, { registry });
 * ```
 */
export class EntityRegistry {
  readonly #owners = new Map<number, object>();

  /** Whether the entity is selected on a connection other than that of `owner`. */
  isUsedElsewhere(sessionId: number, owner: object): boolean {
    checkClaim(sessionId, owner);
    const current = this.#owners.get(sessionId);
    return current !== undefined && current !== owner;
  }

  /** The entity was selected on the connection of `owner`. */
  claim(sessionId: number, owner: object): void {
    checkClaim(sessionId, owner);
    this.#owners.set(sessionId, owner);
  }

  /** The entity is selected there no more. */
  release(sessionId: number, owner: object): void {
    checkClaim(sessionId, owner);
    if (this.#owners.get(sessionId) === owner) this.#owners.delete(sessionId);
  }
}

function checkClaim(sessionId: number, owner: object): void {
  checkSessionId(sessionId);
  check.object('owner', owner);
}
