import { dirname } from 'node:path';
import type { StoreFile, StoreFs } from '../../../../src/gem/index.js';

/** What a disk writes as a whole or not at all. */
const BLOCK = 512;

/** Thrown by every call after the crash. */
class Crashed extends Error {}

/** What one call of the file system is to do instead of what it was asked. */
export type Fault =
  /** The process ends; a write has taken this many bytes by then. */
  | { readonly kind: 'crash'; readonly bytes?: number }
  /** The call fails; a write has taken this many bytes by then. */
  | { readonly kind: 'error'; readonly code: 'ENOSPC' | 'EIO'; readonly bytes?: number }
  /** A write takes fewer bytes than it was given, one at least. */
  | { readonly kind: 'short'; readonly bytes: number };

/** One call, as the log has it. */
export interface Call {
  readonly name: string;
  readonly path: string;
  /** Bytes of a write. */
  readonly bytes: number;
}

/** A change of a file that a loss of power may undo. */
type Pending = { readonly at: number; readonly bytes: Buffer } | { readonly truncate: number };

class Inode {
  /** As the system shows it. */
  data: Buffer = Buffer.alloc(0);
  /** As it is on the disk for certain. */
  durable: Buffer = Buffer.alloc(0);
  pending: Pending[] = [];

  apply(change: Pending): void {
    this.data = applied(this.data, change);
    this.pending.push(change);
  }

  sync(): void {
    this.durable = this.data;
    this.pending = [];
  }
}

function applied(data: Buffer, change: Pending): Buffer {
  if ('truncate' in change) return resized(data, change.truncate);
  const { at, bytes } = change;
  const next = resized(data, Math.max(data.length, at + bytes.length));
  bytes.copy(next, at);
  return next;
}

/** A copy of another length; what is added is zeros. */
function resized(data: Buffer, length: number): Buffer {
  const next = Buffer.alloc(length);
  data.copy(next);
  return next;
}

type NameChange =
  | { readonly kind: 'link'; readonly path: string; readonly inode: Inode }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string };

type Names = Map<string, Inode>;

function changeNames(names: Names, change: NameChange): void {
  if (change.kind === 'link') names.set(change.path, change.inode);
  else if (change.kind === 'remove') names.delete(change.path);
  else {
    const inode = names.get(change.from);
    names.delete(change.from);
    if (inode !== undefined) names.set(change.to, inode);
  }
}

/**
 * A file system in memory that fails, ends the process or loses power where it is told. It tells what the system shows from what
 * is on the disk: after a loss of power, any of the blocks that were not synced may be missing, and names are those of some
 * moment since the last sync of their folder.
 */
export class FaultFs implements StoreFs {
  /** The fault of a call, by its number from 0. */
  readonly faults = new Map<number, Fault>();
  readonly calls: Call[] = [];
  /** Whether there is no room for another byte, or file. */
  isFull = false;
  names: Names = new Map();
  #durableNames: Names = new Map();
  #pendingNames: NameChange[] = [];
  #crashed = false;
  #locked = false;

  makeFolder(): Promise<void> {
    return Promise.resolve();
  }

  async list(folder: string): Promise<string[]> {
    this.#call('list', folder);
    const inside = [...this.names.keys()].filter((path) => dirname(path) === folder);
    return await Promise.resolve(inside.map((path) => path.slice(folder.length + 1)));
  }

  async create(path: string): Promise<StoreFile> {
    this.#call('create', path);
    const inode = new Inode();
    this.#changeNames({ kind: 'link', path, inode });
    return await Promise.resolve(new FaultFile(this, path, inode));
  }

  async open(path: string): Promise<StoreFile> {
    this.#call('open', path);
    return await Promise.resolve(new FaultFile(this, path, this.inode(path)));
  }

  async sizeOf(path: string): Promise<number | undefined> {
    this.#call('sizeOf', path);
    return await Promise.resolve(this.names.get(path)?.data.length);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#call('rename', to);
    this.inode(from);
    this.#changeNames({ kind: 'rename', from, to });
    await Promise.resolve();
  }

  async remove(path: string): Promise<void> {
    this.#call('remove', path);
    if (this.names.has(path)) this.#changeNames({ kind: 'remove', path });
    await Promise.resolve();
  }

  async syncFolder(folder: string): Promise<void> {
    this.#call('syncFolder', folder);
    this.#durableNames = new Map(this.names);
    this.#pendingNames = [];
    await Promise.resolve();
  }

  async lock(): Promise<() => Promise<void>> {
    if (this.#locked) throw new Error('locked');
    this.#locked = true;
    return await Promise.resolve(() => {
      this.#locked = false;
      return Promise.resolve();
    });
  }

  inode(path: string): Inode {
    const inode = this.names.get(path);
    if (inode === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
    return inode;
  }

  /** What the process left when it was killed: the system still has what was not synced. */
  afterKill(): FaultFs {
    const fs = new FaultFs();
    const copies = new Map<Inode, Inode>();
    const copyOf = (inode: Inode): Inode => {
      const copy = copies.get(inode) ?? Object.assign(new Inode(), inode, { pending: [...inode.pending] });
      copies.set(inode, copy);
      return copy;
    };
    for (const [path, inode] of this.names) fs.names.set(path, copyOf(inode));
    for (const [path, inode] of this.#durableNames) fs.#durableNames.set(path, copyOf(inode));
    fs.#pendingNames = this.#pendingNames.map((change) =>
      change.kind === 'link' ? { ...change, inode: copyOf(change.inode) } : change,
    );
    return fs;
  }

  /** What is found after a loss of power. `random` gives numbers from 0 to below 1. */
  afterPowerLoss(random: () => number): FaultFs {
    const names = new Map(this.#durableNames);
    const kept = Math.floor(random() * (this.#pendingNames.length + 1));
    for (const change of this.#pendingNames.slice(0, kept)) changeNames(names, change);
    const fs = new FaultFs();
    for (const [path, inode] of names) fs.put(path, leftOf(inode, random));
    return fs;
  }

  /** Puts a file on the disk. */
  put(path: string, data: Buffer): void {
    const inode = new Inode();
    inode.data = inode.durable = Buffer.from(data);
    this.names.set(path, inode);
    this.#durableNames.set(path, inode);
  }

  /** Counts a call; gives how many bytes a write takes. */
  #call(name: string, path: string, bytes = 0): number {
    return this.call(name, path, bytes, () => {});
  }

  /** Counts a call, and does what its fault says; `take` takes bytes of a write. */
  call(name: string, path: string, bytes: number, take: (count: number) => void): number {
    if (this.#crashed) throw new Crashed();
    const full: Fault = { kind: 'error', code: 'ENOSPC', bytes: this.calls.length % 9 };
    const fault =
      this.isFull && (name === 'write' || name === 'create') ? full : this.faults.get(this.calls.length);
    this.calls.push({ name, path, bytes });
    const count = Math.min(bytes, fault?.bytes ?? bytes);
    if (fault === undefined || fault.kind === 'short') {
      const taken = fault === undefined ? bytes : Math.max(Math.min(1, bytes), count);
      take(taken);
      return taken;
    }
    if (fault.bytes !== undefined) take(count);
    if (fault.kind === 'crash') {
      this.#crashed = true;
      throw new Crashed();
    }
    throw Object.assign(new Error(`${fault.code}: ${name} ${path}`), { code: fault.code });
  }

  #changeNames(change: NameChange): void {
    changeNames(this.names, change);
    this.#pendingNames.push(change);
  }
}

/** A size, and blocks, each as the system showed it at some moment since the last sync. */
function leftOf(inode: Inode, random: () => number): Buffer {
  const versions = [inode.durable];
  for (const change of inode.pending) versions.push(applied(versions.at(-1) as Buffer, change));
  const any = (): Buffer => versions[Math.floor(random() * versions.length)] as Buffer;
  const left = Buffer.alloc(any().length);
  for (let at = 0; at < left.length; at += BLOCK)
    any()
      .subarray(at, at + BLOCK)
      .copy(left, at);
  return left;
}

class FaultFile implements StoreFile {
  readonly #fs: FaultFs;
  readonly #path: string;
  readonly #inode: Inode;

  constructor(fs: FaultFs, path: string, inode: Inode) {
    this.#fs = fs;
    this.#path = path;
    this.#inode = inode;
  }

  async read(target: Uint8Array, position: number): Promise<number> {
    this.#fs.call('read', this.#path, 0, () => {});
    const bytes = this.#inode.data.subarray(position, position + target.length);
    target.set(bytes);
    return await Promise.resolve(bytes.length);
  }

  async write(bytes: Uint8Array, position: number): Promise<number> {
    const copy = Buffer.from(bytes);
    await Promise.resolve();
    return this.#fs.call('write', this.#path, copy.length, (count) => {
      if (count > 0) this.#inode.apply({ at: position, bytes: copy.subarray(0, count) });
    });
  }

  async sync(): Promise<void> {
    this.#fs.call('sync', this.#path, 0, () => {});
    this.#inode.sync();
    await Promise.resolve();
  }

  async truncate(length: number): Promise<void> {
    this.#fs.call('truncate', this.#path, 0, () => {});
    this.#inode.apply({ truncate: length });
    await Promise.resolve();
  }

  async size(): Promise<number> {
    return await Promise.resolve(this.#inode.data.length);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
