import type { Item } from '../../../../secs2/index.js';
import { readId, type Id } from '../../../model/id.js';
import type { Arrival } from '../../probe.js';
import { must } from '../../rule.js';
import type { ToolProbe } from './tool-probe.js';

/** One event report: S6F11, taken apart. */
export interface Reported {
  readonly arrival: Arrival;
  readonly ceid: Id;
  readonly ceidItem: Item;
  readonly reports: readonly { readonly rptid: Id; readonly values: readonly Item[] }[];
}

/** Takes an S6F11 apart. FAIL where it is no L,3 of DATAID, CEID and reports. */
export function reported(arrival: Arrival): Reported {
  const { message } = arrival;
  const { item } = message;
  must(item?.format === 'L' && item.length === 3, `S6F11 is no L,3: ${String(message)}`);
  const [dataId, ceidItem, list] = item.list;
  const ceid = readId(ceidItem);
  must(readId(dataId) !== undefined, `S6F11 has no DATAID: ${String(message)}`);
  must(ceid !== undefined && ceidItem !== undefined, `S6F11 has no CEID: ${String(message)}`);
  must(list?.format === 'L', `S6F11 has no list of reports: ${String(message)}`);
  const reports = list.list.map((report) => {
    const isReport = report.format === 'L' && report.length === 2 && report.list[1]?.format === 'L';
    must(isReport, `a report is no L,2 of RPTID and values: ${String(report)}`);
    const rptid = readId(report.list[0]);
    must(rptid !== undefined, `a report has no RPTID: ${String(report)}`);
    return { rptid, values: report.list[1]?.list ?? [] };
  });
  return { arrival, ceid, ceidItem, reports };
}

/** Enables all events, or these, takes the tool OFF-LINE and ON-LINE again, and gives what it reports of both. */
export async function controlEvents(
  tool: ToolProbe,
  ...ceids: readonly Item[]
): Promise<{ readonly off: readonly Reported[]; readonly on: readonly Reported[] }> {
  await tool.enable(...ceids);
  tool.forget();
  return switched(tool);
}

/** The same with the events that are enabled. */
export async function switched(
  tool: ToolProbe,
): Promise<{ readonly off: readonly Reported[]; readonly on: readonly Reported[] }> {
  await tool.goOffLine();
  const off = (await tool.all('S6F11')).map(reported);
  await tool.goOnLine();
  const on = (await tool.all('S6F11')).map(reported);
  return { off, on };
}
