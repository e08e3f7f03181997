import { item, value } from '../nodes/make.js';
import { ANYTHING, ID, INTEGER, UNSIGNED, VALUE } from './formats.js';

/** Answer to a carrier action. */
export const CAACK = item('CAACK', ['U1'], 1, 'answer to a carrier action', {
  done: 0,
  invalidCommand: 1,
  notNow: [2, 'cannot be done now'],
  badArgument: [3, 'bad data or argument'],
  later: [4, 'done later, an event will tell'],
  invalidState: 5,
  doneWithErrors: 6,
});
/** Action on a carrier (E87). */
export const CARRIERACTION = item('CARRIERACTION', ['A'], '*', 'action on a carrier (E87)', {
  bind: 'Bind',
  cancelBind: 'CancelBind',
  cancelCarrier: 'CancelCarrier',
  cancelCarrierAtPort: 'CancelCarrierAtPort',
  cancelCarrierNotification: 'CancelCarrierNotification',
  cancelCarrierOut: 'CancelCarrierOut',
  carrierIn: 'CarrierIn',
  carrierNotification: 'CarrierNotification',
  carrierOut: 'CarrierOut',
  carrierReCreate: 'CarrierReCreate',
  carrierRelease: 'CarrierRelease',
  proceedWithCarrier: 'ProceedWithCarrier',
});
/** Carrier name. */
export const CARRIERID = item('CARRIERID', ['A'], '0..80', 'carrier name');
/** Object specifier of a carrier. */
export const CARRIERSPEC = item('CARRIERSPEC', ['A'], '*', 'object specifier of a carrier');
/** Value of a carrier attribute. */
export const CATTRDATA = value('CATTRDATA', ANYTHING, '*', 'value of a carrier attribute');
/** Name of a carrier attribute. E87 examples: Capacity, SubstrateCount, ContentMap, SlotMap, Usage. */
export const CATTRID = item('CATTRID', ['A'], '*', 'name of a carrier attribute');
/** Answer to CloseConnectionEvent. */
export const CCEACK = item('CCEACK', ['U1'], 1, 'answer to CloseConnectionEvent', { done: 0, error: 1 });
/** Code of a process command. */
export const CCODE = item('CCODE', ['U4', 'U2', 'I4', 'I2', 'A'], 'A:*,1', 'code of a process command');
/** Enable or disable. */
export const CEED = item('CEED', ['BOOLEAN'], 1, 'enable or disable', { enable: true, disable: false });
/** Collection event. */
export const CEID = item('CEID', ID, 'A:*,1', 'collection event');
/** Name of a collection event. */
export const CENAME = item('CENAME', ['A'], '*', 'name of a collection event');
/** What is wrong with an enhanced command parameter. B and R: U1, or L for a nested CEPVAL; H and secsgem: B. Accept all three, send U1. */
export const CEPACK = value('CEPACK', ['U1', 'B', 'L'], 1, 'what is wrong with an enhanced command parameter', {
  noError: 0,
  unknownCpname: [1, 'unknown CPNAME'],
  badCepval: [2, 'bad CEPVAL'],
  badFormat: 3,
  notValidHere: [4, 'CPNAME not valid as used'],
});
/** Value of an enhanced command parameter, or a list of L:2(CPNAME, CEPVAL). */
export const CEPVAL = value('CEPVAL', VALUE, '*', 'value of an enhanced command parameter, or a list of L:2(CPNAME, CEPVAL)');
/** What a pre-execution check is to check. */
export const CHKINFO = value('CHKINFO', ANYTHING, '*', 'what a pre-execution check is to check');
/** Checkpoint in a data set. */
export const CKPNT = item('CKPNT', ['U4'], 1, 'checkpoint in a data set');
/** Answer to a remote command. B from H only. */
export const CMDA = item('CMDA', ['U1', 'B', 'I1'], 1, 'answer to a remote command', { done: 0, unknownCommand: 1, notNow: 2 });
/** Most process commands a program may have. */
export const CMDMAX = item('CMDMAX', INTEGER, 1, 'most process commands a program may have', { noLimit: 0 }, 'a number');
/** Name of a process command. */
export const CNAME = item('CNAME', ['A'], '0..16', 'name of a process command');
/** Answer to ClearOperation. */
export const COACK = item('COACK', ['U1'], 1, 'answer to ClearOperation', { done: 0, error: 1 });
/** Columns of a die map. */
export const COLCT = item('COLCT', UNSIGNED, '0..1', 'columns of a die map');
/** Heading of a table column. */
export const COLHDR = item('COLHDR', ['A'], '1..20', 'heading of a table column');
/** Is communication accepted. */
export const COMMACK = item('COMMACK', ['B'], 1, 'is communication accepted', { accepted: 0, denied: [1, 'denied, try again'] });
/** Relation a PDE filter asks for. */
export const COMPARISONOPERATOR = item('COMPARISONOPERATOR', ['U1'], 1, 'relation a PDE filter asks for', {
  equal: 0,
  notEqual: 1,
  less: 2,
  lessOrEqual: 3,
  greater: 4,
  greaterOrEqual: 5,
  like: 6,
  notLike: 7,
});
/** Quality of a read 2D code. */
export const CONDITION = item('CONDITION', ['A'], '*', 'quality of a read 2D code');
/** Copy number of an E170 recipe. */
export const COPYID = item('COPYID', ['U1'], 1, 'copy number of an E170 recipe');
/** What is wrong with a command parameter. */
export const CPACK = item('CPACK', ['B'], 1, 'what is wrong with a command parameter', {
  unknownCpname: [1, 'unknown CPNAME'],
  badCpval: [2, 'bad CPVAL'],
  badFormat: [3, 'bad format of CPVAL'],
});
/** Command parameter. */
export const CPNAME = item('CPNAME', ID, 'A:*,1', 'command parameter');
/** Value of a command parameter. E39/E94 profiles also put L here (e.g. S16F5); accept any item when receiving. */
export const CPVAL = value('CPVAL', ['A', 'BOOLEAN', 'U4', 'I4', 'U8', 'I8', 'U2', 'I2', 'U1', 'I1', 'B', 'J'], '*', 'value of a command parameter');
/** Answer to a service program run. U1 from H only. */
export const CSAACK = item('CSAACK', ['B', 'U1'], 1, 'answer to a service program run', { ok: 0, busy: 1, badSpid: [2, 'bad SPID'], badData: 3 });
/** Command to a control job (E94). */
export const CTLJOBCMD = item('CTLJOBCMD', ['U1'], 1, 'command to a control job (E94)', {
  start: 1,
  pause: 2,
  resume: 3,
  cancel: 4,
  deselect: 5,
  stop: 6,
  abort: 7,
  toHeadOfQueue: 8,
});
/** Control job name. */
export const CTLJOBID = item('CTLJOBID', ['A'], '1..80', 'control job name');
