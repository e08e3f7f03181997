// Runs every example as a reader would and compares what it prints, a pattern for each line that must appear, in order.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsNode = createRequire(import.meta.url).resolve('ts-node/dist/bin.js');
const LIMIT_MS = 20_000;

const header = (fields) => `header: \\{session_id:${fields}\\}`;
const selectReq = header(
  '0xffff, stream:00, function:00, p_type:0x00, s_type:0x01, system:0x00000001, require_response:0',
);
const selectRsp = header(
  '0xffff, stream:00, function:00, p_type:0x00, s_type:0x02, system:0x00000001, require_response:0',
);

function start(name, args = []) {
  const child = spawn(process.execPath, [tsNode, `examples/${name}.ts`, ...args], { cwd: root });
  const example = { name, child, output: '', exited: undefined };
  const keep = (chunk) => (example.output += chunk);
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  example.exit = new Promise((resolve) =>
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(code ?? signal);
    }),
  );
  return example;
}

async function printed(example, pattern) {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const match = example.output.match(pattern);
    if (match) return match;
    if (Date.now() > deadline)
      throw new Error(`${example.name} did not print ${pattern}:\n${example.output}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function ends(example, lines) {
  const code = await example.exit;
  if (code !== 0) throw new Error(`${example.name} ended with ${code}:\n${example.output}`);
  let rest = example.output;
  for (const line of lines) {
    const match = rest.match(new RegExp(`^${line}$`, 'm'));
    if (!match) throw new Error(`${example.name} did not print, in its place, ${line}:\n${example.output}`);
    rest = rest.slice(match.index + match[0].length);
  }
}

const checks = {
  loopback: () =>
    ends(start('loopback'), [
      'passive  Connection established from 127.0.0.1',
      `passive  Packet received ${selectReq}`,
      `active   Packet received ${selectRsp}`,
      'active   Select.req was answered by Select.rsp',
      'active   Linktest.req was answered by Linktest.rsp',
      `passive  Packet received ${header('0x0000, stream:01, function:13, p_type:0x00, s_type:0x00, system:0x00000003, require_response:1')} body: 0100`,
      `active   Packet received ${header('0x0000, stream:01, function:14, p_type:0x00, s_type:0x00, system:0x00000003, require_response:0')} body: 0102[0-9a-f]+`,
      'active   Data was answered by Data',
      'active   Connection about to be closed',
      'active   Connection closed: closed by this side',
    ]),
  delegate: () =>
    ends(start('delegate'), [
      'Connection established',
      `Packet received ${header('0xffff, stream:05, function:04, p_type:0x00, s_type:0x07, system:0x00000001, require_response:0')}`,
      'Connection about to be closed',
      'Connection closed',
    ]),
  'reactive-host': () =>
    ends(start('reactive-host'), [
      '\\d+ tools, \\d+ events; tool \\d+: \\d+, .*',
      'All 1275 events of 50 tools arrived, none astray',
    ]),
  'host and equipment': async () => {
    const equipment = start('equipment', ['0']);
    const [, port] = await printed(equipment, /listening on port (\d+)/);
    const host = start('host', ['127.0.0.1', port]);
    await printed(equipment, /event 0 acknowledged/);
    host.child.kill('SIGINT');
    await ends(host, [
      'session selected',
      'S1F13 was answered by S1F14',
      'S1F1 was answered by S1F2',
      '  <A\\[6\\] "ETCHER">',
      'S2F17 was answered by S2F18',
      'received S6F11 W',
      'closed: closed by this side',
    ]);
    await printed(equipment, /session notConnected[^]*session notConnected/);
    equipment.child.kill('SIGINT');
    await ends(equipment, [
      'session selected',
      'received S1F13',
      'received S1F1',
      'received S2F17',
      'event 0 acknowledged',
    ]);
  },
  'gem-equipment': async () => {
    const equipment = start('gem-equipment', ['0']);
    const [, port] = await printed(equipment, /listening on port (\d+)/);
    // This host answers S1F1 with function 0, so the etcher stays OFF-LINE, and says why it refuses what follows.
    const host = start('host', ['127.0.0.1', port]);
    await printed(equipment, /refused/);
    host.child.kill('SIGINT');
    await host.exit;
    equipment.child.kill('SIGINT');
    await ends(equipment, [
      'communication: COMMUNICATING \\(S1F1[34]\\)',
      'control: HOST OFF-LINE \\(S1F1 failed\\)',
    ]);
  },
  'gem-host and gem-equipment': async () => {
    const equipment = start('gem-equipment', ['0']);
    const [, port] = await printed(equipment, /listening on port (\d+)/);
    const host = start('gem-host', ['127.0.0.1', port]);
    await printed(host, /^completed$/m);
    host.child.kill('SIGINT');
    await ends(host, [
      'establishing \\(started\\)',
      'ready \\(the wish is true\\)',
      'ETCHER is set up',
      'PP-SELECT: done',
      'W-001, slot 1',
      'completed',
    ]);
    equipment.child.kill('SIGINT');
    await ends(equipment, ['processing: EXECUTING .*', 'processing: IDLE .*']);
  },
  'wire-log': () =>
    ends(start('wire-log'), [
      '// \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z \\[etcher\\] connected: 127.0.0.1:\\d+ with 127.0.0.1:\\d+',
      '// .* \\[etcher\\] out .* session 65535 system \\d+ Select.req',
      'S1F13 W',
      '// .* \\[etcher\\] in 127.0.0.1:\\d+ > 127.0.0.1:\\d+ session 0 system \\d+',
      'S1F14',
      '// .* S7F3 W: the body, 26 bytes, was left out by the rule S7F3',
      '// .* closed: closed by this side',
      'read back: out S1F13 <L\\[0\\]>',
      'read back: in S1F14 <L\\[2\\] .*',
      'read back: out S7F3 26 bytes left out',
      'read back: in S7F4 .*',
      '16 records written, 0 dropped',
    ]),
  metrics: () =>
    ends(start('metrics'), [
      'S1F3 was not answered within T3, 0.05 s',
      "sent \\{ packets: 102, bytes: 1430, byType: \\{ data: 101, 'select.req': 1 \\} \\}",
      'requests \\{ answered: 100, t3: 1 \\}',
      '100 round trips: p50 \\d+ µs, p99 \\d+ µs',
      'rxsecs_packets_total\\{connection="etcher",direction="in",s_type="data".*\\} 100',
      'rxsecs_connection_up\\{connection="etcher".*\\} 1',
      'rxsecs_requests_total\\{connection="etcher",session="0",outcome="t3".*\\} 1',
      'rxsecs_request_duration_count\\{connection="etcher",session="0".*\\} 100',
    ]),
  'general-session': () =>
    ends(start('general-session'), [
      'chamber 1 selected',
      'session 1 is CHAMBER 1',
      'session 2 is CHAMBER 2',
      'session 3 is CHAMBER 3',
      'The message was not sent.*|the message was not sent.*',
    ]),
  'passive and active': async () => {
    const passive = start('passive', ['127.0.0.1', '0', '0']);
    const [, port] = await printed(passive, /Listening on port (\d+)/);
    const active = start('active', ['127.0.0.1', port, '0']);
    await printed(active, /Select.rsp received/);
    active.child.kill('SIGINT');
    await ends(active, [
      'Connection established with 127.0.0.1',
      `Select.rsp received ${selectRsp}`,
      'Connection about to be closed',
      'Connection closed: closed by this side',
    ]);
    await printed(passive, /Connection closed/);
    passive.child.kill('SIGINT');
    await ends(passive, [
      'Connection established with 127.0.0.1',
      `Select.req received ${selectReq}`,
      'Separate.req received .*',
      'Connection closed: closed by the peer',
    ]);
  },
};

const covered = new Set([
  ...Object.keys(checks),
  'passive',
  'active',
  'host',
  'equipment',
  'gem-host',
  'support',
  'testing',
  'README.md',
]);
const strays = readdirSync(`${root}examples`).filter((file) => !covered.has(file.replace(/\.ts$/, '')));
if (strays.length > 0) throw new Error(`examples that nobody checks: ${strays.join(', ')}`);

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
    console.log(`example ${name}: as documented`);
  } catch (error) {
    failed++;
    console.error(`example ${name}: ${error.message}`);
  }
}
console.log(`examples: ${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
