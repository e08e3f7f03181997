import { FaultFs } from './support/fault-fs.js';
import { openOn, runLoad } from './support/load.js';
import { contentsOf, textOf, type Op } from './support/oracle.js';

const OPS: readonly Op[] = [
  { kind: 'set', key: 'ec/1', value: 10 },
  { kind: 'append', n: 1, bytes: 1500 },
  { kind: 'append', n: 2, bytes: 1500 },
  { kind: 'program', id: 'P', n: 1, bytes: 9 },
  { kind: 'append', n: 3, bytes: 1500 },
  { kind: 'set', key: 'ec/2', value: 20 },
  { kind: 'append', n: 4, bytes: 30 },
];

async function stored(ops: readonly Op[] = OPS): Promise<{ fs: FaultFs; text: string; paths: string[] }> {
  const fs = new FaultFs();
  expect(await runLoad(fs, ops)).toMatchObject({ closed: true });
  const copy = fs.afterKill();
  const text = textOf(await contentsOf(await openOn(copy)));
  return { fs, text, paths: [...fs.names.keys()].filter((path) => !path.endsWith('store.json')) };
}

function changed(fs: FaultFs, path: string, change: (data: Buffer) => Buffer): FaultFs {
  const copy = fs.afterKill();
  copy.put(path, change(Buffer.from(copy.inode(path).data)));
  return copy;
}

const flip =
  (at: number) =>
  (data: Buffer): Buffer => {
    data[at] = (data[at] ?? 0) ^ 0x10;
    return data;
  };

/** What a store says: its contents, or the code of its error. */
async function says(fs: FaultFs): Promise<string> {
  try {
    return textOf(await contentsOf(await openOn(fs)));
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a damaged store', () => {
  it('is reported whichever byte is wrong, or wrong without effect', async () => {
    const { fs, text, paths } = await stored();
    expect(paths.filter((path) => path.endsWith('.log')).length).toBe(2);
    let reported = 0;
    for (const path of paths) {
      const step = path.endsWith('.log') ? 7 : 1;
      for (let at = 0; at < fs.inode(path).data.length; at += step) {
        const said = await says(changed(fs, path, flip(at)));
        if (said !== text) expect({ path, at, said }).toEqual({ path, at, said: 'GEM_STORE_DAMAGED' });
        if (said !== text) reported++;
      }
    }
    expect(reported).toBeGreaterThan(500);
  });

  it('gives what can be read with salvage, and says what was lost', async () => {
    const { fs, paths } = await stored();
    for (const path of paths.filter((name) => name.endsWith('.log'))) {
      for (let at = 0; at < fs.inode(path).data.length; at += 41) {
        const damaged = changed(fs, path, flip(at));
        const reason = await openOn(damaged).then(
          async (store) => await store.close(),
          () => 'damaged',
        );
        if (reason !== 'damaged') continue;
        const store = await openOn(damaged, { damaged: 'salvage' });
        expect(store.opening.lost.map(({ file }) => file)).toContain(path);
        const { spool } = await contentsOf(store);
        expect(spool.length).toBeGreaterThanOrEqual(3);
        await store.state.write({ set: { after: 1 } });
        await store.close();
        const again = await openOn(damaged);
        expect(again.opening.lost).toEqual([]);
        expect(again.state.get('after')).toBe(1);
        await again.close();
      }
    }
  });

  it('names file, place and what was lost', async () => {
    const { fs } = await stored();
    const path = '/store/journal-00000001.log';
    const at = fs.inode(path).data.indexOf('1.1.1.');
    await expect(openOn(changed(fs, path, flip(at + 700)))).rejects.toMatchObject({
      code: 'GEM_STORE_DAMAGED',
      damage: [{ file: path, what: 'message 1 of the spool cannot be read' }],
    });
  });

  it('keeps the damaged file beside', async () => {
    const { fs } = await stored();
    const path = '/store/journal-00000001.log';
    const damaged = changed(fs, path, flip(fs.inode(path).data.indexOf('1.1.1.')));
    const store = await openOn(damaged, { damaged: 'salvage' });
    await store.spool.clear();
    await store.close();
    for (let n = 0; n < 2; n++) {
      const next = await openOn(damaged);
      await next.state.write({ set: { n } });
      await next.close();
    }
    expect([...damaged.names.keys()]).toContain(`${path}.damaged`);
  });

  it.each([
    ['a file of the journal with messages', '/store/journal-00000001.log'],
    ['the body of a program', '/store/bodies/body-00000001.bin'],
  ])('is reported when %s is missing', async (_what, path) => {
    const { fs } = await stored();
    const copy = fs.afterKill();
    await copy.remove(path);
    expect(await says(copy)).toBe('GEM_STORE_DAMAGED');
    const store = await openOn(copy, { damaged: 'salvage' });
    expect(store.opening.lost).toMatchObject([{ file: path, offset: 0 }]);
    expect(store.state.get('ec/2')).toBe(20);
    await store.close();
    expect(await says(copy)).not.toBe('GEM_STORE_DAMAGED');
  });

  it('is never taken for a new one when all of the journal is gone', async () => {
    const { fs, paths } = await stored();
    const copy = fs.afterKill();
    for (const path of paths) if (path.endsWith('.log')) await copy.remove(path);
    await expect(openOn(copy)).rejects.toThrow('the files of the journal are missing');
    const store = await openOn(copy, { damaged: 'salvage' });
    expect(store.opening).toMatchObject({ isNew: false, lost: [{ file: '/store' }] });
    expect([...copy.names.keys()]).toContain('/store/bodies/body-00000001.bin.damaged');
    await store.close();
  });

  it('is told from one that a later version wrote', async () => {
    const { fs, paths } = await stored();
    const path = paths.filter((name) => name.endsWith('.log')).at(-1) ?? '';
    const { crc32 } = await import('../../../src/gem/store/files/checksum.js');
    const later = changed(fs, path, (data) => {
      data.writeUInt32LE(2, 8);
      data.writeUInt32LE(crc32(data.subarray(0, 16)), 16);
      return data;
    });
    await expect(openOn(later, { damaged: 'salvage' })).rejects.toMatchObject({
      code: 'GEM_STORE_FORMAT',
      message: expect.stringContaining('has version 2 of the format') as string,
    });
  });

  it('tells of a write that was cut off, and goes on without it', async () => {
    const { fs } = await stored(OPS.slice(0, 1));
    const path = '/store/journal-00000001.log';
    const cut = changed(fs, path, (data) => data.subarray(0, data.length - 40));
    const store = await openOn(cut);
    expect(store.opening).toMatchObject({ isNew: false, torn: { file: path }, lost: [] });
    await store.close();
  });

  it('tells that a body is not as it was stored when it is read', async () => {
    const { fs } = await stored();
    const store = await openOn(changed(fs, '/store/bodies/body-00000001.bin', flip(3)));
    await expect(store.programs.read('P')).rejects.toMatchObject({ code: 'GEM_STORE_DAMAGED' });
    await store.close();
  });
});
