import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HsmsActiveConnection, HsmsSession, encodeFrame } from '../src/index.js';
import { packetOf, readWireLog } from '../src/log/index.js';
import { A, B, L, S } from '../src/secs2/index.js';
import { Peer } from './sessions/peer.js';
import { DEVICE_ID, KINDS, type PeerKind } from './sessions/kinds.js';
import { freePort } from './support/free-port.js';
import { within } from './support/inbox.js';
import { runPart, type Part } from './support/suite.js';
import { Capture } from './tshark/capture.js';
import { Dissector } from './tshark/dissect.js';

const ROUND_TRIPS = 50;
const program = join(__dirname, '../bin/rxsecs.cjs');

/** What the built command line printed, and what it ended with. */
interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function rxsecs(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

runPart('interop capture', async (part) => {
  for (const kind of KINDS.filter(({ name }) => name !== 'secs4js')) await record(part, kind);
});

/** A host of ours talks with an equipment of theirs; the capture of it is decoded, and played to it once more. */
async function record(part: Part, kind: PeerKind): Promise<void> {
  const { checks } = part;
  const port = await freePort();
  const capture = await Capture.start(port);
  part.cleanUp(() => capture.dispose());
  await withPeer(part, kind, port, () => talk(part, port));
  await capture.stop();

  const decoded = await rxsecs('--json', 'decode', capture.file, '--port', String(port));
  checks.equal(`code of decode for ${kind.name}`, [decoded.code, decoded.stderr], [0, '']);
  const found: string[] = [];
  for await (const record of readWireLog([decoded.stdout])) {
    if (record.type === 'message') {
      found.push(`${record.from?.split(':').pop()} ${encodeFrame(packetOf(record)).toString('hex')}`);
    }
  }
  const dissected = await new Dissector(capture.file, port).messages();
  const shown = dissected.map(({ sourcePort, bytes }) => `${sourcePort} ${bytes}`);
  checks.ok(`messages with ${kind.name} in the capture`, shown.length > 2 * ROUND_TRIPS, shown.length);
  checks.equal(`messages decoded with ${kind.name}, and as tshark dissects them`, found, shown);
  const text = await rxsecs('decode', capture.file, '--sf', 'S1F2');
  const replies = text.stdout.match(/^S1F2$/gm)?.length;
  checks.equal(`S1F2 of ${kind.name} printed as SML`, replies, ROUND_TRIPS);

  const folder = await mkdtemp(join(tmpdir(), 'rxsecs-interop-'));
  part.cleanUp(() => rm(folder, { recursive: true }));
  const log = join(folder, 'recording.ndjson');
  await writeFile(log, decoded.stdout);
  const target = `127.0.0.1:${port}`;
  for (const [source, ...options] of [
    [log, '--fast'],
    [capture.file, '--port', String(port), '--speed', '2'],
  ]) {
    const played = await withPeer(part, kind, port, () =>
      rxsecs('replay', source as string, target, '--wait', '5', ...options),
    );
    checks.equal(`replay against ${kind.name}`, [played.code, played.stderr], [0, '']);
    checks.ok(`no difference to ${kind.name}`, played.stdout.includes('no difference'), played.stdout);
  }
  // A recording that tells of another model: every reply with it differs.
  const model = kind.model.items[0];
  const name = model?.format === 'A' ? model.values : '';
  const forged = decoded.stdout.replaceAll(/"body":"([^"]+)"/g, (whole, body: string) => {
    const bytes = Buffer.from(body, 'base64');
    const at = bytes.indexOf(name);
    if (at < 0) return whole;
    bytes.write(name.toUpperCase(), at);
    return `"body":"${bytes.toString('base64')}"`;
  });
  await writeFile(log, forged);
  const other = await withPeer(part, kind, port, () =>
    rxsecs('replay', log, target, '--fast', '--wait', '5'),
  );
  checks.equal(`code of a replay that differs from ${kind.name}`, other.code, 8);
  checks.ok(
    'the difference as SML',
    other.stdout.includes(`+   <A[${name.length}] "${name}">`),
    other.stdout.slice(0, 600),
  );
}

async function withPeer<T>(part: Part, kind: PeerKind, port: number, body: () => Promise<T>): Promise<T> {
  const peer = new Peer(kind, 'equipment', port);
  part.cleanUp(() => peer.kill());
  await peer.started();
  try {
    return await body();
  } finally {
    await peer.kill();
  }
}

async function talk(part: Part, port: number): Promise<void> {
  const connection = new HsmsActiveConnection('127.0.0.1', port, DEVICE_ID, undefined, { t5: 1 });
  const host = new HsmsSession(connection, { t3: 10 });
  part.cleanUp(() => connection.dispose());
  host.primaries.subscribe((primary) => {
    if (primary.message.name === 'S1F13') void primary.reply(L(B(0), L(A('host'), A('1'))));
  });
  await connection.enable();
  await within(host.selected(), 'the selection');
  await host.request(S(1, 13).w(L()));
  for (let n = 0; n < ROUND_TRIPS; n++) await host.request(S(1, 1).w());
  await host.linktest();
  await connection.dispose();
}
