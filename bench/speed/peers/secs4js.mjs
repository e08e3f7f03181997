// secs4js on both sides of the benchmark: the same messages as rxsecs.ts, by its own interface.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { RXSECS_BENCH_COMPILED: compiled, RXSECS_BENCH_INTEROP: interop } = process.env;
const require = createRequire(join(interop, '.build/secs4js/'));
const secs4js = await import(pathToFileURL(require.resolve('secs4js')));
const { A, B, F8, L, U4, HsmsActiveCommunicator, HsmsPassiveCommunicator, Secs2ItemAscii } = secs4js;
const { collect, serve } = require(join(compiled, 'speed/serve.js'));
const traffic = require(join(compiled, 'speed/traffic.js'));
const { epochMilliseconds, HOST, MODEL, PROGRAM_NAME, REVISION, STATE, Stopwatch, VALUES, WINDOW } = traffic;

const events = new traffic.Tally();
const programs = new traffic.Tally();
const hosts = [];
const tools = [];

const settings = (port, isEquip) => ({
  ip: HOST,
  port,
  deviceId: traffic.SESSION_ID,
  isEquip,
  name: isEquip ? 'tool' : 'host',
  linkTestInterval: 3_600_000,
  log: { enabled: false },
});

const fail = (error) => console.error(error.message);

async function listen(from, count) {
  for (let i = 0; i < count; i++) {
    const tool = new HsmsPassiveCommunicator(settings(from + i, true));
    tool.on('error', fail);
    tool.on('message', (message) => {
      if (message.stream === 1) void tool.reply(message, 1, 2, L(A(MODEL), A(REVISION)));
      else if (message.stream === 7) programs.add(bytesOf(message));
    });
    tools.push(tool);
    await tool.open();
  }
}

async function connect(from, count) {
  const begin = performance.now();
  const selected = [];
  for (let i = 0; i < count; i++) {
    const host = new HsmsActiveCommunicator(settings(from + i, false));
    host.on('error', fail);
    host.on('message', (message) => {
      events.add(sumOf(message));
      if (message.wBit) void host.reply(message, 6, 12, B(Buffer.of(0)));
    });
    hosts.push(host);
    selected.push(new Promise((resolve) => host.once('selected', resolve)));
    void host.open();
  }
  await Promise.all(selected);
  return (performance.now() - begin) / 1000;
}

async function roundTrips(inFlight, milliseconds) {
  const watch = new Stopwatch(milliseconds);
  const loop = async () => {
    for (let now = performance.now(); now !== undefined; now = watch.lap(now)) {
      const reply = await hosts[0].send(1, 1, true);
      const [model, revision] = reply.body.value;
      if (model.value !== MODEL || revision.value !== REVISION) throw new Error('wrong reply');
    }
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
  return watch.result();
}

function event(n) {
  const values = [];
  for (let k = 0; k < VALUES; k++) {
    values.push(k % 3 === 0 ? U4(n + 1000 * k) : k % 3 === 1 ? F8(n / 2 + 1.5 * k) : A(STATE));
  }
  return L(U4(n), U4(1001), L(L(U4(2001), L(...values))));
}

const number = (item) => Number(Array.isArray(item.value) ? item.value[0] : item.value);

function sumOf(message) {
  const [dataId, ceid, reports] = message.body.value;
  let sum = number(dataId) + number(ceid);
  for (const report of reports.value) {
    const [id, values] = report.value;
    sum += number(id);
    for (const value of values.value) {
      if (value instanceof Secs2ItemAscii) sum += value.value.length + value.value.charCodeAt(0);
      else sum += number(value);
    }
  }
  return sum;
}

async function sendEvents(count) {
  const begin = epochMilliseconds();
  for (let n = 0; n < count; n++) {
    const sent = tools[0].send(6, 11, false, event(n));
    if (n % WINDOW === WINDOW - 1) await sent;
  }
  return { begin };
}

function bytesOf(message) {
  const { value } = message.body.value[1];
  return value.length + value[value.length - 1];
}

async function sendPrograms(count, bytes) {
  const body = Buffer.alloc(bytes, 1);
  const begin = epochMilliseconds();
  for (let n = 0; n < count; n++) await hosts[0].send(7, 3, false, L(A(PROGRAM_NAME), B(body)));
  return { begin };
}

async function eventsOfAll(milliseconds) {
  const begin = performance.now();
  const end = begin + milliseconds;
  const loop = async (tool) => {
    let n = 0;
    while (performance.now() < end) await tool.send(6, 11, true, event(n++));
    return n;
  };
  const counts = await Promise.all(tools.map(loop));
  return { counts, seconds: (performance.now() - begin) / 1000 };
}

serve({
  listen,
  connect,
  roundTrips,
  sendEvents,
  receiveEvents: (count) => events.receive(count),
  sendPrograms,
  receivePrograms: (count) => programs.receive(count),
  eventsOfAll,
  collect,
});
