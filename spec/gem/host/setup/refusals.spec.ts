import { A, B, L, S, U1, U4, type Item, type SecsMessage } from '../../../../src/secs2';
import { oneLine, scripted, type Tool } from '../bed';

type Bed = Awaited<ReturnType<typeof scripted>>;
type Answer = Parameters<Tool['on']>[1];

async function withTool(
  setup: object,
  answers: Readonly<Record<string, Answer>>,
  run: (bed: Bed) => Promise<void> | void,
  options = {},
): Promise<void> {
  const bed = await scripted(
    setup,
    (tool) => Object.entries(answers).forEach(([name, answer]) => tool.on(name, answer)),
    options,
  );
  await bed.side.network.clock.advanceAsync(20);
  await run(bed);
  await bed.side.down();
  await bed.tool.session.connection.dispose();
}

/** Problems as one line each: step, message, code, name and id. */
const problems = ({ side }: Bed): string[] =>
  side.host.degraded.map(({ step, message: of, code, name, id }) =>
    [step, of, code, name, id].filter((part) => part !== undefined).join(' '),
  );

const limits = { ChamberPressure: { 1: { upper: 9, lower: 1 } } };
const trace = { period: 3661.5, samples: 2, variables: ['ChamberPressure'] } as const;
const reports = { P: { id: 7, values: ['Slot'] }, Q: { id: 8, values: ['WaferId'] } } as const;
const links = { reports, events: { WaferStarted: ['P'], WaferDone: ['Q'] } };

/** Refuses where the body names this id. */
const refusing =
  (id: number, code: number) =>
  ({ item }: SecsMessage): Item =>
    B(oneLine(item).match(new RegExp(`\\b${id}\\b`)) === null ? 0 : code);

describe('what a tool refuses is named, and the rest is true (G-113)', () => {
  it.each<[string, object, Readonly<Record<string, Answer>>, string[]]>([
    [
      'every alarm',
      { alarms: 'all' },
      { S5F3: B(1) },
      ['ChamberHot 1', 'DoorOpen 2'].map((x) => `alarms S5F3 1 ${x}`),
    ],
    [
      'all alarms at once',
      { alarms: 'all' },
      { S5F3: ({ item }) => B(item?.at(1).length === 0 ? 1 : 0) },
      [],
    ],
    [
      'all alarms by S5F0',
      { alarms: 'none' },
      { S5F3: ({ item }) => (item?.at(1).length === 0 ? S(5, 0) : B(0)) },
      [],
    ],
    [
      'one alarm',
      { alarms: ['DoorOpen'] },
      { S5F3: ({ item }) => B(item?.at(1).length === 1 ? 64 : 0) },
      ['alarms S5F3 64 DoorOpen 2'],
    ],
    [
      'one constant of two',
      { constants: { Temperature: 30, Mode: 'test' } },
      { S2F15: refusing(102, 3) },
      ['constants S2F15 3 Mode 102'],
    ],
    [
      'streams to spool',
      { spoolStreams: { 1: [], 6: [11] } },
      { S2F43: L(B(1), L(L(U1(1), B(1), L()))) },
      ['spoolStreams S2F44 1 1'],
    ],
    [
      'streams, with no word why',
      { spoolStreams: { 6: [] } },
      { S2F43: L(B(1), L()) },
      ['spoolStreams S2F44 1'],
    ],
    [
      'limits',
      { limits },
      { S2F45: L(B(4), L(L(U4(2001), B(2), L()))) },
      ['limits S2F45 4 ChamberPressure 2001'],
    ],
    ['a trace', { traces: { T: trace } }, { S2F23: B(3) }, ['traces S2F23 3 T 1']],
    ['a trace, by a code of its own', { traces: { T: trace } }, { S2F23: B(99) }, ['traces S2F23 99 T 1']],
    [
      'an event',
      { events: { DoorOpened: [], Stopped: [] } },
      { S2F37: refusing(111, 1) },
      ['enable S2F37 1 Stopped 111'],
    ],
    ['a report', links, { S2F33: refusing(7, 5) }, ['define S2F33 5 P 7']],
    ['a report without a value that is left', links, { S2F33: refusing(2102, 4) }, ['define S2F33 4 P 7']],
    ['a link', links, { S2F35: refusing(101, 4) }, ['link S2F35 4 WaferDone 101']],
    ['a report that stays defined', links, { S2F33: refusing(2102, 3) }, ['define S2F33 3 P 7']],
    ['a link that stays linked', links, { S2F35: refusing(100, 3) }, ['link S2F35 3 WaferStarted 100']],
    [
      'for want of space',
      links,
      {
        S2F33: ({ item }) => B((item?.at(1).length ?? 0) > 1 ? 1 : 0),
        S2F35: ({ item }) => B((item?.at(1).length ?? 0) > 1 ? 1 : 0),
      },
      [],
    ],
  ])('%s', (_name, setup, answers, expected) =>
    withTool(setup, answers, (bed) => {
      expect(problems(bed)).toEqual(expected);
      expect(bed.side.host.state).toBe(expected.length === 0 ? 'ready' : 'degraded');
      for (const { text } of bed.side.host.degraded) expect(text).toMatch(/\d/);
    }),
  );
});

/** What has to be wished for a step to send something. */
const wishFor: Readonly<Record<string, [message: string, setup: object]>> = {
  define: ['S2F33', { ...links, events: {} }],
  link: ['S2F35', links],
  enable: ['S2F37', { events: { DoorOpened: [] } }],
  alarms: ['S5F3', { alarms: ['DoorOpen'] }],
  constants: ['S2F15', { constants: { Mode: 'test' } }],
  spoolStreams: ['S2F43', { spoolStreams: { 6: [] } }],
  limits: ['S2F45', { limits }],
  traces: ['S2F23', { traces: { T: trace } }],
};

describe('a step of the wish that the tool does not serve is a problem, one of GEM alone a warning (G-110, G-113)', () => {
  const kinds: readonly [string, Answer][] = [
    ['is malformed', A('nonsense')],
    ['has no body', 'silence'],
    ['does not come', 'silence'],
    ['is S9F5', () => undefined],
    ['is SxF0, ON-LINE', 'silence'],
  ];
  const answer = (kind: string, name: string, given: Answer): Answer => {
    const [stream = 0, fn = 0] = (/\d+F\d+/.exec(name)?.[0] ?? '').split('F').map(Number);
    if (kind === 'has no body') return S(stream, fn + 1);
    return kind.startsWith('is SxF0') ? S(stream, 0) : given;
  };
  // ON-LINE it is where S1F1 is answered.
  const onLine = { S1F1: L(A('ETCHER'), A('1.0')), S1F3: L(U1(5)) };

  it.each(
    Object.entries(wishFor).flatMap(([step, of]) =>
      kinds.map(([kind, given]) => ({ step, of, kind, given })),
    ),
  )('the reply to $step $kind', ({ step, of: [name, setup], kind, given }) =>
    withTool(
      setup,
      { ...onLine, [name]: answer(kind, name, given) },
      ({ side }) => {
        expect(side.host.degraded.map((problem) => problem.step)).toContain(step);
        expect(side.host.state).toBe('degraded');
        expect(side.host.degraded.at(-1)?.code).toBeUndefined();
      },
      { t3: 1 },
    ),
  );

  it.each(
    ['S2F31', 'S6F23', 'S5F5'].flatMap((name) => kinds.map(([kind, given]) => ({ name, kind, given }))),
  )('the reply to $name $kind', ({ name, kind, given }) =>
    withTool(
      {},
      { ...onLine, [name]: answer(kind, name, given) },
      ({ side }) => {
        expect(side.host.state).toBe('ready');
        expect(side.warnings.map(({ kind: of }) => of)).toEqual(['unsupported']);
      },
      { t3: 1 },
    ),
  );

  it.each([1, 2, 3])('SxF0, and ControlState %i: OFF-LINE, and no fault of the tool (T-8)', (state) =>
    withTool(links, { ...onLine, S1F3: L(U1(state)), S2F33: S(2, 0) }, ({ side }) => {
      expect(side.host.state).toBe('offLine');
      expect(side.host.degraded).toEqual([]);
    }),
  );
});

describe('what is sent, and what is read', () => {
  it('the clock is refused with a warning, and the set-up goes on (G-110)', () =>
    withTool({}, { S2F31: B(1) }, ({ side }) => {
      expect(side.host.state).toBe('ready');
      expect(side.warnings.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
        expect.stringMatching(/^clock: the tool did not take the time \d{16}, TIACK 1$/),
      ]);
    }));

  it.each<[number | undefined, RegExp]>([
    [0, /<A "\d{12}">/],
    [1, /<A "\d{16}">/],
    [2, /<A "\d{4}-\d\d-\d\dT.*">/],
    [9, /<A "\d{16}">/],
    [undefined, /<A "\d{16}">/],
  ])('TimeFormat %p of the tool is the format of its clock (T-14)', (format, expected) =>
    withTool({}, { S2F13: L(format === undefined ? L() : U1(format)) }, ({ tool }) => {
      expect(tool.taken('S2F31')).toEqual([expect.stringMatching(expected)]);
    }),
  );

  it('the alarms that are set, also those of unknown ALIDs; entries without a code are none (G-115)', () =>
    withTool(
      {},
      {
        S5F5: L(
          L(B(0x81), U4(2), A('Door')),
          L(B([]), U4(3), A('')),
          L(B(1), U4(1), A('Hot')),
          L(B(0x87), U4(77), A('?')),
        ),
      },
      async ({ side, tool }) => {
        const known = [
          { name: 'DoorOpen', alid: 2, category: 1, text: 'Door' },
          { name: undefined, alid: 77, category: 7, text: '?' },
        ];
        expect(side.host.currentAlarms).toEqual(known);
        tool.on('S5F5', L());
        expect(await side.network.clock.settled(side.host.readAlarms())).toEqual([]);
        expect(side.host.currentAlarms).toEqual([]);
      },
    ));

  it('the values to begin with', () =>
    withTool({ read: ['Slot', 'Mode'] }, { S1F3: L(U1(3)), S2F13: L(A('test')) }, ({ side }) => {
      expect([side.host.initial('Slot'), side.host.initial('Mode'), side.host.initial('Lamp')]).toEqual([
        3,
        'test',
        undefined,
      ]);
    }));

  it('another wish: what has gone is taken back, what has changed is sent (G-111)', () =>
    withTool(
      {
        ...links,
        limits,
        alarms: ['DoorOpen'],
        traces: { T: trace, U: { ...trace, id: 'U' } },
        spoolStreams: { 6: [] },
      },
      { S2F45: L(B(0), L()), S2F43: L(B(0), L()) },
      async ({ side, tool }) => {
        expect(tool.taken('S2F23', 'S2F43', 'S2F45')).toEqual([
          'S2F43 <L <L <U1 6> <L>>>',
          'S2F45 <L <U4 0> <L <L <U4 2001> <L <L <B 0x01> <L <F8 9> <F8 1>>>>>>>',
          'S2F23 <L <U4 1> <A "01010150"> <U4 2> <U4 1> <L <U4 2001>>>',
          'S2F23 <L <A "U"> <A "01010150"> <U4 2> <U4 1> <L <U4 2001>>>',
        ]);
        const after = {
          reports: { P: reports.P },
          events: { WaferStarted: ['P'] },
          alarms: ['ChamberHot'],
        } as const;
        expect(String(side.host.plan(after))).toContain('S2F23');
        const applied = side.host.apply({ ...after, traces: { T: { ...trace, period: 5 } } });
        expect(await side.network.clock.settled(applied)).toEqual([]);
        expect(tool.taken()).toEqual([
          'S2F37 <L <BOOLEAN F> <L <U4 101>>>',
          'S2F35 <L <U4 0> <L <L <U4 101> <L>>>>',
          'S2F33 <L <U4 0> <L <L <U4 8> <L>>>>',
          'S5F3 <L <B 0x00> <U4 2>>',
          'S5F3 <L <B 0x80> <U4 1>>',
          'S5F5 <U4>',
          'S2F45 <L <U4 0> <L <L <U4 2001> <L>>>>',
          'S2F23 <L <A "U"> <A "01010150"> <U4 0> <U4 1> <L>>',
          'S2F23 <L <U4 1> <A "000005"> <U4 2> <U4 1> <L <U4 2001>>>',
        ]);
      },
    ));

  it('another wish of which nothing can be taken back: named, and forgotten (G-113)', () =>
    withTool({ ...links }, {}, async ({ side, tool }) => {
      tool.on('S2F37', B(1)).on('S2F35', B(4)).on('S2F33', B(5));
      const applied = side.host.apply({});
      const found = await side.network.clock.settled(applied);
      expect(found.map(({ step, code, id }) => `${step} ${code} ${id}`)).toEqual([
        'disable 1 100',
        'disable 1 101',
        'unlink 4 100',
        'unlink 4 101',
      ]);
      expect(found[0]?.text).toContain('the event WaferStarted (100) was not disabled, ERACK 1');
    }));

  it('clears event by event, report by report, where "all" is refused (T-5)', () =>
    withTool(
      { ...links, events: { DoorOpened: [] } },
      {
        S2F33: ({ item }) => B(item?.at(1).length === 0 ? 2 : 0),
        S2F37: ({ item }) => B(item?.at(1).length === 0 ? 1 : 0),
      },
      ({ side, tool }) => {
        expect(side.host.state).toBe('ready');
        const taken = tool.taken('S2F33', 'S2F35', 'S2F37');
        expect(taken).toContain('S2F37 <L <BOOLEAN F> <L <U4 110>>>');
        expect(taken).toContain('S2F35 <L <U4 0> <L <L <U4 100> <L>>>>');
        expect(taken).toContain('S2F33 <L <U4 0> <L <L <U4 8> <L>>>>');
      },
    ));
});
