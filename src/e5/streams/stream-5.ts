// Stream 5: exceptions and alarms.
import { ACKA, ACKC5, ALCD, ALED, ALID, ALTX, ERRCODE, ERRTEXT, EXID, EXMESSAGE, EXRECVRA, EXTYPE, TIMESTAMP } from '../items/items.js';
import { message } from '../definition.js';
import { arrayOf, list, listOf, maybe } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 5 without an answer; not to be answered. */
export const S5F0 = message('S5F0', 'Abort Transaction', { direction: 'both' });

/** Alarm Report Send: equipment to host, answered by S5F2 where wanted. */
export const S5F1 = message('S5F1', 'Alarm Report Send', {
  direction: 'E->H',
  mnemonic: 'ARS',
  reply: () => S5F2,
  replyIsOptional: true,
  body: list({ alcd: ALCD, alid: ALID, altx: ALTX }),
  sources: 9,
});

/** Alarm Report Acknowledge: host to equipment. */
export const S5F2 = message('S5F2', 'Alarm Report Acknowledge', { direction: 'H->E', mnemonic: 'ARA', body: { ackc5: ACKC5 }, sources: 8 });

/** Enable/Disable Alarm Send: host to equipment, answered by S5F4 where wanted. Zero-length ALID = all alarms. */
export const S5F3 = message('S5F3', 'Enable/Disable Alarm Send', {
  direction: 'H->E',
  mnemonic: 'EAS',
  reply: () => S5F4,
  replyIsOptional: true,
  body: list({ aled: ALED, alid: ALID }),
  special: 'zero-length ALID = all alarms',
  sources: 8,
});

/** Enable/Disable Alarm Acknowledge: equipment to host. */
export const S5F4 = message('S5F4', 'Enable/Disable Alarm Acknowledge', { direction: 'E->H', mnemonic: 'EAA', body: { ackc5: ACKC5 }, sources: 8 });

/** List Alarms Request: host to equipment, answered by S5F6. Zero-length = all alarms. */
export const S5F5 = message('S5F5', 'List Alarms Request', {
  direction: 'H->E',
  mnemonic: 'LAR',
  reply: () => S5F6,
  body: { alids: arrayOf(ALID) },
  special: 'zero-length = all alarms',
  note: 'one item with many values, not a list (H B W F; X allows both); secsgem 0.3.0 sends a list of ALIDs. Receivers do well to take both',
  sources: 7,
});

/** List Alarm Data: equipment to host. Zero-length ALCD and ALTX = unknown ALID. */
export const S5F6 = message('S5F6', 'List Alarm Data', {
  direction: 'E->H',
  mnemonic: 'LAD',
  isMultiBlock: true,
  body: { alarms: listOf(list({ alcd: maybe(ALCD), alid: ALID, altx: ALTX })) },
  special: 'zero-length ALCD and ALTX = unknown ALID',
  sources: 8,
});

/** List Enabled Alarm Request: host to equipment, answered by S5F8. */
export const S5F7 = message('S5F7', 'List Enabled Alarm Request', { direction: 'H->E', mnemonic: 'LEAR', reply: () => S5F8, sources: 8 });

/** List Enabled Alarm Data: equipment to host. */
export const S5F8 = message('S5F8', 'List Enabled Alarm Data', {
  direction: 'E->H',
  mnemonic: 'LEAD',
  isMultiBlock: true,
  body: { alarms: listOf(list({ alcd: ALCD, alid: ALID, altx: ALTX })) },
  sources: 8,
});

/** Exception Post Notify: equipment to host, answered by S5F10 where wanted. */
export const S5F9 = message('S5F9', 'Exception Post Notify', {
  direction: 'E->H',
  mnemonic: 'EXPN',
  reply: () => S5F10,
  replyIsOptional: true,
  body: list({ timestamp: TIMESTAMP, exid: EXID, exType: EXTYPE, exMessage: EXMESSAGE, exrecvras: listOf(EXRECVRA) }),
  sources: 8,
});

/** Exception Post Confirm: host to equipment. */
export const S5F10 = message('S5F10', 'Exception Post Confirm', { direction: 'H->E', mnemonic: 'EXPC', sources: 8 });

/** Exception Clear Notify: equipment to host, answered by S5F12 where wanted. */
export const S5F11 = message('S5F11', 'Exception Clear Notify', {
  direction: 'E->H',
  mnemonic: 'EXCN',
  reply: () => S5F12,
  replyIsOptional: true,
  body: list({ timestamp: TIMESTAMP, exid: EXID, exType: EXTYPE, exMessage: EXMESSAGE }),
  sources: 8,
});

/** Exception Clear Confirm: host to equipment. */
export const S5F12 = message('S5F12', 'Exception Clear Confirm', { direction: 'H->E', mnemonic: 'EXCC', sources: 8 });

/** Exception Recover Request: host to equipment, answered by S5F14. */
export const S5F13 = message('S5F13', 'Exception Recover Request', {
  direction: 'H->E',
  mnemonic: 'EXRR',
  reply: () => S5F14,
  body: list({ exid: EXID, exrecvra: EXRECVRA }),
  note: 'B has E->H, taken as an error',
  sources: 8,
});

/** Exception Recover Acknowledge: equipment to host. One error pair, not a list of them. */
export const S5F14 = message('S5F14', 'Exception Recover Acknowledge', {
  direction: 'E->H',
  mnemonic: 'EXRA',
  body: list({ exid: EXID, result: list({ acka: ACKA, error: list({ errCode: ERRCODE, errText: ERRTEXT }) }) }),
  special: 'one error pair, not a list of them',
  sources: 8,
});

/** Exception Recovery Complete Notify: equipment to host, answered by S5F16 where wanted. One error pair, not a list of them. */
export const S5F15 = message('S5F15', 'Exception Recovery Complete Notify', {
  direction: 'E->H',
  mnemonic: 'EXRCN',
  reply: () => S5F16,
  replyIsOptional: true,
  body: list({ timestamp: TIMESTAMP, exid: EXID, result: list({ acka: ACKA, error: list({ errCode: ERRCODE, errText: ERRTEXT }) }) }),
  special: 'one error pair, not a list of them',
  sources: 8,
});

/** Exception Recovery Complete Confirm: host to equipment. */
export const S5F16 = message('S5F16', 'Exception Recovery Complete Confirm', { direction: 'H->E', mnemonic: 'EXRCC', sources: 8 });

/** Exception Recovery Abort Request: host to equipment, answered by S5F18. */
export const S5F17 = message('S5F17', 'Exception Recovery Abort Request', { direction: 'H->E', mnemonic: 'EXRAR', reply: () => S5F18, body: { exid: EXID }, sources: 8 });

/** Exception Recovery Abort Acknowledge: equipment to host. One error pair, not a list of them. */
export const S5F18 = message('S5F18', 'Exception Recovery Abort Acknowledge', {
  direction: 'E->H',
  mnemonic: 'EXRAA',
  body: list({ exid: EXID, result: list({ acka: ACKA, error: list({ errCode: ERRCODE, errText: ERRTEXT }) }) }),
  special: 'one error pair, not a list of them',
  sources: 8,
});
