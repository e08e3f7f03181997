// Stream 4: material control.
import {
  CPNAME,
  CPVAL,
  DATAID,
  DATALENGTH,
  EQNAME,
  ERRCODE,
  ERRTEXT,
  GRANT,
  HOACK,
  HOCANCELACK,
  HOCMDNAME,
  HOHALTACK,
  MCINDEX,
  MID,
  PTN,
  RRACK,
  RSACK,
  TRACK,
  TRATOMICID,
  TRAUTOSTART,
  TRCMDNAME,
  TRDIR,
  TRJOBID,
  TRJOBMS,
  TRJOBNAME,
  TRLINK,
  TRLOCATION,
  TROBJNAME,
  TROBJTYPE,
  TRPORT,
  TRPTNR,
  TRPTPORT,
  TRRCP,
  TRROLE,
  TRTYPE,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 4 without an answer; not to be answered. */
export const S4F0 = message('S4F0', 'Abort Transaction', { direction: 'both' });

/** Ready to Send Materials: either side, answered by S4F2. */
export const S4F1 = message('S4F1', 'Ready to Send Materials', { direction: 'both', mnemonic: 'RSN', reply: () => S4F2, body: list({ ptn: PTN, mid: MID }), sources: 6 });

/** Ready to Send Acknowledge: either side. */
export const S4F2 = message('S4F2', 'Ready to Send Acknowledge', { direction: 'both', mnemonic: 'RSA', body: { rsack: RSACK }, sources: 6 });

/** Send Material: either side. */
export const S4F3 = message('S4F3', 'Send Material', { direction: 'both', mnemonic: 'SMN', body: list({ ptn: PTN, mid: MID }), sources: 6 });

/** Handshake Complete: either side. */
export const S4F5 = message('S4F5', 'Handshake Complete', { direction: 'both', mnemonic: 'HCN', body: list({ ptn: PTN, mid: MID }), sources: 6 });

/** Not Ready to Send: either side. */
export const S4F7 = message('S4F7', 'Not Ready to Send', { direction: 'both', mnemonic: 'ABN', body: list({ ptn: PTN, mid: MID }), sources: 6 });

/** Stuck in Sender: equipment to host. */
export const S4F9 = message('S4F9', 'Stuck in Sender', { direction: 'E->H', mnemonic: 'SSN', body: list({ ptn: PTN, mid: MID }), sources: 6 });

/** Stuck in Receiver: equipment to host. */
export const S4F11 = message('S4F11', 'Stuck in Receiver', { direction: 'E->H', mnemonic: 'SRN', body: list({ ptn: PTN, mid: MID }), sources: 6 });

/** Send Incomplete Timeout: equipment to host. */
export const S4F13 = message('S4F13', 'Send Incomplete Timeout', { direction: 'E->H', mnemonic: 'SIN', body: list({ ptn: PTN, mid: MID }), sources: 6 });

/** Material Received: equipment to host. */
export const S4F15 = message('S4F15', 'Material Received', { direction: 'E->H', mnemonic: 'MRN', body: list({ ptn: PTN, mid: MID }), sources: 6 });

/** Request to Receive: either side, answered by S4F18. */
export const S4F17 = message('S4F17', 'Request to Receive', { direction: 'both', mnemonic: 'RTR', reply: () => S4F18, body: list({ ptn: PTN, mid: MID }), sources: 6 });

/** Request to Receive Acknowledge: either side. */
export const S4F18 = message('S4F18', 'Request to Receive Acknowledge', { direction: 'both', mnemonic: 'RRA', body: { rrack: RRACK }, sources: 6 });

/** Transfer Job Create: host to equipment, answered by S4F20. */
export const S4F19 = message('S4F19', 'Transfer Job Create', {
  direction: 'H->E',
  mnemonic: 'TJ',
  reply: () => S4F20,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    job: list({
      trJobName: TRJOBNAME,
      transfers: listOf(
        list({
          trLink: TRLINK,
          trPort: TRPORT,
          trObjName: TROBJNAME,
          trObjType: TROBJTYPE,
          trRole: TRROLE,
          trrcp: TRRCP,
          trPtnr: TRPTNR,
          trPtPort: TRPTPORT,
          trdir: TRDIR,
          trType: TRTYPE,
          trLocation: TRLOCATION,
          trAutoStart: TRAUTOSTART,
        }),
      ),
    }),
  }),
  sources: 6,
});

/** Transfer Job Acknowledge: equipment to host. */
export const S4F20 = message('S4F20', 'Transfer Job Acknowledge', {
  direction: 'E->H',
  mnemonic: 'TJA',
  body: list({ trJobId: TRJOBID, trAtomicIds: listOf(TRATOMICID), result: list({ track: TRACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  note: 'H spells the item TRATOMCID',
  sources: 6,
});

/** Transfer Job Command: host to equipment, answered by S4F22. */
export const S4F21 = message('S4F21', 'Transfer Job Command', {
  direction: 'H->E',
  mnemonic: 'TC',
  reply: () => S4F22,
  body: list({ trJobId: TRJOBID, trCmdName: TRCMDNAME, params: listOf(list({ cpname: CPNAME, cpval: CPVAL })) }),
  note: 'H heads it as a list of 4 but shows 3',
  sources: 6,
});

/** Transfer Command Acknowledge: equipment to host. */
export const S4F22 = message('S4F22', 'Transfer Command Acknowledge', {
  direction: 'E->H',
  mnemonic: 'TCA',
  body: list({ track: TRACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 6,
});

/** Transfer Job Alert: equipment to host, answered by S4F24 where wanted. */
export const S4F23 = message('S4F23', 'Transfer Job Alert', {
  direction: 'E->H',
  mnemonic: 'TJA',
  reply: () => S4F24,
  replyIsOptional: true,
  body: list({ trJobId: TRJOBID, trJobName: TRJOBNAME, trJobMs: TRJOBMS, result: list({ track: TRACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  note: 'mnemonic as the sources have it, the same as S4F20',
  sources: 6,
});

/** Transfer Alert Acknowledge: host to equipment. */
export const S4F24 = message('S4F24', 'Transfer Alert Acknowledge', { direction: 'H->E', mnemonic: 'TLA', sources: 6 });

/** Multi-Block Inquire: host to equipment, answered by S4F26. Comes before a multi-block S4F19. */
export const S4F25 = message('S4F25', 'Multi-Block Inquire', {
  direction: 'H->E',
  mnemonic: 'MBI4',
  reply: () => S4F26,
  body: list({ dataId: DATAID, dataLength: DATALENGTH }),
  special: 'comes before a multi-block S4F19',
  sources: 6,
});

/** Multi-Block Grant: equipment to host. */
export const S4F26 = message('S4F26', 'Multi-Block Grant', { direction: 'E->H', mnemonic: 'MBG4', body: { grant: GRANT }, sources: 6 });

/** Handoff Ready: either side. */
export const S4F27 = message('S4F27', 'Handoff Ready', {
  direction: 'both',
  mnemonic: 'HR',
  body: list({
    eqName: EQNAME,
    transfer: list({
      trLink: TRLINK,
      trPort: TRPORT,
      trObjName: TROBJNAME,
      trObjType: TROBJTYPE,
      trRole: TRROLE,
      trPtnr: TRPTNR,
      trPtPort: TRPTPORT,
      trdir: TRDIR,
      trType: TRTYPE,
      trLocation: TRLOCATION,
    }),
  }),
  note: 'one rendering of H has an eleventh item; B W F have ten',
  sources: 4,
});

/** Handoff Command: either side. */
export const S4F29 = message('S4F29', 'Handoff Command', {
  direction: 'both',
  mnemonic: 'HC',
  body: list({ trLink: TRLINK, mcIndex: MCINDEX, hoCmdName: HOCMDNAME, params: listOf(list({ cpname: CPNAME, cpval: CPVAL })) }),
  sources: 6,
});

/** Handoff Command Complete: either side. */
export const S4F31 = message('S4F31', 'Handoff Command Complete', {
  direction: 'both',
  mnemonic: 'HCC',
  body: list({ trLink: TRLINK, mcIndex: MCINDEX, result: list({ hoack: HOACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 6,
});

/** Handoff Verified: either side. */
export const S4F33 = message('S4F33', 'Handoff Verified', {
  direction: 'both',
  mnemonic: 'HV',
  body: list({ trLink: TRLINK, result: list({ hoack: HOACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }) }),
  sources: 6,
});

/** Handoff Cancel Ready: either side. */
export const S4F35 = message('S4F35', 'Handoff Cancel Ready', { direction: 'both', mnemonic: 'HCR', body: { trLink: TRLINK }, sources: 6 });

/** Handoff Cancel Ready Acknowledge: either side. */
export const S4F37 = message('S4F37', 'Handoff Cancel Ready Acknowledge', {
  direction: 'both',
  mnemonic: 'HCA',
  body: list({ trLink: TRLINK, hoCancelAck: HOCANCELACK }),
  note: 'a primary of its own, not a reply to S4F35',
  sources: 6,
});

/** Handoff Halt: either side. */
export const S4F39 = message('S4F39', 'Handoff Halt', { direction: 'both', mnemonic: 'HH', body: { trLink: TRLINK }, sources: 6 });

/** Handoff Halt Acknowledge: either side. */
export const S4F41 = message('S4F41', 'Handoff Halt Acknowledge', {
  direction: 'both',
  mnemonic: 'HHA',
  body: list({ trLink: TRLINK, hoHaltAck: HOHALTACK }),
  note: 'a primary of its own, not a reply to S4F39',
  sources: 6,
});
