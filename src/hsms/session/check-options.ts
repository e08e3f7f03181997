import { check, type KnownNames } from '../../check.js';
import type { AutoS9, AutoS9Setting } from '../../session/settings.js';
import type { HsmsConnection } from '../connection/connection.js';
import { DEFAULT_SETTINGS } from '../link/settings.js';
import type { HsmsSessionOptions } from './session-options.js';
import type { HsmsSessionSettings } from './session-settings.js';

const OF_CONNECTION =
  'belongs to the connection: new HsmsActiveConnection(address, port, sessionId, delegate, { … })';

const ELSEWHERE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...Object.keys(DEFAULT_SETTINGS),
      'bindAddress',
      'onError',
      'onDelegateError',
      'decoding',
      'clock',
      'network',
    ].map((name) => [name, OF_CONNECTION]),
  ),
  strict: "is written foreignSessionId: 'reject'",
};

const SETTINGS = {
  t3: true,
  linktestInterval: true,
  maxLinktestFailures: true,
  maxUnreadAnswers: true,
} as const;

/** The names of a session's options. */
export const SESSION_OPTIONS: KnownNames<HsmsSessionOptions> = {
  owner: 'a session',
  names: {
    ...SETTINGS,
    entity: true,
    autoS9: true,
    supports: true,
    foreignSessionId: true,
    autoSelect: true,
  },
  elsewhere: ELSEWHERE,
};

const CHANGES: KnownNames<Partial<HsmsSessionSettings> & { readonly autoS9?: AutoS9Setting }> = {
  owner: 'configure()',
  names: { ...SETTINGS, autoS9: true },
  elsewhere: {
    ...ELSEWHERE,
    ...Object.fromEntries(
      ['entity', 'supports', 'foreignSessionId', 'autoSelect'].map((name) => [
        name,
        'is fixed once the session is constructed',
      ]),
    ),
  },
};

const S9: KnownNames<Partial<AutoS9>> = {
  owner: 'autoS9',
  names: { device: true, stream: true, function: true, body: true, t3: true },
};

/**
 * Checks the options of a session; null means none.
 * @throws HsmsArgumentError naming the option, its value and what is allowed, or the right spelling or place of a name.
 */
export function checkSessionOptions(options: HsmsSessionOptions | null | undefined): HsmsSessionOptions {
  return checkValues(check.options('options', options, SESSION_OPTIONS));
}

/** Checks what `configure` is to change. */
export function checkSessionChanges(
  changes: Partial<HsmsSessionSettings> & { readonly autoS9?: AutoS9Setting },
): Partial<HsmsSessionSettings> & { readonly autoS9?: AutoS9Setting } {
  const read = check.options('changes', changes, CHANGES);
  return read.autoS9 === undefined ? read : { ...read, autoS9: checkAutoS9(read.autoS9) };
}

const CLOSE_OPTIONS: KnownNames<{ readonly within?: number }> = { owner: 'close()', names: { within: true } };

/** Checks what `close` and `dispose` are given; null means nothing. Returns the seconds that open requests are waited for. */
export function checkCloseOptions(options: { readonly within?: number } | null): number | undefined {
  const { within } = check.options('options', options, CLOSE_OPTIONS);
  return within === undefined ? undefined : check.seconds('within', within, 'zeroToo');
}

/** Checks that a session is given a connection. */
export function checkConnection(connection: HsmsConnection): void {
  check.methods(
    'connection',
    connection,
    ['enable', 'configure', 'sendFor'],
    'an HsmsActiveConnection, HsmsPassiveConnection or a connection of an HsmsMultiPassiveServer',
  );
}

/** Checks the values of options whose names are known. */
export function checkValues<T extends HsmsSessionOptions>(options: T): T {
  const { entity, autoS9, supports, foreignSessionId, autoSelect } = options;
  if (entity !== undefined) check.oneOf('entity', entity, ['host', 'equipment']);
  if (supports !== undefined) check.fn('supports', supports);
  if (foreignSessionId !== undefined) check.oneOf('foreignSessionId', foreignSessionId, ['warn', 'reject']);
  if (autoSelect !== undefined) check.boolean('autoSelect', autoSelect);
  return autoS9 === undefined ? options : { ...options, autoS9: checkAutoS9(autoS9) };
}

function checkAutoS9(autoS9: AutoS9Setting): AutoS9Setting {
  if (typeof autoS9 === 'boolean') return autoS9;
  if (autoS9 === null || typeof autoS9 !== 'object') {
    return check.refuse('autoS9', 'true, false or an object such as { device: true }', autoS9);
  }
  const read = check.options('autoS9', autoS9, S9);
  for (const [name, value] of Object.entries(read)) check.boolean(`autoS9.${name}`, value);
  return read;
}
