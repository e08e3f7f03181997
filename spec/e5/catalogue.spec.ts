import { catalogue, SVID, S1F3, S1F4, S9F1 } from '../../src/e5/index.js';
import * as items from '../../src/e5/items/items.js';
import { checkItemParts } from '../../src/e5/nodes/check-node.js';
import { codesOf } from '../../src/e5/nodes/codes-of.js';
import type { DataItemNode, Node } from '../../src/e5/nodes/nodes.js';
import { MessageSet } from '../../src/e5/message-set.js';
import type { AnyDefinition } from '../../src/e5/index.js';

const all = [...catalogue];
const itemNodes = Object.values(items) as readonly DataItemNode[];

function itemsIn(node: Node): readonly DataItemNode[] {
  switch (node.kind) {
    case 'item':
      return [node];
    case 'list':
      return Object.values(node.fields).flatMap(itemsIn);
    case 'choice':
      return node.of.flatMap(itemsIn);
    case 'array':
    case 'maybe':
    case 'many':
    case 'optional':
      return itemsIn(node.of);
  }
}

const nodeOf = (definition: AnyDefinition): Node | undefined => {
  const { node } = definition;
  return node?.kind === 'single' ? node.of : node;
};

describe('the catalogue', () => {
  it('has the messages of streams 1 to 10 and 12 to 21, and the data items', () => {
    expect(catalogue.size).toBe(534);
    // 382, and ANY stands for what has a form of its own.
    expect(itemNodes).toHaveLength(383);
    expect([...new Set(all.map(({ stream }) => stream))]).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      ...[12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
    ]);
  });

  it('has data items of right parts: the catalogue is made without checks', () => {
    for (const { e5Name, formats, lengthRule, meaning, codes, others } of itemNodes) {
      expect(() => checkItemParts(e5Name, formats, lengthRule, meaning, codes, others)).not.toThrow();
    }
  });

  it('names each message by its stream and function', () => {
    for (const { name, stream, function: fn } of all) expect(name).toBe(`S${stream}F${fn}`);
    expect(S1F3).toMatchObject({ title: 'Selected Equipment Status Request', wantsReply: true });
  });

  it('has each primary answered by the function after it', () => {
    for (const { name, stream, function: fn, reply } of all) {
      if (reply === undefined) continue;
      expect({ name, reply: (reply as AnyDefinition).name }).toEqual({ name, reply: `S${stream}F${fn + 1}` });
    }
    expect(S1F3.reply).toBe(S1F4);
    expect(S9F1.reply).toBeUndefined();
    expect(S9F1.wantsReply).toBe(false);
  });

  it('has every secondary answer a primary', () => {
    for (const { name, stream, function: fn } of all) {
      if (fn === 0 || fn % 2 === 1) continue;
      expect({ name, asked: catalogue.get(stream, fn - 1)?.reply === catalogue.get(stream, fn) }).toEqual({
        name,
        asked: true,
      });
    }
  });

  it('uses every data item, under its own name', () => {
    const used = new Set(
      all.flatMap((one) => (nodeOf(one) === undefined ? [] : itemsIn(nodeOf(one) as Node))),
    );
    for (const [name, node] of Object.entries(items)) expect(node.e5Name).toBe(name);
    const names = new Set([...used].map(({ e5Name }) => e5Name));
    expect(itemNodes.filter(({ e5Name }) => !names.has(e5Name)).map(({ e5Name }) => e5Name)).toEqual(['SV0']);
  });

  it('gives each code of an item once', () => {
    for (const node of itemNodes) {
      const codes = codesOf(node).map(({ code }) => code);
      expect({ name: node.e5Name, codes: new Set(codes).size }).toEqual({
        name: node.e5Name,
        codes: codes.length,
      });
    }
  });

  it('is extended by a set of its own', () => {
    const set = new MessageSet([S1F3]).with(S1F4, S1F3);
    expect([...set]).toEqual([S1F3, S1F4]);
    expect(set.get(1, 4)).toBe(S1F4);
    expect(set.get(1, 5)).toBeUndefined();
    expect(() => new MessageSet([SVID as never])).toThrow(
      'a set must be made of definitions, received an object',
    );
  });
});
