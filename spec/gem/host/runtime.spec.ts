import { A, B, L, S, U1, U4, type SecsMessage } from '../../../src/secs2';
import { GemHost, profileOf, type DefinitionRecord, type ToolProfile } from '../../../src/gem';
import { etcherModel, etcherSetup, HostSide, pair, scripted, testNetwork, Tool } from './bed';

type Answer = Parameters<Tool['on']>[1];
type Bed = Awaited<ReturnType<typeof scripted>>;

const profile = profileOf(etcherModel);
const ceid = (name: string): number => Number(profile.events?.[name]?.id);
const raised = (name: string): SecsMessage => S(6, 11).w(L(U4(0), U4(ceid(name)), L()));

async function withTool(
  answers: Readonly<Record<string, Answer>>,
  run: (bed: Bed) => Promise<void> | void,
  { setup = {}, ...options }: { readonly setup?: object; readonly [name: string]: unknown } = {},
): Promise<void> {
  const bed = await scripted(
    setup,
    (tool) => Object.entries(answers).forEach(([name, answer]) => tool.on(name, answer)),
    options,
  );
  await run(bed);
  await bed.side.down();
  await bed.tool.session.connection.dispose();
}

/** The link goes and comes back. */
async function reconnect({ side }: Bed): Promise<void> {
  await side.session.connection.disable();
  await side.session.connection.enable();
  await side.network.clock.advanceAsync(5);
}

describe('communications are established again and again until the tool accepts (G-110, 1)', () => {
  it.each<[string, Answer]>([
    ['is COMMACK 1', L(B(1), L())],
    ['is malformed', A('yes')],
    ['is S1F0', S(1, 0)],
    ['is S9F5', () => undefined],
  ])('the reply to S1F13 %s', (_name, answer) =>
    withTool({ S1F13: answer }, async ({ side, tool }) => {
      expect(side.host.state).toBe('establishing');
      expect(tool.taken('S1F13')).toHaveLength(1);
      tool.on('S1F13', L(B(0), L()));
      await side.network.clock.advanceAsync(6);
      expect([side.host.state, side.host.identity]).toEqual(['ready', undefined]);
    }),
  );

  it('S1F14 that comes when the tool has established itself changes nothing (T-1)', async () => {
    await withTool({ S1F13: 'silence' }, async ({ side, tool }) => {
      await side.network.clock.settled(tool.session.request(S(1, 13).w(L(A('ETCHER'), A('2.0')))));
      await side.network.clock.advanceAsync(60);
      expect([side.host.state, side.host.identity?.softwareRevision]).toEqual(['ready', '2.0']);
    });
  });
});

describe('the tool is asked to be ON-LINE (G-110, 2)', () => {
  const s1f2 = L(A('ETCHER'), A('1.0'));

  it.each<[string, Readonly<Record<string, Answer>>, string]>([
    ['ONLACK 2', { S1F17: B(2) }, 'ready'],
    ['ONLACK 1', { S1F17: B(1) }, 'offLine'],
    ['a malformed S1F18, S1F1 not known', { S1F17: A('yes') }, 'ready'],
    ['a malformed S1F18, S1F1 aborted', { S1F17: A('yes'), S1F1: S(1, 0) }, 'offLine'],
    ['S1F0, REMOTE', { S1F17: S(1, 0), S1F1: s1f2, S1F3: L(U1(5)) }, 'ready'],
    ['S1F0, HOST OFF-LINE', { S1F17: S(1, 0), S1F1: s1f2, S1F3: L(U1(3)) }, 'offLine'],
    ['S1F0, OFF-LINE as B', { S1F17: S(1, 0), S1F1: s1f2, S1F3: L(B(1)) }, 'offLine'],
    ['S1F0, a state of text', { S1F17: S(1, 0), S1F1: s1f2, S1F3: L(A('LOCAL')) }, 'ready'],
    ['S1F0, no state', { S1F17: S(1, 0), S1F1: s1f2, S1F3: L(L()) }, 'ready'],
    ['S1F0, a state of 0', { S1F17: S(1, 0), S1F1: s1f2, S1F3: L(U1(0)) }, 'ready'],
    ['S1F0, a malformed S1F4', { S1F17: S(1, 0), S1F1: s1f2, S1F3: U1(1) }, 'ready'],
  ])('%s', (_name, answers, state) => withTool(answers, ({ side }) => expect(side.host.state).toBe(state)));

  it('by S1F1 alone where the profile says so, and has no ControlState', async () => {
    const network = testNetwork();
    const tool = new Tool(network).on('S1F13', L(B(0), L())).on('S1F1', s1f2);
    const leaveOut = ['clock', 'spool', 'quiet', 'clear', 'activeAlarms'];
    const side = new HostSide<ToolProfile, object>(
      network,
      { unsupported: ['S1F17'], quirks: { leaveOut } },
      {},
    );
    await tool.session.connection.enable();
    await side.session.connection.enable();
    side.host.start();
    await network.clock.advanceAsync(1);
    expect([side.host.state, tool.taken()]).toEqual(['ready', ['S1F13 <L>', 'S1F1']]);
    expect(await side.host.control.state()).toBeUndefined();
    await side.down();
    await tool.session.connection.dispose();
  });

  it('the events of its control state are followed', () =>
    withTool({}, async ({ side, tool }) => {
      const { clock } = side.network;
      await clock.settled(tool.session.request(raised('EquipmentOFFLINE')));
      await clock.settle();
      expect(side.host.state).toBe('offLine');
      await clock.settled(tool.session.request(raised('ControlStateREMOTE')));
      await clock.advanceAsync(1);
      expect(side.host.state).toBe('ready');
      await clock.settled(tool.session.request(raised('EquipmentOFFLINE')));
      await clock.settled(tool.session.request(raised('ControlStateLOCAL')));
      await clock.advanceAsync(1);
      expect(side.host.state).toBe('ready');
    }));
});

describe('after a reconnect (G-112)', () => {
  const setup = { events: { DoorOpened: [], Stopped: [] } };

  it.each<[string, Answer, boolean]>([
    ['the same events are enabled', L(L(U4(110), U4(111))), false],
    ['they come as one array', L(U4([110, 111])), false],
    ['one is missing', L(L(U4(110))), true],
    ['another is enabled', L(L(U4(110), U4(112))), true],
    ['none is known', L(L()), true],
    ['the reply is text', L(A('110')), true],
    ['the reply is malformed', A('110'), true],
    ['the reply is S1F0', S(1, 0), true],
    ['S1F3 is not known', () => undefined, true],
  ])('ifRestarted: %s', (_name, answer, again) =>
    withTool(
      { S1F3: answer },
      async (bed) => {
        bed.tool.taken();
        await reconnect(bed);
        expect(bed.side.host.state).toBe('ready');
        expect(bed.tool.taken('S2F37')).toHaveLength(again ? 2 : 0);
      },
      { setup, reconnect: 'ifRestarted' },
    ),
  );

  it('ifRestarted: another SOFTREV is a restart', () =>
    withTool(
      { S1F3: L(L(U4(110), U4(111))) },
      async (bed) => {
        bed.tool.on('S1F13', L(B(0), L(A('ETCHER'), A('1.1')))).taken();
        await reconnect(bed);
        expect(bed.tool.taken('S2F37')).toHaveLength(2);
      },
      { setup, reconnect: 'ifRestarted' },
    ));

  it('never: a tool that establishes again is told of, and left as it is', () =>
    withTool(
      {},
      async ({ side, tool }) => {
        const restarted = jest.fn();
        side.host.emitter.on('restarted', restarted);
        await side.network.clock.advanceAsync(20);
        tool.taken();
        await side.network.clock.settled(tool.session.request(S(1, 13).w(L(A('ETCHER'), A('1.0')))));
        await side.network.clock.advanceAsync(5);
        expect(restarted).toHaveBeenCalledTimes(1);
        expect([side.host.state, tool.taken()]).toEqual(['ready', []]);
      },
      { setup, reconnect: 'never' },
    ));
});

describe('the memory of definitions (G-116)', () => {
  it('is read before anything of the tool is, and written before anything is sent', async () => {
    const saved: DefinitionRecord[] = [];
    const record = {
      reports: [
        { rptid: 7, name: 'Old', vids: [2102] },
        { rptid: 8, name: 'Lost', vids: [2102, 9999] },
      ],
    };
    let load: () => void = () => undefined;
    const memory = {
      load: () => new Promise<DefinitionRecord>((resolve) => (load = () => resolve(record))),
      save: (one: DefinitionRecord) => void saved.push(one),
    };
    await withTool(
      {},
      async ({ side, tool }) => {
        const { clock } = side.network;
        const report = (rptid: number): SecsMessage =>
          S(6, 11).w(L(U4(0), U4(110), L(L(U4(rptid), L(U1(5))))));
        const early = tool.session.request(report(7));
        await clock.settle();
        expect([side.host.state, side.events]).toEqual(['selected', []]);
        load();
        await clock.settled(early);
        expect(side.events[0]?.values).toEqual({ Slot: 5 });
        await clock.settled(tool.session.request(report(8)));
        expect(side.events[1]?.values).toEqual({});
        await clock.advanceAsync(5);
        expect(side.host.state).toBe('ready');
        expect(saved[0]).toMatchObject({ softwareRevision: '1.0', reports: [{ rptid: 7, vids: [2102] }] });
      },
      { memory },
    );
  });

  it('that fails is reported, and the set-up goes on without', () =>
    withTool(
      {},
      ({ side }) => {
        expect(side.host.state).toBe('ready');
        expect(new Set(side.errors)).toEqual(
          new Set(['the memory of definitions: Error: unread', 'the memory of definitions: Error: unkept']),
        );
      },
      {
        memory: {
          load: () => Promise.reject(new Error('unread')),
          save: () => Promise.reject(new Error('unkept')),
        },
      },
    ));
});

describe('options of the set-up', () => {
  it('steps may be left out, and added', () => {
    const ran = jest.fn(() => Promise.resolve());
    const steps = (standard: readonly { readonly name: string }[]): unknown => [
      ...standard.filter(({ name }) => name !== 'clock'),
      { name: 'mine', run: ran },
    ];
    return withTool(
      {},
      ({ side }) => {
        expect(side.steps).toEqual(['spool', 'quiet', 'clear', 'activeAlarms', 'mine']);
        expect(ran).toHaveBeenCalledTimes(1);
        expect(side.host.plan().steps.map(({ step }) => step)).not.toContain('mine');
      },
      { steps },
    );
  });

  it('a step that throws is a warning, of one that is required a problem', () =>
    withTool(
      {},
      ({ side }) => {
        expect(side.warnings.map(({ text }) => text)).toEqual(['first: no']);
        expect(side.host.degraded).toMatchObject([
          { step: 'second', message: 'S2F99', text: 'second: S2F99 is odd' },
        ]);
      },
      {
        steps: () => [
          { name: 'first', run: () => Promise.reject(new Error('no')) },
          { name: 'second', required: true, run: () => Promise.reject(new Error('S2F99 is odd')) },
        ],
      },
    ));

  it.each<[string, unknown, string[]]>([
    ['leave', () => 'leave', []],
    ['purge', () => Promise.resolve('purge'), ['S6F23 <U1 1>']],
    [
      'what throws',
      () => {
        throw new Error('no idea');
      },
      [],
    ],
    ['no answer', undefined, ['S6F23 <U1 0>']],
  ])("spool: 'ask', %s (G-116)", (_name, backlog, expected) =>
    withTool(
      { S1F3: L(U4(12)) },
      ({ side, tool }) => {
        expect(side.host.state).toBe('ready');
        expect(tool.taken('S6F23')).toEqual(expected);
      },
      { setup: { spool: 'ask' }, ...(backlog === undefined ? {} : { backlog }) },
    ),
  );

  it('a turn is waited for and given back; without one nothing is set up', async () => {
    const released = jest.fn();
    await withTool(
      {},
      ({ side }) => expect([side.host.state, released.mock.calls.length]).toEqual(['ready', 1]),
      {
        turn: () => Promise.resolve(released),
      },
    );
    let give: (release: () => void) => void = () => undefined;
    const late = jest.fn();
    await withTool(
      {},
      async ({ side, tool }) => {
        expect(side.host.state).toBe('settingUp');
        await tool.session.connection.dispose();
        await side.network.clock.settle();
        give(late);
        await side.network.clock.settle();
        expect([side.steps, late.mock.calls.length]).toEqual([[], 1]);
      },
      { turn: () => new Promise<() => void>((resolve) => (give = resolve)) },
    );
  });

  it('another wish that comes while one is set up is made true after it', () =>
    withTool(
      { S2F37: 'silence' },
      async ({ side, tool }) => {
        expect(side.host.state).toBe('settingUp');
        tool.on('S2F37', B(0));
        const applied = side.host.apply({ events: { Stopped: [] } });
        expect(await side.network.clock.settled(applied)).toEqual([]);
        expect(side.host.state).toBe('ready');
        expect(tool.taken('S2F37').at(-1)).toBe('S2F37 <L <BOOLEAN T> <L <U4 111>>>');
      },
      { setup: { events: { DoorOpened: [] } } },
    ));
});

describe('waiting for a host', () => {
  it('ends with its signal, and with the host', () =>
    withTool({ S1F17: B(1) }, async ({ side }) => {
      const reason = new Error('enough');
      await expect(side.host.settled({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      const controller = new AbortController();
      const aborted = side.host.ready({ signal: controller.signal });
      controller.abort(reason);
      await expect(aborted).rejects.toBe(reason);
      const stopped = side.host.settled();
      side.host.stop();
      await expect(stopped).rejects.toMatchObject({ code: 'GEM_DISPOSED' });
      expect(() => new GemHost(side.session, 7 as never)).toThrow(
        'configuration must be an object of options, received 7',
      );
    }));
});

describe('a host that was stopped', () => {
  it('is not started again, which would leave it deaf, and makes room for another one', async () => {
    const { side, tool } = await pair();
    side.host.stop();
    expect(() => side.host.start()).toThrow('was stopped: make another one');
    const other = new GemHost(side.session, { profile: etcherModel, setup: etcherSetup, timeZone: 'UTC' });
    const events: (string | undefined)[] = [];
    other.events.subscribe(({ name }) => events.push(name));
    other.start();
    await side.network.clock.advanceAsync(5);
    void tool.equipment.raise('DoorOpened');
    await side.network.clock.advanceAsync(1);
    expect([other.state, events]).toEqual(['ready', ['DoorOpened']]);
    other.stop();
    await Promise.all([side.down(), tool.down()]);
  });
});
