import { A, B, F8, L, S, U1, U2, U4, type SecsMessage } from '../../../src/secs2';
import { oneLine, pair, scripted } from './bed';

describe('requests by name', () => {
  it('reads variables and constants', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    const read = await clock.settled(
      side.host.read('ChamberPressure', 'SlotMap', 'Total', 'WaferId', 'Lamp', 'ControlState'),
    );
    const pressure: number | undefined = read.ChamberPressure;
    const total: bigint | undefined = read.Total;
    expect({ ...read, pressure, total }).toEqual({
      ...{
        ChamberPressure: 5,
        SlotMap: [0, 1, 1],
        Total: 7n,
        WaferId: undefined,
        Lamp: true,
        ControlState: 5,
      },
      ...{ pressure: 5, total: 7n },
    });
    await expect(side.host.read('ChamberPresure' as 'ChamberPressure')).rejects.toThrow(
      'did you mean ChamberPressure?',
    );
    await side.down();
    await tool.down();
  });

  it('sets constants, all or none, within their bounds', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    expect(await clock.settled(side.host.constants.set({ Temperature: 200, Mode: 'test' }))).toMatchObject({
      ok: true,
      code: 0,
    });
    expect(await clock.settled(side.host.constants.get('Temperature', 'Mode'))).toEqual({
      Temperature: 200,
      Mode: 'test',
    });
    await expect(side.host.constants.set({ Temperature: 401 })).rejects.toThrow(
      'Temperature must be a number of 0 to 400, received the number 401',
    );
    await expect(side.host.constants.set({ Mode: 'fast' })).rejects.toThrow(
      'Mode must be one of normal, test',
    );
    await side.down();
    await tool.down();
  });

  it('asks for an event, the clock, the control state; shows text', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    const shown: string[][] = [];
    tool.equipment.terminal.subscribe(({ lines }) => shown.push([...lines]));
    expect((await clock.settled(side.host.askEvent('WaferStarted'))).values).toMatchObject({
      ChamberPressure: 5,
    });
    expect(await clock.settled(side.host.clock.sync(Date.UTC(2026, 1, 3, 4, 5, 6)))).toMatchObject({
      ok: true,
    });
    expect(await clock.settled(side.host.clock.read())).toBe(Date.UTC(2026, 1, 3, 4, 5, 6));
    expect(await clock.settled(side.host.control.state())).toBe('REMOTE');
    expect(await clock.settled(side.host.terminal.show('hello'))).toMatchObject({ code: 0 });
    expect(await clock.settled(side.host.terminal.show(['one', 'two'], 1))).toMatchObject({ code: 0 });
    expect(await clock.settled(side.host.terminal.show('x', 9))).toMatchObject({ code: 2, ok: false });
    expect(shown).toEqual([['hello'], ['one', 'two']]);
    await side.down();
    await tool.down();
  });

  it('takes the tool OFF-LINE and ON-LINE', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    expect(await clock.settled(side.host.control.offLine())).toMatchObject({ ok: true });
    await clock.settle();
    expect([tool.equipment.controlState, side.host.state]).toEqual(['HOST OFF-LINE', 'offLine']);
    expect(await clock.settled(side.host.control.onLine())).toMatchObject({ ok: true });
    await clock.advanceAsync(30);
    expect(side.host.state).toBe('ready');
    await side.down();
    await tool.down();
  });

  it('sets and reads limits', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    expect(
      await clock.settled(side.host.limits.set('ChamberPressure', { 1: { upper: 100, lower: 50 } })),
    ).toMatchObject({ ok: true });
    expect(await clock.settled(side.host.limits.get('ChamberPressure'))).toMatchObject({
      ChamberPressure: { min: 0, max: 1000, units: 'Pa', limits: { 1: { upper: 100, lower: 50 } } },
    });
    expect(
      await clock.settled(side.host.limits.set('ChamberPressure', { 1: { upper: 2000, lower: 50 } })),
    ).toMatchObject({ ok: false });
    await side.down();
    await tool.down();
  });

  it('runs traces by name, and tells what is missing of them', async () => {
    const { tool, side } = await scripted({
      traces: {
        Pressure: { period: 0.5, samples: 4, groupSize: 2, variables: ['ChamberPressure', 'Recipe'] },
      },
    });
    expect(tool.taken('S2F23')).toEqual([
      'S2F23 <L <U4 1> <A "00000050"> <U4 4> <U4 2> <L <U4 2001> <U4 2003>>>',
    ]);
    const traces: unknown[] = [];
    side.host.traces.subscribe(({ name, samples, missed, sample, time }) =>
      traces.push({ name, samples, missed, sample, time }),
    );
    const send = (sample: number): Promise<unknown> =>
      side.network.clock.settled(
        tool.session.request(S(6, 1).w(L(U4(1), U4(sample), A('T'), L(F8(1), A('a'), F8(2), A('b'))))),
      );
    await send(2);
    await send(6);
    await send(2);
    const samples = [
      { ChamberPressure: 1, Recipe: 'a' },
      { ChamberPressure: 2, Recipe: 'b' },
    ];
    expect(traces).toEqual([
      { name: 'Pressure', samples, missed: 0, sample: 2, time: 'T' },
      { name: 'Pressure', samples, missed: 2, sample: 6, time: 'T' },
      { name: 'Pressure', samples, missed: 0, sample: 2, time: 'T' },
    ]);
    await side.down();
    await tool.session.connection.dispose();
  });

  it('keeps the active alarms, also those from before (G-115, T-19)', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    expect(side.host.currentAlarms).toEqual([]);
    await tool.equipment.setAlarm('DoorOpen');
    await clock.settle();
    expect(side.host.currentAlarms).toEqual([{ name: 'DoorOpen', alid: 2, category: 1, text: 'Door open' }]);
    await side.session.connection.disable();
    await tool.equipment.clearAlarm('DoorOpen');
    await tool.equipment.setAlarm('ChamberHot');
    await side.session.connection.enable();
    await clock.advanceAsync(5);
    expect(side.host.state).toBe('ready');
    expect(side.host.currentAlarms?.map(({ name }) => name)).toEqual(['ChamberHot']);
    await side.down();
    await tool.down();
  });
});

describe('commands (G-117)', () => {
  it('are answered, and completed by the event that the model has for it', async () => {
    const { tool, side } = await pair({ events: { ProcessingCompleted: [] } });
    const { clock } = side.network;
    let end: () => void = () => undefined;
    tool.equipment.commands.START.handle(async () => {
      await new Promise<void>((resolve) => (end = resolve));
    });
    const sent = side.host.command('START', { PPID: 'ETCH-7' });
    await clock.advanceAsync(25);
    const result = await sent;
    expect(result).toMatchObject({
      ...{ hcack: 4, ok: false, accepted: true },
      text: 'will be done, an event will tell',
    });
    const seen = jest.fn();
    void result.completed.then(seen);
    await clock.settle();
    expect(seen).not.toHaveBeenCalled();
    end();
    await clock.settle();
    expect(seen).toHaveBeenCalledWith(expect.objectContaining({ name: 'ProcessingCompleted' }));
    await side.down();
    await tool.down();
  });

  it('name the parameters at fault; a refusal is a result', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    const result = await clock.settled(side.host.command('PURGE', { Seconds: 601 }));
    expect(result).toMatchObject({ hcack: 3, accepted: false, parameters: [{ name: 'Seconds', code: 2 }] });
    await expect(result.completed).rejects.toMatchObject({ code: 'GEM_REFUSED' });
    await expect(side.host.command('PURGE', { Seconds: 70_000 })).rejects.toThrow(
      'PURGE Seconds must be one value of U2',
    );
    await expect(side.host.command('STRAT' as 'START')).rejects.toThrow('did you mean START?');
    await expect(side.host.command('RESET' as 'START')).rejects.toThrow(
      'the profile has no command named "RESET": it has START, STOP,',
    );
    await expect(side.host.command('PURGE', { Secnods: 1 } as never)).rejects.toThrow(
      'PURGE has no parameter named "Secnods" in the profile: did you mean Seconds?',
    );
    await side.down();
    await tool.down();
  });

  it('take a completion that came before the answer (T-15), and end waiting for one that never comes', async () => {
    const setup = { events: { ProcessingCompleted: [] } };
    const { tool, side } = await scripted(setup, (one) =>
      one.on('S2F41', () => {
        void one.session.send(S(6, 11, L(U4(0), U4(7), L())));
        return L(B(4), L());
      }),
    );
    const { clock } = side.network;
    const early = await clock.settled(side.host.command('START', { PPID: 'A' }));
    expect(await clock.settled(early.completed)).toMatchObject({ name: 'ProcessingCompleted' });
    tool.on('S2F41', L(B(4), L()));
    const never = await clock.settled(side.host.command('START', { PPID: 'A' }, { completeWithin: 60 }));
    const failed = jest.fn();
    never.completed.catch(failed);
    await clock.advanceAsync(61);
    expect(failed.mock.calls[0]).toMatchObject([{ code: 'GEM_NOT_COMPLETED' }]);
    const nobody = await clock.settled(side.host.command('STOP'));
    await expect(nobody.completed).rejects.toThrow('does not want the event Stopped');
    await side.down();
    await tool.session.connection.dispose();
  });

  it('have an unknown outcome where the link is lost, and are not repeated', async () => {
    const { tool, side } = await scripted({}, (one) => one.on('S2F41', 'silence'));
    const sent = side.host.command('START', { PPID: 'A' });
    const failed = jest.fn();
    sent.catch(failed);
    await side.network.clock.settle();
    await side.session.connection.disable();
    await side.session.connection.enable();
    await side.network.clock.advanceAsync(5);
    expect(failed.mock.calls[0]).toMatchObject([{ code: 'GEM_OUTCOME_UNKNOWN' }]);
    expect(tool.taken('S2F41')).toHaveLength(1);
    await side.down();
    await tool.session.connection.dispose();
  });

  it('carry parameters of several values', async () => {
    const { tool, side } = await scripted({}, (one) => one.on('S2F41', L(B(0), L())));
    const sent = side.host.command('START', { PPID: 'A', Slots: [1, 2] });
    expect(await side.network.clock.settled(sent)).toMatchObject({ ok: true, accepted: true });
    expect(tool.taken('S2F41')).toEqual([
      'S2F41 <L <A "START"> <L <L <A "PPID"> <A "A">> <L <A "Slots"> <U1 1 2>>>>',
    ]);
    await side.down();
    await tool.session.connection.dispose();
  });

  it('are sent in the case and to the object that is wanted (G-121)', async () => {
    const { tool, side } = await scripted({}, (one) =>
      one.on('S2F41', L(B(64), L())).on('S2F49', L(B(0), L())),
    );
    expect(await side.network.clock.settled(side.host.command('START', { PPID: 'A' }))).toMatchObject({
      hcack: 64,
      text: 'HCACK 64',
    });
    await side.network.clock.settled(side.host.command('START', { PPID: 'A' }, { object: 'CH-1' }));
    expect(tool.taken('S2F41', 'S2F49')).toEqual([
      'S2F41 <L <A "START"> <L <L <A "PPID"> <A "A">>>>',
      'S2F49 <L <U4 0> <A "CH-1"> <A "START"> <L <L <A "PPID"> <A "A">>>>',
    ]);
    await side.down();
    await tool.session.connection.dispose();
  });
});

describe('recipes (G-118)', () => {
  it('come and go byte for byte, with their format', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    const bodies = [B([0, 255, 10]), A('\x00\x7f text'), U2([1, 65_535])];
    for (const [i, body] of bodies.entries()) {
      expect(await clock.settled(side.host.recipes.download(`R${i}`, body, { inquire: true }))).toMatchObject(
        { ok: true },
      );
      const back = await clock.settled(side.host.recipes.upload(`R${i}`));
      expect(back?.identical(body)).toBe(true);
    }
    expect(await clock.settled(side.host.recipes.list())).toEqual(['R0', 'R1', 'R2']);
    expect(await clock.settled(side.host.recipes.upload('nothing'))).toBeUndefined();
    expect(await clock.settled(side.host.recipes.delete('R0', 'nothing'))).toMatchObject({
      ok: false,
      code: 4,
    });
    expect(await clock.settled(side.host.recipes.delete('R0', 'R1'))).toMatchObject({ ok: true });
    expect(await clock.settled(side.host.recipes.list())).toEqual(['R2']);
    await expect(side.host.recipes.delete()).rejects.toThrow('deleteAll()');
    await side.down();
    await tool.down();
  });

  it('that are formatted are verified afterwards', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    const notices: unknown[] = [];
    side.host.recipeNotices.subscribe(({ kind, ppid, faults }) => notices.push({ kind, ppid, faults }));
    const recipe = { commands: [{ code: 'ETCH', parameters: [U2(30)] }] };
    expect(await clock.settled(side.host.recipes.downloadFormatted('F', recipe))).toMatchObject({ ok: true });
    await clock.settle();
    expect(notices).toEqual([{ kind: 'verified', ppid: 'F', faults: [] }]);
    expect(await clock.settled(side.host.recipes.uploadFormatted('F'))).toMatchObject({
      model: 'ETCHER',
      commands: [{ code: 'ETCH', parameters: [30] }],
    });
    await side.down();
    await tool.down();
  });

  it('of any size go by data sets, with progress', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, i) => (i * 7) & 0xff));
    const progress: number[] = [];
    const source = [bytes.subarray(0, 1), bytes.subarray(1, 6000), bytes.subarray(6000)];
    const sent = await clock.settled(
      side.host.recipes.downloadStream('BIG', source, {
        pieceBytes: 4096,
        onProgress: (n) => progress.push(n),
      }),
    );
    expect(sent).toMatchObject({ ok: true });
    expect(progress).toEqual([4096, 8192, 10_000]);
    // The tool stores it once it has all of it.
    await clock.settle();
    const parts: Uint8Array[] = [];
    const upload = (async () => {
      for await (const part of side.host.recipes.uploadStream('BIG', { pieceBytes: 3000 })) parts.push(part);
    })();
    await clock.settled(upload);
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
    expect(parts.map(({ length }) => length)).toEqual([3000, 3000, 3000, 1000]);
    // What a lost link has ended goes on where it was.
    const rest: Uint8Array[] = [];
    const resumed = (async () => {
      for await (const part of side.host.recipes.uploadStream('BIG', { from: 9000 })) rest.push(part);
    })();
    await clock.settled(resumed);
    expect(Buffer.concat(rest).equals(bytes.subarray(9000))).toBe(true);
    const beyond = side.host.recipes.uploadStream('BIG', { from: 10_001 }).next();
    await expect(clock.settled(beyond)).rejects.toThrow('S13F3 with ACKC13 3');
    for (const from of [-1, 0.5, 2 ** 32])
      expect(() => side.host.recipes.uploadStream('BIG', { from })).toThrow(
        `from must be a whole number from 0 to 4294967295, received ${from}`,
      );
    await side.down();
    await tool.down();
  });

  it('go on where they were when the link was lost: the tool opens them again at its checkpoint (G-73)', async () => {
    const { tool, side } = await pair();
    const { clock } = side.network;
    const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, i) => (i * 7) & 0xff));
    const told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    let cuts = 0;
    const onProgress = (done: number): void => {
      if ((done !== 3000 || cuts > 0) && (done !== 9000 || cuts > 1)) return;
      cuts++;
      side.network.reset();
    };
    const sent = side.host.recipes.downloadStream('BIG', [bytes], { pieceBytes: 3000, onProgress });
    await clock.advanceAsync(120);
    expect(await sent).toMatchObject({ ok: true });
    expect(cuts).toBe(2);
    const body = await tool.store.programs.read('BIG');
    expect(body?.equals(bytes)).toBe(true);
    // The reply that was on its way when the link went is told of.
    expect(told).toHaveBeenCalled();
    told.mockRestore();
    await side.down();
    await tool.down();
  });
});

describe('primaries of the tool', () => {
  it('are refused, answered or handled (G-118, G-119)', async () => {
    const { tool, side } = await scripted({});
    const { clock } = side.network;
    const ask = async (message: SecsMessage): Promise<string> =>
      clock.settled(tool.session.request(message)).then(
        ({ name, item }) => `${name} ${oneLine(item)}`.trim(),
        (error: { outcome: string }) => error.outcome,
      );
    expect(await ask(S(7, 1).w(L(A('X'), U4(1))))).toBe('S7F2 <B 0x05>');
    expect(await ask(S(7, 3).w(L(A('X'), B(1))))).toBe('S7F4 <B 0x01>');
    expect(await ask(S(7, 5).w(A('X')))).toBe('S7F6 <L>');
    expect(await ask(S(6, 5).w(L(U4(0), U4(1000))))).toBe('S6F6 <B 0x00>');
    expect(await ask(S(2, 25).w(B([1, 2])))).toBe('S2F26 <B 0x01 0x02>');
    expect(await ask(S(2, 17).w())).toMatch(/^S2F18 <A "\d{16}">$/);
    expect(await ask(S(64, 1).w())).toBe('aborted');
    side.host.handle('S64F1', () => U1(7));
    side.host.handle('S7F3', () => B(0));
    expect(await ask(S(64, 1).w())).toBe('S64F2 <U1 7>');
    expect(await ask(S(7, 3).w(L(A('X'), B(1))))).toBe('S7F4 <B 0x00>');
    const typed: string[] = [];
    side.host.terminalInput.subscribe(({ text, terminal }) => typed.push(`${terminal} ${text}`));
    expect(await ask(S(10, 1).w(L(B(1), A('help'))))).toBe('S10F2 <B 0x00>');
    expect(typed).toEqual(['1 help']);
    expect(() => side.host.handle('S2F2', () => undefined)).toThrow('name must be that of a primary message');
    await side.down();
    await tool.session.connection.dispose();
  });
});
