import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMessages } from '../../src/secs2/index.js';
import { rxsecs, Running } from '../cli/run.js';
import { freePort } from '../support/free-port.js';
import type { Part } from '../support/suite.js';
import { LinePeer } from './peer.js';
import { PtyPair } from './pty.js';

const ASK = `S1F1 W.\nS7F3 W <L <A "recipe"> <B${' 0x01'.repeat(600)}>>.\n`;

const ANSWERS = 'S1F2 <L>.\nS1F14 <L <B 0> <L>>.\nS7F4 <B 0>.\n';

const messagesOf = (text: string): string[] => parseMessages(text).map(({ message }) => message.name);

/** The command line as the host of an equipment on TCP, through a proxy for lines. */
export async function sends({ checks, cleanUp }: Part): Promise<void> {
  const port = await freePort();
  const peer = new LinePeer('go-secs', 'equipment', 'listen', String(port));
  cleanUp(() => peer.kill());
  await peer.started();
  const proxy = new Running(['proxy', '127.0.0.1:0', `127.0.0.1:${port}`, '--secs1']);
  cleanUp(() => proxy.interrupt());
  const [, through = ''] = /listening on (\S+)/.exec(await proxy.prints('listening on')) ?? [];
  const sent = await rxsecs(['send', through, '--secs1', '--device-id', '10', '--inquire', 'never'], ASK);
  checks.equal('send to go-secs: ends well', [sent.code, sent.stderr], [0, '']);
  checks.equal('send to go-secs: its replies', messagesOf(sent.stdout), ['S1F2', 'S7F4']);
  await proxy.prints('closed.');
  const blocks = proxy.seen.filter((line) => /#1 -> block \d/.test(line)).length;
  checks.equal('proxy: sees each block of the host', blocks, 4);
  checks.equal('proxy: sees the messages', messagesOf(proxy.seen.join('\n')), [
    'S1F1',
    'S1F2',
    'S7F3',
    'S7F4',
  ]);
}

/** A bridge between a host on HSMS, which is the command line, and a tool on SECS-I. */
export async function bridges({ checks, cleanUp }: Part): Promise<void> {
  const port = await freePort();
  const peer = new LinePeer('go-secs', 'equipment', 'listen', String(port));
  cleanUp(() => peer.kill());
  await peer.started();
  const line = ['--line-connect', `127.0.0.1:${port}`, '--device-id', '10'];
  const bridge = new Running(['bridge', ...line, '--hsms-listen', '127.0.0.1:0']);
  cleanUp(() => bridge.interrupt());
  const [, at = ''] = /listening on (\S+)/.exec(await bridge.prints('listening on')) ?? [];
  const sent = await rxsecs(['send', at, '--session-id', '10'], ASK);
  checks.equal('bridge: ends well', [sent.code, sent.stderr], [0, '']);
  checks.equal('bridge: the replies of go-secs', messagesOf(sent.stdout), ['S1F2', 'S7F4']);
  checks.equal('bridge: what go-secs got', (await peer.got.next('S1F1')).function, 1);
}

/** The command line as the equipment of a host on a serial port. */
export async function onSerialPort({ checks, cleanUp }: Part): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rxsecs-line-'));
  cleanUp(() => rmSync(folder, { recursive: true }));
  const replies = join(folder, 'tool.sml');
  writeFileSync(replies, ANSWERS);
  const pty = new PtyPair();
  cleanUp(() => pty.remove());
  await pty.start();
  const tool = new Running([
    ...['listen', '--serial', pty.first, '--equipment', '--device-id', '10', '--reply', replies],
    ...['--for', '120'],
  ]);
  cleanUp(() => tool.interrupt());
  await tool.prints('line open: serial port');
  const peer = new LinePeer('secsgem', 'host', 'serial', pty.second);
  cleanUp(() => peer.kill());
  await peer.started();
  await tool.prints('S1F14');
  for (const name of ['s1f1', 'big'] as const) {
    peer.do(name, 1000);
    const { function: fn, error } = await peer.results.next(name, 60);
    checks.equal(
      `secsgem on a serial port: ${name} is answered`,
      [fn, error],
      [name === 's1f1' ? 2 : 4, undefined],
    );
  }
}
