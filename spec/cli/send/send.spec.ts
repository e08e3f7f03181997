import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  HsmsPacket,
  HsmsPassiveConnection,
  HsmsSession,
  SType,
  type HsmsHeader,
  type SecsPrimary,
} from '../../../src';
import { ExitCode } from '../../../src/cli/exit-codes';
import { registerSend } from '../../../src/cli/send/send';
import { A, B, L, parseMessages, S, U4 } from '../../../src/secs2';
import { CliBed, type CliBedOptions } from '../../support/cli-bed';

const BIG = 3 * 1024 * 1024;

let directory: string;
let connection: HsmsPassiveConnection;
let session: HsmsSession;
let got: string[];
let target: string;

/** An equipment that does with each function of stream 1 and 2 what the spec needs. */
function answer(primary: SecsPrimary<HsmsHeader>): void {
  const { message, header } = primary;
  got.push(message.name);
  switch (message.name) {
    case 'S1F1':
      void primary.reply(L(A('ETCHER'), A('1.0')));
      break;
    case 'S2F1':
      void primary.reply(S(2, 0));
      break;
    case 'S2F3':
      void connection.send(HsmsPacket.rejectReq(header, 4));
      break;
    case 'S2F5':
      void session.send(S(9, 5, B([...header.toBytes()])));
      break;
    case 'S2F7':
      session.separate();
      break;
    case 'S7F3':
      void primary.reply(B(0));
      break;
  }
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rxsecs-'));
  got = [];
  connection = new HsmsPassiveConnection('', 0, 0, undefined, { bindAddress: '127.0.0.1' });
  session = new HsmsSession(connection, { entity: 'equipment' });
  session.primaries.subscribe(answer);
  await connection.enable();
  target = `127.0.0.1:${connection.boundAddress?.port ?? 0}`;
});

afterEach(async () => {
  await connection.dispose();
  rmSync(directory, { recursive: true, force: true });
});

const file = (text: string): string => {
  const path = join(directory, 'messages.sml');
  writeFileSync(path, text);
  return path;
};

interface Sent {
  readonly bed: CliBed;
  readonly code: ExitCode;
}

async function send(args: readonly string[], stdin = '', options: CliBedOptions = {}): Promise<Sent> {
  const bed = new CliBed(options);
  bed.stdin.end(stdin);
  return { bed, code: await bed.run([registerSend], 'send', ...args) };
}

describe('send', () => {
  it('sends the messages of a file in order, and prints their replies alone', async () => {
    const { bed, code } = await send([target, file('S1F1 W.\nS6F11 <L <U4 1>>.\nS1F1 W.')]);
    expect({ code, stderr: bed.stderr }).toEqual({ code: ExitCode.ok, stderr: '' });
    expect(got).toEqual(['S1F1', 'S6F11', 'S1F1']);
    expect(parseMessages(bed.stdout).map(({ message }) => message.name)).toEqual(['S1F2', 'S1F2']);
    expect(bed.stdout).not.toMatch(/Select|connected/);
  });

  it('names messages of a file in what it prints, in records and in the log', async () => {
    const tool = join(directory, 'tool.json');
    writeFileSync(
      tool,
      '{"messages":{"S1F2":{"title":"Who I Am","body":{"list":{"mdln":"MDLN","rev":"SOFTREV"}}}}}',
    );
    const log = join(directory, 'log.ndjson');
    const { bed } = await send([target, '--messages', tool, '--log', log], 'S1F1 W.');
    expect(bed.stdout).toMatch(/S1F2 \/\* Who I Am \*\/[^]*\/\* MDLN \*\//);
    const records = readFileSync(log, 'utf8').trim().split('\n');
    const titles = records.map((line) => (JSON.parse(line) as { title?: string }).title);
    expect(titles.filter((title) => title !== undefined)).toEqual(['Are You There Request', 'Who I Am']);
    const json = await send([target, '--messages', tool, '--json'], 'S1F1 W.');
    expect(JSON.parse(json.bed.stdout)).toMatchObject({ sf: 'S1F2', title: 'Who I Am' });
  });

  it.each([[[]], [['-']]])('reads standard input: %p', async (args) => {
    const { bed, code } = await send([target, ...args], 'S1F1 W.');
    expect(code).toBe(ExitCode.ok);
    expect(bed.stdout).toContain('ETCHER');
  });

  it('prints records with --json, and all that happens with --verbose', async () => {
    const { bed } = await send([target, '--json'], 'S1F1 W.');
    const lines = bed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sf: string; sml: string });
    expect(lines).toEqual([expect.objectContaining({ type: 'message', sf: 'S1F2', dir: 'in' })]);
    expect(lines[0]?.sml).toContain('ETCHER');
    const verbose = await send([target, '-v'], 'S1F1 W.');
    expect(verbose.bed.stdout).toMatch(/connected.*Select\.req.*S1F1 W.*S1F2.*Separate\.req.*closed/s);
  });

  it('writes a wire log, with bodies left out by its rules', async () => {
    const log = join(directory, 'wire.ndjson');
    const { code } = await send([target, '--log', log, '--redact', 'S1F2', 'S7'], 'S1F1 W.');
    expect(code).toBe(ExitCode.ok);
    const text = readFileSync(log, 'utf8');
    expect(text).toMatch(/"sf":"S1F1"/);
    expect(text).toMatch(/"redacted":\{"bytes":\d+,"rule":"S1F2"\}/);
  });

  it('sends nothing where the log cannot be written, and ends with 1 where it lacks records', async () => {
    const folder = await send([target, '--log', directory], 'S1F1 W.');
    expect(folder.code).toBe(ExitCode.usage);
    expect(folder.bed.stdout).toBe('');
    expect(folder.bed.stderr).toMatch(/^rxsecs: the log .* cannot be written: it is a folder \(EISDIR\)\n$/);
    const full = await send([target, '--log', '/dev/full'], 'S1F1 W.');
    expect(full.bed.stdout).toContain('S1F2');
    expect(full.bed.stderr).toMatch(/the log \/dev\/full: \d+ records .* were lost/);
    expect(full.code).toBe(ExitCode.unexpected);
  });

  it.each<[string, string, readonly string[], ExitCode, RegExp]>([
    ['no reply', 'S3F17 W.', ['--t3', '0.2'], ExitCode.noReply, /S3F17 was not answered within T3, 0\.2 s/],
    [
      'no reply in time',
      'S3F17 W.',
      ['--timeout', '0.2'],
      ExitCode.noReply,
      /no reply came within --timeout 0\.2 s/,
    ],
    ['an abort', 'S2F1 W.', [], ExitCode.refused, /S2F1 was aborted by the peer/],
    [
      'a Reject',
      'S2F3 W.',
      [],
      ExitCode.refused,
      /S2F3 was rejected by the peer with reason 4 \(not selected\)\n/,
    ],
    ['stream 9', 'S2F5 W.', [], ExitCode.refused, /S2F5 was answered by S9F5: unrecognised function/],
    ['the end of the session', 'S2F7 W.', [], ExitCode.closed, /the session was ended by Separate/],
    [
      'SML that cannot be read',
      'S1F1 W.\nS1F3 <U1 300>.',
      [],
      ExitCode.usage,
      /standard input: U1 cannot hold 300.*line 2/,
    ],
    ['a secondary message', 'S1F1 W.\nS1F2.', [], ExitCode.usage, /line 2: S1F2 is no primary message/],
    ['no message', '// nothing', [], ExitCode.usage, /standard input has no message/],
    [
      'a message above the cap',
      'S7F3 W <A "0123456789">.',
      ['--max-packet-bytes', '15'],
      ExitCode.usage,
      /above maxPacketBytes 15/,
    ],
  ])('ends with the code of %s, and says why', async (_name, sml, args, expected, message) => {
    const { bed, code } = await send([target, ...args], sml);
    expect(code).toBe(expected);
    expect(bed.stderr).toMatch(/^rxsecs: /);
    expect(bed.stderr).toMatch(message);
  });

  it.each<[name: string, sml: string | Buffer, args: readonly string[], body: string]>([
    ['bare hex', 'S5F3 <B[1] 80>.', ['--binary', 'hex'], '210180'],
    ['bare decimals', 'S5F3 <B[1] 80>.', [], '210150'],
    ['all escapes', 'S5F3 <A "\\t\\x41">.', ['--escapes', 'all'], '41020941'],
    ['no escapes', 'S5F3 <A "\\">.', ['--escapes', 'none'], '41015c'],
    [
      'GBK, file and body',
      Buffer.concat([Buffer.from('S10F3 <A "'), Buffer.from([0xb2, 0xe2]), Buffer.from('">.')]),
      ['--encoding', 'gbk', '--code-page', 'gbk'],
      '4102b2e2',
    ],
    ['UTF-16 with its mark', Buffer.from('\ufeffS10F3 <A "x">.', 'utf16le'), [], '410178'],
  ])('reads %s', async (_name, sml, args, body) => {
    const bodies: string[] = [];
    session.primaries.subscribe(({ message }) => bodies.push(message.body.toString('hex')));
    const path = join(directory, 'one.sml');
    writeFileSync(path, sml);
    const { bed, code } = await send([target, path, ...args]);
    expect({ code, bodies, stderr: bed.stderr }).toEqual({ code: ExitCode.ok, bodies: [body], stderr: '' });
  });

  it('says what was put up with, by kind, and refuses it with --strict-sml', async () => {
    const sml = 'S5F3 <L <B -1> <A[2] ab> <A[3] "x"> <A[4] "x">>.\nif (S1F1) x.';
    const { bed, code } = await send([target], sml);
    expect(code).toBe(ExitCode.ok);
    expect(bed.stderr.split('\n')).toEqual([
      'rxsecs: standard input: line 1, column 12: a byte has no sign: -1 is read as 255',
      'rxsecs: standard input: line 1, column 22: text without quotes is read as "ab"',
      'rxsecs: standard input: 2 warnings of counts that do not agree, the first: line 1, column 28: A is said to have 3 values, but has 1',
      'rxsecs: standard input: line 2, column 1: this statement of a scenario is passed over: if (S1F1) x',
      '',
    ]);
    const strict = await send([target, '--strict-sml'], sml);
    expect(strict.code).toBe(ExitCode.usage);
    expect(strict.bed.stderr).toContain('a byte has no sign');
    expect(got).toEqual(['S5F3']);
  });

  it('sends no template', async () => {
    const { bed, code } = await send([target], 'S1F1 W.\nS1F3 W <L <V>>.');
    expect({ code, stderr: bed.stderr, got }).toEqual({
      code: ExitCode.usage,
      stderr:
        'rxsecs: standard input: S1F3 is a template and cannot be sent: <V> has no value (line 2, column 11)\n',
      got: [],
    });
  });

  it('waits for its input no longer than --timeout', async () => {
    const bed = new CliBed();
    bed.stdin.write('S1F1 W.');
    const code = await bed.run([registerSend], 'send', target, '--timeout', '0.05');
    expect({ code, stderr: bed.stderr }).toEqual({
      code: ExitCode.usage,
      stderr: 'rxsecs: standard input did not end within --timeout 0.05 s\n',
    });
  });

  it.each([
    ['--encoding', 'klingon'],
    ['--binary', 'octal'],
    ['--escapes', 'some'],
  ])('refuses %s %s', async (option, value) => {
    const { bed, code } = await send([target, option, value], 'S1F1.');
    expect(code).toBe(ExitCode.usage);
    expect(bed.stderr).toMatch(new RegExp(`^rxsecs: .*${option}.*${value}.* allowed|Allowed`, 'i'));
  });

  it('stops at the first message that fails', async () => {
    const { code } = await send([target], 'S1F1 W.\nS2F1 W.\nS1F1 W.');
    expect(code).toBe(ExitCode.refused);
    expect(got).toEqual(['S1F1', 'S2F1']);
  });

  it('sends nothing where a message of the file cannot be read', async () => {
    await send([target, file('S1F1 W.\nS1F3 <U1 300>.')]);
    expect(got).toEqual([]);
  });

  it('ends with 2 for a file that is not there', async () => {
    const { bed, code } = await send([target, join(directory, 'none.sml')]);
    expect(code).toBe(ExitCode.usage);
    expect(bed.stderr).toContain('none.sml');
  });

  it('says of a message without W that no reply is awaited', async () => {
    const { bed, code } = await send([target], 'S6F1 <L>.');
    expect(code).toBe(ExitCode.ok);
    expect(bed.stdout).toMatch(/^\/\/ .* -- S6F1 was sent\. It has no W, so no reply is awaited\n$/);
    const json = await send([target, '--json'], 'S6F1 <L>.');
    expect(JSON.parse(json.bed.stdout)).toMatchObject({ type: 'event', event: 'sentWithoutW', sf: 'S6F1' });
  });

  it.each<[string, string | Buffer, RegExp]>([
    [
      'hex text',
      '00 00 00 0a ff ff 00 00 00 01 00 00 00 01\n',
      /is hex text, which rxsecs decode reads: send takes SML/,
    ],
    [
      'a log with hex',
      'TX: 00 00 00 0a ff ff 00 00 00 01 00 00 00 01\n',
      /is hex text, which rxsecs decode reads/,
    ],
    [
      'frames',
      Buffer.from('0000000affff00000001000000010000000affff0000000200000001', 'hex'),
      /is HSMS frames/,
    ],
    [
      'a wire log',
      '{"time":"2026-01-01T00:00:00.000000Z","type":"event","event":"x"}\n',
      /is a wire log, which/,
    ],
    [
      'other bytes',
      Buffer.from([1, 0, 2, 0, 255]),
      /is no text \(it holds bytes of the value 0\): send takes SML/,
    ],
    ['nothing', '', /has no message: SML such as S1F1 W\. is allowed/],
  ])('names what is no SML: %s', async (_name, content, message) => {
    const path = join(directory, 'other');
    writeFileSync(path, content);
    const { bed, code } = await send([target, path]);
    expect(code).toBe(ExitCode.usage);
    expect(bed.stderr).toMatch(message);
    expect(bed.stderr).toMatch(/^rxsecs: [^\n]*\n$/);
  });

  it('refuses with a word what is too long, endless or a folder', async () => {
    const long = file('');
    truncateSync(long, 700 * 1024 * 1024);
    expect((await send([target, long])).bed.stderr).toMatch(
      /has more than 96 MiB: so much SML is not read at once/,
    );
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect((await send([target, pipe])).bed.stderr).toMatch(/is a named pipe: pass it as standard input/);
    expect((await send([target, directory])).bed.stderr).toMatch(/is a folder: a file is wanted\n$/);
  });

  it('ends with 3 and a hint where nobody listens', async () => {
    await connection.disable();
    const { bed, code } = await send([target], 'S1F1 W.');
    expect(code).toBe(ExitCode.notConnected);
    expect(bed.stderr).toMatch(
      /ECONNREFUSED.*Nothing listens there: is the peer switched off, or set up as active/,
    );
  });

  it.each<[string, readonly string[], (bytes: Buffer) => Buffer | undefined, RegExp]>([
    ['does not answer Select', ['--t6', '0.2'], () => undefined, /does not answer Select\.req: is it HSMS/],
    [
      'does not answer in time',
      ['--timeout', '0.2'],
      () => undefined,
      /not selected within --timeout 0\.2 s/,
    ],
    ['speaks SECS-I', [], () => Buffer.from([5]), /bytes of SECS-I/],
    [
      'refuses Select',
      [],
      (bytes) =>
        Buffer.concat([bytes.subarray(0, 7), Buffer.from([3, 0, SType.selectRsp]), bytes.subarray(10)]),
      /refused Select\.req with status 3/,
    ],
  ])('ends with 4 where the peer %s', async (_name, args, reply, message) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        const bytesBack = reply(bytes);
        if (bytesBack !== undefined) socket.write(bytesBack);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { bed, code } = await send(
      [`127.0.0.1:${port}`, '--t8', '0.2', '--close-timeout', '0.1', ...args],
      'S1F1 W.',
    );
    expect({ code, stderr: bed.stderr }).toEqual({
      code: ExitCode.notSelected,
      stderr: expect.stringMatching(message) as unknown,
    });
    await new Promise((resolve) => server.close(resolve));
  });

  it('shows a progress bar for a large message, on a terminal only', async () => {
    const sml = `S7F3 W <L <A "RECIPE"> <B ${'1 '.repeat(BIG)}>>.`;
    const shown = await send([target], sml, { isTTY: true });
    expect(shown.code).toBe(ExitCode.ok);
    const plain = await send([target], sml);
    expect(plain.code).toBe(ExitCode.ok);
    expect(plain.bed.stderr).toBe('');
  }, 20_000);

  it('is interrupted in the middle', async () => {
    const bed = new CliBed();
    bed.stdin.end('S3F17 W.');
    const ended = bed.run([registerSend], 'send', target);
    while (got.length === 0) await new Promise((resolve) => setImmediate(resolve));
    bed.interrupt();
    expect(await ended).toBe(ExitCode.interrupted);
    expect(bed.stderr).toBe('');
  });

  it('carries an item to the peer', async () => {
    const items: unknown[] = [];
    session.primaries.subscribe(({ message }) => items.push(message.item?.toJSON()));
    await send([target], 'S6F11 <L <U4 1> <A "x">>.');
    expect(items).toEqual([L(U4(1), A('x')).toJSON()]);
  });
});
