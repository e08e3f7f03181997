// Stream 6: data collection.
import {
  ACKC6,
  CEID,
  DATAID,
  DATALENGTH,
  DSID,
  DVNAME,
  DVVAL,
  ERRCODE,
  ERRTEXT,
  GRANT6,
  LINKID,
  OPID,
  PFCD,
  RCPATTRDATA,
  RCPATTRID,
  RCPSPEC,
  RMACK,
  RMCHGSTAT,
  RPTID,
  RSDA,
  RSDC,
  SMPLN,
  STIME,
  SV,
  TRID,
  V,
  VID,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 6 without an answer; not to be answered. */
export const S6F0 = message('S6F0', 'Abort Transaction', { direction: 'both' });

/** Trace Data Send: equipment to host, answered by S6F2 where wanted. Zero-length STIME = no time; no inquire is needed before it. */
export const S6F1 = message('S6F1', 'Trace Data Send', {
  direction: 'E->H',
  mnemonic: 'TDS',
  reply: () => S6F2,
  replyIsOptional: true,
  isMultiBlock: true,
  body: list({ trid: TRID, smpln: SMPLN, stime: STIME, svs: listOf(SV) }),
  special: 'zero-length STIME = no time; no inquire is needed before it',
  note: 'B marks it single-block',
  sources: 7,
});

/** Trace Data Acknowledge: host to equipment. */
export const S6F2 = message('S6F2', 'Trace Data Acknowledge', { direction: 'H->E', mnemonic: 'TDA', body: { ackc6: ACKC6 }, sources: 7 });

/** Discrete Variable Data Send: equipment to host, answered by S6F4 where wanted. */
export const S6F3 = message('S6F3', 'Discrete Variable Data Send', {
  direction: 'E->H',
  mnemonic: 'DVS',
  reply: () => S6F4,
  replyIsOptional: true,
  isMultiBlock: true,
  body: list({ dataId: DATAID, ceid: CEID, dataSets: listOf(list({ dsid: DSID, values: listOf(list({ dvname: DVNAME, dvval: DVVAL })) })) }),
  sources: 6,
});

/** Discrete Variable Data Acknowledge: host to equipment. */
export const S6F4 = message('S6F4', 'Discrete Variable Data Acknowledge', { direction: 'H->E', mnemonic: 'DVA', body: { ackc6: ACKC6 }, sources: 6 });

/** Multi-Block Data Send Inquire: equipment to host, answered by S6F6. Comes before a multi-block S6F3, F9, F11, F13 (SECS-I only). */
export const S6F5 = message('S6F5', 'Multi-Block Data Send Inquire', {
  direction: 'E->H',
  mnemonic: 'MBI',
  reply: () => S6F6,
  body: list({ dataId: DATAID, dataLength: DATALENGTH }),
  special: 'comes before a multi-block S6F3, F9, F11, F13 (SECS-I only)',
  note: 'N has H->E, taken as an error',
  sources: 7,
});

/** Multi-Block Grant: host to equipment. */
export const S6F6 = message('S6F6', 'Multi-Block Grant', { direction: 'H->E', mnemonic: 'MBG', body: { grant6: GRANT6 }, sources: 7 });

/** Data Transfer Request: host to equipment, answered by S6F8. */
export const S6F7 = message('S6F7', 'Data Transfer Request', {
  direction: 'H->E',
  mnemonic: 'DDR',
  reply: () => S6F8,
  body: { dataId: DATAID },
  note: 'one rendering of H has E->H; G B N agree on H->E',
  sources: 7,
});

/** Data Transfer Data: equipment to host. */
export const S6F8 = message('S6F8', 'Data Transfer Data', {
  direction: 'E->H',
  mnemonic: 'DDD',
  isMultiBlock: true,
  body: list({ dataId: DATAID, ceid: CEID, dataSets: listOf(list({ dsid: DSID, values: listOf(list({ dvname: DVNAME, dvval: DVVAL })) })) }),
  sources: 7,
});

/** Formatted Variable Send: equipment to host, answered by S6F10 where wanted. */
export const S6F9 = message('S6F9', 'Formatted Variable Send', {
  direction: 'E->H',
  mnemonic: 'FVS',
  reply: () => S6F10,
  replyIsOptional: true,
  isMultiBlock: true,
  body: list({ pfcd: PFCD, dataId: DATAID, ceid: CEID, dataSets: listOf(list({ dsid: DSID, dvvals: listOf(DVVAL) })) }),
  sources: 6,
});

/** Formatted Variable Acknowledge: host to equipment. */
export const S6F10 = message('S6F10', 'Formatted Variable Acknowledge', { direction: 'H->E', mnemonic: 'FVA', body: { ackc6: ACKC6 }, sources: 6 });

/** Event Report Send: equipment to host, answered by S6F12. L:0 = no report is linked. */
export const S6F11 = message('S6F11', 'Event Report Send', {
  direction: 'E->H',
  mnemonic: 'ERS',
  reply: () => S6F12,
  isMultiBlock: true,
  body: list({ dataId: DATAID, ceid: CEID, reports: listOf(list({ rptid: RPTID, vs: listOf(V) })) }),
  special: 'L:0 = no report is linked',
  note: 'a multi-block send needs S6F5/F6 on SECS-I',
  sources: 9,
});

/** Event Report Acknowledge: host to equipment. */
export const S6F12 = message('S6F12', 'Event Report Acknowledge', { direction: 'H->E', mnemonic: 'ERA', body: { ackc6: ACKC6 }, sources: 8 });

/** Annotated Event Report Send: equipment to host, answered by S6F14. */
export const S6F13 = message('S6F13', 'Annotated Event Report Send', {
  direction: 'E->H',
  mnemonic: 'AERS',
  reply: () => S6F14,
  isMultiBlock: true,
  body: list({ dataId: DATAID, ceid: CEID, reports: listOf(list({ rptid: RPTID, values: listOf(list({ vid: VID, v: V })) })) }),
  sources: 7,
});

/** Annotated Event Report Acknowledge: host to equipment. */
export const S6F14 = message('S6F14', 'Annotated Event Report Acknowledge', { direction: 'H->E', mnemonic: 'AERA', body: { ackc6: ACKC6 }, sources: 7 });

/** Event Report Request: host to equipment, answered by S6F16. */
export const S6F15 = message('S6F15', 'Event Report Request', { direction: 'H->E', mnemonic: 'ERR', reply: () => S6F16, body: { ceid: CEID }, sources: 8 });

/** Event Report Data: equipment to host. Inner L:0 = no report linked or CEID unknown. */
export const S6F16 = message('S6F16', 'Event Report Data', {
  direction: 'E->H',
  mnemonic: 'ERD',
  isMultiBlock: true,
  body: list({ dataId: DATAID, ceid: CEID, reports: listOf(list({ rptid: RPTID, vs: listOf(V) })) }),
  special: 'inner L:0 = no report linked or CEID unknown',
  sources: 8,
});

/** Annotated Event Report Request: host to equipment, answered by S6F18. */
export const S6F17 = message('S6F17', 'Annotated Event Report Request', { direction: 'H->E', mnemonic: 'AERR', reply: () => S6F18, body: { ceid: CEID }, sources: 7 });

/** Annotated Event Report Data: equipment to host. */
export const S6F18 = message('S6F18', 'Annotated Event Report Data', {
  direction: 'E->H',
  mnemonic: 'AERD',
  isMultiBlock: true,
  body: list({ dataId: DATAID, ceid: CEID, reports: listOf(list({ rptid: RPTID, values: listOf(list({ vid: VID, v: V })) })) }),
  sources: 7,
});

/** Individual Report Request: host to equipment, answered by S6F20. */
export const S6F19 = message('S6F19', 'Individual Report Request', { direction: 'H->E', mnemonic: 'IRR', reply: () => S6F20, body: { rptid: RPTID }, sources: 8 });

/** Individual Report Data: equipment to host. L:0 = unknown RPTID. */
export const S6F20 = message('S6F20', 'Individual Report Data', {
  direction: 'E->H',
  mnemonic: 'IRD',
  isMultiBlock: true,
  body: { vs: listOf(V) },
  special: 'L:0 = unknown RPTID',
  sources: 8,
});

/** Annotated Individual Report Request: host to equipment, answered by S6F22. */
export const S6F21 = message('S6F21', 'Annotated Individual Report Request', { direction: 'H->E', mnemonic: 'AIRR', reply: () => S6F22, body: { rptid: RPTID }, sources: 8 });

/** Annotated Individual Report Data: equipment to host. L:0 = unknown RPTID. */
export const S6F22 = message('S6F22', 'Annotated Individual Report Data', {
  direction: 'E->H',
  mnemonic: 'AIRD',
  isMultiBlock: true,
  body: { values: listOf(list({ vid: VID, v: V })) },
  special: 'L:0 = unknown RPTID',
  sources: 8,
});

/** Request Spooled Data: host to equipment, answered by S6F24. */
export const S6F23 = message('S6F23', 'Request Spooled Data', { direction: 'H->E', mnemonic: 'RSD', reply: () => S6F24, body: { rsdc: RSDC }, sources: 8 });

/** Request Spooled Data Acknowledgement Send: equipment to host. */
export const S6F24 = message('S6F24', 'Request Spooled Data Acknowledgement Send', { direction: 'E->H', mnemonic: 'RSDAS', body: { rsda: RSDA }, sources: 8 });

/** Notification Report Send: either side, answered by S6F26 where wanted. */
export const S6F25 = message('S6F25', 'Notification Report Send', {
  direction: 'both',
  mnemonic: 'NRS',
  reply: () => S6F26,
  replyIsOptional: true,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    opid: OPID,
    linkId: LINKID,
    rcpSpec: RCPSPEC,
    rmChgStat: RMCHGSTAT,
    attributes: listOf(list({ rcpAttrId: RCPATTRID, rcpAttrData: RCPATTRDATA })),
    result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 5,
});

/** Notification Report Send Acknowledge: either side. */
export const S6F26 = message('S6F26', 'Notification Report Send Acknowledge', { direction: 'both', body: { ackc6: ACKC6 }, sources: 5 });

/** Trace Report Send: equipment to host, answered by S6F28 where wanted. The outer list is one entry a sample, the inner one a report each. */
export const S6F27 = message('S6F27', 'Trace Report Send', {
  direction: 'E->H',
  mnemonic: 'TRS',
  reply: () => S6F28,
  replyIsOptional: true,
  isMultiBlock: true,
  body: list({ dataId: DATAID, trid: TRID, samples: listOf(listOf(list({ rptid: RPTID, vs: listOf(V) }))) }),
  special: 'the outer list is one entry a sample, the inner one a report each',
  note: 'B has one level less; H W F agree',
  sources: 4,
});

/** Trace Report Send Acknowledge: host to equipment. */
export const S6F28 = message('S6F28', 'Trace Report Send Acknowledge', { direction: 'H->E', body: { trid: TRID }, sources: 5 });

/** Trace Report Request: host to equipment, answered by S6F30. */
export const S6F29 = message('S6F29', 'Trace Report Request', { direction: 'H->E', mnemonic: 'TRR', reply: () => S6F30, body: { trid: TRID }, sources: 5 });

/** Trace Report Data: equipment to host. */
export const S6F30 = message('S6F30', 'Trace Report Data', {
  direction: 'E->H',
  mnemonic: 'TRD',
  isMultiBlock: true,
  body: list({ trid: TRID, reports: listOf(list({ rptid: RPTID, vs: listOf(V) })), errCode: ERRCODE }),
  sources: 5,
});
