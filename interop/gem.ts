import { againstSecsgemHost } from './gem/equipment.js';
import { runPart } from './support/suite.js';

runPart('interop gem', againstSecsgemHost);
