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
