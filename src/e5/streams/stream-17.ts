// Stream 17: equipment control and diagnostics, continued.
import { ACKA, CEED, CEID, DATAID, DATASRC, ERRCODE, ERRTEXT, EVNTSRC, REPGSZ, RPTID, RPTOC, TOTSMP, TRAUTOD, TRID, TRSPER, VID } from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf, optional } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 17 without an answer; not to be answered. */
export const S17F0 = message('S17F0', 'Abort Transaction', { direction: 'both' });

/** Data Report Create Request: host to equipment, answered by S17F2. Zero-length DATASRC = the default source. */
export const S17F1 = message('S17F1', 'Data Report Create Request', {
  direction: 'H->E',
  mnemonic: 'DRC',
  reply: () => S17F2,
  isMultiBlock: true,
  body: list({ dataId: DATAID, rptid: RPTID, dataSrc: DATASRC, vids: listOf(VID) }),
  special: 'zero-length DATASRC = the default source',
  sources: 6,
});

/** Data Report Create Acknowledge: equipment to host. */
export const S17F2 = message('S17F2', 'Data Report Create Acknowledge', { direction: 'E->H', mnemonic: 'DRCA', body: list({ rptid: RPTID, errCode: ERRCODE }), sources: 6 });

/** Data Report Delete Request: host to equipment, answered by S17F4. */
export const S17F3 = message('S17F3', 'Data Report Delete Request', { direction: 'H->E', mnemonic: 'DRD', reply: () => S17F4, body: { rptids: listOf(RPTID) }, sources: 6 });

/** Data Report Delete Acknowledge: equipment to host. */
export const S17F4 = message('S17F4', 'Data Report Delete Acknowledge', {
  direction: 'E->H',
  mnemonic: 'DRDA',
  body: list({ acka: ACKA, errors: listOf(list({ rptid: RPTID, errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 6,
});

/** Trace Create Request: host to equipment, answered by S17F6. First EVNTSRC/CEID pair starts the trace, second stops it; L:0 = none of the options. */
export const S17F5 = message('S17F5', 'Trace Create Request', {
  direction: 'H->E',
  mnemonic: 'TRC',
  reply: () => S17F6,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    trid: TRID,
    ceed: CEED,
    rptids: listOf(RPTID),
    trsper: TRSPER,
    options: optional(list({ totsmp: TOTSMP, repgsz: REPGSZ, startEvntSrc: EVNTSRC, startCeid: CEID, stopEvntSrc: EVNTSRC, stopCeid: CEID, trAutoD: TRAUTOD, rptoc: RPTOC })),
  }),
  special: 'first EVNTSRC/CEID pair starts the trace, second stops it; L:0 = none of the options',
  sources: 6,
});

/** Trace Create Acknowledge: equipment to host. */
export const S17F6 = message('S17F6', 'Trace Create Acknowledge', { direction: 'E->H', mnemonic: 'TRCA', body: list({ trid: TRID, errCode: ERRCODE }), sources: 6 });

/** Trace Delete Request: host to equipment, answered by S17F8. */
export const S17F7 = message('S17F7', 'Trace Delete Request', { direction: 'H->E', mnemonic: 'TRD', reply: () => S17F8, body: { trids: listOf(TRID) }, sources: 6 });

/** Trace Delete Acknowledge: equipment to host. */
export const S17F8 = message('S17F8', 'Trace Delete Acknowledge', {
  direction: 'E->H',
  mnemonic: 'TRDA',
  body: list({ acka: ACKA, errors: listOf(list({ trid: TRID, errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 6,
});

/** Collection Event Link Request: host to equipment, answered by S17F10. */
export const S17F9 = message('S17F9', 'Collection Event Link Request', {
  direction: 'H->E',
  mnemonic: 'CELR',
  reply: () => S17F10,
  isMultiBlock: true,
  body: list({ dataId: DATAID, evntSrc: EVNTSRC, ceid: CEID, rptids: listOf(RPTID) }),
  sources: 6,
});

/** Collection Event Link Acknowledge: equipment to host. */
export const S17F10 = message('S17F10', 'Collection Event Link Acknowledge', {
  direction: 'E->H',
  mnemonic: 'CELA',
  body: list({ evntSrc: EVNTSRC, ceid: CEID, errCode: ERRCODE }),
  sources: 6,
});

/** Collection Event Unlink Request: host to equipment, answered by S17F12. */
export const S17F11 = message('S17F11', 'Collection Event Unlink Request', {
  direction: 'H->E',
  mnemonic: 'CEUR',
  reply: () => S17F12,
  body: list({ evntSrc: EVNTSRC, ceid: CEID, rptid: RPTID }),
  note: 'B has ERRCODE for RPTID, taken as an error',
  sources: 6,
});

/** Collection Event Unlink Acknowledge: equipment to host. */
export const S17F12 = message('S17F12', 'Collection Event Unlink Acknowledge', {
  direction: 'E->H',
  mnemonic: 'CEUA',
  body: list({ evntSrc: EVNTSRC, ceid: CEID, rptid: RPTID, errCode: ERRCODE }),
  sources: 6,
});

/** Trace Reset Request: host to equipment, answered by S17F14. */
export const S17F13 = message('S17F13', 'Trace Reset Request', { direction: 'H->E', mnemonic: 'TRR', reply: () => S17F14, body: { trids: listOf(TRID) }, sources: 6 });

/** Trace Reset Acknowledge: equipment to host. */
export const S17F14 = message('S17F14', 'Trace Reset Acknowledge', {
  direction: 'E->H',
  mnemonic: 'TRRA',
  body: list({ acka: ACKA, errors: listOf(list({ trid: TRID, errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 6,
});
