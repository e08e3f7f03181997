import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { TextOfBytes } from '../../../src/cli/sml/text-of-bytes';

/** What bytes that come in pieces of a size are read as. */
function read(bytes: Uint8Array, size: number, encoding?: string): Promise<string> {
  const pieces = [];
  for (let i = 0; i < bytes.length; i += size) pieces.push(bytes.subarray(i, i + size));
  const into = new TextOfBytes('standard input', encoding);
  return text(
    Readable.from(pieces, { objectMode: true })
      .on('error', () => {})
      .pipe(into),
  );
}

const gbk = Buffer.from('533146312057 2e0a3c4120 22bfaaca bc223e'.replaceAll(' ', ''), 'hex');

describe('bytes that come', () => {
  it.each([1, 2, 3, 100])('are text, in pieces of %d', async (size) => {
    expect(await read(Buffer.from('S1F1 W.\n<A "é开𝄞">'), size)).toBe('S1F1 W.\n<A "é开𝄞">');
    expect(await read(Buffer.from('\ufeffS1F1 W.\n<A "开">', 'utf16le'), size)).toBe('S1F1 W.\n<A "开">');
    expect(await read(Buffer.from('\ufeffS1F1', 'utf16le').swap16(), size)).toBe('S1F1');
    expect(await read(gbk, size, 'gbk')).toBe('S1F1 W.\n<A "开始">');
    expect(await read(Buffer.alloc(0), size)).toBe('');
  });

  it.each([1, 3, 100])('name the line that is no text, in pieces of %d', async (size) => {
    await expect(read(gbk, size)).rejects.toThrow(
      'standard input: line 2 is not utf-8: say how it is written, as in --encoding gbk',
    );
  });

  it('say so where they end within a character', async () => {
    await expect(read(Buffer.from('é').subarray(0, 1), 1)).rejects.toThrow(/line 1 is not utf-8/);
    await expect(read(Buffer.from([0xff]), 1)).rejects.toThrow(/line 1 is not utf-8/);
  });

  it('say how UTF-16 without a mark is read', async () => {
    await expect(read(Buffer.from('S1F1', 'utf16le'), 3)).rejects.toThrow(/zero bytes.*--encoding utf-16le/);
    expect(await read(Buffer.from('S1F1', 'utf16le'), 3, 'utf-16le')).toBe('S1F1');
  });
});
