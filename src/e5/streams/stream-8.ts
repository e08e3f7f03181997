// Stream 8: control programs.
import { BPD, EPD } from '../items/items.js';
import { message } from '../definition.js';

/** Abort Transaction: ends a transaction of stream 8 without an answer; not to be answered. */
export const S8F0 = message('S8F0', 'Abort Transaction', { direction: 'both' });

/** Boot Program Request: either side, answered by S8F2. */
export const S8F1 = message('S8F1', 'Boot Program Request', { direction: 'both', mnemonic: 'BPR', reply: () => S8F2, sources: 6 });

/** Boot Program Data: either side. */
export const S8F2 = message('S8F2', 'Boot Program Data', { direction: 'both', mnemonic: 'BPD', isMultiBlock: true, body: { bpd: BPD }, sources: 6 });

/** Executive Program Request: either side, answered by S8F4. */
export const S8F3 = message('S8F3', 'Executive Program Request', { direction: 'both', mnemonic: 'EPR', reply: () => S8F4, sources: 6 });

/** Executive Program Data: either side. */
export const S8F4 = message('S8F4', 'Executive Program Data', { direction: 'both', mnemonic: 'EPD', isMultiBlock: true, body: { epd: EPD }, sources: 6 });
