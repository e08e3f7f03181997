import { A, B, F8, L, message, S, U1, U4, type Item, type SecsMessage } from '../../../../src/secs2';
import type { GemHostOptions } from '../../../../src/gem';
import { oneLine, scripted } from '../bed';

type Bed = Awaited<ReturnType<typeof scripted>>;

const position = {
  reports: { P: { id: 7, values: ['WaferId', 'Slot'] } },
  events: { WaferStarted: ['P'] },
  traces: { T: { period: 1, samples: 4, variables: ['ChamberPressure', 'Recipe'] } },
} as const;

async function bed(run: (bed: Bed) => Promise<void>, options: GemHostOptions = {}): Promise<void> {
  const both = await scripted(position, undefined, options);
  await run(both);
  await both.side.down();
  await both.tool.session.connection.dispose();
}

/** What the tool gets for a primary of its own: the reply on one line, or how the request ended. */
const ask = ({ tool, side }: Bed, primary: SecsMessage): Promise<string> =>
  side.network.clock.settled(tool.session.request(primary)).then(
    ({ name, item }) => `${name} ${oneLine(item)}`.trim(),
    (error: { outcome: string }) => error.outcome,
  );

describe('what cannot be read is acknowledged and warned of (G-114)', () => {
  it.each<[string, number, number, Item | undefined]>([
    ['S6F11 without a body', 6, 11, undefined],
    ['S6F11 that is text', 6, 11, A('event')],
    ['S6F11 of two', 6, 11, L(U4(0), U4(100))],
    ['S6F11 whose report is no pair', 6, 11, L(U4(0), U4(100), L(L(U4(7))))],
    ['S6F13 with bare values', 6, 13, L(U4(0), U4(100), L(L(U4(7), L(U1(1)))))],
    ['S6F3 without data sets', 6, 3, L(U4(0), U4(100))],
    ['S6F9 without PFCD', 6, 9, L(U4(0), U4(100), L())],
    ['S6F1 of one', 6, 1, L(U4(1))],
    ['S5F1 that is empty', 5, 1, L()],
    ['S5F71 without a body', 5, 71, undefined],
    ['S5F73 of one', 5, 73, L(B(0x81))],
    ['S10F1 that is text', 10, 1, A('hello')],
  ])('%s', async (_name, stream, fn, item) => {
    await bed(async (both) => {
      const raw = message(stream, fn, true, item);
      expect(await ask(both, raw)).toBe(`S${stream}F${fn + 1} <B 0x00>`);
      expect(both.side.warnings).toMatchObject([{ kind: 'malformed', raw: { name: raw.name } }]);
      expect(both.side.warnings[0]?.text).toContain(`${raw.name} cannot be read: `);
      // Nothing is sent back where nothing is waited for.
      await both.tool.session.send(message(stream, fn, false, item));
      await both.side.network.clock.settle();
      expect(both.side.warnings).toHaveLength(2);
      expect(both.side.events).toEqual([]);
      expect(both.side.host.state).toBe('ready');
    });
  });

  it('S7F27 by a reply that has no body; S2F17 with a body gets the time', () =>
    bed(async (both) => {
      expect(await ask(both, S(2, 17).w(A('now')))).toMatch(/^S2F18 <A "\d{16}">$/);
      expect(await ask(both, S(7, 27).w(L(A('P'))))).toBe('S7F28');
      expect(both.side.warnings.map(({ kind }) => kind)).toEqual(['malformed']);
    }));
});

describe('what the profile does not know comes all the same, with a warning (G-114)', () => {
  it('an unknown CEID, an unknown RPTID, too few values and too many', () =>
    bed(async (both) => {
      const event = (ceid: number, rptid: number, ...values: Item[]): SecsMessage =>
        S(6, 11).w(L(U4(0), U4(ceid), L(L(U4(rptid), L(values)))));
      for (const one of [
        event(999, 7, A('W'), U1(1)),
        event(100, 8, A('W'), U1(1)),
        event(100, 7, A('W')),
        event(100, 7, A('W'), U1(1), U1(2)),
      ])
        expect(await ask(both, one)).toBe('S6F12 <B 0x00>');
      expect(both.side.warnings.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
        'unknownEvent: the profile has no event with CEID 999',
        'unknownReport: report 8 of event 100 is not defined',
        'wrongCount: report P (7) must have 2 values, received 1',
        'wrongCount: report P (7) must have 2 values, received 3',
      ]);
      expect(both.side.events.map(({ name, values }) => ({ name, values }))).toEqual([
        { name: undefined, values: { WaferId: 'W', Slot: 1 } },
        ...[1, 2, 3].map(() => ({ name: 'WaferStarted', values: {} })),
      ]);
      // What came is there as it came.
      expect(both.side.events[3]?.reports).toEqual([{ name: 'P', rptid: 7, values: ['W', 1, 2] }]);
    }));

  it('S6F13 with an unknown RPTID and an unknown VID', () =>
    bed(async (both) => {
      const values = L(L(U4(2102), U1(3)), L(U4(9999), U1(4)));
      expect(await ask(both, S(6, 13).w(L(U4(0), U4(100), L(L(U4(8), values)))))).toBe('S6F14 <B 0x00>');
      expect(both.side.events[0]).toMatchObject({
        values: { Slot: 3 },
        reports: [{ name: undefined, rptid: 8, values: [3, 4] }],
      });
    }));

  it('a trace that was not asked for, and one whose last sample is not whole', () =>
    bed(async (both) => {
      const traces: unknown[] = [];
      both.side.host.traces.subscribe(({ name, trid, samples }) => traces.push({ name, trid, samples }));
      const sent = (trid: number, ...values: Item[]): Promise<string> =>
        ask(both, S(6, 1).w(L(U4(trid), U4(1), A('T'), L(values))));
      expect(await sent(9, F8(1))).toBe('S6F2 <B 0x00>');
      expect(await sent(9)).toBe('S6F2 <B 0x00>');
      expect(await sent(1, F8(1), A('a'), F8(2))).toBe('S6F2 <B 0x00>');
      expect(both.side.warnings.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
        'unknownTrace: trace 9 was not asked for',
        'unknownTrace: trace 9 was not asked for',
      ]);
      expect(traces).toEqual([
        { name: undefined, trid: 9, samples: [{}] },
        { name: undefined, trid: 9, samples: [] },
        { name: 'T', trid: 1, samples: [{ ChamberPressure: 1, Recipe: 'a' }] },
      ]);
    }));

  it('an alarm of another ALID, S5F73, and one that is cleared (G-115, G-121)', () =>
    bed(async (both) => {
      const alarms: string[] = [];
      both.side.host.alarms.subscribe(({ name, alid, set, category }) =>
        alarms.push(`${name ?? 'unknown'} ${alid} ${set} ${category}`),
      );
      await ask(both, S(5, 1).w(L(B(0x83), U4(77), A('what'))));
      await ask(both, S(5, 73).w(L(B(0x81), U4(2), A('Door'))));
      expect(both.side.host.currentAlarms?.map(({ alid }) => alid)).toEqual([77, 2]);
      await ask(both, S(5, 1).w(L(B(0x01), U4(2), A('Door'))));
      expect(alarms).toEqual(['unknown 77 true 3', 'DoorOpen 2 true 1', 'DoorOpen 2 false 1']);
      expect(both.side.host.currentAlarms?.map(({ alid }) => alid)).toEqual([77]);
      expect(await ask(both, S(5, 9).w(L()))).toBe('aborted');
    }));
});

describe('what the host answers by itself', () => {
  it.each<[string, SecsMessage, string]>([
    ['S7F23', S(7, 23).w(L(A('X'), A(''), A(''), L())), 'S7F24 <B 0x01>'],
    ['S7F25', S(7, 25).w(A('X')), 'S7F26 <L>'],
    ['S7F29', S(7, 29).w(U4(9)), 'S7F30 <B 0x00>'],
    ['S7F37', S(7, 37).w(A('X')), 'S7F38 <B 0x01>'],
    ['S7F41', S(7, 41).w(A('X')), 'S7F42 <B 0x01>'],
    ['S7F99', S(7, 99).w(), 'aborted'],
    ['S1F3', S(1, 3).w(L()), 'aborted'],
    ['S2F41', S(2, 41).w(L(A('X'), L())), 'aborted'],
    ['S6F99', S(6, 99).w(), 'aborted'],
    ['S10F3', S(10, 3).w(L(B(0), A('x'))), 'aborted'],
    ['S2F25', S(2, 25).w(), 'S2F26 <B>'],
    ['S1F65', S(1, 65).w(), 'S1F66 <B 0x00>'],
    ['S1F13', S(1, 13).w(L(A('OTHER'), A('2'))), 'S1F14 <L <B 0x00> <L>>'],
    ['S1F13', S(1, 13).w(U1(5)), 'S1F14 <L <B 0x00> <L>>'],
    ['S1F1', S(1, 1).w(), 'S1F2 <L>'],
  ])('%s (G-118, G-119, G-121)', async (_name, primary, reply) => {
    await bed(async (both) => {
      expect(await ask(both, primary)).toBe(reply);
      expect(both.side.host.state).toBe('ready');
    });
  });

  it('S10F7 and S9 are warned of and not answered; what has no W and no handler is left alone', () =>
    bed(async (both) => {
      const { tool, side } = both;
      await tool.session.send(message(10, 7, false, L(B(0), A('x'))));
      await tool.session.send(message(9, 9, false, B([0, 0, 2, 33, 0, 0, 0, 0, 0, 1])));
      await tool.session.send(message(9, 7, false, A('no header')));
      await tool.session.send(message(64, 1, false));
      await side.network.clock.settle();
      expect(side.warnings.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
        'unsupported: the tool shows one line alone (S10F7)',
        'stream9: the tool sent S9F9',
        'stream9: the tool sent S9F7',
      ]);
    }));

  it('a tool of another model is warned of, once', () =>
    bed(async (both) => {
      await ask(both, S(1, 13).w(L(A('OTHER'), A('2'))));
      await ask(both, S(1, 13).w(L(A('OTHER'), A('2'))));
      expect(both.side.host.identity).toEqual({ model: 'OTHER', softwareRevision: '2' });
      const texts = both.side.warnings.filter(({ kind }) => kind === 'otherModel').map(({ text }) => text);
      expect(texts).toEqual(['the tool is a OTHER, the profile is for ETCHER']);
    }));

  it('S1F1 is refused where the program does not admit the tool (G-110, 2)', () =>
    bed(async (both) => expect(await ask(both, S(1, 1).w())).toBe('aborted'), { admit: () => false }));

  it('programs that were verified tell what is at fault (G-118)', () =>
    bed(async (both) => {
      const notices: unknown[] = [];
      both.side.host.recipeNotices.subscribe(({ kind, ppid, faults }) =>
        notices.push({ kind, ppid, faults }),
      );
      const findings = L(L(B(0), U4(0), A('')), L(B(6), U4(2), A('too hot')));
      expect(await ask(both, S(7, 27).w(L(A('P'), findings)))).toBe('S7F28');
      expect(notices).toEqual([
        { kind: 'verified', ppid: 'P', faults: [{ code: 6, command: 2, text: 'too hot' }] },
      ]);
    }));
});

describe('handlers of the program (G-119)', () => {
  it('answer with an item, a message or nothing; what throws is SxF0 and reported', () =>
    bed(async (both) => {
      const { host } = both.side;
      host.handle('S64F1', () => undefined);
      host.handle('S64F3', () => S(64, 0));
      host.handle('S64F5', async () => Promise.reject(new Error('no idea')));
      host.handle('S64F7', () => 'text' as never);
      expect(await ask(both, S(64, 1).w())).toBe('S64F2');
      expect(await ask(both, S(64, 3).w())).toBe('aborted');
      expect(await ask(both, S(64, 5).w())).toBe('aborted');
      expect(await ask(both, S(64, 7).w())).toBe('aborted');
      expect(both.side.errors).toEqual(['the handler of S64F5: Error: no idea']);
    }));

  it("leaves to the session what nobody handles, with others: 'leave'", () =>
    bed(
      async (both) => {
        expect(await ask(both, S(64, 1).w())).not.toBe('aborted');
        expect(both.side.warnings.filter(({ kind }) => kind === 'unsupported')).toEqual([]);
      },
      { others: 'leave' },
    ));

  it('acknowledges by hand, once, with the code that is given; refuses what is too many (G-114)', () =>
    bed(
      async (both) => {
        const { side, tool } = both;
        const { clock } = side.network;
        const one = S(6, 11).w(L(U4(0), U4(100), L()));
        const first = ask(both, one);
        await clock.settle();
        expect(await ask(both, one)).toBe('aborted');
        await tool.session.send(message(6, 11, false, L(U4(0), U4(100), L())));
        await clock.settle();
        expect(side.warnings.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
          'overflow: 1 messages wait for acknowledge(): S6F11 was refused',
          'overflow: 1 messages wait for acknowledge(): S6F11 was refused',
        ]);
        expect(await clock.settled(side.events[0]?.acknowledge(1) ?? Promise.resolve(false))).toBe(true);
        expect(await first).toBe('S6F12 <B 0x01>');
      },
      { ack: 'manual', maxUnacknowledged: 1 },
    ));
});
