import { EventEmitter } from 'node:events';
import type { SecsConnection, SecsSession } from '../../src/index.js';
import { logEvents } from '../../src/log/index.js';
import { SecsMetrics } from '../../src/metrics/index.js';
import { Walker, type Visitor } from '../../src/watch/walker.js';
import { A, S } from '../../src/secs2/index.js';

/** As much of a connection and a session of a transport that is not HSMS as a watcher looks at: a serial line. */
const line = (): { connection: SecsConnection; session: SecsSession } => {
  const connection = {
    protocol: 'secs1',
    sessionId: 7,
    currentState: 'listening',
    events: new EventEmitter(),
    describeReason: ({ kind }: { kind: string }) => `the line: ${kind}`,
    describeHint: () => 'Look at the cable',
  } as unknown as SecsConnection;
  const session = {
    sessionId: 7,
    connection,
    currentAvailability: 'usable',
    openRequests: 0,
    events: new EventEmitter(),
  } as unknown as SecsSession;
  return { connection, session };
};

/** Writes down what is visited and what is let go. */
const recorder = (notes: string[]): Visitor<string> => ({
  connection: (_connection, name = 'unnamed') => ({
    context: name,
    stop: () => notes.push(`end ${name}`),
  }),
  session: ({ sessionId }, context, single) => {
    notes.push(`session ${sessionId} of ${context}, ${single ? 'single' : 'of a group'}`);
    return () => notes.push(`end session ${sessionId}`);
  },
  sessionGroup: (_group, context) => {
    notes.push(`group of ${context}`);
    return () => notes.push('end group');
  },
});

describe('Walker', () => {
  it('visits each once however often it is added, and stops with what the first call added', () => {
    const notes: string[] = [];
    const walker = new Walker(recorder(notes));
    const { connection, session } = line();
    const stop = walker.add(session, 'etch');
    const again = walker.add(session, 'other');
    walker.add(connection);
    expect(walker.contexts).toEqual(['etch']);
    again();
    expect(notes).toEqual(['session 7 of etch, single']);
    stop();
    stop();
    expect(notes.slice(1)).toEqual(['end etch', 'end session 7']);
    expect([connection, session].map(({ events }) => events.listenerCount('disposed'))).toEqual([0, 0]);
    walker.add(session, 'etch');
    expect(notes.at(-1)).toBe('session 7 of etch, single');
  });

  it('follows groups, and lets go of what is disposed of', () => {
    const notes: string[] = [];
    const walker = new Walker(recorder(notes));
    const { connection, session } = line();
    const group = { connection, sessions: [] as SecsSession[], events: new EventEmitter() };
    walker.add(group, 'litho');
    group.events.emit('added', session);
    expect(notes).toEqual(['group of litho', 'session 7 of litho, of a group']);
    const server = { connections: [line().connection], events: new EventEmitter() };
    walker.add(server, 'fab');
    server.events.emit('added', line().connection);
    expect(walker.contexts).toEqual(['litho', 'fab', 'fab']);
    connection.events.emit('disposed');
    expect(walker.contexts).toEqual(['fab', 'fab']);
    walker.stop();
    expect(walker.contexts).toEqual([]);
    expect(server.events.listenerCount('added')).toBe(0);
  });
});

describe('log and metrics of a transport that is not HSMS', () => {
  it('count and tell what its connection and session say', () => {
    const { connection, session } = line();
    const said: string[] = [];
    const write = (_fields: unknown, text: string): void => void said.push(text);
    logEvents(session, { debug: write, info: write, warn: write, error: write }, { packets: true });
    const metrics = new SecsMetrics();
    metrics.watch(session);
    const header = {
      sessionId: 7,
      stream: 1,
      function: 1,
      wBit: false,
      systemBytes: 1,
      isData: true,
      sType: 0,
      byte3: 1,
      toBytes: () => Buffer.alloc(10),
    };
    const message = S(1, 1, A('x'));
    connection.events.emit('established', { connection });
    connection.events.emit('message', { header, body: message.body, length: 13, message });
    session.events.emit('availability', 'usable');
    session.events.emit('ended', { kind: 'closed', reason: { kind: 'portLost' }, text: 'the port is gone' });
    connection.events.emit('closed', {
      connection,
      reason: { kind: 'portLost' },
      hint: { kind: 'cable' },
      unsent: 2,
    });
    connection.events.emit('notice', { kind: 'retries', error: new Error('no EOT') });
    expect(said).toEqual([
      'connected',
      'received S1F1',
      'device 7 is usable',
      'device 7 is no longer usable: the port is gone',
      'closed: the line: portLost. Look at the cable',
      'retries: no EOT',
    ]);
    expect(metrics.snapshot().connections).toMatchObject([
      {
        name: 'secs1 7',
        established: 1,
        closes: { portLost: 1 },
        unsent: 2,
        received: { packets: 1, bytes: 13 },
        queue: { packets: 0, bytes: 0 },
        sessions: [{ sessionId: 7, state: 'selected', selected: 1, ended: { closed: 1 } }],
      },
    ]);
  });
});
