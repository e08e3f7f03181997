import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemFromJSON } from '../../../src/secs2/json/json-read.js';
import { parseMessages } from '../../../src/secs2/sml/parse.js';
import { printMessage } from '../../../src/secs2/sml/print/print.js';
import type { SmlParseOptions } from '../../../src/secs2/sml/parse-options.js';

const corpus = join(__dirname, '../corpus');
const table = readFileSync(join(__dirname, '../../../docs/sml-dialects.md'), 'utf8');
const names = readdirSync(corpus)
  .filter((file) => file.endsWith('.sml'))
  .map((file) => file.slice(0, -'.sml'.length));

/**
 * What a corpus file says: how it is read, how many things are put up with, whether it can be read strictly all the same,
 * and the messages in it. Of a template only the names of what it leaves open are compared.
 */
interface Expected {
  readonly options?: SmlParseOptions;
  readonly warnings?: number;
  readonly strict?: true;
  readonly messages: readonly Record<string, unknown>[];
}

describe('the dialects of SML', () => {
  it('are the rows of the table, each with its file', () => {
    const rows = [...table.matchAll(/\| `([a-z0-9-]+)` +\|$/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual([...names].sort());
  });

  describe.each(names)('%s', (name) => {
    const text = readFileSync(join(corpus, `${name}.sml`), 'utf8');
    const expected = JSON.parse(readFileSync(join(corpus, `${name}.json`), 'utf8')) as Expected;
    const read = (source: string, more: SmlParseOptions = {}): ReturnType<typeof parseMessages> =>
      parseMessages(source, { ...expected.options, ...more });

    it('reads', () => {
      let warnings = 0;
      const found = read(text, { onWarning: () => warnings++ }).map(
        ({ message, placeholders, ...header }) => {
          const { stream, function: fn, wBit } = message;
          const content =
            placeholders === undefined
              ? message.toJSON()
              : { stream, function: fn, wBit, placeholders: placeholders.map(({ name }) => name) };
          const given = Object.entries({ ...content, ...header }).filter(([, value]) => value !== undefined);
          return Object.fromEntries(given.filter(([key, value]) => key !== 'wOptional' || value === true));
        },
      );
      expect(found).toEqual(expected.messages);
      expect(warnings).toBe(expected.warnings ?? 0);
    });

    it('reads the same with other line ends and indents', () => {
      const bodies = (source: string): string[] =>
        read(source).map(({ message, placeholders }) =>
          placeholders === undefined
            ? message.body.toString('hex')
            : `${message.name} ${placeholders.length}`,
        );
      expect(bodies(text.replaceAll('\n', '\r\n'))).toEqual(bodies(text));
      if (!text.includes('*')) expect(bodies(text.replace(/^ +/gm, '\t'))).toEqual(bodies(text));
    });

    const strict = expected.warnings === undefined || expected.strict === true;
    it(strict ? 'reads strictly' : 'is refused strictly', () => {
      if (strict) expect(read(text, { strict: true })).toHaveLength(expected.messages.length);
      else expect(() => read(text, { strict: true })).toThrow(/line \d+, column \d+/);
    });

    it('prints in the canonical form, which reads back the same', () => {
      for (const { message, placeholders } of read(text)) {
        if (placeholders !== undefined) {
          expect(() => printMessage(message)).toThrow('is a template and cannot be sent');
          continue;
        }
        const [again] = parseMessages(printMessage(message), { strict: true });
        expect(again?.message.body.equals(message.body)).toBe(true);
        if (message.item !== undefined)
          expect(itemFromJSON(message.item.toJSON()).identical(message.item)).toBe(true);
      }
    });
  });
});
