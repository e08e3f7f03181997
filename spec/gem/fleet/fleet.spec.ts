import { GemFleet } from '../../../src/gem';
import type { SecsSession } from '../../../src';
import { etcherModel, EquipmentSide, testNetwork } from '../host/bed';
import { hostSession } from '../transport';
import { Turns } from '../../../src/gem/fleet/turns';

const setup = { reports: { P: ['WaferId'] }, events: { WaferStarted: ['P'] } } as const;

describe('GemFleet', () => {
  it('sets tools up in turns, tells all in one stream, and how they are', async () => {
    const network = testNetwork();
    const fleet = new GemFleet({ setupsAtOnce: 2 });
    const tools: EquipmentSide[] = [];
    const sessions: SecsSession[] = [];
    const told: string[] = [];
    let settingUp = 0;
    let most = 0;
    fleet.messages.subscribe((message) => {
      if (message.kind === 'event') told.push(`${message.tool} ${String(message.event.values['WaferId'])}`);
    });
    for (let i = 0; i < 5; i++) {
      const tool = new EquipmentSide(network, etcherModel, { port: 5000 + i });
      tools.push(tool);
      await tool.session.connection.enable();
      const session = hostSession(network.options, { port: 5000 + i });
      sessions.push(session);
      await session.connection.enable();
      const host = fleet.add(`T${i}`, session, { profile: etcherModel, setup });
      host.emitter.on('progress', ({ n, of }) => {
        if (n === 1) most = Math.max(most, ++settingUp);
        if (n === of) settingUp--;
      });
    }
    network.latency = 0.1;
    expect(fleet.size).toBe(5);
    await network.clock.advanceAsync(60);
    expect(most).toBe(2);
    expect(fleet.health()).toMatchObject({
      tools: 5,
      states: { ready: 5 },
      notReady: [],
      unacknowledged: 0,
      waiting: 0,
    });
    network.latency = 0;
    void tools[3]?.equipment.raise('WaferStarted', { WaferId: 'W-1', Slot: 1 });
    await network.clock.advanceAsync(1);
    expect(told).toEqual(['T3 W-1']);
    await sessions[1]?.connection.disable();
    expect(fleet.health()).toMatchObject({
      states: { ready: 4, disconnected: 1 },
      notReady: [{ tool: 'T1' }],
    });
    expect(fleet.get('T1')?.state).toBe('disconnected');
    expect([fleet.remove('T1'), fleet.remove('T1'), fleet.get('T1')]).toEqual([true, false, undefined]);
    expect(() => fleet.add('T2', sessions[2] as SecsSession, {})).toThrow('there is a tool T2 already');
    expect(() => new GemFleet({ setupsPerSecond: 0 })).toThrow('setupsPerSecond must be a number above 0');
    expect(() => new GemFleet({ setupsAtOnce: 0 })).toThrow('setupsAtOnce must be a whole number from 1');
    fleet.stop();
    expect(fleet.names()).toEqual([]);
    await Promise.all(
      [...sessions, ...tools.map(({ session }) => session)].map(({ connection }) => connection.dispose()),
    );
  });

  it('begins no more set-ups a second than it is told', async () => {
    const { clock } = testNetwork();
    const turns = new Turns({ atOnce: 3, perSecond: 2, clock });
    const never = new AbortController().signal;
    const began: number[] = [];
    const start = clock.now();
    const ends: (() => void)[] = [];
    const enter = (end: () => void): void => {
      began.push(clock.now() - start);
      ends.push(end);
    };
    const gone = new AbortController();
    for (let i = 0; i < 3; i++) void turns.take(never).then(enter);
    const left = turns.take(gone.signal);
    for (let i = 0; i < 2; i++) void turns.take(never).then(enter);
    await clock.advanceAsync(2);
    // Three are in: the rate would let others in, their number does not.
    expect(began).toEqual([0, 500, 1000]);
    gone.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    ends[0]?.();
    ends[1]?.();
    await clock.advanceAsync(1);
    expect(began).toEqual([0, 500, 1000, 2000, 2500]);
    expect(turns.waiting).toBe(0);
  });

  it('gives turns in order, and lets who waits go away', async () => {
    const turns = new Turns({ atOnce: 1 });
    const never = new AbortController().signal;
    const first = await turns.take(never);
    const gone = new AbortController();
    const second = turns.take(gone.signal);
    const third = turns.take(never);
    expect(turns.waiting).toBe(2);
    gone.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    await expect(turns.take(gone.signal)).rejects.toThrow('gone');
    first();
    first();
    (await third)();
    expect(turns.waiting).toBe(0);
    (await turns.take(never))();
  });
});
