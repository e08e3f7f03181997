import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Secs1 from '../../src/secs1/index.js';
import type * as Secs2 from '../../src/secs2/index.js';
import { answer, repeated } from './answer.js';

// This library on a line: host or equipment on TCP, or both in memory. Usage: rxsecs.js host|equipment PORT LIBRARY
const [role, port, library = ''] = process.argv.slice(2);
const load = createRequire(__filename);
const { dialLine, listenLine, memoryLine, Secs1Connection, Secs1Session } = load(
  join(dirname(library), 'secs1/index.js'),
) as typeof Secs1;
const { A, B, L, S } = load(join(dirname(library), 'secs2/index.js')) as typeof Secs2;

/** Messages that wait for the line at a time, on the line in memory. */
const WINDOW = 64;

const entity = role === 'equipment' ? 'equipment' : 'host';
const line =
  entity === 'host'
    ? dialLine('127.0.0.1', Number(port))
    : listenLine(Number(port), { bindAddress: '127.0.0.1' });
const session = new Secs1Session(new Secs1Connection(line, 10, null, { entity, t5: 0.1 }), {
  inquire: 'never',
});

session.primaries.subscribe((primary) => {
  void primary.reply(primary.message.stream === 1 ? L(A('MDLN'), A('1.0.0')) : B(0));
});

answer({
  async up() {
    await session.connection.enable();
    if (entity === 'host') await session.usable();
  },
  trips: (milliseconds = 0) =>
    repeated(milliseconds, async () => {
      const [model, revision] = (await session.request(S(1, 1))).item?.list ?? [];
      if (model?.ascii !== 'MDLN' || revision?.ascii !== '1.0.0') throw new Error('another answer');
    }),
  bulk: (milliseconds = 0, bytes = 0) => {
    const recipe = S(7, 3, L(A('recipe'), B(Buffer.alloc(bytes))));
    return repeated(milliseconds, async () => {
      if ((await session.request(recipe)).item?.binary[0] !== 0) throw new Error('another answer');
    });
  },
  async memory(milliseconds = 0) {
    const [first, second] = memoryLine();
    const one = new Secs1Session(new Secs1Connection(first, 10));
    const other = new Secs1Session(new Secs1Connection(second, 10, null, { entity: 'equipment' }));
    let got = 0;
    other.primaries.subscribe(() => got++);
    await Promise.all([one.connection.enable(), other.connection.enable()]);
    const event = S(6, 11, B(Buffer.alloc(98)));
    const done = await repeated(milliseconds, () =>
      Promise.all(Array.from({ length: WINDOW }, () => one.send(event))),
    );
    await Promise.all([one.connection.dispose(), other.connection.dispose()]);
    if (got !== done.count * WINDOW) throw new Error(`${got} of ${done.count * WINDOW} came`);
    return { ...done, count: got };
  },
});
