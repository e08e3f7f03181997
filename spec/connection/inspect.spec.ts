import type { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import {
  HsmsActiveConnection,
  HsmsGeneralSession,
  HsmsMultiPassiveServer,
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
} from '../../src';
import { defineEquipment, GemEquipment, GemFleet, GemHost, profileOf } from '../../src/gem';
import { memoryLine, Secs1Connection, Secs1Packet, Secs1Session } from '../../src/secs1';
import { A, S } from '../../src/secs2';
import { shownShort } from '../../src/short-inspect';
import { createTestNetwork } from '../../src/testing';

it('shows a connection in one line', () => {
  const { options } = createTestNetwork();
  expect(inspect(new HsmsPassiveConnection('', 5000, 7, undefined, options))).toBe(
    'HsmsPassiveConnection (port 5000, session 7, disabled)',
  );
  expect(inspect(new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, options))).toBe(
    'HsmsActiveConnection (127.0.0.1:5000, session 0, disabled)',
  );
  const [line] = memoryLine();
  expect(inspect(new Secs1Connection(line, 3))).toBe(`Secs1Connection (${line.text}, device 3, disabled)`);
});

it('shows established, beforeClosed and closed short, without what is inside the connection', async () => {
  const { options, clock } = createTestNetwork();
  const passive = new HsmsPassiveConnection('', 5000, 0, undefined, options);
  const active = new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, options);
  const shown = new Map<string, string>();
  for (const name of ['established', 'beforeClosed', 'closed'] as const) {
    active.events.on(name, (event: object) => shown.set(name, inspect(event)));
  }
  await passive.enable();
  await active.enable();
  await clock.advanceAsync(20);
  await passive.disable();
  await clock.advanceAsync(1);
  await active.disable();
  expect([...shown.keys()].sort()).toEqual(['beforeClosed', 'closed', 'established']);
  for (const [name, text] of shown) {
    expect({ name, lines: text.split('\n').length <= 8, text }).toMatchObject({ lines: true });
    expect(text).not.toMatch(/Observable|Publisher/);
  }
  expect(shown.get('established')).toContain('HsmsActiveConnection (127.0.0.1:5000, session 0, ');
});

/** Everything that is told on the way from nothing to a set-up tool and back, by the name of its event, as a console shows it. */
async function everythingShown(): Promise<Map<string, string>> {
  const { options, clock } = createTestNetwork();
  const quiet = { ...options, onError: () => {} };
  const tool = new HsmsSession(new HsmsPassiveConnection('', 5000, 0, undefined, quiet), {
    entity: 'equipment',
    autoS9: false,
  });
  const host = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0, undefined, options));
  const nobody = new HsmsActiveConnection('127.0.0.1', 5009, 0, undefined, options);
  const model = defineEquipment({
    model: 'ETCHER',
    softwareRevision: '1.0',
    variables: { Slot: { id: 2001, format: 'U1', class: 'DV' } },
    events: { WaferDone: { id: 100, values: ['Slot'] } },
    alarms: { Hot: { id: 7, text: 'too hot', category: 'equipmentSafety' } },
  });
  const equipment = new GemEquipment(tool, model);
  const gem = new GemHost(host, {
    profile: profileOf(model),
    setup: { reports: { P: ['Slot'] }, events: { WaferDone: ['P'] }, alarms: 'all' },
  });
  const shown = new Map<string, string>();
  const emitters = {
    connection: [tool.connection.events, host.connection.events, nobody.events],
    session: [tool.events, host.events],
    equipment: [equipment.events],
    host: [gem.emitter],
  };
  const names = [
    ...['notice', 'message', 'sent', 'closed', 'primary', 'warning', 'transaction', 'control', 'ended'],
    ...['transition', 'refused', 'raised', 'alarm', 'event', 'progress', 'state'],
  ];
  for (const [of, some] of Object.entries(emitters)) {
    for (const emitter of some as readonly EventEmitter[]) {
      for (const name of names) {
        emitter.on(name, (event: unknown) => {
          const key =
            typeof event === 'object' && event !== null && 'kind' in event
              ? `${name} ${String(event.kind)}`
              : name;
          shown.set(`${of} ${key}`, inspect(event));
        });
      }
    }
  }
  await Promise.all([tool.connection.enable(), host.connection.enable(), nobody.enable()]);
  equipment.start();
  gem.start();
  await clock.advanceAsync(30);
  await clock.settled(equipment.operator.onLine());
  await clock.settled(gem.settled());
  void equipment.raise('WaferDone', { Slot: 3 });
  void equipment.setAlarm('Hot');
  await clock.advanceAsync(1);
  const fleet = new GemFleet();
  for (const one of [host, tool, equipment, gem, model, fleet]) shown.set(one.constructor.name, inspect(one));
  await tool.connection.disable();
  await clock.advanceAsync(1);
  fleet.stop();
  await clock.settled(Promise.all([tool.connection, host.connection, nobody].map((one) => one.dispose())));
  return shown;
}

it('shows all that is told short: no stack, and nothing from inside', async () => {
  const shown = await everythingShown();
  expect([...shown.keys()]).toEqual(
    expect.arrayContaining([
      ...['connection notice connectFailed', 'connection message', 'connection sent', 'connection closed'],
      ...[
        'session message',
        'session primary',
        'session transaction',
        'session control',
        'session ended separate',
      ],
      ...[
        'equipment transition',
        'equipment refused',
        'equipment raised',
        'host transition',
        'host event',
        'host alarm',
      ],
    ]),
  );
  for (const [name, text] of shown) {
    expect({ name, text, lines: text.split('\n').length <= 26 }).toMatchObject({ lines: true });
    expect({ name, text, isShort: !/\n +at |Observable|Publisher/.test(text) }).toMatchObject({
      isShort: true,
    });
  }
  expect(shown.get('connection notice connectFailed')).toMatch(
    /error: HsmsError: cannot connect to 127\.0\.0\.1:5009: .* \(HSMS_CONNECT_FAILED\),\n/,
  );
});

it('shows sessions, hosts, equipment and models in one line', async () => {
  const shown = await everythingShown();
  const onConnection = 'on HsmsActiveConnection (127.0.0.1:5000, session 0, connected)';
  expect(shown.get('GemHost')).toBe(
    `GemHost (ready) on HsmsSession (host, session 0, selected) ${onConnection}`,
  );
  expect(shown.get('GemEquipment')).toBe('GemEquipment (ETCHER 1.0: COMMUNICATING, REMOTE, IDLE)');
  expect(shown.get('GemFleet')).toBe('GemFleet (0 tools, 0 ready)');
  expect(shown.get('Object')).toMatch(/^EquipmentModel \(ETCHER 1\.0: \d+ variables, \d+ constants, .*\)$/);
  const { options } = createTestNetwork();
  expect(inspect(new HsmsMultiPassiveServer(5000, options))).toBe(
    'HsmsMultiPassiveServer (port 5000, 0 expected peers)',
  );
  const general = new HsmsGeneralSession(new HsmsPassiveConnection('', 5000, 0, undefined, options));
  general.addSession(3);
  expect(inspect(general)).toBe(
    'HsmsGeneralSession (sessions: 3) on HsmsPassiveConnection (port 5000, session 0, disabled)',
  );
  const [line] = memoryLine();
  expect(inspect(new Secs1Session(new Secs1Connection(line, 3)))).toBe(
    `Secs1Session (host, device 3, down) on Secs1Connection (${line.text}, device 3, disabled)`,
  );
});

it('shows a packet with its message', () => {
  const header = { sessionId: 0, systemBytes: 1 };
  expect(inspect(HsmsPacket.ofMessage(S(1, 2, A('x')), header))).toMatch(
    /^HsmsPacket \{session_id:0x0000, .*\}\nS1F2\n<A\[1\] "x">\.$/,
  );
  expect(inspect(HsmsPacket.linktestReq(1))).toMatch(/^HsmsPacket \{.*s_type:0x05.*\}$/);
  expect(inspect(Secs1Packet.of({ rBit: false, ...header }, S(1, 2, A('x'))))).toMatch(
    /^Secs1Packet S1F2, device 0, .*\nS1F2\n<A\[1\] "x">\.$/,
  );
});

it('shows the error of a reply that could not be given in one line, and that within a reason', () => {
  const event = shownShort({
    kind: 'replyFailed',
    error: new TypeError('harm'),
    reason: { kind: 'networkError', error: Object.assign(new Error('cut'), { code: 'EPIPE' }) },
  });
  expect(inspect(event)).toBe(
    "{\n  kind: 'replyFailed',\n  error: TypeError: harm,\n  reason: { kind: 'networkError', error: Error: cut (EPIPE) }\n}",
  );
  expect(event).toEqual({ ...event });
});
