import { join } from 'node:path';
import { checkEquipment, equipmentRules, type OperatorTask } from '../../src/gem/index.js';
import { HsmsActiveConnection, HsmsSession } from '../../src/index.js';
import { Child } from '../support/child.js';
import { freePort } from '../support/free-port.js';
import { Inbox } from '../support/inbox.js';
import type { Part } from '../support/suite.js';
import { tell } from './verdicts.js';

const INTEROP = join(__dirname, '..');

/** What the operator of secsgem's equipment is told to do, as a line of its input. */
const WORDS: Readonly<Partial<Record<OperatorTask['kind'], string>>> = {
  setAlarm: 'alarm',
  clearAlarm: 'clear',
  offLine: 'offline',
  onLine: 'online',
  local: 'local',
  remote: 'remote',
};

/** After a link was made anew secsgem answers by Reject.req for a time that nobody knows: these rules cannot be judged. */
const NEW_LINK = new Set(['G-10a', 'G-10b', 'G-10c', 'G-12', 'G-13', 'G-15c', 'G-24', 'G-46', 'G-92']);

/** What secsgem's equipment does not do, or not as GEM wants it. */
const KNOWN: Readonly<Record<string, string>> = {
  'G-15b': 'S1F13 without a body is not answered',
  'G-20a': 'HOST OFF-LINE until S1F17, and it serves S1F3 all the same',
  'G-31e': 'EstablishCommunicationsTimeout is below its own minimum',
  'G-62a': 'S5F5 with an empty array is not answered',
  'G-62c': 'S5F5 with an unknown ALID is aborted',
  'G-72a': 'S7F25 is not in its tables: not answered',
  'G-5': 'W=0 is answered',
  'G-79a': 'an unknown stream is not answered',
  'G-79b': 'nor is an unknown function',
  'G-79c': 'nor a body that is none',
  'G-20c': 'an event without a report is not sent',
  'G-20d': 'the same',
  'G-22a': 'OFF-LINE refuses nothing',
  'G-22b': 'the same',
  'G-22c': 'the same',
  'G-25': 'LOCAL refuses nothing',
  'G-40d': 'ECs cannot be in reports',
  'G-44': 'S2F39 is not in its tables',
  'G-50a': 'S2F23 is not in its tables',
  'G-50b': 'S2F23 is not in its tables',
  'G-50c': 'S2F23 is not in its tables',
  'G-50d': 'S2F23 is not in its tables',
  'G-50e': 'S2F23 is not in its tables',
  'G-51a': 'the same',
  'G-51b': 'the same',
  'G-51c': 'the same',
  'G-51d': 'the same',
  'G-60b': 'the event of an alarm has no report, so it is not sent',
  'G-60c': 'the same',
  'G-65b': 'CPACK is left out',
  'G-66': 'the completion of START has no report, so it is not sent',
  'G-77c': 'S2F31 is not in its tables',
  'G-76c': 'S10F5 is not in its tables',
  'G-76e': 'S10F9 is not in its tables',
  'G-79e': 'S2F39 is not in its tables',
};

/** Judges secsgem's equipment by the rules of GEM: its known failures appear, and no others. */
export async function checkSecsgemEquipment({ checks, cleanUp }: Part): Promise<void> {
  const port = await freePort();
  const lines = new Inbox<string>('lines of the equipment', String, () => '');
  const child = new Child(
    'the secsgem GEM equipment',
    join(INTEROP, '.venv', 'bin', 'python'),
    [join(INTEROP, 'peers', 'gem_equipment.py'), String(port)],
    (line) => lines.push(line),
  );
  cleanUp(() => child.stop('SIGKILL'));
  const connection = new HsmsActiveConnection('127.0.0.1', port, 0, undefined, { t5: 1 });
  cleanUp(() => connection.dispose());
  await lines.next('ready', 30);
  const session = new HsmsSession(connection, { t3: 3 });
  await connection.enable();
  await session.selected();
  const results = await checkEquipment(session, {
    change: 'all',
    patience: 3,
    quiet: 0.5,
    rules: equipmentRules().flatMap(({ id }) => (NEW_LINK.has(id) ? [] : [id])),
    profile: {
      events: { EquipmentOFFLINE: { id: 1 }, ControlStateLOCAL: { id: 2 }, ControlStateREMOTE: { id: 3 } },
    },
    command: { name: 'START' },
    operator: async ({ kind, id = '' }) => {
      const word = `${WORDS[kind] ?? ''} ${id}`.trim();
      if (WORDS[kind] === undefined) return false;
      child.write(word);
      return (await lines.next(`done ${word}`, 10)) === `done ${word}`;
    },
    onResult: tell,
  });
  const of = (verdict: string): string[] =>
    results.filter((one) => one.verdict === verdict).map(({ id }) => id);
  checks.equal('what secsgem fails', of('FAIL').sort(), Object.keys(KNOWN).sort());
  checks.ok('what secsgem passes', of('PASS').length >= 30, of('PASS'));
  for (const { id, reason, trace } of results.filter(({ verdict }) => verdict === 'FAIL'))
    checks.ok(`${id} has a trace`, trace.length > 0 && reason !== '', trace);
}
