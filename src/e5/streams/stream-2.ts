// Stream 2: equipment control and diagnostics.
import {
  ABS,
  CEED,
  CEID,
  CENAME,
  CEPACK,
  CEPVAL,
  CMDA,
  CPACK,
  CPNAME,
  CPVAL,
  CSAACK,
  DATAID,
  DATALENGTH,
  DRACK,
  DSPER,
  EAC,
  ECDEF,
  ECID,
  ECMAX,
  ECMIN,
  ECNAME,
  ECV,
  ERACK,
  FCNID,
  GRANT,
  HCACK,
  LENGTH,
  LIMITACK,
  LIMITID,
  LIMITMAX,
  LIMITMIN,
  LOC,
  LOWERDB,
  LRACK,
  LVACK,
  MID,
  OBJSPEC,
  PPID,
  RAC,
  RCMD,
  REPGSZ,
  RIC,
  RPTID,
  RSPACK,
  SPAACK,
  SPD,
  SPID,
  SPR,
  STRACK,
  STRID,
  SVID,
  TIAACK,
  TIACK,
  TIME,
  TOTSMP,
  TRID,
  UNITS,
  UPPERDB,
  VID,
  VLAACK,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf, optional } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 2 without an answer; not to be answered. */
export const S2F0 = message('S2F0', 'Abort Transaction', { direction: 'both' });

/** Service Program Load Inquire: either side, answered by S2F2. */
export const S2F1 = message('S2F1', 'Service Program Load Inquire', {
  direction: 'both',
  mnemonic: 'SPI',
  reply: () => S2F2,
  body: list({ spid: SPID, length: LENGTH }),
  sources: 6,
});

/** Service Program Load Grant: either side. */
export const S2F2 = message('S2F2', 'Service Program Load Grant', { direction: 'both', mnemonic: 'SPG', body: { grant: GRANT }, sources: 6 });

/** Service Program Send: either side, answered by S2F4. */
export const S2F3 = message('S2F3', 'Service Program Send', { direction: 'both', mnemonic: 'SPS', reply: () => S2F4, isMultiBlock: true, body: { spd: SPD }, sources: 6 });

/** Service Program Send Acknowledge: either side. */
export const S2F4 = message('S2F4', 'Service Program Send Acknowledge', { direction: 'both', mnemonic: 'SPA', body: { spaack: SPAACK }, sources: 6 });

/** Service Program Load Request: either side, answered by S2F6. */
export const S2F5 = message('S2F5', 'Service Program Load Request', { direction: 'both', mnemonic: 'SPR', reply: () => S2F6, body: { spid: SPID }, sources: 6 });

/** Service Program Load Data: either side. Zero-length = cannot be returned. */
export const S2F6 = message('S2F6', 'Service Program Load Data', {
  direction: 'both',
  mnemonic: 'SPD',
  isMultiBlock: true,
  body: { spd: SPD },
  special: 'zero-length = cannot be returned',
  sources: 6,
});

/** Service Program Run Send: host to equipment, answered by S2F8. */
export const S2F7 = message('S2F7', 'Service Program Run Send', {
  direction: 'H->E',
  mnemonic: 'CSS',
  reply: () => S2F8,
  body: { spid: SPID },
  note: 'H shows both directions',
  sources: 6,
});

/** Service Program Run Acknowledge: equipment to host. */
export const S2F8 = message('S2F8', 'Service Program Run Acknowledge', {
  direction: 'E->H',
  mnemonic: 'CSA',
  body: { csaack: CSAACK },
  note: 'H shows both directions',
  sources: 6,
});

/** Service Program Results Request: host to equipment, answered by S2F10. */
export const S2F9 = message('S2F9', 'Service Program Results Request', {
  direction: 'H->E',
  mnemonic: 'SRR',
  reply: () => S2F10,
  body: { spid: SPID },
  note: 'H shows both directions',
  sources: 6,
});

/** Service Program Results Data: equipment to host. Zero-length = no result. */
export const S2F10 = message('S2F10', 'Service Program Results Data', {
  direction: 'E->H',
  mnemonic: 'SRD',
  isMultiBlock: true,
  body: { spr: SPR },
  special: 'zero-length = no result',
  note: 'H shows both directions',
  sources: 6,
});

/** Service Program Directory Request: either side, answered by S2F12. */
export const S2F11 = message('S2F11', 'Service Program Directory Request', { direction: 'both', mnemonic: 'SDR', reply: () => S2F12, sources: 6 });

/** Service Program Directory Data: either side. */
export const S2F12 = message('S2F12', 'Service Program Directory Data', { direction: 'both', mnemonic: 'SDD', body: { spids: listOf(SPID) }, sources: 6 });

/** Equipment Constant Request: host to equipment, answered by S2F14. L:0 = all ECIDs. */
export const S2F13 = message('S2F13', 'Equipment Constant Request', {
  direction: 'H->E',
  mnemonic: 'ECR',
  reply: () => S2F14,
  body: { ecids: listOf(ECID) },
  special: 'L:0 = all ECIDs',
  sources: 9,
});

/** Equipment Constant Data: equipment to host. Values in the order asked; L:0 in a value's place = unknown ECID. */
export const S2F14 = message('S2F14', 'Equipment Constant Data', {
  direction: 'E->H',
  mnemonic: 'ECD',
  isMultiBlock: true,
  body: { ecvs: listOf(optional(ECV)) },
  special: "values in the order asked; L:0 in a value's place = unknown ECID",
  sources: 7,
});

/** New Equipment Constant Send: host to equipment, answered by S2F16. */
export const S2F15 = message('S2F15', 'New Equipment Constant Send', {
  direction: 'H->E',
  mnemonic: 'ECS',
  reply: () => S2F16,
  body: { constants: listOf(list({ ecid: ECID, ecv: ECV })) },
  sources: 8,
});

/** New Equipment Constant Acknowledge: equipment to host. All or nothing: a non-zero EAC means no constant was changed. */
export const S2F16 = message('S2F16', 'New Equipment Constant Acknowledge', {
  direction: 'E->H',
  mnemonic: 'ECA',
  body: { eac: EAC },
  special: 'all or nothing: a non-zero EAC means no constant was changed',
  sources: 8,
});

/** Date and Time Request: either side, answered by S2F18. */
export const S2F17 = message('S2F17', 'Date and Time Request', { direction: 'both', mnemonic: 'DTR', reply: () => S2F18, sources: 8 });

/** Date and Time Data: either side. Zero-length = no time available. */
export const S2F18 = message('S2F18', 'Date and Time Data', { direction: 'both', mnemonic: 'DTD', body: { time: TIME }, special: 'zero-length = no time available', sources: 8 });

/** Reset/Initialize Send: host to equipment, answered by S2F20. */
export const S2F19 = message('S2F19', 'Reset/Initialize Send', { direction: 'H->E', mnemonic: 'RIS', reply: () => S2F20, body: { ric: RIC }, sources: 6 });

/** Reset Acknowledge: equipment to host. */
export const S2F20 = message('S2F20', 'Reset Acknowledge', { direction: 'E->H', mnemonic: 'RIA', body: { rac: RAC }, sources: 6 });

/** Remote Command Send: host to equipment, answered by S2F22 where wanted. */
export const S2F21 = message('S2F21', 'Remote Command Send', { direction: 'H->E', mnemonic: 'RCS', reply: () => S2F22, replyIsOptional: true, body: { rcmd: RCMD }, sources: 7 });

/** Remote Command Acknowledge: equipment to host. */
export const S2F22 = message('S2F22', 'Remote Command Acknowledge', { direction: 'E->H', mnemonic: 'RCA', body: { cmda: CMDA }, sources: 7 });

/** Trace Initialize Send: host to equipment, answered by S2F24. TOTSMP 0 for a running TRID ends that trace. */
export const S2F23 = message('S2F23', 'Trace Initialize Send', {
  direction: 'H->E',
  mnemonic: 'TIS',
  reply: () => S2F24,
  isMultiBlock: true,
  body: list({ trid: TRID, dsper: DSPER, totsmp: TOTSMP, repgsz: REPGSZ, svids: listOf(SVID) }),
  special: 'TOTSMP 0 for a running TRID ends that trace',
  sources: 8,
});

/** Trace Initialize Acknowledge: equipment to host. */
export const S2F24 = message('S2F24', 'Trace Initialize Acknowledge', { direction: 'E->H', mnemonic: 'TIA', body: { tiaack: TIAACK }, sources: 8 });

/** Loopback Diagnostic Request: either side, answered by S2F26. */
export const S2F25 = message('S2F25', 'Loopback Diagnostic Request', { direction: 'both', mnemonic: 'LDR', reply: () => S2F26, body: { abs: ABS }, sources: 8 });

/** Loopback Diagnostic Data: either side. The same bytes as were sent. */
export const S2F26 = message('S2F26', 'Loopback Diagnostic Data', { direction: 'both', mnemonic: 'LDD', body: { abs: ABS }, special: 'the same bytes as were sent', sources: 8 });

/** Initiate Processing Request: host to equipment, answered by S2F28. Zero-length PPID = none given. */
export const S2F27 = message('S2F27', 'Initiate Processing Request', {
  direction: 'H->E',
  mnemonic: 'IPR',
  reply: () => S2F28,
  body: list({ loc: LOC, ppid: PPID, mids: listOf(MID) }),
  special: 'zero-length PPID = none given',
  sources: 6,
});

/** Initiate Processing Acknowledge: equipment to host. */
export const S2F28 = message('S2F28', 'Initiate Processing Acknowledge', { direction: 'E->H', mnemonic: 'IPA', body: { cmda: CMDA }, sources: 6 });

/** Equipment Constant Namelist Request: host to equipment, answered by S2F30. L:0 = all ECIDs. */
export const S2F29 = message('S2F29', 'Equipment Constant Namelist Request', {
  direction: 'H->E',
  mnemonic: 'ECNR',
  reply: () => S2F30,
  body: { ecids: listOf(ECID) },
  special: 'L:0 = all ECIDs',
  sources: 8,
});

/** Equipment Constant Namelist: equipment to host. All but ECID zero-length = unknown ECID. */
export const S2F30 = message('S2F30', 'Equipment Constant Namelist', {
  direction: 'E->H',
  mnemonic: 'ECN',
  isMultiBlock: true,
  body: { constants: listOf(list({ ecid: ECID, ecname: ECNAME, ecmin: ECMIN, ecmax: ECMAX, ecdef: ECDEF, units: UNITS })) },
  special: 'all but ECID zero-length = unknown ECID',
  sources: 8,
});

/** Date and Time Set Request: host to equipment, answered by S2F32. */
export const S2F31 = message('S2F31', 'Date and Time Set Request', { direction: 'H->E', mnemonic: 'DTS', reply: () => S2F32, body: { time: TIME }, sources: 8 });

/** Date and Time Set Acknowledge: equipment to host. */
export const S2F32 = message('S2F32', 'Date and Time Set Acknowledge', { direction: 'E->H', mnemonic: 'DTA', body: { tiack: TIACK }, sources: 8 });

/** Define Report: host to equipment, answered by S2F34. No reports = delete all reports and their links; no VIDs = delete that report. */
export const S2F33 = message('S2F33', 'Define Report', {
  direction: 'H->E',
  mnemonic: 'DR',
  reply: () => S2F34,
  isMultiBlock: true,
  body: list({ dataId: DATAID, reports: listOf(list({ rptid: RPTID, vids: listOf(VID) })) }),
  special: 'no reports = delete all reports and their links; no VIDs = delete that report',
  note: 'more than one block: S2F39 first (SECS-I only)',
  sources: 8,
});

/** Define Report Acknowledge: equipment to host. */
export const S2F34 = message('S2F34', 'Define Report Acknowledge', { direction: 'E->H', mnemonic: 'DRA', body: { drack: DRACK }, sources: 8 });

/** Link Event Report: host to equipment, answered by S2F36. No RPTIDs = unlink that event's reports. */
export const S2F35 = message('S2F35', 'Link Event Report', {
  direction: 'H->E',
  mnemonic: 'LER',
  reply: () => S2F36,
  isMultiBlock: true,
  body: list({ dataId: DATAID, events: listOf(list({ ceid: CEID, rptids: listOf(RPTID) })) }),
  special: "no RPTIDs = unlink that event's reports",
  sources: 8,
});

/** Link Event Report Acknowledge: equipment to host. */
export const S2F36 = message('S2F36', 'Link Event Report Acknowledge', { direction: 'E->H', mnemonic: 'LERA', body: { lrack: LRACK }, sources: 8 });

/** Enable/Disable Event Report: host to equipment, answered by S2F38. No CEIDs = all events. */
export const S2F37 = message('S2F37', 'Enable/Disable Event Report', {
  direction: 'H->E',
  mnemonic: 'EDER',
  reply: () => S2F38,
  body: list({ ceed: CEED, ceids: listOf(CEID) }),
  special: 'no CEIDs = all events',
  sources: 8,
});

/** Enable/Disable Event Report Acknowledge: equipment to host. */
export const S2F38 = message('S2F38', 'Enable/Disable Event Report Acknowledge', { direction: 'E->H', mnemonic: 'EERA', body: { erack: ERACK }, sources: 8 });

/** Multi-Block Inquire: host to equipment, answered by S2F40. Comes before a multi-block S2F23, F33, F35, F45 or F49. */
export const S2F39 = message('S2F39', 'Multi-Block Inquire', {
  direction: 'H->E',
  mnemonic: 'DMBI',
  reply: () => S2F40,
  body: list({ dataId: DATAID, dataLength: DATALENGTH }),
  special: 'comes before a multi-block S2F23, F33, F35, F45 or F49',
  sources: 7,
});

/** Multi-Block Grant: equipment to host. */
export const S2F40 = message('S2F40', 'Multi-Block Grant', { direction: 'E->H', mnemonic: 'DMBG', body: { grant: GRANT }, sources: 7 });

/** Host Command Send: host to equipment, answered by S2F42. */
export const S2F41 = message('S2F41', 'Host Command Send', {
  direction: 'H->E',
  mnemonic: 'HCS',
  reply: () => S2F42,
  body: list({ rcmd: RCMD, params: listOf(list({ cpname: CPNAME, cpval: CPVAL })) }),
  sources: 8,
});

/** Host Command Acknowledge: equipment to host. The list names only the parameters at fault. */
export const S2F42 = message('S2F42', 'Host Command Acknowledge', {
  direction: 'E->H',
  mnemonic: 'HCA',
  body: list({ hcack: HCACK, params: listOf(list({ cpname: CPNAME, cpack: CPACK })) }),
  special: 'the list names only the parameters at fault',
  sources: 8,
});

/** Reset Spooling Streams and Functions: host to equipment, answered by S2F44. L:0 = spool nothing; no FCNIDs = every primary of the stream; stream 1 cannot be spooled. */
export const S2F43 = message('S2F43', 'Reset Spooling Streams and Functions', {
  direction: 'H->E',
  mnemonic: 'RSSF',
  reply: () => S2F44,
  body: { streams: listOf(list({ strid: STRID, fcnids: listOf(FCNID) })) },
  special: 'L:0 = spool nothing; no FCNIDs = every primary of the stream; stream 1 cannot be spooled',
  sources: 8,
});

/** Reset Spooling Acknowledge: equipment to host. L:0 = no errors. */
export const S2F44 = message('S2F44', 'Reset Spooling Acknowledge', {
  direction: 'E->H',
  mnemonic: 'RSA',
  isMultiBlock: true,
  body: list({ rspack: RSPACK, streams: listOf(list({ strid: STRID, strack: STRACK, fcnids: listOf(FCNID) })) }),
  special: 'L:0 = no errors',
  note: 'secsgem 0.3.0 marks it single-block',
  sources: 8,
});

/** Define Variable Limit Attributes: host to equipment, answered by S2F46. No VIDs = undefine all limits; no LIMITIDs = that VID's limits; L:0 for the pair = that limit. */
export const S2F45 = message('S2F45', 'Define Variable Limit Attributes', {
  direction: 'H->E',
  mnemonic: 'DVLA',
  reply: () => S2F46,
  isMultiBlock: true,
  body: list({ dataId: DATAID, variables: listOf(list({ vid: VID, limits: listOf(list({ limitId: LIMITID, band: optional(list({ upperDb: UPPERDB, lowerDb: LOWERDB })) })) })) }),
  special: "no VIDs = undefine all limits; no LIMITIDs = that VID's limits; L:0 for the pair = that limit",
  note: 'secsgem 0.3.0 has only the pair',
  sources: 8,
});

/** Variable Limit Attribute Acknowledge: equipment to host. Only the VIDs at fault. */
export const S2F46 = message('S2F46', 'Variable Limit Attribute Acknowledge', {
  direction: 'E->H',
  mnemonic: 'VLAA',
  isMultiBlock: true,
  body: list({ vlaack: VLAACK, variables: listOf(list({ vid: VID, lvack: LVACK, limit: optional(list({ limitId: LIMITID, limitAck: LIMITACK })) })) }),
  special: 'only the VIDs at fault',
  note: 'secsgem 0.3.0 has only the pair, single-block',
  sources: 8,
});

/** Variable Limit Attribute Request: host to equipment, answered by S2F48. L:0 = all VIDs. */
export const S2F47 = message('S2F47', 'Variable Limit Attribute Request', {
  direction: 'H->E',
  mnemonic: 'VLAR',
  reply: () => S2F48,
  body: { vids: listOf(VID) },
  special: 'L:0 = all VIDs',
  sources: 8,
});

/** Variable Limit Attributes Send: equipment to host. L:0 = that VID has no limits. */
export const S2F48 = message('S2F48', 'Variable Limit Attributes Send', {
  direction: 'E->H',
  mnemonic: 'VLAS',
  isMultiBlock: true,
  body: {
    variables: listOf(
      list({
        vid: VID,
        attributes: optional(list({ units: UNITS, limitMin: LIMITMIN, limitMax: LIMITMAX, limits: listOf(list({ limitId: LIMITID, upperDb: UPPERDB, lowerDb: LOWERDB })) })),
      }),
    ),
  },
  special: 'L:0 = that VID has no limits',
  note: 'secsgem 0.3.0 has only the L:4, single-block',
  sources: 8,
});

/** Enhanced Remote Command: host to equipment, answered by S2F50. OBJSPEC may be zero-length; CEPVAL may be a list of CPNAME/CEPVAL pairs. */
export const S2F49 = message('S2F49', 'Enhanced Remote Command', {
  direction: 'H->E',
  mnemonic: 'ERC',
  reply: () => S2F50,
  isMultiBlock: true,
  body: list({ dataId: DATAID, objSpec: OBJSPEC, rcmd: RCMD, params: listOf(list({ cpname: CPNAME, cepval: CEPVAL })) }),
  special: 'OBJSPEC may be zero-length; CEPVAL may be a list of CPNAME/CEPVAL pairs',
  note: "secsgem 0.3.0 marks no reply, F's sample has no W; H B W R want one",
  sources: 8,
});

/** Enhanced Remote Command Acknowledge: equipment to host. Only the parameters at fault. */
export const S2F50 = message('S2F50', 'Enhanced Remote Command Acknowledge', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({ hcack: HCACK, params: listOf(list({ cpname: CPNAME, cepack: CEPACK })) }),
  special: 'only the parameters at fault',
  note: 'secsgem 0.3.0 uses CPACK, single-block',
  sources: 8,
});

/** Request Report Identifiers: host to equipment, answered by S2F52. */
export const S2F51 = message('S2F51', 'Request Report Identifiers', { direction: 'H->E', reply: () => S2F52, note: 'block assumed', sources: 1 });

/** Return Report Identifiers: equipment to host. */
export const S2F52 = message('S2F52', 'Return Report Identifiers', { direction: 'E->H', isMultiBlock: true, body: { rptids: listOf(RPTID) }, note: 'block assumed', sources: 1 });

/** Request Report Definitions: host to equipment, answered by S2F54. L:0 = all (assumed). */
export const S2F53 = message('S2F53', 'Request Report Definitions', {
  direction: 'H->E',
  reply: () => S2F54,
  body: { rptids: listOf(RPTID) },
  special: 'L:0 = all (assumed)',
  note: 'block assumed',
  sources: 1,
});

/** Return Report Definitions: equipment to host. */
export const S2F54 = message('S2F54', 'Return Report Definitions', {
  direction: 'E->H',
  isMultiBlock: true,
  body: { reports: listOf(list({ rptid: RPTID, vids: listOf(VID) })) },
  note: 'block assumed',
  sources: 1,
});

/** Request Event Report Links: host to equipment, answered by S2F56. L:0 = all (assumed). */
export const S2F55 = message('S2F55', 'Request Event Report Links', {
  direction: 'H->E',
  reply: () => S2F56,
  body: { ceids: listOf(CEID) },
  special: 'L:0 = all (assumed)',
  note: 'block assumed',
  sources: 1,
});

/** Return Event Report Links: equipment to host. */
export const S2F56 = message('S2F56', 'Return Event Report Links', {
  direction: 'E->H',
  isMultiBlock: true,
  body: { events: listOf(list({ ceid: CEID, cename: CENAME, rptids: listOf(RPTID) })) },
  note: 'block assumed',
  sources: 1,
});

/** Request Enabled Events: host to equipment, answered by S2F58. */
export const S2F57 = message('S2F57', 'Request Enabled Events', { direction: 'H->E', reply: () => S2F58, note: 'block assumed', sources: 1 });

/** Return Enabled Events: equipment to host. */
export const S2F58 = message('S2F58', 'Return Enabled Events', { direction: 'E->H', isMultiBlock: true, body: { ceids: listOf(CEID) }, note: 'block assumed', sources: 1 });

/** Request Spool Streams and Functions: host to equipment, answered by S2F60. */
export const S2F59 = message('S2F59', 'Request Spool Streams and Functions', { direction: 'H->E', reply: () => S2F60, note: 'block assumed', sources: 1 });

/** Return Spool Streams and Functions: equipment to host. */
export const S2F60 = message('S2F60', 'Return Spool Streams and Functions', {
  direction: 'E->H',
  isMultiBlock: true,
  body: { streams: listOf(list({ strid: STRID, fcnids: listOf(FCNID) })) },
  note: 'block assumed',
  sources: 1,
});

/** Request Trace Identifiers: host to equipment, answered by S2F62. */
export const S2F61 = message('S2F61', 'Request Trace Identifiers', { direction: 'H->E', reply: () => S2F62, note: 'block assumed', sources: 1 });

/** Return Trace Identifiers: equipment to host. */
export const S2F62 = message('S2F62', 'Return Trace Identifiers', { direction: 'E->H', isMultiBlock: true, body: { trids: listOf(TRID) }, note: 'block assumed', sources: 1 });

/** Request Trace Definitions: host to equipment, answered by S2F64. L:0 = all (assumed). */
export const S2F63 = message('S2F63', 'Request Trace Definitions', {
  direction: 'H->E',
  reply: () => S2F64,
  body: { trids: listOf(TRID) },
  special: 'L:0 = all (assumed)',
  note: 'block assumed',
  sources: 1,
});

/** Return Trace Definitions: equipment to host. */
export const S2F64 = message('S2F64', 'Return Trace Definitions', {
  direction: 'E->H',
  isMultiBlock: true,
  body: { traces: listOf(list({ trid: TRID, dsper: DSPER, totsmp: TOTSMP, repgsz: REPGSZ, svids: listOf(SVID) })) },
  note: 'block assumed',
  sources: 1,
});
