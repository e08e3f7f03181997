import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerConnect } from '../../../src/cli/entity/connect';
import { registerListen } from '../../../src/cli/entity/listen';
import { ExitCode } from '../../../src/cli/exit-codes';
import { registerPorts } from '../../../src/cli/line/ports';
import { registerSend } from '../../../src/cli/send/send';
import { CliBed } from '../../support/cli-bed';
import { startConnect, startListen } from '../../support/cli-entities';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'rxsecs-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const file = (text: string): string => {
  const path = join(directory, 'tool.sml');
  writeFileSync(path, text);
  return path;
};

const TOOL = 'S1F2 <L <A "ETCHER"> <A "1.0">>.\nS1F14 <L <B 0> <L>>.\nS7F1 W. S7F0.\nS7F4 <B 0>.\n';

describe('listen, connect and send on SECS-I', () => {
  it('B-83: talk over TCP: a script asks, replies come from a file, both end with 0', async () => {
    const tool = await startListen([
      '--secs1',
      '--equipment',
      '--device-id',
      '7',
      '--reply',
      file(TOOL),
      '--once',
    ]);
    const host = startConnect(tool.target, ['--secs1', '--session-id', '7']);
    host.bed.stdin.end('wait selected\nS1F1 W.\nset t1 2\nstatus\n');
    expect(await host.ended).toBe(ExitCode.ok);
    expect(await tool.ended).toBe(ExitCode.ok);
    expect(host.bed.stderr + tool.bed.stderr).toBe('');
    expect(host.bed.stdout).toMatch(
      /^\/\/ \S+ \S+ -- line open: 127\.0\.0\.1:\d+ to 127\.0\.0\.1:\d+, device 7, slave\n/,
    );
    expect(tool.bed.stdout).toMatch(/-- line open: \S+ to \S+, device 7, master\n/);
    expect(host.bed.stdout).toMatch(/<- session 7 system \d+, after \d+\.\d ms\nS1F2\n<L\[2\]/);
    expect(host.bed.stdout).toContain('-- t1 is 2\n');
    expect(host.bed.stdout).toMatch(/-- line 127\.0\.0\.1:\d+ connected, .*; session 7 usable\n/);
    expect(host.bed.stdout).toMatch(/\/\/ t1 2, t2 10, .*blocksWithoutEnq \{"accept":false,"send":false\}/);
    expect(host.bed.stdout).toMatch(/\/\/ blocksSent 1, blocksReceived 1, /);
    expect(host.bed.stdout).toMatch(/closed: closed by this side\n$/);
  });

  it('B-83: send asks, prints the reply and says what there is as records', async () => {
    const tool = await startListen(['--secs1', '--equipment', '--reply', file(TOOL), '--for', '60']);
    const bed = new CliBed();
    bed.stdin.end('S1F1 W.\nS7F3 W <L <A "R"> <B 0x00 0x01>>.\n');
    expect(await bed.run([registerSend], 'send', tool.target, '--secs1', '--json', '-v')).toBe(ExitCode.ok);
    const records = bed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sf?: string; dir?: string });
    expect(records[0]).toMatchObject({ event: 'established', line: tool.target, device: 0, side: 'slave' });
    expect(records.flatMap(({ sf, dir }) => (sf === undefined ? [] : [`${dir ?? ''} ${sf}`]))).toEqual([
      ...['out S1F1', 'in S1F2', 'out S7F3', 'in S7F4'],
    ]);
    tool.bed.interrupt();
    await tool.ended;
  });

  it.each<[string, string[], string, ExitCode, RegExp]>([
    ['function 0', [], 'S7F1 W <L>.\n', ExitCode.refused, /S7F1 was aborted by the peer/],
    ['no reply', ['--t3', '0.2'], 'S3F17 W.\n', ExitCode.noReply, /S3F17 was not answered within T3/],
    ['a command of HSMS', [], 'linktest\n', ExitCode.usage, /'linktest' is of HSMS: an open line of SECS-I/],
    ['a setting of HSMS', [], 'set t7 1\n', ExitCode.usage, /no setting 't7': t1, t2, t3/],
  ])('B-83: end with the code of %s', async (_, args, stdin, code, text) => {
    const tool = await startListen(['--secs1', '--equipment', '--reply', file(TOOL), '--for', '60']);
    const host = startConnect(tool.target, ['--secs1', ...args]);
    host.bed.stdin.end(stdin);
    expect(await host.ended).toBe(code);
    expect(host.bed.stderr).toMatch(text);
    tool.bed.interrupt();
    await tool.ended;
  });

  it('B-26, B-83: say why nobody answers: the peer speaks HSMS, or is a master too', async () => {
    const silent = createServer((socket) => socket.on('data', () => {}));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const bed = new CliBed();
    bed.stdin.end('S1F1 W.\n');
    const args = ['--secs1', '--t2', '0.2', '--rty', '1'];
    expect(await bed.run([registerSend], 'send', `127.0.0.1:${port}`, ...args)).toBe(ExitCode.notConnected);
    expect(bed.stderr).toContain('S1F1 was not sent: no EOT came for ENQ, the last of 2 tries');
    silent.close();
    const tool = await startListen(['--secs1', '--master', '--for', '60', ...args.slice(1)]);
    const host = startConnect(tool.target, ['--master', ...args]);
    host.bed.stdin.end('S1F1 W.\n');
    tool.bed.stdin.write('S1F1 W.\n');
    // Whichever side gives up first closes the line: the host has then failed itself, or hears that the tool has.
    expect([ExitCode.notConnected, ExitCode.closed]).toContain(await host.ended);
    tool.bed.interrupt();
    await tool.ended;
    const said = [host, tool].map(({ bed: { stderr, stdout } }) => stderr + stdout).join('');
    expect(said).toContain('Both sides want to be master');
  });

  it('B-43, B-83: tell a wrong device ID, and a wrong direction', async () => {
    const tool = await startListen(['--secs1', '--equipment', '--device-id', '2', '--for', '60']);
    const host = startConnect(tool.target, ['--secs1', '--device-id', '3', '--equipment']);
    host.bed.stdin.end('S1F1 W.\n');
    expect(await host.ended).toBe(ExitCode.refused);
    expect(tool.bed.stdout).toContain(
      'S1F1 came with the R-bit of our own messages: both sides are equipment',
    );
    expect(tool.bed.stdout).toContain('\nS9F1\n');
    tool.bed.interrupt();
    await tool.ended;
  });

  it.each([
    [['connect'], 'HOST:PORT is missing'],
    [['connect', 'here'], "'here' is no HOST:PORT"],
    [['connect', '127.0.0.1', '--secs1'], "'127.0.0.1' is no HOST:PORT"],
    [['listen'], 'PORT is missing'],
    [['send', '--secs1'], 'HOST:PORT is missing'],
    [
      ['connect', '1.1.1.1:1', '--serial', 'COM3'],
      "'1.1.1.1:1' and --serial COM3: a serial port has no address",
    ],
    [['listen', '5000', '--serial', 'COM3'], "'5000' and --serial COM3: a serial port has no address"],
    [['send', 'a', 'b', '--serial', 'COM3'], "'a' and --serial COM3: a serial port has no address"],
    [['connect', '1.1.1.1:1', '--rty', '1'], '--rty is of SECS-I: --secs1 (TCP) or --serial PATH is missing'],
    [['connect', '1.1.1.1:1', '--baud', '300'], '--baud is of a serial port: --serial PATH is missing'],
    [['connect', '1.1.1.1:1', '--secs1', '--baud', '300'], '--baud is of a serial port'],
    [['connect', '1.1.1.1:1', '--secs1', '--t7', '1'], '--t7 is of HSMS: SECS-I has nothing like it'],
    [['connect', '1.1.1.1:1', '--secs1', '--no-select'], '--no-select is of HSMS'],
    [['listen', '--serial', 'COM3', '--from', 'h'], '--from is of TCP, and the line is a serial port'],
    [['connect', '1.1.1.1:1', '--secs1', '--master', '--slave'], '--master and --slave: one of them'],
    [
      ['connect', '1.1.1.1:1', '--secs1', '--session-id', '40000'],
      'a device ID of SECS-I is from 0 to 32767',
    ],
    [['connect', '1.1.1.1:1', '--secs1', '--session-id', '1', '--device-id', '2'], 'are the same: give one'],
    [
      ['connect', '--serial', 'COM3', '--baud', '1'],
      "--baud cannot be '1'. A whole number from 50 to 4000000",
    ],
  ])('B-83: refuse %p', async (args, text) => {
    const bed = new CliBed();
    const code = await bed.run([registerConnect, registerListen, registerSend], ...args);
    expect([code, bed.stdout]).toEqual([ExitCode.usage, '']);
    expect(bed.stderr).toContain(text);
  });

  it('B-51, B-83: a port that cannot be opened ends with 3, and names it', async () => {
    const bed = new CliBed();
    bed.stdin.end('S1F1 W.\n');
    const code = await bed.run(
      [registerSend],
      'send',
      '--serial',
      join(directory, 'none'),
      '--baud',
      '19200',
    );
    expect(code).toBe(ExitCode.notConnected);
    expect(bed.stderr).toContain(`the serial port ${join(directory, 'none')} cannot be opened: No such file`);
  });
});

describe('ports', () => {
  const found = [
    { path: '/dev/ttyS0' },
    { path: '/dev/ttyUSB0', manufacturer: 'FTDI', serialNumber: 'A1', vendorId: '0403', productId: '6001' },
  ];
  const run = async (ports: typeof found, ...args: string[]): Promise<CliBed> => {
    const bed = new CliBed();
    const list = (): Promise<typeof found> => Promise.resolve(ports);
    expect(await bed.run([(program, io) => registerPorts(program, io, list)], 'ports', ...args)).toBe(0);
    return bed;
  };

  it('B-51, B-83: lists paths and what adapters say of themselves', async () => {
    expect((await run(found)).stdout).toBe('/dev/ttyS0\n/dev/ttyUSB0  FTDI, usb 0403:6001, serial A1\n');
    const lines = (await run(found, '--json')).stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual(
      found.map((port) => ({ type: 'port', ...port })),
    );
  });

  it('B-83: says so where there are none', async () => {
    const bed = await run([]);
    expect([bed.stdout, bed.stderr]).toEqual([
      '',
      'rxsecs: this machine has no serial ports that the system lists\n',
    ]);
    expect((await run([], '--json')).stderr).toBe('');
  });
});
