import type { Attributes, BatchObservableResult, Meter, Observable } from '@opentelemetry/api';
import type { ConnectionMetrics, Counts, SessionMetrics } from '../metrics/index.js';

/** Says the value of one instrument. */
type Tell = (value: number, attributes: Attributes) => void;

/** An instrument, and where its values are in the metrics. */
interface Reading<Metrics> {
  readonly kind: 'counter' | 'gauge';
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly read: (metrics: Metrics, tell: Tell) => void;
}

/** Says each of several counts, with its name as an attribute. */
function each(counts: Counts<string>, attribute: string, tell: Tell, more: Attributes = {}): void {
  for (const [name, count] of Object.entries(counts)) {
    if (count !== undefined) tell(count, { ...more, [attribute]: name });
  }
}

const connectionReadings: readonly Reading<ConnectionMetrics>[] = [
  {
    kind: 'counter',
    name: 'rxsecs.io',
    unit: 'By',
    description: 'Bytes of frames, by direction',
    read({ received, sent }, tell) {
      tell(received.bytes, { direction: 'in' });
      tell(sent.bytes, { direction: 'out' });
    },
  },
  {
    kind: 'counter',
    name: 'rxsecs.packets',
    unit: '{packet}',
    description: 'Packets, by direction and SType',
    read({ received, sent }, tell) {
      each(received.byType, 's_type', tell, { direction: 'in' });
      each(sent.byType, 's_type', tell, { direction: 'out' });
    },
  },
  {
    kind: 'gauge',
    name: 'rxsecs.connection.up',
    unit: '1',
    description: '1 while the TCP connection is up',
    read: ({ state }, tell) => tell(state === 'connected' ? 1 : 0, {}),
  },
  {
    kind: 'counter',
    name: 'rxsecs.connection.established',
    unit: '{connection}',
    description: 'TCP connections established; reconnects are those but the first',
    read: ({ established }, tell) => tell(established, {}),
  },
  {
    kind: 'counter',
    name: 'rxsecs.connection.failures',
    unit: '{attempt}',
    description: 'Attempts to connect that failed',
    read: ({ connectFailures }, tell) => tell(connectFailures, {}),
  },
  {
    kind: 'counter',
    name: 'rxsecs.connection.closes',
    unit: '{connection}',
    description: 'TCP connections closed, by reason',
    read: ({ closes }, tell) => each(closes, 'reason', tell),
  },
  {
    kind: 'counter',
    name: 'rxsecs.connection.refusals',
    unit: '{peer}',
    description: 'Peers turned away, by reason',
    read: ({ refusals }, tell) => each(refusals, 'reason', tell),
  },
  {
    kind: 'counter',
    name: 'rxsecs.packets.unsent',
    unit: '{packet}',
    description: 'Packets accepted for sending that a close left unsent',
    read: ({ unsent }, tell) => tell(unsent, {}),
  },
  {
    kind: 'gauge',
    name: 'rxsecs.queue.packets',
    unit: '{packet}',
    description: 'Packets that wait to be sent',
    read: ({ queue }, tell) => tell(queue.packets, {}),
  },
  {
    kind: 'gauge',
    name: 'rxsecs.queue.size',
    unit: 'By',
    description: 'Bytes of frames that wait to be sent',
    read: ({ queue }, tell) => tell(queue.bytes, {}),
  },
  {
    kind: 'counter',
    name: 'rxsecs.control.failures',
    unit: '{transaction}',
    description: 'Select, Deselect and Linktest of this side that failed: t6, refused, rejected',
    read({ control }, tell) {
      const { t6Expiries, refused, rejected } = control;
      each({ t6: t6Expiries, refused, rejected }, 'outcome', tell);
    },
  },
  {
    kind: 'counter',
    name: 'rxsecs.line.blocks',
    unit: '{block}',
    description: 'Blocks of SECS-I that were acknowledged, by direction',
    read({ line }, tell) {
      if (line === undefined) return;
      tell(line.blocksReceived, { direction: 'in' });
      tell(line.blocksSent, { direction: 'out' });
    },
  },
  {
    kind: 'counter',
    name: 'rxsecs.line.faults',
    unit: '{fault}',
    description:
      'What blocks of SECS-I met: tries that failed, NAKs both ways, T1, T2, duplicates, contentions, bytes that mean nothing',
    read({ line }, tell) {
      if (line === undefined) return;
      each({ ...line, blocksReceived: undefined, blocksSent: undefined }, 'kind', tell);
    },
  },
];

const sessionReadings: readonly Reading<SessionMetrics>[] = [
  {
    kind: 'gauge',
    name: 'rxsecs.session.selected',
    unit: '1',
    description: '1 while the session is selected',
    read: ({ state }, tell) => tell(state === 'selected' ? 1 : 0, {}),
  },
  {
    kind: 'counter',
    name: 'rxsecs.session.ended',
    unit: '{session}',
    description: 'How often the session ended, by how',
    read: ({ ended }, tell) => each(ended, 'by', tell),
  },
  {
    kind: 'gauge',
    name: 'rxsecs.requests.open',
    unit: '{request}',
    description: 'Requests that wait for their reply',
    read: ({ openRequests }, tell) => tell(openRequests, {}),
  },
  {
    kind: 'counter',
    name: 'rxsecs.requests',
    unit: '{request}',
    description: 'Requests by outcome; t3 are the expiries of T3',
    read: ({ requests }, tell) => each(requests, 'outcome', tell),
  },
  {
    kind: 'counter',
    name: 'rxsecs.replies.late',
    unit: '{reply}',
    description: 'Replies that came after T3 had ended their request',
    read: ({ lateReplies }, tell) => tell(lateReplies, {}),
  },
];

/** An instrument that was made, and how to say its values. */
export interface Instrument<Metrics> {
  readonly observable: Observable;
  readonly observe: (result: BatchObservableResult, metrics: Metrics, attributes: Attributes) => void;
}

function make<Metrics>(meter: Meter, readings: readonly Reading<Metrics>[]): Instrument<Metrics>[] {
  return readings.map(({ kind, name, unit, description, read }) => {
    const options = { unit, description };
    const observable: Observable =
      kind === 'counter'
        ? meter.createObservableCounter(name, options)
        : meter.createObservableGauge(name, options);
    return {
      observable,
      observe(result, metrics, attributes) {
        read(metrics, (value, more) => result.observe(observable, value, { ...attributes, ...more }));
      },
    };
  });
}

/** The instruments of connections. */
export function connectionInstruments(meter: Meter): Instrument<ConnectionMetrics>[] {
  return make(meter, connectionReadings);
}

/** The instruments of sessions. */
export function sessionInstruments(meter: Meter): Instrument<SessionMetrics>[] {
  return make(meter, sessionReadings);
}
