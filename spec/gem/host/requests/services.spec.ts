import { A, B, F8, L, S, U1, U4, type SecsMessage } from '../../../../src/secs2';
import { profileOf } from '../../../../src/gem';
import { etcherModel, scripted } from '../bed';

const events = profileOf(etcherModel).events ?? {};

describe('services of a tool (G-76, G-77, G-55)', () => {
  it('arguments that cannot be sent are named', async () => {
    const { side, tool } = await scripted({});
    const { clock, terminal, limits } = side.host;
    await expect(clock.sync(NaN)).rejects.toThrow('ms must be a number of milliseconds, received NaN');
    expect(() => terminal.show('x', 64)).toThrow('terminal must be a whole number from 0 to 63, received 64');
    await expect(limits.set('ChamberPressure', { 8: { upper: 1, lower: 0 } })).rejects.toThrow('1 to 7');
    await expect(side.host.constants.set({ Mode: undefined } as never)).rejects.toThrow(
      'Mode must be a value',
    );
    await side.down();
    await tool.session.connection.dispose();
  });

  it('limits of variables that have none, and of unknown ones; streams to spool; a broadcast', async () => {
    const attributes = L(A('Pa'), F8(0), F8(9), L(L(B(1), F8(5), F8(4))));
    const { side, tool } = await scripted({}, (one) =>
      one
        .on('S2F47', L(L(U4(2001), L()), L(U4(77), attributes)))
        .on('S2F43', L(B(1), L()))
        .on('S10F9', B(0))
        .on('S1F15', B(1))
        .on('S1F3', L(U1(9))),
    );
    const { clock } = side.network;
    expect(await clock.settled(side.host.limits.get())).toEqual({
      ChamberPressure: undefined,
      77: { min: 0, max: 9, units: 'Pa', limits: { 1: { upper: 5, lower: 4 } } },
    });
    expect(await clock.settled(side.host.spool.choose({ 6: [11] }))).toMatchObject({ ok: false, code: 1 });
    expect(await clock.settled(side.host.terminal.broadcast('x'))).toMatchObject({ ok: true });
    expect(await clock.settled(side.host.control.offLine())).toMatchObject({ ok: false, code: 1 });
    expect(await clock.settled(side.host.control.state())).toBe('9');
    expect(side.host.state).toBe('ready');
    await side.down();
    await tool.session.connection.dispose();
  });

  it('events of process programs are notices, with the PPID where a report has it (G-118)', async () => {
    const setup = {
      reports: { P: { id: 7, values: ['PPChangeName'] }, Q: { id: 8, values: ['PPExecName'] } },
      events: { ProcessProgramChange: ['P'], ProcessProgramSelected: ['Q'] },
    };
    const { side, tool } = await scripted(setup);
    const notices: unknown[] = [];
    side.host.recipeNotices.subscribe(({ kind, ppid }) => notices.push([kind, ppid]));
    const raised = (name: string, rptid: number, ppid: string): SecsMessage =>
      S(6, 11).w(L(U4(0), U4(Number(events[name]?.id)), L(L(U4(rptid), L(A(ppid))))));
    for (const message of [
      raised('ProcessProgramChange', 7, 'ETCH'),
      raised('ProcessProgramSelected', 8, 'CLEAN'),
      raised('ProcessProgramSelected', 99, 'CLEAN'),
    ])
      await side.network.clock.settled(tool.session.request(message));
    expect(notices).toEqual([
      ['changed', 'ETCH'],
      ['selected', 'CLEAN'],
      ['selected', undefined],
    ]);
    await side.down();
    await tool.session.connection.dispose();
  });
});
