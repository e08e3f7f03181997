// Stream 9: system errors.
import { EDID, MEXP, MHEAD, SHEAD } from '../items/items.js';
import { message } from '../definition.js';
import { list } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 9 without an answer; not to be answered. */
export const S9F0 = message('S9F0', 'Abort Transaction', { direction: 'both' });

/** Unrecognized Device ID: equipment to host. */
export const S9F1 = message('S9F1', 'Unrecognized Device ID', { direction: 'E->H', mnemonic: 'UDN', body: { mhead: MHEAD }, sources: 7 });

/** Unrecognized Stream Type: equipment to host. */
export const S9F3 = message('S9F3', 'Unrecognized Stream Type', { direction: 'E->H', mnemonic: 'USN', body: { mhead: MHEAD }, sources: 7 });

/** Unrecognized Function Type: equipment to host. */
export const S9F5 = message('S9F5', 'Unrecognized Function Type', { direction: 'E->H', mnemonic: 'UFN', body: { mhead: MHEAD }, sources: 7 });

/** Illegal Data: equipment to host. */
export const S9F7 = message('S9F7', 'Illegal Data', { direction: 'E->H', mnemonic: 'IDN', body: { mhead: MHEAD }, sources: 7 });

/** Transaction Timer Timeout: equipment to host. */
export const S9F9 = message('S9F9', 'Transaction Timer Timeout', { direction: 'E->H', mnemonic: 'TTN', body: { shead: SHEAD }, sources: 7 });

/** Data Too Long: equipment to host. */
export const S9F11 = message('S9F11', 'Data Too Long', { direction: 'E->H', mnemonic: 'DLN', body: { mhead: MHEAD }, sources: 7 });

/** Conversation Timeout: equipment to host. */
export const S9F13 = message('S9F13', 'Conversation Timeout', { direction: 'E->H', mnemonic: 'CTN', body: list({ mexp: MEXP, edid: EDID }), sources: 7 });
