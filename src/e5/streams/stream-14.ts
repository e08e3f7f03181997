// Stream 14: object services.
import {
  ATTRDATA,
  ATTRID,
  ATTRRELN,
  DATAACK,
  DATAID,
  DATALENGTH,
  ERRCODE,
  ERRTEXT,
  GRANT,
  LINKID,
  OBJACK,
  OBJCMD,
  OBJID,
  OBJSPEC,
  OBJTOKEN,
  OBJTYPE,
  OPID,
  SPNAME,
  SPVAL,
  SVCACK,
  SVCNAME,
  TARGETSPEC,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 14 without an answer; not to be answered. */
export const S14F0 = message('S14F0', 'Abort Transaction', { direction: 'both' });

/** GetAttr Request: either side, answered by S14F2. No OBJIDs = all that meet the filter; no filter = all; no ATTRIDs = all attributes. */
export const S14F1 = message('S14F1', 'GetAttr Request', {
  direction: 'both',
  mnemonic: 'GAR',
  reply: () => S14F2,
  body: list({
    objSpec: OBJSPEC,
    objType: OBJTYPE,
    objIds: listOf(OBJID),
    filters: listOf(list({ attrId: ATTRID, attrData: ATTRDATA, attrReln: ATTRRELN })),
    attrIds: listOf(ATTRID),
  }),
  special: 'no OBJIDs = all that meet the filter; no filter = all; no ATTRIDs = all attributes',
  sources: 9,
});

/** GetAttr Data: either side. */
export const S14F2 = message('S14F2', 'GetAttr Data', {
  direction: 'both',
  mnemonic: 'GAD',
  isMultiBlock: true,
  body: list({
    objects: listOf(list({ objId: OBJID, attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })) })),
    result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 9,
});

/** SetAttr Request: either side, answered by S14F4. */
export const S14F3 = message('S14F3', 'SetAttr Request', {
  direction: 'both',
  mnemonic: 'SAR',
  reply: () => S14F4,
  body: list({ objSpec: OBJSPEC, objType: OBJTYPE, objIds: listOf(OBJID), attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })) }),
  sources: 8,
});

/** SetAttr Data: either side. */
export const S14F4 = message('S14F4', 'SetAttr Data', {
  direction: 'both',
  mnemonic: 'SAD',
  isMultiBlock: true,
  body: list({
    objects: listOf(list({ objId: OBJID, attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })) })),
    result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 8,
});

/** GetType Request: either side, answered by S14F6. */
export const S14F5 = message('S14F5', 'GetType Request', { direction: 'both', mnemonic: 'GTR', reply: () => S14F6, body: { objSpec: OBJSPEC }, sources: 6 });

/** GetType Data: either side. */
export const S14F6 = message('S14F6', 'GetType Data', {
  direction: 'both',
  mnemonic: 'GTD',
  body: list({ objTypes: listOf(OBJTYPE), result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 6,
});

/** GetAttrName Request: either side, answered by S14F8. */
export const S14F7 = message('S14F7', 'GetAttrName Request', {
  direction: 'both',
  mnemonic: 'GANR',
  reply: () => S14F8,
  body: list({ objSpec: OBJSPEC, objTypes: listOf(OBJTYPE) }),
  sources: 6,
});

/** GetAttrName Data: either side. */
export const S14F8 = message('S14F8', 'GetAttrName Data', {
  direction: 'both',
  mnemonic: 'GAND',
  isMultiBlock: true,
  body: list({
    types: listOf(list({ objType: OBJTYPE, attrIds: listOf(ATTRID) })),
    result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 6,
});

/** Create Object Request: either side, answered by S14F10. Creates E94 control jobs with OBJTYPE "ControlJob". */
export const S14F9 = message('S14F9', 'Create Object Request', {
  direction: 'both',
  mnemonic: 'COR',
  reply: () => S14F10,
  isMultiBlock: true,
  body: list({ objSpec: OBJSPEC, objType: OBJTYPE, attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })) }),
  special: 'creates E94 control jobs with OBJTYPE "ControlJob"',
  sources: 8,
});

/** Create Object Acknowledge: either side. */
export const S14F10 = message('S14F10', 'Create Object Acknowledge', {
  direction: 'both',
  mnemonic: 'COA',
  isMultiBlock: true,
  body: list({
    objSpec: OBJSPEC,
    attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })),
    result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 8,
});

/** Delete Object Request: either side, answered by S14F12. */
export const S14F11 = message('S14F11', 'Delete Object Request', {
  direction: 'both',
  mnemonic: 'DOR',
  reply: () => S14F12,
  body: list({ objSpec: OBJSPEC, attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })) }),
  sources: 7,
});

/** Delete Object Acknowledge: either side. */
export const S14F12 = message('S14F12', 'Delete Object Acknowledge', {
  direction: 'both',
  mnemonic: 'DOA',
  isMultiBlock: true,
  body: list({ attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })), result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 7,
});

/** Object Attach Request: either side, answered by S14F14. */
export const S14F13 = message('S14F13', 'Object Attach Request', {
  direction: 'both',
  mnemonic: 'OAR',
  reply: () => S14F14,
  isMultiBlock: true,
  body: list({ objSpec: OBJSPEC, attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })) }),
  sources: 6,
});

/** Object Attach Acknowledge: either side. */
export const S14F14 = message('S14F14', 'Object Attach Acknowledge', {
  direction: 'both',
  mnemonic: 'OAA',
  isMultiBlock: true,
  body: list({
    objToken: OBJTOKEN,
    attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })),
    result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 6,
});

/** Attached Object Action Request: either side, answered by S14F16. */
export const S14F15 = message('S14F15', 'Attached Object Action Request', {
  direction: 'both',
  mnemonic: 'AOAR',
  reply: () => S14F16,
  isMultiBlock: true,
  body: list({ objSpec: OBJSPEC, objCmd: OBJCMD, objToken: OBJTOKEN, attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })) }),
  sources: 6,
});

/** Attached Object Action Acknowledge: either side. */
export const S14F16 = message('S14F16', 'Attached Object Action Acknowledge', {
  direction: 'both',
  mnemonic: 'AOAA',
  isMultiBlock: true,
  body: list({ attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })), result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 6,
});

/** Supervised Object Action Request: either side, answered by S14F18. */
export const S14F17 = message('S14F17', 'Supervised Object Action Request', {
  direction: 'both',
  mnemonic: 'SOAR',
  reply: () => S14F18,
  body: list({ objSpec: OBJSPEC, objCmd: OBJCMD, targetSpec: TARGETSPEC, attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })) }),
  sources: 6,
});

/** Supervised Object Action Acknowledge: either side. */
export const S14F18 = message('S14F18', 'Supervised Object Action Acknowledge', {
  direction: 'both',
  mnemonic: 'SOAA',
  isMultiBlock: true,
  body: list({ attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })), result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 6,
});

/** Generic Service Request: host to equipment, answered by S14F20. */
export const S14F19 = message('S14F19', 'Generic Service Request', {
  direction: 'H->E',
  mnemonic: 'GSR',
  reply: () => S14F20,
  isMultiBlock: true,
  body: list({ dataId: DATAID, opid: OPID, objSpec: OBJSPEC, svcName: SVCNAME, params: listOf(list({ spname: SPNAME, spval: SPVAL })) }),
  sources: 5,
});

/** Generic Service Acknowledge: equipment to host. LINKID 0 = finished, else S14F21 follows. */
export const S14F20 = message('S14F20', 'Generic Service Acknowledge', {
  direction: 'E->H',
  mnemonic: 'GSA',
  isMultiBlock: true,
  body: list({
    svcack: SVCACK,
    linkId: LINKID,
    params: listOf(list({ spname: SPNAME, spval: SPVAL })),
    result: list({ svcack: SVCACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  special: 'LINKID 0 = finished, else S14F21 follows',
  note: 'the inner acknowledge is SVCACK in H and S, OBJACK in B',
  sources: 2,
});

/** Generic Service Completion Information: equipment to host, answered by S14F22. */
export const S14F21 = message('S14F21', 'Generic Service Completion Information', {
  direction: 'E->H',
  mnemonic: 'GSCI',
  reply: () => S14F22,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    opid: OPID,
    linkId: LINKID,
    params: listOf(list({ spname: SPNAME, spval: SPVAL })),
    result: list({ svcack: SVCACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  note: "the last list's acknowledge is SVCACK in H and S, OBJACK in B",
  sources: 2,
});

/** Generic Service Completion Acknowledge: host to equipment. */
export const S14F22 = message('S14F22', 'Generic Service Completion Acknowledge', { direction: 'H->E', mnemonic: 'GSCA', body: { dataAck: DATAACK }, sources: 5 });

/** Multi-Block Generic Service Data Inquire: either side, answered by S14F24. */
export const S14F23 = message('S14F23', 'Multi-Block Generic Service Data Inquire', {
  direction: 'both',
  mnemonic: 'GSDI',
  reply: () => S14F24,
  body: list({ dataId: DATAID, dataLength: DATALENGTH }),
  sources: 5,
});

/** Multi-Block Generic Service Data Grant: either side. */
export const S14F24 = message('S14F24', 'Multi-Block Generic Service Data Grant', { direction: 'both', mnemonic: 'GSDG', body: { grant: GRANT }, sources: 5 });

/** Get Service Name Request: either side, answered by S14F26. */
export const S14F25 = message('S14F25', 'Get Service Name Request', {
  direction: 'both',
  mnemonic: 'GSNR',
  reply: () => S14F26,
  body: list({ objSpec: OBJSPEC, objTypes: listOf(OBJTYPE) }),
  note: 'B gives H->E only',
  sources: 5,
});

/** Get Service Name Data: either side. */
export const S14F26 = message('S14F26', 'Get Service Name Data', {
  direction: 'both',
  mnemonic: 'GSND',
  body: list({
    types: listOf(list({ objType: OBJTYPE, svcNames: listOf(SVCNAME) })),
    result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 5,
});

/** Get Service Parameter Name Request: either side, answered by S14F28. */
export const S14F27 = message('S14F27', 'Get Service Parameter Name Request', {
  direction: 'both',
  mnemonic: 'GPNR',
  reply: () => S14F28,
  body: list({ objSpec: OBJSPEC, objType: OBJTYPE, svcNames: listOf(SVCNAME) }),
  sources: 5,
});

/** Get Service Parameter Name Data: either side. */
export const S14F28 = message('S14F28', 'Get Service Parameter Name Data', {
  direction: 'both',
  mnemonic: 'GPND',
  body: list({
    services: listOf(list({ svcName: SVCNAME, spnames: listOf(SPNAME) })),
    result: list({ objAck: OBJACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  sources: 5,
});
