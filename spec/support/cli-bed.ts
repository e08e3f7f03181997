import { createRequire } from 'node:module';
import { PassThrough, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ExitCode } from '../../src/cli/exit-codes';
import type { CliIo, ImportModule, Interruption } from '../../src/cli/io';
import { createProgram, run, type Register } from '../../src/cli/program';
import { systemClock, type Clock } from '../../src/clock';
import { until } from './until';

/** What was printed, as text. */
class Printed extends Writable {
  text = '';
  readonly isTTY: boolean;
  columns = 100;

  constructor(isTTY: boolean) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Jest has `require` alone: a module without `import` in it, and its exports as Node names them. */
const required: ImportModule = (url) =>
  Promise.resolve().then(() => {
    const exported = createRequire(__filename)(fileURLToPath(url)) as object;
    return { ...exported, default: exported };
  });

export interface CliBedOptions {
  readonly isTTY?: boolean;
  readonly env?: Record<string, string>;
  readonly clock?: Clock;
  /** Default: what `require` loads. */
  readonly importModule?: ImportModule;
}

/** Runs a command in this process, with streams that are not the process's. */
export class CliBed {
  readonly stdin = new PassThrough();
  readonly out: Printed;
  readonly err: Printed;
  readonly io: CliIo;
  readonly #stop = new AbortController();
  #exitCode: ExitCode = ExitCode.ok;

  constructor({ isTTY = false, env = {}, clock = systemClock, importModule = required }: CliBedOptions = {}) {
    this.out = new Printed(isTTY);
    this.err = new Printed(isTTY);
    this.io = {
      stdin: Object.assign(this.stdin, { isTTY }),
      stdout: this.out,
      stderr: this.err,
      env,
      clock,
      interrupted: this.#stop.signal,
      interrupt: (code) => this.interrupt(code),
      importModule,
      setExitCode: (code) => {
        if (this.#exitCode === ExitCode.ok) this.#exitCode = code;
      },
    };
  }

  get stdout(): string {
    return this.out.text;
  }

  get stderr(): string {
    return this.err.text;
  }

  /** Runs one command line; resolves with what the process would end with. */
  async run(commands: readonly Register[], ...args: string[]): Promise<ExitCode> {
    const code = await run(createProgram(this.io, '0.0.0', commands), this.io, args);
    return code === ExitCode.ok ? this.#exitCode : code;
  }

  interrupt(exitCode: ExitCode = ExitCode.interrupted): void {
    this.#stop.abort({ exitCode } satisfies Interruption);
  }

  /** Resolves when this has been printed on standard output. */
  prints(what: string | RegExp): Promise<void> {
    return until(`${String(what)} in ${JSON.stringify(this.stdout.slice(-2000))}`, () =>
      typeof what === 'string' ? this.stdout.includes(what) : what.test(this.stdout),
    );
  }
}
