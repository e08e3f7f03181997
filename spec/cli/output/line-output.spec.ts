import { Writable } from 'node:stream';
import { LineOutput } from '../../../src/cli/output/line-output';

describe('LineOutput', () => {
  it('drops what nobody reads, says how much, and goes on', () => {
    const taken: string[] = [];
    let next: (() => void) | undefined;
    const stream = new Writable({
      highWaterMark: 1,
      decodeStrings: false,
      write: (chunk: string, _encoding, done) => {
        taken.push(chunk);
        next = done;
      },
    });
    const output = new LineOutput(stream, ({ texts, bytes }) => `lost ${texts}, ${bytes} bytes`, 10);
    output.print('12345');
    output.print('67890');
    for (let i = 0; i < 5; i++) output.print('dröp');
    while (next !== undefined) {
      const done: () => void = next;
      next = undefined;
      done();
    }
    return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      next?.();
      output.print('after');
      expect(taken.join('')).toMatch(/^12345\n67890\nlost 5, 30 bytes\n/);
      expect(stream.writableLength).toBeGreaterThan(0);
    });
  });

  it('prints nothing to a stream that is gone', () => {
    const stream = new Writable({ write: () => {} });
    stream.destroy();
    const output = new LineOutput(stream, () => 'lost');
    expect(() => output.print('x')).not.toThrow();
    expect(stream.writableLength).toBe(0);
  });
});
