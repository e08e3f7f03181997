import { item, value } from '../nodes/make.js';
import { CONSTANT, ID, INTEGER, SETTING, UNSIGNED, VALUE } from './formats.js';

/** Bytes of a carrier tag or subsystem, as text. */
export const DATA = item('DATA', ['A'], '*', 'bytes of a carrier tag or subsystem, as text');
/** Answer to S14F21. */
export const DATAACK = item('DATAACK', ['B'], 1, 'answer to S14F21', { ok: 0, unknownDataId: [1, 'unknown DATAID'], badParameter: 2 });
/** Ties a message to its multi-block inquire. */
export const DATAID = item('DATAID', ID, 'A:*,1', 'ties a message to its multi-block inquire');
/** Bytes that will be sent. */
export const DATALENGTH = item('DATALENGTH', INTEGER, 1, 'bytes that will be sent');
/** Which part of the data is meant. */
export const DATASEG = item('DATASEG', ['A'], '*', 'which part of the data is meant');
/** Object a data report takes its values from. Zero-length = the default source. */
export const DATASRC = item('DATASRC', ['A'], '*', 'object a data report takes its values from');
/** Byte at which the map error was found. */
export const DATLC = item('DATLC', ['U1'], 1, 'byte at which the map error was found');
/** Answer to a PDE delete. */
export const DELRSPSTAT = item('DELRSPSTAT', ['U1'], 1, 'answer to a PDE delete', { ok: 0, notFound: 1, locked: 2, other: 255 });
/** Answer to a PDE directory request. */
export const DIRRSPSTAT = item('DIRRSPSTAT', ['U1'], 1, 'answer to a PDE directory request', { ok: 0, badFilter: 1, badAttribute: 2, other: 255 });
/** Answer to Define Report. */
export const DRACK = item('DRACK', ['B'], 1, 'answer to Define Report', {
  ok: 0,
  noSpace: 1,
  badFormat: 2,
  rptidAlreadyDefined: [3, 'an RPTID is already defined'],
  unknownVid: [4, 'an unknown VID'],
});
/** Answer to DeleteRecipe. */
export const DRRACK = item('DRRACK', ['U1'], 1, 'answer to DeleteRecipe', { done: 0, error: 1 });
/** Data set (group of values) in S6F3, F8, F9. */
export const DSID = item('DSID', ID, 'A:*,1', 'data set (group of values) in S6F3, F8, F9');
/** Name of a stream 13 data set. */
export const DSNAME = item('DSNAME', ['A'], '0..50', 'name of a stream 13 data set');
/** Sample period. Hhmmss, or hhmmsscc with hundredths of a second. */
export const DSPER = item('DSPER', ['A'], '6/8', 'sample period');
/** Unit of die sizes. */
export const DUTMS = item('DUTMS', ['A'], '*', 'unit of die sizes');
/** Data value name. */
export const DVNAME = item('DVNAME', ID, 'A:*,1', 'data value name');
/** Data value. */
export const DVVAL = value('DVVAL', VALUE, '*', 'data value');
/** Name of a data value variable. */
export const DVVALNAME = item('DVVALNAME', ['A'], '*', 'name of a data value variable');
/** Answer to new equipment constants. */
export const EAC = item('EAC', ['B'], 1, 'answer to new equipment constants', {
  ok: 0,
  noSuchConstant: [1, 'a constant does not exist'],
  busy: 2,
  outOfRange: [3, 'a value is out of range'],
});
/** Default of an equipment constant. */
export const ECDEF = value('ECDEF', CONSTANT, 'A:*,B:*,J:*,1', 'default of an equipment constant');
/** Equipment constant. */
export const ECID = item('ECID', ID, 'A:*,1', 'equipment constant');
/** Greatest value of an equipment constant. Zero-length where it has none. */
export const ECMAX = value('ECMAX', SETTING, 'A:*,B:*,1', 'greatest value of an equipment constant');
/** Least value of an equipment constant. Zero-length where it has none. */
export const ECMIN = value('ECMIN', SETTING, 'A:*,B:*,1', 'least value of an equipment constant');
/** Name of an equipment constant. */
export const ECNAME = item('ECNAME', ['A'], '*', 'name of an equipment constant');
/** Value of an equipment constant. L:0 in its place = unknown ECID. */
export const ECV = value('ECV', CONSTANT, '*', 'value of an equipment constant');
/** What was expected: MID, PPID or the like, by MEXP. */
export const EDID = value('EDID', ['A', 'B', 'U4', 'U1', 'U2', 'U8', 'I4', 'I1', 'I2', 'I8'], 'A:0..80,B:*,1', 'what was expected: MID, PPID or the like, by MEXP');
/** Equivalent material ID. 16 at most in older editions. */
export const EMID = item('EMID', ['A', 'B'], '0..80', 'equivalent material ID');
/** Executive program. */
export const EPD = item('EPD', ['B'], '*', 'executive program');
/** Equipment that made an E170 recipe. */
export const EQID = item('EQID', ['A'], '0..256', 'equipment that made an E170 recipe');
/** Equipment name. */
export const EQNAME = item('EQNAME', ['A'], '0..80', 'equipment name');
/** User at the equipment. */
export const EQUSERID = item('EQUSERID', ['A'], '0..64', 'user at the equipment');
/** Answer to enable/disable event reports. */
export const ERACK = item('ERACK', ['B'], 1, 'answer to enable/disable event reports', { ok: 0, unknownCeid: [1, 'an unknown CEID'] });
/** Error code. Secsgem 0.3.0 lists I1..I8, taken as a bug: H has U4, B and R U1..U8. */
export const ERRCODE = item('ERRCODE', UNSIGNED, 1, 'error code', {
  noError: 0,
  unknownObjectInSpecifier: 1,
  unknownTargetType: 2,
  unknownObject: 3,
  unknownAttribute: 4,
  readOnly: 5,
  unknownObjectType: 6,
  badAttributeValue: 7,
  syntaxError: 8,
  verificationError: 9,
  validationError: 10,
  identifierInUse: 11,
  badParameters: 12,
  missingParameters: 13,
  optionNotSupported: 14,
  busy: 15,
  notAvailable: 16,
  notValidInThisState: 17,
  noMaterialAltered: 18,
  materialPartlyProcessed: 19,
  allMaterialProcessed: 20,
  recipeSpecificationError: 21,
  failedWhileProcessing: 22,
  failedWhileNotProcessing: 23,
  noMaterial: 24,
  aborted: 25,
  stopped: 26,
  cancelled: 27,
  cannotChangeSelectedRecipe: 28,
  unknownEvent: 29,
  duplicateRptid: [30, 'duplicate RPTID'],
  unknownReport: 31,
  reportNotLinked: 32,
  unknownTrace: 33,
  duplicateTrid: [34, 'duplicate TRID'],
  tooManyReports: 35,
  periodOutOfRange: 36,
  groupTooLarge: 37,
  recoveryActionInvalid: 38,
  busyRecovering: [39, 'busy with a recovery'],
  noActiveRecovery: 40,
  recoveryFailed: 41,
  recoveryAborted: 42,
  invalidTableElement: 43,
  unknownTableElement: 44,
  predefined: [45, 'cannot delete what is predefined'],
  badToken: 46,
  badParameter: 47,
  noSuchLoadPort: 48,
  loadPortInUse: 49,
  missingCarrier: 50,
  willBeDone: [32768, 'will be done at the earliest opportunity'],
  cannotBeDoneNow: 32769,
  failedWithErrors: 32770,
  invalidCommand: 32771,
  clientAlreadyConnected: 32772,
  duplicateClientId: [32773, 'duplicate ClientID'],
  badClientType: [32774, 'bad ClientType'],
  incompatibleVersions: 32775,
  unknownClientId: [32776, 'unknown ClientID'],
  failed: 32777,
  failedUnsafe: [32778, 'failed, unsafe'],
  obstacle: [32779, 'sensor sees an obstacle'],
  materialNotSent: 32780,
  materialNotReceived: 32781,
  materialLost: 32782,
  hardwareError: 32783,
  transferCancelled: 32784,
});
/** What was wrong. 80 at most in older editions. */
export const ERRTEXT = item('ERRTEXT', ['A'], '0..120', 'what was wrong');
/** What was wrong in a process program. */
export const ERRW7 = item('ERRW7', ['A'], '*', 'what was wrong in a process program');
/** Object an event comes from. */
export const EVNTSRC = item('EVNTSRC', ['A'], '*', 'object an event comes from');
/** Exception name. */
export const EXID = item('EXID', ['A'], '0..20', 'exception name');
/** Exception text. */
export const EXMESSAGE = item('EXMESSAGE', ['A'], '*', 'exception text');
/** A recovery action. */
export const EXRECVRA = item('EXRECVRA', ['A'], '0..40', 'a recovery action');
/** Kind of exception. */
export const EXTYPE = item('EXTYPE', ['A'], '0..5', 'kind of exception', { alarm: 'ALARM', error: 'ERROR' });
