import { check } from '../check.js';
import { canonicalIp } from './peer-address.js';

/** The word that stands for any peer, as '' does. */
const ANY = 'any';

/** What a part of a host name may hold, a dot between any two. Underscores are in use, whatever RFC 1123 says. */
const NAME_PART = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i;

const WHERE_PORTS_GO = 'the port is an argument of its own';

/**
 * Checks an address or host name as somebody wrote it, and returns it as it is used: `[::1]` as `::1`.
 * @param what what it should be, as in `the address or host name of the peer`
 * @throws HsmsArgumentError that quotes it and says what is wrong with it.
 */
export function checkHost(name: string, host: unknown, what: string): string {
  const given = check.text(name, host, what);
  if (given === '') return check.refuse(name, what, given);
  if (given.trim() !== given) return refuseHost(name, what, given, 'without the spaces around it');
  const bare = /^\[(.*)\]$/.exec(given)?.[1] ?? given;
  if (canonicalIp(bare) !== undefined && (bare === given || bare.includes(':'))) return bare;
  const problem = problemOf(given);
  return problem === undefined ? given : refuseHost(name, what, given, problem);
}

/**
 * Checks the address that a passive side expects its peer from: '' or 'any' for anyone.
 * @returns the address as it is used, '' for anyone
 * @throws HsmsArgumentError as {@link checkHost} does; also for undefined and null: a setting that is missing must not open the port.
 */
export function checkExpectedHost(name: string, host: unknown): string {
  if (host === '' || (typeof host === 'string' && host.toLowerCase() === ANY)) return '';
  return checkHost(
    name,
    host,
    "the address or host name that the peer connects from, or '' or 'any' for anyone",
  );
}

function problemOf(host: string): string | undefined {
  if (host.includes('://'))
    return `without ${JSON.stringify(host.slice(0, host.indexOf('://') + 3).slice(0, 20))}`;
  if (/^(\[.*\]|[^:]+):\d+$/.test(host)) return `without its port: ${WHERE_PORTS_GO}`;
  if (/^\d+(\.\d+)*\.?$/.test(host)) return 'four numbers of 0 to 255 if it is an IPv4 address';
  if (host.includes(':') || host.startsWith('[')) return 'a right one if it is an IPv6 address';
  if (host.length > 253) return 'of at most 253 characters';
  // Empty parts are left to the resolver to refuse.
  const wrong = host
    .replace(/\.$/, '')
    .split('.')
    .find((part) => part !== '' && !NAME_PART.test(part));
  return wrong === undefined ? undefined : 'made of letters, digits, hyphens and dots';
}

function refuseHost(name: string, what: string, given: string, problem: string): never {
  return check.refuse(name, `${what}, ${problem}`, given);
}
