import { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { ExitCode } from '../../src/cli/exit-codes';
import { printWarnings, processIo, write } from '../../src/cli/io';
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

/** As much of a process as is looked at. */
class FakeProcess extends EventEmitter {
  readonly stdin = new PassThrough();
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly env = {};
  readonly ended: number[] = [];
  exitCode: number | undefined;

  get process(): NodeJS.Process {
    return this as unknown as NodeJS.Process;
  }

  get said(): string {
    return String((this.stderr.read() as Buffer | null) ?? '');
  }

  exit(code: number): void {
    this.ended.push(code);
  }
}

const failure = (code: string): Error => Object.assign(new Error(`${code}: it cannot be`), { code });

describe('processIo', () => {
  it('stops well when whoever read standard output has gone', () => {
    const host = new FakeProcess();
    const io = processIo(() => Promise.resolve({}), host.process);
    host.stdout.emit('error', failure('EPIPE'));
    expect(io.interrupted.reason).toEqual({ exitCode: ExitCode.ok });
    expect([io.exitCode(), host.exitCode, host.said]).toEqual([ExitCode.ok, undefined, '']);
  });

  it('says that standard output cannot be written, once, and makes that the exit code, also when all is done', () => {
    const host = new FakeProcess();
    const io = processIo(() => Promise.resolve({}), host.process);
    host.exitCode = 0;
    host.stdout.emit('error', failure('ENOSPC'));
    host.stdout.emit('error', failure('ENOSPC'));
    expect(io.interrupted.reason).toEqual({ exitCode: ExitCode.unexpected });
    expect([io.exitCode(), host.exitCode]).toEqual([ExitCode.unexpected, ExitCode.unexpected]);
    expect(host.said).toBe('rxsecs: standard output cannot be written: the disk is full (ENOSPC)\n');
  });

  it('asks to stop at the first signal, and ends the process at the second', () => {
    const host = new FakeProcess();
    const io = processIo(() => Promise.resolve({}), host.process);
    host.emit('SIGTERM');
    expect(io.interrupted.reason).toEqual({ exitCode: ExitCode.terminated });
    host.emit('SIGINT');
    expect(host.ended).toEqual([ExitCode.interrupted]);
    io.release();
    expect(host.eventNames()).toEqual([]);
  });
});

describe('printWarnings', () => {
  const warning = (name: string): Error => Object.assign(new Error(`of ${name}`), { name });

  it('prints those of the library in a line, and leaves others to Node', () => {
    const host = new FakeProcess();
    const others: string[] = [];
    host.on('warning', ({ name }: Error) => others.push(name));
    printWarnings(host.process);
    host.emit('warning', warning('HsmsWarning'));
    host.emit('warning', warning('DeprecationWarning'));
    expect(host.said).toBe('rxsecs: of HsmsWarning\n');
    expect(others).toEqual(['DeprecationWarning']);
  });

  it('prints none where they are switched off', () => {
    const host = new FakeProcess();
    printWarnings(host.process);
    host.emit('warning', warning('HsmsWarning'));
    expect(host.said).toBe('');
  });
});
