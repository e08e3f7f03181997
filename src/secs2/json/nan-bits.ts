import { dataBytes } from '../items/stored-values.js';
import type { DataNode } from '../items/layout.js';

const CANONICAL = { F4: '7fc00000', F8: '7ff8000000000000' } as const;

/**
 * The bits of a NaN among the values of a float item, in hex digits, or undefined where they are those which every
 * machine writes for NaN.
 */
export function nanPayload(item: DataNode<'F4'> | DataNode<'F8'>, index: number): string | undefined {
  const size = item.format === 'F4' ? 4 : 8;
  const bits = dataBytes(item).toString('hex', index * size, (index + 1) * size);
  return bits === CANONICAL[item.format] ? undefined : bits;
}

/** Whether hex digits are the bits of a NaN of a format. */
export function isNanBits(format: 'F4' | 'F8', hex: string): boolean {
  if (hex.length !== CANONICAL[format].length || !/^[0-9a-f]+$/i.test(hex)) return false;
  const bytes = Buffer.from(hex, 'hex');
  return Number.isNaN(format === 'F4' ? bytes.readFloatBE(0) : bytes.readDoubleBE(0));
}
