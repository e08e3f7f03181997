import { A, B, F8, L, U1, U4, U8 } from '../../../src/secs2';
import { GemArgumentError } from '../../../src/gem';
import { itemOf, valueOf, type ValueShape } from '../../../src/gem/model/value';

describe('values', () => {
  it.each<[ValueShape, unknown, unknown]>([
    [{ format: 'A' }, 'text', 'text'],
    [{ format: 'J' }, 'ｱ', 'ｱ'],
    [{ format: 'C2' }, '晶圆', '晶圆'],
    [{ format: 'B' }, 5, Buffer.of(5)],
    [{ format: 'B' }, Buffer.of(1, 2), Buffer.of(1, 2)],
    [{ format: 'BOOLEAN' }, true, true],
    [{ format: 'BOOLEAN', array: true }, [true, false], [true, false]],
    [{ format: 'U4' }, 7, 7],
    [{ format: 'U4', array: true }, [7], [7]],
    [{ format: 'U4', array: true }, [], []],
    [{ format: 'I8' }, -5, -5n],
    [{ format: 'F8' }, 0.1, 0.1],
    [{ format: 'L' }, L(A('x')), L(A('x'))],
    [{ format: 'U4' }, U4(7), 7],
  ])('makes an item of %j from %p and reads it again', (shape, value, read) => {
    const got = valueOf(itemOf('V', shape, value), shape.array);
    if (read instanceof Uint8Array) expect(Buffer.from(got as Uint8Array)).toEqual(read);
    else expect(got).toEqual(read);
  });

  it.each<[ValueShape, unknown, RegExp]>([
    [{ format: 'U4' }, '5000', /^V must be one value of U4, received the string "5000"/],
    [{ format: 'U4' }, -1, /^V must be one value of U4, received the number -1/],
    [{ format: 'U4' }, [1], /one value of U4, received an array of 1/],
    [{ format: 'U4', array: true }, 1, /an array of U4, received the number 1/],
    [{ format: 'U1', array: true }, [1, 300], /an array of U1.*value 1 must be .* received 300/],
    [{ format: 'A' }, 5, /text \(format A\), received the number 5/],
    [{ format: 'A' }, 'ü', /received the string "ü"/],
    [{ format: 'L' }, [], /a list item/],
    [{ format: 'U4' }, U1(1), /an item of format U4, received the item <U1\[1\] 1>/],
    [{ format: 'F8' }, F8(1, 2), /one value of F8/],
    [{ format: 'U8' }, 1.5, /one value of U8/],
    [{ format: 'BOOLEAN' }, 1, /one value of BOOLEAN/],
    [{ format: 'B' }, null, /one value of B, received null/],
  ])('refuses for %j the value %p', (shape, value, message) => {
    expect(() => itemOf('V', shape, value)).toThrow(GemArgumentError);
    expect(() => itemOf('V', shape, value)).toThrow(message);
  });

  it('takes an item of the right format as it is', () => {
    const item = U8(1);
    expect(itemOf('V', { format: 'U8' }, item)).toBe(item);
    expect(itemOf('V', { format: 'B' }, B(1, 2)).length).toBe(2);
  });
});
