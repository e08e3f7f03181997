// What the blocks of the docs are given: `// given session` at the head of a block is this code before it.
const activeConnection = `
import { HsmsActiveConnection } from 'rxsecs';
const connection = new HsmsActiveConnection('127.0.0.1', 5000, 0);
`;

const passiveConnection = `
import { HsmsPassiveConnection } from 'rxsecs';
const passive = new HsmsPassiveConnection('', 5000, 0);
`;

export const given = {
  'a connection': { code: activeConnection },
  'a session': {
    code: `${activeConnection}
import { HsmsSession } from 'rxsecs';
const session = new HsmsSession(connection);
`,
  },
  'a selected session': {
    code: `${activeConnection}
import { HsmsSession } from 'rxsecs';
const session = new HsmsSession(connection);
await connection.enable();
await session.selected();
`,
  },
  'a passive connection': { code: passiveConnection },
  'a server': {
    code: `
import { HsmsMultiPassiveServer } from 'rxsecs';
const server = new HsmsMultiPassiveServer(5000);
`,
  },
  'an equipment session': {
    code: `${passiveConnection}
import { HsmsSession } from 'rxsecs';
const session = new HsmsSession(passive, { entity: 'equipment' });
`,
  },
  'a gauge': { code: 'const gauge = { read: (): number => 21.5 };' },
  'a chamber': { code: 'const chamber = { start: (recipe: string): void => console.log(recipe) };' },
  'a plate': {
    code: 'const plate = { celsius: 21.5, heat: async (lot: string): Promise<void> => console.log(lot) };',
  },
  'the equipment of a coater': {
    needs: ['an equipment session'],
    code: `
import { defineEquipment, GemEquipment, memoryStore } from 'rxsecs/gem';
const coater = defineEquipment({
  model: 'COATER',
  softwareRevision: '1.0',
  variables: { Temperature: { id: 2001, format: 'F4' }, LotId: { id: 2101, format: 'A', class: 'DV' } },
  constants: { SpinSpeed: { id: 101, format: 'U2', default: 3000, min: 100, max: 6000 } },
  events: { LotStarted: { id: 100, values: ['LotId'] } },
  alarms: { Overheated: { id: 1, text: 'Plate too hot', category: 'equipmentSafety' } },
});
const equipment = new GemEquipment(session, coater, { store: memoryStore() });
equipment.set('Temperature', 21.5);
`,
  },
  'the equipment of an etcher': {
    needs: ['an equipment session'],
    code: `
import { defineEquipment, GemEquipment, memoryStore } from 'rxsecs/gem';
const etcher = defineEquipment({
  model: 'ETCHER',
  softwareRevision: '1.0',
  commands: {
    START: { parameters: { Wafers: { format: 'U1', optional: true } }, completion: 'ProcessingCompleted' },
    STOP: {},
  },
});
const equipment = new GemEquipment(session, etcher, { store: memoryStore() });
const selected: string | undefined = undefined;
const run = async (wafers: number): Promise<void> => console.log(wafers);
`,
  },
  'a store': {
    code: `
import { memoryStore } from 'rxsecs/gem';
const store = memoryStore();
`,
  },
  'a meter': {
    code: `
import { metrics as opentelemetry } from '@opentelemetry/api';
const meter = opentelemetry.getMeter('rxsecs');
`,
  },
  'a wire log file': {
    code: `
import { mkdirSync, writeFileSync } from 'node:fs';
mkdirSync('logs', { recursive: true });
writeFileSync('logs/etcher.ndjson', '');
`,
  },
};
