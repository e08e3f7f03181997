import { item, value } from '../nodes/make.js';
import { INTEGER, LIMIT, NAME_OR_NUMBER, UNSIGNED } from './formats.js';

/** Bytes of a program. */
export const LENGTH = item('LENGTH', INTEGER, 1, 'bytes of a program');
/** What is wrong with a limit. 0 from secsgem only. */
export const LIMITACK = item('LIMITACK', ['B'], 1, 'what is wrong with a limit', {
  ok: 0,
  noSuchLimitId: [1, 'no such LIMITID'],
  aboveLimitMax: [2, 'UPPERDB above LIMITMAX'],
  belowLimitMin: [3, 'LOWERDB below LIMITMIN'],
  upperBelowLower: [4, 'UPPERDB below LOWERDB'],
  badFormat: 5,
  notANumber: [6, 'text where a number is wanted'],
  alreadyDefined: 7,
});
/** Limit of a variable. */
export const LIMITID = item('LIMITID', ['B'], 1, 'limit of a variable');
/** Greatest limit allowed. */
export const LIMITMAX = value('LIMITMAX', LIMIT, 'A:*,1', 'greatest limit allowed');
/** Least limit allowed. */
export const LIMITMIN = value('LIMITMIN', LIMIT, 'A:*,1', 'least limit allowed');
/** Ties a later completion message to its request. */
export const LINKID = item('LINKID', ['U4'], 1, 'ties a later completion message to its request', { nothingMoreFollows: 0 }, 'a number');
/** Least value of a numeric parameter. */
export const LLIM = item('LLIM', ['F8', 'F4', 'U4', 'U1', 'U2', 'U8', 'I4', 'I1', 'I2', 'I8'], 1, 'least value of a numeric parameter');
/** Place of material in the equipment. */
export const LOC = item('LOC', ['B'], 1, 'place of material in the equipment');
/** Location of a carrier. */
export const LOCID = item('LOCID', ['A'], '*', 'location of a carrier');
/** Lower edge of a limit's deadband. */
export const LOWERDB = value('LOWERDB', LIMIT, 'A:*,1', "lower edge of a limit's deadband");
/** Answer to Link Event Report. */
export const LRACK = item('LRACK', ['B'], 1, 'answer to Link Event Report', {
  ok: 0,
  noSpace: 1,
  badFormat: 2,
  ceidAlreadyLinked: [3, 'a CEID is already linked'],
  unknownCeid: [4, 'an unknown CEID'],
  unknownRptid: [5, 'an unknown RPTID'],
});
/** What is wrong with a VID's limits. 0 from secsgem only. */
export const LVACK = item('LVACK', ['B'], 1, "what is wrong with a VID's limits", {
  ok: 0,
  unknownVid: [1, 'unknown VID'],
  noLimits: [2, 'it takes no limits'],
  repeated: [3, 'it came twice'],
  wrongLimit: [4, 'a limit is wrong, see LIMITACK'],
});
/** What is wrong with a map. */
export const MAPER = item('MAPER', ['B'], 1, 'what is wrong with a map', { idNotFound: [0, 'ID not found'], invalidData: 1, formatError: 2 });
/** Form of a map. */
export const MAPFT = item('MAPFT', ['B'], 1, 'form of a map', { rows: 0, array: 1, coordinates: 2 });
/** E171: most recipes kept. */
export const MAXNUMBER = item('MAXNUMBER', ['U2'], 1, 'E171: most recipes kept');
/** E171: longest time kept. */
export const MAXTIME = item('MAXTIME', ['U2'], 1, 'E171: longest time kept');
/** Number of a handoff micro command. */
export const MCINDEX = item('MCINDEX', UNSIGNED, 1, 'number of a handoff micro command');
/** Answer to map data. */
export const MDACK = item('MDACK', ['B'], 1, 'answer to map data', { received: 0, formatError: 1, noIdMatches: [2, 'no ID matches'], mapGivenUp: 3 });
/** Equipment model. 6 at most in older editions. */
export const MDLN = item('MDLN', ['A'], '0..20', 'equipment model');
/** Message that was awaited, as SxxFyy. */
export const MEXP = item('MEXP', ['A'], '0..6', 'message that was awaited, as SxxFyy');
/** Form of the material. A holds a name; B the codes. */
export const MF = item('MF', ['B', 'A'], 'B:1,*', 'form of the material', {
  wafer: 1,
  cassette: 2,
  die: 3,
  boat: 4,
  ingot: 5,
  leadframe: 6,
  lot: 7,
  magazine: 8,
  package: 9,
  plate: 10,
  tube: 11,
  waferFrame: 12,
  carrier: 13,
  substrate: 14,
});
/** Header of the message at fault. */
export const MHEAD = item('MHEAD', ['B'], 10, 'header of the message at fault');
/** Material name. 16 at most in older editions. */
export const MID = item('MID', ['A', 'B'], '0..80', 'material name');
/** Answer to a material ID. */
export const MIDAC = item('MIDAC', ['B'], 1, 'answer to a material ID', { ok: 0, badPort: 1, materialNotThere: 2 });
/** Answer to a material ID request. */
export const MIDRA = item('MIDRA', ['B'], 1, 'answer to a material ID request', { midIsHere: [0, 'MID is here'], thereIsNone: 1, comesInS3F13: [2, 'MID comes in S3F13'] });
/** Bytes of the map message to come. */
export const MLCL = item('MLCL', UNSIGNED, '0..1', 'bytes of the map message to come');
/** Material/process matrix mode. */
export const MMODE = item('MMODE', ['B'], 1, 'material/process matrix mode', { host: 1, local: 2, hostAtOnce: [3, 'host, at once'] });
/** Not-after-codes of a process command. One format for all its values; which command the word order refers to is not confirmed. */
export const NACDS = item('NACDS', ['U2', 'I2'], '*', 'not-after-codes of a process command');
/** Not-before-codes of a process command. One format for all its values; which command the word order refers to is not confirmed. */
export const NBCDS = item('NBCDS', ['U2', 'I2'], '*', 'not-before-codes of a process command');
/** Bin code for no die. */
export const NULBC = item('NULBC', ['U1', 'A'], 'A:*,1', 'bin code for no die');
/** Answer to an object service. */
export const OBJACK = item('OBJACK', ['U1'], 1, 'answer to an object service', { ok: 0, error: 1 });
/** Action on an attached object. */
export const OBJCMD = item('OBJCMD', ['U1'], 1, 'action on an attached object', { attach: 1, detach: 2, reattach: 3, setAttributes: 4 });
/** Object name. */
export const OBJID = item('OBJID', NAME_OR_NUMBER, 'A:1..80,1', 'object name');
/** Object specifier, a path of type:id pairs. May be zero-length, then the equipment or its default is meant. */
export const OBJSPEC = item('OBJSPEC', ['A'], '*', 'object specifier, a path of type:id pairs');
/** Token that proves ownership of an object. */
export const OBJTOKEN = item('OBJTOKEN', ['U4'], 1, 'token that proves ownership of an object');
/** Object type. Examples: ControlJob, ProcessJob, Carrier, Substrate. */
export const OBJTYPE = item('OBJTYPE', NAME_OR_NUMBER, 'A:1..40,1', 'object type');
/** Answer to OpenConnectionEvent. */
export const OCEACK = item('OCEACK', ['U1'], 1, 'answer to OpenConnectionEvent', { done: 0, allowed: 1, notAllowed: 2, error: 3 });
/** Answer to going off-line. */
export const OFLACK = item('OFLACK', ['B'], 1, 'answer to going off-line', { ok: 0 }, 'refused');
/** Answer to going on-line. */
export const ONLACK = item('ONLACK', ['B'], 1, 'answer to going on-line', { accepted: 0, notAllowed: 1, alreadyOnLine: [2, 'already on-line'] });
/** Operation (session) of E170. */
export const OPEID = item('OPEID', ['A'], '0..16', 'operation (session) of E170');
/** Kind of operation of E170. */
export const OPETYPE = item('OPETYPE', ['U1'], 1, 'kind of operation of E170');
/** Operation number the requester chooses. */
export const OPID = item('OPID', UNSIGNED, 1, 'operation number the requester chooses');
/** Where the map's origin is. */
export const ORLOC = item('ORLOC', ['B'], '0..1', "where the map's origin is", { centreDie: 0, upperRight: 1, upperLeft: 2, lowerLeft: 3, lowerRight: 4 });
/** Port where reticles go out. */
export const OUTPTN = item('OUTPTN', ['U1', 'B'], 1, 'port where reticles go out');
