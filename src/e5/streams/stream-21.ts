// Stream 21: items of any kind.
import { ITEMACK, ITEMERROR, ITEMID, ITEMINDEX, ITEMLENGTH, ITEMPART, ITEMPARTCOUNT, ITEMPARTLENGTH, ITEMTYPE, ITEMTYPESUPPORT, ITEMVERSION } from '../items/items.js';
import { message } from '../definition.js';
import { list, listOf } from '../nodes/make.js';

/** Abort Transaction: ends a transaction of stream 21 without an answer; not to be answered. */
export const S21F0 = message('S21F0', 'Abort Transaction', { direction: 'both' });

/** Item Load Inquire: either side, answered by S21F2. */
export const S21F1 = message('S21F1', 'Item Load Inquire', {
  direction: 'both',
  reply: () => S21F2,
  body: list({ itemType: ITEMTYPE, itemId: ITEMID, itemLength: ITEMLENGTH, itemVersion: ITEMVERSION }),
  sources: 2,
});

/** Item Load Grant: either side. */
export const S21F2 = message('S21F2', 'Item Load Grant', { direction: 'both', body: list({ itemAck: ITEMACK, itemError: ITEMERROR }), sources: 2 });

/** Item Send: either side, answered by S21F4. */
export const S21F3 = message('S21F3', 'Item Send', {
  direction: 'both',
  reply: () => S21F4,
  isMultiBlock: true,
  body: list({ itemType: ITEMTYPE, itemId: ITEMID, itemLength: ITEMLENGTH, itemVersion: ITEMVERSION, itemParts: listOf(ITEMPART) }),
  sources: 2,
});

/** Item Send Acknowledge: either side. */
export const S21F4 = message('S21F4', 'Item Send Acknowledge', { direction: 'both', body: list({ itemAck: ITEMACK, itemError: ITEMERROR }), sources: 2 });

/** Item Request: either side, answered by S21F6. */
export const S21F5 = message('S21F5', 'Item Request', { direction: 'both', reply: () => S21F6, body: list({ itemType: ITEMTYPE, itemId: ITEMID }), sources: 2 });

/** Item Data: either side. */
export const S21F6 = message('S21F6', 'Item Data', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ itemAck: ITEMACK, itemError: ITEMERROR, itemType: ITEMTYPE, itemId: ITEMID, itemLength: ITEMLENGTH, itemVersion: ITEMVERSION, itemParts: listOf(ITEMPART) }),
  sources: 2,
});

/** Item Type List Request: either side, answered by S21F8. */
export const S21F7 = message('S21F7', 'Item Type List Request', { direction: 'both', reply: () => S21F8, body: { itemType: ITEMTYPE }, sources: 2 });

/** Item Type List Results: either side. */
export const S21F8 = message('S21F8', 'Item Type List Results', {
  direction: 'both',
  isMultiBlock: true,
  body: list({ itemAck: ITEMACK, itemError: ITEMERROR, itemType: ITEMTYPE, items: listOf(list({ itemId: ITEMID, itemLength: ITEMLENGTH, itemVersion: ITEMVERSION })) }),
  sources: 2,
});

/** Supported Item Type List Request: either side, answered by S21F10. */
export const S21F9 = message('S21F9', 'Supported Item Type List Request', { direction: 'both', reply: () => S21F10, sources: 2 });

/** Supported Item Type List Result: either side. */
export const S21F10 = message('S21F10', 'Supported Item Type List Result', {
  direction: 'both',
  body: list({ itemAck: ITEMACK, itemError: ITEMERROR, itemTypes: listOf(ITEMTYPE) }),
  sources: 2,
});

/** Item Delete: host to equipment, answered by S21F12. */
export const S21F11 = message('S21F11', 'Item Delete', {
  direction: 'H->E',
  reply: () => S21F12,
  body: list({ itemType: ITEMTYPE, itemIds: listOf(ITEMID) }),
  note: 'H shows no reply mark, but S21F12 exists',
  sources: 2,
});

/** Item Delete Acknowledge: equipment to host. */
export const S21F12 = message('S21F12', 'Item Delete Acknowledge', {
  direction: 'E->H',
  body: list({ itemAck: ITEMACK, itemType: ITEMTYPE, items: listOf(list({ itemId: ITEMID, itemAck: ITEMACK, itemError: ITEMERROR })) }),
  sources: 2,
});

/** Request Permission To Send Item: either side, answered by S21F14. */
export const S21F13 = message('S21F13', 'Request Permission To Send Item', {
  direction: 'both',
  reply: () => S21F14,
  body: list({ itemType: ITEMTYPE, itemId: ITEMID, itemLength: ITEMLENGTH, itemVersion: ITEMVERSION, itemPartCount: ITEMPARTCOUNT }),
  sources: 1,
});

/** Grant Permission To Send Item: either side. */
export const S21F14 = message('S21F14', 'Grant Permission To Send Item', { direction: 'both', body: list({ itemAck: ITEMACK, itemError: ITEMERROR }), sources: 1 });

/** Item Request (in parts): either side, answered by S21F16. */
export const S21F15 = message('S21F15', 'Item Request (in parts)', { direction: 'both', reply: () => S21F16, body: list({ itemType: ITEMTYPE, itemId: ITEMID }), sources: 1 });

/** Item Request Grant: either side. */
export const S21F16 = message('S21F16', 'Item Request Grant', {
  direction: 'both',
  body: list({ itemAck: ITEMACK, itemError: ITEMERROR, itemType: ITEMTYPE, itemId: ITEMID, itemLength: ITEMLENGTH, itemVersion: ITEMVERSION, itemPartCount: ITEMPARTCOUNT }),
  sources: 1,
});

/** Send Item Part: either side, answered by S21F18. */
export const S21F17 = message('S21F17', 'Send Item Part', {
  direction: 'both',
  reply: () => S21F18,
  body: list({
    itemType: ITEMTYPE,
    itemId: ITEMID,
    itemLength: ITEMLENGTH,
    itemVersion: ITEMVERSION,
    itemIndex: ITEMINDEX,
    itemPartCount: ITEMPARTCOUNT,
    itemPartLength: ITEMPARTLENGTH,
    itemPart: ITEMPART,
  }),
  sources: 1,
});

/** Send Item Part Acknowledge: either side. */
export const S21F18 = message('S21F18', 'Send Item Part Acknowledge', { direction: 'both', body: list({ itemAck: ITEMACK, itemError: ITEMERROR }), sources: 1 });

/** Item Type Feature Support: either side, answered by S21F20. */
export const S21F19 = message('S21F19', 'Item Type Feature Support', { direction: 'both', reply: () => S21F20, body: { itemTypes: listOf(ITEMTYPE) }, sources: 2 });

/** Item Type Feature Support Results: either side. */
export const S21F20 = message('S21F20', 'Item Type Feature Support Results', {
  direction: 'both',
  body: { types: listOf(list({ itemAck: ITEMACK, itemError: ITEMERROR, itemType: ITEMTYPE, itemTypeSupport: ITEMTYPESUPPORT })) },
  sources: 2,
});
