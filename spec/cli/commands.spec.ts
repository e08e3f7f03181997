import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { commandsFor } from '../../src/cli/commands';
import { SUMMARIES } from '../../src/cli/summaries';
import { CliBed } from '../support/cli-bed';

const src = join(__dirname, '../../src');

/** What a file imports before it runs, and what that imports. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(src, file), 'utf8');
  for (const [, type, specifier = ''] of text.matchAll(
    /^(?:import|export)\s+(type\s)?[^;]*?from '([^']+)'/gm,
  )) {
    if (type !== undefined) continue;
    if (specifier.startsWith('.'))
      loadedWith(relative(src, join(src, dirname(file), specifier)).replace(/\.js$/, '.ts'), seen);
    else seen.add(specifier);
  }
  return seen;
}

describe('commands', () => {
  it('are loaded when they are run: before that no library is', () => {
    const loaded = [...loadedWith('cli/main.ts')];
    expect(loaded).toContain('cli/program.ts');
    expect(loaded.filter((name) => !name.startsWith('cli/') && !name.startsWith('node:'))).toEqual(
      expect.arrayContaining(['clock.ts', 'commander']),
    );
    expect(loaded.filter((name) => /^(rxjs|iconv|index|hsms|secs2|log|capture)/.test(name))).toEqual([]);
  });

  it.each(Object.keys(SUMMARIES))('%s is in the help as it is when it is loaded', async (name) => {
    const [listed, own] = [new CliBed(), new CliBed()];
    await listed.run(await commandsFor(['--help']), '--help');
    await own.run(await commandsFor([name]), '--help');
    expect(own.stdout).toBe(listed.stdout);
    expect(listed.stdout).toContain(`  ${name} [options] `);
  });

  it('have help of their own, either way', async () => {
    for (const args of [
      ['help', 'decode'],
      ['decode', '--help'],
      ['--no-color', 'decode', '-h'],
    ]) {
      const bed = new CliBed();
      expect(await bed.run(await commandsFor(args), ...args)).toBe(0);
      expect(bed.stdout).toContain('--max-length');
    }
  });
});
