import { againstEquipment } from './secsgem/equipment.js';
import { againstHost } from './secsgem/host.js';
import { runPart } from './support/suite.js';

runPart('interop secsgem', async (part) => {
  await againstEquipment(part);
  await againstHost(part);
});
