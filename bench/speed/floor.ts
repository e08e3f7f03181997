import { once } from 'node:events';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { BareLink } from './floor-link.js';
import {
  programLength,
  readEvent,
  readModel,
  writeEvent,
  writeModel,
  writeProgramHead,
  EVENT_BYTES,
  MODEL_BYTES,
} from './floor-codec.js';
import { collect, serve } from './serve.js';
import {
  epochMilliseconds,
  HOST,
  MODEL,
  REVISION,
  Stopwatch,
  Tally,
  WINDOW,
  type RoundTrips,
} from './traffic.js';

/*
 * The least that this traffic can cost in Node: sockets, and a codec for these very messages written out by hand. No
 * objects for messages, no promises, no timers, no checks of what the peer says, no choice of what comes next. Values are
 * built and read all the same.
 */

const SELECT_REQ = 1;
const SELECT_RSP = 2;

const events = new Tally();
const programs = new Tally();
const hosts: BareLink[] = [];
const tools: BareLink[] = [];

/** What is done with replies to the requests of a link, by their system bytes. */
const onReply = new Map<BareLink, (systemBytes: number, bytes: Buffer, body: number) => void>();

function toolOf(socket: Socket): void {
  const link: BareLink = new BareLink(socket, (bytes, head, end) => {
    if (bytes[head + 5] === SELECT_REQ) {
      link.begin(0xffff, 0, 0, SELECT_RSP, bytes.readUInt32BE(head + 6), 0);
    } else if (bytes[head + 2] === 0x81) {
      const at = link.begin(1, 1, 2, 0, bytes.readUInt32BE(head + 6), MODEL_BYTES);
      writeModel(link.out, at);
    } else if ((bytes[head + 2] as number) === 7) {
      programs.add(programLength(bytes, head + 10, end));
    } else {
      onReply.get(link)?.(bytes.readUInt32BE(head + 6), bytes, head + 10);
    }
  });
  tools.push(link);
}

async function listen(from: number, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const server = createServer({ noDelay: true }, toolOf).listen(from + i, HOST);
    await once(server, 'listening');
  }
}

async function connect(from: number, count: number): Promise<number> {
  const begin = performance.now();
  await Promise.all(Array.from({ length: count }, (_, i) => select(from + i)));
  return (performance.now() - begin) / 1000;
}

function select(port: number): Promise<void> {
  const socket = connectSocket({ host: HOST, port, noDelay: true });
  return new Promise((resolve) => {
    const link: BareLink = new BareLink(socket, (bytes, head) => {
      if (bytes[head + 5] === SELECT_RSP) resolve();
      else if (((bytes[head + 2] as number) & 0x7f) === 6) {
        events.add(readEvent(bytes, head + 10));
        if ((bytes[head + 2] as number) > 0x7f) {
          const at = link.begin(1, 6, 12, 0, bytes.readUInt32BE(head + 6), 3);
          link.out[at] = 0x21;
          link.out[at + 1] = 1;
          link.out[at + 2] = 0;
        }
      } else onReply.get(link)?.(bytes.readUInt32BE(head + 6), bytes, head + 10);
    });
    hosts.push(link);
    socket.on('connect', () => link.begin(0xffff, 0, 0, SELECT_REQ, 1, 0));
  });
}

function first(links: readonly BareLink[]): BareLink {
  const [link] = links;
  if (link === undefined) throw new Error('connect first');
  return link;
}

function roundTrips(inFlight: number, milliseconds: number): Promise<RoundTrips> {
  const link = first(hosts);
  const started = new Float64Array(inFlight).fill(performance.now());
  const watch = new Stopwatch(milliseconds);
  let underWay = inFlight;
  return new Promise((resolve, reject) => {
    onReply.set(link, (slot, bytes, body) => {
      const [model, revision] = readModel(bytes, body);
      if (model !== MODEL || revision !== REVISION) reject(new Error('wrong reply'));
      const now = watch.lap(started[slot] as number);
      if (now !== undefined) {
        started[slot] = now;
        link.begin(1, 0x81, 1, 0, slot, 0);
      } else if (--underWay === 0) resolve(watch.result());
    });
    for (let slot = 0; slot < inFlight; slot++) link.begin(1, 0x81, 1, 0, slot, 0);
  });
}

/** Writes events side by side, `WINDOW` for each write, and goes on when the socket takes more. */
function sendEvents(count: number): Promise<{ begin: number }> {
  const link = first(tools);
  const begin = epochMilliseconds();
  let n = 0;
  return new Promise((resolve) => {
    const burst = (): void => {
      const end = Math.min(count, n + WINDOW);
      for (; n < end; n++) {
        const at = link.begin(1, 6, 11, 0, n, EVENT_BYTES);
        writeEvent(link.out, at, n);
      }
      if (n === count) resolve({ begin });
      else link.afterFlush(burst);
    };
    burst();
  });
}

function sendPrograms(count: number, bytes: number): Promise<{ begin: number }> {
  const link = first(hosts);
  const program = Buffer.alloc(bytes, 1);
  const begin = epochMilliseconds();
  let n = 0;
  return new Promise((resolve) => {
    const next = (): void => {
      if (n++ === count) return resolve({ begin });
      // Built as a user would: the bytes are taken over, so that the user's own may change.
      link.sendLarge(writeProgramHead(bytes, n), Buffer.from(program), next);
    };
    next();
  });
}

function eventsOfAll(milliseconds: number): Promise<{ counts: number[]; seconds: number }> {
  const counts = new Array<number>(tools.length).fill(0);
  const begin = performance.now();
  const end = begin + milliseconds;
  let running = tools.length;
  return new Promise((resolve) => {
    tools.forEach((link, index) => {
      const next = (): void => {
        const n = counts[index] as number;
        const at = link.begin(1, 0x86, 11, 0, n, EVENT_BYTES);
        writeEvent(link.out, at, n);
      };
      onReply.set(link, (_systemBytes, bytes, body) => {
        if (bytes[body + 2] !== 0) throw new Error('not acknowledged');
        counts[index] = (counts[index] as number) + 1;
        if (performance.now() < end) next();
        else if (--running === 0) resolve({ counts, seconds: (performance.now() - begin) / 1000 });
      });
      next();
    });
  });
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
