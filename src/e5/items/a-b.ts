import { item, value } from '../nodes/make.js';
import { ANYTHING, INTEGER, NAME_OR_NUMBER } from './formats.js';

/** Bytes echoed by a loopback test. */
export const ABS = item('ABS', ['B'], '*', 'bytes echoed by a loopback test');
/** Carrier access mode of a port. */
export const ACCESSMODE = item('ACCESSMODE', ['U1'], 1, 'carrier access mode of a port', { manual: 0, automatic: 1 });
/** After-codes of a process command. One format for all its values; which command the word order refers to is not confirmed. */
export const ACDS = item('ACDS', ['U2', 'I2'], '*', 'after-codes of a process command');
/** Was the request done. */
export const ACKA = item('ACKA', ['BOOLEAN'], 1, 'was the request done', { done: true, failed: [false, 'failed, see the errors'] });
/** Acknowledge of stream 10. */
export const ACKC10 = item('ACKC10', ['B'], 1, 'acknowledge of stream 10', { accepted: [0, 'will be shown'], notShown: [1, 'will not be shown'], terminalNotAvailable: 2 });
/** Return code of stream 13. */
export const ACKC13 = item('ACKC13', ['B'], 1, 'return code of stream 13', {
  ok: 0,
  tryLater: 1,
  unknownDataSet: 2,
  badCheckpoint: 3,
  tooManyOpen: 4,
  openedTooOften: 5,
  notOpen: 6,
  cannotContinue: 7,
  endOfData: 8,
  handleInUse: 9,
  transactionPending: 10,
});
/** Return code of a large recipe message. */
export const ACKC15 = item('ACKC15', ['B'], 1, 'return code of a large recipe message', {
  ok: 0,
  later: [1, 'done later'],
  dsnameNotFound: [2, 'DSNAME not found'],
  permissionNotGranted: 3,
  otherError: 4,
});
/** Acknowledge of stream 3. */
export const ACKC3 = item('ACKC3', ['B'], 1, 'acknowledge of stream 3', { accepted: 0 }, 'error');
/** Acknowledge of stream 5. */
export const ACKC5 = item('ACKC5', ['B'], 1, 'acknowledge of stream 5', { accepted: 0 }, 'error');
/** Acknowledge of stream 6. */
export const ACKC6 = item('ACKC6', ['B'], 1, 'acknowledge of stream 6', { accepted: 0 }, 'error');
/** Acknowledge of stream 7. 7 from H only. */
export const ACKC7 = item('ACKC7', ['B'], 1, 'acknowledge of stream 7', {
  accepted: 0,
  permissionNotGranted: 1,
  lengthError: 2,
  matrixOverflow: 3,
  ppidNotFound: [4, 'PPID not found'],
  modeNotSupported: 5,
  later: [6, 'done later, result to follow'],
  storageLimit: 7,
});
/** What a process program check found. */
export const ACKC7A = item('ACKC7A', ['U1', 'I1'], 1, 'what a process program check found', {
  accepted: 0,
  mdlnWrong: [1, 'MDLN wrong'],
  softrevWrong: [2, 'SOFTREV wrong'],
  ccodeInvalid: [3, 'CCODE invalid'],
  pparmInvalid: [4, 'PPARM invalid'],
  other: [5, 'other, see ERRW7'],
});
/** Name of the agent that keeps or runs recipes. */
export const AGENT = item('AGENT', ['A'], '*', 'name of the agent that keeps or runs recipes');
/** Alarm set or cleared, with its category. Bit mask: bit 8 (128) set = alarm set, clear = alarm cleared; the values are the category in bits 7..1. */
export const ALCD = item('ALCD', ['B'], 1, 'alarm set or cleared, with its category', {
  notUsed: 0,
  personalSafety: 1,
  equipmentSafety: 2,
  parameterWarning: 3,
  parameterError: 4,
  irrecoverableError: 5,
  statusWarning: 6,
  attention: 7,
  dataIntegrity: 8,
});
/** Enable or disable an alarm. */
export const ALED = item('ALED', ['B'], 1, 'enable or disable an alarm', { disable: 0, enable: 128 });
/** Alarm number. Array of any length in S5F5. */
export const ALID = item('ALID', INTEGER, '0..1', 'alarm number');
/** Alarm text. 40 at most in older editions. */
export const ALTX = item('ALTX', ['A'], '0..120', 'alarm text');
/** Assignment number of an E170 recipe. */
export const ASSGNID = item('ASSGNID', ['U1'], 1, 'assignment number of an E170 recipe');
/** Value of an attribute. */
export const ATTRDATA = value('ATTRDATA', ANYTHING, '*', 'value of an attribute');
/** Name of an attribute. */
export const ATTRID = item('ATTRID', NAME_OR_NUMBER, 'A:1..40,1', 'name of an attribute');
/** Relation an object filter asks for. */
export const ATTRRELN = item('ATTRRELN', ['U1'], 1, 'relation an object filter asks for', {
  equal: 0,
  notEqual: 1,
  less: 2,
  lessOrEqual: 3,
  greater: 4,
  greaterOrEqual: 5,
  present: 6,
  absent: 7,
});
/** E170 switch: clear the operation by itself. */
export const AUTOCLEAR_DISABLE = item('AUTOCLEAR_DISABLE', ['U1'], 1, 'E170 switch: clear the operation by itself', { notDisabled: 0, disabled: 1 });
/** E170 time before a session closes by itself. */
export const AUTOCLOSE = item('AUTOCLOSE', ['U2'], 1, 'E170 time before a session closes by itself');
/** E170 switch: post changed recipes by itself. */
export const AUTOPOST_DISABLE = item('AUTOPOST_DISABLE', ['U1'], 1, 'E170 switch: post changed recipes by itself', { notDisabled: 0, disabled: 1 });
/** Before-codes of a process command. One format for all its values; which command the word order refers to is not confirmed. */
export const BCDS = item('BCDS', ['U2', 'I2'], '*', 'before-codes of a process command');
/** Bin codes that count as equivalent. U1 or A, same as BINLT and NULBC of the map. */
export const BCEQU = item('BCEQU', ['U1', 'A'], '*', 'bin codes that count as equivalent');
/** List of bin codes, one value a die. */
export const BINLT = item('BINLT', ['U1', 'A'], '*', 'list of bin codes, one value a die');
/** Does the process command open or close a block. U1 from B only, where 255 stands for -1. */
export const BLKDEF = item('BLKDEF', ['U1', 'I1'], 1, 'does the process command open or close a block', {
  endsBlock: [-1, 'ends a block'],
  inBlock: [0, 'in a block body'],
  startsBlock: [1, 'starts a block'],
});
/** Boot program. */
export const BPD = item('BPD', ['B'], '*', 'boot program');
/** Most bytes a process program may have. */
export const BYTMAX = item('BYTMAX', INTEGER, 1, 'most bytes a process program may have', { noLimit: 0 }, 'a number');
