import { item, value } from '../nodes/make.js';
import { ANYTHING, ID, INTEGER, LIMIT, UNSIGNED, VALUE } from './formats.js';

/** Subsystem a message is for. E99 readers number their heads "01", "02" .... */
export const TARGETID = item('TARGETID', ['A'], '*', 'subsystem a message is for');
/** PDE a request is about, a UUID. */
export const TARGETPDE = item('TARGETPDE', ['A'], 36, 'PDE a request is about, a UUID');
/** Object specifier of the target object. */
export const TARGETSPEC = item('TARGETSPEC', ['A'], '0..40', 'object specifier of the target object');
/** Answer to a table. */
export const TBLACK = item('TBLACK', ['U1'], 1, 'answer to a table', { ok: 0, failed: 1 });
/** What to do with a table. */
export const TBLCMD = item('TBLCMD', ['U1'], 1, 'what to do with a table', {
  wholeTable: 0,
  addRows: 1,
  appendColumns: 2,
  replaceRows: 3,
  replaceColumns: 4,
});
/** Element of a table, the first of a row names the row. */
export const TBLELT = value('TBLELT', ANYTHING, '*', 'element of a table, the first of a row names the row');
/** Table name. */
export const TBLID = item('TBLID', ['A'], '0..80', 'table name');
/** Table type. */
export const TBLTYP = item('TBLTYP', ['A'], '*', 'table type');
/** Transfer container, a UUID. */
export const TCID = item('TCID', ['A'], '0/36', 'transfer container, a UUID');
/** Text for a terminal. Commonly no longer than 120 characters. */
export const TEXT = value('TEXT', ['A', 'B', 'U4', 'U1', 'U2', 'U8', 'I4', 'I1', 'I2', 'I8'], '*', 'text for a terminal');
/** Answer to Trace Initialize. */
export const TIAACK = item('TIAACK', ['B'], 1, 'answer to Trace Initialize', {
  ok: 0,
  tooManySvids: [1, 'too many SVIDs'],
  noMoreTraces: 2,
  badPeriod: 3,
  unknownSvid: [4, 'an unknown SVID'],
  badRepgsz: [5, 'bad REPGSZ'],
});
/** Answer to Date and Time Set. */
export const TIACK = item('TIACK', ['B'], 1, 'answer to Date and Time Set', { ok: 0, notDone: 1 });
/** Terminal number. Others are the equipment's own. */
export const TID = item('TID', ['B'], 1, 'terminal number', { mainTerminal: 0 }, "the equipment's own");
/** Time of day. 12: YYMMDDhhmmss; 14 (R only): YYYYMMDDhhmmss; 16: YYYYMMDDhhmmsscc; or extended ISO 8601 form. */
export const TIME = item('TIME', ['A'], '0..32', 'time of day');
/** Time of an event. 12: YYMMDDhhmmss; 16: YYYYMMDDhhmmsscc; or extended ISO 8601 form. */
export const TIMESTAMP = item('TIMESTAMP', ['A'], '12..32', 'time of an event');
/** Samples in a trace; 0 ends it. */
export const TOTSMP = item('TOTSMP', ID, 'A:*,1', 'samples in a trace; 0 ends it');
/** Did the transfer request succeed. */
export const TRACK = item('TRACK', ['BOOLEAN'], 1, 'did the transfer request succeed', { yes: true, no: false });
/** Bytes of a transfer container. */
export const TRANSFERSIZE = item('TRANSFERSIZE', ['U8'], 1, 'bytes of a transfer container');
/** Atomic transfer of a transfer job. */
export const TRATOMICID = item('TRATOMICID', UNSIGNED, 1, 'atomic transfer of a transfer job');
/** Delete the trace when it ends. */
export const TRAUTOD = item('TRAUTOD', ['BOOLEAN'], 1, 'delete the trace when it ends', { yes: true });
/** Does the transfer start by itself. */
export const TRAUTOSTART = item('TRAUTOSTART', ['BOOLEAN'], 1, 'does the transfer start by itself', { yes: true });
/** Command to a transfer job. */
export const TRCMDNAME = item('TRCMDNAME', ['A'], '*', 'command to a transfer job', {
  cancel: 'CANCEL',
  pause: 'PAUSE',
  resume: 'RESUME',
  abort: 'ABORT',
  stop: 'STOP',
  startHandoff: 'STARTHANDOFF',
});
/** Direction of a transfer. */
export const TRDIR = item('TRDIR', ['U1'], 1, 'direction of a transfer', { send: 1, receive: 2 });
/** Trace. */
export const TRID = item('TRID', ID, 'A:*,1', 'trace');
/** Transfer job. */
export const TRJOBID = item('TRJOBID', ['B'], 1, 'transfer job');
/** Transfer job milestone. */
export const TRJOBMS = item('TRJOBMS', ['U1'], 1, 'transfer job milestone', { started: 1, completed: 2 });
/** Transfer job name. */
export const TRJOBNAME = item('TRJOBNAME', ['A'], '0..80', 'transfer job name');
/** Number both partners use for one transfer. */
export const TRLINK = item('TRLINK', UNSIGNED, 1, 'number both partners use for one transfer');
/** Place material goes to or comes from. */
export const TRLOCATION = item('TRLOCATION', UNSIGNED, 1, 'place material goes to or comes from');
/** Object to transfer. */
export const TROBJNAME = item('TROBJNAME', ['A'], '*', 'object to transfer');
/** Type of the object to transfer. */
export const TROBJTYPE = item('TROBJTYPE', UNSIGNED, 1, 'type of the object to transfer');
/** Port to transfer at. */
export const TRPORT = item('TRPORT', UNSIGNED, 1, 'port to transfer at');
/** Partner of a transfer. */
export const TRPTNR = item('TRPTNR', ['A'], '*', 'partner of a transfer');
/** Port of the partner. */
export const TRPTPORT = item('TRPTPORT', UNSIGNED, 1, 'port of the partner');
/** Recipe of a transfer. */
export const TRRCP = item('TRRCP', ['A'], '0..80', 'recipe of a transfer');
/** Role in a transfer. */
export const TRROLE = item('TRROLE', ['U1'], 1, 'role in a transfer', { primary: 1, secondary: 2 });
/** Trace period in seconds. */
export const TRSPER = item('TRSPER', ['F8', 'F4'], 1, 'trace period in seconds');
/** Does the equipment move the material. */
export const TRTYPE = item('TRTYPE', ['U1'], 1, 'does the equipment move the material', { active: 1, passive: 2 });
/** State of each input port. */
export const TSIP = item('TSIP', ['B'], '*', 'state of each input port', { idle: 1, preparing: 2, trackOn: 3, stuckInReceiver: 4 });
/** State of each output port. */
export const TSOP = item('TSOP', ['B'], '*', 'state of each output port', { idle: 1, preparing: 2, trackOn: 3, stuckInSender: 4, completing: 5 });
/** Time to completion, in seconds. */
export const TTC = item('TTC', INTEGER, 1, 'time to completion, in seconds');
/** Type of an E170 recipe. */
export const TYPEID = item('TYPEID', ['U1'], 1, 'type of an E170 recipe');
/** PDE, a UUID. */
export const UID = item('UID', ['A'], 36, 'PDE, a UUID');
/** Greatest value of a numeric parameter. */
export const ULIM = item('ULIM', ['F8', 'F4', 'U4', 'U1', 'U2', 'U8', 'I4', 'I1', 'I2', 'I8'], 1, 'greatest value of a numeric parameter');
/** Length of the unformatted process program. */
export const UNFLEN = item('UNFLEN', INTEGER, 1, 'length of the unformatted process program', { notAvailable: 0 }, 'a length');
/** Unit of a value, as E5 writes units. */
export const UNITS = item('UNITS', ['A'], '*', 'unit of a value, as E5 writes units');
/** Upper edge of a limit's deadband. */
export const UPPERDB = value('UPPERDB', LIMIT, 'A:*,1', "upper edge of a limit's deadband");
/** Variable value. */
export const V = value('V', VALUE, '*', 'variable value');
/** Version of an E170 recipe. */
export const VERID = item('VERID', ['A'], '*', 'version of an E170 recipe');
/** How deep a PDE check goes. */
export const VERIFYDEPTH = item('VERIFYDEPTH', ['U1'], 1, 'how deep a PDE check goes', { targetOnly: [0, 'the target alone'], all: [1, 'and all it refers to'] });
/** Result of a PDE check. */
export const VERIFYRSPSTAT = item('VERIFYRSPSTAT', ['U1'], 1, 'result of a PDE check', {
  ok: 0,
  invalidInputMap: 1,
  mapNotFound: 2,
  resolutionDenied: 3,
  referenceNotFound: [4, 'a PDE that is referred to was not found'],
  dateMismatch: [5, 'its date and time are others'],
  pdeNotFound: [6, 'PDE not found'],
  checksumWrong: 7,
  syntaxError: 8,
  contentError: 9,
  notForThisTarget: 10,
  outputParameterError: 11,
  notVerified: 12,
  other: 255,
});
/** Did every check succeed. */
export const VERIFYSUCCESS = item('VERIFYSUCCESS', ['BOOLEAN'], 1, 'did every check succeed', { yes: true });
/** What a PDE check looks at. */
export const VERIFYTYPE = item('VERIFYTYPE', ['U1'], 1, 'what a PDE check looks at', { checksum: 0, everything: 1 });
/** Variable. */
export const VID = item('VID', ID, 'A:*,1', 'variable');
/** Answer to limit attributes. */
export const VLAACK = item('VLAACK', ['B'], 1, 'answer to limit attributes', { ok: 0, wrongLimit: [1, 'a limit definition is wrong'], notNow: 2 });
/** Answer to WriteRecipe. */
export const WRACK = item('WRACK', ['U1'], 1, 'answer to WriteRecipe', { done: 0, full: 1, error: 2 });
/** Die width in DUTMS, or zero-length. */
export const XDIES = item('XDIES', ['F8', 'F4', 'U4', 'U1', 'U2', 'U8'], '0..1', 'die width in DUTMS, or zero-length');
/** Position of a die: x, y. One item with two values. */
export const XYPOS = item('XYPOS', ['I4', 'I1', 'I2', 'I8'], 2, 'position of a die: x, y');
/** Die height in DUTMS, or zero-length. */
export const YDIES = item('YDIES', ['F8', 'F4', 'U4', 'U1', 'U2', 'U8'], '0..1', 'die height in DUTMS, or zero-length');
