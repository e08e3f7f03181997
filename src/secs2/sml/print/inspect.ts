import { SmlTemplateError } from '../../errors.js';
import type { ItemNode } from '../../items/layout.js';
import type { SmlPrintOptions } from './print-options.js';
import { printMessageRead, printRead, type MessageText } from './print.js';

/** A recipe of a megabyte is of no use in a console. */
const INSPECT: SmlPrintOptions = Object.freeze({ maxLength: 100, maxDepth: Infinity });

const WHOLE: SmlPrintOptions = Object.freeze({ maxDepth: Infinity });

/** Of a message that may have been received what is shown: its bytes, where they are no item. */
interface ReceivedText extends MessageText {
  readonly body: Buffer;
  readonly itemError: Error | undefined;
}

/** An item as SML, whatever its depth. */
export function itemToText(item: ItemNode): string {
  return printRead(item, WHOLE);
}

/** An item as a console shows it. */
export function inspectItem(item: ItemNode): string {
  return printRead(item, INSPECT);
}

/** A message as SML, whatever its depth, and whether its body can be decoded or not. */
export function messageToText(message: ReceivedText): string {
  return message.itemError === undefined ? printMessageRead(message, WHOLE) : undecodable(message, Infinity);
}

/** A message as a console shows it. */
export function inspectMessage(message: ReceivedText): string {
  return message.itemError === undefined ? printMessageRead(message, INSPECT) : undecodable(message, 100);
}

function undecodable(message: ReceivedText, maxBytes: number): string {
  const header = message.wBit ? `${message.name} W` : message.name;
  const { itemError } = message;
  const why = String(itemError?.message).replaceAll('*/', '* /');
  // A template has no bytes to show.
  if (itemError instanceof SmlTemplateError) return `${header} /* ${why} */.`;
  const { body } = message;
  const rest = body.length > maxBytes ? ` and ${body.length - maxBytes} more bytes` : '';
  const bytes = body.toString('hex', 0, Math.min(body.length, maxBytes));
  return `${header} /* ${why}: ${bytes}${rest} */.`;
}
