import type { Command } from 'commander';
import { CliError, ExitCode } from '../../src/cli/exit-codes';
import { globalOptions, type Register } from '../../src/cli/program';
import { CliBed } from '../support/cli-bed';

const echo: Register = (program, io) => {
  program
    .command('echo')
    .description('prints its argument')
    .argument('<text>')
    .action((text: string, _options: object, command: Command) => {
      const { json, paint } = globalOptions(command, io);
      io.stdout.write(json ? `${JSON.stringify({ text })}\n` : `${paint.red(text)}\n`);
    });
};

const failing =
  (error: unknown): Register =>
  (program) => {
    program.command('fail').action(() => {
      throw error;
    });
  };

describe('run', () => {
  it('runs a command', async () => {
    const bed = new CliBed();
    expect(await bed.run([echo], 'echo', 'hello')).toBe(ExitCode.ok);
    expect(bed.stdout).toBe('hello\n');
    expect(bed.stderr).toBe('');
  });

  it.each([[['--json', 'echo', 'hello']], [['echo', '--json', 'hello']], [['echo', 'hello', '--json']]])(
    'takes global options anywhere: %p',
    async (args) => {
      const bed = new CliBed();
      await bed.run([echo], ...args);
      expect(bed.stdout).toBe('{"text":"hello"}\n');
    },
  );

  it.each([
    ['a terminal', { isTTY: true }, [], true],
    ['a file', { isTTY: false }, [], false],
    ['--no-color', { isTTY: true }, ['--no-color'], false],
    ['NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }, [], false],
    ['an empty NO_COLOR', { isTTY: true, env: { NO_COLOR: '' } }, [], true],
    ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }, [], false],
  ])('paints as is wanted: %s', async (_name, options, args, painted) => {
    const bed = new CliBed(options);
    await bed.run([echo], 'echo', 'hello', ...args);
    expect(bed.stdout).toBe(painted ? '\u001b[31mhello\u001b[0m\n' : 'hello\n');
  });

  it('prints help and the version with exit code 0', async () => {
    const bed = new CliBed();
    expect(await bed.run([echo], '--help')).toBe(0);
    expect(bed.stdout).toContain('Exit codes:');
    expect(await bed.run([echo], '--version')).toBe(0);
    expect(bed.stdout).toMatch(/0\.0\.0\n$/);
  });

  it.each([
    [['nonsense']],
    [['echo']],
    [['echo', 'a', 'b']],
    [['echo', '--nonsense', 'a']],
    [['echo', '--jso', 'a']],
    [[]],
  ])('ends with 2 for a command line that cannot be: %p', async (args) => {
    const bed = new CliBed();
    expect(await bed.run([echo], ...args)).toBe(ExitCode.usage);
    // Without a command there is nothing wrong to name: all that there is is printed.
    if (args.length > 0) expect(bed.stderr).toMatch(/^rxsecs: [^\n]*\(--help tells what there is\)\n$/);
    else expect(bed.stderr).toMatch(/^Usage: rxsecs/);
    expect(bed.stdout).toBe('');
  });

  it('prints the message of an expected error, and ends with its code', async () => {
    const bed = new CliBed();
    const code = await bed.run([failing(new CliError('they differ', ExitCode.different))], 'fail');
    expect(code).toBe(ExitCode.different);
    expect(bed.stderr).toBe('rxsecs: they differ\n');
  });

  it.each([
    [['ecko', 'a'], "unknown command 'ecko' (Did you mean echo?)"],
    [['echo', 'a', '--jsn'], "unknown option '--jsn' (Did you mean --json?)"],
    [['echo'], 'TEXT is missing'],
    [
      ['echo', '127.0.0.1', '5000'],
      "too many arguments for 'echo'. Expected 1 argument but got 2: did you mean 127.0.0.1:5000?",
    ],
    [['echo', 'localhost', '5000'], 'did you mean localhost:5000?'],
    [['echo', '::1', '5000'], 'did you mean [::1]:5000?'],
    [['echo', 'word', '5000'], 'but got 2. (--help'],
  ])('says of %j what may have been meant', async (args, text) => {
    const bed = new CliBed();
    expect(await bed.run([echo], ...args)).toBe(ExitCode.usage);
    expect(bed.stderr).toContain(text);
  });

  it('prints errors with --json as the last record too', async () => {
    const bed = new CliBed();
    await bed.run([failing(new CliError('they differ', ExitCode.different))], '--json', 'fail');
    await bed.run([echo], 'echo', '--json');
    expect(bed.stderr).toMatch(/^rxsecs: they differ\nrxsecs: TEXT is missing/);
    const records = bed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(records).toMatchObject([
      { type: 'event', event: 'error', text: 'they differ', exitCode: 8 },
      { type: 'event', event: 'error', exitCode: 2 },
    ]);
  });

  it('prints where an unexpected error came from, and ends with 1', async () => {
    const bed = new CliBed();
    expect(await bed.run([failing(new TypeError('odd'))], 'fail')).toBe(ExitCode.unexpected);
    expect(bed.stderr).toMatch(/^rxsecs: TypeError: odd\n\s+at /);
  });

  it('ends with the code of the interruption, whatever it made fail', async () => {
    const bed = new CliBed();
    bed.interrupt(ExitCode.terminated);
    expect(await bed.run([failing(new Error('cut'))], 'fail')).toBe(143);
    expect(bed.stderr).toBe('');
  });
});
