// Stream 16: process jobs.
import {
  ACKA,
  CARRIERID,
  CPNAME,
  CPVAL,
  CTLJOBCMD,
  CTLJOBID,
  DATAID,
  DATALENGTH,
  ERRCODE,
  ERRTEXT,
  GRANT,
  MF,
  MID,
  PRCMDNAME,
  PREVENTID,
  PRJOBID,
  PRJOBMILESTONE,
  PRJOBSPACE,
  PRMTRLORDER,
  PRPAUSEEVENTID,
  PRPROCESSSTART,
  PRRECIPEMETHOD,
  PRSTATE,
  RCPPARNM,
  RCPPARVAL,
  RCPSPEC,
  SLOTID,
  TIMESTAMP,
  V,
  VID,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf, oneOf, optional } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 16 without an answer; not to be answered. */
export const S16F0 = message('S16F0', 'Abort Transaction', { direction: 'both' });

/** Multi-Block Process Job Data Inquire: host to equipment, answered by S16F2. Comes before a multi-block S16 primary (SECS-I only). */
export const S16F1 = message('S16F1', 'Multi-Block Process Job Data Inquire', {
  direction: 'H->E',
  mnemonic: 'PRJI',
  reply: () => S16F2,
  body: list({ dataId: DATAID, dataLength: DATALENGTH }),
  special: 'comes before a multi-block S16 primary (SECS-I only)',
  note: 'N gives both directions, one rendering of H E->H; B X H->E',
  sources: 7,
});

/** Multi-Block Process Job Data Grant: equipment to host. */
export const S16F2 = message('S16F2', 'Multi-Block Process Job Data Grant', { direction: 'E->H', mnemonic: 'PRJG', body: { grant: GRANT }, note: 'as S16F1', sources: 7 });

/** Process Job Create Request: host to equipment, answered by S16F4. */
export const S16F3 = message('S16F3', 'Process Job Create Request', {
  direction: 'H->E',
  mnemonic: 'PRJCR',
  reply: () => S16F4,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    mf: MF,
    mids: listOf(MID),
    recipe: list({ prRecipeMethod: PRRECIPEMETHOD, rcpSpec: RCPSPEC, params: listOf(list({ rcpParNm: RCPPARNM, rcpParVal: RCPPARVAL })) }),
    prProcessStart: PRPROCESSSTART,
  }),
  sources: 7,
});

/** Process Job Create Acknowledge: equipment to host. */
export const S16F4 = message('S16F4', 'Process Job Create Acknowledge', {
  direction: 'E->H',
  mnemonic: 'PRJCA',
  body: list({ prJobId: PRJOBID, result: list({ acka: ACKA, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 7,
});

/** Process Job Command Request: host to equipment, answered by S16F6. */
export const S16F5 = message('S16F5', 'Process Job Command Request', {
  direction: 'H->E',
  mnemonic: 'PRJCMDR',
  reply: () => S16F6,
  isMultiBlock: true,
  body: list({ dataId: DATAID, prJobId: PRJOBID, prCmdName: PRCMDNAME, params: listOf(list({ cpname: CPNAME, cpval: CPVAL })) }),
  note: 'one rendering of H lacks DATAID; five agree it is there',
  sources: 8,
});

/** Process Job Command Acknowledge: equipment to host. */
export const S16F6 = message('S16F6', 'Process Job Command Acknowledge', {
  direction: 'E->H',
  mnemonic: 'PRJCMDA',
  body: list({ prJobId: PRJOBID, result: list({ acka: ACKA, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 8,
});

/** Process Job Alert Notify: equipment to host, answered by S16F8 where wanted. */
export const S16F7 = message('S16F7', 'Process Job Alert Notify', {
  direction: 'E->H',
  mnemonic: 'PRJA',
  reply: () => S16F8,
  replyIsOptional: true,
  body: list({
    timestamp: TIMESTAMP,
    prJobId: PRJOBID,
    prJobMilestone: PRJOBMILESTONE,
    result: list({ acka: ACKA, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  note: 'H gives the reply as optional, B and N as required',
  sources: 8,
});

/** Process Job Alert Confirm: host to equipment. */
export const S16F8 = message('S16F8', 'Process Job Alert Confirm', { direction: 'H->E', mnemonic: 'PRJAC', sources: 8 });

/** Process Job Event Notify: equipment to host, answered by S16F10 where wanted. */
export const S16F9 = message('S16F9', 'Process Job Event Notify', {
  direction: 'E->H',
  mnemonic: 'PRJE',
  reply: () => S16F10,
  replyIsOptional: true,
  body: list({ prEventId: PREVENTID, timestamp: TIMESTAMP, prJobId: PRJOBID, values: listOf(list({ vid: VID, v: V })) }),
  note: 'H gives the reply as optional, B and N as required',
  sources: 8,
});

/** Process Job Event Confirm: host to equipment. */
export const S16F10 = message('S16F10', 'Process Job Event Confirm', { direction: 'H->E', mnemonic: 'PRJEC', sources: 8 });

/** PRJobCreateEnh: host to equipment, answered by S16F12. Carriers with their slots when MF is 13, substrates when MF is 14. */
export const S16F11 = message('S16F11', 'PRJobCreateEnh', {
  direction: 'H->E',
  mnemonic: 'PRJCE',
  reply: () => S16F12,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    prJobId: PRJOBID,
    mf: MF,
    materials: oneOf(listOf(list({ carrierId: CARRIERID, slotIds: listOf(SLOTID) })), listOf(MID)),
    recipe: list({ prRecipeMethod: PRRECIPEMETHOD, rcpSpec: RCPSPEC, params: listOf(list({ rcpParNm: RCPPARNM, rcpParVal: RCPPARVAL })) }),
    prProcessStart: PRPROCESSSTART,
    prPauseEventIds: listOf(PRPAUSEEVENTID),
  }),
  special: 'carriers with their slots when MF is 13, substrates when MF is 14',
  note: 'sources name the last item PRPAUSEEVENT, a list of event IDs; F alone writes it as one item',
  sources: 8,
});

/** PRJobCreateEnh Acknowledge: equipment to host. */
export const S16F12 = message('S16F12', 'PRJobCreateEnh Acknowledge', {
  direction: 'E->H',
  body: list({ prJobId: PRJOBID, result: list({ acka: ACKA, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 8,
});

/** PRJobDuplicateCreate: host to equipment, answered by S16F14. One recipe for every job. */
export const S16F13 = message('S16F13', 'PRJobDuplicateCreate', {
  direction: 'H->E',
  reply: () => S16F14,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    jobs: listOf(list({ prJobId: PRJOBID, mf: MF, materials: oneOf(listOf(list({ carrierId: CARRIERID, slotIds: listOf(SLOTID) })), listOf(MID)) })),
    recipe: list({ prRecipeMethod: PRRECIPEMETHOD, rcpSpec: RCPSPEC, params: listOf(list({ rcpParNm: RCPPARNM, rcpParVal: RCPPARVAL })) }),
    prProcessStart: PRPROCESSSTART,
    prPauseEventIds: listOf(PRPAUSEEVENTID),
  }),
  special: 'one recipe for every job',
  sources: 4,
});

/** PRJobDuplicateCreate Acknowledge: equipment to host. */
export const S16F14 = message('S16F14', 'PRJobDuplicateCreate Acknowledge', {
  direction: 'E->H',
  body: list({ prJobIds: listOf(PRJOBID), result: list({ acka: ACKA, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 4,
});

/** PRJobMultiCreate: host to equipment, answered by S16F16. */
export const S16F15 = message('S16F15', 'PRJobMultiCreate', {
  direction: 'H->E',
  reply: () => S16F16,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    jobs: listOf(
      list({
        prJobId: PRJOBID,
        mf: MF,
        materials: oneOf(listOf(list({ carrierId: CARRIERID, slotIds: listOf(SLOTID) })), listOf(MID)),
        recipe: list({ prRecipeMethod: PRRECIPEMETHOD, rcpSpec: RCPSPEC, params: listOf(list({ rcpParNm: RCPPARNM, rcpParVal: RCPPARVAL })) }),
        prProcessStart: PRPROCESSSTART,
        prPauseEventIds: listOf(PRPAUSEEVENTID),
      }),
    ),
  }),
  sources: 6,
});

/** PRJobMultiCreate Acknowledge: equipment to host. */
export const S16F16 = message('S16F16', 'PRJobMultiCreate Acknowledge', {
  direction: 'E->H',
  body: list({ prJobIds: listOf(PRJOBID), result: list({ acka: ACKA, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 6,
});

/** PRJobDequeue: host to equipment, answered by S16F18. L:0 = all queued jobs. */
export const S16F17 = message('S16F17', 'PRJobDequeue', {
  direction: 'H->E',
  reply: () => S16F18,
  body: { prJobIds: listOf(PRJOBID) },
  special: 'L:0 = all queued jobs',
  sources: 6,
});

/** PRJobDequeue Acknowledge: equipment to host. */
export const S16F18 = message('S16F18', 'PRJobDequeue Acknowledge', {
  direction: 'E->H',
  body: list({ prJobIds: listOf(PRJOBID), result: list({ acka: ACKA, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  note: 'F gives another form',
  sources: 5,
});

/** PRGetAllJobs: host to equipment, answered by S16F20. */
export const S16F19 = message('S16F19', 'PRGetAllJobs', { direction: 'H->E', reply: () => S16F20, sources: 6 });

/** PRGetAllJobs Send: equipment to host. */
export const S16F20 = message('S16F20', 'PRGetAllJobs Send', {
  direction: 'E->H',
  isMultiBlock: true,
  body: { jobs: listOf(list({ prJobId: PRJOBID, prState: PRSTATE })) },
  note: 'block assumed',
  sources: 6,
});

/** PRGetSpace: host to equipment, answered by S16F22. */
export const S16F21 = message('S16F21', 'PRGetSpace', { direction: 'H->E', reply: () => S16F22, sources: 6 });

/** PRGetSpace Send: equipment to host. */
export const S16F22 = message('S16F22', 'PRGetSpace Send', { direction: 'E->H', body: { prJobSpace: PRJOBSPACE }, sources: 6 });

/** PRJobSetRecipeVariable: host to equipment, answered by S16F24. */
export const S16F23 = message('S16F23', 'PRJobSetRecipeVariable', {
  direction: 'H->E',
  reply: () => S16F24,
  body: list({ prJobId: PRJOBID, params: listOf(list({ rcpParNm: RCPPARNM, rcpParVal: RCPPARVAL })) }),
  sources: 6,
});

/** PRJobSetRecipeVariable Acknowledge: equipment to host. */
export const S16F24 = message('S16F24', 'PRJobSetRecipeVariable Acknowledge', {
  direction: 'E->H',
  body: list({ acka: ACKA, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 6,
});

/** PRJobSetStartMethod: host to equipment, answered by S16F26. */
export const S16F25 = message('S16F25', 'PRJobSetStartMethod', {
  direction: 'H->E',
  reply: () => S16F26,
  body: list({ prJobIds: listOf(PRJOBID), prProcessStart: PRPROCESSSTART }),
  sources: 6,
});

/** PRJobSetStartMethod Acknowledge: equipment to host. */
export const S16F26 = message('S16F26', 'PRJobSetStartMethod Acknowledge', {
  direction: 'E->H',
  body: list({ prJobIds: listOf(PRJOBID), result: list({ acka: ACKA, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 6,
});

/** Control Job Command Request: host to equipment, answered by S16F28. At most one parameter pair, not a list of pairs. */
export const S16F27 = message('S16F27', 'Control Job Command Request', {
  direction: 'H->E',
  reply: () => S16F28,
  body: list({ ctlJobId: CTLJOBID, ctlJobCmd: CTLJOBCMD, param: optional(list({ cpname: CPNAME, cpval: CPVAL })) }),
  special: 'at most one parameter pair, not a list of pairs',
  sources: 6,
});

/** Control Job Command Acknowledge: equipment to host. At most one error pair. */
export const S16F28 = message('S16F28', 'Control Job Command Acknowledge', {
  direction: 'E->H',
  body: list({ acka: ACKA, error: optional(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  special: 'at most one error pair',
  note: 'F has a list of pairs; B X H this form',
  sources: 4,
});

/** PRSetMtrlOrder: host to equipment, answered by S16F30. */
export const S16F29 = message('S16F29', 'PRSetMtrlOrder', { direction: 'H->E', mnemonic: 'PRJSMO', reply: () => S16F30, body: { prMtrlOrder: PRMTRLORDER }, sources: 3 });

/** PRSetMtrlOrder Acknowledge: equipment to host. */
export const S16F30 = message('S16F30', 'PRSetMtrlOrder Acknowledge', { direction: 'E->H', mnemonic: 'PRJSMOA', body: { acka: ACKA }, sources: 3 });
