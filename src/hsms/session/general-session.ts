import type { EventEmitter } from 'node:events';
import type { Observable } from 'rxjs';
import { HsmsArgumentError } from '../../errors.js';
import { NO_OPTIONS } from '../../session/exchange.js';
import type { HsmsConnection } from '../connection/connection.js';
import { diagnostics } from '../../connection/diagnostics.js';
import { Publisher } from '../../reactive/publisher.js';
import { checkSessionId } from '../connection/options.js';
import { reportSafely } from '../../reactive/report.js';
import { check, type KnownNames } from '../../check.js';
import {
  checkCloseOptions,
  checkConnection,
  checkSessionOptions,
  checkValues,
  SESSION_OPTIONS,
} from './check-options.js';
import { EntityRegistry } from './entity-registry.js';
import { HsmsSession } from './session.js';
import type { HsmsSessionOptions } from './session-options.js';
import { SessionCore, type Admission } from './session-core.js';
import type { ControlEvent } from './session-events.js';
import { DEFAULT_SESSION_SETTINGS, mergeSessionSettings } from './session-settings.js';

/** What the constructor of a general session takes besides the connection. */
export interface HsmsGeneralSessionOptions extends HsmsSessionOptions {
  /**
   * Asked when the peer selects a session ID that was not added: the options of the session to make for it, over those
   * given here, or undefined to answer Select.rsp with status 4 (no such entity).
   */
  readonly acceptUnknown?: (sessionId: number) => HsmsSessionOptions | undefined;
  /**
   * Shared between connections on which the same session entities are offered: an entity that is selected on one of
   * them is answered with Select.rsp status 5 (in use) on the others.
   */
  readonly registry?: EntityRegistry;
}

/** The events of a general session and what their listeners get. */
export interface HsmsGeneralSessionEvents {
  /** A session was added, by `addSession` or because the peer selected it. */
  added: [session: HsmsSession];
  /** A control transaction of ours was settled. Published for those that began while somebody listened. */
  control: [event: ControlEvent];
  /** The connection was disposed of: nothing follows. */
  disposed: [];
}

/**
 * Several session entities on one connection, each selected, deselected and separated by its own session ID (HSMS-GS,
 * E37.2). Runs on active, passive and multi-passive connections. T7 runs while no session at all is selected.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsGeneralSession } from 'rxsecs';
 *
 * const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0);
 * const general = new HsmsGeneralSession(connection);
 * const first = general.addSession(1);
 * const second = general.addSession(2);
 * await connection.enable();
 * await Promise.all([first.selected(), second.selected()]);
 * ```
 */
export class HsmsGeneralSession implements AsyncDisposable {
  readonly connection: HsmsConnection;
  /** A session was added, by `addSession` or because the peer selected it. Hot; completes with the connection. */
  readonly added: Observable<HsmsSession>;
  /** Those of its sessions. */
  readonly #options: HsmsSessionOptions;
  readonly #acceptUnknown: HsmsGeneralSessionOptions['acceptUnknown'];
  readonly #registry: EntityRegistry;
  readonly #sessions = new Map<number, HsmsSession>();
  readonly #publisher: Publisher<HsmsGeneralSessionEvents>;
  readonly #core: SessionCore;

  /**
   * @param connection the connection to run on; construct this before enabling it
   * @throws HsmsArgumentError for a setting out of range, and when the connection is up or has a session already.
   */
  constructor(connection: HsmsConnection, given?: HsmsGeneralSessionOptions | null) {
    checkConnection(connection);
    const options = checkGeneralOptions(given);
    const { acceptUnknown, registry, ...ofSessions } = options;
    this.connection = connection;
    this.#options = ofSessions;
    this.#acceptUnknown = acceptUnknown;
    const settings = mergeSessionSettings(DEFAULT_SESSION_SETTINGS, options);
    this.#registry = registry ?? new EntityRegistry();
    this.#publisher = new Publisher(connection.onError);
    this.added = this.#publisher.observe('added');
    this.#core = new SessionCore(connection, { settings }, this.#publisher, {
      admit: (sessionId) => this.#admit(sessionId),
      onSelection: (sessionId, selected) => {
        if (selected) this.#registry.claim(sessionId, this);
        else this.#registry.release(sessionId, this);
      },
    });
    connection.hear('disposed', () => this.#publisher.publish('disposed', undefined));
    diagnostics.sessionCreated.publish({ session: this });
  }

  /** The typed node:events emitter under the Observable. */
  get events(): EventEmitter<HsmsGeneralSessionEvents> {
    return this.#publisher.emitter;
  }

  /** The sessions, in the order in which they were added. */
  get sessions(): readonly HsmsSession[] {
    return [...this.#sessions.values()];
  }

  /** The session with this ID; undefined when there is none. */
  session(sessionId: number): HsmsSession | undefined {
    checkSessionId(sessionId);
    return this.#sessions.get(sessionId);
  }

  /**
   * Adds a session entity, at any time. On an active connection that is up it is selected at once.
   * @param sessionId 0 to 65535
   * @param options options over those of the constructor; Linktest belongs to the connection and is set there
   * @throws HsmsArgumentError for a session ID out of range or added already.
   */
  addSession(sessionId: number, options?: HsmsSessionOptions | null): HsmsSession {
    checkSessionId(sessionId);
    const own = checkSessionOptions(options);
    if (this.#sessions.has(sessionId)) {
      throw new HsmsArgumentError(`session ${sessionId} was added already: each ID is one session`);
    }
    const session = new HsmsSession(
      this.connection,
      { ...this.#options, ...own },
      { sessionId, core: this.#core },
    );
    this.#sessions.set(sessionId, session);
    this.#publisher.publish('added', session);
    this.#core.join(sessionId);
    return session;
  }

  /** Separates a session and forgets it: its ID is unknown from now on. */
  removeSession(sessionId: number): void {
    checkSessionId(sessionId);
    this.#sessions.get(sessionId)?.separate();
    this.#sessions.delete(sessionId);
    this.#core.detach(sessionId);
  }

  /**
   * Closes every session gracefully, as `HsmsSession.close` does, and disposes of the connection, so that every Observable
   * completes. It is how a program ends: `await using general = …`, or this.
   * @param options.within seconds, from 0, after which it goes on whatever is open; those requests then fail with their session
   * @throws HsmsArgumentError by the promise, for a value out of range; nothing is closed then.
   */
  async dispose(options: { readonly within?: number } | null = NO_OPTIONS): Promise<void> {
    checkCloseOptions(options);
    await Promise.all(this.sessions.map((session) => session.close(options)));
    await this.connection.dispose();
  }

  /** The same as {@link dispose}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    const ids = [...this.#sessions.keys()].join(', ');
    return `${this.constructor.name} (sessions: ${ids === '' ? 'none' : ids}) on ${inspect(this.connection, options)}`;
  }

  #admit(sessionId: number): Admission {
    if (this.#registry.isUsedElsewhere(sessionId, this)) return 'entityInUse';
    if (!this.#sessions.has(sessionId)) {
      if (!this.#addUnknown(sessionId)) return 'noSuchEntity';
    }
    return 'yes';
  }

  /** Adds the session that the peer asks for, if that is wanted. */
  #addUnknown(sessionId: number): boolean {
    try {
      const options = this.#acceptUnknown?.(sessionId);
      if (options === undefined) return false;
      this.addSession(sessionId, options);
      return true;
    } catch (error) {
      reportSafely(this.connection.onError, error, 'acceptUnknown');
      return false;
    }
  }
}

const GENERAL_OPTIONS: KnownNames<HsmsGeneralSessionOptions> = {
  ...SESSION_OPTIONS,
  owner: 'a general session',
  names: { ...SESSION_OPTIONS.names, acceptUnknown: true, registry: true },
};

function checkGeneralOptions(
  options: HsmsGeneralSessionOptions | null | undefined,
): HsmsGeneralSessionOptions {
  const read = checkValues(check.options('options', options, GENERAL_OPTIONS));
  if (read.acceptUnknown !== undefined) check.fn('acceptUnknown', read.acceptUnknown);
  if (read.registry !== undefined) {
    check.methods('registry', read.registry, ['isUsedElsewhere', 'claim', 'release'], 'an EntityRegistry');
  }
  return read;
}
