import type { Item } from '../items/item.js';
import type { SecsMessage } from '../message.js';
import type { SmlPrintOptions } from './print-options.js';
import { printItem, printMessage } from './print.js';

/** In a console, a recipe of a megabyte helps nobody. */
const INSPECT: SmlPrintOptions = { maxLength: 100, maxDepth: Infinity };

/** An item as SML, whatever its depth. */
export function itemToText(item: Item): string {
  return printItem(item, { maxDepth: Infinity });
}

/** An item as a console shows it. */
export function inspectItem(item: Item): string {
  return printItem(item, INSPECT);
}

/** A message as SML, whatever its depth, and whether its body can be decoded or not. */
export function messageToText(message: SecsMessage): string {
  return message.itemError === undefined
    ? printMessage(message, { maxDepth: Infinity })
    : undecodable(message, Infinity);
}

/** A message as a console shows it. */
export function inspectMessage(message: SecsMessage): string {
  return message.itemError === undefined ? printMessage(message, INSPECT) : undecodable(message, 100);
}

function undecodable(message: SecsMessage, maxBytes: number): string {
  const header = message.wBit ? `${message.name} W` : message.name;
  const { body, itemError } = message;
  const rest = body.length > maxBytes ? ` and ${body.length - maxBytes} more bytes` : '';
  const bytes = body.toString('hex', 0, Math.min(body.length, maxBytes));
  return `${header} /* ${String(itemError?.message).replaceAll('*/', '* /')}: ${bytes}${rest} */.`;
}
