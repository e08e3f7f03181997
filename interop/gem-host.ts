import { exampleOnSecsgemEquipment, onSecsgemEquipment } from './gem/tool.js';
import { runPart } from './support/suite.js';

runPart('interop gem host', async (part) => {
  await onSecsgemEquipment(part);
  await exampleOnSecsgemEquipment(part);
});
