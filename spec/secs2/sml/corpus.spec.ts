import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemFromJSON } from '../../../src/secs2/json/json-read.js';
import { parseMessages } from '../../../src/secs2/sml/parse.js';
import { printMessage } from '../../../src/secs2/sml/print.js';
import type { SmlParseOptions } from '../../../src/secs2/sml/parse-options.js';

const corpus = join(__dirname, '../corpus');
const table = readFileSync(join(__dirname, '../../../docs/sml-dialects.md'), 'utf8');
const names = readdirSync(corpus)
  .filter((file) => file.endsWith('.sml'))
  .map((file) => file.slice(0, -'.sml'.length));

/** What a corpus file says: how it is read, how many things are put up with, and the messages in it. */
interface Expected {
  readonly options?: SmlParseOptions;
  readonly warnings?: number;
  readonly messages: readonly Record<string, unknown>[];
}

describe('the dialects of SML', () => {
  it('are the rows of the table, each with its file', () => {
    const rows = [...table.matchAll(/\(\.\.\/spec\/secs2\/corpus\/([a-z0-9-]+)\.sml\)/g)].map(
      ([, name]) => name,
    );
    expect(rows.sort()).toEqual([...names].sort());
  });

  describe.each(names)('%s', (name) => {
    const text = readFileSync(join(corpus, `${name}.sml`), 'utf8');
    const expected = JSON.parse(readFileSync(join(corpus, `${name}.json`), 'utf8')) as Expected;
    const read = (source: string, more: SmlParseOptions = {}): ReturnType<typeof parseMessages> =>
      parseMessages(source, { ...expected.options, ...more });

    it('reads', () => {
      let warnings = 0;
      const found = read(text, { onWarning: () => warnings++ }).map(({ message, ...header }) => {
        const given = Object.entries({ ...message.toJSON(), ...header }).filter(
          ([, value]) => value !== undefined,
        );
        return Object.fromEntries(given.filter(([key, value]) => key !== 'wOptional' || value === true));
      });
      expect(found).toEqual(expected.messages);
      expect(warnings).toBe(expected.warnings ?? 0);
    });

    it('reads the same with other line ends and indents', () => {
      const bodies = (source: string): string[] =>
        read(source).map(({ message }) => message.body.toString('hex'));
      expect(bodies(text.replaceAll('\n', '\r\n'))).toEqual(bodies(text));
      if (!text.includes('*')) expect(bodies(text.replace(/^ +/gm, '\t'))).toEqual(bodies(text));
    });

    it(expected.warnings === undefined ? 'reads strictly' : 'is refused strictly', () => {
      if (expected.warnings === undefined)
        expect(read(text, { strict: true })).toHaveLength(expected.messages.length);
      else expect(() => read(text, { strict: true })).toThrow(/line \d+, column \d+/);
    });

    it('prints in the canonical form, which reads back the same', () => {
      for (const { message } of read(text)) {
        const [again] = parseMessages(printMessage(message), { strict: true });
        expect(again?.message.body.equals(message.body)).toBe(true);
        if (message.item !== undefined)
          expect(itemFromJSON(message.item.toJSON()).identical(message.item)).toBe(true);
      }
    });
  });
});
