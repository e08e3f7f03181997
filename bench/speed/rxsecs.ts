import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { HsmsPassiveConnection, HsmsSession } from '../../src/index.js';
import type * as Definitions from '../../src/e5/index.js';
import type * as Items from '../../src/secs2/index.js';
import { library, libraryFile } from '../support/library.js';
import { collect, serve } from './serve.js';
import {
  epochMilliseconds,
  HOST,
  MODEL,
  PROGRAM_NAME,
  REVISION,
  SESSION_ID,
  STATE,
  Stopwatch,
  Tally,
  VALUES,
  WINDOW,
  type RoundTrips,
} from './traffic.js';

const items = createRequire(__filename)(join(dirname(libraryFile), 'secs2/index.js')) as typeof Items;
const { A, B, F8, L, S, U4 } = items;
const { HsmsActiveConnection, HsmsPassiveConnection: Passive, HsmsSession: Session } = library;

/** `asleep` and `polling`: never, and always, polls for answers. `compiled`: events by the layout that is known of them. */
const variant = process.argv[2];
const options = {
  ...(variant === 'asleep' && { busyPoll: 0 }),
  ...(variant === 'polling' && { busyPoll: 0.0002 }),
};

const events = new Tally();
const programs = new Tally();
const hosts: HsmsSession[] = [];
const tools: HsmsSession[] = [];

async function listen(from: number, count: number): Promise<void> {
  const passives: HsmsPassiveConnection[] = [];
  for (let i = 0; i < count; i++) {
    const passive = new Passive('', from + i, SESSION_ID, undefined, {
      bindAddress: HOST,
      ...options,
    });
    const tool = new Session(passive, { entity: 'equipment' });
    tool.primaries.subscribe((primary) => {
      const { message } = primary;
      if (message.stream === 1) void primary.reply(L(A(MODEL), A(REVISION)));
      else if (message.stream === 7) programs.add(bytesOf(message));
    });
    passives.push(passive);
    tools.push(tool);
  }
  await Promise.all(passives.map((passive) => passive.enable()));
}

async function connect(from: number, count: number): Promise<number> {
  const begin = performance.now();
  const selected: Promise<void>[] = [];
  for (let i = 0; i < count; i++) {
    const active = new HsmsActiveConnection(HOST, from + i, SESSION_ID, undefined, options);
    const host = new Session(active);
    host.primaries.subscribe((primary) => {
      events.add(readEvent(primary.message));
      if (primary.wantsReply) void primary.reply(B(0));
    });
    hosts.push(host);
    void active.enable();
    selected.push(host.selected());
  }
  await Promise.all(selected);
  return (performance.now() - begin) / 1000;
}

async function roundTrips(inFlight: number, milliseconds: number): Promise<RoundTrips> {
  const [host] = hosts;
  const watch = new Stopwatch(milliseconds);
  const loop = async (): Promise<void> => {
    for (let now: number | undefined = performance.now(); now !== undefined; now = watch.lap(now)) {
      const reply = await host?.request(S(1, 1).w());
      const [model, revision] = reply?.item?.list ?? [];
      if (model?.ascii !== MODEL || revision?.ascii !== REVISION)
        throw new Error(`wrong reply: ${String(reply)}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
  return watch.result();
}

function event(n: number): Items.ListItem {
  const values = new Array<Items.Item>(VALUES);
  for (let k = 0; k < VALUES; k++) {
    values[k] = k % 3 === 0 ? U4(n + 1000 * k) : k % 3 === 1 ? F8(n / 2 + 1.5 * k) : A(STATE);
  }
  return L(U4(n), U4(1001), L(L(U4(2001), L(values))));
}

function sumOf(message: Items.SecsMessage): number {
  const [dataId, ceid, reports] = message.item?.list ?? [];
  let sum = (dataId?.number ?? NaN) + (ceid?.number ?? NaN);
  for (const report of reports?.list ?? []) {
    const [id, values] = report.list;
    sum += id?.number ?? NaN;
    for (const value of values?.list ?? []) {
      if (value.format === 'A') sum += value.ascii.length + value.ascii.charCodeAt(0);
      else sum += value.number;
    }
  }
  return sum;
}

/** Events built and read by the catalogue, straight from and into the bytes. */
function compiled(): {
  make: (n: number) => Items.SecsMessage;
  read: (message: Items.SecsMessage) => number;
} {
  const definitions = createRequire(__filename)(
    join(dirname(libraryFile), 'e5/index.js'),
  ) as typeof Definitions;
  const { reportLayout, S6F11 } = definitions;
  const formats = Array.from({ length: VALUES }, (_, k) => (['U4', 'F8', 'A'] as const)[k % 3] ?? 'A');
  const layout = reportLayout(1001, [{ rptid: 2001, formats }]);
  return {
    make: (n) => {
      const values = new Array<number | string>(VALUES);
      for (let k = 0; k < VALUES; k++) {
        values[k] = k % 3 === 0 ? n + 1000 * k : k % 3 === 1 ? n / 2 + 1.5 * k : STATE;
      }
      return layout.build(n, [values]).noReply();
    },
    read: (message) => {
      const { dataId, ceid, reports } = S6F11.read(message);
      let sum = (dataId as number) + (ceid as number);
      for (const { rptid, vs } of reports) {
        sum += rptid as number;
        for (const value of vs) {
          if (typeof value === 'string') sum += value.length + value.charCodeAt(0);
          else sum += value as number;
        }
      }
      return sum;
    },
  };
}

const { make: makeEvent, read: readEvent } =
  variant === 'compiled' ? compiled() : { make: (n: number) => S(6, 11, event(n)), read: sumOf };

async function sendEvents(count: number): Promise<{ begin: number }> {
  const [tool] = tools;
  const begin = epochMilliseconds();
  for (let n = 0; n < count; n++) {
    const sent = tool?.send(makeEvent(n));
    if (n % WINDOW === WINDOW - 1) await sent;
  }
  return { begin };
}

function bytesOf(message: Items.SecsMessage): number {
  const bytes = message.item?.at(1).binary;
  return (bytes?.length ?? NaN) + (bytes?.at(-1) ?? NaN);
}

async function sendPrograms(count: number, bytes: number): Promise<{ begin: number }> {
  const body = Buffer.alloc(bytes, 1);
  const begin = epochMilliseconds();
  for (let n = 0; n < count; n++) await hosts[0]?.send(S(7, 3, L(A(PROGRAM_NAME), B(body))));
  return { begin };
}

/** Each tool sends its next event when the one before is acknowledged. */
async function eventsOfAll(milliseconds: number): Promise<{ counts: number[]; seconds: number }> {
  const begin = performance.now();
  const end = begin + milliseconds;
  const loop = async (tool: HsmsSession): Promise<number> => {
    let n = 0;
    while (performance.now() < end) await tool.request(S(6, 11, event(n++)).w());
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
