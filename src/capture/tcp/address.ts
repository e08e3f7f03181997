/** An address of 4 or 16 bytes, one character a byte, as text: dotted, or the canonical form of IPv6. */
export function addressText(address: string): string {
  const bytes = Buffer.from(address, 'latin1');
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2));
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) return bytes.subarray(12).join('.');
  const [from, length] = longestZeros(groups);
  const hex = (part: number[]): string => part.map((group) => group.toString(16)).join(':');
  return length < 2 ? hex(groups) : `${hex(groups.slice(0, from))}::${hex(groups.slice(from + length))}`;
}

function longestZeros(groups: readonly number[]): [number, number] {
  let best: [number, number] = [0, 0];
  let from = 0;
  groups.forEach((group, index) => {
    if (group !== 0) from = index + 1;
    else if (index + 1 - from > best[1]) best = [from, index + 1 - from];
  });
  return best;
}
