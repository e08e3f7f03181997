import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '.');
const bigBuffer = { maxBuffer: 2 ** 30 };

/** Runs a peer on lines of input, and gives its lines of output. */
function lines(command: string, args: readonly string[], input: readonly string[], cwd: string): string[] {
  const output = execFileSync(command, args, {
    ...bigBuffer,
    cwd,
    input: input.join('\n'),
    encoding: 'utf8',
  });
  return output.trimEnd().split('\n');
}

/** Encodes items, given as JSON, with secsgem. */
export function encodeWithSecsgem(items: readonly string[]): string[] {
  return withSecsgem(join(root, 'python/encode.py'), items);
}

/** Runs a program of Python on lines of input; makes the environment that has secsgem where there is none. */
export function withSecsgem(program: string, input: readonly string[]): string[] {
  const environment = join(root, 'python/.venv');
  const python = join(environment, 'bin/python');
  if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'secsgem==0.3.0'], {
    stdio: 'inherit',
  });
  return lines(python, [program], input, root);
}

/** Encodes items, given as JSON, with go-secs. */
export function encodeWithGoSecs(items: readonly string[]): string[] {
  return lines('go', ['run', '.'], items, join(root, 'go'));
}

/** The shortest text of single-precision numbers, given as eight hex digits, by Go. */
export function shortestWithGo(bits: readonly string[]): string[] {
  return lines('go', ['run', '.', 'floats'], bits, join(root, 'go'));
}
