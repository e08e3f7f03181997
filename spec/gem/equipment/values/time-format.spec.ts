import * as fc from 'fast-check';
import {
  formatTime,
  parseTime,
  Zone,
  type TimeFormat,
} from '../../../../src/gem/equipment/values/time-format';

const utc = new Zone('UTC');
const berlin = new Zone('Europe/Berlin');
const kathmandu = new Zone('Asia/Kathmandu');

describe('G-77: times', () => {
  it.each<[TimeFormat, string]>([
    [0, '261129134405'],
    [1, '2026112913440567'],
    [2, '2026-11-29T12:44:05.678Z'],
  ])('in format %i', (format, text) => {
    expect(formatTime(Date.UTC(2026, 10, 29, 12, 44, 5, 678), format, berlin)).toBe(text);
  });

  it.each<[string, number | undefined]>([
    ['261129134405', Date.UTC(2026, 10, 29, 12, 44, 5)],
    ['2026112913440567', Date.UTC(2026, 10, 29, 12, 44, 5, 670)],
    ['20261129134405', Date.UTC(2026, 10, 29, 12, 44, 5)],
    ['2026-11-29T12:44:05Z', Date.UTC(2026, 10, 29, 12, 44, 5)],
    ['2026-11-29T14:44:05.5+02:00', Date.UTC(2026, 10, 29, 12, 44, 5, 500)],
    ['2026-11-29T06:44:05,123456-0600', Date.UTC(2026, 10, 29, 12, 44, 5, 123)],
    ['2026-11-29T12:44:05.6+0000', Date.UTC(2026, 10, 29, 12, 44, 5, 600)],
    ['20261129134460', undefined],
    ['20261329134405', undefined],
    ['2026-11-29T24:00:00Z', undefined],
    ['2026112913440', undefined],
    ['700101010000', 0],
    ['690101010000', Date.UTC(2069, 0, 1)],
    ['20260631000000', undefined],
    ['20261129240000', undefined],
    ['20261129136000', undefined],
    ['2026-02-30T00:00:00Z', undefined],
    ['2026-11-29 12:44:05Z', undefined],
    ['2026-11-29T12:44:05', undefined],
    ['2611291344', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('T-14: reads %p', (text, ms) => expect(parseTime(text, berlin)).toBe(ms));

  it('is in the zone of the computer where none is named; a zone that is not known is an error', () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const ms = Date.UTC(2026, 6, 1, 12);
    expect(new Zone().offset(ms)).toBe(new Zone(timeZone).offset(ms));
    expect(() => new Zone('Europe/Atlantis')).toThrow(RangeError);
  });

  it('T-14: an hour that comes twice is its first, one that is left out is as if it came', () => {
    expect(parseTime('20261025023000', berlin)).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(parseTime('20260329023000', berlin)).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(formatTime(Date.UTC(2026, 9, 25, 0, 30), 1, berlin)).toBe('2026102502300000');
    expect(formatTime(Date.UTC(2026, 9, 25, 1, 30), 1, berlin)).toBe('2026102502300000');
  });

  it('reads what it has written, in every zone', () => {
    const hundredths = fc.integer({ min: 0, max: 4_000_000_000 }).map((n) => n * 1000 + 120);
    fc.assert(
      fc.property(
        hundredths,
        fc.constantFrom(utc, kathmandu),
        fc.constantFrom<TimeFormat>(1, 2),
        (ms, zone, format) => {
          expect(parseTime(formatTime(ms, format, zone), zone)).toBe(ms);
        },
      ),
      { numRuns: 200 },
    );
  });
});
