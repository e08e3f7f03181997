// Decodes a large capture with the built command line, and prints rate and peak memory:
//   npx ts-node bench/capture.ts [MiB, default 1024]
// The capture is made from a fixed seed in the folder for temporary files, and removed.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { encodeFrame, HsmsPacket } from '../src/index.js';
import { A, B, F8, L, S, U4 } from '../src/secs2/index.js';
import { ethernet, ipv4, pcapFile, tcp, type Captured } from '../spec/support/network-packets.js';

const CONNECTIONS = 16;
const SEGMENT_BYTES = 1448;
const root = resolve(__dirname, '..');

/** The same numbers in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Tool {
  readonly end: string;
  seq: number;
  waiting: Buffer;
  at: number;
}

/** Writes a capture of about so many bytes. Returns how many messages are whole in it. */
function makeCapture(file: string, bytes: number): number {
  const random = randomNumbers(7);
  const recipe = Buffer.alloc(1024 * 1024, 'recipe ');
  const tools: Tool[] = Array.from({ length: CONNECTIONS }, (_, n) => ({
    end: `10.0.${n}.2:5000`,
    seq: (0xfffff000 + n * 7_654_321) >>> 0,
    waiting: Buffer.alloc(0),
    at: 0,
  }));
  const host = '10.0.0.1:40000';
  const out = openSync(file, 'w');
  let messages = 0;
  let written = 0;
  let time = 1_795_392_000_000_000;
  let batch: Captured[] = tools.map(({ end, seq }) => ({ time, bytes: packet(end, host, seq - 1, 'S') }));
  let first = true;
  const flush = (): void => {
    const all = pcapFile(batch);
    written += writeSync(out, first ? all : all.subarray(24));
    first = false;
    batch = [];
  };
  const next = (): Buffer => {
    messages++;
    const systemBytes = messages;
    const large = random() < 0.001;
    const item = large
      ? L(A('PPID'), B(recipe))
      : L(U4(messages), U4(1001), L(F8(random()), A('x'.repeat(random() * 200))));
    return encodeFrame(
      HsmsPacket.ofMessage(large ? S(7, 3).w(item) : S(6, 11).w(item), { sessionId: 0, systemBytes }),
    );
  };
  while (written < bytes) {
    const tool = tools[Math.floor(random() * CONNECTIONS)] as Tool;
    if (tool.at === tool.waiting.length) {
      tool.waiting = random() < 0.3 ? Buffer.concat([next(), next(), next()]) : next();
      tool.at = 0;
    }
    const data = tool.waiting.subarray(tool.at, tool.at + SEGMENT_BYTES);
    const captured = { time: (time += 40), bytes: packet(tool.end, host, tool.seq, '', data) };
    // One segment in a hundred is captured after the one that follows it, one in a hundred twice.
    const luck = random();
    if (luck < 0.01 && batch.length > 0) batch.splice(-1, 0, captured);
    else batch.push(captured);
    if (luck > 0.99) batch.push({ ...captured, time });
    tool.at += data.length;
    tool.seq = (tool.seq + data.length) >>> 0;
    if (batch.length > 4000) flush();
  }
  for (const tool of tools) {
    for (; tool.at < tool.waiting.length; tool.at += SEGMENT_BYTES) {
      const data = tool.waiting.subarray(tool.at, tool.at + SEGMENT_BYTES);
      batch.push({ time, bytes: packet(tool.end, host, tool.seq, '', data) });
      tool.seq = (tool.seq + data.length) >>> 0;
    }
  }
  flush();
  closeSync(out);
  return messages;
}

function packet(from: string, to: string, seq: number, flags: string, data?: Uint8Array): Buffer {
  return ethernet(ipv4(from, to, tcp({ from, to, seq, flags, ...(data && { data }) })));
}

/** Runs the command line; resolves with what it said on standard error, and the seconds it took. */
function decode(args: readonly string[]): Promise<{ said: string; seconds: number }> {
  const peak = join(root, 'bench/support/peak-memory.cjs');
  const began = process.hrtime.bigint();
  const child = spawn(process.execPath, ['-r', peak, join(root, 'bin/rxsecs.cjs'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      if (code === 0) done({ said, seconds });
      else fail(new Error(`decode ended with ${code}: ${said}`));
    });
  });
}

async function main(): Promise<void> {
  const mebibytes = Number(process.argv[2] ?? 1024);
  const folder = mkdtempSync(join(tmpdir(), 'rxsecs-capture-'));
  try {
    const file = join(folder, 'large.pcap');
    const messages = makeCapture(file, mebibytes * 1024 * 1024);
    const size = statSync(file).size / 1024 / 1024;
    console.log(`capture of ${size.toFixed(0)} MiB with ${messages} messages`);
    for (const args of [
      ['decode', file],
      ['--json', 'decode', file],
      ['decode', file, '--sf', 'S9F*'],
    ]) {
      const { said, seconds } = await decode(args);
      const shown = args.filter((arg) => arg !== file).join(' ');
      const memory = /peak memory (\d+) MiB/.exec(said)?.[1] ?? '?';
      console.log(
        `${shown.padEnd(22)} ${(size / seconds).toFixed(0).padStart(5)} MiB/s   peak memory ${memory} MiB`,
      );
      if (Number(memory) >= 200) throw new Error('peak memory is above the ceiling of 200 MiB');
      const found = /^(\d+) messages/.exec(said)?.[1];
      if (found !== undefined && Number(found) !== messages)
        throw new Error(`${found} messages were decoded: ${said}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main();
