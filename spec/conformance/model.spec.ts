import fc from 'fast-check';
import { World, type Action, type Role } from './world.js';

const side = fc.constantFrom<0 | 1>(0, 1);

/** Deliveries and commands are frequent; a cut and an expiry are rare. */
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('deliver' as const), side }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('command' as const),
      side,
      command: fc.constantFrom('select', 'select', 'deselect', 'linktest', 'separate', 'data'),
      session: fc.constantFrom(1, 1, 1, 2, 3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('t6' as const), side, which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('t7' as const), side }) },
  { weight: 1, arbitrary: fc.constantFrom<Action>({ do: 'cut' }, { do: 'connect' }, { do: 'connect' }) },
);

const worlds: readonly (readonly [string, readonly [Role, Role], boolean])[] = [
  ['HSMS-SS, active and passive', ['active', 'passive'], false],
  ['HSMS-GS, active and passive', ['active', 'passive'], true],
  ['HSMS-SS, both select', ['active', 'active'], false],
  ['HSMS-GS, both select', ['active', 'active'], true],
];

describe.each(worlds)('two machines, %s', (_name, roles, general) => {
  it('agree in the end, whatever happens on the way (P-22, P-25, P-26, P-28, P-29, P-31, P-43)', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80, size: 'max' }), (actions) => {
        const world = new World(roles, general);
        world.act({ do: 'connect' });
        for (const one of actions) world.act(one);
        world.settle();
      }),
      { numRuns: 3000 },
    );
  });
});

describe('two machines that cross (P-26, P-29, P-31)', () => {
  const deliver = (to: 0 | 1): Action => ({ do: 'deliver', side: to });
  const command = (
    from: 0 | 1,
    what: Extract<Action, { do: 'command' }>['command'],
    session = 1,
  ): Action => ({ do: 'command', side: from, command: what, session });
  const run = (roles: readonly [Role, Role], actions: readonly Action[]): World => {
    const world = new World(roles, true);
    world.act({ do: 'connect' });
    for (const one of actions) world.act(one);
    world.settle();
    return world;
  };
  const selectedIn = (world: World): number[][] => world.machines.map(({ selected }) => [...selected]);

  it('an answer to a Deselect ends no session that was selected since', () => {
    const world = run(
      ['active', 'passive'],
      [
        ...[command(0, 'select'), deliver(1), deliver(0)],
        ...[command(0, 'separate'), command(0, 'select'), command(1, 'deselect')],
      ],
    );
    expect(selectedIn(world)).toEqual([[1], [1]]);
  });

  it('an answer to a Deselect ends no session that was selected since by a Select on its way (P-25)', () => {
    const world = run(
      ['active', 'passive'],
      [
        ...[command(0, 'select'), deliver(1), command(1, 'deselect'), command(1, 'separate')],
        command(0, 'select'),
      ],
    );
    expect(selectedIn(world)).toEqual([[1], [1]]);
  });

  it('an answer to a Deselect ends the session of a Select sent before it (P-25)', () => {
    const world = run(
      ['active', 'passive'],
      [
        ...[command(0, 'select'), deliver(1), command(1, 'separate'), command(0, 'select')],
        ...[deliver(0), command(0, 'deselect')],
      ],
    );
    expect(selectedIn(world)).toEqual([[], []]);
  });

  it('an answer to a Select selects no session that was separated since', () => {
    const world = run(
      ['active', 'active'],
      [command(0, 'select'), command(1, 'select'), deliver(0), command(0, 'separate')],
    );
    expect(selectedIn(world)).toEqual([[], []]);
  });

  it('a Reject of an answer is none of a request with the same system bytes', () => {
    const world = run(
      ['active', 'passive'],
      [
        ...[command(0, 'select'), deliver(1), deliver(0)],
        // The peer's Linktest has system bytes 1, 2 and 3; T6 ends the last, and our second Select has 3.
        ...[command(1, 'linktest'), deliver(0), deliver(1), command(1, 'linktest'), deliver(0), deliver(1)],
        ...[command(1, 'linktest'), { do: 't6', side: 1, which: 0 } as const, deliver(0)],
        ...[command(0, 'linktest'), command(0, 'select', 2), deliver(1)],
      ],
    );
    expect(selectedIn(world)).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});
