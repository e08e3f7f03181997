import {
  standardConstants,
  standardDataVariables,
  standardEvents,
  standardVariables,
} from '../model/standard.js';
import type { RoleName } from './tool-profile.js';

/** Makes names for what a tool lists: its own name, another one where that is empty or taken. */
export class NameMaker {
  readonly #taken = new Set<string>();

  /** @param kind stands before the id where the tool has no name: `SV_1001` */
  make(given: string, kind: string, id: number | string): string {
    const own = given.trim();
    const plain = own === '' ? `${kind}_${id}` : own;
    const name = this.#taken.has(plain) ? `${plain}_${id}` : plain;
    this.#taken.add(name);
    return name;
  }
}

/** A text as a name: `Chamber too hot` becomes `ChamberTooHot`. */
export function nameOfText(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const STANDARD = new Map<string, RoleName>(
  [standardVariables, standardDataVariables, standardConstants, standardEvents]
    .flatMap((names) => Object.keys(names) as RoleName[])
    .map((name) => [folded(name), name]),
);

/** What of E30 these names stand for, where they are written in another way: `CONTROL_STATE`. */
export function rolesOf(names: Iterable<string>): Partial<Record<RoleName, string>> {
  const roles: Partial<Record<RoleName, string>> = {};
  const all = [...names];
  for (const name of all) {
    const role = STANDARD.get(folded(name));
    if (role !== undefined && role !== name && !all.includes(role)) roles[role] ??= name;
  }
  return roles;
}
