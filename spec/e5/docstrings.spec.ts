import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, type AnyDefinition } from '../../src/e5/index.js';
import * as items from '../../src/e5/items/items.js';
import type { DataItemNode } from '../../src/e5/nodes/nodes.js';

// The catalogue is data and says in comments what the data say, for editors and the API reference: one must not go without the other.

/** The comments above what a folder exports, by name, on one line each. */
function comments(folder: string): ReadonlyMap<string, string> {
  const root = join(__dirname, '../../src/e5', folder);
  const found = readdirSync(root).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const (\w+) = (?:message|item|value)\(/g)];
  });
  return new Map(found.map(([, text = '', name = '']) => [name, text.replace(/\s*\n\s*\*\s?/g, ' ').trim()]));
}

const SENDERS = { 'H->E': 'host to equipment', 'E->H': 'equipment to host', both: 'either side' } as const;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What the comment of a message says. */
function described({ title, facts, reply, stream, function: fn }: AnyDefinition): string {
  if (fn === 0) {
    return `${title}: ends a transaction of stream ${stream} without an answer; not to be answered.`;
  }
  const wanted = facts.replyIsOptional === true ? ' where wanted' : '';
  const answer = reply === undefined ? '' : `, answered by ${(reply as AnyDefinition).name}${wanted}`;
  const special = facts.special === undefined ? '' : ` ${capital(facts.special)}.`;
  return `${title}: ${SENDERS[facts.direction]}${answer}.${special}`;
}

it('has a comment above each message that says what its data say', () => {
  const found = comments('streams');
  expect(found.size).toBe(catalogue.size);
  const said = Object.fromEntries([...catalogue].map(({ name }) => [name, found.get(name)]));
  expect(said).toEqual(Object.fromEntries([...catalogue].map((one) => [one.name, described(one)])));
});

it('has a comment above each data item that begins with its meaning', () => {
  const found = comments('items');
  const all = Object.entries(items) as [string, DataItemNode][];
  expect(found.size).toBe(all.length);
  const wrong = all.filter(([name, { e5Name, meaning }]) => {
    const text = found.get(name);
    return e5Name !== name && e5Name.toUpperCase() !== name
      ? true
      : text?.startsWith(`${capital(meaning)}.`) !== true;
  });
  expect(wrong.map(([name, { meaning }]) => [name, meaning, found.get(name)])).toEqual([]);
});
