import { ALCD, describe } from '../../../e5/index.js';
import type { EquipmentModel } from '../../model/equipment-model.js';
import { code, heading, paragraph, table, type Block } from '../blocks.js';
import { byId, shown } from './values.js';

/** Alarms, with the events that tell of them. */
export function alarmBlocks(model: EquipmentModel): readonly Block[] {
  if (!model.capabilities.has('alarms')) return [];
  return [
    heading(2, 'Alarms'),
    paragraph('Sent by S5F1 when enabled (S5F3); listed by S5F5. Bit 8 of ALCD says that the alarm is set.'),
    table(
      ['ALID', 'Name', 'ALTX', 'Category', 'CEID set', 'CEID cleared', 'Description'],
      [...model.alarms.values()]
        .sort(byId)
        .map(({ id, name, text, category, setEvent, clearEvent, description }) => [
          ...[
            shown(id),
            code(name),
            code(text),
            `${category}: ${describe(ALCD, category).replace(/^cleared, /, '')}`,
          ],
          ...[shown(setEvent.id), shown(clearEvent.id), description],
        ]),
    ),
  ];
}
