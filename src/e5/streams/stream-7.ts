// Stream 7: process programs.
import {
  ACDS,
  ACKC7,
  ACKC7A,
  BCDS,
  BLKDEF,
  BYTMAX,
  CCODE,
  CMDMAX,
  CNAME,
  DSNAME,
  ERRW7,
  FRMLEN,
  IACDS,
  IBCDS,
  LENGTH,
  LLIM,
  MDLN,
  MID,
  MMODE,
  NACDS,
  NBCDS,
  PDFLT,
  PMAX,
  PNAME,
  PPARM,
  PPBODY,
  PPGNT,
  PPID,
  RESC,
  RESV,
  RQCMD,
  RQPAR,
  SEQNUM,
  SOFTREV,
  STEMP,
  ULIM,
  UNFLEN,
  UNITS,
} from '../items/items.js';
import { message } from '../definition.js';
import { arrayOf, list, listOf, oneOf, optional } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 7 without an answer; not to be answered. */
export const S7F0 = message('S7F0', 'Abort Transaction', { direction: 'both' });

/** Process Program Load Inquire: either side, answered by S7F2. */
export const S7F1 = message('S7F1', 'Process Program Load Inquire', {
  direction: 'both',
  mnemonic: 'PPI',
  reply: () => S7F2,
  body: list({ ppid: PPID, length: LENGTH }),
  sources: 8,
});

/** Process Program Load Grant: either side. */
export const S7F2 = message('S7F2', 'Process Program Load Grant', { direction: 'both', mnemonic: 'PPG', body: { ppgnt: PPGNT }, sources: 8 });

/** Process Program Send: either side, answered by S7F4. */
export const S7F3 = message('S7F3', 'Process Program Send', {
  direction: 'both',
  mnemonic: 'PPS',
  reply: () => S7F4,
  isMultiBlock: true,
  body: list({ ppid: PPID, ppBody: PPBODY }),
  sources: 8,
});

/** Process Program Acknowledge: either side. */
export const S7F4 = message('S7F4', 'Process Program Acknowledge', { direction: 'both', mnemonic: 'PPA', body: { ackc7: ACKC7 }, sources: 8 });

/** Process Program Request: either side, answered by S7F6. */
export const S7F5 = message('S7F5', 'Process Program Request', { direction: 'both', mnemonic: 'PPR', reply: () => S7F6, body: { ppid: PPID }, sources: 8 });

/** Process Program Data: either side. L:0 = denied. */
export const S7F6 = message('S7F6', 'Process Program Data', {
  direction: 'both',
  mnemonic: 'PPD',
  isMultiBlock: true,
  body: optional(list({ ppid: PPID, ppBody: PPBODY })),
  special: 'L:0 = denied',
  note: 'secsgem 0.3.0 has only the pair',
  sources: 8,
});

/** Process Program ID Request: equipment to host, answered by S7F8. */
export const S7F7 = message('S7F7', 'Process Program ID Request', { direction: 'E->H', mnemonic: 'PIR', reply: () => S7F8, body: { mid: MID }, sources: 6 });

/** Process Program ID Data: host to equipment. */
export const S7F8 = message('S7F8', 'Process Program ID Data', { direction: 'H->E', mnemonic: 'PID', body: list({ ppid: PPID, mid: MID }), sources: 6 });

/** Material/Process Matrix Request: either side, answered by S7F10. */
export const S7F9 = message('S7F9', 'Material/Process Matrix Request', { direction: 'both', mnemonic: 'MMR', reply: () => S7F10, sources: 6 });

/** Material/Process Matrix Data: either side. */
export const S7F10 = message('S7F10', 'Material/Process Matrix Data', {
  direction: 'both',
  mnemonic: 'MMD',
  isMultiBlock: true,
  body: { entries: listOf(list({ ppid: PPID, mids: listOf(MID) })) },
  sources: 6,
});

/** Material/Process Matrix Update Send: host to equipment, answered by S7F12. */
export const S7F11 = message('S7F11', 'Material/Process Matrix Update Send', {
  direction: 'H->E',
  mnemonic: 'UMS',
  reply: () => S7F12,
  body: { entries: listOf(list({ ppid: PPID, mids: listOf(MID) })) },
  note: 'H gives the reply as optional',
  sources: 6,
});

/** Material/Process Matrix Update Acknowledge: equipment to host. */
export const S7F12 = message('S7F12', 'Material/Process Matrix Update Acknowledge', { direction: 'E->H', mnemonic: 'UMA', body: { ackc7: ACKC7 }, sources: 6 });

/** Delete Material/Process Matrix Entry Send: host to equipment, answered by S7F14. */
export const S7F13 = message('S7F13', 'Delete Material/Process Matrix Entry Send', {
  direction: 'H->E',
  mnemonic: 'DES',
  reply: () => S7F14,
  body: { entries: listOf(list({ ppid: PPID, mids: listOf(MID) })) },
  sources: 6,
});

/** Delete Material/Process Matrix Entry Acknowledge: equipment to host. */
export const S7F14 = message('S7F14', 'Delete Material/Process Matrix Entry Acknowledge', { direction: 'E->H', mnemonic: 'DEA', body: { ackc7: ACKC7 }, sources: 6 });

/** Matrix Mode Select Send: host to equipment, answered by S7F16. */
export const S7F15 = message('S7F15', 'Matrix Mode Select Send', { direction: 'H->E', mnemonic: 'MMS', reply: () => S7F16, body: { mmode: MMODE }, sources: 6 });

/** Matrix Mode Select Acknowledge: equipment to host. */
export const S7F16 = message('S7F16', 'Matrix Mode Select Acknowledge', { direction: 'E->H', mnemonic: 'MMA', body: { ackc7: ACKC7 }, sources: 6 });

/** Delete Process Program Send: host to equipment, answered by S7F18. L:0 = delete all. */
export const S7F17 = message('S7F17', 'Delete Process Program Send', {
  direction: 'H->E',
  mnemonic: 'DPS',
  reply: () => S7F18,
  body: { ppids: listOf(PPID) },
  special: 'L:0 = delete all',
  sources: 8,
});

/** Delete Process Program Acknowledge: equipment to host. */
export const S7F18 = message('S7F18', 'Delete Process Program Acknowledge', { direction: 'E->H', mnemonic: 'DPA', body: { ackc7: ACKC7 }, sources: 8 });

/** Current EPPD Request: host to equipment, answered by S7F20. */
export const S7F19 = message('S7F19', 'Current EPPD Request', { direction: 'H->E', mnemonic: 'RER', reply: () => S7F20, sources: 8 });

/** Current EPPD Data: equipment to host. */
export const S7F20 = message('S7F20', 'Current EPPD Data', { direction: 'E->H', mnemonic: 'RED', isMultiBlock: true, body: { ppids: listOf(PPID) }, sources: 8 });

/** Equipment Process Capabilities Request: host to equipment, answered by S7F22. */
export const S7F21 = message('S7F21', 'Equipment Process Capabilities Request', { direction: 'H->E', mnemonic: 'PCR', reply: () => S7F22, sources: 6 });

/** Equipment Process Capabilities Data: equipment to host. A parameter is boolean (L:4), text with its allowed values (L:5) or a number with limits (L:9). */
export const S7F22 = message('S7F22', 'Equipment Process Capabilities Data', {
  direction: 'E->H',
  mnemonic: 'PCD',
  isMultiBlock: true,
  body: list({
    mdln: MDLN,
    softrev: SOFTREV,
    cmdmax: CMDMAX,
    bytmax: BYTMAX,
    commands: listOf(
      list({
        ccode: CCODE,
        cname: CNAME,
        rqcmd: RQCMD,
        blkdef: BLKDEF,
        bcdses: arrayOf(BCDS),
        ibcdses: arrayOf(IBCDS),
        nbcdses: arrayOf(NBCDS),
        acdses: arrayOf(ACDS),
        iacdses: arrayOf(IACDS),
        nacdses: arrayOf(NACDS),
        params: listOf(
          oneOf(
            list({ pname: PNAME, rqpar: RQPAR, pdflt: PDFLT, pmax: PMAX }),
            list({ pname: PNAME, rqpar: RQPAR, pdflt: PDFLT, pmax: PMAX, stemps: listOf(STEMP) }),
            list({ pname: PNAME, rqpar: RQPAR, pdflt: PDFLT, pmax: PMAX, llim: LLIM, ulim: ULIM, units: UNITS, resc: RESC, resv: RESV }),
          ),
        ),
      }),
    ),
  }),
  special: 'a parameter is boolean (L:4), text with its allowed values (L:5) or a number with limits (L:9)',
  sources: 4,
});

/** Formatted Process Program Send: either side, answered by S7F24. */
export const S7F23 = message('S7F23', 'Formatted Process Program Send', {
  direction: 'both',
  mnemonic: 'FPS',
  reply: () => S7F24,
  isMultiBlock: true,
  body: list({ ppid: PPID, mdln: MDLN, softrev: SOFTREV, commands: listOf(list({ ccode: CCODE, pparms: listOf(PPARM) })) }),
  sources: 7,
});

/** Formatted Process Program Acknowledge: either side. */
export const S7F24 = message('S7F24', 'Formatted Process Program Acknowledge', { direction: 'both', mnemonic: 'FPA', body: { ackc7: ACKC7 }, sources: 7 });

/** Formatted Process Program Request: either side, answered by S7F26. */
export const S7F25 = message('S7F25', 'Formatted Process Program Request', { direction: 'both', mnemonic: 'FPR', reply: () => S7F26, body: { ppid: PPID }, sources: 7 });

/** Formatted Process Program Data: either side. L:0 = denied. */
export const S7F26 = message('S7F26', 'Formatted Process Program Data', {
  direction: 'both',
  mnemonic: 'FPD',
  isMultiBlock: true,
  body: optional(list({ ppid: PPID, mdln: MDLN, softrev: SOFTREV, commands: listOf(list({ ccode: CCODE, pparms: listOf(PPARM) })) })),
  special: 'L:0 = denied',
  sources: 6,
});

/** Process Program Verification Send: equipment to host, answered by S7F28. L:0, or one entry with ACKC7A 0 = no errors. */
export const S7F27 = message('S7F27', 'Process Program Verification Send', {
  direction: 'E->H',
  mnemonic: 'PVS',
  reply: () => S7F28,
  isMultiBlock: true,
  body: list({ ppid: PPID, findings: listOf(list({ ackc7a: ACKC7A, seqnum: SEQNUM, errw7: ERRW7 })) }),
  special: 'L:0, or one entry with ACKC7A 0 = no errors',
  sources: 6,
});

/** Process Program Verification Acknowledge: host to equipment. */
export const S7F28 = message('S7F28', 'Process Program Verification Acknowledge', { direction: 'H->E', mnemonic: 'PVA', sources: 6 });

/** Process Program Verification Inquire: equipment to host, answered by S7F30. */
export const S7F29 = message('S7F29', 'Process Program Verification Inquire', { direction: 'E->H', mnemonic: 'PVI', reply: () => S7F30, body: { length: LENGTH }, sources: 6 });

/** Process Program Verification Grant: host to equipment. */
export const S7F30 = message('S7F30', 'Process Program Verification Grant', { direction: 'H->E', mnemonic: 'PVG', body: { ppgnt: PPGNT }, sources: 6 });

/** Verification Request Send: host to equipment, answered by S7F32. */
export const S7F31 = message('S7F31', 'Verification Request Send', {
  direction: 'H->E',
  mnemonic: 'VRS',
  reply: () => S7F32,
  isMultiBlock: true,
  body: list({ ppid: PPID, mdln: MDLN, softrev: SOFTREV, commands: listOf(list({ ccode: CCODE, pparms: listOf(PPARM) })) }),
  sources: 6,
});

/** Verification Request Acknowledge: equipment to host. */
export const S7F32 = message('S7F32', 'Verification Request Acknowledge', { direction: 'E->H', mnemonic: 'VRA', body: { ackc7: ACKC7 }, sources: 6 });

/** Process Program Available Request: either side, answered by S7F34. */
export const S7F33 = message('S7F33', 'Process Program Available Request', { direction: 'both', mnemonic: 'PAR', reply: () => S7F34, body: { ppid: PPID }, sources: 6 });

/** Process Program Availability Data: either side. A length of 0 = not available in that form. */
export const S7F34 = message('S7F34', 'Process Program Availability Data', {
  direction: 'both',
  mnemonic: 'PAD',
  body: list({ ppid: PPID, unflen: UNFLEN, frmlen: FRMLEN }),
  special: 'a length of 0 = not available in that form',
  sources: 6,
});

/** Process Program for MID Request: either side, answered by S7F36. */
export const S7F35 = message('S7F35', 'Process Program for MID Request', { direction: 'both', mnemonic: 'PPMR', reply: () => S7F36, body: { mid: MID }, sources: 6 });

/** Process Program for MID Data: either side. */
export const S7F36 = message('S7F36', 'Process Program for MID Data', {
  direction: 'both',
  mnemonic: 'PPMD',
  isMultiBlock: true,
  body: list({ mid: MID, ppid: PPID, ppBody: PPBODY }),
  sources: 6,
});

/** Large Process Program Send: either side, answered by S7F38. The program follows by stream 13, DSNAME being the PPID. */
export const S7F37 = message('S7F37', 'Large Process Program Send', {
  direction: 'both',
  mnemonic: 'LPPS',
  reply: () => S7F38,
  body: { dsname: DSNAME },
  special: 'the program follows by stream 13, DSNAME being the PPID',
  sources: 3,
});

/** Large Process Program Send Acknowledge: either side. */
export const S7F38 = message('S7F38', 'Large Process Program Send Acknowledge', { direction: 'both', mnemonic: 'LPPA', body: { ackc7: ACKC7 }, sources: 3 });

/** Large Formatted Process Program Send: either side, answered by S7F40. The program follows by stream 13. */
export const S7F39 = message('S7F39', 'Large Formatted Process Program Send', {
  direction: 'both',
  mnemonic: 'LFPPS',
  reply: () => S7F40,
  body: { dsname: DSNAME },
  special: 'the program follows by stream 13',
  sources: 3,
});

/** Large Formatted Process Program Acknowledge: either side. */
export const S7F40 = message('S7F40', 'Large Formatted Process Program Acknowledge', { direction: 'both', mnemonic: 'LFPPA', body: { ackc7: ACKC7 }, sources: 3 });

/** Large Process Program Request: either side, answered by S7F42. The program follows by stream 13. */
export const S7F41 = message('S7F41', 'Large Process Program Request', {
  direction: 'both',
  mnemonic: 'LPPR',
  reply: () => S7F42,
  body: { dsname: DSNAME },
  special: 'the program follows by stream 13',
  sources: 3,
});

/** Large Process Program Request Acknowledge: either side. */
export const S7F42 = message('S7F42', 'Large Process Program Request Acknowledge', { direction: 'both', mnemonic: 'LPPA', body: { ackc7: ACKC7 }, sources: 3 });

/** Large Formatted Process Program Request: either side, answered by S7F44. The program follows by stream 13. */
export const S7F43 = message('S7F43', 'Large Formatted Process Program Request', {
  direction: 'both',
  mnemonic: 'LFPPR',
  reply: () => S7F44,
  body: { dsname: DSNAME },
  special: 'the program follows by stream 13',
  sources: 3,
});

/** Large Formatted Process Program Request Acknowledge: either side. */
export const S7F44 = message('S7F44', 'Large Formatted Process Program Request Acknowledge', { direction: 'both', mnemonic: 'LFPPA', body: { ackc7: ACKC7 }, sources: 3 });
