import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the package', () => {
  it('carries its pages and its examples', () => {
    const { files } = JSON.parse(read('package.json')) as { files: string[] };
    expect(files).toEqual(
      expect.arrayContaining(['bin', 'dist', 'docs/*.md', 'examples', 'src', 'CHANGELOG.md']),
    );
  });

  it('has the command line once: nobody imports it', () => {
    const { files } = JSON.parse(read('package.json')) as { files: string[] };
    expect(files).toEqual(expect.arrayContaining(['!dist/esm/cli', '!dist/cjs/cli/**/*.d.ts', '!src/cli']));
  });

  it('has source maps once', () => {
    expect(read('tsconfig.build.json')).not.toContain('declarationMap');
    expect(read('scripts/build.mjs')).toMatch(/'--noCheck',\s*'--sourceMap',\s*'false'/);
  });

  const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'));
  it.each(examples)('%s listens on 127.0.0.1 unless it is told otherwise', (name) => {
    for (const [made] of read(`examples/${name}`).matchAll(/new Hsms\w*Passive\w*\([^;]*\)/g))
      expect(made).toMatch(/127\.0\.0\.1|bindAddress/);
    expect(read(`examples/${name}`)).not.toMatch(/0\.0\.0\.0|bindAddress = ''/);
  });
});
