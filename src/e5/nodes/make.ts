// What the catalogue is made of: as in nodes.ts, without checks of what they are given. The compiler knows the catalogue, and a
// program that uses one message of it has neither to carry the checks nor to run them hundreds of times when it starts.
import type { ItemFormat } from '../../secs2/formats.js';
import { itemNode } from './item-node.js';
import type * as checked from './nodes.js';

type ItemParts = [
  e5Name: string,
  formats: readonly ItemFormat[],
  lengthRule: number | string,
  meaning: string,
  codes?: object,
  others?: string,
];

export const item = ((...[e5Name, formats, lengthRule, meaning, codes, others]: ItemParts) =>
  itemNode(e5Name, formats, lengthRule, meaning, codes, others, false)) as typeof checked.item;

export const value = ((...[e5Name, formats, lengthRule, meaning, codes, others]: ItemParts) =>
  itemNode(e5Name, formats, lengthRule, meaning, codes, others, true)) as typeof checked.value;

export const arrayOf = ((of: unknown) => ({ kind: 'array', of })) as typeof checked.arrayOf;

export const maybe = ((of: unknown) => ({ kind: 'maybe', of })) as typeof checked.maybe;

export const list = ((fields: unknown) => ({ kind: 'list', fields })) as typeof checked.list;

export const listOf = ((of: unknown) => ({ kind: 'many', of })) as typeof checked.listOf;

export const optional = ((of: unknown) => ({ kind: 'optional', of })) as typeof checked.optional;

export const oneOf = ((...of: unknown[]) => ({ kind: 'choice', of })) as unknown as typeof checked.oneOf;
