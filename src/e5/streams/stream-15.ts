// Stream 15: recipe management.
import {
  ACKC15,
  AGENT,
  DATAID,
  DSNAME,
  ERRCODE,
  ERRTEXT,
  LINKID,
  OBJSPEC,
  OBJTOKEN,
  OPID,
  RCPATTRDATA,
  RCPATTRID,
  RCPBODY,
  RCPCLASS,
  RCPCMD,
  RCPDEL,
  RCPDESCLTH,
  RCPDESCNM,
  RCPDESCTIME,
  RCPID,
  RCPNAME,
  RCPNEWID,
  RCPOWCODE,
  RCPPARNM,
  RCPPARRULE,
  RCPPARVAL,
  RCPRENAME,
  RCPSECCODE,
  RCPSECNM,
  RCPSPEC,
  RCPSTAT,
  RCPUPDT,
  RCPVERS,
  RESPEC,
  RMACK,
  RMCHGTYPE,
  RMDATASIZE,
  RMGRNT,
  RMNEWNS,
  RMNSCMD,
  RMNSSPEC,
  RMRECSPEC,
  RMREQUESTOR,
  RMSEGSPEC,
  RMSPACE,
  TARGETSPEC,
  TIMESTAMP,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf, oneOf, optional } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 15 without an answer; not to be answered. */
export const S15F0 = message('S15F0', 'Abort Transaction', { direction: 'both' });

/** Recipe Management Multi-Block Inquire: either side, answered by S15F2. */
export const S15F1 = message('S15F1', 'Recipe Management Multi-Block Inquire', {
  direction: 'both',
  reply: () => S15F2,
  body: list({ dataId: DATAID, rcpSpec: RCPSPEC, rmDataSize: RMDATASIZE }),
  sources: 7,
});

/** Recipe Management Multi-Block Grant: either side. */
export const S15F2 = message('S15F2', 'Recipe Management Multi-Block Grant', { direction: 'both', body: { rmgrnt: RMGRNT }, sources: 7 });

/** Recipe Namespace Action Request: either side, answered by S15F4. */
export const S15F3 = message('S15F3', 'Recipe Namespace Action Request', {
  direction: 'both',
  reply: () => S15F4,
  body: list({ rmNsSpec: RMNSSPEC, rmNsCmd: RMNSCMD }),
  sources: 7,
});

/** Recipe Namespace Action Acknowledge: either side. */
export const S15F4 = message('S15F4', 'Recipe Namespace Action Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** Recipe Namespace Rename Request: either side, answered by S15F6. */
export const S15F5 = message('S15F5', 'Recipe Namespace Rename Request', {
  direction: 'both',
  reply: () => S15F6,
  body: list({ rmNsSpec: RMNSSPEC, rmNewNs: RMNEWNS }),
  sources: 7,
});

/** Recipe Namespace Rename Acknowledge: either side. */
export const S15F6 = message('S15F6', 'Recipe Namespace Rename Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** Recipe Space Request: either side, answered by S15F8. */
export const S15F7 = message('S15F7', 'Recipe Space Request', { direction: 'both', reply: () => S15F8, body: { objSpec: OBJSPEC }, sources: 7 });

/** Recipe Space Data: either side. */
export const S15F8 = message('S15F8', 'Recipe Space Data', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmSpace: RMSPACE, result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 7,
});

/** Recipe Status Request: either side, answered by S15F10. */
export const S15F9 = message('S15F9', 'Recipe Status Request', { direction: 'both', reply: () => S15F10, body: { rcpSpec: RCPSPEC }, sources: 7 });

/** Recipe Status Data: either side. */
export const S15F10 = message('S15F10', 'Recipe Status Data', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rcpStat: RCPSTAT, rcpVers: RCPVERS, result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 7,
});

/** Recipe Version Request: either side, answered by S15F12. */
export const S15F11 = message('S15F11', 'Recipe Version Request', {
  direction: 'both',
  reply: () => S15F12,
  body: list({ rmNsSpec: RMNSSPEC, rcpClass: RCPCLASS, rcpName: RCPNAME, agent: AGENT }),
  sources: 7,
});

/** Recipe Version Data: either side. */
export const S15F12 = message('S15F12', 'Recipe Version Data', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ agent: AGENT, rcpVers: RCPVERS, result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 7,
});

/** Recipe Create Request: either side, answered by S15F14. */
export const S15F13 = message('S15F13', 'Recipe Create Request', {
  direction: 'both',
  reply: () => S15F14,
  isMultiBlock: true,
  body: list({ dataId: DATAID, rcpUpdt: RCPUPDT, rcpSpec: RCPSPEC, attributes: listOf(list({ rcpAttrId: RCPATTRID, rcpAttrData: RCPATTRDATA })), rcpBody: RCPBODY }),
  sources: 7,
});

/** Recipe Create Acknowledge: either side. */
export const S15F14 = message('S15F14', 'Recipe Create Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** Recipe Store Request: either side, answered by S15F16. First part the generic attributes or L:0; last part the agent data sets. */
export const S15F15 = message('S15F15', 'Recipe Store Request', {
  direction: 'both',
  reply: () => S15F16,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    rcpSpec: RCPSPEC,
    rcpSecCode: RCPSECCODE,
    sections: list({
      generic: optional(list({ rcpSecNm: RCPSECNM, attributes: listOf(list({ rcpAttrId: RCPATTRID, rcpAttrData: RCPATTRDATA })) })),
      rcpBody: RCPBODY,
      agentSets: listOf(list({ rcpSecNm: RCPSECNM, attributes: listOf(list({ rcpAttrId: RCPATTRID, rcpAttrData: RCPATTRDATA })) })),
    }),
  }),
  special: 'first part the generic attributes or L:0; last part the agent data sets',
  sources: 7,
});

/** Recipe Store Acknowledge: either side. */
export const S15F16 = message('S15F16', 'Recipe Store Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rcpSecCode: RCPSECCODE, result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 7,
});

/** Recipe Retrieve Request: either side, answered by S15F18. */
export const S15F17 = message('S15F17', 'Recipe Retrieve Request', {
  direction: 'both',
  reply: () => S15F18,
  body: list({ rcpSpec: RCPSPEC, rcpSecCode: RCPSECCODE }),
  sources: 7,
});

/** Recipe Retrieve Data: either side. L:0 = nothing returned. */
export const S15F18 = message('S15F18', 'Recipe Retrieve Data', {
  direction: 'both',
  isMultiBlock: true,
  body: list({
    sections: optional(
      list({
        generic: optional(list({ rcpSecNm: RCPSECNM, attributes: listOf(list({ rcpAttrId: RCPATTRID, rcpAttrData: RCPATTRDATA })) })),
        rcpBody: RCPBODY,
        agentSets: listOf(list({ rcpSecNm: RCPSECNM, attributes: listOf(list({ rcpAttrId: RCPATTRID, rcpAttrData: RCPATTRDATA })) })),
      }),
    ),
    result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  special: 'L:0 = nothing returned',
  sources: 7,
});

/** Recipe Rename Request: either side, answered by S15F20. */
export const S15F19 = message('S15F19', 'Recipe Rename Request', {
  direction: 'both',
  reply: () => S15F20,
  body: list({ rcpSpec: RCPSPEC, rcpRename: RCPRENAME, rcpNewId: RCPNEWID }),
  sources: 7,
});

/** Recipe Rename Acknowledge: either side. */
export const S15F20 = message('S15F20', 'Recipe Rename Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** Recipe Action Request: either side, answered by S15F22. */
export const S15F21 = message('S15F21', 'Recipe Action Request', {
  direction: 'both',
  reply: () => S15F22,
  isMultiBlock: true,
  body: list({ dataId: DATAID, rcpCmd: RCPCMD, rmNsSpec: RMNSSPEC, opid: OPID, agent: AGENT, rcpIds: listOf(RCPID) }),
  sources: 7,
});

/** Recipe Action Acknowledge: either side. LINKID 0 = all done. */
export const S15F22 = message('S15F22', 'Recipe Action Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ agent: AGENT, linkId: LINKID, rcpCmd: RCPCMD, result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  special: 'LINKID 0 = all done',
  sources: 7,
});

/** Recipe Descriptor Request: either side, answered by S15F24. */
export const S15F23 = message('S15F23', 'Recipe Descriptor Request', {
  direction: 'both',
  reply: () => S15F24,
  isMultiBlock: true,
  body: list({ dataId: DATAID, objSpec: OBJSPEC, rcpIds: listOf(RCPID) }),
  sources: 7,
});

/** Recipe Descriptor Data: either side. One inner list a recipe. */
export const S15F24 = message('S15F24', 'Recipe Descriptor Data', {
  direction: 'both',
  isMultiBlock: true,
  body: list({
    recipes: listOf(listOf(optional(list({ rcpDescNm: RCPDESCNM, rcpDescTime: RCPDESCTIME, rcpDescLth: RCPDESCLTH })))),
    result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  special: 'one inner list a recipe',
  sources: 7,
});

/** Recipe Parameter Update Request: either side, answered by S15F26. */
export const S15F25 = message('S15F25', 'Recipe Parameter Update Request', {
  direction: 'both',
  reply: () => S15F26,
  isMultiBlock: true,
  body: list({ dataId: DATAID, rmNsSpec: RMNSSPEC, agent: AGENT, params: listOf(list({ rcpParNm: RCPPARNM, rcpParVal: RCPPARVAL, rcpParRule: RCPPARRULE })) }),
  sources: 7,
});

/** Recipe Parameter Update Acknowledge: either side. */
export const S15F26 = message('S15F26', 'Recipe Parameter Update Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** Recipe Download Request: host to equipment, answered by S15F28. */
export const S15F27 = message('S15F27', 'Recipe Download Request', {
  direction: 'H->E',
  reply: () => S15F28,
  isMultiBlock: true,
  body: list({ dataId: DATAID, rcpOwCode: RCPOWCODE, rcpSpec: RCPSPEC, attributes: listOf(list({ rcpAttrId: RCPATTRID, rcpAttrData: RCPATTRDATA })), rcpBody: RCPBODY }),
  sources: 7,
});

/** Recipe Download Acknowledge: equipment to host. */
export const S15F28 = message('S15F28', 'Recipe Download Acknowledge', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({
    rcpId: RCPID,
    attributes: listOf(list({ rcpAttrId: RCPATTRID, rcpAttrData: RCPATTRDATA })),
    result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 7,
});

/** Recipe Verify Request: host to equipment, answered by S15F30. */
export const S15F29 = message('S15F29', 'Recipe Verify Request', {
  direction: 'H->E',
  reply: () => S15F30,
  isMultiBlock: true,
  body: list({ dataId: DATAID, opid: OPID, respec: RESPEC, rcpIds: listOf(RCPID) }),
  note: 'B has RCPSPEC for RESPEC',
  sources: 7,
});

/** Recipe Verify Acknowledge: equipment to host. */
export const S15F30 = message('S15F30', 'Recipe Verify Acknowledge', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({
    opid: OPID,
    linkId: LINKID,
    rcpId: RCPID,
    attributes: listOf(list({ rcpAttrId: RCPATTRID, rcpAttrData: RCPATTRDATA })),
    result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 7,
});

/** Recipe Upload Request: host to equipment, answered by S15F32. */
export const S15F31 = message('S15F31', 'Recipe Upload Request', {
  direction: 'H->E',
  reply: () => S15F32,
  body: { rcpSpec: RCPSPEC },
  note: 'older sources call it Recipe Unload Request',
  sources: 7,
});

/** Recipe Upload Data: equipment to host. */
export const S15F32 = message('S15F32', 'Recipe Upload Data', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({
    rcpSpec: RCPSPEC,
    attributes: listOf(list({ rcpAttrId: RCPATTRID, rcpAttrData: RCPATTRDATA })),
    rcpBody: RCPBODY,
    result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  note: 'older sources call it Recipe Unload Data',
  sources: 7,
});

/** Recipe Select Request: host to equipment, answered by S15F34. */
export const S15F33 = message('S15F33', 'Recipe Select Request', {
  direction: 'H->E',
  reply: () => S15F34,
  isMultiBlock: true,
  body: list({ dataId: DATAID, respec: RESPEC, recipes: listOf(list({ rcpId: RCPID, params: listOf(list({ rcpParNm: RCPPARNM, rcpParVal: RCPPARVAL })) })) }),
  sources: 7,
});

/** Recipe Select Acknowledge: equipment to host. */
export const S15F34 = message('S15F34', 'Recipe Select Acknowledge', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** Recipe Delete Request: host to equipment, answered by S15F36. No RCPIDs with RCPDEL 1 = all that are selected. */
export const S15F35 = message('S15F35', 'Recipe Delete Request', {
  direction: 'H->E',
  reply: () => S15F36,
  isMultiBlock: true,
  body: list({ dataId: DATAID, respec: RESPEC, rcpDel: RCPDEL, rcpIds: listOf(RCPID) }),
  special: 'no RCPIDs with RCPDEL 1 = all that are selected',
  sources: 7,
});

/** Recipe Delete Acknowledge: equipment to host. */
export const S15F36 = message('S15F36', 'Recipe Delete Acknowledge', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** DRNS Segment Approve Action Request: either side, answered by S15F38. */
export const S15F37 = message('S15F37', 'DRNS Segment Approve Action Request', {
  direction: 'both',
  reply: () => S15F38,
  body: list({ rmSegSpec: RMSEGSPEC, objToken: OBJTOKEN, rmgrnt: RMGRNT, opid: OPID, rcpId: RCPID, rmChgType: RMCHGTYPE }),
  sources: 7,
});

/** DRNS Segment Approve Action Acknowledge: either side. */
export const S15F38 = message('S15F38', 'DRNS Segment Approve Action Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** DRNS Recorder Segment Request: either side, answered by S15F40. */
export const S15F39 = message('S15F39', 'DRNS Recorder Segment Request', {
  direction: 'both',
  reply: () => S15F40,
  isMultiBlock: true,
  body: list({ dataId: DATAID, rmNsCmd: RMNSCMD, rmRecSpec: RMRECSPEC, rmSegSpec: RMSEGSPEC, objToken: OBJTOKEN }),
  sources: 7,
});

/** DRNS Recorder Segment Acknowledge: either side. */
export const S15F40 = message('S15F40', 'DRNS Recorder Segment Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** DRNS Recorder Modify Request: either side, answered by S15F42. RMNSCMD create: all of the change, otherwise RCPID alone. */
export const S15F41 = message('S15F41', 'DRNS Recorder Modify Request', {
  direction: 'both',
  reply: () => S15F42,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    rmRecSpec: RMRECSPEC,
    objToken: OBJTOKEN,
    rmNsCmd: RMNSCMD,
    change: optional(
      oneOf(
        list({ rcpId: RCPID, rcpNewId: RCPNEWID, rmSegSpec: RMSEGSPEC, rmChgType: RMCHGTYPE, opid: OPID, timestamp: TIMESTAMP, rmRequestor: RMREQUESTOR }),
        list({ rcpId: RCPID }),
      ),
    ),
  }),
  special: 'RMNSCMD create: all of the change, otherwise RCPID alone',
  note: 'the others have L:0 where S has RCPID alone',
  sources: 6,
});

/** DRNS Recorder Modify Acknowledge: either side. */
export const S15F42 = message('S15F42', 'DRNS Recorder Modify Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** DRNS Get Change Request: either side, answered by S15F44. */
export const S15F43 = message('S15F43', 'DRNS Get Change Request', {
  direction: 'both',
  reply: () => S15F44,
  isMultiBlock: true,
  body: list({ dataId: DATAID, objSpec: OBJSPEC, targetSpec: TARGETSPEC }),
  sources: 7,
});

/** DRNS Get Change Request Data: either side. */
export const S15F44 = message('S15F44', 'DRNS Get Change Request Data', {
  direction: 'both',
  isMultiBlock: true,
  body: list({
    changes: listOf(list({ rcpId: RCPID, rcpNewId: RCPNEWID, rmSegSpec: RMSEGSPEC, rmChgType: RMCHGTYPE, opid: OPID, timestamp: TIMESTAMP, rmRequestor: RMREQUESTOR })),
    result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 7,
});

/** DRNS Manager Segment Change Approval Request: either side, answered by S15F46. */
export const S15F45 = message('S15F45', 'DRNS Manager Segment Change Approval Request', {
  direction: 'both',
  reply: () => S15F46,
  isMultiBlock: true,
  body: list({ dataId: DATAID, rcpSpec: RCPSPEC, rcpNewId: RCPNEWID, rmChgType: RMCHGTYPE }),
  sources: 7,
});

/** DRNS Manager Segment Approval Acknowledge: either side. */
export const S15F46 = message('S15F46', 'DRNS Manager Segment Approval Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmChgType: RMCHGTYPE, rmgrnt: RMGRNT, opid: OPID }),
  sources: 7,
});

/** DRNS Manager Rebuild Request: either side, answered by S15F48. */
export const S15F47 = message('S15F47', 'DRNS Manager Rebuild Request', {
  direction: 'both',
  reply: () => S15F48,
  isMultiBlock: true,
  body: list({ dataId: DATAID, objSpec: OBJSPEC, rmNsSpec: RMNSSPEC, rmRecSpec: RMRECSPEC, rmSegSpecs: listOf(RMSEGSPEC) }),
  sources: 7,
});

/** DRNS Manager Rebuild Acknowledge: either side. */
export const S15F48 = message('S15F48', 'DRNS Manager Rebuild Acknowledge', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 7,
});

/** Large Recipe Download Request: host to equipment, answered by S15F50. The recipe follows by stream 13. */
export const S15F49 = message('S15F49', 'Large Recipe Download Request', {
  direction: 'H->E',
  mnemonic: 'LRDR',
  reply: () => S15F50,
  body: list({ dsname: DSNAME, rcpOwCode: RCPOWCODE }),
  special: 'the recipe follows by stream 13',
  sources: 4,
});

/** Large Recipe Download Acknowledge: equipment to host. */
export const S15F50 = message('S15F50', 'Large Recipe Download Acknowledge', { direction: 'E->H', mnemonic: 'LRDA', body: { ackc15: ACKC15 }, sources: 4 });

/** Large Recipe Upload Request: host to equipment, answered by S15F52. The recipe follows by stream 13. */
export const S15F51 = message('S15F51', 'Large Recipe Upload Request', {
  direction: 'H->E',
  mnemonic: 'LRUR',
  reply: () => S15F52,
  body: { dsname: DSNAME },
  special: 'the recipe follows by stream 13',
  sources: 4,
});

/** Large Recipe Upload Acknowledge: equipment to host. */
export const S15F52 = message('S15F52', 'Large Recipe Upload Acknowledge', { direction: 'E->H', mnemonic: 'LRUA', body: { ackc15: ACKC15 }, sources: 4 });

/** Recipe Verification Send: equipment to host, answered by S15F54. */
export const S15F53 = message('S15F53', 'Recipe Verification Send', {
  direction: 'E->H',
  mnemonic: 'RVS',
  reply: () => S15F54,
  isMultiBlock: true,
  body: list({ rcpSpec: RCPSPEC, rcpId: RCPID, result: list({ rmack: RMACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 4,
});

/** Recipe Verification Acknowledge: host to equipment. */
export const S15F54 = message('S15F54', 'Recipe Verification Acknowledge', { direction: 'H->E', mnemonic: 'RVA', sources: 4 });
