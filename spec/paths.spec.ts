import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { transpile } from './support/transpile';

const root = resolve(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every file and folder below these folders, as a path from the root. */
const paths = ['src', 'spec', 'scripts', 'bench', 'interop', 'docs', 'examples', 'bin'].flatMap((folder) => [
  folder,
  ...readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => !path.includes('node_modules') && !path.includes('/.')),
]);
const known = new Set([...paths, ...readdirSync(root)]);
const files = (folder: string): string[] =>
  paths.filter((path) => path.startsWith(`${folder}/`) && path.endsWith('.ts'));

/** What a glob of `*`, `**` and `{a,b}` matches. */
function matching(glob: string): string[] {
  const pattern = glob
    .replace(/[.+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_all, choices: string) => `(?:${choices.replaceAll(',', '|')})`)
    .replace(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(?:.*/)?'));
  return [...known].filter((path) => new RegExp(`^${pattern}$`).test(path));
}

const unmatched = (globs: readonly string[]): string[] => globs.filter((glob) => matching(glob).length === 0);

interface Room {
  readonly mutate: readonly string[];
  readonly specs: readonly string[];
  readonly own?: Readonly<Record<string, readonly string[]>>;
}

const rooms = Object.entries(
  runInNewContext(`${transpile(read('scripts/mutation-rooms.mjs'))}; exports.rooms`, {
    exports: {},
  }) as object,
) as [string, Room][];

describe('every path that is named is there', () => {
  it('as the matching here understands globs', () => {
    expect(matching('src/hsms/*.ts')).toEqual([]);
    expect(matching('src/**/procedures*.ts')).toContain('src/hsms/procedures/procedures.ts');
    expect(matching('src/{clock,chock}.ts')).toEqual(['src/clock.ts']);
  });

  it.each(rooms)('in the room of mutation tests %s', (_name, { mutate, specs, own = {} }) => {
    expect(unmatched(mutate)).toEqual([]);
    const mutated = mutate.flatMap(matching).map((path) => path.replace(/.*\/(.*)\.ts$/, '$1'));
    expect(Object.keys(own).filter((name) => !mutated.includes(name))).toEqual([]);
    const below = files('spec').map((path) => path.replace(/^spec\//, ''));
    const patterns = [...specs, ...Object.values(own).flat()];
    expect(patterns.filter((pattern) => !below.some((path) => new RegExp(pattern).test(path)))).toEqual([]);
  });

  it('in knip.json and typedoc.json', () => {
    const knip = JSON.parse(read('knip.json')) as { entry: string[]; project: string[] };
    const typedoc = JSON.parse(read('typedoc.json')) as {
      entryPoints: string[];
      intentionallyNotExported: string[];
    };
    const declared = typedoc.intentionallyNotExported.flatMap((name) =>
      name.includes(':') ? [name.slice(0, name.indexOf(':'))] : [],
    );
    expect(unmatched([...knip.entry, ...knip.project, ...typedoc.entryPoints, ...declared])).toEqual([]);
  });

  it('in the scripts of package.json', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = Object.values(scripts).flatMap(
      (script) => script.match(/\b[\w./-]+\.(?:ts|mjs|cjs|sh)\b/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(20);
    expect(unmatched(named)).toEqual([]);
  });

  const pages = ['README.md', 'CONTRIBUTING.md', 'bench/README.md', ...matching('docs/*.md')];
  it.each(pages)('in %s', (page) => {
    const named = [
      ...read(page).matchAll(/`((?:src|spec|scripts|bench|interop|docs|examples|bin)\/[^`\s]*)`/g),
    ]
      .map(([, path = '']) => path.replace(/\/$/, ''))
      // NAME stands for any name, `stream-x` for a stream, and docs/api is made.
      .filter((path) => !/NAME|stream-x|^docs\/api$/.test(path));
    // Some pages leave the ending out.
    expect(unmatched(named.map((path) => `${path}*`))).toEqual([]);
  });

  it('in the tree of docs/architecture.md', () => {
    const tree = /```\n(src\/\n[\s\S]*?)```/.exec(read('docs/architecture.md'))?.[1] ?? '';
    const above: string[] = [];
    const named: string[] = [];
    for (const line of tree.split('\n')) {
      const [, indent = '', names = ''] = /^( *)((?:[\w.-]+\/?(?:, )?)+)(?: {2,}|\s*$)/.exec(line) ?? [];
      for (const name of names.split(', ')) {
        if (!/^[\w.-]+(\/|\.\w+)$/.test(name) || indent.length > 4) continue;
        above.length = indent.length / 2;
        const path = [...above, name.replace(/\/$/, '')].join('/');
        if (name.endsWith('/')) above.push(name.slice(0, -1));
        named.push(path);
      }
    }
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((path) => !known.has(path))).toEqual([]);
    const folders = new Set(files('src').map((path) => path.split('/').at(-2) ?? ''));
    expect([...folders].filter((folder) => !tree.includes(`${folder}/`))).toEqual([]);
  });
});
