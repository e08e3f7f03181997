import { rxsecs, secs2 } from './library.js';

/** The process of the well-behaved peers: each makes a request every few milliseconds and measures the answer. */

const EVERY_MS = 10;
const port = Number(process.argv[2]);
const addresses = (process.argv[3] ?? '').split(',');
let latencies: number[] = [];
let failures = 0;

for (const address of addresses) {
  const connection = new rxsecs.HsmsActiveConnection('127.0.0.1', port, 0, undefined, {
    bindAddress: address,
  });
  const session = new rxsecs.HsmsSession(connection);
  connection.closed.subscribe(() => failures++);
  void connection.enable();
  setInterval(() => {
    if (session.currentState !== 'selected') return;
    const begun = performance.now();
    session.request(secs2.S(1, 1).w()).then(
      () => latencies.push(performance.now() - begun),
      () => failures++,
    );
  }, EVERY_MS);
}

process.on('message', () => {
  const sorted = latencies.sort((a, b) => a - b);
  latencies = [];
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
  process.send?.({ count: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? NaN, failures });
});
process.on('disconnect', () => process.exit());
