import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { UsageError } from '../../../src/cli/exit-codes';
import type { CliIo } from '../../../src/cli/io';
import { decodeText, encodingLabel, readBytes, readSmlFile } from '../../../src/cli/sml/text';

const SML = 'S10F3 W <A "開始">.';
const marked = (mark: number[], text: Buffer): Buffer => Buffer.concat([Buffer.from(mark), text]);
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const gbk = Buffer.from([0x3c, 0x41, 0x20, 0x22, 0xbf, 0xaa, 0x22, 0x3e]);

describe('the text of a file', () => {
  it.each<[name: string, bytes: Buffer, encoding: string | undefined, text: string]>([
    ['UTF-8', Buffer.from(SML), undefined, SML],
    ['UTF-8 with its mark', marked([0xef, 0xbb, 0xbf], Buffer.from(SML)), undefined, SML],
    ['UTF-16 by its mark', marked([0xff, 0xfe], Buffer.from(SML, 'utf16le')), undefined, SML],
    ['UTF-16, big end first, by its mark', marked([0xfe, 0xff], utf16be(SML)), undefined, SML],
    ['UTF-16 without a mark', Buffer.from(SML, 'utf16le'), 'utf-16le', SML],
    ['GBK', gbk, 'gbk', '<A "开">'],
    ['nothing', Buffer.alloc(0), undefined, ''],
  ])('%s', (_name, bytes, encoding, text) => {
    expect(decodeText(bytes, 'x.sml', encoding)).toBe(text);
  });

  it.each<[name: string, bytes: Buffer, encoding: string | undefined, message: string]>([
    [
      'GBK',
      marked([0x0a], gbk),
      undefined,
      'x.sml: line 2 is not utf-8: say how it is written, as in --encoding gbk',
    ],
    ['half a character', Buffer.from([0xbf]), 'gbk', 'x.sml: line 1 is not gbk'],
    [
      'UTF-16 without a mark',
      Buffer.from('S1F1', 'utf16le'),
      undefined,
      'x.sml has zero bytes: say how it is written, as in --encoding utf-16le',
    ],
  ])('refuses %s', (_name, bytes, encoding, message) => {
    expect(() => decodeText(bytes, 'x.sml', encoding)).toThrow(UsageError);
    expect(() => decodeText(bytes, 'x.sml', encoding)).toThrow(message);
  });

  it('knows encodings by several names', () => {
    expect(
      ['gbk', 'GB2312', 'cp936', 'CP932', 'sjis', 'utf8', 'utf-16', 'latin1', 'klingon'].map(encodingLabel),
    ).toEqual([
      'gbk',
      'gbk',
      'gbk',
      'shift_jis',
      'shift_jis',
      'utf-8',
      'utf-16le',
      'windows-1252',
      undefined,
    ]);
  });
});

describe('reading', () => {
  let directory: string;
  beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'rxsecs-'))));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const io = (stdin: Readable): CliIo => ({ stdin }) as unknown as CliIo;
  const endless = (): Readable =>
    Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(8 * 1024 * 1024, 0x20);
      })(),
    );

  it('takes files and standard input', async () => {
    const file = join(directory, 'a.sml');
    writeFileSync(file, marked([0xff, 0xfe], Buffer.from(SML, 'utf16le')));
    const { signal } = new AbortController();
    expect(readSmlFile(file)).toBe(SML);
    expect(decodeText(await readBytes(io(Readable.from([])), file, signal), file)).toBe(SML);
    // A character may come in two pieces.
    const pieces = [Buffer.from(SML).subarray(0, 13), Buffer.from(SML).subarray(13)];
    expect(decodeText(await readBytes(io(Readable.from(pieces)), undefined, signal), 'x')).toBe(SML);
  });

  it('refuses more than can be read at once, with a word', async () => {
    const { signal } = new AbortController();
    const message = 'has more than 96 MiB: so much SML is not read at once. Split it';
    await expect(readBytes(io(endless()), undefined, signal)).rejects.toThrow(`standard input ${message}`);
    expect(() => readSmlFile('/dev/zero')).toThrow(`/dev/zero ${message}`);
  });

  it('ends when it is asked to, and names what cannot be read', async () => {
    const stop = new AbortController();
    const reading = readBytes(io(new Readable({ read: () => {} })), undefined, stop.signal);
    stop.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
    await expect(
      readBytes(io(Readable.from([])), join(directory, 'none'), new AbortController().signal),
    ).rejects.toThrow(/none cannot be read: there is no such file \(ENOENT\)$/);
    expect(() => readSmlFile(directory)).toThrow('EISDIR');
  });
});
