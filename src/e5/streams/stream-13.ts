// Stream 13: data sets.
import {
  ACKC13,
  ATTRDATA,
  ATTRID,
  CKPNT,
  COLHDR,
  DATAID,
  DATALENGTH,
  DSNAME,
  ERRCODE,
  ERRTEXT,
  FILDAT,
  GRANT,
  HANDLE,
  OBJSPEC,
  READLN,
  RECLEN,
  RTYPE,
  TBLACK,
  TBLCMD,
  TBLELT,
  TBLID,
  TBLTYP,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 13 without an answer; not to be answered. */
export const S13F0 = message('S13F0', 'Abort Transaction', { direction: 'both' });

/** Send Data Set Send: either side, answered by S13F2. */
export const S13F1 = message('S13F1', 'Send Data Set Send', { direction: 'both', mnemonic: 'DSSS', reply: () => S13F2, body: list({ dsname: DSNAME }), sources: 6 });

/** Send Data Set Acknowledge: either side. */
export const S13F2 = message('S13F2', 'Send Data Set Acknowledge', { direction: 'both', mnemonic: 'DSSA', body: list({ dsname: DSNAME, ackc13: ACKC13 }), sources: 6 });

/** Open Data Set Request: either side, answered by S13F4. */
export const S13F3 = message('S13F3', 'Open Data Set Request', {
  direction: 'both',
  mnemonic: 'DSOR',
  reply: () => S13F4,
  body: list({ handle: HANDLE, dsname: DSNAME, ckpnt: CKPNT }),
  sources: 6,
});

/** Open Data Set Data: either side. */
export const S13F4 = message('S13F4', 'Open Data Set Data', {
  direction: 'both',
  mnemonic: 'DSOD',
  body: list({ handle: HANDLE, dsname: DSNAME, ackc13: ACKC13, rtype: RTYPE, reclen: RECLEN }),
  sources: 6,
});

/** Read Data Set Request: either side, answered by S13F6. */
export const S13F5 = message('S13F5', 'Read Data Set Request', {
  direction: 'both',
  mnemonic: 'DSRR',
  reply: () => S13F6,
  body: list({ handle: HANDLE, readln: READLN }),
  sources: 6,
});

/** Read Data Set Data: either side. */
export const S13F6 = message('S13F6', 'Read Data Set Data', {
  direction: 'both',
  mnemonic: 'DSRD',
  isMultiBlock: true,
  body: list({ handle: HANDLE, ackc13: ACKC13, ckpnt: CKPNT, filDat: listOf(FILDAT) }),
  sources: 6,
});

/** Close Data Set Send: either side, answered by S13F8. */
export const S13F7 = message('S13F7', 'Close Data Set Send', { direction: 'both', mnemonic: 'DSCS', reply: () => S13F8, body: list({ handle: HANDLE }), sources: 6 });

/** Close Data Set Acknowledge: either side. */
export const S13F8 = message('S13F8', 'Close Data Set Acknowledge', { direction: 'both', mnemonic: 'DSCA', body: list({ handle: HANDLE, ackc13: ACKC13 }), sources: 6 });

/** Reset Data Set Send: either side, answered by S13F10. Closes every open data set. */
export const S13F9 = message('S13F9', 'Reset Data Set Send', { direction: 'both', mnemonic: 'DSRS', reply: () => S13F10, special: 'closes every open data set', sources: 6 });

/** Reset Data Set Acknowledge: either side. */
export const S13F10 = message('S13F10', 'Reset Data Set Acknowledge', { direction: 'both', mnemonic: 'DSRA', sources: 6 });

/** Data Set Object Multi-Block Inquire: either side, answered by S13F12. */
export const S13F11 = message('S13F11', 'Data Set Object Multi-Block Inquire', {
  direction: 'both',
  mnemonic: 'DSOMGI',
  reply: () => S13F12,
  body: list({ dataId: DATAID, objSpec: OBJSPEC, dataLength: DATALENGTH }),
  note: 'B gives H->E only',
  sources: 6,
});

/** Data Set Object Multi-Block Grant: either side. */
export const S13F12 = message('S13F12', 'Data Set Object Multi-Block Grant', { direction: 'both', mnemonic: 'DSOMBG', body: { grant: GRANT }, sources: 6 });

/** Table Data Send: either side, answered by S13F14. One inner list a row, as many elements as columns. */
export const S13F13 = message('S13F13', 'Table Data Send', {
  direction: 'both',
  mnemonic: 'TDS',
  reply: () => S13F14,
  isMultiBlock: true,
  body: list({
    dataId: DATAID,
    objSpec: OBJSPEC,
    tblTyp: TBLTYP,
    tblId: TBLID,
    tblCmd: TBLCMD,
    attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })),
    colHdrs: listOf(COLHDR),
    rows: listOf(listOf(TBLELT)),
  }),
  special: 'one inner list a row, as many elements as columns',
  note: 'F flattens the rows',
  sources: 6,
});

/** Table Data Acknowledge: either side. */
export const S13F14 = message('S13F14', 'Table Data Acknowledge', {
  direction: 'both',
  mnemonic: 'TDA',
  body: list({ tblAck: TBLACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  sources: 6,
});

/** Table Data Request: either side, answered by S13F16. */
export const S13F15 = message('S13F15', 'Table Data Request', {
  direction: 'both',
  mnemonic: 'TDR',
  reply: () => S13F16,
  isMultiBlock: true,
  body: list({ dataId: DATAID, objSpec: OBJSPEC, tblTyp: TBLTYP, tblId: TBLID, tblCmd: TBLCMD, colHdrs: listOf(COLHDR), tblElts: listOf(TBLELT) }),
  sources: 6,
});

/** Table Data: either side. One inner list a row. */
export const S13F16 = message('S13F16', 'Table Data', {
  direction: 'both',
  mnemonic: 'TD',
  isMultiBlock: true,
  body: list({
    tblTyp: TBLTYP,
    tblId: TBLID,
    attributes: listOf(list({ attrId: ATTRID, attrData: ATTRDATA })),
    colHdrs: listOf(COLHDR),
    rows: listOf(listOf(TBLELT)),
    result: list({ tblAck: TBLACK, errors: listOf(list({ errCode: ERRCODE, errText: ERRTEXT })) }),
  }),
  special: 'one inner list a row',
  note: 'F flattens the rows',
  sources: 6,
});
