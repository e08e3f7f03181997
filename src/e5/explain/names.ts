import type { ItemPath } from '../../secs2/errors.js';
import type { Item } from '../../secs2/items/item.js';
import type { SecsMessage } from '../../secs2/message.js';
import type { SmlPrintOptions } from '../../secs2/sml/print/print-options.js';
import { printItem, printMessage as printPlain } from '../../secs2/sml/print/print.js';
import type { KnownNames } from '../../check.js';
import { check } from '../check.js';
import { catalogue } from '../catalogue.js';
import type { AnyDefinition } from '../definition.js';
import { meaningOf } from './describe.js';
import { placeAt } from './locate.js';
import { checkSet, type MessageSet } from '../message-set.js';
import { checkMessage } from '../check-message.js';

/**
 * The names of the data items in a message by their paths, and what their codes mean: `CEID`, `HCACK: not now`. For
 * `comments` of the SML printer.
 *
 * @example
 * ```ts
 * import { namesOf } from 'rxsecs/e5';
 * import { A, L, S } from 'rxsecs/secs2';
 *
 * const names = namesOf(S(2, 41).w(L(A('START'), L())));
 * console.log(names?.([0])); // what E5 calls the first item
 * ```
 * @param set - where messages are looked up; the catalogue of E5 unless told otherwise.
 * @returns undefined for a message that the set does not have.
 */
export function namesOf(
  message: SecsMessage,
  set: MessageSet = catalogue,
): ((path: ItemPath) => string | undefined) | undefined {
  checkMessage('message', message);
  checkSet('set', set);
  const definition = set.get(message.stream, message.function);
  if (definition === undefined) return undefined;
  return (path) => {
    check.array('path', path, 'the index in each list from the root');
    for (const [place, index] of path.entries()) check.integer(`path[${place}]`, index, 0);
    return nameAt(definition, message.item, path);
  };
}

function nameAt(definition: AnyDefinition, root: Item | undefined, path: ItemPath): string | undefined {
  const { item: node, isWhole } = placeAt(definition.node, root, path);
  if (node === undefined || !isWhole) return undefined;
  const meaning = meaningOf(node, codeIn(root?.at(...path)));
  return meaning === undefined ? node.e5Name : `${node.e5Name}: ${meaning}`;
}

/** The one code in an item, if it is one. */
function codeIn(item: Item | undefined): unknown {
  if (item === undefined || item.format === 'L') return undefined;
  if (item.format === 'A') return item.ascii;
  return item.length === 1 ? item.values[0] : undefined;
}

/** How a message is printed with names. */
export interface NamedPrintOptions extends Omit<SmlPrintOptions, 'comments'> {
  /** Whether to write the names of E5 as comments: those of the catalogue, or of your own set. */
  readonly names?: boolean | MessageSet;
}

const PRINT_OPTIONS: KnownNames<NamedPrintOptions> = {
  owner: 'printing with names',
  names: {
    names: true,
    indent: true,
    counts: true,
    quotes: true,
    binary: true,
    maxLength: true,
    codePage: true,
    maxDepth: true,
  },
};

/**
 * Prints a message as SML, with the names of E5 as comments: `CEID` behind `<U4[1] 1001>`. It reads back as the same message.
 *
 * @example
 * ```ts
 * import { printMessage, S6F11 } from 'rxsecs/e5';
 *
 * const report = S6F11.build({ dataId: 0, ceid: 1001, reports: [{ rptid: 7, vs: [21.5, 'IDLE'] }] });
 * console.log(printMessage(report, { names: true, counts: 'never' }));
 * ```
 * @throws what `item` throws where the body cannot be decoded.
 */
export function printMessage(message: SecsMessage, options?: NamedPrintOptions): string {
  checkMessage('message', message);
  const { names = false, ...style } = check.options('options', options, PRINT_OPTIONS);
  if (names === false) return printPlain(message, style);
  const set = names === true ? catalogue : checkSet('options.names', names);
  const title = set.get(message.stream, message.function)?.title;
  const head = `${message.name}${message.wBit ? ' W' : ''}${title === undefined ? '' : ` /* ${title} */`}`;
  const { item } = message;
  if (item === undefined) return `${head}.`;
  const comments = namesOf(message, set);
  return `${head}\n${printItem(item, comments === undefined ? style : { ...style, comments })}.`;
}
