import type { EquipmentModel } from '../../model/equipment-model.js';
import { code, heading, table, type Block, type Text } from '../blocks.js';

/** What holds for all of the interface. */
export function settingBlocks(model: EquipmentModel): readonly Block[] {
  const { spool, trace, terminals, processPrograms } = model;
  const rows: (readonly Text[])[] = [
    ['MDLN', code(model.model)],
    ['SOFTREV', code(model.softwareRevision)],
    ...Object.entries(model.idFormats).map(([kind, format]) => [`Format of ${kind}`, code(format)]),
  ];
  if (trace !== undefined) {
    rows.push(
      ['Traces at once', String(trace.maxTraces)],
      ['SVIDs of one trace', String(trace.maxVariables)],
      ['Shortest period of a trace (DSPER)', `${trace.minPeriod} s`],
    );
  }
  if (terminals !== undefined) rows.push(['Terminals (TID)', terminals === 0 ? '0' : `0 to ${terminals}`]);
  if (spool !== undefined) {
    rows.push(
      ['Streams that can be spooled', spool.streams.join(', ')],
      ['Messages that the spool holds', String(spool.maxMessages)],
      ['Bytes that the spool holds', String(spool.maxBytes)],
    );
  }
  if (processPrograms !== undefined) {
    rows.push(
      ['Process programs kept', String(processPrograms.maxPrograms)],
      ['Longest process program', `${processPrograms.maxBytes} bytes`],
      ['Format of PPID', `${processPrograms.idFormat}, to ${processPrograms.maxIdLength} characters`],
    );
  }
  return [heading(2, 'Settings'), table(['Setting', 'Value'], rows)];
}
