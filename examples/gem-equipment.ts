/**
 * A GEM equipment (E30): an etcher with recipes, alarms and wafers. It waits for its host on a port of 127.0.0.1, keeps what the
 * host has defined in a folder, and processes wafers when it is told to START.
 *
 *     npx ts-node examples/gem-equipment.ts 5000 [FOLDER]
 *
 * Try it: npx rxsecs connect 127.0.0.1:5000, or any GEM host.
 */
import { HsmsPassiveConnection, HsmsSession } from 'rxsecs';
import { defineEquipment, GemEquipment, memoryStore, openFileStore } from 'rxsecs/gem';
import { A } from 'rxsecs/secs2';

/** What it is: `rxsecs gem doc` of it stands in docs/gem-etcher-manual.md. */
export const etcher = defineEquipment({
  model: 'ETCHER',
  softwareRevision: '1.0.0',
  variables: {
    ChamberPressure: { id: 2001, format: 'F4', units: 'Pa', min: 0, max: 200, initial: 0.1, limits: {} },
    RfPower: { id: 2002, format: 'U2', units: 'W', initial: 0 },
    WafersDone: { id: 2003, format: 'U4', initial: 0 },
    WaferId: { id: 2101, format: 'A', class: 'DV' },
    Slot: { id: 2102, format: 'U1', class: 'DV' },
  },
  constants: {
    EtchSeconds: { id: 101, format: 'U2', units: 's', default: 1, min: 1, max: 600, affectsProcessing: true },
    PressureLimit: { id: 102, format: 'F4', units: 'Pa', default: 150, min: 10, max: 200 },
  },
  events: {
    WaferStarted: { id: 100, values: ['WaferId', 'Slot'] },
    WaferCompleted: { id: 101, values: ['WaferId', 'Slot'] },
    Stopped: { id: 102 },
  },
  alarms: {
    PressureHigh: { id: 1, text: 'Chamber pressure too high', category: 'parameterError' },
    DoorOpen: { id: 2, text: 'Chamber door open', category: 'personalSafety' },
  },
  commands: {
    'PP-SELECT': { parameters: { PPID: { format: 'A' } } },
    START: {
      parameters: { Wafers: { format: 'U1', min: 1, max: 25, optional: true } },
      completion: 'ProcessingCompleted',
    },
    STOP: { completion: 'Stopped' },
  },
  processPrograms: {},
  spool: { maxMessages: 10_000 },
});

const [port = '5000', folder] = process.argv.slice(2);
const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function main(): Promise<void> {
  const store = folder === undefined ? memoryStore() : await openFileStore(folder);
  const connection = new HsmsPassiveConnection('', Number(port), 0, undefined, { bindAddress: '127.0.0.1' });
  const session = new HsmsSession(connection, { entity: 'equipment' });
  const equipment = new GemEquipment(session, etcher, { store });

  // What the operator sees.
  equipment.transitions.subscribe(({ model, to, cause }) => console.log(`${model}: ${to} (${cause})`));
  equipment.refused.subscribe(({ message, rule, why }) =>
    console.log(`refused ${message} (${rule}): ${why}`),
  );
  equipment.terminal.subscribe(({ lines }) => console.log(`the host says: ${lines.join(' / ')}`));

  // The chamber: values come from callbacks or are set; the alarm follows the pressure.
  let selected: string | undefined;
  let wafers = 0;
  let isStopping = false;
  equipment.provide('WafersDone', () => wafers);
  const pump = (pressure: number): void => {
    equipment.set('ChamberPressure', pressure);
    if (pressure > equipment.constant('PressureLimit')) void equipment.setAlarm('PressureHigh');
    else void equipment.clearAlarm('PressureHigh');
  };

  equipment.commands['PP-SELECT'].handle(({ PPID }) => {
    if (!equipment.programs.list().some(({ id }) => id === PPID)) return { hcack: 3, cpacks: { PPID: 2 } };
    selected = PPID;
    equipment.programs.select(PPID);
    return 0;
  });

  equipment.commands.START.handle(({ Wafers = 1 }) => {
    if (selected === undefined || !equipment.canProcess('start')) return 2;
    equipment.process('start');
    void run(Wafers);
    return 4; // accepted: ProcessingCompleted tells of the end
  });

  equipment.commands.STOP.handle(() => {
    if (!equipment.canProcess('stop') || isStopping) return 2;
    isStopping = true;
    return 4;
  });

  async function run(count: number): Promise<void> {
    for (let slot = 1; slot <= count && !isStopping; slot++) {
      const wafer = { WaferId: `W-${String(++wafers).padStart(3, '0')}`, Slot: slot };
      void equipment.raise('WaferStarted', wafer);
      equipment.set('RfPower', 600);
      pump(slot % 3 === 0 ? 160 : 90);
      await pause(equipment.constant('EtchSeconds'));
      equipment.set('RfPower', 0);
      void equipment.raise('WaferCompleted', wafer);
    }
    pump(0.1);
    equipment.process(isStopping ? 'stop' : 'complete');
    if (isStopping) void equipment.raise('Stopped');
    isStopping = false;
  }

  if (equipment.programs.list().length === 0) await equipment.programs.write('OXIDE', A('etch 30 s\n'));
  equipment.start();
  await connection.enable();
  console.log(`listening on port ${connection.boundAddress?.port}`);

  process.once('SIGINT', () => {
    equipment.stop();
    void connection.dispose().then(() => store.close());
  });
}

// Not where its model alone is wanted.
if (/gem-equipment\.[cm]?[jt]s$/.test(process.argv[1] ?? '')) void main();
