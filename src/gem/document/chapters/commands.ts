import type { EquipmentModel } from '../../model/equipment-model.js';
import type { CommandKind } from '../../model/definition.js';
import { code, heading, paragraph, table, type Block, type Text } from '../blocks.js';
import { formatText, rangeText } from './values.js';

/** What a host may expect of a command of a kind while the equipment is LOCAL (G-25). */
const WHILE_LOCAL: Readonly<Record<CommandKind, string>> = {
  startsProcessing: 'refused',
  movesMaterial: 'refused',
  affectsProcessing: 'refused while processing',
  other: 'served',
};

/** Remote commands and their parameters, and process programs. */
export function commandBlocks(model: EquipmentModel): readonly Block[] {
  const commands = [...model.commands.values()];
  if (commands.length === 0) return programBlocks(model);
  const parameters = commands.flatMap(({ name, parameters: all }) =>
    [...all].map(([parameter, shape]): readonly Text[] => [
      ...[code(name), code(parameter), formatText(shape), shape.optional === true ? 'optional' : 'required'],
      ...[rangeText(shape), shape.description ?? ''],
    ]),
  );
  return [
    heading(2, 'Remote commands'),
    paragraph('Sent by S2F41; by S2F49, or by S2F21 where no parameter is required. Case does not matter.'),
    table(
      ['RCMD', 'While LOCAL', 'Event of completion', 'Description'],
      commands.map(({ name, kind, completion, description }) => [
        ...[
          code(name),
          WHILE_LOCAL[kind],
          completion === undefined ? '' : code(completion.name),
          description,
        ],
      ]),
    ),
    table(
      ['RCMD', 'CPNAME', 'Format', 'Needed', 'Allowed', 'Description'],
      parameters,
      'No command has a parameter.',
    ),
    ...programBlocks(model),
  ];
}

function programBlocks({ processPrograms }: EquipmentModel): readonly Block[] {
  if (processPrograms === undefined) return [];
  const { unformatted, formatted, large } = processPrograms;
  const ways = [
    ...(unformatted ? ['unformatted (S7F1, S7F3, S7F5): kept byte for byte'] : []),
    ...(formatted === undefined ? [] : ['formatted (S7F23, S7F25): checked command by command']),
    ...(large ? ['large ones as data sets (S7F37 to S7F44 and stream 13)'] : []),
  ];
  return [
    heading(2, 'Process programs'),
    paragraph(
      `Process programs are ${ways.length === 0 ? 'listed and deleted alone' : ways.join('; ')}. Listed by S7F19, deleted by S7F17.`,
    ),
    ...(formatted === undefined
      ? []
      : [
          table(
            ['CCODE', 'Parameters', 'Description'],
            Object.entries(formatted).map(([name, { parameters = [], description = '' }]) => [
              code(name),
              parameters
                .map((one) => `${one.name} (${[formatText(one), rangeText(one)].filter(Boolean).join(', ')})`)
                .join('; '),
              description,
            ]),
          ),
        ]),
  ];
}
