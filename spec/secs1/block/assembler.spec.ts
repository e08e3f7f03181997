import fc from 'fast-check';
import { Assembler, type Assembled, type AssemblyRules } from '../../../src/secs1/block/assembler.js';
import type { Secs1Block } from '../../../src/secs1/block/block.js';
import { Secs1Header, type Secs1HeaderFields } from '../../../src/secs1/block/header.js';
import { Splitter } from '../../../src/secs1/block/splitter.js';

const RULES: AssemblyRules = { dropDuplicates: true, maxOpenMessages: 16, maxMessageBytes: 10_000 };

const headerOf = (fields: Partial<Secs1HeaderFields> = {}): Secs1Header =>
  Secs1Header.of({
    rBit: false,
    sessionId: 1,
    stream: 7,
    function: 3,
    wBit: true,
    systemBytes: 5,
    ...fields,
  });

const block = (blockNumber: number, eBit: boolean, fields: Partial<Secs1HeaderFields> = {}): Secs1Block => ({
  header: headerOf({ ...fields, blockNumber, eBit }),
  body: Buffer.from(`${blockNumber};`),
});

/** What became of blocks, in short: `whole 1;2;`, `open`, `dropped sequence` … */
const say = (all: readonly Assembled[]): string =>
  all
    .map((one) => {
      if (one.kind === 'message') return `whole ${one.body.toString()}`;
      return one.kind === 'dropped' ? `dropped ${one.reason}` : one.kind;
    })
    .join(', ');

const bed = (rules: Partial<AssemblyRules> = {}): ((...args: Parameters<typeof block>) => string) => {
  const assembler = new Assembler(() => ({ ...RULES, ...rules }));
  return (...args) => say(assembler.accept(block(...args)));
};

describe('Assembler', () => {
  it('B-12: puts together what a Splitter made, however many messages are interleaved (B-41)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 900 }), { minLength: 1, maxLength: 16 }),
        fc.array(fc.nat(), { minLength: 1 }),
        (bodies, order) => {
          const assembler = new Assembler(() => RULES);
          const whole = new Map<number, string>();
          const left = bodies.map((body, systemBytes) => ({
            splitter: new Splitter(headerOf({ systemBytes }), Buffer.from(body)),
            next: 0,
          }));
          for (let turn = 0; left.length > 0; turn++) {
            const index = (order[turn % order.length] as number) % left.length;
            const one = left[index];
            if (one === undefined) break;
            const bytes = one.splitter.block(one.next++);
            if (one.next === one.splitter.count) left.splice(index, 1);
            const accepted = { header: Secs1Header.parse(bytes, 1), body: bytes.subarray(11, -2) };
            for (const made of assembler.accept(accepted)) {
              if (made.kind === 'message') whole.set(made.header.systemBytes, made.body.toString('hex'));
              else expect(made.kind).toBe('open');
            }
          }
          expect(assembler.size).toBe(0);
          expect(bodies.map((_, i) => whole.get(i))).toEqual(
            bodies.map((b) => Buffer.from(b).toString('hex')),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('B-13: takes a single block as number 0 or 1', () => {
    const accept = bed();
    expect(accept(0, true)).toBe('whole 0;');
    expect(accept(1, true)).toBe('whole 1;');
    expect(accept(2, true)).toBe('dropped noFirstBlock');
    expect(accept(0, false)).toBe('dropped noFirstBlock');
  });

  it('B-40: drops the block before, sent again, also across messages', () => {
    const accept = bed();
    expect([accept(1, true), accept(1, true)]).toEqual(['whole 1;', 'duplicate']);
    const other = { systemBytes: 6 };
    expect([accept(1, false, other), accept(1, false, other), accept(2, true, other)]).toEqual([
      'open',
      'duplicate',
      'whole 1;2;',
    ]);
    expect([accept(2, true, other), accept(1, true)]).toEqual(['duplicate', 'whole 1;']);
  });

  it('B-40: compares all ten bytes', () => {
    const accept = bed();
    accept(1, true);
    for (const other of [{ rBit: true }, { sessionId: 2 }, { stream: 6 }, { function: 5 }, { wBit: false }]) {
      expect(accept(1, true, other)).toBe('whole 1;');
    }
  });

  it('B-40: delivers it twice where the setting is off', () => {
    const accept = bed({ dropDuplicates: false });
    expect([accept(1, true), accept(1, true)]).toEqual(['whole 1;', 'whole 1;']);
  });

  it('B-41: tells messages apart by R-bit, device and system bytes', () => {
    const accept = bed();
    accept(1, false);
    for (const other of [{ rBit: true }, { sessionId: 2 }, { systemBytes: 6 }]) {
      expect(accept(1, false, other)).toBe('open');
      expect(accept(2, true, other)).toBe('whole 1;2;');
    }
    expect(accept(2, true)).toBe('whole 1;2;');
  });

  it('B-41: keeps at most maxOpenMessages, and drops the one that has waited longest', () => {
    const accept = bed({ maxOpenMessages: 2 });
    accept(1, false, { systemBytes: 1 });
    accept(1, false, { systemBytes: 2 });
    expect(accept(1, false, { systemBytes: 3 })).toBe('dropped tooMany, open');
    expect(accept(2, true, { systemBytes: 1 })).toBe('dropped noFirstBlock');
    expect(accept(2, true, { systemBytes: 2 })).toBe('whole 1;2;');
  });

  it('B-42: drops what has come when a block does not follow, and judges that block anew', () => {
    const accept = bed();
    accept(1, false);
    expect(accept(3, false)).toBe('dropped sequence');
    expect(accept(4, true)).toBe('dropped noFirstBlock');
    accept(1, false);
    expect(accept(1, true, { stream: 6, function: 11 })).toBe('dropped sequence, whole 1;');
    accept(1, false);
    expect(accept(2, false, { wBit: false })).toBe('dropped sequence');
  });

  it('B-42: begins anew with block 1', () => {
    const accept = bed();
    accept(1, false);
    accept(2, false);
    expect([accept(1, false), accept(2, true)]).toEqual(['open', 'whole 1;2;']);
  });

  it('B-12: drops a message that grows above maxMessageBytes once, and the rest of it silently', () => {
    const accept = bed({ maxMessageBytes: 4 });
    expect([accept(1, false), accept(2, false), accept(3, false), accept(4, true)]).toEqual([
      'open',
      'open',
      'dropped tooLong, open',
      '',
    ]);
    expect(accept(1, true, { systemBytes: 8 })).toBe('whole 1;');
  });

  it('B-42: lets go of a message at T4, once', () => {
    const assembler = new Assembler(() => RULES);
    const [opened] = assembler.accept(block(1, false));
    if (opened?.kind !== 'open') throw new Error('not open');
    expect(assembler.expire(opened.message)).toMatchObject({ kind: 'dropped', reason: 't4' });
    expect(assembler.expire(opened.message)).toBeUndefined();
    expect(say(assembler.accept(block(2, true)))).toBe('dropped noFirstBlock');
  });
});
