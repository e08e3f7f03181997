import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  memoryStore,
  openFileStore,
  type GemStore,
  type SpoolBounds,
  type SpoolMessage,
} from '../../../src/gem/index.js';

const message = (n: number, bytes = 1): SpoolMessage => ({
  stream: 6,
  function: 11,
  wBit: n % 2 === 0,
  body: Buffer.alloc(bytes, n),
  time: 1000 + n,
});

let folder: string;
let number = 0;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'gem-store-'))));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ['memoryStore', (spool: Partial<SpoolBounds>) => Promise.resolve(memoryStore({ spool }))],
  [
    'openFileStore',
    (spool: Partial<SpoolBounds>) => openFileStore(join(folder, String(number++)), { spool, fsync: 'never' }),
  ],
])('%s', (_name, open) => {
  let store: GemStore;
  const begin = async (spool: Partial<SpoolBounds> = {}): Promise<GemStore> => (store = await open(spool));
  afterEach(() => store.close());

  const drain = async (): Promise<number[]> => {
    const bodies: number[] = [];
    for (let next = await store.spool.peek(); next !== undefined; next = await store.spool.peek()) {
      bodies.push(next.body[0] ?? -1);
      expect(await store.spool.remove(next.id)).toBe(true);
    }
    return bodies;
  };

  it('gives values back as they were, and copies of them', async () => {
    const { state } = await begin();
    const value = {
      text: 'é\ud800',
      numbers: [0, -0, NaN, Infinity, -Infinity, 1e-300],
      big: 2n ** 64n,
      bytes: new Uint8Array([0, 255]),
      nested: { $bytes: 'not bytes', $$: null, __proto__x: true },
    };
    const bytes = value.bytes;
    const written = state.write({ set: { value } });
    bytes[0] = 9;
    await written;
    expect(state.get('value')).toEqual({ ...value, bytes: new Uint8Array([0, 255]) });
    (state.get('value') as { numbers: number[] }).numbers.push(1);
    expect(state.get('value')).toMatchObject({ numbers: value.numbers });
  });

  it('applies changes together, deletions first', async () => {
    const { state } = await begin();
    await state.write({ set: { 'a/1': 1, 'a/2': 2, b: 3 } });
    await state.write({ set: { b: 4 }, delete: ['b', 'a/1', 'not there'] });
    expect(state.keys()).toEqual(['a/2', 'b']);
    expect(state.keys('a/')).toEqual(['a/2']);
    expect(state.get('b')).toBe(4);
    expect(state.get('a/1')).toBeUndefined();
  });

  it('shows no change before its promise resolves', async () => {
    const { state } = await begin();
    const written = state.write({ set: { a: 1 } });
    expect(state.get('a')).toBeUndefined();
    await written;
    expect(state.get('a')).toBe(1);
  });

  it.each([
    ['undefined', undefined, 'the value of "key" must be'],
    ['a function inside', { list: [() => 1] }, 'the value of "key".list[0] must be'],
    ['a date', new Date(), 'received an instance of Date'],
  ])('refuses %s with the name of the key, and changes nothing', async (_what, value, words) => {
    const { state } = await begin();
    await expect(state.write({ set: { other: 1, key: value as never } })).rejects.toThrow(words);
    expect(state.keys()).toEqual([]);
  });

  it('keeps messages in order, with all that belongs to them', async () => {
    const { spool } = await begin();
    await Promise.all([1, 2, 3].map((n) => spool.append(message(n))));
    expect(spool.count).toBe(3);
    expect(spool.bytes).toBe(33);
    const oldest = await spool.peek();
    expect(oldest).toEqual({ ...message(1), id: oldest?.id });
    expect(await drain()).toEqual([1, 2, 3]);
    expect([spool.count, spool.bytes, await spool.peek()]).toEqual([0, 0, undefined]);
  });

  it('removes only the oldest, and by its id', async () => {
    const { spool } = await begin();
    await spool.append(message(1));
    await spool.append(message(2));
    const { id = 0 } = (await spool.peek()) ?? {};
    expect(await spool.remove(id + 1)).toBe(false);
    expect(await Promise.all([spool.remove(id), spool.remove(id)])).toEqual([true, false]);
    expect(await drain()).toEqual([2]);
  });

  it('G-89: a full spool drops the new message, or the oldest', async () => {
    const { spool } = await begin({ maxMessages: 2 });
    await spool.append(message(1));
    expect(await spool.append(message(2))).toMatchObject({ dropped: 0, full: false, count: 2 });
    expect(await spool.append(message(3))).toEqual({ id: undefined, dropped: 0, full: true, count: 2 });
    expect(await spool.append(message(4), { whenFull: 'dropOldest' })).toMatchObject({
      dropped: 1,
      full: true,
      count: 2,
    });
    expect(await drain()).toEqual([2, 4]);
  });

  it('G-89: bytes fill a spool as well; what is larger than all of it drops nothing', async () => {
    const { spool } = await begin({ maxBytes: 100 });
    await Promise.all([1, 2, 3, 4].map((n) => spool.append(message(n, 15))));
    const larger = await spool.append(message(9, 91), { whenFull: 'dropOldest' });
    expect(larger).toEqual({ id: undefined, dropped: 0, full: true, count: 4 });
    expect(await spool.append(message(5, 40), { whenFull: 'dropOldest' })).toMatchObject({ dropped: 2 });
    expect(spool.bytes).toBe(100);
    expect(await drain()).toEqual([3, 4, 5]);
  });

  it('changes state together with a message, also by what became of it', async () => {
    const { spool, state } = await begin({ maxMessages: 1 });
    await spool.append(message(1), { also: { set: { total: 1 } } });
    await spool.append(message(2), { also: ({ full }) => (full ? { set: { fullTime: 'now' } } : {}) });
    expect([state.get('total'), state.get('fullTime')]).toEqual([1, 'now']);
    const failing = spool.append(message(3), {
      whenFull: 'dropOldest',
      also: () => {
        throw new Error('no');
      },
    });
    const next = spool.append(message(4), { whenFull: 'dropOldest' });
    await expect(failing).rejects.toThrow('no');
    expect(await next).toMatchObject({ dropped: 1, count: 1 });
    expect(await drain()).toEqual([4]);
  });

  it('purges', async () => {
    const { spool, state } = await begin();
    await Promise.all([1, 2].map((n) => spool.append(message(n))));
    const cleared = spool.clear({ set: { purged: true } });
    await spool.append(message(3));
    expect(await cleared).toBe(2);
    expect(state.get('purged')).toBe(true);
    expect(await drain()).toEqual([3]);
  });

  it('G-71: keeps bodies byte for byte, under ids of text and of bytes', async () => {
    const { programs, dataSets } = await begin();
    const all = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
    const id = new Uint8Array([65]);
    await programs.write('A', { format: 'A', body: all, info: { by: 'host' } });
    await programs.write(id, { format: 'B', body: Buffer.alloc(0) });
    expect(programs.list()).toMatchObject([
      { id: 'A', format: 'A', length: 256, info: { by: 'host' } },
      { id, format: 'B', length: 0 },
    ]);
    expect(await programs.read('A')).toEqual(all);
    expect(await programs.read(id)).toEqual(Buffer.alloc(0));
    expect(dataSets.list()).toEqual([]);
    expect(await programs.read('B')).toBeUndefined();
    expect(programs.get('B')).toBeUndefined();
  });

  it('replaces a program as a whole, and keeps its place in the list', async () => {
    const { programs } = await begin();
    await programs.write('P', { format: 'A', body: Buffer.from('old') });
    await programs.write('Q', { format: 'A', body: Buffer.from('q') });
    await programs.write('P', { format: 'B', body: Buffer.from('newer') });
    expect(await programs.read('P')).toEqual(Buffer.from('newer'));
    expect(programs.list()).toMatchObject([{ id: 'P', format: 'B', length: 5 }, { id: 'Q' }]);
  });

  it('reads on in a body that is replaced or deleted meanwhile', async () => {
    const { programs } = await begin();
    await programs.write('P', { format: 'B', body: Buffer.alloc(600_000, 7) });
    let length = 0;
    for await (const piece of programs.stream('P')) {
      if (length === 0) await programs.delete(['P']);
      expect(piece.every((byte) => byte === 7)).toBe(true);
      length += piece.length;
    }
    expect(length).toBe(600_000);
    expect(programs.list()).toEqual([]);
  });

  it('lets the later of two writes stand', async () => {
    const { programs } = await begin();
    const slow = async function* (): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < 5; n++) yield await Promise.resolve(Buffer.alloc(1));
    };
    const first = programs.write('P', { format: 'A', body: slow() });
    const second = programs.write('P', { format: 'B', body: Buffer.from('second') });
    await Promise.all([first, second]);
    expect(programs.get('P')).toMatchObject({ format: 'B', length: 6 });
  });

  it('G-73: takes and gives bodies in pieces, and parts of them', async () => {
    const { dataSets } = await begin();
    const body = async function* (): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < 40; n++) yield await Promise.resolve(Buffer.alloc(50_000, n));
    };
    await dataSets.write('log', { format: 'B', body: body() });
    const parts: Buffer[] = [];
    for await (const part of dataSets.stream('log', { offset: 49_999, length: 2 })) parts.push(part);
    expect(Buffer.concat(parts)).toEqual(Buffer.from([0, 1]));
    let length = 0;
    for await (const part of dataSets.stream('log')) length += part.length;
    expect(length).toBe(2_000_000);
  });

  it('stores nothing of a body that fails or is too large', async () => {
    const { programs } = await begin();
    await programs.write('P', { format: 'A', body: Buffer.from('kept') });
    const failing = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('half'));
      throw new Error('the host went away');
    };
    await expect(programs.write('P', { format: 'A', body: failing() })).rejects.toThrow('the host went away');
    await expect(
      programs.write('P', { format: 'A', body: Buffer.alloc(11), maxBytes: 10 }),
    ).rejects.toMatchObject({ code: 'GEM_STORE_FULL' });
    expect(await programs.read('P')).toEqual(Buffer.from('kept'));
  });

  it('deletes all of the ids that are there, with the changes that go along', async () => {
    const { programs, state } = await begin();
    for (const id of ['P', 'Q', 'R']) await programs.write(id, { format: 'A', body: Buffer.from(id) });
    expect(await programs.delete(['P', 'none', 'R'], { set: { deleted: 2 } })).toBe(2);
    expect(programs.list()).toMatchObject([{ id: 'Q' }]);
    expect(state.get('deleted')).toBe(2);
    await expect(programs.stream('P')[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'GEM_STORE_NOT_FOUND',
    });
  });

  it.each([
    ['a stream of 128', { ...message(1), stream: 128 }, 'stream must be a whole number from 0 to 127'],
    ['a body of text', { ...message(1), body: 'text' as never }, 'body must be a Uint8Array'],
    ['a time that is none', { ...message(1), time: NaN }, 'time must be a number of milliseconds'],
  ])('refuses %s', async (_what, wrong, words) => {
    const { spool } = await begin();
    await expect(spool.append(wrong)).rejects.toThrow(words);
    expect(spool.count).toBe(0);
  });

  it('refuses ids that cannot be one', async () => {
    const { programs, spool } = await begin();
    await expect(programs.write('', { format: 'A', body: Buffer.alloc(0) })).rejects.toThrow('1 to 1000');
    expect(() => programs.get(5 as never)).toThrow('received 5');
    const message = { stream: 6, function: 11, wBit: 1, body: new Uint8Array(1), time: 0 };
    await expect(spool.append(message as never)).rejects.toThrow('wBit must be true or false, received 1');
  });

  it('closes once, after what is under way, and refuses what comes later', async () => {
    const { state, spool, programs } = await begin();
    const written = state.write({ set: { a: 1 } });
    const closing = store.close();
    await written;
    expect(store.close()).toBe(closing);
    await closing;
    await expect(state.write({ set: { a: 2 } })).rejects.toMatchObject({ code: 'GEM_STORE_CLOSED' });
    await expect(spool.peek()).rejects.toMatchObject({ code: 'GEM_STORE_CLOSED' });
    await expect(programs.read('P')).rejects.toMatchObject({ code: 'GEM_STORE_CLOSED' });
  });
});
