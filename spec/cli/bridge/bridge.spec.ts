import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerBridge } from '../../../src/cli/bridge/bridge';
import { ExitCode } from '../../../src/cli/exit-codes';
import { registerSend } from '../../../src/cli/send/send';
import { CliBed } from '../../support/cli-bed';
import { startConnect, startListen, type RunningCli } from '../../support/cli-entities';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'rxsecs-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const TOOL = 'S1F2 <L <A "ETCHER"> <A "1.0">>.\nS7F4 <B 0>.\nS2F42 <L <B 4> <L>>.\nS6F12 <B 0>.\n';

const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

/** Starts `bridge`, and waits until it listens on HSMS. */
async function startBridge(...args: string[]): Promise<RunningCli & { readonly target: string }> {
  const bed = new CliBed();
  const ended = bed.run([registerBridge], 'bridge', '--hsms-listen', '127.0.0.1:0', ...args);
  await bed.prints(/listening on 127\.0\.0\.1:\d+/);
  return { bed, ended, target: /listening on (127\.0\.0\.1:\d+)/.exec(bed.stdout)?.[1] ?? '' };
}

describe('bridge', () => {
  it('B-83: joins a tool on SECS-I and a host on HSMS, and prints what passes', async () => {
    const tool = await startListen([
      '--secs1',
      '--equipment',
      '--device-id',
      '3',
      '--reply',
      file('tool.sml', TOOL),
      '--for',
      '60',
    ]);
    const log = join(directory, 'bridge.ndjson');
    const gateway = await startBridge('--line-connect', tool.target, '--device-id', '3', '--log', log);
    const host = startConnect(gateway.target, ['--session-id', '3', '--reply', file('host.sml', TOOL)]);
    host.bed.stdin.write('S1F1 W.\nS7F3 W <L <A "R"> <B 0x01 0x02>>.\nwait S6F11 30\n');
    await host.bed.prints('S7F4');
    tool.bed.stdin.write('S6F11 W <L <U4 1> <U4 2> <L>>.\n');
    await tool.bed.prints('S6F12');
    host.bed.stdin.end();
    expect(await host.ended).toBe(ExitCode.ok);
    await gateway.bed.prints('line: closed: closed by this side');
    gateway.bed.interrupt();
    tool.bed.interrupt();
    expect(await gateway.ended).toBe(ExitCode.interrupted);
    await tool.ended;
    const passed = [...gateway.bed.stdout.matchAll(/line (<-|->) HSMS session 3 system (\d+)\n(S\d+F\d+)/g)];
    expect(passed.map(([, way, , name]) => `${way} ${name}`)).toEqual([
      ...['<- S1F1', '-> S1F2', '<- S7F3', '-> S7F4', '-> S6F11', '<- S6F12'],
    ]);
    const system = passed.map(([, , bytes]) => bytes);
    expect([system[0], system[2], system[4]]).toEqual([system[1], system[3], system[5]]);
    // The tool got what the host sent, under the same system bytes.
    expect(tool.bed.stdout).toContain(`system ${system[0]}\nS1F1 W.`);
    expect(gateway.bed.stdout).toMatch(/-- line: line open: \S+ to \S+, device 3, slave\n/);
    expect(gateway.bed.stdout).toMatch(/-- HSMS: selected\n/);
    expect(gateway.bed.stdout).toMatch(/-- passed 3 from the line and 3 from HSMS; 0 not delivered, 0 left/);
    const logged = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { name?: string; sf?: string });
    expect(logged.filter(({ sf }) => sf === 'S1F1').map(({ name }) => name)).toEqual(['HSMS', 'line']);
  });

  it('B-83: tells the host by function 0 what does not reach the tool, and prints why', async () => {
    const gateway = await startBridge('--line-listen', '127.0.0.1:0', '--hold', '0.3', '--json', '-q');
    const bed = new CliBed();
    bed.stdin.end('S1F1 W.\n');
    expect(await bed.run([registerSend], 'send', gateway.target)).toBe(ExitCode.refused);
    expect(bed.stderr).toBe('rxsecs: S1F1 was aborted by the peer (function 0)\n');
    gateway.bed.interrupt();
    await gateway.ended;
    const events = gateway.bed.stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { event: string; text: string });
    expect(events.find(({ event }) => event === 'undelivered')).toMatchObject({
      ...{ from: 'hsms', told: 'abort' },
      text: 'S1F1 from HSMS did not go over: the line is not open, and was not for 0.3 s. Its sender was told by function 0',
    });
    expect(events.at(-1)).toMatchObject({ event: 'counters', undelivered: 1, fromHsms: 0 });
    expect(events.every(({ event }) => event !== undefined)).toBe(true);
  });

  it('B-83: stands between a tool on HSMS and a host on SECS-I as well', async () => {
    const tool = await startListen(['--equipment', '--reply', file('tool.sml', TOOL), '--for', '60']);
    const bed = new CliBed();
    const ended = bed.run(
      [registerBridge],
      ...['bridge', '--tool', 'hsms', '--line-listen', '127.0.0.1:0', '--hsms-connect', tool.target],
      ...['--always-open', '--for', '60'],
    );
    await bed.prints(/line: listening on 127\.0\.0\.1:\d+/);
    const target = /line: listening on (127\.0\.0\.1:\d+)/.exec(bed.stdout)?.[1] ?? '';
    await bed.prints('HSMS: selected');
    const host = new CliBed();
    host.stdin.end('S1F1 W.\n');
    expect(await host.run([registerSend], 'send', target, '--secs1')).toBe(ExitCode.ok);
    expect(host.stdout).toContain('ETCHER');
    expect(bed.stdout).toMatch(/line -> HSMS session 0 system \d+\nS1F1 W\.\n/);
    bed.interrupt();
    tool.bed.interrupt();
    await Promise.all([ended, tool.ended]);
  });

  it.each([
    [['--hsms-listen', '0'], 'the line is missing: --serial, --line-connect, --line-listen'],
    [['--serial', 'COM3'], 'the side of HSMS is missing: --hsms-listen, --hsms-connect'],
    [
      ['--serial', 'COM3', '--line-listen', '1', '--hsms-listen', '0'],
      '--serial and --line-listen: one of them',
    ],
    [
      ['--line-listen', '1', '--hsms-listen', '0', '--hsms-connect', 'a:1'],
      '--hsms-listen and --hsms-connect:',
    ],
    [['--line-listen', '1', '--hsms-listen', '0', '--baud', '300'], '--baud is of a serial port'],
    [['--serial', 'a', '--hsms-listen', '0', '--master', '--slave'], '--master and --slave: one of them'],
    [['--tool', 'here'], "--tool cannot be 'here'. One of line, hsms is allowed."],
    [['--device-id', '40000'], "--device-id cannot be '40000'. A whole number from 0 to 32767"],
    [['--t1', '0'], "--t1 cannot be '0'. A number of seconds above 0"],
    [['--line-connect', 'here'], "--line-connect cannot be 'here'. HOST:PORT is allowed"],
  ])('B-83: refuses %p', async (args, text) => {
    const bed = new CliBed();
    expect(await bed.run([registerBridge], 'bridge', ...args)).toBe(ExitCode.usage);
    expect(bed.stderr).toContain(text);
  });
});
