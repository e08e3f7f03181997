import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = join(__dirname, 'go-secs');
const built = join(__dirname, '../.build');

/** Builds a program of all of go-secs' builders, and runs it on lines of input. */
export function withGoSecs(input: readonly string[]): string[] {
  const go = (args: readonly string[]): string =>
    execFileSync('go', args, { cwd: sources, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  mkdirSync(built, { recursive: true });
  const table = join(built, 'go-secs-builders.go');
  const overlay = join(built, 'go-secs-overlay.json');
  writeFileSync(table, go(['run', './table']));
  writeFileSync(overlay, JSON.stringify({ Replace: { [join(sources, 'builders.go')]: table } }));
  const program = join(built, 'go-secs-messages');
  go(['build', '-buildvcs=false', '-overlay', overlay, '-o', program, '.']);
  const output = execFileSync(program, { input: input.join('\n'), encoding: 'utf8', maxBuffer: 2 ** 30 });
  return output.split('\n');
}
