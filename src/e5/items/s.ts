import { item, value } from '../nodes/make.js';
import { ANYTHING, ID, INTEGER, SETTING, VALUE } from './formats.js';

/** Answer to map set-up. */
export const SDACK = item('SDACK', ['B'], 1, 'answer to map set-up', { ok: 0 }, 'error');
/** Are bin codes to be sent. */
export const SDBIN = item('SDBIN', ['B'], 1, 'are bin codes to be sent', { send: [0, 'send them'], leaveOut: [1, 'leave them out'] });
/** Result of sending a transfer container. */
export const SENDRESULT = item('SENDRESULT', ['U1'], 1, 'result of sending a transfer container', {
  ok: 0,
  sendError: [1, 'see SENDRSPSTAT'],
  manifestError: 2,
  unexpectedContent: 3,
  missingFiles: 4,
  formatError: 5,
});
/** Result of sending a PDE. */
export const SENDRSPSTAT = item('SENDRSPSTAT', ['U1'], 1, 'result of sending a PDE', {
  ok: 0,
  notEnoughResources: 1,
  notForThisTarget: 2,
  locked: [3, 'the PDE is locked'],
  verificationFailed: 4,
  notAllowed: [5, 'transfer not allowed'],
  other: 255,
});
/** Number of a process command in its program. */
export const SEQNUM = item('SEQNUM', INTEGER, 1, 'number of a process command in its program');
/** Status form code. */
export const SFCD = item('SFCD', ['B'], 1, 'status form code');
/** Header of the message that got no answer. */
export const SHEAD = item('SHEAD', ['B'], 10, 'header of the message that got no answer');
/** Slot of a carrier, from 1. */
export const SLOTID = item('SLOTID', ['U1'], 1, 'slot of a carrier, from 1');
/** Sample number of a trace. */
export const SMPLN = item('SMPLN', INTEGER, 1, 'sample number of a trace');
/** Software revision. 6 at most in older editions. */
export const SOFTREV = item('SOFTREV', ['A'], '0..20', 'software revision');
/** Answer to a service program or SetPRC. B in S2F4, U1 in H and in S20F26. */
export const SPAACK = item('SPAACK', ['B', 'U1'], 1, 'answer to a service program or SetPRC', { ok: 0, invalidData: [1, 'invalid data or error'] });
/** Service program. */
export const SPD = item('SPD', ['B'], '*', 'service program');
/** Service program name. */
export const SPID = item('SPID', ['A'], '0..6', 'service program name');
/** Service parameter. */
export const SPNAME = item('SPNAME', ['A'], '*', 'service parameter');
/** Result of a service program. */
export const SPR = value('SPR', SETTING, '*', 'result of a service program');
/** Value of a service parameter. */
export const SPVAL = value('SPVAL', ANYTHING, '*', 'value of a service parameter');
/** Answer to SetSRO Attributes. */
export const SSAACK = item('SSAACK', ['U1'], 1, 'answer to SetSRO Attributes', { done: 0, error: 1 });
/** Answer of a subsystem. */
export const SSACK = item('SSACK', ['A'], 2, 'answer of a subsystem', { ok: 'NO', executionError: 'EE', communicationError: 'CE', hardwareError: 'HE', tagError: 'TE' });
/** Command to a subsystem. Example: ChangeState. */
export const SSCMD = item('SSCMD', ['A'], '*', 'command to a subsystem');
/** Name and value of a subsystem state. */
export const STATUS = item('STATUS', ['A'], '*', 'name and value of a subsystem state');
/** What was wrong. */
export const STATUSTXT = item('STATUSTXT', ['A'], '0..80', 'what was wrong');
/** Allowed value of a text parameter. */
export const STEMP = item('STEMP', ['A'], '*', 'allowed value of a text parameter');
/** Time of a sample. 12: YYMMDDhhmmss; 16: YYYYMMDDhhmmsscc; or extended ISO 8601 form. */
export const STIME = item('STIME', ['A'], '0..32', 'time of a sample');
/** What is wrong with a spooled stream. */
export const STRACK = item('STRACK', ['B'], 1, 'what is wrong with a spooled stream', {
  notAllowed: [1, 'spooling not allowed for the stream'],
  unknownStream: 2,
  unknownFunction: 3,
  secondaryFunction: [4, 'secondary function named'],
});
/** Stream number. */
export const STRID = item('STRID', ['U1'], 1, 'stream number');
/** Start of a map: x, y. One item with two values. */
export const STRP = item('STRP', ['I4', 'I1', 'I2', 'I8'], 2, 'start of a map: x, y');
/** Status variable value. */
export const SV = value('SV', VALUE, '*', 'status variable value');
/** Zero-length item that shows a status variable's format. */
export const SV0 = value('SV0', SETTING, 0, "zero-length item that shows a status variable's format");
/** Answer to a generic service. */
export const SVCACK = item('SVCACK', ['B'], 1, 'answer to a generic service', {
  done: 0,
  unknownService: 1,
  notNow: 2,
  badParameter: 3,
  later: [4, 'will be done, a message will tell'],
});
/** Service name. */
export const SVCNAME = item('SVCNAME', ['A'], '*', 'service name');
/** Status variable. */
export const SVID = item('SVID', ID, 'A:*,1', 'status variable');
/** Name of a status variable. */
export const SVNAME = item('SVNAME', ['A'], '*', 'name of a status variable');
