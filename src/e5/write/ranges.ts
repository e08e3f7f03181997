import { FormatCode } from '../../secs2/formats.js';
import type { ItemPlan } from '../nodes/plan.js';

const LARGEST_F4 = 3.4028235677973366e38;

/** Whether a format can carry a number without changing it; F4 rounds. */
export function canCarry(code: number, value: number | bigint): boolean {
  switch (code) {
    case FormatCode.F4:
      return typeof value === 'number' && (Math.abs(value) < LARGEST_F4 || !Number.isFinite(value));
    case FormatCode.F8:
      return typeof value === 'number';
    case FormatCode.B:
    case FormatCode.U1:
      return isBetween(value, 0, 0xff);
    case FormatCode.U2:
      return isBetween(value, 0, 0xffff);
    case FormatCode.U4:
      return isBetween(value, 0, 0xffffffff);
    case FormatCode.I1:
      return isBetween(value, -0x80, 0x7f);
    case FormatCode.I2:
      return isBetween(value, -0x8000, 0x7fff);
    case FormatCode.I4:
      return isBetween(value, -0x80000000, 0x7fffffff);
    case FormatCode.U8:
      return isWide(value) && value >= 0 && BigInt(value) <= 0xffffffffffffffffn;
    case FormatCode.I8:
      return isWide(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value);
    default:
      return false;
  }
}

function isBetween(value: number | bigint, min: number, max: number): boolean {
  return value >= min && value <= max && (typeof value === 'bigint' || Number.isInteger(value));
}

function isWide(value: number | bigint): boolean {
  return typeof value === 'bigint' || Number.isSafeInteger(value);
}

/** The first format of a data item that can carry one number, or -1. */
export function codeFor(plan: ItemPlan, value: number): number {
  for (const code of plan.codes) {
    // A B of an open format is bytes, not a number.
    if (code === FormatCode.B && !plan.isOneByte) continue;
    if (canCarry(code, value)) return code;
  }
  return -1;
}
