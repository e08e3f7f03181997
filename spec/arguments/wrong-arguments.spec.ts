import * as root from '../../src/index.js';
import * as secs2 from '../../src/secs2/index.js';
import { wrongValues } from '../support/wrong-values.js';
import { callablesOf } from './public-api.js';
import { rootRows, secs2Rows, type Row } from './rows.js';

/** What an error may be that says what is wrong with an argument. */
const kinds = [
  root.HsmsArgumentError,
  secs2.Secs2ArgumentError,
  secs2.Secs2TextError,
  secs2.Secs2JsonError,
  secs2.SmlError,
] as const;

const isRightKind = (error: unknown): boolean => kinds.some((kind) => error instanceof kind);

/** What a call ends in: the error that it throws, or that its promise rejects with. */
async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, Row>>]>([
  ['rxsecs', root, rootRows],
  ['rxsecs/secs2', secs2, secs2Rows],
])('wrong arguments to %s', (_entry, entry, rows) => {
  it('have a row for each export that can be called, and for nothing else', () => {
    expect(Object.keys(rows).sort()).toEqual(
      callablesOf(entry)
        .map(({ name }) => name)
        .sort(),
    );
  });

  const tried = Object.entries(rows).flatMap(([name, row]) =>
    typeof row === 'string' ? [] : [[name, row] as const],
  );

  it.each(tried)('%s says what is wrong', async (name, { call, args }) => {
    for (const [place, { allows }] of args.entries()) {
      for (const [what, value] of wrongValues) {
        if (allows(value)) continue;
        const given = args.map(({ right }, i) => (i === place ? value : right));
        const error = await errorOf(() => call(...(given as never[])));
        const told = `${name}, argument ${place}, ${what}: ${error instanceof Error ? `${error.name} ${error.message.slice(0, 200)}` : String(typeof error)}`;
        expect({ told, right: isRightKind(error) }).toEqual({ told, right: true });
      }
    }
  });

  it.each(tried)('%s takes what is right', async (name, { call, args }) => {
    const error = await errorOf(() => call(...(args.map(({ right }) => right) as never[])));
    if (name !== 'HsmsConnection.send' && name !== 'new HsmsGeneralSession') expect(error).toBeUndefined();
  });
});
