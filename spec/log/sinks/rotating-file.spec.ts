import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { access, mkdir, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { rotatingFile, type RotatingFileOptions, type WireLogSink } from '../../../src/log/index.js';
import { FakeClock } from '../../support/fake-clock.js';

const line = (number: number): string => `${String(number).padStart(9, '0')}\n`;
const lines = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => line(from + index));

describe('rotatingFile', () => {
  let folder: string;
  let path: string;
  let clock: FakeClock;
  let problems: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rxsecs-log-'));
    path = join(folder, 'deep', 'wire.ndjson');
    clock = new FakeClock();
    problems = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const make = (options: RotatingFileOptions = {}): WireLogSink => {
    const sink = rotatingFile(path, options);
    sink.start?.(clock, (error, where) => problems.push(`${where}: ${error.message}`));
    return sink;
  };
  const names = (): string[] => readdirSync(join(folder, 'deep')).sort();
  const contents = (): string =>
    names()
      .map((name) => {
        const bytes = readFileSync(join(folder, 'deep', name));
        return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
      })
      .join('');

  it('makes missing folders, and continues a file that exists', async () => {
    const first = make();
    expect(await first.write(lines(0, 3))).toEqual({ written: 3 });
    await first.close();
    const second = make();
    await second.write(lines(3, 2));
    await second.close();
    expect(names()).toEqual(['wire.ndjson']);
    expect(contents()).toBe(lines(0, 5).join(''));
  });

  it('opens no file before the first record', async () => {
    await make().close();
    await expect(access(path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('opens its file when told to, and says why it cannot', async () => {
    const sink = make();
    await sink.open?.();
    expect(contents()).toBe('');
    await sink.write([line(0)]);
    await sink.close();
    expect(contents()).toBe(line(0));
    path = folder;
    await expect(make().open?.()).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('puts a file aside by its size, between records, and loses none', async () => {
    const sink = make({ maxBytes: 45, maxFiles: 100 });
    await sink.write(lines(0, 2));
    await sink.write(lines(2, 10));
    await sink.write([`${'x'.repeat(200)}\n`, line(12)]);
    await sink.close();
    const sizes = names().map((name) => statSync(join(folder, 'deep', name)).size);
    // Same time, since the clock stands still: the names must differ all the same.
    expect(names()).toEqual([
      'wire.1970-01-01T00-00-00.000000Z-1.ndjson',
      'wire.1970-01-01T00-00-00.000000Z-2.ndjson',
      'wire.1970-01-01T00-00-00.000000Z-3.ndjson',
      'wire.1970-01-01T00-00-00.000000Z.ndjson',
      'wire.ndjson',
    ]);
    expect(sizes.sort((a, b) => a - b)).toEqual([10, 40, 40, 40, 201]);
    expect(
      contents()
        .split('\n')
        .filter((text) => text !== '')
        .sort(),
    ).toHaveLength(14);
  });

  it('puts a file aside by its age', async () => {
    const sink = make({ maxAge: 3600 });
    await sink.write([line(0)]);
    clock.advance(3599);
    await sink.write([line(1)]);
    clock.advance(1);
    await sink.write([line(2)]);
    await sink.close();
    expect(names()).toEqual(['wire.1970-01-01T01-00-00.000000Z.ndjson', 'wire.ndjson']);
    expect(readFileSync(path, 'utf8')).toBe(line(2));
  });

  it.each([true, false])('keeps so many files, the newest (compressed: %p)', async (gzip) => {
    await mkdir(join(folder, 'deep'));
    writeFileSync(join(folder, 'deep', 'wire.notes.ndjson'), '');
    const sink = make({ maxBytes: 20, maxFiles: 3, gzip });
    for (let i = 0; i < 12; i++) {
      clock.advance(1);
      await sink.write([line(i)]);
    }
    await sink.close();
    const suffix = gzip ? '.gz' : '';
    expect(names()).toEqual([
      `wire.1970-01-01T00-00-09.000000Z.ndjson${suffix}`,
      `wire.1970-01-01T00-00-11.000000Z.ndjson${suffix}`,
      'wire.ndjson',
      'wire.notes.ndjson',
    ]);
    expect(contents()).toBe(lines(6, 6).join(''));
    expect(problems).toEqual([]);
  });

  it('keeps all with maxFiles Infinity, and none but the current with 1', async () => {
    for (const [maxFiles, count] of [
      [Infinity, 4],
      [1, 1],
    ] as const) {
      await rm(join(folder, 'deep'), { recursive: true, force: true });
      const sink = make({ maxBytes: 10, maxFiles });
      for (let i = 0; i < 4; i++) await sink.write([line(i)]);
      await sink.close();
      expect(names()).toHaveLength(count);
    }
  });

  it('tells why it cannot write, and writes when it can', async () => {
    writeFileSync(join(folder, 'deep'), 'a file where a folder should be');
    const sink = make();
    const { written, error } = await sink.write(lines(0, 2));
    expect({ written, code: (error as NodeJS.ErrnoException).code }).toEqual({ written: 0, code: 'EEXIST' });
    await rm(join(folder, 'deep'));
    expect(await sink.write(lines(0, 2))).toEqual({ written: 2 });
    await sink.close();
    expect(contents()).toBe(lines(0, 2).join(''));
  });

  it('gives up on a folder that cannot be made, where Node itself would try for ever', async () => {
    // In /proc nothing can be made, and no folder is missing above it.
    path = '/proc/rxsecs/wire.ndjson';
    const sink = make();
    expect(await sink.write([line(0)])).toMatchObject({ written: 0, error: { code: 'ENOENT' } });
    await sink.close();
  });

  it('does not miss a file that was deleted, as one too many, before its turn to be compressed', async () => {
    const sink = make({ maxBytes: 10, maxFiles: 2, gzip: true });
    // One write: files are put aside faster than they are compressed.
    await sink.write(lines(0, 30));
    await sink.close();
    expect(problems).toEqual([]);
    expect(names()).toHaveLength(2);
  });

  it('cuts off what a full disk took of a record', async () => {
    const sink = make();
    await sink.write(lines(0, 2));
    const probe = await open(path, 'a');
    const prototype = Object.getPrototypeOf(probe) as { appendFile: (text: string) => Promise<void> };
    await probe.close();
    const append = prototype.appendFile;
    prototype.appendFile = async function (text) {
      await append.call(this, text.slice(0, 5));
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    };
    const outcome = await sink.write(lines(2, 2));
    prototype.appendFile = append;
    expect(outcome).toMatchObject({ written: 0, error: { code: 'ENOSPC' } });
    expect(contents()).toBe(lines(0, 2).join(''));
    expect(await sink.write(lines(2, 2))).toEqual({ written: 2 });
    await sink.close();
    expect(contents()).toBe(lines(0, 4).join(''));
  });

  it('goes on in the same file when that cannot be put aside, and tries again later', async () => {
    const sink = make({ maxBytes: 10 });
    await sink.write([line(0)]);
    await rm(path);
    await sink.write([line(1)]);
    expect(problems).toEqual([expect.stringContaining(`the rotation of ${path}: ENOENT`)]);
    await sink.write([line(2)]);
    expect(problems).toHaveLength(1);
    clock.advance(60);
    await sink.write([line(3)]);
    expect(problems).toHaveLength(2);
    await sink.close();
  });

  it('tells when a file that was put aside cannot be compressed, and keeps it', async () => {
    const sink = make({ maxBytes: 10, gzip: true });
    await sink.write([line(0)]);
    await mkdir(join(folder, 'deep', 'wire.1970-01-01T00-00-00.000000Z.ndjson.part'));
    await sink.write([line(1)]);
    await sink.close();
    expect(problems.join()).toMatch(/the compression of .*EISDIR/);
    expect(names()).toContain('wire.1970-01-01T00-00-00.000000Z.ndjson');
    expect(names().filter((name) => name.endsWith('.gz'))).toEqual([]);
  });

  it.each([
    [{ maxBytes: 0 }, 'maxBytes must be a number from 1, received 0'],
    [{ maxAge: 0 }, 'maxAge must be a number of seconds above 0, received 0'],
    [{ maxAge: NaN }, 'maxAge must be a number of seconds above 0, received NaN'],
    [{ maxFiles: 0 }, 'maxFiles must be a number from 1, received 0'],
  ])('refuses %j', (options, message) => {
    expect(() => rotatingFile(path, options)).toThrow(message);
  });
});
