import { join } from 'node:path';
import { HsmsActiveConnection, HsmsSession } from '../../src/index.js';
import { discover, GemHost } from '../../src/gem/index.js';
import { Child } from '../support/child.js';
import type { Part } from '../support/suite.js';
import { freePort } from '../support/free-port.js';
import { Inbox } from '../support/inbox.js';

const INTEROP = join(__dirname, '..');

/** examples/gem-host.ts, which is the host of README, on secsgem's equipment. */
export async function exampleOnSecsgemEquipment({ checks }: Part): Promise<void> {
  const port = await freePort();
  const ready = new Inbox<string>('lines of the equipment', String, () => '');
  const tool = new Child(
    'the secsgem GEM equipment',
    join(INTEROP, '.venv', 'bin', 'python'),
    [join(INTEROP, 'peers', 'gem_equipment.py'), String(port)],
    (line) => ready.push(line),
  );
  const said = new Inbox<string>('what the example says', String, () => tool.errors);
  let host: Child | undefined;
  try {
    await ready.next('ready', 30);
    const program = [require.resolve('ts-node/dist/bin.js'), '-T', join(INTEROP, '../examples/gem-host.ts')];
    const args = [...program, '127.0.0.1', String(port)];
    host = new Child('the example', process.execPath, args, (line) => said.push(line));
    const steps = ['ready (the wish is true)', 'is set up', 'W-001, slot 1', 'completed'];
    const seen: string[] = [];
    for (const step of steps) {
      for (let line = ''; !line.includes(step);) seen.push((line = await said.next(step, 60)));
    }
    checks.ok('nothing that is not true', !seen.some((line) => line.startsWith('not true')), seen);
    checks.ok(
      'HCACK of START',
      seen.some((line) => line.startsWith('START: will be done')),
      seen,
    );
  } finally {
    await host?.stop('SIGKILL');
    await tool.stop('SIGKILL');
  }
}

/** Our host on secsgem's equipment: discovered, set up, told of events and alarms, commanded. */
export async function onSecsgemEquipment({ checks }: Part): Promise<void> {
  const port = await freePort();
  const lines = new Inbox<string>('lines of the equipment', String, () => '');
  const child = new Child(
    'the secsgem GEM equipment',
    join(INTEROP, '.venv', 'bin', 'python'),
    [join(INTEROP, 'peers', 'gem_equipment.py'), String(port)],
    (line) => lines.push(line),
  );
  const connection = new HsmsActiveConnection('127.0.0.1', port, 0, undefined, { t5: 1 });
  try {
    await lines.next('ready', 30);
    const session = new HsmsSession(connection, { t3: 5 });
    await connection.enable();
    const { profile, notes } = await discover(session, { pause: 0 });
    checks.equal<unknown>('the variable', profile.variables?.['Pressure'], {
      id: 10,
      class: 'SV',
      units: 'Pa',
      format: 'U4',
    });
    checks.equal<unknown>('quirks', profile.quirks, { idLists: { S5F5: 'list' } });
    checks.ok('a note on S1F23', notes.includes('S1F23 is not served: S9F5'), notes);
    // What secsgem does not tell is written in.
    const events = { Done: { id: 50 }, Unknown: { id: 999 } };
    const host = new GemHost(session, {
      profile: { ...profile, events },
      setup: { reports: { P: ['Pressure'] }, events: { Done: ['P'], Unknown: ['P'] }, alarms: 'all' },
    });
    const told = new Inbox<string>('what the host is told', String, () => child.errors);
    host.events.subscribe(({ name, values }) => told.push(`${name} ${JSON.stringify(values)}`));
    host.alarms.subscribe(({ set, text }) => told.push(`${text} ${set}`));
    host.start();
    const problems = await host.settled();
    checks.equal<unknown>(
      'problems',
      problems.map(({ step, code, id }) => [step, code, id]),
      [
        ['link', 4, 999],
        ['enable', 1, 999],
      ],
    );
    child.write('event');
    await told.next('Done {"Pressure":7}', 10);
    child.write('alarm');
    await told.next('Too hot true', 10);
    checks.equal<unknown>(
      'active alarms',
      host.currentAlarms?.map(({ text }) => text),
      ['Too hot'],
    );
    checks.equal<unknown>('a value', await host.read('Pressure'), { Pressure: 7 });
    checks.equal('HCACK of START', (await host.command('START')).hcack, 4);
    host.stop();
  } finally {
    await connection.dispose();
    await child.stop('SIGKILL');
  }
}
