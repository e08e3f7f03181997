import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packetOf, readWireLog } from '../src/log/index.js';
import { B, L, parseMessages, printMessage, S } from '../src/secs2/index.js';
import { rxsecs, Running, type Ended } from './cli/run.js';
import { DEVICE_ID, KINDS, type PeerKind } from './sessions/kinds.js';
import { UNKNOWN } from './sessions/messages.js';
import { Peer } from './sessions/peer.js';
import { freePort } from './support/free-port.js';
import { runPart, type Part } from './support/suite.js';

const SESSION = ['--session-id', String(DEVICE_ID)];

const TOOL = `
S1F2 <L <A "rxsecs"> <A "\${counter}">>.
S1F14 <L <B 0> <L <A "rxsecs"> <A "1.0">>>.
`;

/** Names of the messages that the output, which is SML, holds. */
const messagesOf = (text: string): string[] => parseMessages(text).map(({ message }) => message.name);

const kindOf = (name: string): PeerKind => {
  const kind = KINDS.find((known) => known.name === name);
  if (kind === undefined) throw new Error(`no peer ${name}`);
  return kind;
};

async function startPeer(
  part: Part,
  kind: PeerKind,
  role: 'host' | 'equipment',
  port: number,
): Promise<Peer> {
  const peer = new Peer(kind, role, port);
  part.cleanUp(() => peer.kill());
  await peer.started();
  return peer;
}

/** go-secs listens no more for a moment when a connection has ended. */
async function patiently(args: readonly string[], stdin: string): Promise<Ended> {
  for (let attempt = 1; ; attempt++) {
    const ended = await rxsecs(args, stdin);
    if (ended.code !== 3 || attempt === 10) return ended;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** The peer says that it is selected: only then does it send. */
async function selected(peer: Peer): Promise<void> {
  while ((await peer.states.next('selected')) !== 'selected');
}

/** The command line as a host of a peer's equipment. */
async function asHost(part: Part, kind: PeerKind): Promise<void> {
  const { checks } = part;
  const port = await freePort();
  const peer = await startPeer(part, kind, 'equipment', port);
  const target = `127.0.0.1:${port}`;

  // A GEM equipment such as secsgem's answers nothing before S1F13.
  const sent = await rxsecs(['send', target, ...SESSION], 'S1F13 W <L>.\nS1F1 W.');
  checks.equal(`${kind.name}: send ends with`, [sent.code, sent.stderr], [0, '']);
  const reply = parseMessages(sent.stdout).map(({ message }) => printMessage(message));
  checks.equal(`${kind.name}: send prints`, reply, [
    printMessage(S(1, 14, L(B(0), kind.model))),
    printMessage(S(1, 2, kind.model)),
  ]);

  const script = await rxsecs(
    ['connect', target, ...SESSION, '--t5', '1'],
    'S1F13 W <L>\nlinktest\nS1F1 W.\nstatus\n',
  );
  checks.equal(`${kind.name}: a script ends with`, [script.code, script.stderr], [0, '']);
  const names = messagesOf(script.stdout);
  checks.ok(
    `${kind.name}: a script gets its replies`,
    names.includes('S1F14') && names.includes('S1F2'),
    names,
  );
  checks.ok(`${kind.name}: linktest`, script.stdout.includes('the peer answered after'), script.stdout);

  const unknown = await patiently(
    ['send', target, ...SESSION, '--t3', '2'],
    `S1F13 W <L>.\n${String(UNKNOWN)}`,
  );
  const [code, why] = kind.sendsS9F5 ? [6, 'S9F5'] : [5, 'T3'];
  checks.equal(`${kind.name}: an unknown message ends with`, unknown.code, code);
  checks.ok(`${kind.name}: and says why`, unknown.stderr.includes(why), unknown.stderr);

  const watching = new Running(['connect', target, ...SESSION, '--t5', '1']);
  part.cleanUp(() => watching.interrupt());
  await watching.prints('-- selected');
  await peer.kill();
  await watching.prints('closed: ');
  await watching.interrupt();
  const gone = await rxsecs(['send', target, ...SESSION], 'S1F1 W.');
  checks.equal(`${kind.name}: a peer that is gone ends with`, gone.code, 3);
  checks.ok('and says why', gone.stderr.includes('Nothing listens there'), gone.stderr);
}

/** The command line as the equipment of a peer's host. */
async function asEquipment(part: Part, kind: PeerKind, tool: string): Promise<void> {
  const { checks } = part;
  const port = await freePort();
  const listening = new Running(['listen', `127.0.0.1:${port}`, '--equipment', ...SESSION, '--reply', tool]);
  part.cleanUp(() => listening.interrupt());
  await listening.prints('listening on');
  const peer = await startPeer(part, kind, 'host', port);
  await listening.prints('-- selected');
  await selected(peer);
  for (const name of ['s1f1', 's1f13'] as const) {
    peer.do(name);
    const result = await peer.results.next(`the result of ${name}`);
    checks.ok(`${kind.name}: ${name} is answered from the file`, result.reply !== null, result);
  }
  // What passed is printed.
  await listening.prints('S1F14');
  checks.equal(`${kind.name}: SIGINT ends with`, await listening.interrupt(), endedWith(port, tool, 130));
  checks.ok(
    `${kind.name}: after a Separate`,
    listening.seen.some((line) => line.includes('-> Separate.req')),
    listening.seen,
  );
}

const endedWith = (port: number, tool: string, code: number): string =>
  `rxsecs listen 127.0.0.1:${port} --equipment ${SESSION.join(' ')} --reply ${tool} ended with code ${code}`;

/** A go-secs host talks with a secsgem equipment through the proxy, whose log holds what both say they saw. */
async function between(part: Part, directory: string): Promise<void> {
  const { checks } = part;
  const [inner, outer] = [await freePort(), await freePort()];
  const log = join(directory, 'proxy.ndjson');
  await startPeer(part, kindOf('secsgem'), 'equipment', inner);
  const proxy = new Running(['proxy', `127.0.0.1:${outer}`, `127.0.0.1:${inner}`, '--log', log]);
  part.cleanUp(() => proxy.interrupt());
  await proxy.prints('listening on');
  const host = await startPeer(part, kindOf('go-secs'), 'host', outer);
  await proxy.prints('Select.rsp status 0');
  await selected(host);
  host.do('s1f13');
  const { reply } = await host.results.next('the result of s1f13');
  checks.ok('the reply comes through the proxy', reply !== null, reply);
  await proxy.prints('S1F14');
  await proxy.interrupt();
  const logged: string[] = [];
  for await (const record of readWireLog([readFileSync(log)])) {
    if (record.type === 'message' && record.sf === 'S1F14')
      logged.push(packetOf(record).body.toString('hex'));
  }
  checks.ok('its log has the reply byte for byte', logged.includes(reply?.body ?? ''), { logged, reply });
}

/** A port that accepts and says nothing. */
async function silentPort(part: Part): Promise<number> {
  const port = await freePort();
  const server = createServer((socket) => socket.on('error', () => {}).resume());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  part.cleanUp(() => server.close());
  return port;
}

/** Codes that need no peer of another language. */
async function codes(part: Part, directory: string): Promise<void> {
  const { checks } = part;
  const bad = await rxsecs(['send', '127.0.0.1:1'], 'S1F1 W <U1 300>.');
  checks.equal('SML that cannot be read ends with', bad.code, 2);
  checks.ok('and says where', bad.stderr.includes('line 1, column 12'), bad.stderr);
  checks.equal('an option that cannot be ends with', (await rxsecs(['connect', 'x:1', '--t3', '0'])).code, 2);
  const silent = await rxsecs(['send', `127.0.0.1:${await silentPort(part)}`, '--t6', '1'], 'S1F1 W.');
  checks.equal('a port that says nothing ends with', silent.code, 4);
  const port = await freePort();
  const tool = join(directory, 'leaving.sml');
  writeFileSync(tool, 'S7F1 W. S7F0.');
  const equipment = new Running([
    'listen',
    `127.0.0.1:${port}`,
    '--equipment',
    '--reply',
    tool,
    '--count',
    '2',
  ]);
  part.cleanUp(() => equipment.interrupt());
  await equipment.prints('listening on');
  checks.equal('an abort ends with', (await rxsecs(['send', `127.0.0.1:${port}`], 'S7F1 W.')).code, 6);
  // The second primary ends the equipment, which leaves it unanswered.
  checks.equal(
    'a session that ends ends with',
    (await rxsecs(['send', `127.0.0.1:${port}`], 'S1F1 W.')).code,
    7,
  );
}

/** An interactive session under a pseudo terminal. */
async function interactive(part: Part): Promise<void> {
  const { checks } = part;
  const port = await freePort();
  await startPeer(part, kindOf('secsgem'), 'equipment', port);
  const steps = [
    ...[' selected', 'S1F13 W\\r', '...> ', '<L>\\r', 'S1F14', 'linkt\\t\\r'],
    ...['the peer answered after', 'stat\\t\\r', 'session 10 selected', 'quit\\r'],
  ];
  const command = [
    process.execPath,
    join(__dirname, '..', 'bin', 'rxsecs.cjs'),
    'connect',
    `127.0.0.1:${port}`,
  ];
  const script = join(__dirname, 'cli', 'terminal.py');
  const shown = await new Promise<{ error: unknown; text: string }>((resolve) => {
    execFile('python3', [script, '15', ...steps, '--', ...command, ...SESSION], (error, stdout, stderr) =>
      resolve({ error, text: stdout + stderr }),
    );
  });
  checks.equal('an interactive session ends with 0', shown.error, null);
  checks.ok('it is in colour', shown.text.includes('\u001b[32m->'), shown.text);
  checks.ok('Separate is sent at its end', shown.text.includes('Separate.req'), shown.text);
}

runPart('interop command line', async (part) => {
  const directory = mkdtempSync(join(tmpdir(), 'rxsecs-'));
  part.cleanUp(() => rmSync(directory, { recursive: true, force: true }));
  const tool = join(directory, 'tool.sml');
  writeFileSync(tool, TOOL);
  for (const name of ['secsgem', 'go-secs']) {
    await asHost(part, kindOf(name));
    await asEquipment(part, kindOf(name), tool);
  }
  await between(part, directory);
  await codes(part, directory);
  await interactive(part);
});
