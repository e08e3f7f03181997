import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { open, readdir, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../errors.js';

/*
 * Each process that wants the folder makes a file of its own there, whose name says who it is, and only then looks who is
 * there beside it. Of two that come at once, at least one sees the other and gives way; so a claim never has to be taken from
 * anybody, and the claims of the dead can be removed by anybody at any time: no name is ever used twice.
 */

/** Who holds a claim: enough to tell whether that process still runs. */
interface Claim {
  readonly host: string;
  /** Identity of the boot: nothing outlives one. Empty where the system does not tell. */
  readonly boot: string;
  /** The name space of process ids, one a container: `pid` means nothing outside. */
  readonly space: string;
  readonly pid: number;
  /** When the process began, in ticks since boot; a later process of the same pid has another one. */
  readonly began: string;
}

const PREFIX = 'lock.';

/** Takes the folder for this process; resolves with what gives it back. Claims of processes that have ended are removed. */
export async function takeLock(folder: string, force: boolean): Promise<() => Promise<void>> {
  const own = `${PREFIX}${nameOf(self())}.${randomBytes(6).toString('hex')}`;
  await (await open(join(folder, own), 'wx')).close();
  const release = (): Promise<void> => unlink(join(folder, own));
  try {
    for (const name of await readdir(folder)) {
      if (!name.startsWith(PREFIX) || name === own) continue;
      const claim = claimOf(name);
      if (lives(claim, force)) throw heldError(folder, name, claim);
      await unlink(join(folder, name)).catch(ignoreMissing);
    }
  } catch (error) {
    await release().catch(ignoreMissing);
    throw error;
  }
  return release;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Whether the process of a claim runs; one that cannot be judged counts as running, unless forced. */
function lives(claim: Claim | undefined, force: boolean): boolean {
  if (claim?.host !== self().host) return !force;
  if (claim.boot !== self().boot) return false;
  if (claim.space !== self().space) return !force;
  try {
    process.kill(claim.pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const { state, began } = processAt(claim.pid);
  if (state === 'Z' || state === 'X') return false;
  return began === '' || claim.began === '' || began === claim.began;
}

function heldError(folder: string, name: string, claim: Claim | undefined): StoreError {
  const here = claim?.host === self().host && claim.space === self().space;
  const who = here ? `process ${claim.pid}` : 'a process on another machine or in another container';
  const hint = here
    ? 'close it there first'
    : `if that has ended for certain, delete ${join(folder, name)} or open with takeOver: true`;
  return new StoreError('GEM_STORE_LOCKED', `the store ${folder} is open in ${who}: ${hint}`);
}

function nameOf({ host, boot, space, pid, began }: Claim): string {
  return [host, boot, space, pid, began].join('.');
}

function claimOf(name: string): Claim | undefined {
  const [host, boot, space, pid, began] = name.slice(PREFIX.length).split('.');
  if (host === undefined || boot === undefined || space === undefined || began === undefined)
    return undefined;
  return /^[1-9]\d*$/.test(pid ?? '') ? { host, boot, space, pid: Number(pid), began } : undefined;
}

let known: Claim | undefined;

/** Each part is letters and digits alone, so that a dot ends it. */
function self(): Claim {
  const plain = (text: string): string => text.replace(/[^A-Za-z0-9-]/g, '');
  known ??= {
    host: plain(hostname()),
    boot: plain(orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8))),
    space: plain(orEmpty(() => readlinkSync('/proc/self/ns/pid'))),
    pid: process.pid,
    began: processAt(process.pid).began,
  };
  return known;
}

/** Fields 3 and 22 of /proc/PID/stat; the name in field 2 may hold blanks and parentheses. Empty where there is no such file. */
function processAt(pid: number): { readonly state: string; readonly began: string } {
  const stat = orEmpty(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', began: fields[19] ?? '' };
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
