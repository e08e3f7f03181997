import { crc32 } from '../../../../src/gem/store/files/checksum.js';
import type { GemStore, ProgramId, StateValue } from '../../../../src/gem/index.js';

/** Something to do to a store. */
export type Op =
  | { readonly kind: 'set'; readonly key: string; readonly value: StateValue }
  | { readonly kind: 'delete'; readonly key: string }
  | { readonly kind: 'append'; readonly n: number; readonly bytes: number; readonly dropOldest?: boolean }
  | { readonly kind: 'remove' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'program'; readonly id: string; readonly n: number; readonly bytes: number }
  | { readonly kind: 'deleteProgram'; readonly id: string };

/** What a store holds, as plain data. */
export interface Contents {
  readonly state: Readonly<Record<string, StateValue>>;
  readonly programs: Readonly<Record<string, string>>;
  readonly spool: readonly string[];
}

export const EMPTY: Contents = { state: {}, programs: {}, spool: [] };
/** The spool of these specs is small, so that it is full at times. */
export const MAX_MESSAGES = 4;

const bodyOf = (n: number, bytes: number): Buffer => Buffer.alloc(bytes, `${n}.`);

/** What a store must hold after this. */
export function after(before: Contents, op: Op): Contents {
  switch (op.kind) {
    case 'set':
      return { ...before, state: { ...before.state, [op.key]: op.value } };
    case 'delete':
      return { ...before, state: without(before.state, op.key) };
    case 'append':
      return appended(before, op);
    case 'remove':
      return { ...before, spool: before.spool.slice(1) };
    case 'clear':
      return { ...before, spool: [], state: { ...before.state, purged: true } };
    case 'program':
      return { ...before, programs: { ...before.programs, [op.id]: bodyOf(op.n, op.bytes).toString() } };
    case 'deleteProgram':
      return { ...before, programs: without(before.programs, op.id) };
  }
}

function appended(before: Contents, op: Op & { readonly kind: 'append' }): Contents {
  const state = { ...before.state, total: Number(before.state['total'] ?? 0) + 1 };
  const message = bodyOf(op.n, op.bytes).toString();
  const full = before.spool.length === MAX_MESSAGES;
  if (!full) return { ...before, state, spool: [...before.spool, message] };
  return { ...before, state, spool: op.dropOldest ? [...before.spool.slice(1), message] : before.spool };
}

function without<T>(from: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name !== key));
}

/** Does it to a store. */
export async function perform(store: GemStore, op: Op): Promise<void> {
  const { state, spool, programs } = store;
  switch (op.kind) {
    case 'set':
      return await state.write({ set: { [op.key]: op.value } });
    case 'delete':
      return await state.write({ delete: [op.key] });
    case 'append': {
      const whenFull = op.dropOldest ? 'dropOldest' : 'dropNewest';
      const message = { stream: 6, function: 11, wBit: true, body: bodyOf(op.n, op.bytes), time: op.n };
      await spool.append(message, {
        whenFull,
        also: () => ({ set: { total: Number(state.get('total') ?? 0) + 1 } }),
      });
      return;
    }
    case 'remove': {
      const oldest = await spool.peek();
      if (oldest !== undefined) await spool.remove(oldest.id);
      return;
    }
    case 'clear':
      await spool.clear({ set: { purged: true } });
      return;
    case 'program':
      await programs.write(op.id, { format: 'A', body: bodyOf(op.n, op.bytes) });
      return;
    case 'deleteProgram':
      await programs.delete([op.id]);
  }
}

/** All that a store holds; its spool is empty afterwards. */
export async function contentsOf(store: GemStore): Promise<Contents> {
  const state = Object.fromEntries(store.state.keys().map((key) => [key, store.state.get(key) ?? null]));
  const programs: Record<string, string> = {};
  for (const { id } of store.programs.list()) programs[nameOf(id)] = String(await store.programs.read(id));
  const spool: string[] = [];
  for (let next = await store.spool.peek(); next !== undefined; next = await store.spool.peek()) {
    spool.push(next.body.toString());
    await store.spool.remove(next.id);
  }
  return { state, programs, spool };
}

const nameOf = (id: ProgramId): string => (typeof id === 'string' ? id : Buffer.from(id).toString('hex'));

/** The same contents give the same text, whatever the order of their keys; long bodies are told by their checksums. */
export function textOf({ state, programs, spool }: Contents): string {
  const short = (body: string): string =>
    body.length < 20 ? body : `${body.length} bytes ${crc32(Buffer.from(body)).toString(16)}`;
  const bodies = Object.fromEntries(Object.entries(programs).map(([id, body]) => [id, short(body)]));
  const sorted = (of: object): [string, unknown][] => Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted(state), sorted(bodies), spool.map(short)]);
}
