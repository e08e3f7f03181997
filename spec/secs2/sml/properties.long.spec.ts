import { expectSameBytes } from './support/same-bytes.js';
import { expectSameReading } from './support/same-reading.js';

jest.setTimeout(120_000);

it('the canonical form reads the same, right or wrong, as the same item written otherwise', () => {
  expectSameReading(20_000);
});

it('canonical SML reads back as the same bytes, whatever the item and the style', () => {
  expectSameBytes(1500);
});
