import { catalogue, printMessage, type MessageSet, type NamedPrintOptions } from '../../e5/index.js';
import { printItem, type Item, type SecsMessage, type SmlPrintOptions } from '../../secs2/index.js';

/** How the command line prints SML: with the names of E5 as comments where they were asked for. */
export type SmlLook = NamedPrintOptions;

/** Where the names that were asked for are looked up. */
export function setOf(names: boolean | MessageSet | undefined): MessageSet | undefined {
  return names === true ? catalogue : names === false ? undefined : names;
}

/** A message as SML. */
export function messageSml(message: SecsMessage, look: SmlLook): string {
  return printMessage(message, look);
}

/** An item as SML, where its name is not known. */
export function itemSml(item: Item, look: SmlLook): string {
  return printItem(item, plainLook(look));
}

/** The same without names. */
export function plainLook(look: SmlLook): SmlPrintOptions {
  const plain: { names?: unknown } & SmlPrintOptions = { ...look };
  delete plain.names;
  return plain;
}

/** What the options of a command say of how SML is printed. */
export function smlLook(
  maxLength: number | undefined,
  codePage: string | undefined,
  names: boolean | MessageSet | undefined,
): SmlLook {
  return {
    ...(maxLength !== undefined && { maxLength }),
    ...(codePage !== undefined && { codePage }),
    ...(names !== undefined && { names }),
  };
}
