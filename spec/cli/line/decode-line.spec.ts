import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerDecode } from '../../../src/cli/decode/decode';
import { ExitCode } from '../../../src/cli/exit-codes';
import { DumpClock, dumpedBytes } from '../../../src/cli/line/dump';
import { A, L, S } from '../../../src/secs2';
import { Splitter } from '../../../src/secs1/block/splitter';
import { Secs1Header } from '../../../src/secs1';
import { CliBed } from '../../support/cli-bed';

const body = S(1, 2, L(A('ETCHER'), A('1.0'))).body;
const fields = { rBit: true, sessionId: 7, stream: 1, function: 2, wBit: false, systemBytes: 9 };
const block = new Splitter(Secs1Header.of(fields), body, 1).block(0);
const raw = Buffer.concat([Buffer.of(5, 4), block, Buffer.of(6)]);

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'rxsecs-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function decode(content: string | Buffer, ...args: string[]): Promise<{ bed: CliBed; code: ExitCode }> {
  const path = join(directory, 'tap');
  writeFileSync(path, content);
  const bed = new CliBed();
  return { bed, code: await bed.run([registerDecode], 'decode', '--secs1', path, ...args) };
}

const SML = 'S1F2\n<L[2]\n  <A[6] "ETCHER">\n  <A[3] "1.0">\n>.\n';

describe('decode --secs1', () => {
  it('B-83: reads the raw bytes of a line', async () => {
    const { bed, code } = await decode(raw);
    expect([code, bed.stderr]).toEqual([ExitCode.ok, '1 message in 1 block\n']);
    expect(bed.stdout).toBe(
      `// -- ENQ\n// -- EOT\n// -- block 1, the last of S1F2: device 7 system 9, ${body.length} bytes\n` +
        `// to the host device 7 system 9\n${SML}// -- ACK\n`,
    );
  });

  it('B-83: reads text with times, directions and bytes, and tells the pauses', async () => {
    const text = [
      'COM3 opened at 9600 8N1',
      '10:15:00.100 RX 05',
      '10:15:00.112 TX <EOT>',
      `10:15:00.120 RX ${block.toString('hex').replace(/../g, '$& ')}`,
      '10:15:00.400 TX 06',
    ].join('\n');
    const { bed, code } = await decode(text);
    expect([code, bed.stderr]).toEqual([ExitCode.ok, '1 message in 1 block, 1 line without bytes\n']);
    expect(bed.stdout.split('\n').slice(0, 4)).toEqual([
      '// 10:15:00.100000 <- -- ENQ',
      '// 10:15:00.112000 -> -- EOT (after 12.0 ms)',
      expect.stringMatching(
        /^\/\/ 10:15:00\.120000 <- -- block 1, the last of S1F2: .* \(after 8\.0 ms, longest/,
      ),
      '// 10:15:00.400000 <- to the host device 7 system 9',
    ]);
  });

  it('B-83: prints records, of the messages that are wanted alone, and from standard input', async () => {
    const bed = new CliBed();
    bed.stdin.end(raw);
    const code = await bed.run([registerDecode], 'decode', '--secs1', '-', '--json', '--sf', 'S1F*');
    const records = bed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sf?: string; event?: string });
    expect(code).toBe(ExitCode.ok);
    expect(records).toEqual([
      expect.objectContaining({ sf: 'S1F2', session: 7, body: body.toString('base64') }),
      expect.objectContaining({ event: 'summary', messages: 1, blocks: 1 }),
    ]);
    expect((await decode(raw, '--sf', 'S6')).bed.stdout).toBe('');
    const all = (await decode(raw, '--json')).bed.stdout.trim().split('\n');
    expect(all.map((line) => (JSON.parse(line) as { event?: string }).event)).toEqual([
      ...['handshake', 'handshake', 'block', undefined, 'handshake', 'summary'],
    ]);
  });

  it.each([
    ['what has no block', 'nothing of the kind\n', [], '0 messages in 0 blocks, 1 line without bytes\n'],
    ['an empty file', '', [], '0 messages in 0 blocks\n'],
    ['bytes that mean nothing', 'ff fe\n', [], '0 messages in 0 blocks, 2 bytes that mean nothing\n'],
    [
      'an option of captures',
      '05',
      ['--port', '5000'],
      'rxsecs: --port and --secs1: a dump of a line has nothing like it\n',
    ],
  ])('B-83: ends with 2 for %s', async (_, content, args, said) => {
    const { bed, code } = await decode(content, ...args);
    expect([code, bed.stderr]).toEqual([ExitCode.usage, said]);
  });
});

describe('dumpedBytes', () => {
  it.each<[string, ReturnType<typeof dumpedBytes>]>([
    ['05', { bytes: Buffer.of(5), way: undefined, at: undefined }],
    ['-> 0x05 0x04', { bytes: Buffer.of(5, 4), way: 'first', at: undefined }],
    ['<< 0504', { bytes: Buffer.of(5, 4), way: 'second', at: undefined }],
    ['[12:00:01,5] H: ENQ', { bytes: Buffer.of(5), way: 'first', at: 43_201_500 }],
    [
      '2026-11-29T01:02:03.000250Z equipment  06   |.|',
      { bytes: Buffer.of(6), way: 'second', at: 3_723_000.25 },
    ],
    ['00000010: 0a 00 01', { bytes: Buffer.of(10, 0, 1), way: undefined, at: undefined }],
    ['00000010  0a 00 01  |...|', { bytes: Buffer.of(10, 0, 1), way: undefined, at: undefined }],
    ['TX 0a000105', { bytes: Buffer.of(10, 0, 1, 5), way: 'first', at: undefined }],
    ['port opened', undefined],
    ['# 05 04', undefined],
    ['', undefined],
  ])('B-83: reads %s', (line, expected) => {
    expect(dumpedBytes(line)).toEqual(expected);
  });

  it('B-83: times go on behind midnight', () => {
    const clock = new DumpClock();
    expect([86_399_000, undefined, 1000, 500].map((time) => clock.at(time))).toEqual([
      86_399_000,
      undefined,
      86_401_000,
      86_400_500,
    ]);
  });
});
