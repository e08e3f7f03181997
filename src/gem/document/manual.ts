import { checkModel } from '../model/check-model.js';
import type { EquipmentModel } from '../model/equipment-model.js';
import { bullets, heading, paragraph, type Block } from './blocks.js';
import { alarmBlocks } from './chapters/alarms.js';
import { commandBlocks } from './chapters/commands.js';
import { eventBlocks } from './chapters/events.js';
import { messageBlocks } from './chapters/messages.js';
import { render, type DocumentOptions } from './render.js';
import { settingBlocks } from './chapters/settings.js';
import { stateBlocks } from './chapters/states.js';
import { variableBlocks } from './chapters/variables.js';

/** The chapters of the manual, in order. */
const CHAPTERS: readonly ((model: EquipmentModel) => readonly Block[])[] = [
  settingBlocks,
  variableBlocks,
  eventBlocks,
  alarmBlocks,
  commandBlocks,
  stateBlocks,
  messageBlocks,
];

/**
 * The interface manual of an equipment: all that a host engineer needs. Variables, constants, events with their data, alarms,
 * commands with their parameters, process programs, the messages that are served and sent with examples in SML, the state models as
 * diagrams and tables, and settings. It is made from the model and from the library's own state tables, so that it cannot drift.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { defineEquipment, interfaceManual } from 'rxsecs/gem';
 *
 * const etcher = defineEquipment({ model: 'ETCHER', softwareRevision: '1.0' });
 * await writeFile('manual.md', interfaceManual(etcher));
 * await writeFile('manual.html', interfaceManual(etcher, { format: 'html' }));
 * ```
 * @returns Markdown, or a whole HTML file that needs nothing else; text of the model is escaped in both.
 * @throws GemArgumentError where the model or an option is not what it must be.
 */
export function interfaceManual(model: EquipmentModel, options?: DocumentOptions): string {
  const checked = checkModel(model);
  const title = `${checked.model} ${checked.softwareRevision}: GEM interface manual`;
  const { description } = checked.definition;
  const intro = [
    heading(1, title),
    ...(description === undefined ? [] : [paragraph(description)]),
    ...(checked.warnings.length === 0 ? [] : [bullets(checked.warnings)]),
  ];
  return render(title, [...intro, ...CHAPTERS.flatMap((chapter) => chapter(checked))], options);
}
