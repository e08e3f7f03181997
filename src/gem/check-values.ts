import { Checks, type KnownNames } from '../check.js';
import { GemArgumentError } from './errors.js';

/** @internal The checks of what this room is called with. */
export const check = /* @__PURE__ */ new Checks((message) => new GemArgumentError(message));

/** The name of a primary message, as `S64F1`. */
export function checkPrimaryName(name: string): void {
  if (typeof name === 'string' && /^S\d{1,3}F\d{0,2}[13579]$/.test(name)) return;
  check.refuse('name', 'that of a primary message, as "S64F1"', name);
}

/** The name of a time zone. */
export function checkTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined) return;
  try {
    new Intl.DateTimeFormat('en', { timeZone: check.text('timeZone', timeZone, ZONE) });
  } catch {
    check.refuse('timeZone', ZONE, timeZone);
  }
}

const ZONE = "the IANA name of a time zone, as 'Asia/Tokyo'";

/** Options that ask for nothing but a signal. */
const SIGNAL: KnownNames<{ readonly signal?: AbortSignal }> = {
  owner: 'this call',
  names: { signal: true },
};

/** The options of a call that can be given up. */
export function checkedSignal(
  options: { readonly signal?: AbortSignal } | undefined,
): AbortSignal | undefined {
  const { signal } = check.options('options', options, SIGNAL);
  check.signal('signal', signal);
  return signal;
}

/** Seconds, where they are given. */
export function checkSeconds(options: Readonly<Record<string, unknown>>, ...names: readonly string[]): void {
  for (const name of names) {
    if (options[name] !== undefined) check.seconds(name, options[name]);
  }
}

/** Functions, where they are given. */
export function checkFunctions(
  options: Readonly<Record<string, unknown>>,
  ...names: readonly string[]
): void {
  for (const name of names) {
    if (options[name] !== undefined) check.fn(name, options[name]);
  }
}
