import { againstHost } from './sessions/equipment.js';
import { againstEquipment } from './sessions/host.js';
import { KINDS } from './sessions/kinds.js';
import { runPart } from './support/suite.js';

const [name] = process.argv.slice(2);
const kind = KINDS.find((candidate) => candidate.name === name);

if (kind) {
  runPart(`interop session ${kind.name}`, async (part) => {
    await againstEquipment(part, kind);
    await againstHost(part, kind);
  });
} else {
  console.error(`usage: sessions.ts ${KINDS.map((known) => known.name).join('|')}`);
  process.exitCode = 2;
}
