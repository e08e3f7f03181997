import { SmlTemplateError } from '../../../../src/secs2/errors.js';
import { parseItem, parseMessages } from '../../../../src/secs2/sml/parse.js';
import type { SmlWarning } from '../../../../src/secs2/sml/parse-options.js';
import { catchError } from '../../support/catch-error.js';

describe('text without quotes', () => {
  it.each([
    ['<A(3) "abc">', /quoted text, or a count such as \[3\], is expected here, not "\("/],
    ['<A {3} "abc">', /not "\{"/],
    ["<A <= 3 'abc'>", /not "<"/],
    ['<A = "abc">', /not "="/],
    ['<A #"abc">', /not "#"/],
    ['<A \u201cabc\u201d>', /\u201c does not begin a text: write " or '/],
    ['<A \u2018abc\u2019>', /\u2018 does not begin a text/],
    ['<A \u00ababc\u00bb>', /\u00ab does not begin a text/],
  ])('is not %s, which somebody meant otherwise', (item, problem) => {
    expect(() => parseItem(item)).toThrow(problem);
    expect(() => parseItem(item, { codePage: 'utf-8' })).toThrow(problem);
    expect(() => parseItem(item)).toThrow(/\(line 1, column \d+\)/);
  });

  it.each([
    ["<A O'BRIEN>", "O'BRIEN"],
    ['<A lot "7">', 'lot "7"'],
    ['<A[7] ("abc")>', '("abc")'],
    ['<A (abc)>', '(abc)'],
    ['<A $5.00>', '$5.00'],
    ['<A {a, b}>', '{a, b}'],
    ['<A 100%>', '100%'],
    ['<A[6] {name}>', '{name}'],
  ])('%s is %j, with a warning', (item, text) => {
    const warnings: SmlWarning[] = [];
    expect(parseItem(item, { onWarning: (warning) => warnings.push(warning) }).toJSON()).toEqual({ A: text });
    expect(warnings).toMatchObject([{ code: 'unquoted' }]);
  });

  it.each([
    ['<A {name}>', '{name}'],
    ['<A ${tool.lot}>', '${tool.lot}'],
    ['<A {{lot id}}>', '{{lot id}}'],
    ['<A $LOT>', '$LOT'],
    ['<A %LOT%>', '%LOT%'],
    ['<A %-8s>', undefined],
    ['<A %08d>', '%08d'],
    ['<A <LotId>>', 'LotId'],
    ['<A[MAX 40] <Lot Id> >', 'Lot Id'],
    ['<J {name}>', '{name}'],
  ])('%s is a place for a value: %s', (item, name) => {
    const [message] = parseMessages(`S2F42 <L ${item}>.`);
    expect(message?.placeholders?.map((placeholder) => placeholder.name)).toEqual(name && [name]);
    if (name === undefined) return;
    expect(catchError(() => parseItem(item))).toBeInstanceOf(SmlTemplateError);
    expect(() => parseMessages(`S2F42 ${item}.`, { strict: true })).toThrow(/line 1, column/);
  });
});
