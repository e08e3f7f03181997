import { checkHost } from '../../src/gem/index.js';
import { HsmsPassiveConnection, HsmsSession } from '../../src/index.js';
import { freePort } from '../support/free-port.js';
import type { Part } from '../support/suite.js';
import { SecsgemHost } from './host.js';
import { tell } from './verdicts.js';

/** What secsgem's host does not do as GEM wants it. */
const KNOWN: Readonly<Record<string, string>> = {
  'G-112a': 'it sets up once: a tool that has restarted sends nothing',
  'G-114b': 'an event with an unknown report is aborted',
  'G-114c': 'W=0 is answered',
  'G-115b': 'the same',
  'G-118a': 'S7F1 is answered by S9F5, which a host must not send',
  'G-119b': 'so is S6F1',
  'G-119c': 'so is S6F5',
};

/** Judges secsgem's host by playing its tool: its known failures appear, and no others. */
export async function checkSecsgemHost({ checks, cleanUp }: Part): Promise<void> {
  const port = await freePort();
  const connection = new HsmsPassiveConnection('127.0.0.1', port, 0);
  cleanUp(() => connection.dispose());
  const session = new HsmsSession(connection, { entity: 'equipment', autoS9: false, t3: 3 });
  const run = checkHost(session, { change: true, patience: 5, quiet: 0.5, onResult: tell });
  run.catch(() => undefined);
  await connection.enable();
  const host = new SecsgemHost(port);
  cleanUp(() => host.kill());
  await host.started();
  await host.communicating();
  // All the set-up that it has: once for each process.
  await host.call('subscribe_collection_event', 100, [1001], 5);
  const results = await run;
  const of = (verdict: string): string[] =>
    results.filter((one) => one.verdict === verdict).map(({ id }) => id);
  checks.equal('what secsgem fails', of('FAIL').sort(), Object.keys(KNOWN).sort());
  checks.ok('what secsgem passes', of('PASS').length >= 8, of('PASS'));
}
