import { checkSecsgemEquipment } from './gem/check-tool.js';
import { checkSecsgemHost } from './gem/check-host.js';
import { runPart } from './support/suite.js';

/** Much of what is judged is that nothing comes for a while. */
const SECONDS = 500;

const [side] = process.argv.slice(2);
if (side === 'host') runPart('interop gem check host', checkSecsgemHost, SECONDS);
else runPart('interop gem check tool', checkSecsgemEquipment, SECONDS);
