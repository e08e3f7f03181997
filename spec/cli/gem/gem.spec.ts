import { readFileSync, writeFileSync } from 'node:fs';
import { HsmsActiveConnection, HsmsSession } from '../../../src';
import { commandsFor } from '../../../src/cli/commands';
import { ExitCode } from '../../../src/cli/exit-codes';
import { gemCommand } from '../../../src/cli/gem/gem';
import { GEM_SUMMARIES } from '../../../src/cli/gem/support/summaries';
import { GemEquipment, memoryStore } from '../../../src/gem';
import { U2 } from '../../../src/secs2';
import { CliBed } from '../../support/cli-bed';
import { until } from '../../support/until';
import { etcherModel, gemBed, GemTool, runGem, type Ran } from './tool';
import { etcherDefinition } from '../../gem/support';

let tool: GemTool;

beforeEach(async () => {
  tool = await new GemTool().up();
});

afterEach(() => tool.down());

const records = ({ out }: Ran): Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('rxsecs gem', () => {
  it.each(Object.keys(GEM_SUMMARIES))('%s is in the help as it is when it is loaded', async (name) => {
    const [listed, own] = [await runGem('--help'), new CliBed()];
    await own.run([await gemCommand([name])], 'gem', '--help');
    expect(own.stdout).toContain(`  ${name} `);
    expect(listed.out).toContain(`  ${name} `);
    const help = await commandsFor(['gem', name, '--help']);
    const bed = new CliBed();
    expect(await bed.run(help, 'gem', name, '--help')).toBe(0);
    if (name !== 'doc' && name !== 'diff' && name !== 'profile') expect(bed.stdout).toContain('--session-id');
    expect(bed.stdout).toContain('Examples:');
  });

  it('says what to do where something is missing', async () => {
    const missing = tool.path('none.json');
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['read'], /HOST:PORT is missing: .*--listen PORT/],
      [['read', 'tool'], /'tool' is no HOST:PORT/],
      [['status', tool.target, '--learn'], /--learn is for --profile FILE/],
      [
        ['read', tool.target, '--profile', missing],
        /there is no such file.*rxsecs gem discover .*none\.json/,
      ],
      [['read', tool.target, '--profile', tool.file('bad.json', '{')], /is no JSON/],
      [
        ['read', tool.target, '--profile', tool.file('odd.json', { evnts: {} })],
        /profile\.evnts is not known/,
      ],
      [['status', tool.target, '--equipment'], /--equipment is for listen and connect/],
      [['recipe', tool.target, 'fetch'], /'fetch' is nothing .*list, upload/],
      [['recipe', tool.target, 'delete'], /PPID is missing/],
      [['command', tool.target], /NAME is missing/],
      [['command', tool.target, 'START', 'x'], /NAME=VALUE is allowed/],
      [['spool', tool.target, 'away'], /transmit or purge/],
      [['setup', tool.target], /FILE is missing/],
      [['watch', tool.target, 'Door'], /--profile FILE/],
    ];
    for (const [args, text] of cases) {
      const { code, err } = await runGem(...args);
      expect(err).toMatch(text);
      expect({ args, code }).toEqual({ args, code: ExitCode.usage });
    }
  });

  it('says that nothing listens', async () => {
    const { code, err } = await runGem('status', '127.0.0.1:1');
    expect(code).toBe(ExitCode.notConnected);
    expect(err).toContain('127.0.0.1:1');
  });

  it('gives up when a tool does not establish communications', async () => {
    tool.equipment.operator.disable();
    const { code, err } = await runGem('status', tool.target, '--timeout', '0.3');
    expect(code).toBe(ExitCode.noReply);
    expect(err).toContain('it did not accept S1F13');
    expect(err).toContain('within --timeout 0.3 s');
  });
});

describe('rxsecs gem status', () => {
  it('says who it is without a profile, and its states with one', async () => {
    const bare = await runGem('status', tool.target);
    expect(bare.code).toBe(0);
    expect(bare.out).toMatch(/model +ETCHER\nsoftware +1\.0\n/);
    const [record] = records(await tool.run('status', '--json'));
    expect(record).toMatchObject({ kind: 'status', model: 'ETCHER', control: 'REMOTE', SpoolCountActual: 0 });
  });

  it.each(['status', 'alarms', 'spool'])('%s says that the tool has another device ID', async (name) => {
    const { code, out, err } = await tool.run(name, '--session-id', '5');
    expect({ code, out }).toEqual({ code: ExitCode.refused, out: '' });
    expect(err).toMatch(/S9F1: unrecognised device ID\. The peer does not know session ID 5/);
  });

  it('leaves the tool as it is, OFF-LINE too', async () => {
    await tool.equipment.operator.offLine();
    const { code, out } = await tool.run('status');
    expect(code).toBe(0);
    expect(out).toContain('OFF-LINE');
    expect(tool.equipment.controlState).toBe('EQUIPMENT OFF-LINE');
  });
});

describe('rxsecs gem read', () => {
  it('reads by name, with units', async () => {
    const { out, code } = await tool.run('read', 'ChamberPressure', 'Mode', 'SlotMap');
    expect(code).toBe(0);
    expect(out).toBe('ChamberPressure  5 Pa\nMode             "normal"\nSlotMap          [0, 1, 1]\n');
  });

  it('reads all but what means something within its event alone', async () => {
    const names = records(await tool.run('read', '--json')).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Total', 'Temperature', 'ControlState']));
    expect(names).not.toContain('WaferId');
  });

  it('asks the tool for names and units where there is no profile', async () => {
    const some = await runGem('read', tool.target, 'ChamberPressure', 'Temperature');
    expect(some.err).toBe('');
    expect(some.out).toBe('ChamberPressure  5 Pa\nTemperature      20 degC\n');
    const all = await runGem('read', tool.target);
    expect(all.out).toMatch(/^ControlState +5$/m);
    expect(all.out).not.toContain('WaferId');
    const wrong = await runGem('read', tool.target, 'ChamberPresure');
    expect(wrong.err).toMatch(/the tool has no value named 'ChamberPresure': it has .*, ChamberPressure, /);
    expect(wrong.code).toBe(ExitCode.usage);
  });

  it('names the nearest', async () => {
    const { code, err } = await tool.run('read', 'ChamberPresure');
    expect(code).toBe(ExitCode.usage);
    expect(err).toContain('did you mean ChamberPressure?');
  });

  it('says what an OFF-LINE tool wants, and takes it ON-LINE when told', async () => {
    await tool.equipment.operator.offLine();
    const off = await tool.run('read', 'Mode');
    expect(off.code).toBe(ExitCode.refused);
    expect(off.err).toMatch(/OFF-LINE.*--on-line/);
    const stays = await tool.run('read', 'Mode', '--on-line');
    expect(stays.code).toBe(ExitCode.refused);
    expect(stays.err).toContain('its operator has to switch it ON-LINE');
  });

  it('is connected to', async () => {
    const bed = new CliBed();
    const args = ['read', '--listen', '127.0.0.1:0', 'Mode', '--profile', tool.profile];
    const ended = bed.run([await gemCommand(args)], 'gem', ...args);
    await until('it listens', () => /listening on 127\.0\.0\.1:\d+/.test(bed.stderr));
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(bed.stderr)?.[1]);
    const connection = new HsmsActiveConnection('127.0.0.1', port, 0);
    const equipment = new GemEquipment(new HsmsSession(connection, { entity: 'equipment' }), etcherModel, {
      store: memoryStore(),
    });
    equipment.start();
    await connection.enable();
    expect(await ended).toBe(0);
    expect(bed.stdout).toBe('Mode  "normal"\n');
    equipment.stop();
    await connection.dispose();
  });
});

describe('rxsecs gem command', () => {
  it('sends parameters in the formats of the profile', async () => {
    const got: unknown[] = [];
    tool.equipment.commands.START.handle((parameters) => {
      got.push(parameters);
      return 0;
    });
    const { code, out, err } = await tool.run('command', 'START', 'PPID=7');
    expect(err).toBe('');
    expect(out).toMatch(/^START: HCACK 0, /);
    expect(code).toBe(0);
    expect(got).toEqual([{ PPID: '7' }]);
  });

  it('says why the tool refuses, that it is LOCAL too', async () => {
    tool.equipment.commands.START.handle(() => 0);
    await tool.equipment.operator.local();
    const { code, err } = await tool.run('command', 'START', 'PPID=x');
    expect(code).toBe(ExitCode.refused);
    expect(err).toMatch(
      /refused START: HCACK 2, .*The tool is LOCAL: its operator has to switch it to REMOTE/,
    );
  });

  it('names the nearest, and what a parameter must be', async () => {
    expect((await tool.run('command', 'STAR')).err).toContain('did you mean START?');
    expect((await tool.run('command', 'PURGE', 'Seconds=soon')).err).toContain(
      'Seconds must be a number (U2)',
    );
  });

  it('takes items as SML, and learns their formats', async () => {
    const got: unknown[] = [];
    tool.equipment.commands.PURGE.handle((parameters) => {
      got.push(parameters);
      return 0;
    });
    const profile = tool.path('found.json');
    await runGem('discover', tool.target, '--out', profile);
    const text = await runGem('command', tool.target, 'PURGE', 'Seconds=7', '--profile', profile);
    expect(text.code).toBe(ExitCode.refused);
    expect(text.err).toMatch(/Seconds \(bad format\): HCACK 3.*Give an item as SML: NAME='<U1 3>'/);
    const args = ['command', tool.target, 'PURGE', '--profile', profile];
    const unknown = await runGem('command', tool.target, 'PRUGE', '--profile', profile);
    expect(unknown.err).toMatch(/HCACK 1.*has no commands to check the name by.*rxsecs gem profile MODULE/);
    const item = await runGem(...args, 'Seconds=<U2 7>', '--learn');
    expect(item.err).toBe('rxsecs: learnt of the tool: PURGE takes Seconds (U2)\n');
    expect(got).toEqual([{ Seconds: 7 }]);
    expect(JSON.parse(readFileSync(profile, 'utf8'))).toMatchObject({
      model: 'ETCHER',
      commands: { PURGE: { parameters: { Seconds: { format: 'U2' } } } },
    });
    expect((await runGem(...args, 'Seconds=8')).code).toBe(0);
    expect((await runGem(...args, 'Seconds=<U2 x>')).err).toMatch(/Seconds is no item of SML/);
    // Read anew, the profile keeps what was learnt.
    await runGem('discover', tool.target, '--with', profile, '--out', profile, '--force');
    expect(JSON.parse(readFileSync(profile, 'utf8'))).toHaveProperty('commands.PURGE');
  });

  it('waits for the completion', async () => {
    tool.equipment.commands.STOP.handle(() => {
      void tool.equipment.raise('Stopped');
      return 4;
    });
    const setup = tool.file('setup.json', { events: { Stopped: [] } });
    await tool.run('setup', setup, '--apply');
    const { code, out } = await tool.run('command', 'STOP', '--wait', '60');
    expect(out).toMatch(/^STOP: HCACK 4.*\nStopped:/);
    expect(code).toBe(0);
  });

  it('says that it was not completed', async () => {
    tool.equipment.commands.STOP.handle(() => 4);
    const { code, err } = await tool.run('command', 'STOP', '--wait', '0.2');
    expect(code).toBe(ExitCode.noReply);
    expect(err).toContain('the event Stopped did not come within --wait 0.2 s');
  });
});

describe('rxsecs gem recipe', () => {
  it('uploads and downloads byte for byte', async () => {
    const file = tool.path('etch.rcp');
    const got = await tool.run('recipe', 'upload', 'ETCH', file);
    expect(got.out).toContain('10 bytes');
    expect(got.out).toContain('--format A');
    expect(readFileSync(file, 'latin1')).toBe('etch 30 s\n');
    const every = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    writeFileSync(file, every);
    expect((await tool.run('recipe', 'download', 'BYTES', file)).code).toBe(0);
    expect(tool.equipment.programs.list().map(({ id }) => id)).toContain('BYTES');
    const back = tool.path('back.rcp');
    await tool.run('recipe', 'upload', 'BYTES', back);
    expect(readFileSync(back)).toEqual(every);
  });

  it('keeps the format of numbers, and takes an item as it is', async () => {
    const numbers = U2(1, 0xff00).encode().subarray(2);
    for (const [format, bytes] of [
      ['U2', numbers],
      ['item', U2(1, 0xff00).encode()],
    ] as const) {
      const file = tool.path(`${format}.rcp`);
      writeFileSync(file, bytes);
      const sent = await tool.run('recipe', 'download', format, file, '--format', format);
      expect(sent.err).toBe('');
      const back = tool.path(`${format}.back`);
      const [record] = records(await tool.run('recipe', 'upload', format, back, '--json'));
      expect(record).toMatchObject({ kind: 'uploaded', format: 'U2' });
      expect(readFileSync(back)).toEqual(numbers);
    }
  });

  it('replaces nothing unasked', async () => {
    const file = tool.file('etch.rcp', 'mine');
    const kept = await tool.run('recipe', 'upload', 'ETCH', file);
    expect(kept.code).toBe(ExitCode.usage);
    expect(kept.err).toContain('is there already: --force replaces it');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    const there = await tool.run('recipe', 'download', 'ETCH', file);
    expect(there.code).toBe(ExitCode.refused);
    expect(there.err).toContain('--force replaces it');
    expect((await tool.run('recipe', 'upload', 'ETCH', file, '--force')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe('etch 30 s\n');
  });

  it('lists, deletes, and says what is not there', async () => {
    expect((await tool.run('recipe', 'list')).out).toBe('ETCH\n');
    expect((await tool.run('recipe', 'upload', 'NONE', tool.path('x'))).err).toContain('no recipe NONE');
    const gone = await tool.run('recipe', 'delete', 'NONE');
    expect(gone.code).toBe(ExitCode.refused);
    expect(gone.err).toMatch(/ACKC7 4/);
    expect((await tool.run('recipe', 'delete', 'ETCH')).code).toBe(0);
    expect((await tool.run('recipe', 'list')).out).toBe('');
  });
});

describe('rxsecs gem alarms, spool', () => {
  it('prints what is set', async () => {
    expect((await tool.run('alarms')).out).toBe('no alarm is set\n');
    await tool.equipment.setAlarm('ChamberHot');
    expect((await tool.run('alarms')).out).toBe('ChamberHot  Chamber too hot (category 2)\n');
  });

  it('counts, and empties', async () => {
    expect((await tool.run('spool')).out).toBe('0 messages wait\n');
    expect((await tool.run('spool', 'purge')).code).toBe(0);
  });
});

describe('rxsecs gem setup, watch', () => {
  const setup = {
    reports: { Position: ['WaferId', 'Slot'] },
    events: { WaferStarted: ['Position'] },
    alarms: 'all',
  };

  it('shows the plan without a connection', async () => {
    const file = tool.file('setup.json', setup);
    const { code, out } = await runGem('setup', '127.0.0.1:1', file, '--profile', tool.profile);
    expect(code).toBe(0);
    expect(out).toMatch(/\/\* define \*\/\nS2F33 W/);
    expect(out).toContain('nothing was sent: --apply sends it');
  });

  it('names the nearest of what a set-up names', async () => {
    const file = tool.file('setup.json', { events: { WaferStart: [] } });
    const { code, err } = await tool.run('setup', file);
    expect(code).toBe(ExitCode.usage);
    expect(err).toMatch(/WaferStart.*WaferStarted/);
  });

  it('applies it, and says what is not true of it', async () => {
    const good = await tool.run('setup', tool.file('setup.json', setup), '--apply');
    expect(good).toMatchObject({ code: 0, out: 'the set-up is true\n' });
    const bad = tool.file('bad.json', { events: { Gone: [] } });
    const profile = tool.file('more.json', { events: { Gone: { id: 999 } } });
    const run = await runGem('setup', tool.target, bad, '--apply', '--profile', profile);
    expect(run.code).toBe(ExitCode.refused);
    expect(run.out).toMatch(/enable: .*Gone/);
  });

  it('prints what comes', async () => {
    const bed = gemBed();
    const args = ['watch', tool.target, '--profile', tool.profile, '--count', '3'];
    args.push('--setup', tool.file('setup.json', setup));
    const ended = bed.run([await gemCommand(args)], 'gem', ...args);
    await until('it watches', () => bed.stderr.includes('watching'));
    await tool.equipment.raise('WaferStarted', { WaferId: 'W\u00071', Slot: 3 });
    await tool.equipment.setAlarm('ChamberHot');
    await tool.equipment.operator.message('door?');
    expect(await ended).toBe(0);
    expect(bed.stdout).toContain('terminal 0: door?');
    expect(bed.stdout).toContain('event WaferStarted WaferId="W\\u00071" Slot=3');
    expect(bed.stdout).toContain('alarm set ChamberHot: Chamber too hot');
  });
});

describe('rxsecs gem discover, diff', () => {
  it('reads a profile that the other commands take, and finds no difference to the tool', async () => {
    const file = tool.path('read.json');
    const found = await runGem('discover', tool.target, '--out', file);
    expect(found.code).toBe(0);
    expect(found.out).toMatch(/variables.*events.*alarms/);
    const read = await runGem('read', tool.target, 'Mode', '--profile', file);
    expect(read.out).toBe('Mode  "normal"\n');
    expect(await runGem('diff', file, tool.target)).toMatchObject({ code: 0, out: 'no difference\n' });
    const kept = await runGem('discover', tool.target, '--out', file);
    expect(kept.err).toContain('--force replaces it');
    expect(kept.code).toBe(ExitCode.usage);
  });

  it('writes a module with types, or the profile on standard output', async () => {
    const file = tool.path('read.ts');
    expect((await runGem('discover', tool.target, '--out', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('as const satisfies ToolProfile');
    const { out } = await runGem('discover', tool.target);
    expect(JSON.parse(out)).toMatchObject({ model: 'ETCHER' });
  });

  it('makes a profile of a model, with the formats of its commands', async () => {
    const model = tool.file('etcher-model.json', etcherDefinition);
    const file = tool.path('made.json');
    expect(await runGem('profile', model, '--out', file)).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(readFileSync(tool.profile, 'utf8')));
    expect((await runGem('profile', model, '--out', file)).err).toContain('--force replaces it');
    expect((await runGem('profile', model, '--out', 'x.md')).err).toContain('.json or .ts is allowed');
    expect((await runGem('profile', model)).out).toContain('"PURGE"');
    const types = tool.path('made.ts');
    await runGem('profile', model, '--out', types);
    expect(readFileSync(types, 'utf8')).toContain('as const satisfies ToolProfile');
  });

  it('says what would be asked', async () => {
    const { code, out } = await runGem('discover', '127.0.0.1:1', '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('S1F11 W');
  });

  it('names each difference, and ends with 8', async () => {
    const a = tool.file('a.json', { events: { Done: { id: 1 } } });
    const b = tool.file('b.json', { events: { Done: { id: 2 }, More: { id: 3 } } });
    const { code, out } = await runGem('diff', a, b);
    expect(code).toBe(ExitCode.different);
    expect(out).toBe('changed events.Done.id: 1 → 2\nadded events.More: {"id":3}\n');
  });
});
