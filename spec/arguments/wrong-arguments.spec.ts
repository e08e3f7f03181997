import * as bridge from '../../src/bridge/index.js';
import * as capture from '../../src/capture/index.js';
import * as e5 from '../../src/e5/index.js';
import * as gem from '../../src/gem/index.js';
import * as root from '../../src/index.js';
import * as log from '../../src/log/index.js';
import * as metrics from '../../src/metrics/index.js';
import * as otel from '../../src/otel/index.js';
import * as secs1 from '../../src/secs1/index.js';
import * as testing from '../../src/testing/index.js';
import * as secs2 from '../../src/secs2/index.js';
import { wrongValues } from '../support/wrong-values.js';
import { bridgeRows } from './bridge-rows.js';
import { e5Rows } from './e5-rows.js';
import { gemRows } from './gem-rows.js';
import { callablesOf } from './public-api.js';
import { rootRows } from './root-rows.js';
import { anything, type Rows } from './row.js';
import { secs1Rows } from './secs1-rows.js';
import { secs2Rows } from './secs2-rows.js';
import { closePair } from './selected-pair.js';
import { testingRows } from './testing-rows.js';
import { captureRows, logRows, metricsRows, otelRows } from './watch-rows.js';

/** What an error may be that says what is wrong with an argument. */
const kinds = [
  root.HsmsArgumentError,
  secs2.Secs2ArgumentError,
  secs2.Secs2TextError,
  secs2.Secs2JsonError,
  secs2.SmlError,
  log.WireLogError,
  e5.E5Error,
  gem.GemError,
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

afterAll(closePair);

describe.each<[string, Readonly<Record<string, unknown>>, Rows]>([
  ['rxsecs', root, rootRows],
  ['rxsecs/secs2', secs2, secs2Rows],
  ['rxsecs/e5', e5, e5Rows],
  ['rxsecs/gem', gem, gemRows],
  ['rxsecs/secs1', secs1, secs1Rows],
  ['rxsecs/bridge', bridge, bridgeRows],
  ['rxsecs/log', log, logRows],
  ['rxsecs/capture', capture, captureRows],
  ['rxsecs/metrics', metrics, metricsRows],
  ['rxsecs/otel', otel, otelRows],
  ['rxsecs/testing', testing, testingRows],
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
        const given = args.map(({ right }, i) => (i === place ? value : right()));
        const error = await errorOf(() => call(...(given as never[])));
        const told = `${name}, argument ${place}, ${what}: ${error instanceof Error ? `${error.name} ${error.message.slice(0, 200)}` : String(typeof error)}`;
        expect({ told, right: isRightKind(error) }).toEqual({ told, right: true });
      }
    }
  });

  const takingAnything = tried.filter(([, { args }]) =>
    args.every(({ allows }) => allows === anything.allows),
  );

  if (takingAnything.length > 0) {
    it.each(takingAnything)('%s takes anything', (_name, { call }) => {
      for (const [, value] of wrongValues) expect(() => call(value as never)).not.toThrow();
    });
  }

  const withOptions = tried.flatMap(([name, { call, args }]) =>
    args.flatMap(({ names = [] }, place) => names.map((option) => ({ name, option, call, args, place }))),
  );

  if (withOptions.length > 0) {
    it.each(withOptions)('$name says what is wrong with $option', async ({ option, call, args, place }) => {
      const wrong = { [option]: Symbol('no option takes one') };
      const error = await errorOf(() =>
        call(...(args.map(({ right }, i) => (i === place ? wrong : right())) as never[])),
      );
      expect({ error, right: isRightKind(error) }).toMatchObject({ right: true });
    });
  }

  it.each(tried)('%s takes what is right', async (_name, { call, args, fails }) => {
    const error = await errorOf(() => call(...(args.map(({ right }) => right()) as never[])));
    if (fails === undefined) expect(error).toBeUndefined();
    else expect(error).toMatchObject({ message: expect.stringMatching(fails) as string });
  });
});
