// Stream 12: wafer maps.
import {
  BCEQU,
  BINLT,
  COLCT,
  DATLC,
  DUTMS,
  FFROT,
  FNLOC,
  GRNT1,
  IDTYP,
  MAPER,
  MAPFT,
  MDACK,
  MID,
  MLCL,
  NULBC,
  ORLOC,
  PRAXI,
  PRDCT,
  REFP,
  ROWCT,
  RPSEL,
  RSINF,
  SDACK,
  SDBIN,
  STRP,
  XDIES,
  XYPOS,
  YDIES,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 12 without an answer; not to be answered. */
export const S12F0 = message('S12F0', 'Abort Transaction', { direction: 'both' });

/** Map Set-up Data Send: equipment to host, answered by S12F2. Zero-length item = not given. */
export const S12F1 = message('S12F1', 'Map Set-up Data Send', {
  direction: 'E->H',
  mnemonic: 'MSDS',
  reply: () => S12F2,
  body: list({
    mid: MID,
    idtyp: IDTYP,
    fnloc: FNLOC,
    ffrot: FFROT,
    orloc: ORLOC,
    rpsel: RPSEL,
    refps: listOf(REFP),
    dutms: DUTMS,
    xdies: XDIES,
    ydies: YDIES,
    rowCt: ROWCT,
    colCt: COLCT,
    nulbc: NULBC,
    prdct: PRDCT,
    praxi: PRAXI,
  }),
  special: 'zero-length item = not given',
  sources: 7,
});

/** Map Set-up Data Acknowledge: host to equipment. */
export const S12F2 = message('S12F2', 'Map Set-up Data Acknowledge', { direction: 'H->E', mnemonic: 'MSDA', body: { sdack: SDACK }, sources: 7 });

/** Map Set-up Data Request: equipment to host, answered by S12F4. Zero-length item = not given. */
export const S12F3 = message('S12F3', 'Map Set-up Data Request', {
  direction: 'E->H',
  mnemonic: 'MSDR',
  reply: () => S12F4,
  body: list({ mid: MID, idtyp: IDTYP, mapft: MAPFT, fnloc: FNLOC, ffrot: FFROT, orloc: ORLOC, praxi: PRAXI, bcequ: BCEQU, nulbc: NULBC }),
  special: 'zero-length item = not given',
  sources: 7,
});

/** Map Set-up Data: host to equipment. Zero-length item = not given. */
export const S12F4 = message('S12F4', 'Map Set-up Data', {
  direction: 'H->E',
  mnemonic: 'MSD',
  body: list({
    mid: MID,
    idtyp: IDTYP,
    fnloc: FNLOC,
    orloc: ORLOC,
    rpsel: RPSEL,
    refps: listOf(REFP),
    dutms: DUTMS,
    xdies: XDIES,
    ydies: YDIES,
    rowCt: ROWCT,
    colCt: COLCT,
    prdct: PRDCT,
    bcequ: BCEQU,
    nulbc: NULBC,
    mlcl: MLCL,
  }),
  special: 'zero-length item = not given',
  sources: 7,
});

/** Map Transmit Inquire: equipment to host, answered by S12F6. */
export const S12F5 = message('S12F5', 'Map Transmit Inquire', {
  direction: 'E->H',
  mnemonic: 'MAPTI',
  reply: () => S12F6,
  body: list({ mid: MID, idtyp: IDTYP, mapft: MAPFT, mlcl: MLCL }),
  note: 'N has H->E; G B H W F the other way',
  sources: 7,
});

/** Map Transmit Grant: host to equipment. */
export const S12F6 = message('S12F6', 'Map Transmit Grant', { direction: 'H->E', mnemonic: 'MAPTG', body: { grnt1: GRNT1 }, sources: 7 });

/** Map Data Send Type 1: equipment to host, answered by S12F8. Row format: one entry a row or part of a row. */
export const S12F7 = message('S12F7', 'Map Data Send Type 1', {
  direction: 'E->H',
  mnemonic: 'MDS1',
  reply: () => S12F8,
  isMultiBlock: true,
  body: list({ mid: MID, idtyp: IDTYP, rows: listOf(list({ rsinf: RSINF, binlt: BINLT })) }),
  special: 'row format: one entry a row or part of a row',
  sources: 7,
});

/** Map Data Acknowledge Type 1: host to equipment. */
export const S12F8 = message('S12F8', 'Map Data Acknowledge Type 1', { direction: 'H->E', mnemonic: 'MDA1', body: { mdack: MDACK }, sources: 7 });

/** Map Data Send Type 2: equipment to host, answered by S12F10. Array format: the whole map as one bin list. */
export const S12F9 = message('S12F9', 'Map Data Send Type 2', {
  direction: 'E->H',
  mnemonic: 'MDS2',
  reply: () => S12F10,
  isMultiBlock: true,
  body: list({ mid: MID, idtyp: IDTYP, strp: STRP, binlt: BINLT }),
  special: 'array format: the whole map as one bin list',
  sources: 7,
});

/** Map Data Acknowledge Type 2: host to equipment. */
export const S12F10 = message('S12F10', 'Map Data Acknowledge Type 2', { direction: 'H->E', mnemonic: 'MDA2', body: { mdack: MDACK }, sources: 7 });

/** Map Data Send Type 3: equipment to host, answered by S12F12. Coordinate format. */
export const S12F11 = message('S12F11', 'Map Data Send Type 3', {
  direction: 'E->H',
  mnemonic: 'MDS3',
  reply: () => S12F12,
  isMultiBlock: true,
  body: list({ mid: MID, idtyp: IDTYP, dies: listOf(list({ xypos: XYPOS, binlt: BINLT })) }),
  special: 'coordinate format',
  sources: 7,
});

/** Map Data Acknowledge Type 3: host to equipment. */
export const S12F12 = message('S12F12', 'Map Data Acknowledge Type 3', { direction: 'H->E', mnemonic: 'MDA3', body: { mdack: MDACK }, sources: 7 });

/** Map Data Request Type 1: equipment to host, answered by S12F14. */
export const S12F13 = message('S12F13', 'Map Data Request Type 1', {
  direction: 'E->H',
  mnemonic: 'MDR1',
  reply: () => S12F14,
  body: list({ mid: MID, idtyp: IDTYP }),
  sources: 7,
});

/** Map Data Type 1: host to equipment. Row format. */
export const S12F14 = message('S12F14', 'Map Data Type 1', {
  direction: 'H->E',
  mnemonic: 'MD1',
  isMultiBlock: true,
  body: list({ mid: MID, idtyp: IDTYP, rows: listOf(list({ rsinf: RSINF, binlt: BINLT })) }),
  special: 'row format',
  sources: 7,
});

/** Map Data Request Type 2: equipment to host, answered by S12F16. */
export const S12F15 = message('S12F15', 'Map Data Request Type 2', {
  direction: 'E->H',
  mnemonic: 'MDR2',
  reply: () => S12F16,
  body: list({ mid: MID, idtyp: IDTYP }),
  sources: 7,
});

/** Map Data Type 2: host to equipment. Array format. */
export const S12F16 = message('S12F16', 'Map Data Type 2', {
  direction: 'H->E',
  mnemonic: 'MD2',
  isMultiBlock: true,
  body: list({ mid: MID, idtyp: IDTYP, strp: STRP, binlt: BINLT }),
  special: 'array format',
  sources: 7,
});

/** Map Data Request Type 3: equipment to host, answered by S12F18. */
export const S12F17 = message('S12F17', 'Map Data Request Type 3', {
  direction: 'E->H',
  mnemonic: 'MDR3',
  reply: () => S12F18,
  body: list({ mid: MID, idtyp: IDTYP, sdbin: SDBIN }),
  sources: 7,
});

/** Map Data Type 3: host to equipment. Coordinate format. */
export const S12F18 = message('S12F18', 'Map Data Type 3', {
  direction: 'H->E',
  mnemonic: 'MD3',
  isMultiBlock: true,
  body: list({ mid: MID, idtyp: IDTYP, dies: listOf(list({ xypos: XYPOS, binlt: BINLT })) }),
  special: 'coordinate format',
  note: 'B has RSINF for XYPOS, taken as an error',
  sources: 7,
});

/** Map Error Report Send: either side. */
export const S12F19 = message('S12F19', 'Map Error Report Send', {
  direction: 'both',
  mnemonic: 'MERS',
  body: list({ maper: MAPER, datlc: DATLC }),
  note: 'N gives E->H only',
  sources: 7,
});
