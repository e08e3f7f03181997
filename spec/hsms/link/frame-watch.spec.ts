import { FrameWatch } from '../../../src/hsms/link/frame-watch.js';
import { FakeClock, turns } from '../../support/fake-clock.js';

function make(limits = { t8: 5, frameTimeout: 0 }): {
  clock: FakeClock;
  watch: FrameWatch;
  expired: string[];
} {
  const clock = new FakeClock();
  const expired: string[] = [];
  const watch = new FrameWatch(
    clock,
    () => limits,
    (kind, seconds) => expired.push(`${kind} ${seconds}`),
  );
  return { clock, watch, expired };
}

describe('FrameWatch', () => {
  it('expires T8 after the last byte of an unfinished frame (P-5)', async () => {
    const { clock, watch, expired } = make();
    watch.received(true, true);
    await clock.pass(4.9);
    watch.received(true, false);
    await clock.pass(4.9);
    expect(expired).toEqual([]);
    await clock.pass(0.1);
    expect(expired).toEqual(['t8 5']);
  });

  it('sets no timer between frames', () => {
    const { clock, watch } = make({ t8: 5, frameTimeout: 10 });
    watch.received(true, true);
    expect(clock.timers).toEqual(['frame', 't8']);
    watch.received(false, false);
    expect(clock.timers).toEqual([]);
  });

  it('takes back an expiry when bytes were only waiting to be read', async () => {
    const { clock, watch, expired } = make();
    watch.received(true, true);
    clock.advance(60);
    watch.received(true, false);
    await turns();
    expect(expired).toEqual([]);
    await clock.pass(5);
    expect(expired).toEqual(['t8 5']);
  });

  it('bounds a whole frame against a peer that drips (P-5)', async () => {
    const { clock, watch, expired } = make({ t8: 5, frameTimeout: 10 });
    watch.received(true, true);
    for (let i = 0; i < 9; i++) {
      await clock.pass(1);
      watch.received(true, false);
    }
    expect(expired).toEqual([]);
    await clock.pass(1);
    expect(expired).toEqual(['frameTimeout 10']);
  });

  it('counts a whole frame anew when the next one begins', async () => {
    const { clock, watch, expired } = make({ t8: 5, frameTimeout: 10 });
    watch.received(true, true);
    for (let i = 0; i < 5; i++) {
      await clock.pass(4);
      watch.received(true, true);
    }
    expect(expired).toEqual([]);
  });

  it('stops', async () => {
    const { clock, watch, expired } = make({ t8: 5, frameTimeout: 10 });
    watch.received(true, true);
    clock.advance(5);
    watch.stop();
    await clock.pass(60);
    expect([expired, clock.timers]).toEqual([[], []]);
  });
});
