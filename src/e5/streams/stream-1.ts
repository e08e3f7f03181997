// Stream 1: equipment status.
import {
  ANY,
  ATTRDATA,
  ATTRID,
  CEID,
  CENAME,
  COMMACK,
  DVVALNAME,
  ERRCODE,
  ERRTEXT,
  MDLN,
  OBJID,
  OBJTYPE,
  OFLACK,
  ONLACK,
  SFCD,
  SOFTREV,
  SV,
  SVID,
  SVNAME,
  TSIP,
  TSOP,
  UNITS,
  VID,
} from '../items/items.js';
import { message } from '../definition.js';
import { arrayOf, list, listOf, optional } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 1 without an answer; not to be answered. */
export const S1F0 = message('S1F0', 'Abort Transaction', { direction: 'both' });

/** Are You There Request: either side, answered by S1F2. */
export const S1F1 = message('S1F1', 'Are You There Request', {
  direction: 'both',
  mnemonic: 'R',
  reply: () => S1F2,
  note: 'an equipment that is asked must answer; S1F0 counts as a timeout',
  sources: 8,
});

/** On Line Data: either side. Equipment sends the pair, host sends L:0. */
export const S1F2 = message('S1F2', 'On Line Data', {
  direction: 'both',
  mnemonic: 'D',
  body: optional(list({ mdln: MDLN, softrev: SOFTREV })),
  special: 'equipment sends the pair, host sends L:0',
  note: 'secsgem 0.3.0 models it as an open array of MDLN; five others give exactly two or none',
  sources: 7,
});

/** Selected Equipment Status Request: host to equipment, answered by S1F4. L:0 = all SVIDs. */
export const S1F3 = message('S1F3', 'Selected Equipment Status Request', {
  direction: 'H->E',
  mnemonic: 'SSR',
  reply: () => S1F4,
  body: { svids: listOf(SVID) },
  special: 'L:0 = all SVIDs',
  sources: 9,
});

/** Selected Equipment Status Data: equipment to host. Values in the order asked; a zero-length item (L:0) stands for an unknown SVID. */
export const S1F4 = message('S1F4', 'Selected Equipment Status Data', {
  direction: 'E->H',
  mnemonic: 'SSD',
  isMultiBlock: true,
  body: { svs: listOf(SV) },
  special: 'values in the order asked; a zero-length item (L:0) stands for an unknown SVID',
  sources: 7,
});

/** Formatted Status Request: host to equipment, answered by S1F6. */
export const S1F5 = message('S1F5', 'Formatted Status Request', { direction: 'H->E', mnemonic: 'FSR', reply: () => S1F6, body: { sfcd: SFCD }, sources: 6 });

/** Formatted Status Data: equipment to host. Form fixed by SFCD; zero-length item = no such report. */
export const S1F6 = message('S1F6', 'Formatted Status Data', {
  direction: 'E->H',
  mnemonic: 'FSD',
  isMultiBlock: true,
  body: { data: ANY },
  special: 'form fixed by SFCD; zero-length item = no such report',
  sources: 4,
});

/** Fixed Form Request: host to equipment, answered by S1F8. */
export const S1F7 = message('S1F7', 'Fixed Form Request', { direction: 'H->E', mnemonic: 'FFR', reply: () => S1F8, body: { sfcd: SFCD }, sources: 6 });

/** Fixed Form Data: equipment to host. A form that names each value as L:2(SVNAME, SV0), SV0 being a zero-length item of the value's format. */
export const S1F8 = message('S1F8', 'Fixed Form Data', {
  direction: 'E->H',
  mnemonic: 'FFD',
  isMultiBlock: true,
  body: { data: ANY },
  special: "a form that names each value as L:2(SVNAME, SV0), SV0 being a zero-length item of the value's format",
  sources: 4,
});

/** Material Transfer Status Request: host to equipment, answered by S1F10. */
export const S1F9 = message('S1F9', 'Material Transfer Status Request', { direction: 'H->E', mnemonic: 'TSR', reply: () => S1F10, sources: 6 });

/** Material Transfer Status Data: equipment to host. One value a port; zero-length = no such ports. */
export const S1F10 = message('S1F10', 'Material Transfer Status Data', {
  direction: 'E->H',
  mnemonic: 'TSD',
  isMultiBlock: true,
  body: list({ tsips: arrayOf(TSIP), tsops: arrayOf(TSOP) }),
  special: 'one value a port; zero-length = no such ports',
  sources: 6,
});

/** Status Variable Namelist Request: host to equipment, answered by S1F12. L:0 = all SVIDs. */
export const S1F11 = message('S1F11', 'Status Variable Namelist Request', {
  direction: 'H->E',
  mnemonic: 'SVNR',
  reply: () => S1F12,
  body: { svids: listOf(SVID) },
  special: 'L:0 = all SVIDs',
  sources: 8,
});

/** Status Variable Namelist Reply: equipment to host. Zero-length SVNAME and UNITS = unknown SVID. */
export const S1F12 = message('S1F12', 'Status Variable Namelist Reply', {
  direction: 'E->H',
  mnemonic: 'SVNRR',
  isMultiBlock: true,
  body: { svs: listOf(list({ svid: SVID, svname: SVNAME, units: UNITS })) },
  special: 'zero-length SVNAME and UNITS = unknown SVID',
  sources: 8,
});

/** Establish Communications Request: either side, answered by S1F14. Host sends L:0, equipment sends the pair. */
export const S1F13 = message('S1F13', 'Establish Communications Request', {
  direction: 'both',
  mnemonic: 'CR',
  reply: () => S1F14,
  body: optional(list({ mdln: MDLN, softrev: SOFTREV })),
  special: 'host sends L:0, equipment sends the pair',
  note: 'secsgem 0.3.0 models it as an open array of MDLN',
  sources: 7,
});

/** Establish Communications Request Acknowledge: either side. Host sends the inner L:0; the pair counts only with COMMACK 0. */
export const S1F14 = message('S1F14', 'Establish Communications Request Acknowledge', {
  direction: 'both',
  mnemonic: 'CRA',
  body: list({ commack: COMMACK, model: optional(list({ mdln: MDLN, softrev: SOFTREV })) }),
  special: 'host sends the inner L:0; the pair counts only with COMMACK 0',
  note: 'secsgem 0.3.0 models the inner list as an open array of MDLN',
  sources: 7,
});

/** Request OFF-LINE: host to equipment, answered by S1F16. */
export const S1F15 = message('S1F15', 'Request OFF-LINE', { direction: 'H->E', mnemonic: 'ROFL', reply: () => S1F16, sources: 8 });

/** OFF-LINE Acknowledge: equipment to host. */
export const S1F16 = message('S1F16', 'OFF-LINE Acknowledge', { direction: 'E->H', mnemonic: 'OFLA', body: { oflack: OFLACK }, sources: 8 });

/** Request ON-LINE: host to equipment, answered by S1F18. */
export const S1F17 = message('S1F17', 'Request ON-LINE', { direction: 'H->E', mnemonic: 'RONL', reply: () => S1F18, sources: 8 });

/** ON-LINE Acknowledge: equipment to host. */
export const S1F18 = message('S1F18', 'ON-LINE Acknowledge', { direction: 'E->H', mnemonic: 'ONLA', body: { onlack: ONLACK }, sources: 8 });

/** Get Attribute: either side, answered by S1F20. No OBJID = all objects of the type; no ATTRID = all attributes. */
export const S1F19 = message('S1F19', 'Get Attribute', {
  direction: 'both',
  mnemonic: 'GA',
  reply: () => S1F20,
  body: list({ objType: OBJTYPE, objIds: listOf(OBJID), attrIds: listOf(ATTRID) }),
  special: 'no OBJID = all objects of the type; no ATTRID = all attributes',
  sources: 6,
});

/** Attribute Data: either side. Outer L:0 = type unknown; inner L:0 = object not found; zero-length value = unknown attribute. */
export const S1F20 = message('S1F20', 'Attribute Data', {
  direction: 'both',
  mnemonic: 'AD',
  isMultiBlock: true,
  body: list({ objects: listOf(listOf(ATTRDATA)), errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  special: 'outer L:0 = type unknown; inner L:0 = object not found; zero-length value = unknown attribute',
  sources: 5,
});

/** Data Variable Namelist Request: host to equipment, answered by S1F22. Only VIDs of class DVVAL; L:0 = all. */
export const S1F21 = message('S1F21', 'Data Variable Namelist Request', {
  direction: 'H->E',
  mnemonic: 'DVNR',
  reply: () => S1F22,
  body: { vids: listOf(VID) },
  special: 'only VIDs of class DVVAL; L:0 = all',
  sources: 5,
});

/** Data Variable Namelist: equipment to host. Zero-length names = unknown VID. */
export const S1F22 = message('S1F22', 'Data Variable Namelist', {
  direction: 'E->H',
  mnemonic: 'DVN',
  isMultiBlock: true,
  body: { dvs: listOf(list({ vid: VID, dvvalname: DVVALNAME, units: UNITS })) },
  special: 'zero-length names = unknown VID',
  note: 'secsgem 0.3.0 marks it single-block; H and R multi-block',
  sources: 5,
});

/** Collection Event Namelist Request: host to equipment, answered by S1F24. L:0 = all CEIDs. */
export const S1F23 = message('S1F23', 'Collection Event Namelist Request', {
  direction: 'H->E',
  mnemonic: 'CENR',
  reply: () => S1F24,
  body: { ceids: listOf(CEID) },
  special: 'L:0 = all CEIDs',
  sources: 5,
});

/** Collection Event Namelist: equipment to host. Zero-length CENAME and L:0 = unknown CEID. */
export const S1F24 = message('S1F24', 'Collection Event Namelist', {
  direction: 'E->H',
  mnemonic: 'CEN',
  isMultiBlock: true,
  body: { events: listOf(list({ ceid: CEID, cename: CENAME, vids: listOf(VID) })) },
  special: 'zero-length CENAME and L:0 = unknown CEID',
  note: 'secsgem 0.3.0 marks it single-block; H and R multi-block',
  sources: 5,
});
