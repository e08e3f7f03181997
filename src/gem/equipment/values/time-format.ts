/** A moment as a calendar and a clock on the wall show it. */
interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

/** EC TimeFormat (G-77): 0 YYMMDDhhmmss, 1 YYYYMMDDhhmmsscc, 2 ISO 8601. */
export type TimeFormat = 0 | 1 | 2;

/** A time zone: what its clocks on the wall show, and when. */
export class Zone {
  readonly #format: Intl.DateTimeFormat;

  /** @param name IANA name; that of the computer by default. @throws RangeError for a name that is not known. */
  constructor(name?: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      ...(name === undefined ? {} : { timeZone: name }),
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** Milliseconds that the wall clock is ahead of UTC at a moment. */
  offset(ms: number): number {
    const whole = Math.floor(ms / 1000) * 1000;
    const of: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(whole)) of[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = of as Partial<WallClock>;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  }

  /** The moment at which the wall clock shows this. An hour that comes twice is its first; one that is left out, as if it came. */
  moment(wall: number): number {
    const first = wall - this.offset(wall - this.offset(wall));
    const before = this.offset(first - 3_600_000 * 3);
    const earlier = wall - before;
    return earlier + this.offset(earlier) === wall ? earlier : first;
  }
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** A moment (milliseconds since 1970 UTC) as text of a format. */
export function formatTime(ms: number, format: TimeFormat, zone: Zone): string {
  if (format === 2) return new Date(ms).toISOString();
  const wall = new Date(ms + zone.offset(ms));
  const rest = [
    wall.getUTCMonth() + 1,
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
    wall.getUTCSeconds(),
  ]
    .map((part) => digits(part, 2))
    .join('');
  if (format === 0) return digits(wall.getUTCFullYear() % 100, 2) + rest;
  return digits(wall.getUTCFullYear(), 4) + rest + digits(Math.floor(wall.getUTCMilliseconds() / 10), 2);
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)$/;

/**
 * The moment that a text names, in any of the formats and in YYYYMMDDhhmmss too; undefined where it names none. Two digits of
 * a year from 70 on are of the century before (ours).
 */
export function parseTime(text: string, zone: Zone): number | undefined {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, fraction = '', offset = 'Z'] = iso;
    const parts = [year, month, day, hour, minute, second].map(Number);
    const wall = checkedUtc(parts, Number(fraction.padEnd(3, '0').slice(0, 3)));
    return wall === undefined ? undefined : wall - offsetOf(offset);
  }
  if (!/^\d+$/.test(text) || ![12, 14, 16].includes(text.length)) return undefined;
  const yearDigits = text.length === 12 ? 2 : 4;
  const short = Number(text.slice(0, yearDigits));
  const year = yearDigits === 4 ? short : short >= 70 ? 1900 + short : 2000 + short;
  const rest = (text.slice(yearDigits).match(/../g) ?? []).map(Number);
  const wall = checkedUtc([year, ...rest.slice(0, 5)], (rest[5] ?? 0) * 10);
  return wall === undefined ? undefined : zone.moment(wall);
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

/** Undefined where a part is not one of a calendar: the 31st of June, 25 o'clock. */
function checkedUtc(parts: readonly number[], ms: number): number | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second, ms));
  moment.setUTCFullYear(year, month - 1, day);
  const same =
    moment.getUTCMonth() === month - 1 &&
    moment.getUTCDate() === day &&
    moment.getUTCHours() === hour &&
    moment.getUTCMinutes() === minute &&
    moment.getUTCSeconds() === second;
  return same ? moment.getTime() : undefined;
}
