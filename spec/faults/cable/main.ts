import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { CableEntityOptions } from './entity.js';
import { blackHole, namespaces, type Wire } from './wires.js';

/** Seconds that a bound allows on top: timers of two processes, and the pull itself. */
const SLACK = 0.5;
/** TCP keep-alive as Node sets it: ten probes a second apart. */
const KEEP_ALIVE_PROBES = 10;

const CONNECTION = { t6: 1, keepAliveDelay: 60, sendTimeout: 60 };
const SESSION = { t3: 2, linktestInterval: 1, maxLinktestFailures: 1 };

interface Case {
  readonly name: string;
  readonly traffic: CableEntityOptions['traffic'];
  readonly connection: CableEntityOptions['connection'];
  readonly session: CableEntityOptions['session'];
  readonly bound: number;
  readonly formula: string;
  /** Only real packets show it. */
  readonly needsWire?: true;
  /** Part of the short form. */
  readonly quick?: true;
}

const CASES: readonly Case[] = [
  {
    name: 'idle',
    quick: true,
    traffic: 'idle',
    connection: CONNECTION,
    session: SESSION,
    bound: 2,
    formula: 'linktestInterval + T6',
  },
  {
    name: 'idle, 2 failures',
    traffic: 'idle',
    connection: CONNECTION,
    session: { ...SESSION, maxLinktestFailures: 2 },
    bound: 4,
    formula: '2 (linktestInterval + T6)',
  },
  {
    name: 'requests that overlap',
    quick: true,
    traffic: 'requests',
    connection: CONNECTION,
    session: SESSION,
    bound: 4,
    formula: 'T3 + linktestInterval + T6',
  },
  {
    name: 'idle, no linktest',
    traffic: 'idle',
    connection: { ...CONNECTION, keepAliveDelay: 2 },
    session: { ...SESSION, linktestInterval: 0 },
    bound: 2 + KEEP_ALIVE_PROBES + 1,
    formula: 'keepAliveDelay + 11 s',
    needsWire: true,
  },
  {
    name: 'flood, no linktest',
    traffic: 'flood',
    connection: { ...CONNECTION, sendTimeout: 2 },
    session: { ...SESSION, linktestInterval: 0 },
    bound: 4,
    formula: 'sendTimeout once the buffers are full (2 s here)',
  },
];

interface Told {
  readonly role: 'active' | 'passive';
  readonly event: string;
  readonly at: number;
  readonly reason?: string;
}

function start(wire: Wire, options: CableEntityOptions, onTold: (told: Told) => void): ChildProcess {
  const node = [
    process.execPath,
    '--disable-warning=HSMS_SETTING_RANGE',
    '-r',
    'ts-node/register',
    join(__dirname, 'entity.ts'),
  ];
  const [command = '', ...args] = [...wire.prefix(options.role), ...node, JSON.stringify(options)];
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('message', (told) => onTold(told as Told));
  return child;
}

async function until(condition: () => boolean, seconds: number): Promise<boolean> {
  const end = performance.now() + seconds * 1000;
  while (!condition() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  return condition();
}

/** Pulls the cable once; prints when each side noticed, and returns whether both did in time. */
async function measure(
  wire: Wire,
  { name, traffic, connection, session, bound, formula }: Case,
): Promise<boolean> {
  const told: Told[] = [];
  const side = (role: 'active' | 'passive', address: string, port: number): ChildProcess =>
    start(wire, { role, address, port, traffic, connection, session }, (what) => told.push(what));
  const passive = side('passive', wire.listenAddress, wire.listenPort);
  const active = side('active', wire.connectAddress, wire.connectPort);
  try {
    const has = (role: string, event: string): Told | undefined =>
      told.find((what) => what.role === role && what.event === event);
    const up = await until(
      () => has('active', 'selected') !== undefined && has('passive', 'selected') !== undefined,
      40,
    );
    if (!up) throw new Error(`${name}: the two sides were not selected`);
    await new Promise((resolve) => setTimeout(resolve, 700));
    told.length = 0;
    const pulled = Date.now();
    wire.pull();
    await until(
      () => has('active', 'noticed') !== undefined && has('passive', 'noticed') !== undefined,
      bound + 5,
    );
    const results = (['active', 'passive'] as const).map((role) => {
      const noticed = has(role, 'noticed');
      const seconds = noticed === undefined ? Infinity : (noticed.at - pulled) / 1000;
      return {
        text: `${role} ${seconds.toFixed(2)} s (${noticed?.reason ?? 'not noticed'})`,
        good: seconds <= bound + SLACK,
      };
    });
    const good = results.every((result) => result.good);
    console.log(
      `${name}: ${results.map(({ text }) => text).join(', ')}; bound ${formula} = ${bound} s: ${good ? 'kept' : 'BROKEN'}`,
    );
    return good;
  } finally {
    for (const child of [passive, active]) child.kill('SIGKILL');
  }
}

async function main(): Promise<void> {
  let good = true;
  const quick = process.argv.includes('--quick');
  for (const one of CASES) {
    if (quick && one.quick !== true) continue;
    const wire = process.argv.includes('--proxy') ? await blackHole() : (namespaces() ?? (await blackHole()));
    if (one === CASES[0]) {
      console.log(`cable pull: ${wire.name}`);
      if (wire.prefix('active').length === 0)
        console.log('network namespaces are not used: not permitted here, or --proxy was given');
    }
    try {
      if (one.needsWire === true && wire.prefix('active').length === 0) {
        console.log(`${one.name}: left out, the proxy's system answers keep-alive probes`);
      } else good = (await measure(wire, one)) && good;
    } finally {
      await wire.remove();
    }
  }
  process.exitCode = good ? 0 : 1;
}

void main();
