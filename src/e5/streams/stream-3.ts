// Stream 3: material status.
import {
  ACCESSMODE,
  ACKC3,
  ATTRDATA,
  ATTRID,
  CAACK,
  CARRIERACTION,
  CARRIERID,
  CARRIERSPEC,
  CATTRDATA,
  CATTRID,
  DATA,
  DATAID,
  DATALENGTH,
  DATASEG,
  EMID,
  ERRCODE,
  ERRTEXT,
  GRANT,
  INPTN,
  JOBACTION,
  LOC,
  LOCID,
  MF,
  MID,
  MIDAC,
  MIDRA,
  OUTPTN,
  PARAMNAME,
  PARAMVAL,
  PGRPACTION,
  PODID,
  PORTACTION,
  PORTGRPNAME,
  PTN,
  QUA,
  RETICLEID,
  RETPLACEINSTR,
  RETREMOVEINSTR,
  RPMACK,
  TTC,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 3 without an answer; not to be answered. */
export const S3F0 = message('S3F0', 'Abort Transaction', { direction: 'both' });

/** Material Status Request: host to equipment, answered by S3F2. */
export const S3F1 = message('S3F1', 'Material Status Request', { direction: 'H->E', mnemonic: 'MSR', reply: () => S3F2, sources: 7 });

/** Material Status Data: equipment to host. */
export const S3F2 = message('S3F2', 'Material Status Data', {
  direction: 'E->H',
  mnemonic: 'MSD',
  isMultiBlock: true,
  body: list({ mf: MF, materials: listOf(list({ loc: LOC, qua: QUA, mid: MID })) }),
  note: 'H lists MID before QUA; B W F R N agree on this order',
  sources: 7,
});

/** Time to Completion Request: host to equipment, answered by S3F4. */
export const S3F3 = message('S3F3', 'Time to Completion Request', { direction: 'H->E', mnemonic: 'TCR', reply: () => S3F4, sources: 7 });

/** Time to Completion Data: equipment to host. */
export const S3F4 = message('S3F4', 'Time to Completion Data', {
  direction: 'E->H',
  mnemonic: 'TCD',
  isMultiBlock: true,
  body: list({ mf: MF, materials: listOf(list({ ttc: TTC, qua: QUA, mid: MID })) }),
  sources: 6,
});

/** Material Found Send: equipment to host, answered by S3F6 where wanted. */
export const S3F5 = message('S3F5', 'Material Found Send', {
  direction: 'E->H',
  mnemonic: 'MFS',
  reply: () => S3F6,
  replyIsOptional: true,
  body: list({ mf: MF, qua: QUA }),
  sources: 7,
});

/** Material Found Acknowledge: host to equipment. */
export const S3F6 = message('S3F6', 'Material Found Acknowledge', { direction: 'H->E', mnemonic: 'MFA', body: { ackc3: ACKC3 }, sources: 7 });

/** Material Lost Send: equipment to host, answered by S3F8 where wanted. */
export const S3F7 = message('S3F7', 'Material Lost Send', {
  direction: 'E->H',
  mnemonic: 'MLS',
  reply: () => S3F8,
  replyIsOptional: true,
  body: list({ mf: MF, qua: QUA, mid: MID }),
  sources: 7,
});

/** Material Lost Acknowledge: host to equipment. */
export const S3F8 = message('S3F8', 'Material Lost Acknowledge', { direction: 'H->E', mnemonic: 'MLA', body: { ackc3: ACKC3 }, sources: 7 });

/** Material ID Equate Send: equipment to host, answered by S3F10. */
export const S3F9 = message('S3F9', 'Material ID Equate Send', {
  direction: 'E->H',
  mnemonic: 'IES',
  reply: () => S3F10,
  body: list({ mid: MID, emid: EMID }),
  note: 'N gives the reply as optional',
  sources: 7,
});

/** Material ID Equate Acknowledge: host to equipment. */
export const S3F10 = message('S3F10', 'Material ID Equate Acknowledge', { direction: 'H->E', mnemonic: 'IEA', body: { ackc3: ACKC3 }, sources: 7 });

/** Material ID Request: equipment to host, answered by S3F12. */
export const S3F11 = message('S3F11', 'Material ID Request', {
  direction: 'E->H',
  mnemonic: 'MIDR',
  reply: () => S3F12,
  body: { ptn: PTN },
  note: 'N gives H->E; B H R the other way',
  sources: 7,
});

/** Material ID Request Acknowledge: host to equipment. */
export const S3F12 = message('S3F12', 'Material ID Request Acknowledge', { direction: 'H->E', mnemonic: 'MIRA', body: list({ ptn: PTN, midra: MIDRA, mid: MID }), sources: 7 });

/** Material ID Send: host to equipment, answered by S3F14. Zero-length MID = no ID. */
export const S3F13 = message('S3F13', 'Material ID Send', {
  direction: 'H->E',
  mnemonic: 'MIS',
  reply: () => S3F14,
  body: list({ ptn: PTN, mid: MID }),
  special: 'zero-length MID = no ID',
  sources: 7,
});

/** Material ID Acknowledge: equipment to host. */
export const S3F14 = message('S3F14', 'Material ID Acknowledge', { direction: 'E->H', mnemonic: 'MIA', body: { midac: MIDAC }, sources: 7 });

/** Materials Multi-Block Inquire: host to equipment, answered by S3F16. Comes before a multi-block S3F17. */
export const S3F15 = message('S3F15', 'Materials Multi-Block Inquire', {
  direction: 'H->E',
  mnemonic: 'MMBI',
  reply: () => S3F16,
  body: list({ dataId: DATAID, dataLength: DATALENGTH }),
  special: 'comes before a multi-block S3F17',
  sources: 7,
});

/** Materials Multi-Block Grant: equipment to host. */
export const S3F16 = message('S3F16', 'Materials Multi-Block Grant', { direction: 'E->H', mnemonic: 'MMBG', body: { grant: GRANT }, sources: 7 });

/** Carrier Action Request: host to equipment, answered by S3F18. PTN may be zero-length where the action needs no port. */
export const S3F17 = message('S3F17', 'Carrier Action Request', {
  direction: 'H->E',
  mnemonic: 'CAR',
  reply: () => S3F18,
  isMultiBlock: true,
  body: list({ dataId: DATAID, carrierAction: CARRIERACTION, carrierId: CARRIERID, ptn: PTN, attributes: listOf(list({ cattrId: CATTRID, cattrData: CATTRDATA })) }),
  special: 'PTN may be zero-length where the action needs no port',
  note: 'F names the third item CARRIERSPEC; E87 profiles say CARRIERID',
  sources: 7,
});

/** Carrier Action Acknowledge: equipment to host. */
export const S3F18 = message('S3F18', 'Carrier Action Acknowledge', {
  direction: 'E->H',
  mnemonic: 'CAA',
  body: list({ caack: CAACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** Cancel All Carrier Out Request: host to equipment, answered by S3F20. */
export const S3F19 = message('S3F19', 'Cancel All Carrier Out Request', { direction: 'H->E', mnemonic: 'CACOR', reply: () => S3F20, sources: 5 });

/** Cancel All Carrier Out Acknowledge: equipment to host. */
export const S3F20 = message('S3F20', 'Cancel All Carrier Out Acknowledge', {
  direction: 'E->H',
  mnemonic: 'CACOA',
  body: list({ caack: CAACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 5,
});

/** Port Group Definition: host to equipment, answered by S3F22. */
export const S3F21 = message('S3F21', 'Port Group Definition', {
  direction: 'H->E',
  mnemonic: 'PGD',
  reply: () => S3F22,
  body: list({ portGrpName: PORTGRPNAME, accessMode: ACCESSMODE, ptns: listOf(PTN) }),
  note: 'F has PORTACTION for ACCESSMODE, taken as an error',
  sources: 5,
});

/** Port Group Definition Acknowledge: equipment to host. */
export const S3F22 = message('S3F22', 'Port Group Definition Acknowledge', {
  direction: 'E->H',
  mnemonic: 'PGDA',
  body: list({ caack: CAACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 5,
});

/** Port Group Action Request: host to equipment, answered by S3F24. */
export const S3F23 = message('S3F23', 'Port Group Action Request', {
  direction: 'H->E',
  mnemonic: 'PGAR',
  reply: () => S3F24,
  body: list({ pgrpAction: PGRPACTION, portGrpName: PORTGRPNAME, params: listOf(list({ paramName: PARAMNAME, paramVal: PARAMVAL })) }),
  sources: 5,
});

/** Port Group Action Acknowledge: equipment to host. */
export const S3F24 = message('S3F24', 'Port Group Action Acknowledge', {
  direction: 'E->H',
  mnemonic: 'PGAA',
  body: list({ caack: CAACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 5,
});

/** Port Action Request: host to equipment, answered by S3F26. */
export const S3F25 = message('S3F25', 'Port Action Request', {
  direction: 'H->E',
  mnemonic: 'PAR',
  reply: () => S3F26,
  body: list({ portAction: PORTACTION, ptn: PTN, params: listOf(list({ paramName: PARAMNAME, paramVal: PARAMVAL })) }),
  note: 'X names the pair CATTRID/CATTRDATA',
  sources: 7,
});

/** Port Action Acknowledge: equipment to host. */
export const S3F26 = message('S3F26', 'Port Action Acknowledge', {
  direction: 'E->H',
  body: list({ caack: CAACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 5,
});

/** Change Access: host to equipment, answered by S3F28. No PTNs = all ports. */
export const S3F27 = message('S3F27', 'Change Access', {
  direction: 'H->E',
  reply: () => S3F28,
  body: list({ accessMode: ACCESSMODE, ptns: listOf(PTN) }),
  special: 'no PTNs = all ports',
  note: 'one rendering of H has a list of (PTN, ACCESSMODE) pairs; B X R agree on this form',
  sources: 5,
});

/** Change Access Acknowledge: equipment to host. CAACK 6 with entries = those ports failed, the others changed. */
export const S3F28 = message('S3F28', 'Change Access Acknowledge', {
  direction: 'E->H',
  body: list({ caack: CAACK, errors: listOf(list({ ptn: PTN, errCode: ERRCODE, errText: ERRTEXT })) }),
  special: 'CAACK 6 with entries = those ports failed, the others changed',
  sources: 5,
});

/** Carrier Tag Read Request: host to equipment, answered by S3F30. */
export const S3F29 = message('S3F29', 'Carrier Tag Read Request', {
  direction: 'H->E',
  reply: () => S3F30,
  body: list({ locid: LOCID, carrierSpec: CARRIERSPEC, dataSeg: DATASEG, dataLength: DATALENGTH }),
  sources: 4,
});

/** Carrier Tag Read Data: equipment to host. */
export const S3F30 = message('S3F30', 'Carrier Tag Read Data', {
  direction: 'E->H',
  mnemonic: 'CTRD',
  body: list({ data: DATA, result: list({ caack: CAACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 5,
});

/** Carrier Tag Write Data Request: host to equipment, answered by S3F32. */
export const S3F31 = message('S3F31', 'Carrier Tag Write Data Request', {
  direction: 'H->E',
  mnemonic: 'CTWDR',
  reply: () => S3F32,
  body: list({ locid: LOCID, carrierSpec: CARRIERSPEC, dataSeg: DATASEG, dataLength: DATALENGTH, data: DATA }),
  sources: 5,
});

/** Carrier Tag Write Data Acknowledge: equipment to host. */
export const S3F32 = message('S3F32', 'Carrier Tag Write Data Acknowledge', {
  direction: 'E->H',
  mnemonic: 'CTWDA',
  body: list({ caack: CAACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 5,
});

/** Cancel All Pod Out Request: either side, answered by S3F34. */
export const S3F33 = message('S3F33', 'Cancel All Pod Out Request', { direction: 'both', reply: () => S3F34, note: 'B gives H->E only', sources: 4 });

/** Cancel All Pod Out Acknowledge: either side. */
export const S3F34 = message('S3F34', 'Cancel All Pod Out Acknowledge', {
  direction: 'both',
  body: list({ caack: CAACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  note: 'B gives E->H only',
  sources: 4,
});

/** Reticle Transfer Job Request: either side, answered by S3F36. The lists may be L:0 when a job is cancelled. */
export const S3F35 = message('S3F35', 'Reticle Transfer Job Request', {
  direction: 'both',
  reply: () => S3F36,
  body: list({
    jobAction: JOBACTION,
    podId: PODID,
    inptn: INPTN,
    outptn: OUTPTN,
    attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })),
    removals: listOf(list({ reticleId: RETICLEID, retRemoveInstr: RETREMOVEINSTR, attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })) })),
    placements: listOf(list({ reticleId: RETICLEID, retPlaceInstr: RETPLACEINSTR })),
  }),
  special: 'the lists may be L:0 when a job is cancelled',
  note: "B N give H->E only; H names the last list's item RETICLEID2",
  sources: 3,
});

/** Reticle Transfer Job Acknowledge: either side. */
export const S3F36 = message('S3F36', 'Reticle Transfer Job Acknowledge', {
  direction: 'both',
  body: list({ rpmack: RPMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  note: 'B N give E->H only',
  sources: 4,
});
