/**
 * A GEM host (E30): it wants wafers and alarms of an etcher, by name, and starts it. It goes on through restarts of either side.
 *
 *     npx ts-node examples/gem-host.ts 127.0.0.1 5000
 *
 * Its etcher: npx ts-node examples/gem-equipment.ts 5000
 */
import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
import { GemHost, type ToolProfile } from 'rxsecs/gem';

/** What is known of the tool: from its manual, or from `rxsecs gem discover` and `rxsecs gem profile`. */
const etcher = {
  variables: { WaferId: { id: 2101, format: 'A' }, Slot: { id: 2102, format: 'U1' } },
  events: { WaferStarted: { id: 100 }, ProcessingCompleted: { id: 7 } },
  alarms: { DoorOpen: { id: 2 } },
  commands: {
    'PP-SELECT': { parameters: { PPID: { format: 'A' } } },
    START: { completion: 'ProcessingCompleted' },
  },
} as const satisfies ToolProfile;

const [address = '127.0.0.1', port = '5000'] = process.argv.slice(2);

async function main(): Promise<void> {
  const connection = new HsmsActiveConnection(address, Number(port), 0);
  const session = new HsmsSession(connection, { t3: 5 }); // seconds that the tool may take to answer
  const host = new GemHost(session, {
    profile: etcher,
    setup: {
      reports: { Position: ['WaferId', 'Slot'] },
      events: { WaferStarted: ['Position'], ProcessingCompleted: ['Position'] }, // some tools report no event without a report
      alarms: 'all',
    },
  });
  host.event('WaferStarted').subscribe(({ values }) => console.log(`${values.WaferId}, slot ${values.Slot}`));
  host.alarms.subscribe(({ name, set }) => console.log(`alarm ${name} ${set ? 'set' : 'cleared'}`));
  host.warnings.subscribe(({ kind, text }) => console.log(`${kind}: ${text}`));
  host.transitions.subscribe(({ to, cause }) => console.log(`${to} (${cause})`));

  process.once('SIGINT', () => {
    host.stop();
    void session.dispose({ within: 1 });
  });
  await connection.enable();
  host.start();

  for (const { text } of await host.settled()) console.log(`not true: ${text}`);
  console.log(`${host.identity?.model} is set up`);
  const selected = await host.command('PP-SELECT', { PPID: 'OXIDE' });
  console.log(`PP-SELECT: ${selected.text}`);
  const started = await host.command('START');
  console.log(`START: ${started.text}`);
  if (started.accepted) await started.completed;
  if (started.accepted) console.log('completed');
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
