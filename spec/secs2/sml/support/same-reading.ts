import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { SmlError } from '../../../../src/secs2/errors.js';
import { parseItem } from '../../../../src/secs2/sml/parse.js';
import type { SmlParseOptions, SmlWarning } from '../../../../src/secs2/sml/parse-options.js';

/** All that reading a text comes to: its bytes or its error, and the warnings. Places count from `shift` on. */
function outcome(text: string, options: SmlParseOptions, shift: number): unknown {
  const warnings: Partial<SmlWarning>[] = [];
  const unshift = (offset: number): number => (offset === 0 ? 0 : offset - shift);
  const onWarning = ({ code, message, offset }: SmlWarning): void => {
    warnings.push({ code, message, offset: unshift(offset) });
  };
  try {
    const item = parseItem(text, { ...options, onWarning });
    return {
      bytes: item.encode().toString('hex'),
      built: item.format === 'L' || item.format === 'C2' ? undefined : item.values,
      warnings,
    };
  } catch (error) {
    if (!(error instanceof SmlError)) throw error;
    const problem = error.message.replace(/ \(line.*/, '');
    return { code: error.code, problem, offset: unshift(error.offset), warnings };
  }
}

/** A space behind the < leaves the meaning as it is, and takes the item out of its canonical form. */
export function both(rest: string, options: SmlParseOptions): [canonical: unknown, general: unknown] {
  return [outcome(`<${rest}`, options, 0), outcome(`< ${rest}`, options, 1)];
}

export const options = fc.record<SmlParseOptions>({
  strict: fc.boolean(),
  binary: fc.constantFrom('decimal', 'hex'),
  escapes: fc.constantFrom('quotes', 'all', 'none'),
});
const format = fc.constantFrom(
  ...['A', 'U1', 'U2', 'U4', 'U8', 'I1', 'I2', 'I4', 'I8', 'F4', 'F8', 'B', 'J', 'C2', 'BOOLEAN', 'a', 'u4'],
  ...['L', 'D8', 'W', 'U3', 'AB', ''],
);
const count = fc.constantFrom(
  ...[
    '',
    '',
    '',
    '[1]',
    '[1]',
    '[0]',
    '[2]',
    '[3]',
    '[]',
    '[01]',
    '[1..2]',
    '[MAX 4]',
    ' [1]',
    '[1',
    '[1]!2',
  ],
  ...['[000000001]', '[0000000001]', ',1', '!1'],
);
const gap = fc.constantFrom(' ', ' ', ' ', '', '  ', '\t', '\n', '\x01', '/**/', '\u3000');
const number = fc.oneof(
  fc.integer().map(String),
  fc.integer({ min: -300, max: 70_000 }).map(String),
  fc.float().map(String),
  fc.double().map(String),
  fc.double({ noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => value.toFixed(4)),
  fc.constantFrom('-0', '0', '-', '+1', '1.', '.5', '-.5', '.', '1..2', '--1', '00012', '123456789012345'),
  fc.constantFrom(
    '1234567890123456',
    '-999999999999999.9',
    '0x0A',
    '0b11',
    '0A',
    '1e3',
    '1,2',
    'NaN',
    '-Inf',
  ),
);
const quoted = fc
  .tuple(
    fc.constantFrom('"', "'"),
    fc.string({
      unit: fc.constantFrom('a', ' ', '<', '>', '"', "'", '\\', '\n', '\x7f', 'é', '日'),
      maxLength: 4,
    }),
  )
  .map(([quote, text]) => quote + text + quote);
const value = fc.oneof(number, quoted, quoted, fc.constantFrom('', 'abc', '"open', 'T'));
const end = fc.constantFrom('>', '>', '>', '>', '', ' >', '\x01>', '\u00a0>', ' 1>', '"x">', '>>', '>.');

/** The canonical form reads the same, right or wrong, as the same item written otherwise. */
export function expectSameReading(numRuns: number): void {
  fc.assert(
    fc.property(format, count, gap, value, end, options, (name, head, space, data, tail, given) => {
      const [canonical, general] = both(name + head + space + data + tail, given);
      // Jest's own comparison is slow, and is left to tell of the difference where there is one.
      if (!isDeepStrictEqual(canonical, general)) expect(canonical).toEqual(general);
    }),
    { numRuns },
  );
}
