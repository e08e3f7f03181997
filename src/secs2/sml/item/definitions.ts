import { Char, type SmlSource } from '../source.js';

const DEFINE = /#[ \t]*define[ \t]+([A-Za-z_][A-Za-z0-9_]*)(?:[ \t]+([^\r\n]*))?(?=[\r\n]|$)/iy;
/** What follows a value on its line and is no part of it. */
const TRAILING_COMMENT = /^((?:"[^"]*"|'[^']*'|[^"'*/]|\/(?![/*]))*?)\s*(?:\/\/|\/\*|\*|$)/;
/** A value in parentheses, or with a semicolon behind it, as in C. */
const AS_IN_C = /^(?:\(\s*([^()"']*?)\s*\)|([^"';]*?|"[^"]*"|'[^']*'))\s*;?$/;
/** Names that stand for names: this many in a row are followed. */
const LONGEST_CHAIN = 16;

/** Reads `#define MAX_NAME 40`; false where none stands here. */
export function takeDefinition(source: SmlSource): boolean {
  if (source.peek() !== Char.hash) return false;
  const start = source.position;
  const match = source.take(DEFINE);
  if (match === undefined) {
    source.fail('SML_SYNTAX', 'of what begins with #, only #define NAME VALUE is read', start);
  }
  const [, name = '', rest = ''] = match;
  const text = (TRAILING_COMMENT.exec(rest)?.[1] ?? rest).trim();
  const [, enclosed, bare] = AS_IN_C.exec(text) ?? [];
  const value = enclosed ?? bare ?? text;
  const definitions = (source.definitions ??= new Map<string, string>());
  const before = definitions.get(name);
  if (before !== undefined && before !== value) {
    source.tolerate('definition', `${name} was defined as ${before} before, and now is ${value}`, start);
  }
  definitions.set(name, value);
  return true;
}

/** What a name is defined as, through names that stand for names; undefined for one that is not defined. */
export function definitionOf(source: SmlSource, name: string): string | undefined {
  const { definitions } = source;
  let value = definitions?.get(name);
  for (let i = 0; i < LONGEST_CHAIN && value !== undefined; i++) {
    const next = definitions?.get(value);
    if (next === undefined) return value;
    value = next;
  }
  return value;
}
