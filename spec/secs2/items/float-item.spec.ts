import { floatItem, type NanBits } from '../../../src/secs2/items/float-item.js';

describe('floatItem', () => {
  it.each<['F4' | 'F8', number[], NanBits[] | undefined, string]>([
    ['F4', [], undefined, '9100'],
    ['F4', [1.5, -0], undefined, '91083fc0000080000000'],
    ['F8', [1.5], undefined, '81083ff8000000000000'],
    ['F8', [1.5, 2], [], '81103ff80000000000004000000000000000'],
    ['F4', [1, NaN], [[1, '7f800001']], '91083f8000007f800001'],
    [
      'F4',
      [NaN, 1, NaN],
      [
        [0, 'ffc00000'],
        [2, '7f800001'],
      ],
      '910cffc000003f8000007f800001',
    ],
    ['F8', [1, NaN], [[1, '7ff0000000000abc']], '81103ff00000000000007ff0000000000abc'],
    ['F8', [NaN, 1], [[0, 'fff8000000000001']], '8110fff80000000000013ff0000000000000'],
  ])('%s of %j with the NaNs %j', (format, numbers, nans, hex) => {
    const item = floatItem(format, numbers, nans);
    expect(item.encode().toString('hex')).toBe(hex);
    expect(item.format).toBe(format);
    expect(item.length).toBe(numbers.length);
  });
});
