import { profileOf, type ToolProfile } from '../../../../src/gem';
import { ProfileIndex } from '../../../../src/gem/profile/profile-index';
import { difference } from '../../../../src/gem/host/setup/difference';
import { EMPTY_WISH, wishOf, type Wish, type WishReport } from '../../../../src/gem/host/setup/wish';
import { etcherModel } from '../bed';

const profile = profileOf(etcherModel);

function wish(
  setup: unknown,
  rest: Partial<ToolProfile> = {},
  taken = new Map<string | number, WishReport>(),
): Wish {
  return wishOf(setup as object, new ProfileIndex({ ...profile, ...rest }), taken);
}

describe('a wish (G-110)', () => {
  const trace = { period: 1, samples: 4, variables: ['Recipe'] };

  it.each<[string, unknown, string]>([
    ['nothing', null, 'setup must be an object, received null'],
    ['text', 'all', 'setup must be an object, received the string "all"'],
    ['an unknown key', { event: {} }, 'setup.event is no option of a set-up: did you mean events?'],
    [
      'another spool',
      { spool: 'keep' },
      "setup.spool must be 'transmit', 'purge' or 'ask', received the string \"keep\"",
    ],
    [
      'reports that are no list',
      { events: { WaferStarted: 'P' } },
      'setup.events.WaferStarted must be a list',
    ],
    [
      'a report that is not there',
      { events: { WaferStarted: ['P'] } },
      'names the report "P", which setup.reports',
    ],
    ['a report of nothing', { reports: { P: [] } }, 'setup.reports.P must name at least one value'],
    [
      'an RPTID that is none',
      { reports: { P: { id: -1, values: ['Slot'] } } },
      'setup.reports.P.id must be a whole number from 0, received -1',
    ],
    [
      'an RPTID of no text',
      { reports: { P: { id: '', values: ['Slot'] } } },
      'setup.reports.P.id must be a whole number',
    ],
    [
      'a TRID that is none',
      { traces: { T: { ...trace, id: 1.5 } } },
      'setup.traces.T.id must be a whole number from 0, received 1.5',
    ],
    ['a report of text', { reports: { P: { values: 'Slot' } } }, 'setup.reports.P must be a list'],
    ['read that is text', { read: 'Slot' }, 'setup.read must be a list, received the string "Slot"'],
    ['alarms that are text', { alarms: 'some' }, 'setup.alarms must be a list, received the string "some"'],
    [
      'no period',
      { traces: { T: { ...trace, period: 0 } } },
      'setup.traces.T.period must be a number from 0.01 to',
    ],
    ['a period of text', { traces: { T: { ...trace, period: '1' } } }, 'received the string "1"'],
    [
      'no samples',
      { traces: { T: { ...trace, samples: 0 } } },
      'setup.traces.T.samples must be a whole number from 1',
    ],
    [
      'half a group',
      { traces: { T: { ...trace, groupSize: 1.5 } } },
      'setup.traces.T.groupSize must be a whole number from 1',
    ],
    [
      'a trace of text',
      { traces: { T: { ...trace, variables: 'x' } } },
      'setup.traces.T.variables must be a list',
    ],
    [
      'a misspelt value',
      { read: ['Recipes'] },
      'no variable or constant named "Recipes": did you mean Recipe?',
    ],
    ['an unknown value', { read: ['Zzzzzz'] }, 'the profile has no variable or constant named "Zzzzzz"'],
    ['a variable for a constant', { constants: { Recipe: 1 } }, 'the profile has no constant named "Recipe"'],
    [
      'an unknown event',
      { events: { WaferStart: [] } },
      'no event named "WaferStart": did you mean WaferStarted?',
    ],
    ['an unknown alarm', { alarms: ['Door'] }, 'the profile has no alarm named "Door"'],
    [
      'events as a list',
      { events: ['WaferStarted'] },
      "setup.events must be names of reports by event, as { WaferStarted: ['Position'], DoorOpened: [] }, " +
        'received the list ["WaferStarted"]',
    ],
    ['reports as a list', { reports: [['Slot']] }, 'setup.reports must be names of values by report'],
    ['constants as a list', { constants: ['Temperature'] }, 'setup.constants must be values by constant'],
    ['constants as text', { constants: 'Temperature' }, 'received the string "Temperature"'],
    ['traces as a list', { traces: [trace] }, 'setup.traces must be what is sampled by trace'],
    ['limits as a list', { limits: ['ChamberPressure'] }, 'setup.limits must be limits by variable'],
    ['streams as a list', { spoolStreams: [6] }, 'setup.spoolStreams must be functions by stream'],
    [
      'a report that is text',
      { reports: { P: 'Slot' } },
      'setup.reports.P must be a list of names of values, or',
    ],
    ['a trace that is nothing', { traces: { T: null } }, 'setup.traces.T must be an object, as { period: 1'],
    [
      'limits of one variable as a list',
      { limits: { ChamberPressure: [{ upper: 1, lower: 0 }] } },
      'setup.limits.ChamberPressure must be limits by LIMITID, 1 to 7',
    ],
    [
      'a LIMITID of 8',
      { limits: { ChamberPressure: { 8: { upper: 1, lower: 0 } } } },
      'received the LIMITID 8',
    ],
    [
      'a limit of text',
      { limits: { ChamberPressure: { 1: { upper: '1', lower: 0 } } } },
      'setup.limits.ChamberPressure.1.upper must be a number, received the string "1"',
    ],
    ['a stream of text', { spoolStreams: { six: [11] } }, 'setup.spoolStreams.six must be named by a stream'],
    ['a stream that is no list', { spoolStreams: { 6: 11 } }, 'setup.spoolStreams.6 must be a list'],
    [
      'a function of text',
      { spoolStreams: { 6: ['11'] } },
      'must be a whole number from 0 to 255, received the string',
    ],
    [
      'a misspelt report',
      { reports: { Position: ['Slot'] }, events: { WaferStarted: ['Positoin'] } },
      'did you mean Position?',
    ],
    ['limits of nothing', { limits: { Presure: {} } }, 'no variable or constant named "Presure"'],
  ])('refuses %s', (_name, setup, text) => {
    expect(() => wish(setup)).toThrow(text);
  });

  it('gives a report the same RPTID in every run, and reports of the same values two (T-3)', () => {
    const setup = { reports: { P: ['Slot'], Q: ['Slot'], R: { id: 7, values: ['Slot'] } } };
    const ids = [...wish(setup).reports.keys()];
    expect(new Set(ids).size).toBe(3);
    expect(ids[2]).toBe(7);
    expect([...wish(setup).reports.keys()]).toEqual(ids);
  });

  it('passes an RPTID over that another definition has, and keeps the one of its own (T-3)', () => {
    const setup = { reports: { P: ['Slot'] } };
    const [id = 0] = wish(setup).reports.keys();
    const { values } = [...wish({ reports: { P: ['WaferId'] } }).reports.values()][0] as WishReport;
    const other = { name: 'O', rptid: id, values };
    expect([...wish(setup, {}, new Map([[id, other]])).reports.keys()]).toEqual([Number(id) + 1]);
    const own = [...wish(setup).reports.values()][0] as WishReport;
    expect([...wish(setup, {}, new Map([[id, own]])).reports.keys()]).toEqual([id]);
  });

  it('has no RPTID where all of its format are taken (T-7)', () => {
    const reports = Object.fromEntries(Array.from({ length: 255 }, (_, i) => [`P${i}`, ['Slot']]));
    const ids = [...wish({ reports }, { idFormats: { RPTID: 'U1' } }).reports.keys()].map(Number);
    expect([Math.min(...ids), Math.max(...ids), ids.length]).toEqual([1, 255, 255]);
    expect(() => wish({ reports: { ...reports, Last: ['Slot'] } }, { idFormats: { RPTID: 'U1' } })).toThrow(
      'there is no RPTID left for the report Last',
    );
  });

  it('makes ids of text where the tool has such (G-2)', () => {
    const { reports, traces } = wish({ reports: { P: ['Slot'] }, traces: { T: trace } }, { idFormats: 'A' });
    expect([...reports.keys()]).toEqual([expect.stringMatching(/^P-\d+$/)]);
    expect([...traces.keys()]).toEqual(['1']);
  });

  it('has one report for each event where the tool wants RPTID = CEID (G-121)', () => {
    const setup = {
      reports: { P: ['Slot'], Q: ['WaferId'] },
      events: { WaferStarted: ['P', 'Q'], WaferDone: [] },
    };
    const { reports, events } = wish(setup, { quirks: { reportIds: 'ceid' } });
    expect([...reports].map(([id, { values }]) => [id, values.map(({ name }) => name)])).toEqual([
      [100, ['Slot', 'WaferId']],
    ]);
    expect(events.get(101)?.reports).toEqual([]);
  });

  it('never wants more samples in a group than there are', () => {
    const { traces } = wish({ traces: { T: { ...trace, groupSize: 9 } } });
    expect(traces.get(1)).toMatchObject({ groupSize: 4, samples: 4 });
  });
});

describe('the difference between two wishes (G-111)', () => {
  const index = new ProfileIndex(profile);
  const of = (setup: object): Wish => wishOf(setup, index, new Map());
  const between = (before: object, after: object): ReturnType<typeof difference> =>
    difference(of(before), of(after));
  const names = (some: readonly { readonly name: string }[] | undefined): string[] | undefined =>
    some?.map(({ name }) => name);

  it.each<[string, unknown, unknown, unknown]>([
    ['nothing wanted', undefined, undefined, undefined],
    ['left alone from now on', 'all', undefined, undefined],
    ['all again', 'all', 'all', undefined],
    ['all', 'none', 'all', { all: true, on: [], off: [] }],
    ['none', ['DoorOpen'], 'none', { all: false, on: [], off: [] }],
    ['one of all', 'all', ['DoorOpen'], { all: false, on: ['DoorOpen'], off: [] }],
    ['one of those nobody knows', undefined, ['DoorOpen'], { all: false, on: ['DoorOpen'], off: [] }],
    ['one of none', 'none', ['DoorOpen'], { all: undefined, on: ['DoorOpen'], off: [] }],
    ['another', ['DoorOpen'], ['ChamberHot'], { all: undefined, on: ['ChamberHot'], off: ['DoorOpen'] }],
    ['the same', ['DoorOpen'], ['DoorOpen'], undefined],
    ['one fewer', ['DoorOpen', 'ChamberHot'], ['DoorOpen'], { all: undefined, on: [], off: ['ChamberHot'] }],
  ])('alarms: %s', (_name, before, after, expected) => {
    const { alarms } = between({ alarms: before }, { alarms: after });
    const named = alarms && { all: alarms.all, on: names(alarms.on), off: names(alarms.off) };
    expect(named).toEqual(expected);
  });

  it('reports: the same ones are left, others go and are linked anew, and enabled after it (G-41, T-4)', () => {
    const report = (...values: string[]): object => ({ P: { id: 7, values } });
    const before = {
      reports: report('Slot'),
      events: { WaferStarted: ['P'], WaferDone: ['P'], DoorOpened: [] },
    };
    expect(between(before, before)).toMatchObject({
      remove: [],
      define: [],
      link: [],
      unlink: [],
      enable: [],
    });
    const other = between(before, {
      reports: report('WaferId'),
      events: { WaferStarted: ['P'], Stopped: [] },
    });
    expect(other).toMatchObject({ remove: [7], disable: [101, 110], unlink: [100, 101], enable: [100, 111] });
    expect(names(other.define)).toEqual(['P']);
    expect(other.link.map(({ event }) => event.name)).toEqual(['WaferStarted']);
    const longer = between(before, { ...before, reports: report('Slot', 'WaferId') });
    expect(longer).toMatchObject({ remove: [7], unlink: [100, 101], enable: [100, 101] });
    expect(between(before, { ...before, events: { ...before.events, WaferDone: [] } })).toMatchObject({
      unlink: [101],
      link: [],
      enable: [],
    });
    expect(difference(of(before), EMPTY_WISH)).toMatchObject({ remove: [7], disable: [100, 101, 110] });
  });

  it('constants, streams to spool, limits and traces: only what has changed', () => {
    const trace = { period: 1, samples: 4, variables: ['Recipe', 'Total'] };
    const before = {
      constants: { Temperature: 30, Mode: 'test' },
      spoolStreams: { 6: [11], 5: [] },
      limits: { ChamberPressure: { 1: { upper: 9, lower: 1 } } },
      traces: { T: trace, U: { ...trace, id: 5 } },
    };
    const same = between(before, before);
    expect(same).toMatchObject({ constants: [], spoolStreams: undefined, limits: [], removeLimits: [] });
    expect(same).toMatchObject({ traces: [], stopTraces: [] });
    const changed = between(before, {
      constants: { Temperature: 31, Mode: 'test' },
      spoolStreams: { 6: [] },
      limits: { ChamberPressure: { 1: { upper: 8, lower: 1 } } },
      traces: { T: { ...trace, variables: ['Total', 'Recipe'] }, V: { ...trace, id: 6 } },
    });
    expect(names(changed.constants.map(({ value }) => value))).toEqual(['Temperature']);
    expect(changed.spoolStreams).toEqual(new Map([[6, []]]));
    expect(names(changed.limits.map(({ value }) => value))).toEqual(['ChamberPressure']);
    expect([names(changed.stopTraces), names(changed.traces)]).toEqual([['U'], ['T', 'V']]);
    const gone = between(before, {
      traces: { T: { ...trace, period: 2 }, U: { ...trace, id: 5, variables: ['Total'] } },
    });
    expect(names(gone.removeLimits.map(({ value }) => value))).toEqual(['ChamberPressure']);
    expect(gone.spoolStreams).toBeUndefined();
    expect(names(gone.traces)).toEqual(['T', 'U']);
    expect(between({}, { spoolStreams: { 6: [11] } }).spoolStreams).toEqual(new Map([[6, [11]]]));
  });
});
