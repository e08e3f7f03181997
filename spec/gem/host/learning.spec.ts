import type { HsmsSession } from '../../../src';
import { GemHost, type ToolProfile } from '../../../src/gem';
import { A, B, L, S, U1 } from '../../../src/secs2';
import { HostSide, scripted, testNetwork, Tool } from './bed';

/** A tool that does not know S2F31, and a host without a profile, or with one. */
async function learns(profile: ToolProfile, change: (tool: Tool) => void = () => undefined) {
  const network = testNetwork();
  const tool = new Tool(network)
    .on('S1F13', L(B(0), L(A('ETCHER'), A('2.0'))))
    .on('S1F17', B(0))
    .on('S6F23', B(2))
    .on('S5F5', L());
  for (const name of ['S2F33', 'S2F35', 'S2F37']) tool.on(name, B(0));
  change(tool);
  const learnt: (readonly [ToolProfile, string])[] = [];
  const side = new HostSide<ToolProfile, object>(
    network,
    profile,
    {},
    {
      learn: (found, what) => learnt.push([found, what]),
    },
  );
  await tool.session.connection.enable();
  await side.session.connection.enable();
  side.host.start();
  await network.clock.advanceAsync(5);
  const down = async (): Promise<void> => {
    await side.down();
    await tool.session.connection.dispose();
  };
  return { tool, side, learnt, down };
}

describe('what a host learns of its tool (G-110, G-120)', () => {
  it('is who it is, and what it does not serve by S9F5: that is not sent again', async () => {
    const { tool, side, learnt, down } = await learns({});
    expect(side.host.state).toBe('ready');
    expect(learnt.map(([, what]) => what)).toEqual(['it is a ETCHER 2.0', 'it does not serve S2F31']);
    expect(learnt.at(-1)?.[0]).toEqual({
      model: 'ETCHER',
      softwareRevision: '2.0',
      unsupported: ['S2F31'],
    });
    tool.taken();
    await side.session.connection.disable();
    await side.session.connection.enable();
    await side.network.clock.advanceAsync(5);
    expect(side.host.state).toBe('ready');
    expect(tool.taken('S2F31')).toEqual([]);
    expect(side.warnings.at(-1)).toMatchObject({
      kind: 'unsupported',
      text: expect.stringMatching(/S2F31 is not served by the tool, says its profile/) as string,
    });
    expect(learnt).toHaveLength(2);
    await down();
  });

  it('is not what was not answered, or aborted: that may pass', async () => {
    const { learnt, down } = await learns({}, (tool) => tool.on('S2F31', S(2, 0)));
    expect(learnt.map(([, what]) => what)).toEqual(['it is a ETCHER 2.0']);
    await down();
  });

  it('is tried again with other software', async () => {
    const profile = { model: 'ETCHER', softwareRevision: '1.0', unsupported: ['S2F31'] };
    const { tool, learnt, down } = await learns(profile, (one) => one.on('S2F31', B(0)));
    expect(tool.taken('S2F31')).toHaveLength(1);
    expect(learnt).toEqual([
      [{ model: 'ETCHER', softwareRevision: '2.0' }, 'its software is 2.0; S2F31 will be tried again'],
    ]);
    await down();
  });

  it('is the format of a parameter that was given as an item, once it was accepted', async () => {
    const { tool, side, learnt, down } = await learns({ model: 'ETCHER', softwareRevision: '2.0' }, (one) =>
      one.on('S2F31', B(0)).on('S2F41', L(B(3), L(L(A('Wafers'), B(3))))),
    );
    const { clock } = side.network;
    const send = (): Promise<unknown> =>
      clock.settled(side.host.command('START', { Wafers: U1(3), Slots: U1(1, 2), PPID: 'A' }));
    await send();
    expect(learnt).toEqual([]);
    tool.on('S2F41', L(B(4), L()));
    await send();
    await send();
    expect(learnt.map(([{ commands }, what]) => [commands, what])).toEqual([
      [
        { START: { parameters: { Wafers: { format: 'U1' }, Slots: { format: 'U1', array: true } } } },
        'START takes Wafers (U1), Slots (U1)',
      ],
    ]);
    await down();
  });

  it('costs nothing where `learn` throws: that is reported', async () => {
    const { side, tool } = await scripted({}, () => undefined, {
      learn: () => {
        throw new Error('no room');
      },
      t3: 5,
    });
    await side.network.clock.settle();
    expect(side.host.state).toBe('ready');
    expect(side.errors).toEqual([]);
    tool.on('S2F31', S(2, 0));
    await side.down();
    await tool.session.connection.dispose();
    const other = new HostSide<ToolProfile, object>(
      testNetwork(),
      {},
      {},
      {
        learn: () => {
          throw new Error('no room');
        },
      },
    );
    const network = other.network;
    const one = new Tool(network).on('S1F13', L(B(0), L(A('ETCHER'), A('2.0'))));
    await one.session.connection.enable();
    await other.session.connection.enable();
    other.host.start();
    await network.clock.advanceAsync(5);
    expect(other.errors[0]).toBe('learn: Error: no room');
    await other.down();
    await one.session.connection.dispose();
  });
});

/** Compiled alone: a profile that was read has no commands, so that any name goes, with what it does have checked. */
export function commandsOfReadProfile(session: HsmsSession): void {
  const read = { events: { Done: { id: 1 } } } as const satisfies ToolProfile;
  const host = new GemHost(session, { profile: read });
  void host.command('START', { PPID: 'A' });
  // @ts-expect-error no such event
  host.event('Dome');
  const made = {
    commands: { START: { parameters: { PPID: { format: 'A' } } } },
  } as const satisfies ToolProfile;
  // @ts-expect-error no such command
  void new GemHost(session, { profile: made }).command('STRAT');
}
