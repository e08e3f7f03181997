import { notFlat } from '../flatness.js';
import { runDay, type DayOutcome } from './factory.js';
import { judgementFor, type DayFigures } from './figures.js';
import type { Leak } from './leaks.js';

/** Figures of a day that is flat but for what `more` says of the hour. */
const day = (more: (hour: number) => Partial<Record<keyof DayFigures, number>>, hours = 24): DayFigures[] =>
  Array.from({ length: hours * 2 }, (_, i) => ({
    seconds: (i + 1) * 1800,
    // Some dozens of objects and kilobytes come and go.
    heap: 58e6 + ((i * 7919) % 11) * 20_000,
    objects: 73_000 + ((i * 7919) % 11) * 20,
    arrayBuffers: 4_880_000 + ((i * 7919) % 5) * 4000,
    timers: 22 + (i % 3),
    listeners: 391 + (i % 4),
    requests: 0,
    queued: 0,
    links: 12,
    ...more((i + 1) / 2),
  }));

const judged = (figures: readonly DayFigures[], hours = 24): string[] => {
  const { allowed, warmUp } = judgementFor(hours);
  return notFlat(figures, allowed, warmUp).map(({ what }) => what);
};

describe('how a day is judged', () => {
  it('takes for flat what comes and goes, and what grows in the first hours', () => {
    expect(judged(day(() => ({})))).toEqual([]);
    expect(judged(day((hour) => (hour < 6 ? { heap: 50e6, objects: 60_000, listeners: 300 } : {})))).toEqual(
      [],
    );
  });

  // 650 connects, and 1,000 Linktests, are those of an hour.
  it.each<[string, string[], (hour: number) => Partial<Record<keyof DayFigures, number>>]>([
    ['an object of 200 bytes for each connect', ['heap', 'objects'], (hour) => kept(hour * 650, 200)],
    ['an object of 200 bytes for each Linktest', ['heap', 'objects'], (hour) => kept(hour * 1000, 200)],
    ['an object of 56 bytes for one kind of 61 incidents', ['objects'], (hour) => kept(hour * 20, 56)],
    ['a text for each connect', ['heap'], (hour) => ({ heap: 58e6 + hour * 650 * 200 })],
    [
      '64 bytes outside for each connect',
      ['arrayBuffers'],
      (hour) => ({ arrayBuffers: 5e6 + hour * 650 * 64 }),
    ],
    ['a timer in eight hours', ['timers'], (hour) => ({ timers: 22 + hour / 8 })],
    ['a listener in two hours', ['listeners'], (hour) => ({ listeners: 391 + hour / 2 })],
    ['a request a day', ['requests'], (hour) => ({ requests: hour / 24 })],
    ['a packet a day', ['queued'], (hour) => ({ queued: hour / 24 })],
    ['a connection a day', ['links'], (hour) => ({ links: 12 + hour / 24 })],
  ])('finds %s', (_what, found, more) => expect(judged(day(more))).toEqual(found));

  it('finds in three hours what is kept of each message', () => {
    const [leaking, flat] = [(hour: number) => kept(hour * 9500, 200), () => ({})];
    expect(judged(day(leaking, 3), 3)).toEqual(['heap', 'objects']);
    expect(judged(day(flat, 3), 3)).toEqual([]);
  });

  const kept = (objects: number, bytes: number): { heap: number; objects: number } => ({
    heap: 58e6 + objects * bytes,
    objects: 73_000 + objects,
  });
});

describe('a quarter of an hour of the factory', () => {
  const run = (leak?: Leak): Promise<DayOutcome> =>
    runDay({ hours: 0.25, every: 0.125, seed: 3, only: leak && ['pairs'], leak, memory: false });

  it('goes as it should, and is at rest when it is looked at', async () => {
    const { samples, counts, wrong } = await run();
    expect(wrong).toEqual([]);
    expect(samples.length).toBeGreaterThanOrEqual(2);
    for (const figures of samples) {
      expect(figures).toMatchObject({ requests: 0, queued: 0, links: 12, heap: 0, objects: 0 });
    }
    const all = [
      'connects',
      'linktests',
      'messages',
      'requests',
      'late replies',
      'gem events',
      'incident: line',
    ];
    expect(all.filter((what) => !counts.has(what))).toEqual([]);
  }, 60_000);

  it.each<[Leak, keyof DayFigures]>([
    ['listener', 'listeners'],
    ['signal', 'listeners'],
    ['timer', 'timers'],
  ])(
    'tells of a %s that is kept for each connect or request',
    async (leak, what) => {
      const { samples } = await run(leak);
      const [first, last] = [samples[0], samples.at(-1)];
      expect(Number(last?.[what]) - Number(first?.[what])).toBeGreaterThan(10);
    },
    60_000,
  );
});
