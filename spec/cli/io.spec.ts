import { Writable } from 'node:stream';
import { write } from '../../src/cli/io';
import { CliBed } from '../support/cli-bed';
import { turns } from '../support/fake-clock';

/** A stream whose reader takes something when it is told to. */
class Slow extends Writable {
  readonly taken: string[] = [];
  #next: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 4 });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.taken.push(chunk.toString());
    this.#next = done;
  }

  take(): void {
    this.#next?.();
  }
}

async function settled(promise: Promise<void>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await turns();
  return done;
}

describe('write', () => {
  it('returns at once while the stream has room', async () => {
    const slow = new Slow();
    expect(await settled(write(new CliBed().io, slow, 'abc'))).toBe(true);
  });

  it('waits for a slow reader', async () => {
    const slow = new Slow();
    const written = write(new CliBed().io, slow, 'abcdef');
    expect(await settled(written)).toBe(false);
    slow.take();
    expect(await settled(written)).toBe(true);
    expect(slow.taken).toEqual(['abcdef']);
  });

  it.each<[string, (slow: Slow, bed: CliBed) => void]>([
    ['the reader goes away', (slow) => slow.destroy()],
    ['the command is interrupted', (_slow, bed) => bed.interrupt()],
  ])('waits no more when %s', async (_name, happen) => {
    const slow = new Slow();
    const bed = new CliBed();
    const written = write(bed.io, slow, 'abcdef');
    expect(await settled(written)).toBe(false);
    happen(slow, bed);
    expect(await settled(written)).toBe(true);
    expect(['drain', 'close'].map((event) => slow.listenerCount(event))).toEqual([0, 0]);
  });

  it('writes nothing to a stream that is gone', async () => {
    const slow = new Slow();
    slow.destroy();
    expect(await settled(write(new CliBed().io, slow, 'abc'))).toBe(true);
    expect(slow.taken).toEqual([]);
  });
});
