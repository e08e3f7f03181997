import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore, type FileStoreOptions } from '../../../../src/gem/index.js';
import { takeLock } from '../../../../src/gem/store/files/lock.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'gem-lock-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const locks = (): string[] => readdirSync(folder).filter((name) => name.startsWith('lock.'));

/** The lock of this process, with parts of its name replaced; it is given back. */
async function forged(change: (parts: string[]) => string[]): Promise<string> {
  const release = await takeLock(folder, false);
  const name = change((locks()[0] ?? '').split('.')).join('.');
  await release();
  writeFileSync(join(folder, name), '');
  return name;
}

/** With a part of `lock.HOST.BOOT.SPACE.PID.BEGAN.RANDOM` replaced. */
const withPart =
  (index: number, value: string) =>
  (parts: string[]): string[] =>
    parts.map((part, at) => (at === index ? value : part));

describe('the lock of a store', () => {
  it('keeps a second one out until the first is closed', async () => {
    const first = await openFileStore(folder);
    await expect(openFileStore(folder)).rejects.toMatchObject({
      code: 'GEM_STORE_LOCKED',
      message: `the store ${folder} is open in process ${process.pid}: close it there first`,
    });
    await expect(openFileStore(folder, { takeOver: true })).rejects.toMatchObject({
      code: 'GEM_STORE_LOCKED',
    });
    await first.close();
    expect(locks()).toEqual([]);
    const second = await openFileStore(folder);
    expect(second.opening.isNew).toBe(false);
    await second.close();
  });

  it('is given back by a store that does not open', async () => {
    await (await openFileStore(folder)).close();
    rmSync(join(folder, 'journal-00000001.log'));
    await expect(openFileStore(folder)).rejects.toMatchObject({ code: 'GEM_STORE_DAMAGED' });
    expect(locks()).toEqual([]);
  });

  it('goes to one at most of those that come at once', async () => {
    for (let round = 0; round < 20; round++) {
      const taken = await Promise.allSettled(Array.from({ length: 4 }, () => takeLock(folder, false)));
      const held = taken.filter((result) => result.status === 'fulfilled');
      expect(held.length).toBeLessThanOrEqual(1);
      for (const { value } of held) await value();
    }
    expect(locks()).toEqual([]);
  });

  it.each([
    ['a process that has ended', withPart(4, String(spawnSync(process.execPath, ['-e', '']).pid))],
    ['another process that had this id', withPart(5, '1')],
    ['an earlier boot', withPart(2, 'earlier')],
  ])('of %s is removed', async (_whose, change) => {
    const name = await forged(change);
    const store = await openFileStore(folder);
    expect(locks()).not.toContain(name);
    await store.close();
  });

  it.each([
    ['another machine', withPart(1, 'elsewhere')],
    ['another container', withPart(3, 'pid1')],
    ['nobody knows whom', () => ['lock', 'x']],
  ])('of %s stands, unless told otherwise', async (_whose, change) => {
    const name = await forged(change);
    await expect(openFileStore(folder)).rejects.toThrow(
      `delete ${join(folder, name)} or open with takeOver: true`,
    );
    expect(locks()).toEqual([name]);
    const store = await openFileStore(folder, { takeOver: true });
    expect(locks()).not.toContain(name);
    await store.close();
  });
});

describe('openFileStore', () => {
  it.each([
    ['segmentBytes', { segmentBytes: 100 }, 'segmentBytes must be a whole number from 4096, received 100'],
    ['fsync', { fsync: { seconds: 0 } }, 'fsync.seconds must be a number from 0.001 to 3600, received 0'],
    [
      'policy of syncs',
      { fsync: 'allways' },
      "fsync must be 'always', 'never' or { seconds } from 0.001 to 3600",
    ],
    ['damaged', { damaged: 'ignore' }, `damaged must be 'fail' or 'salvage', received the string "ignore"`],
    ['maxBytes', { spool: { maxBytes: 9 } }, 'maxBytes must be a whole number from 10, received 9'],
    ['maxMessages', { spool: { maxMessages: 0 } }, 'maxMessages must be a whole number from 1'],
  ])('refuses a wrong %s', async (_name, options, words) => {
    await expect(openFileStore(folder, options as FileStoreOptions)).rejects.toMatchObject({
      code: 'GEM_INVALID_ARGUMENT',
      message: expect.stringContaining(words) as string,
    });
    expect(locks()).toEqual([]);
  });

  it('says why a folder cannot be used', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(openFileStore(join(folder, 'file', 'store'))).rejects.toMatchObject({
      code: 'GEM_STORE_FAILED',
      message: expect.stringContaining('opening the store') as string,
    });
  });
});
