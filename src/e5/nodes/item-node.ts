import type { ItemFormat } from '../../secs2/formats.js';

const NO_CODES = {};

/** A data item of parts that are known to be right. Its codes are properties of it. */
export function itemNode(
  e5Name: string,
  formats: readonly ItemFormat[],
  lengthRule: number | string,
  meaning: string,
  codes: object | undefined,
  others: string | undefined,
  isOpen: boolean,
): unknown {
  const node: Record<string, unknown> = {
    kind: 'item',
    e5Name,
    formats,
    lengthRule,
    meaning,
    codes: codes ?? NO_CODES,
    others,
    isOpen,
  };
  for (const [key, code] of Object.entries(codes ?? NO_CODES))
    node[key] = Array.isArray(code) ? (code as unknown[])[0] : code;
  return node;
}
