import { shortestFloat32 } from '../../json/float-text.js';
import { FormatCode, formatName, valueSize } from '../../formats.js';
import type { AnyDataNode } from '../../items/layout.js';
import type { SmlStyle } from './print-options.js';
import { isPlain } from './print-text.js';

/** `<U4[1] ` and the like, by format code. */
const COUNTED = Array.from({ length: 64 }, (_, code) => `<${formatName(code)}[1] `);
/** `<U4 ` and the like. */
const BARE = Array.from({ length: 64 }, (_, code) => `<${formatName(code)} `);
/** `<A[16] ` and the like, by the length of the text. */
const TEXTS = Array.from({ length: 256 }, (_, length) => `<A[${length}] `);

/** Bytes of an item header with one length byte. */
const SHORT_HEADER = 2;

/**
 * Prints an item of one number, or of ASCII that needs no bytes between its quotes, as nearly all are. Undefined for any
 * other, and where the style cuts it short: the general printer then prints it, to the same text where both can.
 */
export function printCanonical(item: AnyDataNode, style: SmlStyle): string | undefined {
  const bytes = item.end - item.dataStart;
  if (bytes === 0 || bytes > style.maxLength || item.dataStart - item.start !== SHORT_HEADER)
    return undefined;
  const { formatCode } = item;
  if (formatCode === FormatCode.A) {
    if (style.codePage !== undefined) return undefined;
    const text = item.values;
    if (!isPlain(text)) return undefined;
    const head = style.leafCounts ? TEXTS[bytes] : '<A ';
    return `${head}${style.quote}${text}${style.quote}>`;
  }
  if (formatCode <= FormatCode.I8 || formatCode === FormatCode.U8 || bytes !== valueSize(formatCode))
    return undefined;
  const head = style.leafCounts ? COUNTED[formatCode] : BARE[formatCode];
  const { number } = item;
  if (number === 0 || !Number.isFinite(number)) return isInteger(formatCode) ? `${head}0>` : undefined;
  return `${head}${formatCode === FormatCode.F4 ? shortestFloat32(number) : number}>`;
}

function isInteger(formatCode: number): boolean {
  return formatCode !== FormatCode.F4 && formatCode !== FormatCode.F8;
}
