import fc from 'fast-check';
import { message } from '../../../../src/secs2/message.js';
import { parseItem, parseMessage } from '../../../../src/secs2/sml/parse.js';
import type { SmlPrintOptions } from '../../../../src/secs2/sml/print/print-options.js';
import { printItem, printMessage } from '../../../../src/secs2/sml/print/print.js';
import { anyItem } from '../../support/arbitraries.js';

const styles = fc.record<SmlPrintOptions>({
  indent: fc.constantFrom(0, 2, '\t'),
  counts: fc.constantFrom('always', 'lists', 'never'),
  quotes: fc.constantFrom('double', 'single'),
  binary: fc.constantFrom('hex', 'decimal'),
});

/** What is printed reads back as the same bytes, whatever the item and the style. */
export function expectSameBytes(numRuns: number): void {
  fc.assert(
    fc.property(anyItem, styles, fc.constantFrom('quotes', 'all', 'none'), (item, style, escapes) => {
      const text = printItem(item, style);
      expect(parseItem(text, { strict: true, escapes }).identical(item)).toBe(true);
      const whole = message(6, 11, true, item);
      const back = parseMessage(printMessage(whole, style), { strict: true, escapes });
      expect([back.name, back.wBit, back.body.equals(whole.body)]).toEqual(['S6F11', true, true]);
    }),
    { numRuns },
  );
}
