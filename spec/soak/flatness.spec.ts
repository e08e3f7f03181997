import { ALLOWED, growths, notFlat, type Sample } from './flatness.js';

/** Forty samples whose figures are what `figures` says of the part of the run that has passed. */
const samples = (figures: (part: number) => Partial<Sample>): Sample[] =>
  Array.from({ length: 40 }, (_, i) => ({
    seconds: i * 30,
    heap: 30e6 + (i % 3) * 200_000,
    arrayBuffers: 17e6,
    rss: 200e6,
    handles: 19,
    ...figures(i / 39),
  }));

describe('the soak', () => {
  it('takes figures that vary for flat, whatever the warm-up did', () => {
    expect(notFlat(samples((part) => (part < 0.2 ? { heap: 1e6, handles: 2 } : {})))).toEqual([]);
  });

  it.each([
    ['heap', (part: number) => ({ heap: 30e6 + part * 4 * 2 ** 20 })],
    ['arrayBuffers', (part: number) => ({ arrayBuffers: 17e6 + part * 4 * 2 ** 20 })],
    ['handles', (part: number) => ({ handles: 19 + Math.floor(part * 4) })],
  ] as const)('finds a rising %s', (what, figures) => {
    expect(notFlat(samples(figures))).toMatchObject([{ what, allowed: ALLOWED[what] }]);
  });

  it('tells the growth after warm-up, and that of an hour', () => {
    const [heap] = growths(samples((part) => ({ heap: part * 39e6 })));
    expect(heap?.growth).toBeCloseTo(29e6, -3);
    expect(heap?.perHour).toBeCloseTo(120e6, -3);
  });
});
