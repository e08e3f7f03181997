// Stream 10: terminal services.
import { ACKC10, TEXT, TID } from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 10 without an answer; not to be answered. */
export const S10F0 = message('S10F0', 'Abort Transaction', { direction: 'both' });

/** Terminal Request: equipment to host, answered by S10F2 where wanted. */
export const S10F1 = message('S10F1', 'Terminal Request', {
  direction: 'E->H',
  mnemonic: 'TRN',
  reply: () => S10F2,
  replyIsOptional: true,
  body: list({ tid: TID, text: TEXT }),
  sources: 9,
});

/** Terminal Request Acknowledge: host to equipment. */
export const S10F2 = message('S10F2', 'Terminal Request Acknowledge', { direction: 'H->E', mnemonic: 'TRA', body: { ackc10: ACKC10 }, sources: 8 });

/** Terminal Display, Single: host to equipment, answered by S10F4 where wanted. Zero-length TEXT clears what was shown. */
export const S10F3 = message('S10F3', 'Terminal Display, Single', {
  direction: 'H->E',
  mnemonic: 'VTN',
  reply: () => S10F4,
  replyIsOptional: true,
  body: list({ tid: TID, text: TEXT }),
  special: 'zero-length TEXT clears what was shown',
  sources: 9,
});

/** Terminal Display, Single Acknowledge: equipment to host. */
export const S10F4 = message('S10F4', 'Terminal Display, Single Acknowledge', { direction: 'E->H', mnemonic: 'VTA', body: { ackc10: ACKC10 }, sources: 8 });

/** Terminal Display, Multi-Block: host to equipment, answered by S10F6 where wanted. One TEXT a line. */
export const S10F5 = message('S10F5', 'Terminal Display, Multi-Block', {
  direction: 'H->E',
  mnemonic: 'VTN',
  reply: () => S10F6,
  replyIsOptional: true,
  isMultiBlock: true,
  body: list({ tid: TID, texts: listOf(TEXT) }),
  special: 'one TEXT a line',
  sources: 7,
});

/** Terminal Display, Multi-Block Acknowledge: equipment to host. */
export const S10F6 = message('S10F6', 'Terminal Display, Multi-Block Acknowledge', { direction: 'E->H', mnemonic: 'VMA', body: { ackc10: ACKC10 }, sources: 7 });

/** Multi-Block Not Allowed: equipment to host. Sent by equipment that cannot take S10F5 of more than one block. */
export const S10F7 = message('S10F7', 'Multi-Block Not Allowed', {
  direction: 'E->H',
  mnemonic: 'MNN',
  body: { tid: TID },
  special: 'sent by equipment that cannot take S10F5 of more than one block',
  note: 'B wants a reply, taken as an error: there is no S10F8',
  sources: 6,
});

/** Broadcast: host to equipment, answered by S10F10 where wanted. */
export const S10F9 = message('S10F9', 'Broadcast', { direction: 'H->E', mnemonic: 'BCN', reply: () => S10F10, replyIsOptional: true, body: { text: TEXT }, sources: 7 });

/** Broadcast Acknowledge: equipment to host. */
export const S10F10 = message('S10F10', 'Broadcast Acknowledge', { direction: 'E->H', mnemonic: 'BCA', body: { ackc10: ACKC10 }, sources: 7 });
