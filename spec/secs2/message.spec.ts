import { inspect } from 'node:util';
import { Secs2ArgumentError, Secs2DecodeError, Secs2ShapeError } from '../../src/secs2/errors.js';
import { A, L } from '../../src/secs2/items/factories.js';
import type { Item } from '../../src/secs2/items/item.js';
import { LazyItem } from '../../src/secs2/codec/lazy-item.js';
import { message, receivedMessage, S, type SecsMessage } from '../../src/secs2/message.js';
import { U1, U4 } from '../../src/secs2/items/number-factories.js';
import { catchError } from './support/catch-error.js';
import { WritableBytes } from '../../src/secs2/codec/writable-bytes.js';

describe('messages to send', () => {
  it('are built tersely', () => {
    const cr = S(1, 13).w(L(A('MDLN'), A('1.0')));
    expect(cr).toMatchObject({ stream: 1, function: 13, wBit: true, name: 'S1F13', isPrimary: true });
    // The item is typed as it was built.
    const model: string = cr.item.items[0].values;
    expect(model).toBe('MDLN');
    expect(cr.body.toString('hex')).toBe('010241044d444c4e4103312e30');
    expect(cr.body).toBe(cr.body);

    const are: SecsMessage<undefined> = S(1, 1).w();
    expect([are.wBit, are.item, are.body.length]).toEqual([true, undefined, 0]);
    const without: SecsMessage<typeof cr.item> = cr.noReply();
    expect([without.wBit, without.item, without.name]).toEqual([false, cr.item, 'S1F13']);
    expect(without.noReply()).toBe(without);
    const kept = S(6, 11, U4(1)).w();
    expect([kept.wBit, kept.item.number]).toEqual([true, 1]);
    expect(S(1, 2, L()).wBit).toBe(false);
    expect(message(2, 17, true)).toMatchObject({ wBit: true, item: undefined });
    expect(message(2, 18, false, A('x')).item.ascii).toBe('x');
  });

  it.each<[string, () => unknown, string]>([
    ['stream -1', () => S(-1, 1), 'stream must be a whole number from 0 to 127, received -1'],
    ['stream 128', () => S(128, 1), 'received 128'],
    ['stream 1.5', () => S(1.5, 1), 'received 1.5'],
    ['stream text', () => S('1' as unknown as number, 1), 'received the string "1"'],
    ['function -1', () => S(1, -1), 'function must be a whole number from 0 to 255, received -1'],
    ['function 256', () => S(1, 256), 'received 256'],
    ['function NaN', () => message(1, NaN, false), 'received NaN'],
    ['a list in place of an item', () => S(1, 13).w([] as never), ', received an array of 0'],
    ['a text in place of an item', () => S(1, 13).w('x' as never), 'item must be an item, as A('],
    ['a number in place of an item', () => S(1, 13, 5 as never), 'U4(1) or L(), received 5'],
    ['a W-bit that is none', () => message(1, 1, 1 as never), 'wBit must be true or false, received 1'],
    ['W on a secondary', () => S(1, 2).w(), 'S1F2 cannot expect a reply'],
    ['W on a secondary with an item', () => S(1, 2).w(L()), 'S1F2 cannot expect a reply'],
    ['W on function 0', () => message(1, 0, true), 'S1F0 cannot expect a reply'],
  ])('refuse %s', (_name, build, text) => {
    expect(build).toThrow(Secs2ArgumentError);
    expect(build).toThrow(text);
  });

  it.each([
    [0, 0],
    [127, 255],
  ])('take S%iF%i', (stream, fn) => {
    expect(S(stream, fn).name).toBe(`S${stream}F${fn}`);
  });
});

describe('the body of a message', () => {
  const undecodable = Buffer.from('0102a50107', 'hex');

  it.each<[string, () => SecsMessage, string]>([
    ['no item', () => S(1, 1), ''],
    ['an item', () => S(1, 2, L(U1(7))), '0101a50107'],
    ['an item that was encoded before', () => encodedBefore(S(1, 2, L(U1(7)))), '0101a50107'],
    [
      'bytes as they came',
      () => receivedMessage(1, 2, false, Buffer.from('430000024142', 'hex')),
      '430000024142',
    ],
    ['bytes that cannot be decoded', () => receivedMessage(1, 2, false, undecodable), '0102a50107'],
  ])('of %s is written where it belongs, as often as it is sent', (_name, make, hex) => {
    const sent = make();
    for (let time = 0; time < 3; time++) {
      expect(sent.bodyBytes).toBe(hex.length / 2);
      const out = Buffer.alloc(sent.bodyBytes + 3, 0xee);
      sent.writeBody(new WritableBytes(out), 1);
      expect(out.toString('hex')).toBe(`ee${hex}eeee`);
    }
    expect(sent.body.toString('hex')).toBe(hex);
    expect(sent.bodyBytes).toBe(hex.length / 2);
  });

  it('is given as a copy when it is asked to encode', () => {
    const received = receivedMessage(1, 2, false, undecodable);
    const encoded = received.encode();
    expect(encoded).toEqual(undecodable);
    encoded.fill(0);
    expect(received.body.toString('hex')).toBe('0102a50107');
  });

  function encodedBefore(message: SecsMessage): SecsMessage {
    expect(message.body).toBe(message.body);
    return message;
  }
});

describe('received messages', () => {
  it('decode their body once, when it is asked for', () => {
    const body = Buffer.from('0101a50107', 'hex');
    const received = receivedMessage(1, 2, false, body);
    expect(received.item).toBe(received.item);
    expect(received.item?.at(0).u1[0]).toBe(7);
    expect(received.itemError).toBeUndefined();
    expect(received.body).toBe(body);
    expect(received.encode().equals(body)).toBe(true);
    expect(receivedMessage(1, 1, true, Uint8Array.of()).item).toBeUndefined();
  });

  it('keep the error of a body that cannot be decoded, and the body (P-47)', () => {
    const body = Buffer.from('0102a50107', 'hex');
    const received = receivedMessage(1, 2, false, body);
    const error = catchError(() => received.item);
    expect(error).toBeInstanceOf(Secs2DecodeError);
    expect(catchError(() => received.item)).toBe(error);
    expect(received.itemError).toBe(error);
    expect(received.body).toBe(body);
    expect(String(received)).toBe(
      'S1F2 /* L of 2 items, but 3 bytes are left (byte 0, root item): 0102a50107 */.',
    );
    expect(inspect(receivedMessage(1, 2, false, Buffer.alloc(200, 1)))).toContain('and 100 more bytes');
  });

  it('take any header that the wire can carry', () => {
    const odd = receivedMessage(1, 2, true, Buffer.alloc(0));
    expect([odd.wBit, odd.isPrimary]).toEqual([true, false]);
    expect(() => receivedMessage(128, 1, false, Buffer.alloc(0))).toThrow(Secs2ArgumentError);
  });

  it('decode as they are told', () => {
    const body = Buffer.from('4102c4e3', 'hex');
    expect(receivedMessage(1, 2, false, body, { codePage: 'gbk' }).item?.text).toBe('你');
  });

  it('give an item of a shape', () => {
    const received = receivedMessage(1, 2, false, S(1, 2, L(A('m'), U1(2))).body);
    expect(received.expect(['A', 'U1']).items[1].values[0]).toBe(2);
    expect(catchError(() => received.expect(['A', 'A']))).toMatchObject({
      path: [1],
      expected: 'A',
      found: 'U1',
    });
    expect(() => S(1, 1).expect('any')).toThrow(Secs2ShapeError);
    expect(catchError(() => S(1, 1).expect('any'))).toMatchObject({ path: [] });
    expect(() => S(1, 1).expect('any')).toThrow('expected an item, found S1F1 without one');
  });

  it('show as SML and as JSON', () => {
    expect(String(S(1, 13).w(L(U1(1))))).toBe('S1F13 W\n<L[1]\n  <U1[1] 1>\n>.');
    expect(inspect(S(1, 1))).toBe('S1F1.');
    expect(JSON.stringify(S(1, 1).w())).toBe('{"stream":1,"function":1,"wBit":true}');
    expect(JSON.stringify(S(1, 2, U1(1)))).toBe('{"stream":1,"function":2,"wBit":false,"item":{"U1":[1]}}');
  });
});

describe('LazyItem', () => {
  it('decodes once', () => {
    const good = new LazyItem(Buffer.from('a50107', 'hex'));
    const item: Item | undefined = good.item;
    expect(good.item).toBe(item);
    expect(good.error).toBeUndefined();
    const bad = new LazyItem(Buffer.from('a501', 'hex'));
    expect(bad.error).toBeInstanceOf(Secs2DecodeError);
    expect(catchError(() => bad.item)).toBe(bad.error);
    expect(new LazyItem(Buffer.alloc(0)).item).toBeUndefined();
  });

  const around = Buffer.from('eeffa50107ffee', 'hex');
  it.each<[string, Uint8Array, number, number]>([
    ['a buffer', Buffer.from('a50107', 'hex'), 0, 3],
    ['the middle of a buffer', around, 2, 5],
    ['the start of a buffer', around.subarray(2), 0, 3],
    ['the end of a buffer', around.subarray(0, 5), 2, 5],
    ['a Uint8Array', Uint8Array.of(0xa5, 1, 7), 0, 3],
    ['a view into a Uint8Array', Uint8Array.of(0, 0, 0xa5, 1, 7).subarray(1), 1, 4],
  ])('gives its body as a buffer: of %s', (_name, memory, start, end) => {
    const lazy = new LazyItem(memory, undefined, start, end);
    expect(Buffer.isBuffer(lazy.body)).toBe(true);
    expect(lazy.body.toString('hex')).toBe('a50107');
    expect(lazy.item?.number).toBe(7);
  });

  it.each([
    [true, 7],
    [false, 9],
    [undefined, 9],
  ])('decodes with copy: %p what is changed afterwards as %i', (copy, value) => {
    const memory = Buffer.from('00a50107', 'hex');
    const { item } = new LazyItem(memory, copy === undefined ? undefined : { copy }, 1, 4);
    memory[3] = 9;
    expect(item?.number).toBe(value);
  });
});
