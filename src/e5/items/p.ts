import { item, value } from '../nodes/make.js';
import { ID, INTEGER, NAME_OR_NUMBER, SETTING, UNSIGNED } from './formats.js';

/** Port or port group parameter. Example: ServiceStatus. */
export const PARAMNAME = item('PARAMNAME', ['A'], '*', 'port or port group parameter');
/** Value of a port or port group parameter. Values are those of ServiceStatus. */
export const PARAMVAL = item('PARAMVAL', ['U1', 'A'], 'U1:1,*', 'value of a port or port group parameter', { outOfService: 0, inService: 1 });
/** Attribute of a process definition element. */
export const PDEATTRIBUTE = item(
  'PDEATTRIBUTE',
  ['U1'],
  1,
  'attribute of a process definition element',
  {
    elementName: [1, 'name'],
    gid: 2,
    groupName: 3,
    description: 4,
    elementType: [5, 'type'],
    executable: 6,
    maxAntecedents: 7,
    createDate: 8,
    createNode: 9,
    author: 10,
    userInfo: 11,
    supplierInfo: 12,
    checksum: 13,
  },
  'not known',
);
/** Attribute of a process definition element. */
export const PDEATTRIBUTENAME = item(
  'PDEATTRIBUTENAME',
  ['U1'],
  1,
  'attribute of a process definition element',
  {
    elementName: [1, 'name'],
    gid: 2,
    groupName: 3,
    description: 4,
    elementType: [5, 'type'],
    executable: 6,
    maxAntecedents: 7,
    createDate: 8,
    createNode: 9,
    author: 10,
    userInfo: 11,
    supplierInfo: 12,
    checksum: 13,
  },
  'not known',
);
/** Value of a PDE attribute. */
export const PDEATTRIBUTEVALUE = value('PDEATTRIBUTEVALUE', ['A', 'BOOLEAN', 'U1', 'L'], '*', 'value of a PDE attribute');
/** Reference to a PDE, a UUID. */
export const PDEREF = item('PDEREF', ['A'], 36, 'reference to a PDE, a UUID');
/** Default of a process parameter. */
export const PDFLT = value('PDFLT', SETTING, 'A:*,B:*,1', 'default of a process parameter');
/** Answer to the Pre-Exe Check event. */
export const PECEACK = item('PECEACK', ['U1'], 1, 'answer to the Pre-Exe Check event', { done: 0, error: 1 });
/** Result of a pre-execution check. */
export const PECRSLT = item('PECRSLT', ['U1'], 1, 'result of a pre-execution check', { passed: 0, failed: 1 });
/** Predefined form code. */
export const PFCD = item('PFCD', ['B'], 1, 'predefined form code');
/** Action on a port group. */
export const PGRPACTION = item('PGRPACTION', ['A'], '*', 'action on a port group');
/** Longest text or most values of a process parameter. */
export const PMAX = item('PMAX', INTEGER, 1, 'longest text or most values of a process parameter');
/** Name of a process parameter. */
export const PNAME = item('PNAME', ['A'], '0..16', 'name of a process parameter');
/** Pod (reticle carrier) name. */
export const PODID = item('PODID', NAME_OR_NUMBER, 'A:1..80,1', 'pod (reticle carrier) name');
/** Action on a port. */
export const PORTACTION = item('PORTACTION', ['A'], '*', 'action on a port', {
  changeServiceStatus: 'ChangeServiceStatus',
  reserveAtPort: 'ReserveAtPort',
  cancelReservationAtPort: 'CancelReservationAtPort',
});
/** Port group name. */
export const PORTGRPNAME = item('PORTGRPNAME', ['A'], '*', 'port group name');
/** Parameter of a process command. Numeric ones may hold several values. */
export const PPARM = value('PPARM', SETTING, '*', 'parameter of a process command');
/** Process program as the equipment keeps it. */
export const PPBODY = value('PPBODY', ['A', 'B', 'U4', 'U1', 'U2', 'U8', 'I4', 'I1', 'I2', 'I8'], '*', 'process program as the equipment keeps it');
/** May the process program come. 6 from H only. */
export const PPGNT = item('PPGNT', ['B'], 1, 'may the process program come', {
  ok: 0,
  alreadyThere: 1,
  noSpace: 2,
  badPpid: [3, 'bad PPID'],
  busy: [4, 'busy, try again'],
  willNotBeAccepted: 5,
  otherError: 6,
});
/** Process program name. 80, before that 16, at most in older editions. */
export const PPID = item('PPID', ['A', 'B'], '0..120', 'process program name');
/** Order in which a map runs. */
export const PRAXI = item('PRAXI', ['B'], '0..1', 'order in which a map runs', {
  rowsFromTop: [0, 'rows from the top, columns rising'],
  rowsFromTopColumnsFalling: [1, 'rows from the top, columns falling'],
  rowsFromBottom: [2, 'rows from the bottom, columns rising'],
  rowsFromBottomColumnsFalling: [3, 'rows from the bottom, columns falling'],
  columnsFromLeft: [4, 'columns from the left, rows rising'],
  columnsFromLeftRowsFalling: [5, 'columns from the left, rows falling'],
  columnsFromRight: [6, 'columns from the right, rows rising'],
  columnsFromRightRowsFalling: [7, 'columns from the right, rows falling'],
});
/** Command to a process job (E40). */
export const PRCMDNAME = item('PRCMDNAME', ['A'], '*', 'command to a process job (E40)', {
  start: 'START',
  stop: 'STOP',
  pause: 'PAUSE',
  resume: 'RESUME',
  abort: 'ABORT',
  cancel: 'CANCEL',
});
/** E171 switch: check before execution. Which of 0 and 1 is on is an assumption. */
export const PRCPREEXECHK = item('PRCPREEXECHK', ['U1'], 1, 'E171 switch: check before execution', { off: 0, on: 1 });
/** Dice to process. */
export const PRDCT = item('PRDCT', UNSIGNED, '0..1', 'dice to process');
/** Answer to PostRecipe. */
export const PREACK = item('PREACK', ['U1'], 1, 'answer to PostRecipe', { done: 0, error: 1 });
/** Process job event. */
export const PREVENTID = item('PREVENTID', UNSIGNED, 1, 'process job event', { waitingForMaterial: 1, jobStateChanged: 2 });
/** Process job name. */
export const PRJOBID = item('PRJOBID', ['A'], '1..80', 'process job name');
/** Process job milestone. */
export const PRJOBMILESTONE = item('PRJOBMILESTONE', UNSIGNED, 1, 'process job milestone', {
  setUp: [1, 'set-up'],
  processing: 2,
  processingDone: 3,
  jobDone: 4,
  waitingForStart: 5,
});
/** Process jobs that can still be created. */
export const PRJOBSPACE = item('PRJOBSPACE', ['U2'], 1, 'process jobs that can still be created');
/** Order in which material is processed. */
export const PRMTRLORDER = item('PRMTRLORDER', ['U1'], 1, 'order in which material is processed', { byArrival: 1, asSuitsThroughput: 2, asListed: 3 });
/** Event at which a process job is to pause. Format as CEID. */
export const PRPAUSEEVENTID = item('PRPAUSEEVENTID', ID, 'A:*,1', 'event at which a process job is to pause');
/** Does the job start by itself. */
export const PRPROCESSSTART = item('PRPROCESSSTART', ['BOOLEAN'], 1, 'does the job start by itself', { automatic: true, waits: [false, 'waits for the user or host'] });
/** Use of recipe variables. */
export const PRRECIPEMETHOD = item('PRRECIPEMETHOD', ['U1'], 1, 'use of recipe variables', { recipeOnly: [1, 'recipe alone'], tunedVariables: [2, 'with tuned variables'] });
/** Process job state. */
export const PRSTATE = item('PRSTATE', ['U1'], 1, 'process job state', {
  queued: 0,
  settingUp: 1,
  waitingForStart: 2,
  processing: 3,
  processComplete: 4,
  pausing: 6,
  paused: 7,
  stopping: 8,
  aborting: 9,
  stopped: 10,
  aborted: 11,
});
/** Answer to PreSpecifyRecipe. */
export const PSRACK = item('PSRACK', ['U1'], 1, 'answer to PreSpecifyRecipe', { done: 0, error: 1 });
/** Answer to the PreSpecifyRecipe event. */
export const PSREACK = item('PSREACK', ['U1'], 1, 'answer to the PreSpecifyRecipe event', { done: 0, error: 1 });
/** Port number. Zero-length where no port is meant. */
export const PTN = item('PTN', ['U1', 'B'], '0..1', 'port number');
