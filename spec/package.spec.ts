import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the package', () => {
  const { files } = JSON.parse(read('package.json')) as { files: string[] };

  it('carries its build, the pages for users and the examples; no sources', () => {
    expect(files).toEqual(expect.arrayContaining(['bin', 'dist', 'docs/*.md', 'examples', 'CHANGELOG.md']));
    expect(files).not.toContain('src');
  });

  it('links from README to pages that exist', () => {
    const pages = [...read('README.md').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, page = '']) => page);
    for (const page of pages) expect(() => read(page)).not.toThrow();
  });

  const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'));
  it.each(examples)('%s listens on 127.0.0.1 unless it is told otherwise', (name) => {
    for (const [made] of read(`examples/${name}`).matchAll(/new Hsms\w*Passive\w*\([^;]*\)/g))
      expect(made).toMatch(/127\.0\.0\.1|bindAddress/);
    expect(read(`examples/${name}`)).not.toMatch(/0\.0\.0\.0|bindAddress = ''/);
  });

  it.each(examples)('%s imports the package by its name, as its reader does', (name) => {
    expect(read(`examples/${name}`)).not.toMatch(/\.\.\/src/);
  });
});
