import type { ModelProblem } from '../errors.js';
import { idProblem, type IdFormat } from './id.js';
import { quote } from './value.js';

const ASCII = /^[\x20-\x7e]*$/;

/** What was found wrong with a model so far, and the checks that all its parts share. */
export class Problems {
  readonly found: ModelProblem[] = [];

  add(path: string, message: string): void {
    this.found.push({ path, message });
  }

  /** Each key of an entry must be one that is known: a misspelt one would pass in silence. */
  keys(path: string, entry: unknown, known: readonly string[]): boolean {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      this.add(path, `must be an object, received ${quote(entry)}`);
      return false;
    }
    for (const key of Object.keys(entry)) {
      if (!known.includes(key)) this.add(`${path}.${key}`, `is not known; allowed are ${known.join(', ')}`);
    }
    return true;
  }

  /** An object of entries by name, empty where there is none. */
  section<T>(path: string, value: Readonly<Record<string, T>> | undefined): [string, T][] {
    if (value === undefined) return [];
    if (typeof value === 'object' && (value as unknown) !== null && !Array.isArray(value))
      return Object.entries(value);
    this.add(path, `must be an object of entries by name, received ${quote(value)}`);
    return [];
  }

  /** A list, empty where there is none. */
  list<T>(path: string, value: readonly T[] | undefined): readonly T[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value as readonly T[];
    this.add(path, `must be a list, received ${quote(value)}`);
    return [];
  }

  text(path: string, value: unknown, maxLength: number, minLength = 0): value is string {
    if (typeof value === 'string' && ASCII.test(value)) {
      if (value.length >= minLength && value.length <= maxLength) return true;
      this.add(path, `must be ${minLength} to ${maxLength} characters long, received ${value.length}`);
      return false;
    }
    this.add(path, `must be printable ASCII text, received ${quote(value)}`);
    return false;
  }

  /** Any text, or none. */
  description(path: string, value: unknown): void {
    if (value !== undefined && typeof value !== 'string')
      this.add(path, `must be text, received ${quote(value)}`);
  }

  integer(path: string, value: unknown, min: number, max: number): value is number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return true;
    this.add(path, `must be an integer of ${min} to ${max}, received ${quote(value)}`);
    return false;
  }

  number(path: string, value: unknown): value is number {
    if (typeof value === 'number' && !Number.isNaN(value)) return true;
    this.add(path, `must be a number, received ${quote(value)}`);
    return false;
  }

  boolean(path: string, value: unknown): value is boolean {
    if (typeof value === 'boolean') return true;
    this.add(path, `must be true or false, received ${quote(value)}`);
    return false;
  }

  oneOf<T extends string>(path: string, value: unknown, allowed: readonly T[]): value is T {
    if (allowed.includes(value as T)) return true;
    this.add(path, `must be one of ${allowed.join(', ')}, received ${quote(value)}`);
    return false;
  }

  id(path: string, value: unknown, format: IdFormat): void {
    const problem = idProblem(value, format);
    if (problem !== undefined) this.add(path, `${problem}; received ${quote(value)}`);
  }
}

/** Which entry has which name, and which id: each only once. */
export class Registry {
  readonly #problems: Problems;
  readonly #kind: string;
  readonly #ids = new Map<unknown, string>();
  readonly #names = new Map<string, string>();

  /** @param kind what the ids are called: `VID`, `CEID` … */
  constructor(problems: Problems, kind: string) {
    this.#problems = problems;
    this.#kind = kind;
  }

  claim(path: string, name: string, id: unknown): void {
    const before = this.#ids.get(id);
    if (before !== undefined) {
      this.#problems.add(`${path}.id`, `must be a ${this.#kind} of its own: ${String(id)} is ${before}'s`);
    } else this.#ids.set(id, path);
    const namesake = this.#names.get(name);
    if (namesake !== undefined)
      this.#problems.add(path, `must have a name of its own: ${namesake} has it too`);
    else this.#names.set(name, path);
  }
}
