/**
 * A host whose requests are counted and timed, as a snapshot and as what Prometheus scrapes over HTTP.
 *
 *     npx ts-node examples/metrics.ts
 */
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { createServer, type AddressInfo } from 'node:net';
import { HsmsActiveConnection, HsmsPassiveConnection, HsmsSession } from 'rxsecs';
import { SecsMetrics } from 'rxsecs/metrics';
import { exportMetrics } from 'rxsecs/otel';
import { A, L, S } from 'rxsecs/secs2';

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function main(): Promise<void> {
  const tool = new HsmsPassiveConnection('127.0.0.1', 0, 0);
  new HsmsSession(tool).primaries.subscribe((primary) => {
    // S1F3 is left without an answer.
    if (primary.message.name === 'S1F1') void primary.reply(L(A('ETCHER'), A('1.0.0')));
  });
  await tool.enable();
  const connection = new HsmsActiveConnection('127.0.0.1', tool.boundAddress?.port ?? 0, 0);
  const host = new HsmsSession(connection);

  const metrics = new SecsMetrics();
  metrics.watch(host, { name: 'etcher' });
  const port = await freePort();
  const exporter = new PrometheusExporter({ host: '127.0.0.1', port });
  const provider = new MeterProvider({ readers: [exporter] });
  exportMetrics(metrics, provider.getMeter('rxsecs'));

  await connection.enable();
  await host.selected();
  for (let i = 0; i < 100; i++) await host.request(S(1, 1).w());
  await host.request(S(1, 3).w(L()), { t3: 0.05 }).catch((error: Error) => console.log(error.message));

  const [etcher] = metrics.snapshot().connections;
  console.log('sent', etcher?.sent);
  console.log('requests', etcher?.sessions[0]?.requests);
  const { count = 0, p50 = 0, p99 = 0 } = etcher?.sessions[0]?.roundTrip ?? {};
  const micros = (seconds: number): string => `${Math.round(seconds * 1e6)} µs`;
  console.log(`${count} round trips: p50 ${micros(p50)}, p99 ${micros(p99)}`);

  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const chosen = /^rxsecs_(requests_total|connection_up|packets_total|request_duration_count)/;
  for (const line of text.split('\n').filter((found) => chosen.test(found))) console.log(line);

  await provider.shutdown();
  metrics.close();
  await Promise.all([connection.dispose(), tool.dispose()]);
}

void main();
