import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { catalogue, defineMessage } from '../../src/e5/index.js';
import { allowGenerating } from '../../src/e5/generate.js';
import { decodeItem, receivedMessage } from '../../src/secs2/index.js';
import { transpile } from '../support/transpile.js';
import { valuesOf } from './support/values.js';

const streams = [...new Set([...catalogue].map(({ stream }) => stream))];

describe('what was built', () => {
  it.each(streams)('reads back as it was given, strictly too: stream %i', (stream) => {
    for (const definition of [...catalogue].filter((one) => one.stream === stream)) {
      const { name, function: fn } = definition;
      fc.assert(
        fc.property(valuesOf(definition), (values) => {
          const built = definition.build(values);
          const received = receivedMessage(stream, fn, built.wBit, Buffer.from(built.body));
          expect({ name, values: definition.read(received, { strict: true }) }).toEqual({
            name,
            values: values ?? {},
          });
          expect(definition.build(definition.read(received) as never).body.equals(built.body)).toBe(true);
          if (built.body.length > 0) expect(decodeItem(built.body).byteLength).toBe(built.body.length);
        }),
        { numRuns: 10 },
      );
    }
  });
});

describe('where no functions may be made of text', () => {
  beforeAll(() => allowGenerating(false));
  afterAll(() => allowGenerating(undefined));

  it.each([1, 2, 6, 7, 16])('builds and reads the same: stream %i', (stream) => {
    for (const { name, title, body } of [...catalogue].filter((one) => one.stream === stream)) {
      const definition = defineMessage(name, title, { body } as never);
      fc.assert(
        fc.property(valuesOf(definition), (values) => {
          const built = definition.build(values as never);
          expect({ name, values: definition.read(built) }).toEqual({ name, values: values ?? {} });
          expect(
            built.body.equals(catalogue.get(stream, definition.function)!.build(values as never).body),
          ).toBe(true);
        }),
        { numRuns: 4 },
      );
    }
  });

  it('asks the program whether they may', () => {
    const module = transpile(readFileSync(join(__dirname, '../../src/e5/generate.ts'), 'utf8'));
    const answer = (codeGeneration: object): unknown =>
      runInNewContext(
        `${module}; exports.generate('() => 5', {})?.()`,
        { exports: {} },
        { contextCodeGeneration: codeGeneration },
      );
    expect(answer({ strings: true })).toBe(5);
    expect(answer({ strings: false })).toBeUndefined();
  });
});
