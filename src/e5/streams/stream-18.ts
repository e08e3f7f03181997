// Stream 18: subsystem control and data.
import { ATTRDATA, ATTRID, CONDITION, CPVAL, DATA, DATALENGTH, DATASEG, MID, SSACK, SSCMD, STATUS, TARGETID } from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf, oneOf } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 18 without an answer; not to be answered. */
export const S18F0 = message('S18F0', 'Abort Transaction', { direction: 'both' });

/** Read Attribute Request: host to equipment, answered by S18F2. */
export const S18F1 = message('S18F1', 'Read Attribute Request', {
  direction: 'H->E',
  mnemonic: 'RAR',
  reply: () => S18F2,
  body: list({ targetId: TARGETID, attrIds: listOf(ATTRID) }),
  sources: 5,
});

/** Read Attribute Data: equipment to host. Newer edition ends with the STATUS list. */
export const S18F2 = message('S18F2', 'Read Attribute Data', {
  direction: 'E->H',
  mnemonic: 'RAD',
  body: oneOf(
    list({ targetId: TARGETID, ssack: SSACK, attrData: listOf(ATTRDATA) }),
    list({ targetId: TARGETID, ssack: SSACK, attrData: listOf(ATTRDATA), statuses: listOf(STATUS) }),
  ),
  special: 'newer edition ends with the STATUS list',
  note: 'H has four, B and F (older editions) three',
  sources: 4,
});

/** Write Attribute Request: host to equipment, answered by S18F4. */
export const S18F3 = message('S18F3', 'Write Attribute Request', {
  direction: 'H->E',
  mnemonic: 'WAR',
  reply: () => S18F4,
  body: list({ targetId: TARGETID, attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })) }),
  sources: 5,
});

/** Write Attribute Acknowledge: equipment to host. */
export const S18F4 = message('S18F4', 'Write Attribute Acknowledge', {
  direction: 'E->H',
  mnemonic: 'WAA',
  body: list({ targetId: TARGETID, ssack: SSACK, statuses: listOf(STATUS) }),
  sources: 5,
});

/** Read Request: host to equipment, answered by S18F6. */
export const S18F5 = message('S18F5', 'Read Request', {
  direction: 'H->E',
  mnemonic: 'RR',
  reply: () => S18F6,
  body: list({ targetId: TARGETID, dataSeg: DATASEG, dataLength: DATALENGTH }),
  sources: 5,
});

/** Read Data: equipment to host. Newer edition ends with the STATUS list. */
export const S18F6 = message('S18F6', 'Read Data', {
  direction: 'E->H',
  mnemonic: 'RD',
  body: oneOf(list({ targetId: TARGETID, ssack: SSACK, data: DATA }), list({ targetId: TARGETID, ssack: SSACK, data: DATA, statuses: listOf(STATUS) })),
  special: 'newer edition ends with the STATUS list',
  note: 'H has four, B and F (older editions) three',
  sources: 4,
});

/** Write Data Request: host to equipment, answered by S18F8. */
export const S18F7 = message('S18F7', 'Write Data Request', {
  direction: 'H->E',
  mnemonic: 'WDR',
  reply: () => S18F8,
  body: list({ targetId: TARGETID, dataSeg: DATASEG, dataLength: DATALENGTH, data: DATA }),
  sources: 5,
});

/** Write Data Acknowledge: equipment to host. */
export const S18F8 = message('S18F8', 'Write Data Acknowledge', {
  direction: 'E->H',
  mnemonic: 'WDA',
  body: list({ targetId: TARGETID, ssack: SSACK, statuses: listOf(STATUS) }),
  sources: 5,
});

/** Read ID Request: host to equipment, answered by S18F10. */
export const S18F9 = message('S18F9', 'Read ID Request', { direction: 'H->E', mnemonic: 'RIR', reply: () => S18F10, body: { targetId: TARGETID }, sources: 5 });

/** Read ID Data: equipment to host. */
export const S18F10 = message('S18F10', 'Read ID Data', {
  direction: 'E->H',
  mnemonic: 'RID',
  body: list({ targetId: TARGETID, ssack: SSACK, mid: MID, statuses: listOf(STATUS) }),
  sources: 5,
});

/** Write ID Request: host to equipment, answered by S18F12. */
export const S18F11 = message('S18F11', 'Write ID Request', { direction: 'H->E', mnemonic: 'WIR', reply: () => S18F12, body: list({ targetId: TARGETID, mid: MID }), sources: 5 });

/** Write ID Acknowledge: equipment to host. */
export const S18F12 = message('S18F12', 'Write ID Acknowledge', {
  direction: 'E->H',
  mnemonic: 'WIA',
  body: list({ targetId: TARGETID, ssack: SSACK, statuses: listOf(STATUS) }),
  sources: 5,
});

/** Subsystem Command Request: host to equipment, answered by S18F14. */
export const S18F13 = message('S18F13', 'Subsystem Command Request', {
  direction: 'H->E',
  mnemonic: 'SCR',
  reply: () => S18F14,
  body: list({ targetId: TARGETID, sscmd: SSCMD, cpvals: listOf(CPVAL) }),
  sources: 6,
});

/** Subsystem Command Acknowledge: equipment to host. */
export const S18F14 = message('S18F14', 'Subsystem Command Acknowledge', {
  direction: 'E->H',
  mnemonic: 'SCA',
  body: list({ targetId: TARGETID, ssack: SSACK, statuses: listOf(STATUS) }),
  sources: 5,
});

/** Read 2D Code Condition Request: host to equipment, answered by S18F16. */
export const S18F15 = message('S18F15', 'Read 2D Code Condition Request', { direction: 'H->E', mnemonic: 'R2DCCR', reply: () => S18F16, body: { targetId: TARGETID }, sources: 3 });

/** Read 2D Code Condition Data: equipment to host. */
export const S18F16 = message('S18F16', 'Read 2D Code Condition Data', {
  direction: 'E->H',
  mnemonic: 'R2DCCD',
  body: list({ targetId: TARGETID, ssack: SSACK, mid: MID, statuses: listOf(STATUS), conditions: listOf(CONDITION) }),
  sources: 3,
});
