import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from '../../../src/cli/exit-codes';
import { packetOf, readWireLog, type WireLogRecord } from '../../../src/log';
import { parseMessages, printMessage } from '../../../src/secs2';
import { registerListen } from '../../../src/cli/entity/listen';
import { CliBed } from '../../support/cli-bed';
import { startConnect, startListen } from '../../support/cli-entities';
import { until } from '../../support/until';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'rxsecs-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

async function records(text: string): Promise<WireLogRecord[]> {
  const found: WireLogRecord[] = [];
  for await (const record of readWireLog([text])) found.push(record);
  return found;
}

const TOOL = 'S1F2 <L <A "ETCHER"> <A "1.0">>.\nS1F14 <L <B 0> <L>>.\nS7F1 W. S7F0.\n';

describe('listen and connect', () => {
  it('talk: a script asks, replies come from a file, both end with 0', async () => {
    const tool = await startListen(['--equipment', '--once', '--reply', file('tool.sml', TOOL)]);
    const host = startConnect(tool.target);
    host.bed.stdin.end('S1F13 W <L>\nS1F1 W.\n');
    expect(await host.ended).toBe(ExitCode.ok);
    expect(await tool.ended).toBe(ExitCode.ok);
    expect(host.bed.stderr + tool.bed.stderr).toBe('');
    const printed = (text: string): string[] =>
      parseMessages(text).map(({ message }) =>
        printMessage(message, { counts: 'never' }).replace(/\s+/g, ' '),
      );
    const expected = [
      'S1F13 W <L>.',
      'S1F14 <L <B 0x00> <L> >.',
      'S1F1 W.',
      'S1F2 <L <A "ETCHER"> <A "1.0"> >.',
    ];
    // What is printed is SML: the rest stands in comments.
    expect(printed(host.bed.stdout)).toEqual(expected);
    expect(printed(tool.bed.stdout)).toEqual(expected);
    expect(host.bed.stdout).toMatch(/^\/\/ \S+ \S+ -- connected: 127\.0\.0\.1:\d+ to 127\.0\.0\.1:\d+\n/);
    expect(host.bed.stdout).toMatch(/<- session 0 system \d+, after \d+\.\d ms\nS1F14\n/);
    expect(host.bed.stdout).toMatch(/-> Separate\.req session 65535 system \d+\n.* closed by this side\n$/);
  });

  it('name messages of a file, on the screen and in the log', async () => {
    const own = file(
      'own.json',
      '{"messages":{"S1F1":{"title":"Anybody"},"S100F1":{"title":"Lot","body":{"mid":"MID"}}}}',
    );
    const log = file('log.ndjson', '');
    const tool = await startListen(['--once', '--messages', own, '--log', log]);
    const host = startConnect(tool.target, ['--messages', own]);
    host.bed.stdin.end('S100F1 <A "L-1">.\nwait 0.01\n');
    await Promise.all([host.ended, tool.ended]);
    for (const { stdout } of [host.bed, tool.bed]) {
      expect(stdout).toMatch(/S100F1 \/\* Lot \*\/\n<A\[3\] "L-1"> \/\* MID \*\//);
    }
    expect(readFileSync(log, 'utf8')).toContain('"sf":"S100F1","w":false,"title":"Lot"');
  });

  it('say in one line that a port takes any peer, and not so where --from names one', async () => {
    for (const from of [[], ['--from', '127.0.0.1']]) {
      const tool = await startListen(['--once', ...from]);
      const host = startConnect(tool.target);
      host.bed.stdin.end('wait selected\n');
      await Promise.all([host.ended, tool.ended]);
      const said = tool.bed.stdout.match(/takes any peer.*/g);
      expect(said).toEqual(from.length > 0 ? null : ['takes any peer: --from names the only one to serve']);
      expect(tool.bed.stderr).toBe('');
    }
  });

  it('report each request before its reply, and control messages before what they cause', async () => {
    const tool = await startListen(['--once', '--abort']);
    const host = startConnect(tool.target);
    host.bed.stdin.end('wait selected\n');
    await host.ended;
    await tool.ended;
    const order = (text: string): string[] =>
      [...text.matchAll(/(Select\.r(?:eq|sp)|-- selected|Separate\.req|-- closed)/g)].map(([what]) => what);
    expect(order(tool.bed.stdout)).toEqual([
      ...['Select.req', '-- selected', 'Select.rsp', 'Separate.req', '-- closed', 'Separate.req'],
    ]);
    expect(order(host.bed.stdout)).toEqual([
      'Select.req',
      'Select.rsp',
      '-- selected',
      'Separate.req',
      '-- closed',
    ]);
  });

  it('end with the code of the first line that fails, and do nothing after it', async () => {
    const tool = await startListen(['--reply', file('tool.sml', TOOL), '--for', '60']);
    const host = startConnect(tool.target);
    host.bed.stdin.end('S7F1 W <L>.\nS1F1 W.\n');
    expect(await host.ended).toBe(ExitCode.refused);
    expect(host.bed.stderr).toBe('rxsecs: S7F1 was aborted by the peer (function 0)\n');
    expect(host.bed.stdout).not.toContain('S1F1');
    tool.bed.interrupt();
    expect(await tool.ended).toBe(ExitCode.interrupted);
  });

  it.each<[string, string[], string, ExitCode, RegExp]>([
    ['SML that cannot be read', [], 'S1F1 W.\nS1F3 W <U1 300>.\n', 2, /ends in line 2 .* U1 cannot hold 300/],
    [
      'what is no command',
      [],
      'wait 0.01\nslect\nS1F1 W.\n',
      2,
      /^rxsecs: line 2: 'slect' is neither SML, .* select, /,
    ],
    ['a message that is not whole', [], 'S1F3 W <L\n', 2, /the end of the text/],
    ['no reply', ['--t3', '0.2'], 'S3F17 W.\n', 5, /S3F17 was not answered within T3, 0\.2 s/],
    ['a reply to nothing', [], 'S1F2.\n', 2, /S1F2 answers nothing: nothing waits/],
    ['a setting that is none', [], 'set t9 1\n', 2, /no setting 't9'/],
    [
      'a setting out of range',
      [],
      'set max-packet-bytes 1\n',
      2,
      /maxPacketBytes must be a whole number from 10 to 4294967295, received 1/,
    ],
    ['something that does not come', [], 'wait S6F11 0.1\n', 5, /S6F11 did not come within 0\.1 s/],
    ['a wait for nobody knows what', [], 'wait weather\n', 2, /wait 'weather'/],
    [
      'a Reject of nothing, for no reason',
      [],
      'S1F1 W.\nreject x\n',
      2,
      /reason: A whole number from 0 to 255/,
    ],
  ])('end a script at %s', async (_name, args, script, code, message) => {
    const tool = await startListen(['--reply', file('tool.sml', TOOL)]);
    const host = startConnect(tool.target, args);
    host.bed.stdin.end(script);
    expect(await host.ended).toBe(code);
    expect(host.bed.stderr).toMatch(message);
    tool.bed.interrupt();
    await tool.ended;
  });

  it('end with a script whose lines have nothing to send', async () => {
    const tool = await startListen(['--reply', file('tool.sml', TOOL)]);
    for (const script of ['// nothing yet\n', 'if (S1F1) model.\n']) {
      const host = startConnect(tool.target);
      host.bed.stdin.end(script);
      expect(await host.ended).toBe(ExitCode.ok);
    }
    tool.bed.interrupt();
    await tool.ended;
  });

  it('miss nothing in a script: what came before a wait counts, and each message once', async () => {
    const tool = await startListen(['--equipment']);
    const host = startConnect(tool.target, ['--reply', file('host.sml', 'S6F12 <B 0>.\n')]);
    tool.bed.stdin.write('S6F11 W <L <U4 1> <U4 1001> <L>>.\n');
    await tool.bed.prints('S6F12');
    host.bed.stdin.end('wait S6F11 10\nwait S6F11 0.1\n');
    expect(await host.ended).toBe(ExitCode.noReply);
    expect(host.bed.stderr).toMatch(/S6F11 did not come within 0\.1 s/);
    tool.bed.interrupt();
    await tool.ended;
  });

  it('read the lines of a script as --encoding says', async () => {
    const tool = await startListen(['--equipment', '--reply', file('tool.sml', 'S10F4 <B 0>.\n')]);
    const line = Buffer.from('53313046332057203c4c203c4220303e203c412022bfaacabc223e3e2e0a', 'hex');
    const host = startConnect(tool.target, ['--encoding', 'gbk', '--code-page', 'gbk']);
    host.bed.stdin.end(line);
    expect(await host.ended).toBe(ExitCode.ok);
    expect(host.bed.stdout).toContain('开始');
    const wrong = startConnect(tool.target);
    wrong.bed.stdin.end(line);
    expect(await wrong.ended).toBe(ExitCode.usage);
    expect(wrong.bed.stderr).toContain('standard input: line 1 is not utf-8');
    tool.bed.interrupt();
    await tool.ended;
  });

  it('run every command of a script', async () => {
    const tool = await startListen(['--reply', file('tool.sml', TOOL), '--for', '60']);
    const host = startConnect(tool.target);
    const script = [
      'wait selected',
      'linktest',
      'set t3 9',
      'status',
      'help',
      'wait 0.01',
      'deselect',
      'select',
    ];
    script.push(
      'S1F1 W',
      '',
      'reject 1',
      'separate',
      'wait closed',
      'disable',
      'enable',
      'wait selected',
      'quit',
      'S9F9.',
    );
    host.bed.stdin.end(script.join('\n'));
    expect(await host.ended).toBe(ExitCode.ok);
    expect(host.bed.stderr).toBe('');
    const { stdout } = host.bed;
    expect(stdout).toMatch(/-- the peer answered after \d/);
    expect(stdout).toMatch(/t3 9,/);
    expect(stdout).toMatch(/ended by Deselect/);
    expect(stdout).toMatch(/-> Reject\.req reason 1 \(SType not supported\) of Data session 0/);
    expect(stdout.match(/-- connected/g)).toHaveLength(2);
    expect(stdout).toMatch(/\/\/ {3}wait SECONDS/);
    tool.bed.interrupt();
    await tool.ended;
  });

  it('answer by hand what no rule answers', async () => {
    const tool = await startListen(['--equipment']);
    const host = startConnect(tool.target);
    host.bed.stdin.write('S1F1 W.\n');
    await tool.bed.prints('-- S1F1 waits for its reply: S1F2');
    tool.bed.stdin.end('S1F2 <A "by hand">\nwait closed\n');
    host.bed.stdin.end('quit\n');
    expect(await host.ended).toBe(ExitCode.ok);
    expect(await tool.ended).toBe(ExitCode.ok);
    expect(host.bed.stdout).toContain('<A[7] "by hand">');
  });

  it('read the replies again when the file changes, and keep them when it is broken', async () => {
    const path = file('tool.sml', 'S1F2 <A "one ${counter}">.');
    const tool = await startListen(['--reply', path]);
    const host = startConnect(tool.target);
    host.bed.stdin.write('S1F1 W.\n');
    await host.bed.prints('"one 1"');
    writeFileSync(path, 'S1F2 <A "one ${counter}">.\nS1F4 <U1 300>.');
    await tool.bed.prints(
      /the replies stay as they were\. .*tool\.sml: line 2, column 10: U1 cannot hold 300/,
    );
    host.bed.stdin.write('S1F1 W.\n');
    await host.bed.prints('"one 2"');
    writeFileSync(path, 'S1F2 <A "two ${counter}, longer">.');
    await tool.bed.prints(/was read again, replies: 1/);
    host.bed.stdin.end('S1F1 W.\n');
    expect(await host.ended).toBe(ExitCode.ok);
    expect(host.bed.stdout).toContain('"two 3, longer"');
    tool.bed.interrupt();
    await tool.ended;
  });

  it('print wire-log records, and write them to a log: every packet byte for byte', async () => {
    const log = join(directory, 'tool.ndjson');
    const tool = await startListen(['--once', '--log', log, '--reply', file('tool.sml', TOOL)]);
    const host = startConnect(tool.target, ['--json']);
    host.bed.stdin.end('S1F1 W.\n');
    await host.ended;
    await tool.ended;
    const printed = await records(host.bed.stdout);
    const logged = await records(readFileSync(log, 'utf8'));
    const packets = (all: WireLogRecord[], dir: 'in' | 'out'): string[] =>
      all.flatMap((record) =>
        record.type === 'message' && record.dir === dir ? [packetOf(record).toString()] : [],
      );
    expect(packets(printed, 'out')).toEqual(packets(logged, 'in'));
    // The Separate of the side that was separated from does not arrive any more.
    expect(packets(logged, 'out').slice(0, 2)).toEqual(packets(printed, 'in').slice(0, 2));
    expect(packets(printed, 'in')[1]).toMatch(/function:02/);
    expect(printed).toContainEqual(expect.objectContaining({ type: 'event', event: 'selected' }));
    expect(logged).toContainEqual(
      expect.objectContaining({
        event: 'closed',
        reason: 'separate',
      }),
    );
    expect(printed.find((record) => record.type === 'message' && record.sf === 'S1F2')).toMatchObject({
      dir: 'in',
      from: tool.target,
      sml: expect.stringContaining('ETCHER') as unknown,
    });
  });

  it('do not begin where the log cannot be written, and put it aside by its age', async () => {
    const bed = new CliBed();
    expect(await bed.run([registerListen], 'listen', '0', '--log', directory)).toBe(ExitCode.usage);
    expect(bed.stderr).toBe(`rxsecs: the log ${directory} cannot be written: it is a folder (EISDIR)\n`);
    expect(bed.stdout).toBe('');
    const log = join(directory, 'aged.ndjson');
    const tool = await startListen(['--for', '0.4', '--log', log, '--log-age', '0.05', '--log-gzip']);
    startConnect(tool.target).bed.stdin.end('wait 0.2\n');
    await tool.ended;
    expect(readdirSync(directory).filter((name) => /^aged\..*\.ndjson\.gz$/.test(name))).not.toEqual([]);
  });

  it('print no control messages, and only so many values, where that is asked for', async () => {
    const tool = await startListen(['--once', '--no-control', '--max-length', '2']);
    const host = startConnect(tool.target);
    host.bed.stdin.end('S1F3 <L <U1 1 2 3 4>>\n');
    await host.ended;
    await tool.ended;
    expect(tool.bed.stdout).not.toContain('Select');
    expect(tool.bed.stdout).toContain('<U1[4] 1 2 /* 2 more */>');
  });

  it('end after so many primaries, when the last one has been answered', async () => {
    const tool = await startListen(['--count', '2', '--reply', file('tool.sml', TOOL)]);
    const host = startConnect(tool.target);
    host.bed.stdin.end('S1F1 W.\nS1F1 W.\n');
    expect(await tool.ended).toBe(ExitCode.ok);
    expect(await host.ended).toBe(ExitCode.ok);
    expect(host.bed.stdout.match(/^S1F2$/gm)).toHaveLength(2);
  });

  it('end after so many seconds, and run on when standard input was empty', async () => {
    const tool = await startListen(['--for', '0.3']);
    tool.bed.stdin.end();
    expect(await tool.ended).toBe(ExitCode.ok);
    const other = await startListen();
    other.bed.stdin.end();
    const ended = await Promise.race([
      other.ended,
      new Promise((resolve) => setTimeout(resolve, 200, 'runs')),
    ]);
    expect(ended).toBe('runs');
    other.bed.interrupt(ExitCode.terminated);
    expect(await other.ended).toBe(ExitCode.terminated);
  });

  it('separate before they end when they are interrupted', async () => {
    const tool = await startListen(['--once']);
    const host = startConnect(tool.target);
    await host.bed.prints('-- selected');
    host.bed.interrupt();
    expect(await host.ended).toBe(ExitCode.interrupted);
    expect(await tool.ended).toBe(ExitCode.ok);
    expect(tool.bed.stdout).toContain('<- Separate.req');
  });

  it('end with 3 where nobody listens, and where the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const bed = new CliBed();
    expect(await bed.run([registerListen], 'listen', target)).toBe(ExitCode.notConnected);
    expect(bed.stderr).toContain(target.split(':')[1]);
    await new Promise((resolve) => server.close(resolve));
    const nobody = startConnect(target, ['--once']);
    expect(await nobody.ended).toBe(ExitCode.notConnected);
    expect(nobody.bed.stderr).toContain('ECONNREFUSED');
    // Once, and without an attempt that is not made.
    expect(nobody.bed.stderr).toContain('Nothing listens there');
    expect(nobody.bed.stdout).toBe('');
    expect(bed.stdout).toBe('');
  });

  it('end with 3 or 4 when a script waits in vain for being selected', async () => {
    const silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const unselected = startConnect(`127.0.0.1:${port}`, ['--wait', '0.3', '--t6', '9']);
    unselected.bed.stdin.end('S1F1 W.\n');
    expect(await unselected.ended).toBe(ExitCode.notSelected);
    const refused = startConnect(`127.0.0.1:${port}`, ['--once', '--t6', '0.1']);
    expect(await refused.ended).toBe(ExitCode.notSelected);
    expect(refused.bed.stdout).toContain('does not answer Select.req');
    expect(refused.bed.stderr).toMatch(/^rxsecs: the session was never selected: closed: .*T6/);
    await new Promise((resolve) => silent.close(resolve));
    const off = startConnect(`127.0.0.1:${port}`, ['--wait', '0.3']);
    off.bed.stdin.end('S1F1 W.\n');
    expect(await off.ended).toBe(ExitCode.notConnected);
    expect(off.bed.stderr).toMatch(/not selected within 0\.3 s: .*ECONNREFUSED.*Nothing listens there/);
    const alone = await startListen(['--wait', '0.1']);
    alone.bed.stdin.end('S6F11 W.\n');
    expect(await alone.ended).toBe(ExitCode.notConnected);
    expect(alone.bed.stderr).toContain(
      'the session was not selected within 0.1 s: the connection is listening',
    );
  });

  it('say which folder they make for a log', async () => {
    const log = join(directory, 'tol', '7', 'wire.ndjson');
    const tool = await startListen(['--for', '0.01', '--log', log]);
    await tool.ended;
    expect(tool.bed.stderr).toBe(
      `rxsecs: the folder ${join(directory, 'tol')} was made for the log ${log}\n`,
    );
    const again = await startListen(['--for', '0.01', '--log', log]);
    await again.ended;
    expect(again.bed.stderr).toBe('');
  });

  it('print no byte of a file of replies that a terminal obeys', async () => {
    const binary = join(directory, 'tool.bin');
    writeFileSync(binary, Buffer.from('\u001b]0;mine\u0007\u001b[2J\u0000\u009b31m S1F2', 'latin1'));
    const bed = new CliBed();
    expect(await bed.run([registerListen], 'listen', '0', '--reply', binary)).toBe(ExitCode.usage);
    expect(bed.stderr).toMatch(/^rxsecs: [^\p{Cc}]*\n$/u);
  });

  it.each([
    [['--session-id', '65536'], /session-id.*from 0 to 65535/],
    [['--reply', '/nowhere/tool.sml'], /replies cannot be read.*\/nowhere\/tool\.sml/],
    [['--code-page', 'klingon'], /klingon/],
    [['--max-packet-bytes', '5'], /maxPacketBytes must be a whole number from 10 to 4294967295, received 5/],
  ])('refuse %p', async (args, message) => {
    const host = startConnect('127.0.0.1:1', args);
    expect(await host.ended).toBe(ExitCode.usage);
    expect(host.bed.stderr).toMatch(message);
  });

  it('say on a terminal why nothing can be sent', async () => {
    const tool = await startListen();
    const host = startConnect(tool.target, ['--no-select'], { isTTY: true, env: { RXSECS_HISTORY: '' } });
    await host.bed.prints(/connected: /);
    host.bed.stdin.write('S1F1 W.\r');
    await host.bed.prints('nothing was sent: the session is not selected: see select, wait selected');
    host.bed.stdin.write('slect\r');
    await host.bed.prints("'slect' is neither SML");
    host.bed.stdin.write('disable\r');
    await host.bed.prints(/closed: /);
    host.bed.stdin.write('linktest\r');
    await host.bed.prints('nothing was sent: there is no connection (disabled)');
    host.bed.interrupt();
    tool.bed.interrupt();
    await Promise.all([host.ended, tool.ended]);
  });

  it('tell where nobody listens what that may mean', async () => {
    const { target, bed, ended } = await startListen();
    bed.interrupt();
    await ended;
    const host = startConnect(target, ['--once']);
    expect(await host.ended).toBe(ExitCode.notConnected);
    expect(host.bed.stderr).toMatch(/ECONNREFUSED.*\. Nothing listens there/);
  });

  it('listen on one address', async () => {
    const bed = new CliBed();
    const args = ['listen', '127.0.0.1:0', '--for', '0.01', '--bind'];
    expect(await bed.run([registerListen], ...args, '127.0.0.2')).toBe(ExitCode.usage);
    expect(bed.stderr).toBe('rxsecs: listen on 127.0.0.1 and --bind 127.0.0.2: one address is allowed\n');
    expect(await bed.run([registerListen], ...args, '127.0.0.1')).toBe(ExitCode.ok);
  });

  it('leave nothing open', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
    const tool = await startListen(['--once']);
    const host = startConnect(tool.target);
    host.bed.stdin.end('linktest\n');
    await Promise.all([host.ended, tool.ended]);
    await until('sockets to be gone', () => {
      const open = process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
      return open <= before;
    });
    expect(host.bed.stdin.listenerCount('data')).toBe(0);
  });
});
