import { onSecsgemEquipment } from './gem/tool.js';
import { runPart } from './support/suite.js';

runPart('interop gem host', onSecsgemEquipment);
