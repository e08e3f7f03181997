import { AN_ITEM, check, checkItem } from './check.js';
import { encodeItem as encode } from './codec/encode.js';
import type { EncodeOptions } from './codec/options.js';
import type { Item } from './items/item.js';
import { itemToJSON as toJSON, type ItemJson } from './json/json-write.js';
import type { SecsMessage } from './message.js';
import type { SmlPrintOptions } from './sml/print/print-options.js';
import { printItem as print, printMessage as printWhole } from './sml/print/print.js';

// What users call with items and messages. The functions behind are written against what these are made of (items/layout.ts),
// of which the public types show nothing.

/**
 * Encodes an item into one fresh buffer of the exact size (E5). Whatever was decoded goes out byte for byte as it came in.
 *
 * @example
 * ```ts
 * import { A, encodeItem } from 'rxsecs/secs2';
 *
 * console.log(encodeItem(A('OK'))); // <Buffer 41 02 4f 4b>
 * ```
 * @throws Secs2DepthError where lists nest deeper than `maxDepth`.
 */
export function encodeItem(item: Item, options?: EncodeOptions): Buffer {
  try {
    if (typeof item.head === 'number') return encode(item, options);
  } catch (error) {
    checkItem('item', item);
    throw error;
  }
  return check.refuse('item', AN_ITEM, item);
}

/**
 * Writes an item in its JSON form. @throws Secs2DepthError where lists nest deeper than `maxDepth`.
 *
 * @example
 * ```ts
 * import { A, itemToJSON, L, U4 } from 'rxsecs/secs2';
 *
 * console.log(JSON.stringify(itemToJSON(L(U4(1001), A('IDLE')))));
 * ```
 */
export function itemToJSON(item: Item, options?: { readonly maxDepth?: number }): ItemJson {
  return toJSON(item, options);
}

/**
 * Prints an item as SML. What is printed reads back as the same bytes (unless `maxLength` cuts it).
 *
 * @example
 * ```ts
 * import { A, L, printItem, U4 } from 'rxsecs/secs2';
 *
 * console.log(printItem(L(U4(1001), A('IDLE'))));
 * ```
 * @throws Secs2DepthError where lists nest deeper than `maxDepth`; Secs2TextError for a code page that is not known.
 */
export function printItem(item: Item, options?: SmlPrintOptions): string {
  return print(item, options);
}

/**
 * Prints a message as SML: `S1F13 W`, the item, and a full stop.
 *
 * @example
 * ```ts
 * import { F8, L, printMessage, S, U4 } from 'rxsecs/secs2';
 *
 * console.log(printMessage(S(6, 11).w(L(U4(1), U4(1001), L(F8(21.5)))), { counts: 'never' }));
 * ```
 * @throws what `item` throws where the body cannot be decoded; what {@link printItem} throws.
 */
export function printMessage(message: SecsMessage, options?: SmlPrintOptions): string {
  return printWhole(message, options);
}
