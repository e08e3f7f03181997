import { Writable } from 'node:stream';
import type { Entry } from '../../../src/log/record/format.js';
import {
  streamSink,
  type WireLogProblem,
  type WireLogSink,
  type WriteOutcome,
} from '../../../src/log/index.js';
import { LogBuffer } from '../../../src/log/sinks/log-buffer.js';
import { FakeClock, turns } from '../../support/fake-clock.js';

/** A sink whose every write waits until the test says what becomes of it. */
class SlowSink implements WireLogSink {
  readonly written: string[] = [];
  readonly waiting: ((outcome?: Partial<WriteOutcome>) => void)[] = [];

  write(lines: readonly string[]): Promise<WriteOutcome> {
    return new Promise((resolve) => {
      this.waiting.push((outcome = {}) => {
        const whole = { written: lines.length, ...outcome };
        this.written.push(...lines.slice(0, whole.written));
        resolve(whole);
      });
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Ends the write at hand. */
  async settle(outcome?: Partial<WriteOutcome>): Promise<void> {
    this.waiting.shift()?.(outcome);
    await turns();
  }
}

const entry = (text: string, bytes = 100, time = 0): Entry => ({
  kind: 'event',
  time,
  bytes,
  event: { event: text, level: 'info', text, fields: {} },
  source: { name: undefined, local: undefined, remote: undefined },
});

const format = (found: Entry): string => {
  if (found.kind === 'dropped') return `dropped ${found.record.records}`;
  return found.kind === 'event' ? found.event.event : 'packet';
};

describe('LogBuffer', () => {
  let clock: FakeClock;
  let sink: SlowSink;
  let problems: WireLogProblem[];
  const make = (maxBytes: number, target: WireLogSink = sink): LogBuffer =>
    new LogBuffer(target, { clock, format, maxBytes, report: (problem) => problems.push(problem) });

  beforeEach(() => {
    clock = new FakeClock();
    sink = new SlowSink();
    problems = [];
  });

  it.each<[string, () => Promise<WriteOutcome>]>([
    ['rejects', () => Promise.reject(new Error('no disk'))],
    [
      'throws',
      () => {
        throw new Error('no disk');
      },
    ],
    ['says nothing', () => Promise.resolve(undefined as never)],
    ['counts more than there was', () => Promise.resolve({ written: 7 })],
  ])('takes a sink that %s for one that has written nothing, and tries again', async (_what, fail) => {
    const write = jest.fn(sink.write.bind(sink)).mockImplementationOnce(fail);
    const buffer = make(10_000, { write, close: () => sink.close() });
    buffer.add(entry('a'));
    await turns();
    expect(problems).toEqual([{ kind: 'writeFailed', error: expect.any(Error) as Error, final: false }]);
    void buffer.flush(5);
    await turns();
    await sink.settle();
    expect(sink.written).toEqual(['a']);
    expect(buffer.stats).toMatchObject({ written: 1, bufferedRecords: 0, bufferedBytes: 0 });
  });

  it('loses the record that cannot be made into text, and no other', async () => {
    const buffer = new LogBuffer(sink, {
      clock,
      format: (found) => {
        if (found.kind === 'event' && found.event.event === 'bad') throw new Error('harm');
        return format(found);
      },
      maxBytes: 10_000,
      report: (problem) => problems.push(problem),
    });
    for (const text of ['a', 'bad', 'b']) buffer.add(entry(text));
    await turns();
    await sink.settle();
    await sink.settle();
    expect(sink.written).toEqual(['a', 'b', 'dropped 1']);
    expect(problems).toContainEqual({
      kind: 'sinkFailed',
      error: new Error('harm'),
      where: 'the text of a record (event)',
    });
    expect(buffer.stats).toMatchObject({ droppedRecords: 1, bufferedRecords: 0, bufferedBytes: 0 });
  });

  it('keeps the order, and writes after the turn in which entries were added', async () => {
    const buffer = make(10_000);
    for (let i = 0; i < 5; i++) buffer.add(entry(`a${i}`));
    expect(sink.waiting).toHaveLength(0);
    await turns();
    expect(sink.waiting).toHaveLength(1);
    for (let i = 0; i < 5; i++) buffer.add(entry(`b${i}`));
    await turns();
    expect(buffer.stats).toMatchObject({ bufferedRecords: 10, bufferedBytes: 1000, written: 0 });
    await sink.settle();
    await sink.settle();
    expect(sink.written.join(' ')).toBe('a0 a1 a2 a3 a4 b0 b1 b2 b3 b4');
    expect(buffer.stats).toMatchObject({ bufferedRecords: 0, bufferedBytes: 0, written: 10 });
    expect(problems).toEqual([]);
    expect(clock.timers).toEqual([]);
  });

  it('makes text in pieces, so that the event loop gets its turns', async () => {
    const buffer = make(1_000_000);
    for (let i = 0; i < 10; i++) buffer.add(entry(`${i}`, 30_000));
    await turns();
    await sink.settle();
    expect(sink.written).toEqual(['0', '1', '2']);
  });

  it('drops beyond the cap, tells at once, and puts the gap on record where it was', async () => {
    const buffer = make(350);
    for (let i = 0; i < 6; i++) buffer.add(entry(`${i}`, 100, i));
    expect(buffer.stats).toMatchObject({ bufferedRecords: 3, droppedRecords: 3, droppedBytes: 300 });
    expect(problems).toEqual([
      { kind: 'dropped', over: false, records: 1, bytes: 100, since: '1970-01-01T00:00:00.003000Z' },
    ]);
    await turns();
    await sink.settle();
    await sink.settle();
    expect(sink.written).toEqual(['0', '1', '2', 'dropped 3']);
    expect(problems[1]).toEqual({
      kind: 'dropped',
      over: true,
      records: 3,
      bytes: 300,
      since: '1970-01-01T00:00:00.003000Z',
    });
    buffer.add(entry('after'));
    await turns();
    await sink.settle();
    expect(sink.written.slice(4)).toEqual(['after']);
  });

  it('ends a loss when half of the buffer is free, not with every record that fits', async () => {
    const buffer = make(400);
    for (let i = 0; i < 3; i++) buffer.add(entry(`a${i}`));
    await turns();
    for (let i = 0; i < 3; i++) buffer.add(entry(`b${i}`));
    await sink.settle({ written: 1, error: new Error('slow') });
    buffer.add(entry('lost'));
    expect(buffer.stats).toMatchObject({ bufferedRecords: 3, droppedRecords: 3 });
    await clock.pass(1);
    buffer.add(entry('lost too'));
    await turns();
    await sink.settle();
    buffer.add(entry('kept'));
    await turns();
    while (sink.waiting.length > 0) await sink.settle();
    expect(sink.written).toEqual(['a0', 'a1', 'a2', 'b0', 'dropped 4', 'kept']);
  });

  it('lets one record wait, however large', () => {
    const buffer = make(10);
    buffer.add(entry('large', 5000));
    buffer.add(entry('more', 1));
    expect(buffer.stats).toMatchObject({ bufferedRecords: 1, droppedRecords: 1 });
  });

  it('tries again after a failure, at most once a second, from the first line not written', async () => {
    const buffer = make(10_000);
    for (const text of ['a', 'b', 'c']) buffer.add(entry(text));
    await turns();
    await sink.settle({ written: 1, error: new Error('no space') });
    expect(problems).toMatchObject([{ kind: 'writeFailed', final: false, error: { message: 'no space' } }]);
    buffer.add(entry('d'));
    await turns();
    expect(sink.waiting).toHaveLength(0);
    clock.advance(1);
    buffer.add(entry('e'));
    await turns();
    await sink.settle({ written: 0, error: new Error('no space') });
    expect(problems).toHaveLength(1);
    clock.advance(1);
    buffer.add(entry('f'));
    await turns();
    while (sink.waiting.length > 0) await sink.settle();
    expect(sink.written.join('')).toBe('abcdef');
    expect(problems[1]).toEqual({ kind: 'recovered' });
    expect(problems).toHaveLength(2);
  });

  it('drops everything once the sink has failed for good', async () => {
    const buffer = make(10_000);
    buffer.add(entry('a'));
    buffer.add(entry('b'));
    await turns();
    const flushed = buffer.flush(5);
    await sink.settle({ written: 1, error: new Error('gone'), final: true });
    expect(await flushed).toBe(true);
    buffer.add(entry('c'));
    expect(buffer.stats).toMatchObject({
      written: 1,
      droppedRecords: 2,
      bufferedRecords: 0,
      bufferedBytes: 0,
    });
    buffer.end();
    expect(problems).toMatchObject([
      { kind: 'writeFailed', final: true },
      { kind: 'dropped', over: false, records: 1 },
      { kind: 'dropped', over: true, records: 2 },
    ]);
    expect(clock.timers).toEqual([]);
  });

  it('flushes: at once when idle, when written, false when time or the sink runs out', async () => {
    const buffer = make(10_000);
    expect(await buffer.flush(5)).toBe(true);
    buffer.add(entry('a'));
    const flushed = buffer.flush(5);
    await turns();
    await sink.settle();
    expect(await flushed).toBe(true);
    buffer.add(entry('b'));
    const late = buffer.flush(5);
    await clock.pass(5);
    expect(await late).toBe(false);
    const failed = buffer.flush(5);
    await sink.settle({ written: 0, error: new Error('no') });
    expect(await failed).toBe(false);
    const again = buffer.flush(5);
    await turns();
    await sink.settle();
    expect(await again).toBe(true);
    expect(clock.timers).toEqual([]);
  });

  it('counts what a sink that never takes anything costs, when it ends', async () => {
    const buffer = make(1000);
    for (let i = 0; i < 15; i++) buffer.add(entry(`${i}`));
    const flushed = buffer.flush(2);
    await clock.pass(2);
    expect(await flushed).toBe(false);
    buffer.end();
    // What was recorded as lost already, and the records that waited, the one about the loss among them.
    expect(buffer.stats).toMatchObject({ written: 0, droppedRecords: 16, bufferedRecords: 0 });
    expect(problems.filter(({ kind }) => kind === 'dropped').at(-1)).toMatchObject({
      over: true,
      records: 11,
    });
    buffer.add(entry('late'));
    await turns();
    expect(sink.waiting).toHaveLength(1);
  });
});

describe('streamSink', () => {
  it('writes lines, and leaves the stream open unless it is told to end it', async () => {
    for (const end of [false, true]) {
      const chunks: string[] = [];
      const stream = new Writable({
        write: (chunk, _encoding, done) => (chunks.push(String(chunk)), done()),
      });
      const sink = streamSink(stream, { end });
      expect(await sink.write(['a\n', 'b\n'])).toEqual({ written: 2 });
      await sink.close();
      expect(chunks.join('')).toBe('a\nb\n');
      expect(stream.writableFinished).toBe(end);
    }
  });

  it('fails for good with the error of the stream, also before the first write', async () => {
    const failing = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EIO')) });
    const sink = streamSink(failing);
    expect(await sink.write(['a'])).toMatchObject({ written: 0, error: { message: 'EIO' }, final: true });
    expect(await sink.write(['b'])).toMatchObject({ error: { message: 'EIO' }, final: true });
    await sink.close();

    const ended = new Writable({ write: (_chunk, _encoding, done) => done() });
    ended.end();
    expect(await streamSink(ended, { end: true }).write(['a'])).toMatchObject({
      error: { message: 'the stream of the log was ended' },
      final: true,
    });

    const destroyed = new Writable({ write: (_chunk, _encoding, done) => done() });
    destroyed.destroy();
    expect(await streamSink(destroyed).write(['a'])).toMatchObject({
      error: { message: 'the stream of the log was closed' },
      final: true,
    });
  });

  it('fails a write whose stream is destroyed meanwhile', async () => {
    const stuck = new Writable({ write: () => {} });
    const write = streamSink(stuck).write(['a']);
    stuck.destroy();
    expect(await write).toMatchObject({ error: { message: 'the stream of the log was closed' } });
  });
});
