import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const src = resolve(__dirname, '../src');

/** What comes with errors: the checks that throw them. */
const ground = ['errors.ts', 'check.ts', 'describe-value.ts', 'nearest-name.ts', 'short-inspect.ts'];

/** The floors that know no transport: a second transport, and all that runs on either, stand on them. */
const neutral = ['errors.ts', 'clock.ts', 'reactive', 'network', 'connection', 'session', 'secs2'];

/** What each room may import: rooms of this source tree, and packages. The first match rules. */
const rooms: readonly {
  readonly room: string;
  readonly rooms: readonly string[];
  readonly packages: RegExp;
}[] = [
  { room: 'reactive', rooms: ['errors.ts', 'clock.ts'], packages: /^(node:events|rxjs)$/ },
  {
    room: 'network',
    rooms: ['errors.ts', 'clock.ts', 'reactive'],
    packages: /^node:(dns\/promises|events|net|stream)$/,
  },
  {
    room: 'connection',
    rooms: ['errors.ts', 'clock.ts', 'reactive', 'network'],
    packages: /^(node:(diagnostics_channel|events)|rxjs)$/,
  },
  {
    room: 'session',
    rooms: ['errors.ts', 'clock.ts', 'reactive', 'network', 'connection', 'secs2'],
    packages: /^(node:(crypto|events)|rxjs)$/,
  },
  { room: 'hsms/wire', rooms: ['errors.ts', 'secs2'], packages: /^$/ },
  {
    room: 'hsms/link',
    rooms: [...neutral, 'hsms/wire'],
    packages: /^$/,
  },
  {
    room: 'hsms/connection',
    rooms: [...neutral, 'hsms/wire', 'hsms/link'],
    packages: /^(node:(crypto|events)|rxjs)$/,
  },
  {
    room: 'hsms/multi-passive',
    rooms: [...neutral, 'hsms/wire', 'hsms/link', 'hsms/connection'],
    packages: /^(node:events|rxjs)$/,
  },
  {
    room: 'hsms/procedures',
    rooms: ['clock.ts', 'hsms/wire', 'hsms/link/close-reason.ts'],
    packages: /^$/,
  },
  {
    room: 'hsms/session',
    rooms: [...neutral, 'hsms/wire', 'hsms/link', 'hsms/connection', 'hsms/procedures'],
    packages: /^(node:events|rxjs)$/,
  },
  // Pure: values in, values out.
  { room: 'secs1/block', rooms: [...neutral, 'secs1/errors.ts'], packages: /^$/ },
  {
    room: 'secs1',
    rooms: neutral,
    packages: /^(node:(diagnostics_channel|events|fs\/promises|path)|rxjs|serialport)$/,
  },
  // Both transports, joined.
  { room: 'bridge', rooms: [...neutral, 'secs1', 'hsms'], packages: /^(node:events|rxjs)$/ },
  // One walk over connections, servers and sessions for all that watch them.
  { room: 'watch', rooms: neutral, packages: /^node:events$/ },
  {
    room: 'log',
    rooms: [...neutral, 'watch', 'hsms/wire', 'hsms/session/session-events.ts'],
    packages: /^(node:(fs|path|stream|zlib)(\/promises)?|rxjs)$/,
  },
  {
    room: 'capture',
    rooms: ['errors.ts', 'hsms/wire', 'secs2', 'log/index.ts'],
    packages: /^node:(stream|zlib)$/,
  },
  {
    room: 'metrics',
    rooms: [...neutral, 'watch', 'hsms/wire/codes.ts', 'hsms/session/session-events.ts'],
    packages: /^(node:(diagnostics_channel|events)|rxjs)$/,
  },
  // Tables alone: no session, no streams, no time.
  { room: 'gem/state', rooms: [], packages: /^$/ },
  {
    room: 'gem/model',
    rooms: ['errors.ts', 'secs2', 'gem/errors.ts', 'gem/check-values.ts'],
    packages: /^$/,
  },
  {
    room: 'gem/store',
    rooms: ['errors.ts', 'clock.ts', 'log/sinks/make-folder.ts', 'gem/errors.ts', 'gem/check-values.ts'],
    packages: /^node:(crypto|fs|os|path|zlib)(\/promises)?$/,
  },
  // Text from a model: nothing of a running equipment.
  {
    room: 'gem/document',
    rooms: ['errors.ts', 'secs2', 'e5', 'gem/errors.ts', 'gem/check-values.ts', 'gem/model', 'gem/state'],
    packages: /^$/,
  },
  // Its traces are records of a wire log.
  {
    room: 'gem/check',
    rooms: [...neutral, 'describe-value.ts', 'nearest-name.ts', 'gem', 'log/record'],
    packages: /^$/,
  },
  {
    room: 'gem',
    rooms: [...neutral, 'e5', 'nearest-name.ts'],
    packages: /^(node:events|rxjs)$/,
  },
  { room: 'otel', rooms: ['errors.ts', 'metrics'], packages: /^@opentelemetry\/api$/ },
  { room: 'e5', rooms: ['errors.ts', 'describe-value.ts', 'nearest-name.ts', 'secs2'], packages: /^$/ },
  { room: 'secs2', rooms: ['errors.ts'], packages: /^iconv-lite$/ },
  {
    room: 'testing',
    rooms: [...neutral, 'hsms'],
    packages: /^node:(events|stream)$/,
  },
  { room: 'errors.ts', rooms: [], packages: /^$/ },
  { room: 'short-inspect.ts', rooms: [], packages: /^$/ },
  { room: 'describe-value.ts', rooms: [], packages: /^$/ },
  { room: 'nearest-name.ts', rooms: [], packages: /^$/ },
  { room: 'check.ts', rooms: ['errors.ts', 'nearest-name.ts'], packages: /^$/ },
  { room: 'clock.ts', rooms: [], packages: /^node:perf_hooks$/ },
  // Tools show that the public interface is enough: they import the doors alone.
  {
    room: 'cli',
    // And the clock by itself: `--help` need not wait until the library is loaded.
    rooms: [
      'index.ts',
      'clock.ts',
      'secs2/index.ts',
      'e5/index.ts',
      'gem/index.ts',
      'log/index.ts',
      'capture/index.ts',
      'secs1/index.ts',
      'bridge/index.ts',
    ],
    packages: /^(node:|commander$)/,
  },
  {
    room: 'index.ts',
    rooms: [...neutral, 'watch', 'hsms'],
    packages: /^$/,
  },
];

/** The files of the network room that may make sockets. */
const socketFiles = ['network.ts'];

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  const pattern = /^(?:import|export)\s+(type\s)?[^;]*?from '([^']+)'/gm;
  return [...text.matchAll(pattern)].map((match) => ({
    file,
    specifier: match[2] as string,
    typeOnly: match[1] !== undefined,
  }));
}

const targetOf = ({ file, specifier }: Import): string =>
  relative(src, join(src, dirname(file), specifier)).replace(/\.js$/, '.ts');

const within = (path: string, room: string): boolean => path === room || path.startsWith(`${room}/`);

/** The groups of files that reach one another (strongly connected components of more than one file). */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const index = order.size;
    order.set(file, index);
    stack.push(file);
    let low = index;
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (stack.includes(next)) low = Math.min(low, lowest.get(next) ?? order.get(next) ?? low);
      lowest.set(file, low);
    }
    if (low === index) {
      const circle = stack.splice(stack.indexOf(file));
      if (circle.length > 1 || graph.get(file)?.includes(file)) circles.push(circle.sort());
    }
    return low;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}

describe('rooms', () => {
  it('keeps the procedures of E37 free of sockets, streams and time', () => {
    for (const name of ['procedures.ts', 'procedures-received.ts', 'procedures-state.ts']) {
      const values = importsOf(`hsms/procedures/${name}`).filter(({ typeOnly }) => !typeOnly);
      for (const found of values) expect(targetOf(found)).toMatch(/^hsms\/(wire|procedures)\//);
    }
  });

  it('keeps the line machine of E4 free of bytes on their way, streams and time', () => {
    expect(importsOf('secs1/line/machine.ts').map(targetOf)).toEqual(['secs1/block/block.ts']);
  });

  it.each(files)('%s stands in a room and imports only what the room may', (file) => {
    const rule = rooms.find(({ room }) => within(file, room));
    expect(rule).toBeDefined();
    for (const found of importsOf(file)) {
      if (found.specifier.startsWith('.')) {
        const named = rule?.rooms.flatMap((name) => (name === 'errors.ts' ? ground : [name])) ?? [];
        const allowed = [rule?.room ?? '', ...named];
        const target = targetOf(found);
        expect({ file, target, allowed: allowed.some((room) => within(target, room)) }).toMatchObject({
          allowed: true,
        });
      } else {
        expect(found.specifier).toMatch(rule?.packages ?? /^$/);
      }
    }
  });

  it('has no circle of files, those of types included', () => {
    expect(circlesOf(new Map(files.map((file) => [file, importsOf(file).map(targetOf)])))).toEqual([]);
  });

  it('shows at most 16 files in a folder, but for the streams of E5, one file each', () => {
    const counts = new Map<string, number>();
    for (const folder of files.map((file) => dirname(file))) {
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    counts.delete('e5/streams');
    expect([...counts].filter(([, count]) => count > 16)).toEqual([]);
  });

  it('has each import lead to a file', () => {
    const relativeImports = files.flatMap(importsOf).filter(({ specifier }) => specifier.startsWith('.'));
    expect(relativeImports.length).toBeGreaterThan(50);
    for (const found of relativeImports) expect(files).toContain(targetOf(found));
  });

  it('touches node:net, but for its types, in one file, and in the proxy, which passes on raw bytes', () => {
    const users = files
      .flatMap(importsOf)
      .filter(({ specifier, typeOnly }) => specifier === 'node:net' && !typeOnly)
      .map(({ file }) => file.replace('network/', ''));
    // peer-address.ts uses its address parser, not its sockets.
    const others = ['peer-address.ts', 'cli/proxy/forward.ts', 'cli/proxy/server.ts'];
    expect(users.filter((file) => !others.includes(file))).toEqual(socketFiles);
  });

  it('sets timers in clock.ts alone', () => {
    for (const file of files.filter((name) => name !== 'clock.ts')) {
      expect(readFileSync(join(src, file), 'utf8')).not.toMatch(
        /\b(setTimeout|setInterval|setImmediate|Date\.now)\(/,
      );
    }
  });

  it('has no escape from the type checker', () => {
    for (const file of files) {
      expect(readFileSync(join(src, file), 'utf8')).not.toMatch(
        /\bas any\b|: any(\[\])?[;,)=>]|@ts-|eslint-disable/,
      );
    }
  });
});
