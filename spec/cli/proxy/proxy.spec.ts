import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { encodeFrame, HsmsPacket } from '../../../src';
import { ExitCode } from '../../../src/cli/exit-codes';
import { registerProxy } from '../../../src/cli/proxy/proxy';
import { packetOf, readWireLog, type WireLogRecord } from '../../../src/log';
import { A, L, S } from '../../../src/secs2';
import { registerSend } from '../../../src/cli/send/send';
import { CliBed } from '../../support/cli-bed';
import { startListen, type RunningCli } from '../../support/cli-entities';
import { until } from '../../support/until';

/** What a target does with a client. */
type Serve = (socket: Socket) => void;

let target: Server;
let serve: Serve;
let running: { bed: CliBed; ended: Promise<ExitCode> } | undefined;
let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'rxsecs-'));
  serve = (socket) => void socket.pipe(socket);
  target = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    serve(socket);
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  running?.bed.interrupt();
  await running?.ended;
  running = undefined;
  await new Promise((resolve) => target.close(resolve));
  rmSync(directory, { recursive: true, force: true });
});

async function startProxy(...args: string[]): Promise<{ bed: CliBed; port: number }> {
  const bed = new CliBed();
  const { port } = target.address() as AddressInfo;
  const ended = bed.run([registerProxy], 'proxy', '127.0.0.1:0', `127.0.0.1:${port}`, ...args);
  running = { bed, ended };
  await bed.prints(/listening on /);
  return { bed, port: Number(/listening on 127\.0\.0\.1:(\d+)/.exec(bed.stdout)?.[1]) };
}

function dial(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  return socket;
}

async function all(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const data = (system: number, text = 'x'): Buffer =>
  encodeFrame(HsmsPacket.ofMessage(S(1, 1).w(L(A(text))), { sessionId: 3, systemBytes: system }));

async function records(path: string): Promise<WireLogRecord[]> {
  const found: WireLogRecord[] = [];
  for await (const record of readWireLog([readFileSync(path)])) found.push(record);
  return found;
}

describe('proxy', () => {
  it('names messages of a file, on the screen, in records and in the log', async () => {
    const messages = join(directory, 'tool.json');
    writeFileSync(messages, '{"messages":{"S1F1":{"title":"Own Name","body":{"list":{"mid":"MID"}}}}}');
    const log = join(directory, 'log.ndjson');
    const { bed, port } = await startProxy('--messages', messages, '--log', log);
    const client = dial(port);
    client.end(data(8, 'L-1'));
    await all(client);
    await bed.prints(/closed\./);
    expect(bed.stdout).toMatch(/S1F1 W \/\* Own Name \*\/[^]*<A\[3\] "L-1"> \/\* MID \*\//);
    running?.bed.interrupt();
    await running?.ended;
    const found = (await records(log)).filter(({ type }) => type === 'message');
    expect(found).toEqual([
      expect.objectContaining({ title: 'Own Name' }),
      expect.objectContaining({ title: 'Own Name' }),
    ]);
  });

  it('prints both directions, and ends well', async () => {
    const { bed, port } = await startProxy();
    const client = dial(port);
    client.end(Buffer.concat([encodeFrame(HsmsPacket.selectReq(7)), data(8, 'hello')]));
    expect(await all(client)).toHaveLength(14 + data(8, 'hello').length);
    await bed.prints(/closed\. 37 bytes to .*, 37 bytes to /);
    const to = (arrow: string): RegExp =>
      new RegExp(`#1 127\\.0\\.0\\.1:\\d+ ${arrow} 127\\.0\\.0\\.1:\\d+ `, 'g');
    expect(bed.stdout.match(to('->'))).toHaveLength(2);
    expect(bed.stdout.match(to('<-'))).toHaveLength(2);
    expect(bed.stdout.match(/<A\[5\] "hello">/g)).toHaveLength(2);
    expect(bed.stdout.match(/Select\.req session 65535 system 7/g)).toHaveLength(2);
    bed.interrupt();
    expect(await running?.ended).toBe(ExitCode.interrupted);
  });

  it('passes on any bytes as they are, in any chunks, HSMS or not', async () => {
    const { port } = await startProxy('--quiet');
    const frame = fc
      .tuple(fc.nat(0xffff), fc.uint8Array({ maxLength: 300 }))
      .map(([system, body]) =>
        encodeFrame(HsmsPacket.data({ sessionId: 1, stream: 1, function: 3, systemBytes: system }, body)),
      );
    const lie = fc.tuple(fc.nat(0xffffffff), fc.uint8Array({ maxLength: 50 })).map(([length, rest]) => {
      const prefix = Buffer.alloc(4);
      prefix.writeUInt32BE(length);
      return Buffer.concat([prefix, rest]);
    });
    const stream = fc.array(fc.oneof(frame, fc.uint8Array({ maxLength: 100 }), lie), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        stream,
        fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 10 }),
        async (parts, cuts) => {
          const bytes = Buffer.concat(parts);
          const client = dial(port);
          const echoed = all(client);
          let at = 0;
          for (const cut of cuts) {
            client.write(bytes.subarray(at, at + cut));
            at += cut;
            await new Promise((resolve) => setImmediate(resolve));
          }
          client.end(bytes.subarray(at));
          expect((await echoed).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  }, 20_000);

  it('says where a direction stops being HSMS, and goes on', async () => {
    const { bed, port } = await startProxy();
    const client = dial(port);
    const echoed = all(client);
    client.write(data(1));
    await bed.prints(/<- .*\n/);
    client.end(Buffer.concat([Buffer.from('GET / HTTP/1.1\r\n\r\n'), data(2)]));
    expect((await echoed).length).toBe(2 * data(1).length + 18);
    await bed.prints(/closed\./);
    const nonsense = bed.stdout.match(
      /is not HSMS from byte 19 on and is passed on unread: HSMS message length 1195725856/g,
    );
    expect(nonsense).toHaveLength(2);
    expect(bed.stdout.match(/system 2/g)).toBeNull();
  });

  it('keeps half-open connections half open, in both directions', async () => {
    const ends: string[] = [];
    serve = (socket) => {
      socket.on('end', () => {
        ends.push('target saw the end');
        socket.write('still here');
        setTimeout(() => socket.end('bye'), 50);
      });
      socket.resume();
    };
    const { port } = await startProxy();
    const client = dial(port);
    client.end('first');
    expect(String(await all(client))).toBe('still herebye');
    expect(ends).toEqual(['target saw the end']);
  });

  it('lets a side that does not read hold up the other, and keeps nothing in memory', async () => {
    let reader: Socket | undefined;
    serve = (socket) => {
      reader = socket;
      socket.pause();
    };
    const { bed, port } = await startProxy('--quiet');
    const client = dial(port);
    await bed.prints(/is connected to/);
    const sent = createHash('sha256');
    const chunk = randomBytes(256 * 1024);
    let total = 0;
    // Far more than sockets hold: 64 MiB.
    const limit = 64 * 1024 * 1024;
    while (total < limit && client.writableLength < 8 * 1024 * 1024) {
      client.write(chunk);
      sent.update(chunk);
      total += chunk.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(total).toBeLessThan(limit);
    client.end();
    const received = createHash('sha256');
    reader?.on('data', (bytes) => received.update(bytes));
    reader?.resume();
    if (reader !== undefined) await once(reader, 'end');
    expect(received.digest('hex')).toBe(sent.digest('hex'));
    reader?.end();
    await bed.prints(`closed. ${total} bytes`);
  }, 20_000);

  it('passes a reset on as a reset', async () => {
    const codes: unknown[] = [];
    serve = (socket) => {
      socket.on('error', (error) => codes.push((error as NodeJS.ErrnoException).code));
      socket.resume();
    };
    const { bed, port } = await startProxy();
    const client = dial(port);
    client.write('x');
    await bed.prints(/is connected to/);
    client.resetAndDestroy();
    await until('the target to be reset', () => codes.length > 0);
    expect(codes).toEqual(['ECONNRESET']);
    await bed.prints(/closed: .*ECONNRESET/);
  });

  it('turns a client away when nobody is at the target, and stays', async () => {
    const { bed, port } = await startProxy();
    await new Promise((resolve) => target.close(resolve));
    const client = dial(port);
    client.write('x');
    await new Promise((resolve) => client.once('close', resolve).resume());
    await bed.prints(/closed: .*ECONNREFUSED.*\. [01] bytes? of 127\.0\.0\.1:\d+ could not be passed on/);
    await new Promise<void>((resolve) =>
      target.listen(Number(/for 127\.0\.0\.1:(\d+)/.exec(bed.stdout)?.[1]), '127.0.0.1', resolve),
    );
    const again = dial(port);
    again.end(data(1));
    expect(await all(again)).toEqual(data(1));
  });

  it('serves several clients at once, and tells them apart', async () => {
    const { bed, port } = await startProxy();
    const clients = [1, 2, 3, 4, 5].map((system) => ({ system, socket: dial(port) }));
    const echoes = clients.map(({ socket, system }) => {
      socket.end(data(system));
      return all(socket);
    });
    expect(await Promise.all(echoes)).toEqual(clients.map(({ system }) => data(system)));
    for (const { system } of clients) {
      const numbers = [...bed.stdout.matchAll(new RegExp(`#(\\d) .*session 3 system ${system}\\n`, 'g'))];
      expect(new Set(numbers.map(([, number]) => number)).size).toBe(1);
    }
  });

  it('writes a lossless wire log, and prints records with --json', async () => {
    const log = join(directory, 'deep', 'wire.ndjson');
    const { bed, port } = await startProxy('--json', '--log', log);
    const client = dial(port);
    const frames = [encodeFrame(HsmsPacket.linktestReq(9)), data(1, 'one'), data(2, 'two')];
    client.end(Buffer.concat(frames));
    await all(client);
    await bed.prints(/"event":"closed"/);
    bed.interrupt();
    await running?.ended;
    const logged = await records(log);
    const packets = logged.flatMap((record) => (record.type === 'message' ? [record] : []));
    const local = client.localPort;
    const byClient = packets.filter(({ from }) => from !== packets.at(-1)?.from);
    expect(byClient.map((record) => encodeFrame(packetOf(record)))).toEqual(frames);
    expect(packets).toHaveLength(6);
    expect(packets.every(({ name, dir }) => name === '#1' && dir === undefined)).toBe(true);
    expect(local === undefined || byClient[0]?.from?.startsWith('127.0.0.1:')).toBe(true);
    expect(
      logged.filter(({ type }) => type === 'event').map((record) => 'event' in record && record.event),
    ).toEqual(expect.arrayContaining(['listening', 'accepted', 'established', 'ended', 'closed']));
    const printed = bed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sml?: string });
    expect(printed.filter(({ sml }) => sml !== undefined)).toHaveLength(4);
  });

  it('leaves bodies out of the log by rule, and passes them on', async () => {
    const log = join(directory, 'wire.ndjson');
    const { bed, port } = await startProxy('--log', log, '--redact', 'S1');
    const client = dial(port);
    client.end(data(1, 'secret'));
    expect(await all(client)).toEqual(data(1, 'secret'));
    await bed.prints(/#1 closed/);
    bed.interrupt();
    await running?.ended;
    expect(readFileSync(log, 'utf8')).toMatch(/"redacted":\{"bytes":\d+,"rule":"S1"\}/);
  });

  it('says that the log lacks records, and ends with 1 then', async () => {
    const { bed, port } = await startProxy('--log', '/dev/full', '--for', '0.5');
    const client = dial(port);
    client.end(data(1));
    await all(client);
    expect(await running?.ended).toBe(ExitCode.unexpected);
    expect(bed.stderr).toMatch(/the log \/dev\/full: ENOSPC.*it will be tried again/);
    expect(bed.stderr).toMatch(/\d+ records \(\d+ bytes\) since .* were lost/);
  });

  it.each(['127.0.0.1', '[::ffff:127.0.0.1]', 'localhost'])(
    'is not to connect to itself: %s',
    async (host) => {
      const { port } = target.address() as AddressInfo;
      await new Promise((resolve) => target.close(resolve));
      const bed = new CliBed();
      const code = await bed.run([registerProxy], 'proxy', `127.0.0.1:${port}`, `${host}:${port}`);
      expect(code).toBe(ExitCode.usage);
      expect(bed.stderr).toMatch(/is where this proxy listens itself/);
      expect(bed.stdout).toBe('');
      await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    },
  );

  it('may have the port of another machine, and another port of this one', async () => {
    const { bed } = await startProxy('--for', '0.01');
    await running?.ended;
    expect(bed.stderr).toBe('');
  });

  it('begins nothing where the log cannot be written', async () => {
    const bed = new CliBed();
    const code = await bed.run([registerProxy], 'proxy', '127.0.0.1:0', '127.0.0.1:1', '--log', directory);
    expect(code).toBe(ExitCode.usage);
    expect(bed.stderr).toBe(`rxsecs: the log ${directory} cannot be written: it is a folder (EISDIR)\n`);
    expect(bed.stdout).toBe('');
  });

  it('tells of a message that is cut off', async () => {
    const { bed, port } = await startProxy();
    const client = dial(port);
    client.end(data(1).subarray(0, 9));
    await all(client);
    await bed.prints(/sends no more, in the middle of a message, after 9 of its bytes/);
  });

  it('ends with 3 where the port is taken, and after --for', async () => {
    const { port } = target.address() as AddressInfo;
    const bed = new CliBed();
    expect(await bed.run([registerProxy], 'proxy', `127.0.0.1:${port}`, '127.0.0.1:1')).toBe(
      ExitCode.notConnected,
    );
    expect(bed.stderr).toContain(`port ${port}`);
    const other = new CliBed();
    expect(await other.run([registerProxy], 'proxy', '127.0.0.1:0', '127.0.0.1:1', '--for', '0.05')).toBe(
      ExitCode.ok,
    );
  });
});

describe('proxy on a line of SECS-I', () => {
  const ETCHER = 'S1F2 <L <A "ETCHER"> <A "1.0">>.\n';

  async function startTool(): Promise<{ tool: RunningCli; at: string }> {
    const reply = join(directory, 'tool.sml');
    writeFileSync(reply, ETCHER);
    const tool = await startListen(['--secs1', '--equipment', '--reply', reply, '--for', '60']);
    return { tool, at: tool.target };
  }

  it('B-83: prints messages, and every block, hand-shake and pause between them', async () => {
    const { tool, at } = await startTool();
    const bed = new CliBed();
    const log = join(directory, 'line.ndjson');
    const ended = bed.run([registerProxy], 'proxy', '127.0.0.1:0', at, '--secs1', '--log', log);
    await bed.prints(/listening on /);
    const port = /listening on (127\.0\.0\.1:\d+)/.exec(bed.stdout)?.[1] ?? '';
    const host = new CliBed();
    host.stdin.end(`S1F1 W.\nS7F1 W <L <A "${'x'.repeat(300)}">>.\n`);
    await host.run([registerSend], 'send', port, '--secs1', '--t3', '0.3');
    await bed.prints(/closed\. \d+ bytes/);
    bed.interrupt();
    tool.bed.interrupt();
    await Promise.all([ended, tool.ended]);
    const said = [
      ...bed.stdout.matchAll(/-- #1 (->|<-) (ENQ|EOT|ACK|NAK|block \d+(?:, the last)? of S\d+F\d+)/g),
    ];
    expect(said.map(([, way, what]) => `${way} ${what}`)).toEqual([
      ...['-> ENQ', '<- EOT', '-> block 1, the last of S1F1', '<- ACK'],
      ...['<- ENQ', '-> EOT', '<- block 1, the last of S1F2', '-> ACK'],
      ...['-> ENQ', '<- EOT', '-> block 1 of S7F1', '<- ACK'],
      ...['-> ENQ', '<- EOT', '-> block 2, the last of S7F1', '<- ACK'],
    ]);
    expect(bed.stdout).toMatch(/<- EOT \(after \d+\.\d ms\)\n/);
    expect(bed.stdout).toMatch(
      /-> block 1, the last of S1F1 W: device 0 system \d+, 0 bytes \(after \d+\.\d ms, longest pause within \d+\.\d ms\)\n/,
    );
    expect(bed.stdout).toMatch(/#1 127\.0\.0\.1:\d+ <- 127\.0\.0\.1:\d+ session 0 system \d+\nS1F2\n<L\[2\]/);
    const logged = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { event?: string; handshake?: string; gap?: number; sf?: string });
    expect(logged.filter(({ handshake }) => handshake !== undefined)).toHaveLength(12);
    expect(logged.find(({ event }) => event === 'block')).toMatchObject({ sf: 'S1F1', block: 1, bytes: 0 });
  });

  it('B-83: with --no-control it prints of these what is out of order alone', async () => {
    serve = (socket) =>
      socket.on('data', (chunk: Buffer) => {
        if (chunk[0] === 5) socket.write(Buffer.of(4));
        else socket.write(Buffer.of(0x15));
      });
    const { bed, port } = await startProxy('--secs1', '--no-control', '--json');
    const socket = dial(port);
    socket.write(Buffer.of(5));
    await new Promise<void>((resolve) => socket.once('data', () => resolve()));
    const block = Buffer.from('0a0001810180010000000701ff', 'hex');
    socket.write(block);
    await bed.prints('"handshake":"NAK"');
    socket.destroy();
    await bed.prints(/"event":"closed"/);
    const events = bed.stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as { event: string; reason?: string; bytes?: string });
    expect(events.map(({ event }) => event).slice(3)).toEqual(['badBlock', 'handshake', 'closed']);
    expect(events[3]).toMatchObject({ reason: 'checksum', bytes: block.toString('hex') });
  });
});
