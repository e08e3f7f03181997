import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerDecode } from '../../../src/cli/decode/decode';
import { ExitCode } from '../../../src/cli/exit-codes';
import { encodeFrame, HsmsPacket } from '../../../src/index';
import { readWireLog, type WireLogRecord } from '../../../src/log';
import { frame, onEthernet, selectReq, T0, Wire } from '../../capture/support';
import { CliBed, type CliBedOptions } from '../../support/cli-bed';
import { pcapFile } from '../../support/network-packets';

const bad = encodeFrame(
  HsmsPacket.data({ sessionId: 3, stream: 6, function: 11, systemBytes: 9 }, Buffer.from('aabb', 'hex')),
);
const reject = encodeFrame(HsmsPacket.rejectReq(HsmsPacket.selectReq(4).header, 1));
const wire = new Wire()
  .open()
  .send('host', selectReq)
  .send('host', frame(5))
  .send('tool', bad)
  .send('tool', reject);
wire.lose('host', 40).send('host', frame(6)).fin('host').fin('tool').add('host', {}, true);

let folder = '';
let capture = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rxsecs-decode-'));
  capture = join(folder, 'line.pcap');
  writeFileSync(capture, pcapFile(onEthernet(wire.segments)));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(
  args: string[],
  options: CliBedOptions = {},
  stdin?: Buffer | string,
): Promise<CliBed & { code: ExitCode }> {
  const bed = new CliBed(options);
  if (stdin !== undefined) bed.stdin.end(stdin);
  const code = await bed.run([registerDecode], ...args);
  return Object.assign(bed, { code });
}

/** The first words of what is told of messages and other events. */
const heads = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('// '))
    .map((line) => line.replace(/^\/\/ (\S+Z |- )?/, ''));

describe('decode', () => {
  it('prints messages as SML, and what is missing', async () => {
    const { code, stdout, stderr } = await run(['decode', capture]);
    expect(code).toBe(ExitCode.ok);
    expect(heads(stdout)).toEqual([
      '10.0.0.1:40000 -> 10.0.0.2:5000 -- connection opened',
      '10.0.0.1:40000 -> 10.0.0.2:5000 Select.req session 65535 system 1',
      '10.0.0.1:40000 -> 10.0.0.2:5000 session 0 system 5',
      '10.0.0.2:5000 -> 10.0.0.1:40000 session 3 system 9',
      '10.0.0.2:5000 -> 10.0.0.1:40000 Reject.req reason 1 (SType not supported) of Select.req session 65535 system 4',
      '10.0.0.1:40000 -> 10.0.0.2:5000 -- 40 bytes are not in the capture',
      '10.0.0.1:40000 -> 10.0.0.2:5000 session 0 system 6',
      '10.0.0.1:40000 -> 10.0.0.2:5000 -- connection closed: by FIN',
    ]);
    expect(stdout).toContain('S6F11 W\n<L[2]\n  <U4[1] 5>');
    expect(stdout).toMatch(/^S6F11 \/\* .*: aabb \*\/\.$/m);
    expect(stderr.split('\n')).toEqual([
      '5 messages in 1 of 1 TCP connection (11 packets, pcap), 5 printed',
      '1 message printed has a body that is no SECS-II item',
      '40 bytes are not in the capture (1 gap)',
      '',
    ]);
  });

  it('prints a wire log that can be decoded again', async () => {
    const first = await run(['--json', 'decode', capture]);
    const records: WireLogRecord[] = [];
    for await (const record of readWireLog([first.stdout])) records.push(record);
    expect(records.map((record) => (record.type === 'event' ? record.event : record.type))).toEqual([
      ...['opened', 'message', 'message', 'message', 'message', 'gap', 'message', 'closed', 'summary'],
    ]);
    expect(records.at(-1)).toMatchObject({ messages: 5, gapBytes: 40, capture: { packets: 11 } });
    const again = await run(['--json', 'decode', '-'], {}, first.stdout);
    const lines = first.stdout.split('\n');
    expect(again.stdout.split('\n').slice(0, lines.length - 1)).toEqual(lines.slice(0, -1));
  });

  it.each<[string[], number[]]>([
    [
      ['--sf', 'S6F11'],
      [5, 9, 6],
    ],
    [
      ['--sf', 'S1F*,S6'],
      [5, 9, 6],
    ],
    [['--sf', 'S1F*'], []],
    [['--session', '3'], [9]],
    [
      ['--session', '0', '--session', '0x3'],
      [5, 9, 6],
    ],
    [
      ['--type', 'control'],
      [1, 4],
    ],
    [
      ['--type', 'Select.req,data'],
      [1, 5, 9, 6],
    ],
    [
      ['--from', '10.0.0.2'],
      [9, 4],
    ],
    [
      ['--from', ':40000'],
      [1, 5, 6],
    ],
    [['--from', '10.0.0.1:40001'], []],
    [
      ['--to', '10.0.0.2:5000'],
      [1, 5, 6],
    ],
    [
      ['--from', '10.0.0.2', '--from', '10.0.0.1'],
      [1, 5, 9, 4, 6],
    ],
    [['--from', '[::1]:5000'], []],
    [['--from', '::1'], []],
    [
      ['--from', new Date(T0 / 1000 + 5).toISOString()],
      [9, 4, 6],
    ],
    [['--from', '2026-11-23T00:00:00.004', '--to', '2026-11-23T00:00:00.004000Z'], [5]],
    [['--to', '2026-11-22'], []],
    [
      ['--port', '5000'],
      [1, 5, 9, 4, 6],
    ],
    [['--port', '5001'], []],
  ])('%j prints some messages', async (filter, systems) => {
    const { stdout, code } = await run(['decode', capture, ...filter]);
    expect(code).toBe(ExitCode.ok);
    const printed = [...stdout.matchAll(/ system (\d+)$/gm)].map(([, system]) => Number(system));
    expect(printed).toEqual(systems);
    // The same from the log of the capture.
    const log = await run(['--json', 'decode', capture]);
    const again = await run(['decode', '-', ...filter], {}, log.stdout);
    expect([...again.stdout.matchAll(/ system (\d+)$/gm)].map(([, system]) => Number(system))).toEqual(
      systems,
    );
  });

  it.each<[string[], RegExp]>([
    [['--sf', 'X1'], /S6F11, S1F\*, S7 and names of E5 are allowed, not "X1"/],
    [['--session', '65536'], /0 to 65535/],
    [['--type', 'linktest'], /data, select.req/],
    [['--from', '2026-13-45'], /no time of ISO 8601/],
    [['--from', 'a:b'], /a time as .* or an address/i],
    [['--from', 'yesterday'], /a time as .* or an address/i],
    [['--to', '10am'], /a time as/i],
    [['--to', '08:30'], /a time as/i],
    [['--from', '2026-1-2'], /a time as/i],
    [['--from', '10.0.0'], /a time as/i],
    [['--from', '10.0.0.256'], /a time as/i],
    [['--port', '0'], /Ports from 1/],
    [['--format', 'xml'], /pcapng/],
    [['--max-length', '0'], /from 1/],
  ])('%j is bad usage', async (options, message) => {
    const { code, stderr } = await run(['decode', capture, ...options]);
    expect(code).toBe(ExitCode.usage);
    expect(stderr).toMatch(message);
  });

  it.each<[string, RegExp]>([
    ['nowhere.pcap', /no such file/],
    ['.', /is a folder: a file is wanted/],
  ])('a file %s that cannot be read is bad usage', async (file, message) => {
    const { code, stderr } = await run(['decode', join(folder, file)]);
    expect(code).toBe(ExitCode.usage);
    expect(stderr).toMatch(message);
  });

  it('ends with 2 for a source that is none, and for one that ends too early, after the rest', async () => {
    expect(await run(['decode', '-'], {}, Buffer.from([0x89, 1, 2, 3]))).toMatchObject({
      code: ExitCode.usage,
    });
    const cut = await run(['decode', '-'], {}, pcapFile(onEthernet(wire.segments)).subarray(0, -3));
    expect(cut.code).toBe(ExitCode.usage);
    expect(cut.stdout).toContain('system 6');
    expect(cut.stdout).toContain('-- the file ends within a packet');
    expect(cut.stderr).toMatch(/^1 fault of the source: the file ends within a packet/m);
  });

  it('tells of bodies and records that a log left out', async () => {
    const time = '2026-11-23T00:00:00.000001Z';
    const lines = [
      {
        type: 'message',
        time,
        name: 'etcher',
        dir: 'in',
        from: 'a:1',
        to: 'b:2',
        session: 1,
        sf: 'S7F3',
        w: true,
        sType: 'data',
        system: 7,
        header: '00018703000000000007',
        redacted: { bytes: 99, rule: 'S7F3' },
      },
      {
        type: 'message',
        time,
        dir: 'out',
        session: 1,
        sType: 'linktest.req',
        system: 8,
        header: 'ffff0000000500000008',
      },
      { type: 'dropped', time, records: 3, bytes: 900, since: time },
      { type: 'event', time, event: 'closed', text: 'closed: by the peer' },
      { type: 'event', time, event: 'state', state: 'up' },
    ].map((line) => JSON.stringify(line));
    const { stdout, stderr } = await run(['decode', '-'], {}, lines.join('\n'));
    expect(stdout.split('\n')).toEqual([
      `// ${time} etcher a:1 -> b:2 session 1 system 7`,
      'S7F3 W /* 99 bytes left out by the rule S7F3 */.',
      `// ${time} out Linktest.req session 65535 system 8`,
      `// -- ${time} the log dropped 3 records (900 bytes) since ${time}`,
      `// -- ${time} closed closed: by the peer`,
      `// -- ${time} state {"state":"up"}`,
      '',
    ]);
    expect(stderr).toContain('1 message has a body that was left out');
    expect(stderr).toContain('3 records dropped by the log');
  });

  it.each<[string[], string[]]>([
    [[], ['early', 'late']],
    [['--sf', 'S1F1'], []],
    [['--session', '1'], []],
    [['--type', 'control'], []],
    [['--from', '2026-01-01T12:00'], ['late']],
    [['--to', '2026-01-01T12:00'], ['early']],
    [['--from', '10.0.0.1'], []],
  ])('prints of a log, with %j, the events %j, and always what the log dropped', async (options, events) => {
    const [early, late] = ['2026-01-01T11:00:00.000000Z', '2026-01-01T13:00:00.000000Z'];
    const lines = [
      { type: 'event', time: early, event: 'early' },
      { type: 'dropped', time: early, records: 3, bytes: 900, since: early },
      { type: 'event', time: late, event: 'late' },
    ].map((line) => JSON.stringify(line));
    const { stdout } = await run(['decode', '-', ...options], {}, lines.join('\n'));
    expect(['early', 'late'].filter((event) => stdout.includes(`Z ${event}`))).toEqual(events);
    expect(stdout).toContain('the log dropped 3 records');
  });

  it('paints the time of each line, and nothing within it, on a terminal', async () => {
    const { stdout } = await run(['decode', capture], { isTTY: true });
    const heads = stdout.split('\n').filter((line) => line.includes('// '));
    expect(heads.length).toBeGreaterThan(5);
    for (const head of heads) expect(head).toMatch(/^\u001b\[2m\/\/ [^\u001b ]+\u001b\[0m /);
  });

  it('shows a bar on a terminal, and takes it away before a message is printed there', async () => {
    const bed = new CliBed({ isTTY: true });
    const shown: string[] = [];
    for (const stream of [bed.out, bed.err]) {
      const write = stream.write.bind(stream) as (text: string) => boolean;
      Object.assign(stream, { write: (text: string) => shown.push(text) > 0 && write(text) });
    }
    await bed.run([registerDecode], 'decode', capture);
    expect(shown.slice(0, 3)).toEqual([
      expect.stringContaining('decoding ['),
      '\r\u001b[K',
      expect.stringContaining('Select.req'),
    ]);
    expect((await run(['decode', capture])).stderr).not.toContain('decoding [');
  });

  it('cuts long values where asked, and reads code pages', async () => {
    const { stdout } = await run(['decode', capture, '--max-length', '3', '--code-page', 'gbk']);
    expect(stdout).toMatch(/<A\[8\] "xxx"/);
  });

  it('stops when it is interrupted', async () => {
    const bed = new CliBed();
    bed.interrupt();
    expect(await bed.run([registerDecode], 'decode', capture)).toBe(ExitCode.interrupted);
    // No sum of what was not printed.
    expect(bed.stderr).toBe('');
    expect(await bed.run([registerDecode], '--json', 'decode', capture)).toBe(ExitCode.interrupted);
    expect(bed.stdout).not.toContain('summary');
  });

  it.each(['', 'half a li'])(
    'stops when it is interrupted while standard input says nothing more after %j',
    async (start) => {
      const bed = new CliBed();
      bed.stdin.write(start);
      const ended = bed.run([registerDecode], 'decode', '-');
      await new Promise((resolve) => setImmediate(resolve));
      bed.interrupt();
      expect(await ended).toBe(ExitCode.interrupted);
      expect(bed.stderr).toBe('');
    },
  );

  it('stops when it is interrupted while its input flows on', async () => {
    const bed = new CliBed();
    const log = (await run(['--json', 'decode', capture])).stdout;
    const flow = setInterval(() => bed.stdin.write(log), 1);
    const ended = bed.run([registerDecode], 'decode', '-');
    await bed.prints('S6F11');
    bed.interrupt();
    expect(await ended).toBe(ExitCode.interrupted);
    clearInterval(flow);
    expect(bed.stderr).toBe('');
  });

  it('prints no sum when its reader has gone, as that of head does with the last write', async () => {
    const bed = new CliBed();
    bed.out._write = (_chunk, _encoding, done: (error?: Error) => void) =>
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    bed.out.on('error', () => bed.interrupt(ExitCode.ok));
    expect(await bed.run([registerDecode], 'decode', capture)).toBe(ExitCode.ok);
    expect(bed.stderr).toBe('');
  });

  const corpus = join(__dirname, '../../capture/corpus');

  it.each(['not-words', 'not-octal', 'not-hex', 'not-checksums', 'not-hsms', 'not-whole', 'not-all-digits'])(
    'prints no message of %s.txt, says why on standard error and ends with 2',
    async (name) => {
      const { code, stdout, stderr } = await run(['decode', join(corpus, `${name}.txt`)]);
      expect(code).toBe(ExitCode.usage);
      expect(heads(stdout).filter((line) => !/-- /.test(line))).toEqual([]);
      expect(stderr).toMatch(
        /octal words|missing|passed over|no line holds bytes|no pairs of hex digits|behind its bytes/,
      );
    },
  );

  it.each([
    ['S1F1 W.\n', /^1 fault of the source: the source is SML and no log.*rxsecs send sends such a file/m],
    ['S2F41 W <L <A "GO"> <L>>.\n', /the source is SML and no log/],
    ['S2F41 W <L <A "GO>\n', /looks like SML, and cannot be read as such: .*line 1/],
    ['S2F41 W <L <A <V>> <L>> SysBytes:7.\n', /template|cannot be read as such/],
  ])('names SML that is no log: %j', async (text, message) => {
    const { code, stderr } = await run(['decode', '-'], {}, text);
    expect(code).toBe(ExitCode.usage);
    expect(stderr).toMatch(message);
  });

  it('ends with 2 where a packet in hex carries no HSMS', async () => {
    const hello = new Wire().send('host', Buffer.from('GET / HTTP/1.0\r\n\r\n')).segments;
    const [packet] = onEthernet(hello);
    const { code, stderr } = await run(['decode', '-'], {}, Buffer.from(packet?.bytes ?? []).toString('hex'));
    expect(code).toBe(ExitCode.usage);
    expect(stderr).toContain('18 bytes of connections in which no HSMS was found');
  });

  it('names parts of messages, and prints their items', async () => {
    const header = await run(['decode', join(corpus, 'header.txt')]);
    expect(header).toMatchObject({
      code: ExitCode.ok,
      stdout: '// - -> -- S5F1 W, session 10, system 2, no body: a header without length\n',
      stderr: '0 messages in a source of the format hex, 0 printed\n1 part of a message\n',
    });
    const message = await run(['decode', join(corpus, 'message-without-length.txt')]);
    expect(message.stdout).toMatch(/S1F14, session 0, system 2, .*: a message without its length\n<L\[2\]\n/);
    expect((await run(['decode', join(corpus, 'body.txt')])).stdout).toMatch(
      /a SECS-II item without a header\n<L\[2\]/,
    );
    expect((await run(['decode', join(corpus, 'secs1-block.txt')])).stdout).toMatch(
      /S1F1 W, device 5, block 1, the last, system 2, to the host: a block of SECS-I/,
    );
    const json = await run(['--json', 'decode', join(corpus, 'message-without-length.txt')]);
    expect(JSON.parse(json.stdout.split('\n')[0] ?? '')).toMatchObject({
      event: 'part',
      part: 'message',
      header: '0000010e000000000002',
      sml: expect.stringContaining('ETCHER') as unknown,
    });
  });

  it('tells with --json what each message says, who logged it, and when', async () => {
    const { stdout } = await run(['--json', 'decode', join(corpus, 'log-secsgem.txt')]);
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as WireLogRecord);
    expect(records[2]).toMatchObject({ dir: 'out', sf: 'S1F13', sml: 'S1F13 W\n<L[0]>.' });
    expect(records[3]).toMatchObject({ dir: 'in', time: '2026-01-02T03:04:03.103000Z', from: 'b', to: 'a' });
  });
});
