import type { EquipmentModel, ModelVariable } from '../../model/equipment-model.js';
import { code, heading, paragraph, table, type Block } from '../blocks.js';
import { byId, formatText, itemText, rangeText, shown } from './values.js';

/** Status variables, data variables, equipment constants, and limits. */
export function variableBlocks(model: EquipmentModel): readonly Block[] {
  const variables = [...model.variables.values()].sort(byId);
  const constants = [...model.constants.values()].sort(byId);
  const limited = variables.filter(({ limits }) => limits !== undefined);
  return [
    heading(2, 'Status variables'),
    paragraph('Valid at any time: read by S1F3, named by S1F11, put into reports by S2F33.'),
    variableTable(
      'SVID',
      variables.filter((variable) => variable.class === 'SV'),
    ),
    heading(2, 'Data variables'),
    paragraph('Valid in the reports of their events: named by S1F21.'),
    variableTable(
      'DVID',
      variables.filter((variable) => variable.class === 'DV'),
    ),
    heading(2, 'Equipment constants'),
    paragraph('Read by S2F13, set by S2F15, named by S2F29. They outlive power-off.'),
    table(
      ['ECID', 'Name', 'Format', 'Units', 'Allowed', 'Default', 'Description'],
      constants.map((constant) => [
        ...[shown(constant.id), code(constant.name), formatText(constant.shape), constant.units],
        ...[rangeText(constant), itemText(constant.default)],
        constant.affectsProcessing
          ? `${constant.description} Not changed while LOCAL and processing.`.trim()
          : constant.description,
      ]),
    ),
    ...(limited.length === 0
      ? []
      : [
          heading(2, 'Limits'),
          paragraph(
            'The host watches these by S2F45: up to seven pairs of bounds each. A change of zone raises the event.',
          ),
          table(
            ['VID', 'Name', 'LIMITMIN', 'LIMITMAX', 'CEID', 'Event'],
            limited.map(({ id, name, limits }) => [
              ...[
                shown(id),
                code(name),
                shown(limits?.min),
                shown(limits?.max),
                shown(limits?.event.id),
                code(limits?.event.name ?? ''),
              ],
            ]),
          ),
        ]),
  ];
}

const variableTable = (id: string, variables: readonly ModelVariable[]): Block =>
  table(
    [id, 'Name', 'Format', 'Units', 'Range', 'Description'],
    variables.map((variable) => [
      ...[shown(variable.id), code(variable.name), formatText(variable.shape), variable.units],
      ...[rangeText(variable), variable.description],
    ]),
  );
