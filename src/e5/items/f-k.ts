import { item } from '../nodes/make.js';
import { INTEGER } from './formats.js';

/** Function number. */
export const FCNID = item('FCNID', ['U1'], 1, 'function number');
/** Angle of the flat or notch for the equipment. Degrees clockwise from the bottom. */
export const FFROT = item('FFROT', ['U2'], '0..1', 'angle of the flat or notch for the equipment');
/** Data read from a data set. */
export const FILDAT = item('FILDAT', ['A', 'B'], '*', 'data read from a data set');
/** Angle of the flat or notch. Degrees clockwise from the bottom. */
export const FNLOC = item('FNLOC', ['U2'], '0..1', 'angle of the flat or notch');
/** Length of the formatted process program. */
export const FRMLEN = item('FRMLEN', INTEGER, 1, 'length of the formatted process program', { notAvailable: 0 }, 'a length');
/** Answer to a PDE get. */
export const GETRSPSTAT = item('GETRSPSTAT', ['U1'], 1, 'answer to a PDE get', { ok: 0, notFound: 1, locked: 2, notAllowed: 3, other: 255 });
/** Answer to GetOperationIDList. */
export const GOILACK = item('GOILACK', ['U1'], 1, 'answer to GetOperationIDList', { done: 0, error: 1 });
/** May the multi-block message come. */
export const GRANT = item(
  'GRANT',
  ['B'],
  1,
  'may the multi-block message come',
  { granted: 0, busy: [1, 'busy, try again'], noSpace: 2, duplicateDataId: [3, 'duplicate DATAID'] },
  "reserved or equipment's own",
);
/** May the stream 6 message come. */
export const GRANT6 = item('GRANT6', ['B'], 1, 'may the stream 6 message come', { granted: 0, busy: [1, 'busy, try again'], notInterested: 2 });
/** May the map come. */
export const GRNT1 = item('GRNT1', ['B'], 1, 'may the map come', {
  granted: 0,
  busy: [1, 'busy, try again'],
  noSpace: 2,
  mapTooLarge: 3,
  duplicateId: [4, 'duplicate ID'],
  materialIdNotFound: [5, 'material ID not found'],
  unknownMapFormat: 6,
});
/** Answer to GetRecipeXIDList. */
export const GRXLACK = item('GRXLACK', ['U1'], 1, 'answer to GetRecipeXIDList', { done: 0, error: 1 });
/** Number of an open data set. */
export const HANDLE = item('HANDLE', INTEGER, 1, 'number of an open data set');
/** Answer to a host command. */
export const HCACK = item('HCACK', ['B'], 1, 'answer to a host command', {
  done: 0,
  unknownCommand: 1,
  notNow: 2,
  badParameter: 3,
  later: [4, 'will be done, an event will tell'],
  alreadySo: 5,
  noSuchObject: 6,
});
/** Did the handoff command succeed. */
export const HOACK = item('HOACK', ['BOOLEAN'], 1, 'did the handoff command succeed', { yes: true, no: false });
/** Answer to handoff cancel. */
export const HOCANCELACK = item('HOCANCELACK', ['U1'], 1, 'answer to handoff cancel', { ok: 0, unknownTrLink: [1, 'unknown TRLINK'], handoffHasBegun: 2 });
/** Handoff command. */
export const HOCMDNAME = item('HOCMDNAME', ['A'], '*', 'handoff command');
/** Answer to handoff halt. */
export const HOHALTACK = item('HOHALTACK', ['U1'], 1, 'answer to handoff halt', { ok: 0, unknownTrLink: [1, 'unknown TRLINK'] });
/** Immediately-after-codes of a process command. One format for all its values; which command the word order refers to is not confirmed. */
export const IACDS = item('IACDS', ['U2', 'I2'], '*', 'immediately-after-codes of a process command');
/** Immediately-before-codes of a process command. One format for all its values; which command the word order refers to is not confirmed. */
export const IBCDS = item('IBCDS', ['U2', 'I2'], '*', 'immediately-before-codes of a process command');
/** What the MID of a map names. */
export const IDTYP = item('IDTYP', ['B'], 1, 'what the MID of a map names', { wafer: 0, waferCassette: 1, filmFrame: 2 });
/** Port where reticles come in. */
export const INPTN = item('INPTN', ['U1', 'B'], 1, 'port where reticles come in');
/** Answer to an item transfer. The sources cut the values off after 1. */
export const ITEMACK = item('ITEMACK', ['B'], 1, 'answer to an item transfer', { ok: 0, invalidItemType: 1 }, 'not known');
/** What was wrong. */
export const ITEMERROR = item('ITEMERROR', ['A'], '0..1024', 'what was wrong');
/** Name of an item within its type. */
export const ITEMID = item('ITEMID', ['A'], '0..256', 'name of an item within its type');
/** Number of an item part. */
export const ITEMINDEX = item('ITEMINDEX', ['U4'], 1, 'number of an item part', { done: 0, abort: 4294967295 }, 'a number');
/** Bytes of an item. */
export const ITEMLENGTH = item('ITEMLENGTH', ['U4', 'U8'], 1, 'bytes of an item');
/** Bytes of an item. */
export const ITEMPART = item('ITEMPART', ['A', 'B'], '*', 'bytes of an item');
/** Parts of an item. */
export const ITEMPARTCOUNT = item('ITEMPARTCOUNT', ['U4'], 1, 'parts of an item');
/** Bytes of an item part. */
export const ITEMPARTLENGTH = item('ITEMPARTLENGTH', ['U4'], 1, 'bytes of an item part');
/** Type of an item, e.g. its file kind. */
export const ITEMTYPE = item('ITEMTYPE', ['A'], '*', 'type of an item, e.g. its file kind');
/** Which S21 messages an item type may use. Bit mask; bits after the third not confirmed. */
export const ITEMTYPESUPPORT = item(
  'ITEMTYPESUPPORT',
  ['U4'],
  1,
  'which S21 messages an item type may use',
  { s21F1: [1, 'S21F1'], s21F3: [2, 'S21F3'], s21F5: [4, 'S21F5'] },
  'sums of these',
);
/** Version of an item. */
export const ITEMVERSION = item('ITEMVERSION', ['A'], '*', 'version of an item');
/** Action on a reticle transfer job. Values by E109, not gathered. */
export const JOBACTION = item('JOBACTION', ['A'], '*', 'action on a reticle transfer job');
