import { defineEquipment, GemEquipment, memoryStore } from '../../src/gem/index.js';
import { HsmsPassiveConnection, HsmsSession } from '../../src/index.js';
import { freePort } from '../support/free-port.js';
import type { Part } from '../support/suite.js';
import { SecsgemHost } from './host.js';

const etcher = defineEquipment({
  model: 'ETCHER',
  softwareRevision: '1.0',
  variables: {
    Pressure: { id: 2001, format: 'F8', units: 'Pa', initial: 12.5 },
    Recipe: { id: 2002, format: 'A', initial: 'none' },
    WaferId: { id: 2101, format: 'A', class: 'DV' },
  },
  constants: { Seconds: { id: 101, format: 'U2', units: 's', default: 30, min: 1, max: 600 } },
  events: { WaferDone: { id: 100, values: ['WaferId'] } },
  alarms: { Hot: { id: 7, text: 'too hot', category: 'equipmentSafety' } },
  commands: { START: { parameters: { PPID: { format: 'A' } } }, STOP: {} },
  processPrograms: {},
});

/** Our GEM equipment against secsgem's GemHostHandler: all that this host can do. */
export async function againstSecsgemHost({ checks, cleanUp }: Part): Promise<void> {
  const port = await freePort();
  const connection = new HsmsPassiveConnection('127.0.0.1', port, 0);
  cleanUp(() => connection.dispose());
  const session = new HsmsSession(connection, { entity: 'equipment', t3: 5 });
  const equipment = new GemEquipment(session, etcher, { store: memoryStore() });
  cleanUp(() => equipment.stop());
  const commands: unknown[] = [];
  equipment.commands.START.handle(({ PPID }) => void commands.push(PPID));
  const shown: unknown[] = [];
  equipment.terminal.subscribe(({ lines }) => shown.push(lines));
  equipment.start();
  await connection.enable();

  const host = new SecsgemHost(port);
  cleanUp(() => host.kill());
  await host.started();
  await host.communicating();
  const call = (method: string, ...args: readonly unknown[]): Promise<unknown> => host.call(method, ...args);
  const equal = (what: string, actual: unknown, expected: unknown): void =>
    checks.equal(what, actual, expected);

  await settled(() => equipment.controlState === 'REMOTE');
  equal('communications', equipment.communicationState, 'COMMUNICATING');
  equal('control', equipment.controlState, 'REMOTE');
  equal('are_you_there', await call('are_you_there'), ['ETCHER', '1.0']);

  equal('request_svs', await call('request_svs', [2001, 2002]), [12.5, 'none']);
  equal('list_svs', await call('list_svs', [2001]), [{ SVID: 2001, SVNAME: 'Pressure', UNITS: 'Pa' }]);
  equal('request_ec', await call('request_ec', 101), [30]);
  equal('set_ec', await call('set_ec', 101, 60), 0);
  equal('the constant', equipment.constant('Seconds'), 60);
  equal('set_ec out of range', await call('set_ec', 101, 700), 3);

  await call('subscribe_collection_event', 100, [2101, 2001, 101], 5);
  equal('the event', await equipment.raise('WaferDone', { WaferId: 'W-1' }), 'sent');
  equal('the event at the host', await host.told.next('an event'), {
    kind: 'event',
    ceid: 100,
    rptid: 5,
    values: [
      { dvid: 2101, value: 'W-1' },
      { dvid: 2001, value: 12.5 },
      { dvid: 101, value: 60 },
    ],
  });

  // secsgem sends S5F3 without W-bit and waits for an answer all the same: the alarm is enabled, its call fails.
  equal('enable_alarm', await call('enable_alarm', 7).catch(() => 'no answer'), 'no answer');
  equal('the alarm', await equipment.setAlarm('Hot'), 'sent');
  const alarm = await host.told.next('an alarm');
  equal(
    'the alarm at the host',
    [alarm.kind, 'alid' in alarm ? [alarm.alid, alarm.text] : []],
    ['alarm', [7, 'too hot']],
  );
  equal('list_enabled_alarms', ((await call('list_enabled_alarms')) as unknown[]).length, 1);
  equal(
    'list_alarms',
    ((await call('list_alarms')) as { ALID: number }[]).map(({ ALID }) => ALID),
    [7],
  );

  equal(
    'send_remote_command',
    ((await call('send_remote_command', 'START', [['PPID', 'OXIDE']])) as { HCACK: unknown }).HCACK,
    0,
  );
  equal('the command', commands, ['OXIDE']);
  equal(
    'an unknown command',
    ((await call('send_remote_command', 'FLY', [])) as { HCACK: unknown }).HCACK,
    1,
  );

  equal('send_process_program', await call('send_process_program', 'OXIDE', 'etch 30'), 0);
  equal('request_process_program', await call('request_process_program', 'OXIDE'), ['OXIDE', 'etch 30']);
  equal('get_process_program_list', await call('get_process_program_list'), ['OXIDE']);
  equal('delete_process_programs', await call('delete_process_programs', ['OXIDE']), 0);

  await call('send_equipment_terminal', 0, 'hello');
  equal('the terminal', shown, [['hello']]);
  equal('a message of the operator', await equipment.operator.message('help'), 'sent');
  equal('the message at the host', (await host.told.next('a message')).kind, 'terminal');

  equal('go_offline', await call('go_offline'), 0);
  equal('control', equipment.controlState, 'HOST OFF-LINE');
  equal('go_online', await call('go_online'), 0);
  equal('control', equipment.controlState, 'REMOTE');
  await call('clear_collection_events');
  equal('an event that was cleared', await equipment.raise('WaferDone', { WaferId: 'W-2' }), 'disabled');
}

async function settled(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
}
