// Stream 19: process definition elements.
import {
  COMPARISONOPERATOR,
  DATALENGTH,
  DELRSPSTAT,
  DIRRSPSTAT,
  GETRSPSTAT,
  GRANT,
  PDEATTRIBUTE,
  PDEATTRIBUTENAME,
  PDEATTRIBUTEVALUE,
  PDEREF,
  RESOLUTION,
  RESPDESTAT,
  RTSRSPSTAT,
  SENDRESULT,
  SENDRSPSTAT,
  STATUSTXT,
  TARGETPDE,
  TCID,
  TRANSFERSIZE,
  UID,
  VERIFYDEPTH,
  VERIFYRSPSTAT,
  VERIFYSUCCESS,
  VERIFYTYPE,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf, maybe } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 19 without an answer; not to be answered. */
export const S19F0 = message('S19F0', 'Abort Transaction', { direction: 'both' });

/** Request PDE Directory: either side, answered by S19F2. Filters, then the attributes to return. */
export const S19F1 = message('S19F1', 'Request PDE Directory', {
  direction: 'both',
  reply: () => S19F2,
  isMultiBlock: true,
  body: list({
    filters: listOf(list({ pdeAttributeName: PDEATTRIBUTENAME, comparisonOperator: COMPARISONOPERATOR, pdeAttributeValue: PDEATTRIBUTEVALUE })),
    pdeAttributes: listOf(PDEATTRIBUTE),
  }),
  special: 'filters, then the attributes to return',
  sources: 2,
});

/** PDE Directory Data: either side. */
export const S19F2 = message('S19F2', 'PDE Directory Data', {
  direction: 'both',
  isMultiBlock: true,
  body: list({
    dirRspStat: DIRRSPSTAT,
    statusTxt: STATUSTXT,
    pdes: listOf(list({ uid: UID, attributes: listOf(list({ pdeAttribute: PDEATTRIBUTE, pdeAttributeValue: PDEATTRIBUTEVALUE })) })),
  }),
  sources: 2,
});

/** PDE Delete Request: host to equipment, answered by S19F4. */
export const S19F3 = message('S19F3', 'PDE Delete Request', { direction: 'H->E', reply: () => S19F4, isMultiBlock: true, body: { uids: listOf(UID) }, sources: 2 });

/** PDE Delete Acknowledge: equipment to host. */
export const S19F4 = message('S19F4', 'PDE Delete Acknowledge', {
  direction: 'E->H',
  isMultiBlock: true,
  body: { pdes: listOf(list({ uid: UID, delRspStat: DELRSPSTAT, statusTxt: STATUSTXT })) },
  sources: 2,
});

/** PDE Header Data Request: either side, answered by S19F6. */
export const S19F5 = message('S19F5', 'PDE Header Data Request', { direction: 'both', reply: () => S19F6, isMultiBlock: true, body: { uids: listOf(UID) }, sources: 2 });

/** PDE Header Data Reply: either side. */
export const S19F6 = message('S19F6', 'PDE Header Data Reply', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ tcid: TCID, pdes: listOf(list({ uid: UID, getRspStat: GETRSPSTAT, statusTxt: STATUSTXT })) }),
  sources: 2,
});

/** PDE Transfer Request: either side, answered by S19F8. */
export const S19F7 = message('S19F7', 'PDE Transfer Request', { direction: 'both', reply: () => S19F8, isMultiBlock: true, body: { uids: listOf(UID) }, sources: 2 });

/** PDE Transfer Reply: either side. Zero-length TCID = there is nothing to send. */
export const S19F8 = message('S19F8', 'PDE Transfer Reply', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ tcid: TCID, pdes: listOf(list({ uid: UID, getRspStat: GETRSPSTAT, statusTxt: STATUSTXT })) }),
  special: 'zero-length TCID = there is nothing to send',
  sources: 2,
});

/** Request to Send PDE: either side, answered by S19F10. */
export const S19F9 = message('S19F9', 'Request to Send PDE', { direction: 'both', reply: () => S19F10, body: list({ tcid: TCID, transferSize: TRANSFERSIZE }), sources: 2 });

/** Initiate PDE Transfer Reply: either side. */
export const S19F10 = message('S19F10', 'Initiate PDE Transfer Reply', { direction: 'both', body: list({ tcid: TCID, rtsRspStat: RTSRSPSTAT, statusTxt: STATUSTXT }), sources: 2 });

/** Send PDE: either side, answered by S19F12. The container follows by stream 13, DSNAME being the TCID. */
export const S19F11 = message('S19F11', 'Send PDE', {
  direction: 'both',
  reply: () => S19F12,
  body: { tcid: TCID },
  special: 'the container follows by stream 13, DSNAME being the TCID',
  sources: 2,
});

/** Send PDE Acknowledge: either side. */
export const S19F12 = message('S19F12', 'Send PDE Acknowledge', { direction: 'both', sources: 2 });

/** Transfer Container Report: either side, answered by S19F14. Zero-length VERIFYRSPSTAT = not checked, as by a host. */
export const S19F13 = message('S19F13', 'Transfer Container Report', {
  direction: 'both',
  reply: () => S19F14,
  isMultiBlock: true,
  body: list({
    tcid: TCID,
    sendResult: SENDRESULT,
    pdes: listOf(list({ uid: UID, sendRspStat: SENDRSPSTAT, verifyRspStat: maybe(VERIFYRSPSTAT), statusTxt: STATUSTXT })),
  }),
  special: 'zero-length VERIFYRSPSTAT = not checked, as by a host',
  note: 'H has the list of PDEs alone',
  sources: 2,
});

/** Transfer Container Report Acknowledge: either side. */
export const S19F14 = message('S19F14', 'Transfer Container Report Acknowledge', { direction: 'both', sources: 2 });

/** Request PDE Resolution: host to equipment, answered by S19F16. */
export const S19F15 = message('S19F15', 'Request PDE Resolution', {
  direction: 'H->E',
  reply: () => S19F16,
  isMultiBlock: true,
  body: list({ targetPde: TARGETPDE, resolutions: listOf(list({ pdeRef: PDEREF, resolution: RESOLUTION })) }),
  sources: 2,
});

/** PDE Resolution Data: equipment to host. */
export const S19F16 = message('S19F16', 'PDE Resolution Data', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({ resolutions: listOf(list({ pdeRef: PDEREF, resolution: RESOLUTION })), pdes: listOf(list({ uid: UID, resPdeStat: RESPDESTAT, statusTxt: STATUSTXT })) }),
  sources: 2,
});

/** Verify PDE Request: host to equipment, answered by S19F18. */
export const S19F17 = message('S19F17', 'Verify PDE Request', {
  direction: 'H->E',
  reply: () => S19F18,
  isMultiBlock: true,
  body: list({ targetPde: TARGETPDE, resolutions: listOf(list({ pdeRef: PDEREF, resolution: RESOLUTION })), verifyType: VERIFYTYPE, verifyDepth: VERIFYDEPTH }),
  sources: 2,
});

/** PDE Verification Result: equipment to host. */
export const S19F18 = message('S19F18', 'PDE Verification Result', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({ verifySuccess: VERIFYSUCCESS, pdes: listOf(list({ uid: UID, verifyRspStat: VERIFYRSPSTAT, statusTxt: STATUSTXT })) }),
  sources: 2,
});

/** Stream 19 Multi-Block Inquire: either side, answered by S19F20. */
export const S19F19 = message('S19F19', 'Stream 19 Multi-Block Inquire', { direction: 'both', reply: () => S19F20, body: { dataLength: DATALENGTH }, sources: 2 });

/** Stream 19 Multi-Block Grant: either side. */
export const S19F20 = message('S19F20', 'Stream 19 Multi-Block Grant', { direction: 'both', body: { grant: GRANT }, sources: 2 });
