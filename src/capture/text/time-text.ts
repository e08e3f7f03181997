/** A time that a line begins with, or holds, and the line without it. */
export interface TimedText {
  /** Microseconds since 1970, UTC where the text names no zone; without a date a time of 1970-01-01. NaN for none. */
  readonly time: number;
  readonly rest: string;
}

const clock = String.raw`([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:[.,](\d{1,9}))?`;
/** A date, the year first, and a time of day. */
const dated = new RegExp(
  String.raw`(?<![\d:.])(\d{4})([-/.]?)(\d\d)\2(\d\d)[T _^]+${clock}\s?(Z|[+-]\d\d:?\d\d)?(?![\d:])`,
  'i',
);
/** A time of day alone, where a line begins. */
const timed = new RegExp(String.raw`^[\s[(<{|"']*${clock}(?![\d:.])`);
/** Seconds since 1970, with a fraction. */
const epoch = /^[\s[(]*(1\d{9})\.(\d{3,9})(?![\d.])/;

/** Takes the time out of a line. */
export function takeTime(line: string): TimedText {
  const day = dated.exec(line);
  if (day !== null) {
    const [text, year, , month, date, hours, minutes, seconds, fraction, zone = 'Z'] = day;
    const iso = `${year}-${month}-${date}T${hours}:${minutes}:${seconds}${zoneText(zone)}`;
    return taken(line, day.index, text, Date.parse(iso), fraction);
  }
  const ofDay = timed.exec(line);
  if (ofDay !== null) {
    const [text, hours, minutes, seconds, fraction] = ofDay;
    return taken(line, 0, text, Date.parse(`1970-01-01T${hours}:${minutes}:${seconds}Z`), fraction);
  }
  const since = epoch.exec(line);
  if (since !== null) return taken(line, 0, since[0], Number(since[1]) * 1000, since[2]);
  return { time: NaN, rest: line };
}

function taken(line: string, at: number, text: string, milliseconds: number, fraction = ''): TimedText {
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  return {
    time: milliseconds * 1000 + micros,
    // What stands before a time in the middle of a line, a level say, is kept.
    rest: `${line.slice(0, at)} ${line.slice(at + text.length)}`,
  };
}

function zoneText(zone: string): string {
  return zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^(.\d\d):?(\d\d)$/, '$1:$2');
}
