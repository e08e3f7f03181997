/** Why a captured packet leads to no IP packet. */
const NOT_IP = -1;
export const UNKNOWN_LINK_TYPE = -2;
export const LINK_TRUNCATED = -3;

const ETHER_IPV4 = 0x0800;
const ETHER_IPV6 = 0x86dd;
const vlanTags: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);

/** AF_INET is 2 everywhere; AF_INET6 depends on the system that captured. */
const addressFamilies: ReadonlySet<number> = new Set([2, 10, 24, 28, 30]);

type OffsetReader = (bytes: Buffer, start: number, end: number) => number;

const raw: OffsetReader = (_bytes, start) => start;
const loopback: OffsetReader = (bytes, start, end) => {
  if (end - start < 4) return LINK_TRUNCATED;
  const known = [bytes.readUInt32LE(start), bytes.readUInt32BE(start)].some((af) => addressFamilies.has(af));
  return known ? start + 4 : NOT_IP;
};
const ethernet: OffsetReader = (bytes, start, end) => behindEtherType(bytes, start + 12, end);
/** Linux cooked captures, of the first and the second kind. */
const cooked: OffsetReader = (bytes, start, end) => behindEtherType(bytes, start + 14, end);
const cooked2: OffsetReader = (bytes, start, end) => {
  if (end - start < 20) return LINK_TRUNCATED;
  const type = bytes.readUInt16BE(start);
  if (vlanTags.has(type)) return behindEtherType(bytes, start + 22, end);
  return type === ETHER_IPV4 || type === ETHER_IPV6 ? start + 20 : NOT_IP;
};

/** By LINKTYPE_ value. 12 and 14 are raw IP as some systems number it in their files. */
const offsetReaders: ReadonlyMap<number, OffsetReader> = new Map([
  [0, loopback],
  [1, ethernet],
  [12, raw],
  [14, raw],
  [101, raw],
  [108, loopback],
  [113, cooked],
  [228, raw],
  [229, raw],
  [276, cooked2],
]);

/** Where the IP packet begins in a captured packet, or a negative number that says why there is none. */
export function ipOffset(linkType: number, bytes: Buffer, start: number, end: number): number {
  const read = offsetReaders.get(linkType);
  return read === undefined ? UNKNOWN_LINK_TYPE : read(bytes, start, end);
}

/** Reads an EtherType, behind any VLAN tags. */
function behindEtherType(bytes: Buffer, at: number, end: number): number {
  for (let next = at; next + 2 <= end; next += 4) {
    const type = bytes.readUInt16BE(next);
    if (vlanTags.has(type)) continue;
    return type === ETHER_IPV4 || type === ETHER_IPV6 ? next + 2 : NOT_IP;
  }
  return LINK_TRUNCATED;
}
