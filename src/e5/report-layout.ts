import { FormatCode, type ItemFormat } from '../secs2/formats.js';
import { asError } from '../describe-value.js';
import type { BuiltMessage } from './built-message.js';
import { checkDefined } from './check.js';
import { E5Error, E5ValueError, showValue } from './errors.js';
import { CEID, DATAID, RPTID, V } from './items/items.js';
import type { DataItemNode } from './nodes/nodes.js';
import { isFormat } from './nodes/check-node.js';
import { planOf, type ItemPlan } from './nodes/plan.js';
import type { GivenValue, Id } from './nodes/types.js';
import { checkProfile, choiceOf, type Profile } from './profile.js';
import { S6F11 } from './streams/stream-6.js';
import { header, writeItem } from './write/write-item.js';
import { valuePlan, writeValues, type ValuePlan } from './write/write-values.js';
import { BodyWriter, WriteFailure } from './write/writer.js';

/** A report as it is linked to an event: its id, and the formats of its values, one by one. */
export interface ReportFormats {
  readonly rptid: Id;
  /** A format each; undefined where the format is the first that can carry the value. */
  readonly formats: readonly (ItemFormat | undefined)[];
}

/** The reports of one collection event, worked out once: builds S6F11 of them without looking anything up. */
export interface ReportLayout {
  /**
   * Builds the event report.
   *
   * @param values - of each report the values, in the order of the layout.
   * @throws E5ValueError naming the value that does not fit, as `reports[0].vs[2]`.
   */
  build(dataId: Id, values: readonly (readonly GivenValue[])[]): BuiltMessage<typeof S6F11>;
}

/** One report: the bytes before its values, and how each of them is written. */
interface Part {
  readonly start: Uint8Array;
  readonly plans: readonly ValuePlan[];
}

/**
 * Works out the event reports of a collection event whose layout is known (RPTID, VIDs and their formats).
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { reportLayout } from 'rxsecs/e5';
 *
 * const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
 * const layout = reportLayout(1001, [{ rptid: 7, formats: ['F8', 'A'] }]);
 * await session.request(layout.build(0, [[21.5, 'IDLE']]));
 * ```
 *
 * @throws E5Error for an id, a format or a profile that is not allowed.
 */
export function reportLayout(ceid: Id, reports: readonly ReportFormats[], profile?: Profile): ReportLayout {
  checkDefined.array('reports', reports, 'an array of reports');
  reports.forEach(checkReport);
  if (profile !== undefined) checkProfile(profile);
  const choice = choiceOf(profile);
  const plan = (node: DataItemNode): ItemPlan => planOf(node, false, choice(node));
  const dataIdPlan = plan(DATAID);
  const ceidBytes = encoded((w) => {
    writeItem(w, plan(CEID), ceid);
    header(w, FormatCode.L, reports.length);
  });
  const parts = reports.map(({ rptid, formats }): Part => ({
    start: encoded((w) => {
      header(w, FormatCode.L, 2);
      writeItem(w, plan(RPTID), rptid);
      header(w, FormatCode.L, formats.length);
    }),
    plans: formats.map((format) => valuePlan(planOf(formatted(format), false))),
  }));
  const shared = new BodyWriter();
  return {
    build(dataId, values) {
      // A value that is read may build another one: by a getter, say.
      const writer = shared.isBusy ? new BodyWriter() : shared;
      writer.isBusy = true;
      writer.codePage = profile?.codePage;
      try {
        header(writer, FormatCode.L, 3);
        writeItem(writer, dataIdPlan, dataId);
        append(writer, ceidBytes);
        writeReports(writer, parts, values);
        return S6F11.holding(writer.take());
      } catch (error) {
        if (error instanceof E5Error) throw error;
        if (error instanceof WriteFailure) throw new E5ValueError('S6F11', 'dataId', error.message);
        throw new E5ValueError('S6F11', 'reports', `cannot be read: ${asError(error).message}`);
      } finally {
        writer.reset();
        writer.isBusy = false;
      }
    },
  };
}

function writeReports(
  w: BodyWriter,
  parts: readonly Part[],
  values: readonly (readonly GivenValue[])[],
): void {
  if (!Array.isArray(values) || values.length !== parts.length) {
    throw new E5ValueError(
      'S6F11',
      'reports',
      `must be ${parts.length} reports, received ${showValue(values)}`,
    );
  }
  for (let r = 0; r < parts.length; r++) {
    const { start, plans } = parts[r] as Part;
    const row = values[r] as readonly GivenValue[];
    if (!Array.isArray(row) || row.length !== plans.length) {
      throw new E5ValueError(
        'S6F11',
        `reports[${r}].vs`,
        `must be ${plans.length} values, received ${showValue(row)}`,
      );
    }
    append(w, start);
    writeValues(w, plans, row, (value, i) => writeValue(w, (plans[i] as ValuePlan).plan, value, r, i));
  }
}

function writeValue(w: BodyWriter, plan: ItemPlan, value: unknown, report: number, index: number): void {
  try {
    writeItem(w, plan, value);
  } catch (error) {
    throw new E5ValueError('S6F11', `reports[${report}].vs[${index}]`, (error as Error).message);
  }
}

function checkReport(report: ReportFormats, place: number): void {
  const name = `reports[${place}]`;
  const { formats } = checkDefined.fields(name, report, ['rptid', 'formats']);
  checkDefined.array(`${name}.formats`, formats, 'an array of formats');
}

/** V with one format alone. */
function formatted(format: ItemFormat | undefined): DataItemNode {
  if (format === undefined) return V;
  if (isFormat(format)) return { ...V, formats: [format] };
  throw new E5Error(
    'E5_INVALID_DEFINITION',
    `a format of a report must be one of E5, received ${showValue(format)}`,
  );
}

function append(w: BodyWriter, bytes: Uint8Array): void {
  w.reserve(bytes.length);
  for (let i = 0; i < bytes.length; i++) w.out.bytes[w.position++] = bytes[i] as number;
}

function encoded(write: (w: BodyWriter) => void): Uint8Array {
  const w = new BodyWriter();
  try {
    write(w);
  } catch (error) {
    throw new E5Error('E5_INVALID_DEFINITION', `a report layout ${(error as Error).message}`, {
      cause: error,
    });
  }
  return Uint8Array.from(w.take().body);
}
