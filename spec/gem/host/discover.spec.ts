import { A, B, L, S, U1, U2, U4 } from '../../../src/secs2';
import { diffProfiles, discover, discoveryPlan, GemHost, profileModule, profileOf } from '../../../src/gem';
import { etcherModel, EquipmentSide, testNetwork, Tool } from './bed';
import { hostSession } from '../transport';

describe('discover', () => {
  it('reads our equipment: names, ids, formats, bounds; changes nothing', async () => {
    const network = testNetwork();
    const tool = new EquipmentSide(network, etcherModel);
    await tool.session.connection.enable();
    const session = hostSession(network.options);
    await session.connection.enable();
    await network.clock.settle();
    const found = discover(session, { pause: 0.01, groupSize: 7 });
    await network.clock.advanceAsync(5);
    const { profile, notes, values, recipes } = await found;
    expect(tool.taken().filter((line) => /^(S1F17|S2F3|S5F3|S6F23)/.test(line))).toEqual([]);
    expect(profile).toMatchObject({
      model: 'ETCHER',
      softwareRevision: '1.0',
      idFormats: { VID: 'U4', CEID: 'U4', ALID: 'U4' },
      variables: {
        ChamberPressure: { id: 2001, class: 'SV', format: 'F8', units: 'Pa' },
        SlotMap: { id: 2002, format: 'U1', array: true },
        WaferId: { id: 2101, class: 'DV' },
      },
      constants: { Temperature: { id: 101, format: 'F4', min: 0, max: 400, default: 20, units: 'degC' } },
      events: { WaferStarted: { id: 100, values: ['WaferId', 'Slot'] } },
      alarms: { ChamberTooHot: { id: 1, text: 'Chamber too hot', category: 2 } },
    });
    expect(values).toMatchObject({ ChamberPressure: 5, Mode: 'normal' });
    expect({ notes, recipes }).toEqual({ notes: [], recipes: [] });
    // What was found is what the model says, but for what no message tells.
    const told = diffProfiles(profile, profileOf(etcherModel)).filter(
      ({ path }) => /\.id$/.test(path) && !path.startsWith('alarms.'),
    );
    expect(told).toEqual([]);
    // A host can be made with it.
    expect(() => new GemHost(session, { profile, setup: { events: { WaferStarted: [] } } })).not.toThrow();
    await session.connection.dispose();
    await tool.down();
  });

  it('notes what a tool does not serve, learns the formats of its ids (G-2, T-7), and halves what it refuses', async () => {
    const network = testNetwork();
    const tool = new Tool(network)
      .on('S1F13', L(B(0), L(A('OLD   '), A('1'))))
      .on('S1F1', L(A('OLD   '), A('1')))
      .on(
        'S1F11',
        L(L(U2(1), A('CONTROL_STATE'), A('')), L(U2(2), A(''), A('V')), L(U2(3), A('CONTROL_STATE'), A(''))),
      )
      .on('S1F3', (message) => ((message.item?.length ?? 0) > 1 ? S(1, 0) : L(U1(4))))
      .on('S2F29', L())
      .on('S5F5', L(L(B(0x82), U1(1), A('')), L(B(2), U4(300), A('Too hot'))));
    await tool.session.connection.enable();
    const session = hostSession(network.options);
    await session.connection.enable();
    await network.clock.settle();
    const found = discover(session, { pause: 0 });
    await network.clock.advanceAsync(1);
    const { profile, notes, alarmsSet } = await found;
    expect(profile).toEqual({
      model: 'OLD',
      softwareRevision: '1',
      variables: {
        CONTROL_STATE: { id: 1, class: 'SV', format: 'U1' },
        SV_2: { id: 2, class: 'SV', units: 'V', format: 'U1' },
        CONTROL_STATE_3: { id: 3, class: 'SV', format: 'U1' },
      },
      constants: {},
      events: {},
      alarms: {
        ALARM_1: { id: 1, text: '', category: 2 },
        TooHot: { id: 300, text: 'Too hot', category: 2 },
      },
      roles: { ControlState: 'CONTROL_STATE' },
      idFormats: { VID: 'U2' },
      unsupported: ['S1F21', 'S1F23', 'S7F19'],
    });
    expect(notes).toEqual([
      ...['S1F21 is not served: S9F5', 'S1F23 is not served: S9F5', 'S7F19 is not served: S9F5'],
      'ALID comes as U1, U4: it is sent as U4',
    ]);
    expect(alarmsSet).toEqual([1]);
    await session.connection.dispose();
    await tool.session.connection.dispose();
  });

  it('shows what it would ask', () => {
    expect(discoveryPlan().map(({ name }) => name)).toEqual([
      ...['S1F1', 'S1F11', 'S1F21', 'S1F23', 'S2F29', 'S5F5', 'S7F19'],
    ]);
  });
});

describe('profiles (G-120)', () => {
  it('are compared', () => {
    const before = { model: 'X', events: { A: { id: 1 }, B: { id: 2 } }, quirks: { leaveOut: ['clock'] } };
    const after = { events: { A: { id: 3 }, C: { id: 2 } }, model: 'X', quirks: { leaveOut: ['clock'] } };
    expect(diffProfiles(before, before)).toEqual([]);
    expect(diffProfiles(before, after)).toEqual([
      { path: 'events.A.id', kind: 'changed', before: 1, after: 3 },
      { path: 'events.B', kind: 'removed', before: { id: 2 } },
      { path: 'events.C', kind: 'added', after: { id: 2 } },
    ]);
  });

  it('are written as modules that have their types', () => {
    expect(profileModule({ model: 'X', events: { A: { id: 1 } } }, 'tool')).toBe(
      [
        "import type { ToolProfile } from 'rxsecs/gem';",
        '',
        '/** X as it was read. */',
        'export const tool = {',
        '  "model": "X",',
        '  "events": {',
        '    "A": {',
        '      "id": 1',
        '    }',
        '  }',
        '} as const satisfies ToolProfile;',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [{ evnts: {} }, 'profile.evnts is not known'],
    [
      { events: { A: { id: -1 } } },
      'profile.events.A.id must be an unsigned integer or text, received the number -1',
    ],
    [
      { events: { A: { id: 1 }, B: { id: 1 } } },
      "profile.events.B.id must be an id of its own: 1 is profile.events.A's",
    ],
    [
      { variables: { A: { id: 1 } }, constants: { B: { id: 1 } } },
      'profile.constants.B.id must be an id of its own',
    ],
    [{ variables: { A: { id: 1, format: 'F16' } } }, 'profile.variables.A.format must be one of L, B'],
    [{ quirks: { dsper: 'x' } }, 'profile.quirks.dsper must be one of hhmmss, hhmmsscc'],
    [{ quirks: { dspr: 'x' } }, 'profile.quirks.dspr is not known'],
    [{ idFormats: 'U3' }, 'profile.idFormats must be made of U1, U2, U4, U8, A'],
    [{ unsupported: ['x'] }, 'profile.unsupported must be a list of messages'],
  ])('are checked: %j', (profile: object, message) => {
    const session = hostSession(testNetwork().options);
    expect(() => new GemHost(session, { profile: profile })).toThrow(message);
  });
});
