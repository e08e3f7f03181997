import type { EquipmentModel } from '../../model/equipment-model.js';
import { code, heading, paragraph, table, type Block } from '../blocks.js';
import { byId, codes, shown } from './values.js';

/** Collection events with their data, and the reports that are there from the start. */
export function eventBlocks(model: EquipmentModel): readonly Block[] {
  const reports = [...model.reports.values()].sort(byId);
  return [
    heading(2, 'Collection events'),
    paragraph('Sent by S6F11 when enabled (S2F37), with the reports that are linked (S2F33, S2F35).'),
    table(
      ['CEID', 'Name', 'Data variables', 'Other variables of it', 'Description'],
      [...model.events.values()].sort(byId).map(({ id, name, values, description }) => {
        const [own, others] = [true, false].map((isOwn) =>
          codes(
            values.filter((variable) => (variable.class === 'DV') === isOwn).map((variable) => variable.name),
          ),
        );
        return [shown(id), code(name), own ?? [], others ?? [], description];
      }),
    ),
    ...(reports.length === 0
      ? []
      : [
          heading(2, 'Reports defined from the start'),
          table(
            ['RPTID', 'Name', 'Variables', 'Linked to'],
            reports.map(({ id, name, values, events }) => [
              ...[
                shown(id),
                code(name),
                codes(values.map((one) => one.name)),
                codes(events.map((one) => one.name)),
              ],
            ]),
          ),
        ]),
  ];
}
