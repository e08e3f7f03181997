import { A, B, L, S, U1, U2, U4, type Item } from '../../../src/secs2';
import type { Quirks, ToolProfile } from '../../../src/gem';
import { profileOf } from '../../../src/gem';
import { etcherModel, HostSide, oneLine, testNetwork, Tool } from './bed';

/** A host with quirks, and a scripted tool that accepts everything. */
async function quirky(
  quirks: Partial<Quirks>,
  setup: object = {},
  rest: Partial<ToolProfile> = {},
): Promise<{ tool: Tool; side: HostSide<ToolProfile, object> }> {
  const network = testNetwork();
  const tool = new Tool(network)
    .on('S1F13', L(B(0), L(A('ETCHER'), A('1.0'))))
    .on('S1F17', B(0))
    .on('S2F13', L(U1(1)))
    .on('S6F23', B(2))
    .on('S5F5', L());
  for (const name of ['S2F31', 'S2F33', 'S2F35', 'S2F37', 'S5F3', 'S2F15', 'S2F23']) tool.on(name, B(0));
  const profile = { ...profileOf(etcherModel), ...rest, quirks };
  const side = new HostSide<ToolProfile, object>(network, profile, setup);
  await tool.session.connection.enable();
  await side.session.connection.enable();
  side.host.start();
  await network.clock.advanceAsync(5);
  return { tool, side };
}

async function down({ tool, side }: Awaited<ReturnType<typeof quirky>>): Promise<void> {
  await side.down();
  await tool.session.connection.dispose();
}

const wish = { reports: { P: ['WaferId'], Q: ['Slot'] }, events: { WaferStarted: ['P', 'Q'] } };
const trace = { traces: { T: { period: 2, samples: 2, variables: ['ChamberPressure'] } } };

describe('quirks (G-121): each has a switch', () => {
  it.each<[string, Partial<Quirks>, object, string, string[]]>([
    ['DATAID one', { dataId: 'one', leaveOut: ['quiet'] }, {}, 'S2F33', ['S2F33 <L <U4 1> <L>>']],
    [
      'DATAID counted',
      { dataId: 'counter' },
      { events: { WaferStarted: [] }, reports: { P: { id: 1, values: ['Slot'] } } },
      'S2F33',
      ['S2F33 <L <U4 3> <L>>', 'S2F33 <L <U4 4> <L <L <U4 1> <L <U4 2102>>>>>'],
    ],
    [
      'DSPER without hundredths',
      { dsper: 'hhmmss' },
      trace,
      'S2F23',
      ['S2F23 <L <U4 1> <A "000002"> <U4 2> <U4 1> <L <U4 2001>>>'],
    ],
    [
      'an array in S2F23',
      { idLists: { S2F23: 'array' } },
      trace,
      'S2F23',
      ['S2F23 <L <U4 1> <A "000002"> <U4 2> <U4 1> <U4 2001>>'],
    ],
    ['an array in S2F13', { idLists: { S2F13: 'array' } }, {}, 'S2F13', ['S2F13 <U4 2>']],
    ['a list in S5F5', { idLists: { S5F5: 'list' } }, {}, 'S5F5', ['S5F5 <L>']],
    ['links that go with an empty list', { unlinkAll: 'emptyList' }, {}, 'S2F35', ['S2F35 <L <U4 0> <L>>']],
    [
      'RPTID = CEID',
      { reportIds: 'ceid' },
      wish,
      'S2F35',
      ['S2F35 <L <U4 0> <L <L <U4 100> <L <U4 100>>>>>'],
    ],
    ['a clock of 14 digits (T-14)', { timeFormat: 14 }, {}, 'S2F31', ['S2F31 <A "19700101000000">']],
    ['a clock of 12 digits', { timeFormat: 0 }, {}, 'S2F31', ['S2F31 <A "700101000000">']],
    ['steps left out', { leaveOut: ['clock', 'onLine'] }, {}, 'S1F17', []],
    [
      'small groups',
      { groupSize: 1, leaveOut: ['quiet'] },
      { events: { WaferStarted: [], WaferDone: [] } },
      'S2F37',
      ['S2F37 <L <BOOLEAN T> <L <U4 100>>>', 'S2F37 <L <BOOLEAN T> <L <U4 101>>>'],
    ],
  ])('%s', async (_name, quirks, setup, message, expected) => {
    const bed = await quirky(quirks, setup);
    expect(bed.tool.taken(message)).toEqual(expected);
    expect(bed.side.host.state).toBe('ready');
    await down(bed);
  });

  it.each(['S1F1', 'S1F65'] as const)('%s establishes communications', async (establishBy) => {
    const network = testNetwork();
    const tool = new Tool(network).on('S1F1', L(A('OLD  '), A('1'))).on('S1F65', B(0));
    const leaveOut = ['onLine', 'clock', 'spool', 'quiet', 'clear', 'activeAlarms'];
    const side = new HostSide<ToolProfile, object>(network, { quirks: { establishBy, leaveOut } }, {});
    await tool.session.connection.enable();
    await side.session.connection.enable();
    side.host.start();
    await network.clock.advanceAsync(1);
    expect(tool.taken()).toEqual([establishBy]);
    // An MDLN that is padded with blanks.
    expect([side.host.state, side.host.identity?.model]).toEqual([
      'ready',
      establishBy === 'S1F1' ? 'OLD' : undefined,
    ]);
    await down({ tool, side });
  });

  it('the case of RCMD, words for codes, PPIDs with an extension, S7F7, terminals without reply, a third master', async () => {
    const bed = await quirky({
      ...{
        rcmd: 'lower',
        codes: { HCACK: { 64: 'the tool is LOCAL' } },
        ppidExtension: '.rcp',
        currentRecipe: 'S7F7',
      },
      ...{ terminalReply: false, controlStates: { 6: 'LINE' } },
    });
    const { tool, side } = bed;
    const { clock } = side.network;
    tool
      .on('S2F41', L(B(64), L()))
      .on('S7F5', L())
      .on('S7F19', L(A('A.rcp'), A('B')));
    tool.on('S7F7', L(A('A.rcp'), A(''))).on('S1F3', L(U1(6)));
    tool.taken();
    expect(await clock.settled(side.host.command('STOP'))).toMatchObject({
      hcack: 64,
      text: 'the tool is LOCAL',
    });
    await clock.settled(side.host.recipes.upload('A'));
    expect(await clock.settled(side.host.recipes.list())).toEqual(['A', 'B']);
    expect(await clock.settled(side.host.recipes.current())).toBe('A');
    expect(await clock.settled(side.host.control.state())).toBe('LINE');
    expect(await clock.settled(side.host.terminal.show('x'))).toBeUndefined();
    await clock.settle();
    expect(
      tool.received.map(({ name, wBit, item }) => `${name}${wBit ? ' W' : ''} ${oneLine(item)}`.trim()),
    ).toEqual([
      ...[
        'S2F41 W <L <A "stop"> <L>>',
        'S7F5 W <A "A.rcp">',
        'S7F19 W',
        'S7F7 W <A "">',
        'S1F3 W <L <U4 1002>>',
      ],
      'S10F3 <L <B 0x00> <A "x">>',
    ]);
    await down(bed);
  });

  it('OFF-LINE that means no SECS at all: T3 to S1F17 is OFF-LINE', async () => {
    const network = testNetwork();
    const tool = new Tool(network).on('S1F13', L(B(0), L(A('X'), A('1')))).on('S1F17', 'silence');
    const side = new HostSide<ToolProfile, object>(network, { quirks: { silentOffLine: true } }, {});
    await tool.session.connection.enable();
    await side.session.connection.enable();
    side.host.start();
    await network.clock.advanceAsync(46);
    expect(side.host.state).toBe('offLine');
    await down({ tool, side });
  });

  it('events and alarms of old tools: S6F3, S6F9, S5F71; S6F13; values that are lists', async () => {
    const bed = await quirky({}, { ...wish, reports: { P: { id: 7, values: ['WaferId'] }, Q: ['Slot'] } });
    const { tool, side } = bed;
    const send = (stream: number, fn: number, item: Item): Promise<unknown> =>
      side.network.clock.settled(tool.session.request(S(stream, fn).w(item)));
    await send(6, 3, L(U4(0), U4(100), L(L(U4(1), L(L(A('Pressure'), U2(5)))))));
    await send(6, 9, L(B(1), U4(0), U4(100), L(L(U4(7), L(A('W-1'))))));
    await send(6, 13, L(U4(0), U4(100), L(L(U4(9), L(L(U4(2102), U1(3)))))));
    await send(6, 11, L(U4(0), U4(100), L(L(U4(7), L(L(A('old'), A('new')))))));
    expect(side.events.map(({ values }) => values)).toEqual([
      ...[{ Pressure: 5 }, { WaferId: 'W-1' }, { Slot: 3 }, { WaferId: ['old', 'new'] }],
    ]);
    const alarms: unknown[] = [];
    side.host.alarms.subscribe(({ name, set, text }) => alarms.push({ name, set, text }));
    await send(5, 71, L(B(0x81), U4(2), A('Door')));
    expect(alarms).toEqual([{ name: 'DoorOpen', set: true, text: 'Door' }]);
    await down(bed);
  });

  it.each<[string, string]>([
    ['U2', 'S2F37 <L <BOOLEAN T> <L <U2 100>>>'],
    ['U1', 'S2F37 <L <BOOLEAN T> <L <U1 100>>>'],
  ])('ids in %s (T-7)', async (format, expected) => {
    const bed = await quirky(
      { leaveOut: ['quiet'] },
      { events: { WaferStarted: [] } },
      { idFormats: { CEID: format as 'U2' } },
    );
    expect(bed.tool.taken('S2F37')).toEqual([expected]);
    await down(bed);
  });
});
