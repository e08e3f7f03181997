/*
 * Ten thousand tools in one host: each has a connection of its own from an address of 127.0.0.0/8, is selected, is quiet but for
 * its Linktests, then sends one event a second and waits for its acknowledgement. Host and tools are a process each.
 * `npm run bench:many`, with the number of tools and the seconds behind `--`.
 */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { HsmsActiveConnection, HsmsSession } from '../src/index.js';
import type * as Items from '../src/secs2/index.js';
import { library, libraryFile } from './support/library.js';
import { watchQuiet, type Quiet } from './support/quiet.js';
import { machine, record } from './support/results.js';

const items = createRequire(__filename)(join(dirname(libraryFile), 'secs2/index.js')) as typeof Items;
const { A, B, F8, L, S, U4 } = items;

const SESSION_ID = 1;
const LINKTEST_SECONDS = 15;
/** Intervals of Linktest for which there is nothing else. */
const QUIET_INTERVALS = 3;
/** Connections that are begun at a time: as many as a listening port takes before it is looked at. */
const AT_ONCE = 250;

const addressOf = (tool: number): string =>
  `127.${1 + (tool >> 14)}.${(tool >> 7) & 127}.${1 + (tool & 127)}`;

interface Usage {
  readonly cpuSeconds: number;
  readonly rss: number;
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuSeconds: (user + system) / 1e6, rss: process.memoryUsage.rss() };
}

interface Told {
  readonly port?: number;
  readonly figures?: {
    readonly events: number;
    readonly failed: number;
    /** Milliseconds from the event to its acknowledgement. */
    readonly p50: number;
    readonly p99: number;
    readonly slowest: number;
    readonly cpuSeconds: number;
    readonly rss: number;
  };
}

/** The tools, in a process of their own. */
async function tools(count: number, seconds: number): Promise<void> {
  const server = new library.HsmsMultiPassiveServer(0, { bindAddress: '127.0.0.1' });
  const sessions: HsmsSession[] = [];
  for (let tool = 0; tool < count; tool++) {
    sessions.push(
      new library.HsmsSession(server.createConnection(addressOf(tool), SESSION_ID), { entity: 'equipment' }),
    );
  }
  await server.enable();
  process.send?.({ port: server.boundAddress?.port ?? 0 } satisfies Told);
  await once(process, 'message');
  const before = usage();
  const times: number[] = [];
  let failed = 0;
  const live = async (session: HsmsSession, tool: number): Promise<void> => {
    const begin = performance.now();
    await delay((tool / count) * 1000);
    for (let n = 0; performance.now() - begin < seconds * 1000; n++) {
      const sent = performance.now();
      try {
        await session.request(S(6, 11, L(U4(n), U4(1001), L(L(U4(1), L(F8(n / 3), A('RUNNING')))))).w());
        times.push(performance.now() - sent);
      } catch {
        failed++;
      }
      await delay(Math.max(0, 1000 - (performance.now() - sent)));
    }
  };
  await Promise.all(sessions.map(live));
  const after = usage();
  times.sort((a, b) => a - b);
  const at = (part: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
  process.send?.({
    figures: {
      events: times.length,
      failed,
      p50: at(0.5),
      p99: at(0.99),
      slowest: at(1),
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      rss: after.rss,
    },
  } satisfies Told);
  await once(process, 'disconnect');
  process.exit(0);
}

async function host(count: number, seconds: number): Promise<void> {
  const child = fork(__filename, [String(count), String(seconds), 'tools'], { execArgv: process.execArgv });
  const told = async (): Promise<Told> => (await once(child, 'message'))[0] as Told;
  const { port = 0 } = await told();
  const empty = usage();
  const connections: HsmsActiveConnection[] = [];
  const sessions: HsmsSession[] = [];
  const begin = performance.now();
  for (let tool = 0; tool < count; tool += AT_ONCE) {
    const selected: Promise<void>[] = [];
    for (let each = tool; each < Math.min(count, tool + AT_ONCE); each++) {
      const connection = new library.HsmsActiveConnection('127.0.0.1', port, SESSION_ID, undefined, {
        bindAddress: addressOf(each),
      });
      const session = new library.HsmsSession(connection, { linktestInterval: LINKTEST_SECONDS });
      session.primaries.subscribe((primary) => void primary.reply(B(0)));
      connections.push(connection);
      sessions.push(session);
      void connection.enable();
      selected.push(session.selected());
    }
    await Promise.all(selected);
  }
  const selectSeconds = (performance.now() - begin) / 1000;
  // The worst there can be: the intervals of all begin in the same moment.
  for (const session of sessions) session.configure({ linktestInterval: LINKTEST_SECONDS });
  const quiet: Quiet[] = [];
  for (let interval = 0; interval < QUIET_INTERVALS; interval++)
    quiet.push(await watchQuiet(LINKTEST_SECONDS * 1.05 + (interval === 0 ? 2 : 0)));
  const before = usage();
  child.send('begin');
  const { figures } = await told();
  const after = usage();
  if (figures === undefined) throw new Error('the tools told no figures');
  const share = (cpu: number): string => `${((cpu / seconds) * 100).toFixed(0)} % of a core`;
  const text = [
    `${count} connections of one process, each from an address of its own, one S6F11 a second on each for ${seconds} s:`,
    '',
    `- selected after ${selectSeconds.toFixed(1)} s`,
    ...quiet.map(
      (told, index) =>
        `- ${index === 0 ? `all Linktests due in one moment, every ${LINKTEST_SECONDS} s` : 'the interval after that'}: ` +
        `${told.linktests} sent, ${told.failed} failed, ${told.atOnce} within 10 ms at most; answered after p50 ${told.p50.toFixed(1)} ms, ` +
        `slowest ${told.slowest.toFixed(1)} ms; event loop held up for ${told.heldUp.toFixed(1)} ms at most`,
    ),
    `- ${figures.events} events acknowledged, ${figures.failed} failed; event to acknowledgement: p50 ${figures.p50.toFixed(2)} ms, ` +
      `p99 ${figures.p99.toFixed(2)} ms, slowest ${figures.slowest.toFixed(1)} ms`,
    `- host: ${share(after.cpuSeconds - before.cpuSeconds)}, ${((after.rss - empty.rss) / count / 1024).toFixed(1)} KiB a connection; ` +
      `tools: ${share(figures.cpuSeconds)}`,
  ].join('\n');
  console.log(`${machine()}\n\n${text}`);
  if (figures.failed > 0 || figures.events < count * (seconds - 1)) {
    console.error('events are missing');
    process.exitCode = 1;
  } else if (count >= 10_000 && seconds >= 60) record('Ten thousand connections', `${machine()}\n\n${text}`);
  child.disconnect();
  process.exit();
}

const [, , count = '10000', seconds = '60', role] = process.argv;
void (role === 'tools' ? tools : host)(Number(count), Number(seconds)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
