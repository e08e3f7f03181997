import fc from 'fast-check';
import { PartialFrame } from '../../../src/hsms/wire/partial-frame.js';

const LARGE = 300_000;

/** Adds the pieces of a frame in turn, each as a chunk with memory of its own. */
function gather(pieces: readonly number[], whole: number): { partial: PartialFrame; bytes: Buffer } {
  const bytes = Buffer.alloc(
    pieces.reduce((sum, piece) => sum + piece, 0),
    'an uneven text',
  );
  const partial = new PartialFrame();
  let at = 0;
  for (const piece of pieces) {
    const chunk = Buffer.from(new ArrayBuffer(piece));
    bytes.copy(chunk, 0, at, at + piece);
    partial.add(chunk, 0, piece, at < 4 ? 0 : whole);
    at += piece;
  }
  return { partial, bytes };
}

describe('PartialFrame', () => {
  it('gives back the bytes, however a frame comes', () => {
    const piece = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 70_000 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (sizes, large) => {
        const length = 4 + sizes.reduce((sum, size) => sum + size, 0);
        const rest = large ? Math.max(0, LARGE - length) : 0;
        const pieces = [4, ...sizes, ...(rest > 0 ? [rest] : [])];
        const { partial, bytes } = gather(pieces, length + rest);
        expect(partial.bytes).toBe(length + rest);
        expect(partial.take().subarray(0, bytes.length).equals(bytes)).toBe(true);
        expect(partial.bytes).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['keeps large chunks of a large frame as they are', [4, 65_536, 65_536], [512]],
    ['makes room for all of it once half is there', [4, 65_536, 65_536, 18_924], [512, LARGE]],
    ['keeps them as long as half is not there', [4, 65_536, 65_536, 18_923], [512]],
    ['makes that room once', [4, 65_536, 65_536, 65_536, 65_536, 37_852], [512, LARGE]],
    ['makes it at once for a chunk of half the frame', [4, 150_000, 100], [512, LARGE]],
    ['copies small chunks side by side', [4, 100, 200, 300], [512, 65_536]],
    [
      'begins another piece behind a chunk that is kept',
      [4, 65_536, 100, 65_536, 100],
      [512, 65_536, 65_536],
    ],
    ['copies a chunk just too small to keep', [4, 16_383], [512, 65_536]],
    ['keeps one just large enough', [4, 16_384], [512]],
  ])('%s', (_name, pieces, expected) => {
    const allocate = jest.spyOn(Buffer, 'allocUnsafeSlow');
    try {
      gather(pieces, LARGE);
      expect(allocate.mock.calls.map(([size]) => size)).toEqual(expected);
    } finally {
      allocate.mockRestore();
    }
  });

  it.each([
    ['keeps the chunks of a frame of 256 KiB', 262_144, [512]],
    ['makes room for a smaller one in steps', 262_143, [512, 131_072]],
  ])('%s', (_name, whole, expected) => {
    const allocate = jest.spyOn(Buffer, 'allocUnsafeSlow');
    try {
      gather([4, 65_536], whole);
      expect(allocate.mock.calls.map(([size]) => size)).toEqual(expected);
    } finally {
      allocate.mockRestore();
    }
  });

  it('keeps half of a memory where it lies', () => {
    const partial = new PartialFrame();
    partial.add(Buffer.alloc(4), 0, 4, 0);
    const allocate = jest.spyOn(Buffer, 'allocUnsafeSlow');
    partial.add(Buffer.from(new ArrayBuffer(65_536)), 0, 32_768, LARGE);
    expect(allocate).not.toHaveBeenCalled();
    partial.add(Buffer.from(new ArrayBuffer(65_536)), 0, 32_767, LARGE);
    expect(allocate.mock.calls).toEqual([[65_536]]);
    allocate.mockRestore();
  });

  it('does not keep a small part of a large memory', () => {
    const partial = new PartialFrame();
    partial.add(Buffer.alloc(4), 0, 4, 0);
    const memory = Buffer.allocUnsafeSlow(65_536);
    memory.fill(7);
    partial.add(memory, 0, 20_000, LARGE);
    memory.fill(9);
    expect(partial.take()[100]).toBe(7);
  });
});
