import { createServer, type AddressInfo } from 'node:net';
import { registerReplay } from '../../../src/cli/replay/replay';
import { ExitCode } from '../../../src/cli/exit-codes';
import { HsmsActiveConnection, HsmsPacket, HsmsPassiveConnection, HsmsSession } from '../../../src/index';
import { messageRecord } from '../../../src/log';
import { A, B, L, S, U4, type SecsMessage } from '../../../src/secs2';
import { CliBed } from '../../support/cli-bed';

const HOST = '10.0.0.1:40000';
const TOOL = '10.0.0.2:5000';
const clock = '2026112300000000';

/** A recording: `>` from the host, `<` from the tool. */
function recording(lines: readonly (readonly ['>' | '<', SecsMessage | HsmsPacket, number])[]): string[] {
  return lines.map(([way, message, systemBytes], n) => {
    const packet =
      message instanceof HsmsPacket ? message : HsmsPacket.ofMessage(message, { sessionId: 3, systemBytes });
    const [from, to] = way === '>' ? [HOST, TOOL] : [TOOL, HOST];
    return JSON.stringify(messageRecord(packet, { time: 1_795_392_000_000 + n, from, to }));
  });
}

const day = recording([
  ['>', HsmsPacket.selectReq(1), 1],
  ['>', S(1, 13).w(L()), 2],
  ['<', S(1, 14, L(B(0), L(A('ETCHER'), A('1.0')))), 2],
  ['>', S(2, 17).w(), 3],
  ['<', S(2, 18, A('2025010100000000')), 3],
  ['<', S(6, 11).w(L(U4(1), U4(7))), 900],
  ['>', S(6, 12, B(0)), 900],
  ['>', S(10, 3), 4],
]);

/** An equipment that answers as told, and reports an event after S2F17. */
async function equipment(
  answers: Record<string, SecsMessage>,
  report: SecsMessage = S(6, 11).w(L(U4(1), U4(7))),
): Promise<{ port: number; got: string[]; close: () => Promise<void> }> {
  const connection = new HsmsPassiveConnection('', 0, 3, undefined, { bindAddress: '127.0.0.1' });
  const session = new HsmsSession(connection, { entity: 'equipment', autoS9: false });
  const got: string[] = [];
  session.primaries.subscribe((primary) => {
    const { name } = primary.message;
    got.push(name);
    const answer = answers[name];
    if (answer !== undefined && primary.wantsReply) void primary.reply(answer);
    if (name === 'S2F17')
      void session.request(report, { t3: 5 }).then(
        (reply) => got.push(String(reply.name)),
        () => got.push('aborted'),
      );
  });
  await connection.enable();
  return { port: connection.boundAddress?.port ?? 0, got, close: () => connection.dispose() };
}

const honest = { S1F13: S(1, 14, L(B(0), L(A('ETCHER'), A('1.0')))), S2F17: S(2, 18, A(clock)) };

async function replay(log: readonly string[], ...args: string[]): Promise<CliBed & { code: ExitCode }> {
  const bed = new CliBed();
  bed.stdin.end(log.join('\n'));
  const code = await bed.run([registerReplay], ...args);
  return Object.assign(bed, { code });
}

describe('replay', () => {
  it('plays the host of a recording and finds no difference but those ignored', async () => {
    const tool = await equipment(honest);
    const { code, stdout } = await replay(
      day,
      'replay',
      '-',
      `127.0.0.1:${tool.port}`,
      '--fast',
      '--ignore',
      'S2F18:times',
    );
    await tool.close();
    expect(stdout).toBe('4 messages sent, 3 compared: no difference\n');
    expect(code).toBe(ExitCode.ok);
    expect(tool.got.sort()).toEqual(['S10F3', 'S1F13', 'S2F17', 'S6F12']);
  });

  it('shows what differs as SML, and ends with 8', async () => {
    const tool = await equipment({ ...honest, S1F13: S(1, 14, L(B(0), L(A('ETCHER'), A('2.0')))) });
    const { code, stdout } = await replay(day, 'replay', '-', `127.0.0.1:${tool.port}`, '--speed', '100');
    await tool.close();
    expect(code).toBe(ExitCode.different);
    expect(stdout.split('\n')).toEqual([
      'step 2: S1F14 to S1F13 differs',
      '  <L[2]',
      '    <B[1] 0x00>',
      '    <L[2]',
      '      <A[6] "ETCHER">',
      '-     <A[3] "1.0">',
      '+     <A[3] "2.0">',
      '    >',
      '  >',
      'step 4: S2F18 to S2F17 differs',
      '- <A[16] "2025010100000000">',
      `+ <A[16] "${clock}">`,
      '4 messages sent, 3 compared: 2 differences',
      '',
    ]);
  });

  it('tells of replies and events that do not come, and of those not expected', async () => {
    const tool = await equipment({ S2F17: honest.S2F17 }, S(6, 1).w(A('other')));
    const args = ['--fast', '--wait', '0.2', '--ignore', 'times'];
    const { code, stdout } = await replay(day, '--json', 'replay', '-', `127.0.0.1:${tool.port}`, ...args);
    await tool.close();
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records).toMatchObject([
      { type: 'difference', step: 2, what: 'S1F14 to S1F13', why: 'missing' },
      { what: 'S6F1', why: 'unexpected' },
      { what: 'S6F11', why: 'missing' },
      { type: 'replay', sent: 3, compared: 1, notPlayed: 1, differences: 3 },
    ]);
    expect(code).toBe(ExitCode.different);
    expect(tool.got).toContain('aborted');
  });

  it('plays the equipment for a host that connects', async () => {
    const bed = new CliBed();
    bed.stdin.end(day.join('\n'));
    const probe = await equipment({});
    await probe.close();
    const running = bed.run(
      [registerReplay],
      'replay',
      '-',
      '--listen',
      `127.0.0.1:${probe.port}`,
      '--fast',
      '--wait',
      '5',
    );
    const connection = new HsmsActiveConnection('127.0.0.1', probe.port, 3, undefined, { t5: 0.05 });
    const host = new HsmsSession(connection);
    const got: string[] = [];
    host.primaries.subscribe((primary) => {
      got.push(primary.message.name);
      void primary.reply(B(0));
      void host.send(S(10, 3));
    });
    await connection.enable();
    await host.selected();
    got.push(String((await host.request(S(1, 13).w(L()))).item?.at(1, 0).ascii));
    got.push(String((await host.request(S(2, 17).w())).name));
    expect(await running).toBe(ExitCode.ok);
    await connection.dispose();
    expect(got.sort()).toEqual(['ETCHER', 'S2F18', 'S6F11']);
    expect(bed.stdout).toBe('3 messages sent, 4 compared: no difference\n');
  });

  it('says what the recording lacks', async () => {
    const redacted = JSON.stringify({
      ...(JSON.parse(day[2]!) as object),
      body: undefined,
      redacted: { bytes: 9, rule: 'S1' },
    });
    const dropped = JSON.stringify({
      type: 'dropped',
      time: '2026-11-23T00:00:00Z',
      records: 5,
      bytes: 9,
      since: '2026-11-23T00:00:00Z',
    });
    const log = [day[0]!, day[1]!, redacted, dropped, ...recording([['>', S(6, 12), 77]])];
    const tool = await equipment(honest);
    const { code, stdout, stderr } = await replay(log, 'replay', '-', `127.0.0.1:${tool.port}`, '--fast');
    await tool.close();
    expect(code).toBe(ExitCode.ok);
    expect(stdout).toBe(
      '1 message sent, 0 compared, 1 not compared: the recording lacks their bodies: no difference\n',
    );
    expect(stderr).toContain('5 of its records were dropped');
    expect(stderr).toContain(
      'replies left out, since what they answer is not in the recording or was not sent: 1',
    );
  });

  it('says why the session was not selected, and what that may mean', async () => {
    const server = createServer(
      // It reads, so that it closes when its peer does.
      (socket) =>
        void socket
          .on('error', () => {})
          .resume()
          .write('SSH-2.0-OpenSSH_9.2\r\n'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await replay(day, 'replay', '-', `127.0.0.1:${port}`, '--fast');
    server.close();
    expect(code).toBe(ExitCode.notSelected);
    expect(stderr).toMatch(/the session was not selected: .*The peer sends text, "SSH-"/);
  });

  it('ends with 3 where nobody listens', async () => {
    const tool = await equipment({});
    await tool.close();
    expect((await replay(day, 'replay', '-', `127.0.0.1:${tool.port}`, '--fast')).code).toBe(
      ExitCode.notConnected,
    );
    const again = await replay(day, 'replay', '-', `127.0.0.1:${tool.port}`, '--fast');
    expect(again.stderr).toContain('Nothing listens there');
  });

  it('takes an address, and no time, for whose part is played', async () => {
    const { code, stderr } = await replay(day, 'replay', '-', '127.0.0.1:1', '--from', '2026-01-01');
    expect(code).toBe(ExitCode.usage);
    expect(stderr).toMatch(/--from cannot be '2026-01-01'\. An address as/);
  });

  it.each<[string, readonly string[], readonly string[], RegExp]>([
    ['no peer', day, [], /HOST:PORT, or --listen/],
    ['two peers', day, ['127.0.0.1:1', '--listen', '5000'], /one of them/],
    ['nothing to play', day.slice(0, 1), ['127.0.0.1:1'], /no data message/],
    [
      'no side',
      day.slice(1),
      ['127.0.0.1:1'],
      /--from whose part is played \(10.0.0.1:40000, 10.0.0.2:5000\)/,
    ],
    [
      'a side that a capture does not have',
      day,
      ['127.0.0.1:1', '--side', 'in'],
      /needs a wire log with directions/,
    ],
    [
      'two sessions',
      [
        ...day,
        JSON.stringify(
          messageRecord(HsmsPacket.data({ sessionId: 9, stream: 1, function: 1, systemBytes: 1 }), {
            time: 0,
            from: HOST,
            to: TOOL,
          }),
        ),
      ],
      ['127.0.0.1:1'],
      /sessions 3, 9: choose/,
    ],
    ['a speed', day, ['127.0.0.1:1', '--speed', '0'], /above 0/],
    ['what to ignore', day, ['127.0.0.1:1', '--ignore', 'x'], /S2F18, S6F11:1\/0/],
  ])('refuses %s', async (_what, log, args, message) => {
    const { code, stderr } = await replay(log, 'replay', '-', ...args);
    expect(code).toBe(ExitCode.usage);
    expect(stderr).toMatch(message);
  });

  it('says nothing when it is interrupted while the recording flows on', async () => {
    const bed = new CliBed();
    const flow = setInterval(() => bed.stdin.write(`${day.join('\n')}\n`), 1);
    const ended = bed.run([registerReplay], 'replay', '-', '127.0.0.1:1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    bed.interrupt();
    expect(await ended).toBe(ExitCode.interrupted);
    clearInterval(flow);
    expect(bed.stdout + bed.stderr).toBe('');
  });
});
