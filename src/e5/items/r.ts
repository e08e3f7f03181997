import { item, value } from '../nodes/make.js';
import { ANYTHING, ID, INTEGER, NAME_OR_NUMBER, SETTING, UNSIGNED } from './formats.js';

/** Answer to QueryPJRecipeXIDList. */
export const QPRKEACK = item('QPRKEACK', ['U1'], 1, 'answer to QueryPJRecipeXIDList', { done: 0, error: 1 });
/** Answer to QueryRecipe. */
export const QREACK = item('QREACK', ['U1'], 1, 'answer to QueryRecipe', { done: 0, error: 1 });
/** Answer to QueryRecipeXIDList. */
export const QRXLEACK = item('QRXLEACK', ['U1'], 1, 'answer to QueryRecipeXIDList', { done: 0, error: 1 });
/** Quantity of material. */
export const QUA = item('QUA', ['B'], 1, 'quantity of material');
/** Answer to a reset. */
export const RAC = item('RAC', ['U1', 'I1'], 1, 'answer to a reset', { ok: 0, denied: 1 });
/** Remote command. GEM names: START, STOP, PAUSE, RESUME, ABORT, PP-SELECT, LOCAL, REMOTE; no spaces in a name. */
export const RCMD = item('RCMD', ['A', 'U1', 'I1'], 'A:1..20,1', 'remote command');
/** Value of a recipe attribute. */
export const RCPATTRDATA = value('RCPATTRDATA', ANYTHING, '*', 'value of a recipe attribute');
/** Name of a recipe attribute. */
export const RCPATTRID = item('RCPATTRID', ['A'], '*', 'name of a recipe attribute');
/** Recipe body. */
export const RCPBODY = value('RCPBODY', ['A', 'B', 'U4', 'U1', 'U2', 'U8', 'I4', 'I1', 'I2', 'I8'], '*', 'recipe body');
/** Recipe body, which may be a structure. */
export const RCPBODYA = value('RCPBODYA', ANYTHING, '*', 'recipe body, which may be a structure');
/** Recipe class. */
export const RCPCLASS = item('RCPCLASS', ['A'], '*', 'recipe class');
/** Action on recipes. 15 and 16 from one source. */
export const RCPCMD = item('RCPCMD', ['U1'], 1, 'action on recipes', {
  delete: 5,
  unprotect: 8,
  protect: 9,
  verify: 10,
  link: 11,
  unlink: 12,
  certify: 13,
  deCertify: [14, 'de-certify'],
  download: 15,
  upload: 16,
});
/** Delete or only deselect. */
export const RCPDEL = item('RCPDEL', ['U1'], 1, 'delete or only deselect', { delete: 0, deselect: 1 });
/** Bytes of a recipe part. */
export const RCPDESCLTH = item('RCPDESCLTH', UNSIGNED, 1, 'bytes of a recipe part');
/** Part a recipe descriptor is of. */
export const RCPDESCNM = item('RCPDESCNM', ['A'], '*', 'part a recipe descriptor is of', { asDesc: 'ASDesc', bodyDesc: 'BodyDesc', genDesc: 'GenDesc' });
/** Time of a recipe part's last change. */
export const RCPDESCTIME = item('RCPDESCTIME', ['A'], 16, "time of a recipe part's last change");
/** Recipe name. */
export const RCPID = item('RCPID', ['A'], '*', 'recipe name');
/** Name part of a recipe identifier. */
export const RCPNAME = item('RCPNAME', ['A'], '*', 'name part of a recipe identifier');
/** New recipe name. */
export const RCPNEWID = item('RCPNEWID', ['A'], '*', 'new recipe name');
/** Overwrite the recipe if it is there. */
export const RCPOWCODE = item('RCPOWCODE', ['BOOLEAN'], 1, 'overwrite the recipe if it is there', { overwrite: true });
/** Recipe variable. */
export const RCPPARNM = item('RCPPARNM', ['A'], '0..256', 'recipe variable');
/** Limits on a recipe variable. */
export const RCPPARRULE = item('RCPPARRULE', ['A'], '0..80', 'limits on a recipe variable');
/** Value of a recipe variable. E40 profiles let it be L as well; accept any item when receiving. */
export const RCPPARVAL = value('RCPPARVAL', SETTING, '*', 'value of a recipe variable');
/** Rename or copy. */
export const RCPRENAME = item('RCPRENAME', ['BOOLEAN'], 1, 'rename or copy', { rename: true, copy: false });
/** Which recipe sections are meant. Bit values that add up. */
export const RCPSECCODE = item(
  'RCPSECCODE',
  ['B'],
  1,
  'which recipe sections are meant',
  { genericAttributes: 1, genericBody: 2, genericAttributesAndBody: 3, allAgentDataSets: 4, everything: 7, oneAgentDataSet: 8 },
  'sums of these',
);
/** Name of a recipe section. */
export const RCPSECNM = item('RCPSECNM', ['A'], '*', 'name of a recipe section', { generic: 'Generic', body: 'Body', asds: 'ASDS' });
/** Object specifier of a recipe. */
export const RCPSPEC = item('RCPSPEC', ['A'], '*', 'object specifier of a recipe');
/** Recipe status. */
export const RCPSTAT = item('RCPSTAT', ['U1'], 1, 'recipe status', { doesNotExist: 0, unprotected: 8, protected: 9 });
/** Update or create. */
export const RCPUPDT = item('RCPUPDT', ['BOOLEAN'], 1, 'update or create', { update: true, create: false });
/** Recipe version. */
export const RCPVERS = item('RCPVERS', ['A'], '*', 'recipe version');
/** Most bytes to read. */
export const READLN = item('READLN', INTEGER, 1, 'most bytes to read');
/** Recipe number of an E170 recipe. Written in mixed case in the source. */
export const RecID = item('RecID', ['A'], '*', 'recipe number of an E170 recipe');
/** Bytes of a record. */
export const RECLEN = item('RECLEN', INTEGER, 1, 'bytes of a record');
/** Reference point as x and y. One item with two values. */
export const REFP = item('REFP', ['I4', 'I1', 'I2', 'I8'], 2, 'reference point as x and y');
/** Samples in one trace message. */
export const REPGSZ = item('REPGSZ', ID, 'A:*,1', 'samples in one trace message');
/** Code of a numeric parameter's resolution. Values not found. */
export const RESC = item('RESC', ['U1', 'I1'], 1, "code of a numeric parameter's resolution");
/** PDE a reference resolves to, a UUID. */
export const RESOLUTION = item('RESOLUTION', ['A'], 36, 'PDE a reference resolves to, a UUID');
/** Answer to a PDE resolution. */
export const RESPDESTAT = item('RESPDESTAT', ['U1'], 1, 'answer to a PDE resolution', {
  ok: 0,
  invalidInputMap: 1,
  mapNotFound: 2,
  denied: 3,
  referenceNotFound: [4, 'a PDE that is referred to was not found'],
  pdeNotFound: [5, 'PDE not found'],
  dateMismatch: [6, 'its date and time are others'],
  other: 255,
});
/** Object specifier of a recipe executor. */
export const RESPEC = item('RESPEC', ['A'], '*', 'object specifier of a recipe executor');
/** Value of a numeric parameter's resolution. */
export const RESV = item('RESV', ['F8', 'F4', 'U4', 'U1', 'U2', 'U8', 'I4', 'I1', 'I2', 'I8'], 1, "value of a numeric parameter's resolution");
/** E170 switch: keep recipes. */
export const RETAINRECIPE_DISABLE = item('RETAINRECIPE_DISABLE', ['U1'], 1, 'E170 switch: keep recipes', { notDisabled: 0, disabled: 1 });
/** Reticle name. */
export const RETICLEID = item('RETICLEID', NAME_OR_NUMBER, 'A:1..80,1', 'reticle name');
/** What to do with a slot to fill. */
export const RETPLACEINSTR = item('RETPLACEINSTR', ['U1'], 1, 'what to do with a slot to fill', { place: 0, skip: 1, isOccupied: 2 });
/** What to do with a slot to empty. */
export const RETREMOVEINSTR = item('RETREMOVEINSTR', ['U1'], 1, 'what to do with a slot to empty', { remove: 0, skip: 1 });
/** Revision of an E170 recipe. */
export const REVID = item('REVID', ['A'], '0..256', 'revision of an E170 recipe');
/** Kind of reset. 2 and above are the equipment's own. */
export const RIC = item('RIC', ['U1', 'I1'], 1, 'kind of reset', { notUsed: 0, asAtPowerUp: [1, 'as at power-up'] }, "the equipment's own");
/** Answer to a recipe request. */
export const RMACK = item('RMACK', ['U1'], 1, 'answer to a recipe request', {
  done: 0,
  notDone: [1, 'cannot be done'],
  doneWithErrors: 2,
  later: [3, 'done later'],
  noSuchRequest: 4,
});
/** What happened to a recipe. Values after 7 cut off in the source. */
export const RMCHGSTAT = item(
  'RMCHGSTAT',
  UNSIGNED,
  1,
  'what happened to a recipe',
  { nothing: 0, created: 1, updated: 2, storedAsNew: 3, replaced: 4, deleted: 5, copied: 6, renamed: 7 },
  'not known',
);
/** Change asked of a recipe. */
export const RMCHGTYPE = item('RMCHGTYPE', UNSIGNED, 1, 'change asked of a recipe', {
  none: 0,
  create: 1,
  update: 2,
  delete: 5,
  copy: 6,
  rename: 7,
  unprotect: 8,
  protect: 9,
  verify: 10,
  link: 11,
  unlink: 12,
  certify: 13,
  deCertify: [14, 'de-certify'],
  genericAttributes: 15,
  agentAttributes: 16,
});
/** Bytes of the recipe message to come. */
export const RMDATASIZE = item('RMDATASIZE', UNSIGNED, 1, 'bytes of the recipe message to come');
/** May the recipe message come. */
export const RMGRNT = item('RMGRNT', ['B'], 1, 'may the recipe message come', { granted: 0, notNow: 1, noSpace: 2, onHold: [3, 'on hold, will be asked for'] });
/** New recipe namespace. */
export const RMNEWNS = item('RMNEWNS', ['A'], '*', 'new recipe namespace');
/** Action on a recipe namespace. */
export const RMNSCMD = item('RMNSCMD', ['U1'], 1, 'action on a recipe namespace', { create: 1, delete: 5 });
/** Object specifier of a recipe namespace. */
export const RMNSSPEC = item('RMNSSPEC', ['A'], '*', 'object specifier of a recipe namespace');
/** Object specifier of a namespace recorder. */
export const RMRECSPEC = item('RMRECSPEC', ['A'], '*', 'object specifier of a namespace recorder');
/** Did the asker start the change. */
export const RMREQUESTOR = item('RMREQUESTOR', ['BOOLEAN'], 1, 'did the asker start the change');
/** Object specifier of a namespace segment. */
export const RMSEGSPEC = item('RMSEGSPEC', ['A'], '*', 'object specifier of a namespace segment');
/** Bytes free for recipes. */
export const RMSPACE = item('RMSPACE', UNSIGNED, 1, 'bytes free for recipes');
/** Password for the recipe server. */
export const RMSPWD = item('RMSPWD', ['A'], '0..64', 'password for the recipe server');
/** User of the recipe server. */
export const RMSUSERID = item('RMSUSERID', ['A'], '0..64', 'user of the recipe server');
/** Rows of a die map. */
export const ROWCT = item('ROWCT', UNSIGNED, '0..1', 'rows of a die map');
/** Answer to a reticle transfer job. */
export const RPMACK = item('RPMACK', ['U1'], 1, 'answer to a reticle transfer job', {
  done: 0,
  noSuchService: 1,
  notNow: 2,
  noSuchParameter: 3,
  later: [4, 'done later'],
  failed: 5,
  noSuchObject: 6,
});
/** Which reference point is used. */
export const RPSEL = item('RPSEL', ['U1'], '0..1', 'which reference point is used');
/** Report. */
export const RPTID = item('RPTID', ID, 'A:*,1', 'report');
/** Report only values that changed. */
export const RPTOC = item('RPTOC', ['BOOLEAN'], 1, 'report only values that changed', { onlyChanges: true });
/** Must the process command occur. */
export const RQCMD = item('RQCMD', ['BOOLEAN'], 1, 'must the process command occur', { yes: true });
/** Must the process parameter be given. */
export const RQPAR = item('RQPAR', ['BOOLEAN'], 1, 'must the process parameter be given', { yes: true });
/** Answer to a request to receive. */
export const RRACK = item('RRACK', ['B'], 1, 'answer to a request to receive', {
  ok: 0,
  badPort: 1,
  noMaterialAtPort: [2, 'no material at the port'],
  busy: 3,
  senderMayNot: [4, 'the sender may not'],
});
/** Answer to ReadRecipe. */
export const RRACK_S20 = item('RRACK_S20', ['U1'], 1, 'answer to ReadRecipe', { done: 0, error: 1 });
/** Answer to ready to send. */
export const RSACK = item('RSACK', ['B'], 1, 'answer to ready to send', { ok: 0, badPort: 1, portOccupied: 2, busy: 3, receiverMayNot: [4, 'the receiver may not'] });
/** Answer to a request for spooled data. */
export const RSDA = item('RSDA', ['B'], 1, 'answer to a request for spooled data', { ok: 0, busy: [1, 'busy, try again'], nothingSpooled: [2, 'nothing is spooled'] });
/** What to do with spooled data. */
export const RSDC = item('RSDC', ['U1'], 1, 'what to do with spooled data', { send: 0, purge: [1, 'throw away'] });
/** Start of a row: x, y, direction. One item with three values. */
export const RSINF = item('RSINF', ['I4', 'I1', 'I2', 'I8'], 3, 'start of a row: x, y, direction');
/** Answer to Reset Spooling. */
export const RSPACK = item('RSPACK', ['B'], 1, 'answer to Reset Spooling', { ok: 0, rejected: [1, 'rejected, see the list'] });
/** Answer to a request to send a PDE. */
export const RTSRSPSTAT = item('RTSRSPSTAT', ['U1'], 1, 'answer to a request to send a PDE', {
  ok: 0,
  notEnoughResources: 1,
  containerTooLarge: 2,
  noStorageSpace: 3,
  other: 255,
});
/** Kind of data set. */
export const RTYPE = item('RTYPE', INTEGER, 1, 'kind of data set', { stream: 0, discreteRecords: 1 });
