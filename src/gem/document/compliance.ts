import { checkModel } from '../model/check-model.js';
import type { EquipmentModel } from '../model/equipment-model.js';
import { bullets, heading, paragraph, table, type Block } from './blocks.js';
import { ADDITIONAL, FUNDAMENTAL, remarksOn, type CapabilityRow } from './capabilities.js';
import { render, type DocumentOptions } from './render.js';

/** One line of a compliance statement. */
export interface ComplianceRow {
  /** As E30 calls it: `Alarm management`. */
  readonly name: string;
  /** The messages, states or entries that do it. */
  readonly by: string;
  /** Whether the equipment has it. */
  readonly isImplemented: boolean;
  /** Whether it has all that E30 asks of it: what is not implemented is not compliant. */
  readonly isCompliant: boolean;
  /** Of what is implemented, what it lacks; of what is not, how the model can have it. Sentences without a full stop. */
  readonly missing: readonly string[];
}

/** What an equipment has of E30 (G-94). */
export interface ComplianceReport {
  readonly fundamental: readonly ComplianceRow[];
  readonly additional: readonly ComplianceRow[];
  /** All fundamental requirements are met, and each additional capability that is implemented is so wholly. */
  readonly isCompliant: boolean;
  /** What does not stand in the way and is still worth a look. */
  readonly remarks: readonly string[];
}

/**
 * What an equipment has of E30, and what is missing: the GEM compliance statement as data. It rests on the model alone: a
 * command without a handler, say, it cannot see.
 *
 * @example
 * ```ts
 * import { complianceOf, defineEquipment } from 'rxsecs/gem';
 *
 * const etcher = defineEquipment({ model: 'ETCHER', softwareRevision: '1.0' });
 * const { additional } = complianceOf(etcher);
 * for (const { name, isCompliant, missing } of additional) if (!isCompliant) console.log(name, missing.join('; '));
 * ```
 * @throws GemArgumentError where the argument is not a model of {@link defineEquipment}.
 */
export function complianceOf(model: EquipmentModel): ComplianceReport {
  const checked = checkModel(model);
  const fundamental = FUNDAMENTAL.map((row) => judged(row, checked));
  const additional = ADDITIONAL.map((row) => judged(row, checked));
  const isCompliant =
    fundamental.every((row) => row.isCompliant) &&
    additional.every((row) => row.isCompliant || !row.isImplemented);
  return { fundamental, additional, isCompliant, remarks: remarksOn(checked) };
}

function judged(
  { name, by, needs, how, entries = [], faults }: CapabilityRow,
  model: EquipmentModel,
): ComplianceRow {
  if (needs !== undefined && !model.capabilities.has(needs)) {
    return {
      name,
      by,
      isImplemented: false,
      isCompliant: false,
      missing: [`off: ${how ?? needs} to have it`],
    };
  }
  const has = (entry: string): boolean =>
    model.variables.has(entry) || model.constants.has(entry) || model.events.has(entry);
  const missing = [
    ...entries
      .filter((entry) => !has(entry))
      .map((entry) => `${entry} is missing: remove ids.${entry}: false`),
    ...(faults?.(model) ?? []),
  ];
  return { name, by, isImplemented: true, isCompliant: missing.length === 0, missing };
}

/**
 * The GEM compliance statement of an equipment, as E30 asks for it: tables of the fundamental requirements and of the additional
 * capabilities, with what is off and what is missing.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { complianceStatement, defineEquipment } from 'rxsecs/gem';
 *
 * const etcher = defineEquipment({ model: 'ETCHER', softwareRevision: '1.0' });
 * await writeFile('compliance.md', complianceStatement(etcher));
 * await writeFile('compliance.html', complianceStatement(etcher, { format: 'html' }));
 * ```
 * @returns Markdown, or a whole HTML file that needs nothing else; text of the model is escaped in both.
 * @throws GemArgumentError where the model or an option is not what it must be.
 */
export function complianceStatement(model: EquipmentModel, options?: DocumentOptions): string {
  const checked = checkModel(model);
  const title = `${checked.model} ${checked.softwareRevision}: GEM compliance statement`;
  return render(title, [heading(1, title), ...complianceBlocks(checked)], options);
}

/** The tables, without a title. */
function complianceBlocks(model: EquipmentModel): readonly Block[] {
  const { fundamental, additional, isCompliant, remarks } = complianceOf(model);
  const off = additional.filter(({ isImplemented }) => !isImplemented);
  return [
    paragraph(
      isCompliant
        ? 'This equipment is GEM-compliant (SEMI E30): it meets all fundamental requirements, and each additional capability that it has is whole.'
        : 'This equipment is not GEM-compliant (SEMI E30) yet: see what is missing.',
      off.length === 0
        ? ' It has every additional capability.'
        : ` Off: ${off.map(({ name }) => name).join(', ')}.`,
    ),
    heading(2, 'Fundamental GEM requirements'),
    rowsTable(fundamental),
    heading(2, 'Additional GEM capabilities'),
    rowsTable(additional),
    ...(remarks.length === 0 ? [] : [heading(2, 'Remarks'), bullets(remarks)]),
  ];
}

const yes = (is: boolean): string => (is ? 'yes' : 'no');

const rowsTable = (rows: readonly ComplianceRow[]): Block =>
  table(
    ['Requirement', 'Implemented', 'GEM-compliant', 'By', 'Missing'],
    rows.map(({ name, by, isImplemented, isCompliant, missing }) => [
      ...[name, yes(isImplemented), isImplemented ? yes(isCompliant) : '', by, missing.join('; ')],
    ]),
  );
