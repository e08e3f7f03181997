import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { HsmsPacket } from '../../src/index.js';
import { SecsMetrics } from '../../src/metrics/index.js';
import { exportMetrics } from '../../src/otel/index.js';
import { S } from '../../src/secs2/index.js';
import { turns } from '../support/fake-clock.js';
import { data, SessionBed } from '../support/session-bed.js';
import { until } from '../support/until.js';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the text form that Prometheus scrapes; a line that is none fails. */
function parseExposition(text: string): { samples: Sample[]; types: Map<string, string> } {
  const samples: Sample[] = [];
  const types = new Map<string, string>();
  for (const line of text.split('\n').filter((found) => found !== '')) {
    const type = /^# TYPE (\S+) (\S+)$/.exec(line);
    if (type !== null) types.set(type[1] ?? '', type[2] ?? '');
    if (line.startsWith('#')) continue;
    const match = /^([a-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/i.exec(line);
    if (match === null) throw new Error(`no sample: ${line}`);
    const labels = [...(match[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, value]) => [
      key,
      value,
    ]);
    samples.push({
      name: match[1] ?? '',
      labels: Object.fromEntries(labels) as Record<string, string>,
      value: Number(match[3]),
    });
  }
  return { samples, types };
}

describe('exportMetrics', () => {
  it('reaches a Prometheus exposition over HTTP', async () => {
    const exporter = new PrometheusExporter({ host: '127.0.0.1', port: 0, preventServerStart: true });
    const provider = new MeterProvider({ readers: [exporter] });
    const bed = new SessionBed({ t3: 10, linktestInterval: 30, maxLinktestFailures: 2 });
    const metrics = new SecsMetrics();
    metrics.watch(bed.session, { name: 'etcher' });
    const stop = exportMetrics(metrics, provider.getMeter('rxsecs'));
    await exporter.startServer();
    // With port 0 the exporter does not tell which port it got; its server does.
    const { _server } = exporter as unknown as { _server: { address(): { port: number } } };
    const scrape = async () => {
      const response = await fetch(`http://127.0.0.1:${_server.address().port}/metrics`);
      const text = await response.text();
      const { samples, types } = parseExposition(text);
      const value = (name: string, labels: Record<string, string> = {}): number | undefined =>
        samples.find(
          (sample) =>
            sample.name === name &&
            Object.entries({ connection: 'etcher', ...labels }).every(
              ([key, found]) => sample.labels[key] === found,
            ),
        )?.value;
      return { value, types };
    };

    await bed.select();
    const reply = bed.session.request(S(1, 1).w());
    const { header } = await bed.atPeer();
    bed.clock.advance(0.003);
    bed.peer.send(data(2, header.systemBytes));
    await reply;
    bed.session.request(S(1, 1).w()).catch(() => {});
    await bed.atPeer();
    await bed.clock.pass(10);
    await until('the rest', () => metrics.snapshot().connections[0]?.received.packets === 2);
    await turns();

    const { value, types } = await scrape();
    expect(value('rxsecs_connection_up')).toBe(1);
    expect(value('rxsecs_connection_established_total')).toBe(1);
    expect(value('rxsecs_packets_total', { direction: 'in', s_type: 'data' })).toBe(1);
    expect(value('rxsecs_packets_total', { direction: 'out', s_type: 'data' })).toBe(2);
    expect(value('rxsecs_packets_total', { direction: 'out', s_type: 'select.rsp' })).toBe(1);
    expect(value('rxsecs_io_total', { direction: 'out' })).toBe(42);
    expect(value('rxsecs_queue_packets')).toBe(0);
    expect(value('rxsecs_queue_size')).toBe(0);
    expect(value('rxsecs_session_selected', { session: '0' })).toBe(1);
    expect(value('rxsecs_requests_total', { session: '0', outcome: 'answered' })).toBe(1);
    expect(value('rxsecs_requests_total', { session: '0', outcome: 't3' })).toBe(1);
    expect(value('rxsecs_requests_open', { session: '0' })).toBe(0);
    expect(value('rxsecs_replies_late_total', { session: '0' })).toBe(0);
    expect(value('rxsecs_control_failures_total', { outcome: 't6' })).toBe(0);
    expect(types.get('rxsecs_request_duration')).toBe('histogram');
    const bucket = (le: string) => value('rxsecs_request_duration_bucket', { session: '0', le });
    expect([bucket('0.0025'), bucket('0.005'), bucket('+Inf')]).toEqual([0, 1, 1]);
    expect(value('rxsecs_request_duration_sum')).toBeCloseTo(0.003, 6);

    bed.clock.advance(20.1);
    bed.peer.send(HsmsPacket.linktestRsp((await bed.atPeer()).header));
    await until('the linktest', () => metrics.snapshot().connections[0]?.control.linktest.count === 1);
    bed.peer.socket.resetAndDestroy();
    await until('the close', () => bed.reasons.length === 1);
    const after = await scrape();
    expect(after.value('rxsecs_connection_closes_total', { reason: 'reset' })).toBe(1);
    expect(after.value('rxsecs_linktest_duration_count')).toBe(1);
    expect(after.value('rxsecs_connection_up')).toBe(0);
    expect(after.value('rxsecs_session_ended_total', { by: 'closed' })).toBe(1);

    stop();
    const asked = jest.spyOn(metrics, 'snapshot');
    await scrape();
    expect(asked).not.toHaveBeenCalled();
    await exporter.stopServer();
    await provider.shutdown();
    metrics.close();
    await bed.close();
  });
});
