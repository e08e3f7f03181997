// Measures an equipment, and prints rates, CPU and memory:
//   npx ts-node -T bench/gem-equipment.ts [seconds of each part, default 5]
// The host answers in a thread of its own; both ends are real sockets on the loopback interface.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { HsmsActiveConnection, HsmsPassiveConnection, HsmsSession } from '../src/index.js';
import {
  defineEquipment,
  GemEquipment,
  memoryStore,
  openFileStore,
  type EquipmentDefinition,
  type GemStore,
  type VariableDefinition,
} from '../src/gem/index.js';
import { B, BOOLEAN, L, S, U1, type SecsMessage } from '../src/secs2/index.js';

/** Two reports of ten values each. */
const VALUES = 20;
const CEID = 100;

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `Value${i}`);

function definition(variables: number): EquipmentDefinition {
  const of = (i: number): VariableDefinition =>
    i % 2 === 0 ? { id: 2000 + i, format: 'F4', initial: i } : { id: 2000 + i, format: 'U4', initial: i };
  return {
    model: 'BENCH',
    softwareRevision: '1.0',
    variables: Object.fromEntries(names(variables).map((name, i) => [name, of(i)])),
    events: { Happened: { id: CEID } },
    reports: {
      First: { id: 1, values: names(VALUES / 2), events: ['Happened'] },
      Second: { id: 2, values: names(VALUES).slice(VALUES / 2), events: ['Happened'] },
    },
    spool: { maxMessages: 1_000_000 },
  };
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** The host: establishes, enables all events, and acknowledges what comes. */
async function host(ports: readonly number[]): Promise<void> {
  const sessions = ports.map((port) => {
    const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', port, 0));
    const ack = B(0);
    session.events.on('primary', (primary) => {
      const { name } = primary.message;
      void primary.reply(name === 'S1F13' ? L(B(0), L()) : name === 'S1F1' ? L() : ack);
    });
    return session;
  });
  for (const session of sessions) {
    await session.connection.enable();
    await session.selected();
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (const session of sessions) await session.request(S(2, 37).w(L(BOOLEAN(true), L())));
  parentPort?.on('message', (message: { readonly ask: string }) => {
    const [session] = sessions;
    if (session === undefined) return;
    const asked: SecsMessage = message.ask === 'S6F23' ? S(6, 23).w(U1(0)) : S(1, 3).w(L());
    const began = performance.now();
    void session.request(asked).then((reply) => {
      parentPort?.postMessage({ took: performance.now() - began, count: reply.item?.length ?? 0 });
    });
  });
  parentPort?.postMessage('ready');
}

/** One equipment on a free port, started. */
async function equipment(
  model: EquipmentDefinition,
  store?: GemStore,
): Promise<{ tool: GemEquipment; port: number; session: HsmsSession }> {
  const connection = new HsmsPassiveConnection('127.0.0.1', 0, 0, undefined, { bindAddress: '127.0.0.1' });
  const session = new HsmsSession(connection, { entity: 'equipment' });
  const tool = new GemEquipment(session, defineEquipment(model), store === undefined ? {} : { store });
  tool.start();
  await connection.enable();
  return { tool, port: connection.boundAddress?.port ?? 0, session };
}

async function withHost(ports: readonly number[]): Promise<Worker> {
  const worker = new Worker(__filename, {
    workerData: ports,
    execArgv: ['-r', 'ts-node/register/transpile-only'],
  });
  await new Promise((resolve) => worker.once('message', resolve));
  return worker;
}

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;

const row = (name: string, result: string): void => console.log(`${name.padEnd(60)} ${result}`);

/** Events as fast as they are acknowledged. */
async function events(seconds: number): Promise<void> {
  const { tool, port, session } = await equipment(definition(VALUES));
  const worker = await withHost([port]);
  const until = performance.now() + seconds * 1000;
  const before = cpuSeconds();
  let count = 0;
  let sent = 0;
  const tally = (delivery: string): void => void (delivery === 'sent' && sent++);
  let waiting: Promise<unknown> = Promise.resolve();
  while (performance.now() < until) {
    // Values change, as those of a tool do; the queue is kept short.
    for (let i = 0; i < 64; i++) {
      tool.set('Value0', count);
      waiting = tool.raise('Happened').then(tally);
      count++;
    }
    await waiting;
  }
  const cpu = cpuSeconds() - before;
  if (sent !== count) throw new Error(`${count} were raised, ${sent} acknowledged`);
  row(
    'S6F11 raised to acknowledged, 2 x 10 values, window 16',
    `${Math.round(count / seconds).toLocaleString('en')} /s, ${((cpu / count) * 1e6).toFixed(1)} µs CPU of the process each`,
  );
  await worker.terminate();
  await session.connection.dispose();
}

/** Building alone: the session answers at once. */
async function building(): Promise<void> {
  const { tool, session } = await equipment(definition(VALUES));
  await session.connection.dispose();
  const count = 200_000;
  const acked = S(6, 12, B(0));
  let bytes = 0;
  // The session is replaced below the equipment: what is left is the making of the message, encoded.
  Object.defineProperties(session, {
    currentAvailability: { get: () => 'usable' },
    request: {
      value: (message: SecsMessage) => {
        if (message.stream === 1)
          return Promise.resolve(message.function === 13 ? S(1, 14, L(B(0), L())) : S(1, 2, L()));
        bytes += message.encode().length;
        return Promise.resolve(acked);
      },
    },
  });
  session.events.emit('availability', 'usable');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await enable(session);
  for (const round of ['warm', 'measured']) {
    const before = process.cpuUsage();
    let waiting: Promise<unknown> = Promise.resolve();
    for (let i = 0; i < count; i++) {
      tool.set('Value0', i);
      waiting = tool.raise('Happened');
      if (i % 16 === 15) await waiting;
    }
    const { user, system } = process.cpuUsage(before);
    if (round === 'measured')
      row(
        'one S6F11 set, raised, built and encoded',
        `${((user + system) / count).toFixed(2)} µs CPU, ${bytes / count / 2} bytes`,
      );
  }
}

/** The host's S2F37, put in below the session. */
function enable(session: HsmsSession): Promise<void> {
  return new Promise((resolve) => {
    const message = S(2, 37).w(L(BOOLEAN(true), L()));
    const header = {
      sessionId: 0,
      stream: 2,
      function: 37,
      wBit: true,
      systemBytes: 1,
      toBytes: () => Buffer.alloc(10),
    };
    const primary = {
      message,
      header,
      wantsReply: true,
      replied: false,
      reply: () => Promise.resolve(resolve()),
    };
    session.events.emit('primary', primary as never);
  });
}

/** Many equipments in one process, each with one event a second. */
async function many(count: number, seconds: number): Promise<void> {
  const heap = process.memoryUsage().rss;
  const tools = [];
  for (let i = 0; i < count; i++) tools.push(await equipment(definition(VALUES), memoryStore()));
  const worker = await withHost(tools.map(({ port }) => port));
  const before = cpuSeconds();
  const began = performance.now();
  let delivered = 0;
  for (let tick = 0; tick < seconds * 20; tick++) {
    for (let i = tick % 20; i < count; i += 20) {
      void tools[i]?.tool.raise('Happened').then((delivery) => (delivered += delivery === 'sent' ? 1 : 0));
    }
    await new Promise((resolve) =>
      setTimeout(resolve, Math.max(0, began + (tick + 1) * 50 - performance.now())),
    );
  }
  const cpu = ((cpuSeconds() - before) / ((performance.now() - began) / 1000)) * 100;
  row(
    `${count} equipments, 1 event/s each (host thread included)`,
    `${cpu.toFixed(0)} % of a core, ${delivered} delivered, RSS +${mebibytes(process.memoryUsage().rss - heap)}`,
  );
  await worker.terminate();
  for (const { session } of tools) await session.connection.dispose();
}

async function ask(worker: Worker, what: string): Promise<{ readonly took: number; readonly count: number }> {
  worker.postMessage({ ask: what });
  return new Promise((resolve) => worker.once('message', resolve));
}

async function manyVariables(): Promise<void> {
  const { port, session } = await equipment(definition(10_000));
  const worker = await withHost([port]);
  const times: number[] = [];
  for (let i = 0; i < 30; i++) times.push((await ask(worker, 'S1F3')).took);
  times.sort((a, b) => a - b);
  row('S1F3 of 10,000 SVs, request to reply, median', `${times[15]?.toFixed(2)} ms`);
  await worker.terminate();
  await session.connection.dispose();
}

/** Unloads a spool on disk: one open transaction. */
async function spool(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rxsecs-gem-bench-'));
  try {
    const store = await openFileStore(join(folder, 'store'));
    const first = await equipment(definition(VALUES), store);
    const worker = await withHost([first.port]);
    await first.tool.operator.setConstant('EnableSpooling', true);
    await worker.terminate();
    await new Promise((resolve) => setTimeout(resolve, 200));
    let began = performance.now();
    const appended = Array.from({ length: count }, () => first.tool.raise('Happened'));
    const became = await Promise.all(appended);
    if (became.some((delivery) => delivery !== 'spooled')) throw new Error('not all were spooled');
    row(
      `spooled on disk, ${count.toLocaleString('en')} S6F11`,
      `${Math.round((count / (performance.now() - began)) * 1000).toLocaleString('en')} /s`,
    );
    const again = await withHost([first.port]);
    began = performance.now();
    const done = new Promise<void>((resolve) =>
      first.tool.transitions.subscribe(({ model, to }) => {
        if (model === 'spooling' && to === 'INACTIVE') resolve();
      }),
    );
    again.postMessage({ ask: 'S6F23' });
    await done;
    row(
      `sent from the spool, one open transaction`,
      `${Math.round((count / (performance.now() - began)) * 1000).toLocaleString('en')} /s`,
    );
    await again.terminate();
    await first.session.connection.dispose();
    await store.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  const seconds = Number(process.argv[2] ?? 5);
  await building();
  await events(seconds);
  await manyVariables();
  await spool(20_000);
  await many(2000, seconds);
}

if (isMainThread) void main();
else void host(workerData as readonly number[]);
