import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { EVENTS, ONE_IN_FLIGHT, type Row } from './rows.js';
import { Side, type Program } from './side.js';

const interop = join(__dirname, '../../interop');

export interface Contestant {
  readonly name: string;
  readonly program: Program;
  readonly installed: boolean;
  /** The one row that it takes part in; every row when left out. */
  readonly row?: Row;
}

/** Whether a contestant is measured in this row. */
export function takesPart(one: Contestant, row: Row): boolean {
  return one.row === undefined || one.row === row;
}

/** Who takes part. Both sides of a row are the same contestant. */
export function contestants(compiled: string): readonly Contestant[] {
  // Further options of Node, to profile with: `--cpu-prof`, say.
  const nodeOptions = (process.env['RXSECS_BENCH_NODE_OPTIONS'] ?? '').split(' ').filter(Boolean);
  const node = (file: string): Program => ({
    command: process.execPath,
    args: ['--expose-gc', ...nodeOptions, file],
  });
  const rxsecs = (...variant: string[]): Program => {
    const { command, args } = node(join(compiled, 'speed/rxsecs.js'));
    return { command, args: [...args, ...variant] };
  };
  const python = join(interop, '.venv/bin/python');
  const goSecs = join(interop, '.build/go-secs-speed');
  return [
    { name: 'floor', program: node(join(compiled, 'speed/floor.js')), installed: true },
    { name: 'rxsecs', program: rxsecs(), installed: true },
    { name: 'rxsecs, busyPoll 0', program: rxsecs('asleep'), installed: true, row: ONE_IN_FLIGHT },
    { name: 'rxsecs, busyPoll 0.0002', program: rxsecs('polling'), installed: true, row: ONE_IN_FLIGHT },
    { name: 'rxsecs, compiled', program: rxsecs('compiled'), installed: true, row: EVENTS },
    {
      name: 'go-secs 2.8',
      program: { command: goSecs, args: [] },
      installed: existsSync(goSecs),
    },
    {
      name: 'secs4js 0.4',
      program: node(join(__dirname, 'peers/secs4js.mjs')),
      installed: existsSync(join(interop, '.build/secs4js/node_modules/secs4js')),
    },
    {
      name: 'secsgem 0.3',
      program: { command: python, args: [join(__dirname, 'peers/secsgem_speed.py')] },
      installed: existsSync(python),
    },
  ];
}

/** A host and `tools` equipments in a process each, selected. */
export class Pair {
  readonly host: Side;
  readonly equipment: Side;

  constructor({ program }: Contestant, compiled: string, library: string) {
    const env = {
      ...process.env,
      RXSECS_BENCH_LIBRARY: library,
      RXSECS_BENCH_COMPILED: compiled,
      RXSECS_BENCH_INTEROP: interop,
    };
    this.host = new Side(program, env);
    this.equipment = new Side(program, env);
  }

  /** Returns the seconds it took until all were selected. */
  async connect(tools: number, seconds: number): Promise<number> {
    const from = await freePorts(tools);
    await this.equipment.ask('listen', [from, tools], seconds);
    return this.host.ask<number>('connect', [from, tools], seconds);
  }

  async end(): Promise<void> {
    await Promise.all([this.host.end(), this.equipment.end()]);
  }
}

/** The first of so many ports in a row that nobody listens on, below those that the system hands out. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const from = 10_000 + Math.floor(Math.random() * (22_000 - count));
    let free = true;
    for (let port = from; free && port < from + count; port++) free = await isFree(port);
    if (free) return from;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
