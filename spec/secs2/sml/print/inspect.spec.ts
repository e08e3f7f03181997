import { inspect } from 'node:util';
import { A, B, L } from '../../../../src/secs2/items/factories.js';
import { U1 } from '../../../../src/secs2/items/number-factories.js';
import type { Item } from '../../../../src/secs2/items/item.js';
import { message, receivedMessage } from '../../../../src/secs2/message.js';

function nested(depth: number): Item {
  let item: Item = U1(1);
  for (let i = 0; i < depth; i++) item = L(item);
  return item;
}

describe('an item or a message in words', () => {
  it.each([64, 65, 200])('of %d nested lists', (depth) => {
    const item = nested(depth);
    const sent = message(1, 1, true, item);
    for (const text of [String(item), inspect(item), String(sent), inspect(sent)]) {
      expect(text.match(/<L\[1\]/g)).toHaveLength(depth);
      expect(text).toContain('<U1[1] 1>');
    }
  });

  it('is cut in a console only', () => {
    const item = A('x'.repeat(101));
    const sent = message(1, 1, false, item);
    const [whole, cut] = [`<A[101] "${'x'.repeat(101)}">`, `<A[101] "${'x'.repeat(100)}" /* 1 more */>`];
    expect([String(item), inspect(item)]).toEqual([whole, cut]);
    expect([String(sent), inspect(sent)]).toEqual([`S1F1\n${whole}.`, `S1F1\n${cut}.`]);
    const short = B(new Uint8Array(100));
    expect(inspect(short)).toBe(String(short));
  });
});

describe('a message whose body cannot be decoded', () => {
  const broken = (length: number): Buffer => Buffer.concat([Buffer.of(0xff), Buffer.alloc(length - 1, 0xab)]);
  const head = (wBit: boolean, body: Buffer, options = {}): [string, string] => {
    const received = receivedMessage(1, 1, wBit, body, options);
    return [String(received), inspect(received)];
  };

  it.each([
    [1, ''],
    [99, ''],
    [100, ''],
    [101, ' and 1 more bytes'],
    [1000, ' and 900 more bytes'],
  ])('shows %d bytes whole, and the first 100 in a console', (length, rest) => {
    const body = broken(length);
    const [whole, cut] = head(false, body);
    expect(whole).toMatch(/^S1F1 \/\* .*\(byte 0, root item\): [0-9a-f]+ \*\/\.$/);
    expect(whole).toContain(`: ${body.toString('hex')} */.`);
    expect(cut).toContain(`: ${body.toString('hex').slice(0, 200)}${rest} */.`);
  });

  it('shows its W-bit', () => {
    for (const text of head(true, broken(2))) expect(text).toMatch(/^S1F1 W \/\* /);
  });

  it('keeps its problem in the comment, whatever that says', () => {
    const [text] = head(false, broken(2), { codePage: 'x*/<L>*/' });
    expect(text).toContain('code page "x* /<L>* /" is not known');
    expect(text.match(/\*\//g)).toHaveLength(1);
  });
});
