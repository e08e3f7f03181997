import fc from 'fast-check';
import { catalogue } from '../../src/e5/index.js';
import { decodeItem, receivedMessage } from '../../src/secs2/index.js';
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
          if (built.body.length > 0) expect(decodeItem(built.body).byteLength).toBe(built.body.length);
        }),
        { numRuns: 10 },
      );
    }
  });
});
