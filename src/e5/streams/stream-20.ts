// Stream 20: recipes of a tool, by operation (E170, E171).
import {
  ASSGNID,
  AUTOCLEAR_DISABLE,
  AUTOCLOSE,
  AUTOPOST_DISABLE,
  CCEACK,
  CHKINFO,
  COACK,
  COPYID,
  DRRACK,
  EQID,
  EQUSERID,
  GOILACK,
  GRXLACK,
  MAXNUMBER,
  MAXTIME,
  OBJID,
  OBJTYPE,
  OCEACK,
  OPEID,
  OPETYPE,
  PECEACK,
  PECRSLT,
  PRCPREEXECHK,
  PREACK,
  PRJOBID,
  PSRACK,
  PSREACK,
  QPRKEACK,
  QREACK,
  QRXLEACK,
  RCPBODYA,
  RecID,
  RETAINRECIPE_DISABLE,
  REVID,
  RMSPWD,
  RMSUSERID,
  RRACK_S20,
  SPAACK,
  SSAACK,
  TIMESTAMP,
  TYPEID,
  VERID,
  WRACK,
} from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 20 without an answer; not to be answered. */
export const S20F0 = message('S20F0', 'Abort Transaction', { direction: 'both' });

/** SetSRO Attributes Request: host to equipment, answered by S20F2. */
export const S20F1 = message('S20F1', 'SetSRO Attributes Request', {
  direction: 'H->E',
  reply: () => S20F2,
  isMultiBlock: true,
  body: list({
    objId: OBJID,
    objType: OBJTYPE,
    autoPostDisable: AUTOPOST_DISABLE,
    autoClearDisable: AUTOCLEAR_DISABLE,
    retainRecipeDisable: RETAINRECIPE_DISABLE,
    autoClose: AUTOCLOSE,
  }),
  sources: 1,
});

/** SetSRO Attributes Acknowledge: equipment to host. */
export const S20F2 = message('S20F2', 'SetSRO Attributes Acknowledge', { direction: 'E->H', body: { ssaack: SSAACK }, sources: 1 });

/** GetOperationIDList Request: host to equipment, answered by S20F4. */
export const S20F3 = message('S20F3', 'GetOperationIDList Request', {
  direction: 'H->E',
  reply: () => S20F4,
  isMultiBlock: true,
  body: list({ objId: OBJID, objType: OBJTYPE, opeType: OPETYPE }),
  sources: 1,
});

/** GetOperationIDList Acknowledge: equipment to host. */
export const S20F4 = message('S20F4', 'GetOperationIDList Acknowledge', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({ opeids: listOf(OPEID), goilack: GOILACK }),
  sources: 1,
});

/** OpenConnectionEvent Send: equipment to host, answered by S20F6. */
export const S20F5 = message('S20F5', 'OpenConnectionEvent Send', {
  direction: 'E->H',
  reply: () => S20F6,
  isMultiBlock: true,
  body: list({ objId: OBJID, objType: OBJTYPE, opeType: OPETYPE, rmsUserId: RMSUSERID, rmsPwd: RMSPWD, eqUserId: EQUSERID, opeid: OPEID }),
  sources: 1,
});

/** OpenConnectionEvent Acknowledge: host to equipment. */
export const S20F6 = message('S20F6', 'OpenConnectionEvent Acknowledge', { direction: 'H->E', body: list({ opeid: OPEID, oceack: OCEACK }), sources: 1 });

/** CloseConnectionEvent Send: equipment to host, answered by S20F8. */
export const S20F7 = message('S20F7', 'CloseConnectionEvent Send', {
  direction: 'E->H',
  reply: () => S20F8,
  isMultiBlock: true,
  body: list({ objId: OBJID, objType: OBJTYPE, opeType: OPETYPE, opeid: OPEID }),
  sources: 1,
});

/** CloseConnectionEvent Acknowledge: host to equipment. */
export const S20F8 = message('S20F8', 'CloseConnectionEvent Acknowledge', { direction: 'H->E', body: list({ opeid: OPEID, cceack: CCEACK }), sources: 1 });

/** ClearOperation Request: host to equipment, answered by S20F10. */
export const S20F9 = message('S20F9', 'ClearOperation Request', {
  direction: 'H->E',
  reply: () => S20F10,
  isMultiBlock: true,
  body: list({ objId: OBJID, objType: OBJTYPE, opeType: OPETYPE, opeid: OPEID }),
  sources: 1,
});

/** ClearOperation Acknowledge: equipment to host. */
export const S20F10 = message('S20F10', 'ClearOperation Acknowledge', { direction: 'E->H', body: { coack: COACK }, sources: 1 });

/** GetRecipeXIDList Request: host to equipment, answered by S20F12. */
export const S20F11 = message('S20F11', 'GetRecipeXIDList Request', {
  direction: 'H->E',
  reply: () => S20F12,
  isMultiBlock: true,
  body: list({ objId: OBJID, objType: OBJTYPE, opeType: OPETYPE, opeid: OPEID }),
  sources: 1,
});

/** GetRecipeXIDList Acknowledge: equipment to host. */
export const S20F12 = message('S20F12', 'GetRecipeXIDList Acknowledge', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({
    recipes: listOf(list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID })),
    grxlack: GRXLACK,
  }),
  sources: 1,
});

/** DeleteRecipe Request: host to equipment, answered by S20F14. */
export const S20F13 = message('S20F13', 'DeleteRecipe Request', {
  direction: 'H->E',
  reply: () => S20F14,
  isMultiBlock: true,
  body: list({
    objId: OBJID,
    objType: OBJTYPE,
    opeType: OPETYPE,
    opeid: OPEID,
    recipe: list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID }),
  }),
  sources: 1,
});

/** DeleteRecipe Acknowledge: equipment to host. */
export const S20F14 = message('S20F14', 'DeleteRecipe Acknowledge', { direction: 'E->H', body: { drrack: DRRACK }, sources: 1 });

/** WriteRecipe Request: host to equipment, answered by S20F16. */
export const S20F15 = message('S20F15', 'WriteRecipe Request', {
  direction: 'H->E',
  reply: () => S20F16,
  isMultiBlock: true,
  body: list({
    objId: OBJID,
    objType: OBJTYPE,
    opeType: OPETYPE,
    opeid: OPEID,
    recipes: listOf(
      list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID, rcpBodyA: RCPBODYA }),
    ),
  }),
  sources: 1,
});

/** WriteRecipe Acknowledge: equipment to host. */
export const S20F16 = message('S20F16', 'WriteRecipe Acknowledge', { direction: 'E->H', body: { wrack: WRACK }, sources: 1 });

/** ReadRecipe Request: host to equipment, answered by S20F18. */
export const S20F17 = message('S20F17', 'ReadRecipe Request', {
  direction: 'H->E',
  reply: () => S20F18,
  isMultiBlock: true,
  body: list({
    objId: OBJID,
    objType: OBJTYPE,
    opeType: OPETYPE,
    opeid: OPEID,
    recipes: listOf(list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID })),
  }),
  sources: 1,
});

/** ReadRecipe Acknowledge: equipment to host. */
export const S20F18 = message('S20F18', 'ReadRecipe Acknowledge', {
  direction: 'E->H',
  isMultiBlock: true,
  body: list({
    recipes: listOf(
      list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID, rcpBodyA: RCPBODYA }),
    ),
    rrackS20: RRACK_S20,
  }),
  sources: 1,
});

/** QueryRecipeXIDList Event Send: equipment to host, answered by S20F20. */
export const S20F19 = message('S20F19', 'QueryRecipeXIDList Event Send', {
  direction: 'E->H',
  reply: () => S20F20,
  isMultiBlock: true,
  body: list({ objId: OBJID, objType: OBJTYPE, opeType: OPETYPE, opeid: OPEID }),
  sources: 1,
});

/** QueryRecipeXIDList Event Acknowledge: host to equipment. */
export const S20F20 = message('S20F20', 'QueryRecipeXIDList Event Acknowledge', {
  direction: 'H->E',
  isMultiBlock: true,
  body: list({
    opeid: OPEID,
    recipes: listOf(list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID })),
    qrxleack: QRXLEACK,
  }),
  sources: 1,
});

/** QueryRecipe Event Send: equipment to host, answered by S20F22. */
export const S20F21 = message('S20F21', 'QueryRecipe Event Send', {
  direction: 'E->H',
  reply: () => S20F22,
  isMultiBlock: true,
  body: list({
    objId: OBJID,
    objType: OBJTYPE,
    opeType: OPETYPE,
    opeid: OPEID,
    recipes: listOf(list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID })),
  }),
  sources: 1,
});

/** QueryRecipe Event Acknowledge: host to equipment. */
export const S20F22 = message('S20F22', 'QueryRecipe Event Acknowledge', { direction: 'H->E', body: { qreack: QREACK }, sources: 1 });

/** PostRecipe Event Send: equipment to host, answered by S20F24. */
export const S20F23 = message('S20F23', 'PostRecipe Event Send', {
  direction: 'E->H',
  reply: () => S20F24,
  isMultiBlock: true,
  body: list({
    objId: OBJID,
    objType: OBJTYPE,
    opeType: OPETYPE,
    opeid: OPEID,
    recipes: listOf(
      list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID, rcpBodyA: RCPBODYA }),
    ),
  }),
  sources: 1,
});

/** PostRecipe Event Acknowledge: host to equipment. */
export const S20F24 = message('S20F24', 'PostRecipe Event Acknowledge', { direction: 'H->E', body: { preack: PREACK }, sources: 1 });

/** SetPRC Attributes Request: host to equipment, answered by S20F26. */
export const S20F25 = message('S20F25', 'SetPRC Attributes Request', {
  direction: 'H->E',
  reply: () => S20F26,
  isMultiBlock: true,
  body: list({ objId: OBJID, objType: OBJTYPE, maxNumbers: listOf(MAXNUMBER), maxTime: MAXTIME, prcPreExeChk: PRCPREEXECHK }),
  sources: 1,
});

/** SetPRC Attributes Acknowledge: equipment to host. */
export const S20F26 = message('S20F26', 'SetPRC Attributes Acknowledge', { direction: 'E->H', body: { spaack: SPAACK }, sources: 1 });

/** PreSpecifyRecipe Request: host to equipment, answered by S20F28. */
export const S20F27 = message('S20F27', 'PreSpecifyRecipe Request', {
  direction: 'H->E',
  reply: () => S20F28,
  isMultiBlock: true,
  body: list({
    objId: OBJID,
    objType: OBJTYPE,
    opeType: OPETYPE,
    opeid: OPEID,
    prJobId: PRJOBID,
    recipes: listOf(list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID })),
  }),
  sources: 1,
});

/** PreSpecifyRecipe Acknowledge: equipment to host. */
export const S20F28 = message('S20F28', 'PreSpecifyRecipe Acknowledge', { direction: 'E->H', body: { psrack: PSRACK }, sources: 1 });

/** QueryPJRecipeXIDList Event Send: equipment to host, answered by S20F30. */
export const S20F29 = message('S20F29', 'QueryPJRecipeXIDList Event Send', {
  direction: 'E->H',
  reply: () => S20F30,
  isMultiBlock: true,
  body: list({ objId: OBJID, objType: OBJTYPE, opeType: OPETYPE, opeid: OPEID, prJobId: PRJOBID }),
  sources: 1,
});

/** QueryPJRecipeXIDList Event Acknowledge: host to equipment. */
export const S20F30 = message('S20F30', 'QueryPJRecipeXIDList Event Acknowledge', {
  direction: 'H->E',
  isMultiBlock: true,
  body: list({
    recipes: listOf(list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID })),
    qprkeack: QPRKEACK,
  }),
  sources: 1,
});

/** Pre-Exe Check Event Send: equipment to host, answered by S20F32. */
export const S20F31 = message('S20F31', 'Pre-Exe Check Event Send', {
  direction: 'E->H',
  reply: () => S20F32,
  isMultiBlock: true,
  body: list({ objId: OBJID, objType: OBJTYPE, opeType: OPETYPE, opeid: OPEID, prJobId: PRJOBID, chkInfo: CHKINFO }),
  sources: 1,
});

/** Pre-Exe Check Event Acknowledge: host to equipment. */
export const S20F32 = message('S20F32', 'Pre-Exe Check Event Acknowledge', {
  direction: 'H->E',
  isMultiBlock: true,
  body: list({
    pecrslt: PECRSLT,
    recipes: listOf(
      list({ timestamp: TIMESTAMP, opeid: OPEID, assgnId: ASSGNID, copyId: COPYID, revId: REVID, recId: RecID, verId: VERID, typeId: TYPEID, eqid: EQID, rcpBodyA: RCPBODYA }),
    ),
    peceack: PECEACK,
  }),
  sources: 1,
});

/** PreSpecifyRecipe Event Send: equipment to host, answered by S20F34. */
export const S20F33 = message('S20F33', 'PreSpecifyRecipe Event Send', {
  direction: 'E->H',
  reply: () => S20F34,
  isMultiBlock: true,
  body: list({ objId: OBJID, objType: OBJTYPE, opeType: OPETYPE, opeid: OPEID, prJobId: PRJOBID }),
  sources: 1,
});

/** PreSpecifyRecipe Event Acknowledge: host to equipment. */
export const S20F34 = message('S20F34', 'PreSpecifyRecipe Event Acknowledge', { direction: 'H->E', body: { psreack: PSREACK }, sources: 1 });
