/**
 * One host that watches 50 tools through merged streams, with a live count of events for each tool. The tools are
 * simulated in the same process; each sends event reports (S6F11) at a pace of its own.
 *
 *     npx ts-node examples/reactive-host.ts
 */
import {
  auditTime,
  filter,
  finalize,
  map,
  merge,
  scan,
  share,
  skipWhile,
  take,
  timer,
  type Observable,
} from 'rxjs';
import { HsmsActiveConnection, HsmsPacket, HsmsPassiveConnection } from 'rxsecs';

const TOOLS = 50;

/** Tool number n sends n events, one each 10 ms or so. */
async function startTool(number: number): Promise<HsmsPassiveConnection> {
  const tool = new HsmsPassiveConnection('127.0.0.1', 0, number);
  tool.established.subscribe(() => {
    timer(0, 10 + (number % 7))
      .pipe(take(number))
      .subscribe((systemBytes) => {
        void tool.send(HsmsPacket.data({ sessionId: number, stream: 6, function: 11, systemBytes }));
      });
  });
  await tool.enable();
  return tool;
}

type Counts = ReadonlyMap<number, number>;

/** One stream out of all tools: how many events each has sent so far. */
function countEvents(connections: readonly HsmsActiveConnection[]): Observable<Counts> {
  return merge(...connections.map(({ message }) => message)).pipe(
    filter(({ header }) => header.stream === 6 && header.function === 11),
    map(({ header }) => header.sessionId),
    scan((counts, tool) => counts.set(tool, (counts.get(tool) ?? 0) + 1), new Map<number, number>()),
    share(),
  );
}

const sum = (counts: Counts): number => [...counts.values()].reduce((total, count) => total + count, 0);

function print(counts: Counts): void {
  const busiest = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 5);
  const list = busiest.map(([tool, count]) => `tool ${tool}: ${count}`).join(', ');
  console.log(`${counts.size} tools, ${sum(counts)} events; ${list}`);
}

async function main(): Promise<void> {
  const tools = await Promise.all(Array.from({ length: TOOLS }, (_, index) => startTool(index + 1)));
  const connections = tools.map(
    (tool) => new HsmsActiveConnection('127.0.0.1', tool.boundAddress?.port ?? 0, tool.sessionId),
  );
  const counts = countEvents(connections);
  const expected = (TOOLS * (TOOLS + 1)) / 2;

  counts.pipe(auditTime(150)).subscribe(print);
  counts
    .pipe(
      skipWhile((latest) => sum(latest) < expected),
      take(1),
      finalize(() => void Promise.all([...connections, ...tools].map((connection) => connection.dispose()))),
    )
    .subscribe((latest) => {
      const complete = [...latest].every(([tool, count]) => tool === count);
      console.log(
        `All ${sum(latest)} events of ${latest.size} tools arrived, ${complete ? 'none' : 'SOME'} astray`,
      );
    });

  await Promise.all(connections.map((connection) => connection.enable()));
}

void main();
