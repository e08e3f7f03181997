import { sTypeName, type HsmsHeader } from '../../index.js';
import type { CapturedPart } from '../../capture/index.js';
import { decodeItem } from '../../secs2/index.js';
import { itemSml, type SmlLook } from '../output/named-sml.js';

/** What a part of a message is, in a line. */
export function partTitle({ part, header, bytes }: CapturedPart): string {
  switch (part) {
    case 'header':
      return `${headerTitle(header)}, no body: a header without length`;
    case 'message':
      return `${headerTitle(header)}, ${bytes.length} bytes of body: a message without its length`;
    case 'body':
      return `${bytes.length} bytes: a SECS-II item without a header`;
    case 'block':
      return blockTitle(bytes);
  }
}

/** The item of a part as SML; empty where it has none. */
export function partItem({ part, bytes }: CapturedPart, sml: SmlLook): string {
  if (part !== 'message' && part !== 'body') return '';
  const { codePage } = sml;
  return itemSml(decodeItem(bytes, codePage === undefined ? {} : { codePage }), sml);
}

function headerTitle(header: HsmsHeader | undefined): string {
  if (header === undefined) return '';
  const { sessionId, systemBytes, stream, function: fn, wBit, sType } = header;
  const name = header.isData ? `S${stream}F${fn}${wBit ? ' W' : ''}` : sTypeName(sType);
  return `${name}, session ${sessionId}, system ${systemBytes}`;
}

/** The header of a block (E4): R-bit and device ID, W-bit and stream, function, E-bit and block number, system bytes. */
function blockTitle(bytes: Buffer): string {
  const device = bytes.readUInt16BE(1) & 0x7fff;
  const toHost = ((bytes[1] ?? 0) & 0x80) !== 0;
  const stream = bytes[3] ?? 0;
  const block = bytes.readUInt16BE(5);
  const name = `S${stream & 0x7f}F${bytes[4] ?? 0}${(stream & 0x80) === 0 ? '' : ' W'}`;
  const which = `block ${block & 0x7fff}${(block & 0x8000) === 0 ? '' : ', the last'}`;
  const way = toHost ? 'to the host' : 'to the equipment';
  return `${name}, device ${device}, ${which}, system ${bytes.readUInt32BE(7)}, ${way}: a block of SECS-I (E4), not of HSMS`;
}
