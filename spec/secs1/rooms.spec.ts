import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const src = join(root, 'src/secs1');

/** What a file imports at run time; types leave nothing behind. */
function imports(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/^import (?!type\b)[^;]*? from '([^']+)';/gms)].map(([, name = '']) => name);
}

const filesOf = (folder: string): string[] =>
  readdirSync(join(src, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);

describe('the room of SECS-I', () => {
  it.each([...filesOf('block'), 'line/machine.ts'])(
    'B-1: %s is pure: it has no sockets, no time, no rxjs and no link',
    (file) => {
      const text = readFileSync(join(src, file), 'utf8');
      for (const name of imports(file)) {
        expect(name).toMatch(/^\.{1,2}\/(?!.*(clock|network|reactive|connection|link)\b)/);
      }
      expect(text).not.toMatch(/\b(setTimeout|setImmediate|queueMicrotask|performance|Date|Promise)\b/);
    },
  );

  it('B-1: one file alone runs the line machine', () => {
    const folders = ['block', 'line', 'link', 'connection', 'session'];
    const users = folders
      .flatMap(filesOf)
      .filter((file) =>
        /import \{[^}]*\bstep\b[^}]*\} from '\.\/machine\.js'/s.test(readFileSync(join(src, file), 'utf8')),
      );
    expect(users).toEqual(['line/line.ts']);
  });

  it('B-1: is the subpath rxsecs/secs1', async () => {
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, { require: { default: string } }>;
    };
    expect(exports['./secs1']?.require.default).toBe('./dist/cjs/secs1/index.js');
    const door = await import('../../src/secs1/index.js');
    for (const name of [
      'serialLine',
      'dialLine',
      'listenLine',
      'memoryLine',
      'Secs1Connection',
      'Secs1Session',
    ]) {
      expect(door).toHaveProperty(name);
    }
  });
});
