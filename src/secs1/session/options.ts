import { check, type KnownNames } from '../../check.js';
import type { SecsMessage } from '../../secs2/message.js';
import type { AutoS9Setting, SecsSessionOptions, SecsSessionSettings } from '../../session/settings.js';
import { DEFAULT_SECS1_SETTINGS, warned } from '../settings.js';
import type { Inquire, InquireSetting } from './grants.js';

/** Settings of a session that may be changed while it runs. Times are in seconds, fractions allowed. */
export interface Secs1SessionSettings extends SecsSessionSettings {
  /**
   * T3, reply: from the ACK of a primary's last block to the first block of its reply. Default 45, E4 range 1 to 120. Each request may
   * have its own.
   */
  readonly t3: number;
  /** Whether `request` asks the peer for a grant first, where E5 has an inquire for that. Default `multiBlock`. */
  readonly inquire: InquireSetting;
  /** How long the message that a grant was given for may take to come; then an equipment sends S9F13. Default 120. */
  readonly conversationTimeout: number;
}

/** An inquire of the peer, before a long message. */
export interface Inquiry {
  /** The inquire: S2F39, S6F5, S7F1 and the like. */
  readonly message: SecsMessage;
  /** Bytes that are announced; undefined where the inquire does not tell. */
  readonly bytes: number | undefined;
}

/** What the constructor of a session takes besides the connection. Everything is optional. */
export interface Secs1SessionOptions extends Partial<Secs1SessionSettings>, SecsSessionOptions {
  /**
   * What to answer to inquires of the peer. A function gives the code of the grant, 0 for yes. `auto`: an inquire is a primary like any
   * other; one that nobody has answered or deferred (`SecsPrimary.defer`) within a second is granted, if the message is within
   * `maxMessageBytes`. `false`: inquires are left to the
   * user. Default `auto`.
   */
  readonly grant?: ((inquiry: Inquiry) => number) | 'auto' | false;
}

/** The values that hold where nothing else was said. */
export const DEFAULT_SECS1_SESSION_SETTINGS: Secs1SessionSettings = {
  t3: 45,
  inquire: 'multiBlock',
  conversationTimeout: 120,
};

const OF_CONNECTION = 'belongs to the connection: new Secs1Connection(line, sessionId, delegate, { … })';

const ELSEWHERE: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...Object.keys(DEFAULT_SECS1_SETTINGS),
    ...['master', 'onError', 'onDelegateError', 'decoding', 'clock', 'network'],
  ].map((name) => [name, OF_CONNECTION]),
);

const SETTINGS = { t3: true, inquire: true, conversationTimeout: true } as const;

const OPTIONS: KnownNames<Secs1SessionOptions> = {
  owner: 'a session',
  names: { ...SETTINGS, entity: true, autoS9: true, supports: true, foreignSessionId: true, grant: true },
  elsewhere: ELSEWHERE,
};

/** What `configure` takes. */
export type Secs1SessionChanges = Partial<Secs1SessionSettings> & { readonly autoS9?: AutoS9Setting };

const FIXED = 'is fixed once the session is constructed';

const CHANGES: KnownNames<Secs1SessionChanges> = {
  owner: 'configure()',
  names: { ...SETTINGS, autoS9: true },
  elsewhere: { ...ELSEWHERE, entity: FIXED, supports: FIXED, foreignSessionId: FIXED, grant: FIXED },
};

/**
 * Checks the options of a session.
 * @param entity that of the connection, which a session may repeat and not change
 * @throws HsmsArgumentError naming the option, its value and what is allowed.
 */
export function checkSecs1SessionOptions(
  options: Secs1SessionOptions | null | undefined,
  entity: 'host' | 'equipment',
): Secs1SessionOptions {
  const given = check.options('options', options, OPTIONS);
  const { supports, foreignSessionId, grant } = given;
  if (given.entity !== undefined && given.entity !== entity) {
    check.fail(
      `options.entity is '${String(given.entity)}' and that of the connection '${entity}': the R-bit is the connection's, so give it there`,
    );
  }
  checkAutoS9(given.autoS9);
  if (supports !== undefined) check.fn('supports', supports);
  if (foreignSessionId !== undefined) check.oneOf('foreignSessionId', foreignSessionId, ['warn', 'reject']);
  if (grant !== undefined && grant !== 'auto' && grant !== false && typeof grant !== 'function') {
    check.refuse('grant', "a function, 'auto' or false", grant);
  }
  return { ...given, entity };
}

/** Checks what `configure` is given. @throws HsmsArgumentError */
export function checkSecs1SessionChanges(changes: Secs1SessionChanges): Secs1SessionChanges {
  check.object('changes', changes, 'an object of settings');
  const given = check.options('changes', changes, CHANGES);
  checkAutoS9(given.autoS9);
  return given;
}

/** Lays `changes` over `base`. @throws HsmsArgumentError for a value out of range. */
export function mergeSecs1SessionSettings(
  base: Secs1SessionSettings,
  changes: Partial<Secs1SessionSettings>,
): Secs1SessionSettings {
  const { t3, inquire, conversationTimeout } = { ...base, ...changes };
  warned('t3', check.seconds('t3', t3));
  check.seconds('conversationTimeout', conversationTimeout);
  return { t3, inquire: checkInquire(inquire), conversationTimeout };
}

function checkInquire(inquire: unknown): InquireSetting {
  const allowed: readonly Inquire[] = ['multiBlock', 'always', 'never'];
  if (typeof inquire !== 'object' || inquire === null) return check.oneOf('inquire', inquire, allowed);
  return Object.fromEntries(
    Object.entries(inquire).map(([stream, value]) => [
      check.integer('a stream of inquire', Number(stream), 0, 127),
      check.oneOf(`inquire[${stream}]`, value, allowed),
    ]),
  );
}

function checkAutoS9(autoS9: unknown): void {
  if (autoS9 === undefined || typeof autoS9 === 'boolean') return;
  const given = check.options('autoS9', check.object('autoS9', autoS9, 'true, false or an object'), {
    owner: 'autoS9',
    names: { device: true, stream: true, function: true, body: true, t3: true },
  });
  for (const [name, value] of Object.entries(given)) check.boolean(`autoS9.${name}`, value);
}
