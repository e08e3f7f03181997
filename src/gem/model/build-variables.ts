import { FormatCode, type Item, type ItemFormat } from '../../secs2/index.js';
import type { BuildContext } from './build-context.js';
import type { ConstantDefinition, VariableDefinition } from './definition.js';
import type { EntryOrigin, ModelConstant, ModelVariable } from './equipment-model.js';
import type { Id } from './id.js';
import { standardConstants, standardDataVariables, standardVariables, type Capability } from './standard.js';
import { itemOf, type ValueShape } from './value.js';
import { outOfRange } from './range.js';

const FORMATS = Object.keys(FormatCode) as ItemFormat[];
const NUMBERS = /^[IUF]\d$/;

const VARIABLE_KEYS = [
  ...['id', 'class', 'format', 'array', 'units', 'description', 'initial', 'min', 'max', 'limits'],
];
const CONSTANT_KEYS = [
  ...[
    'id',
    'format',
    'array',
    'units',
    'description',
    'default',
    'min',
    'max',
    'values',
    'affectsProcessing',
  ],
];

/** A variable whose limits, which bring an event, are still to be made. */
export interface VariableDraft {
  readonly variable: Omit<ModelVariable, 'limits'> & { limits: ModelVariable['limits'] };
  readonly limits: VariableDefinition['limits'];
}

interface StandardEntry extends ValueShape {
  readonly id: number;
  readonly needs?: Capability;
  readonly description: string;
}

/** SVs and DVs, E30's first. */
export function buildVariables(context: BuildContext): VariableDraft[] {
  const drafts: VariableDraft[] = [];
  const standard = (entries: Readonly<Record<string, StandardEntry>>, kind: 'SV' | 'DV'): void => {
    for (const [name, entry] of Object.entries(entries)) {
      const id = context.standardId(name, entry.id, entry.needs);
      if (id === undefined) continue;
      const format = standardFormat(context, name, entry.format);
      const { description } = entry;
      drafts.push(
        variable(context, `ids.${name}`, name, { id, format, class: kind, description }, 'standard'),
      );
    }
  };
  standard(standardVariables, 'SV');
  standard(standardDataVariables, 'DV');
  for (const [name, entry] of Object.entries(context.definition.variables ?? {})) {
    const path = `variables.${name}`;
    if (context.problems.keys(path, entry, VARIABLE_KEYS))
      drafts.push(variable(context, path, name, entry, 'model'));
  }
  return drafts;
}

/** A DV that holds an id has the format of that kind of id. */
function standardFormat(context: BuildContext, name: string, format: ItemFormat): ItemFormat {
  if (name === 'AlarmID') return context.idFormats.ALID;
  if (name === 'ECIDChanged' || name === 'LimitVariable') return context.idFormats.VID;
  return format;
}

/** ECs, E30's first. */
export function buildConstants(context: BuildContext): ModelConstant[] {
  const constants: ModelConstant[] = [];
  for (const [name, entry] of Object.entries(standardConstants) as [string, ConstantDefinition][]) {
    const { needs } = entry as { needs?: Capability };
    const id = context.standardId(name, entry.id as number, needs);
    if (id !== undefined)
      constants.push(constant(context, `ids.${name}`, name, { ...entry, id }, 'standard'));
  }
  for (const [name, entry] of Object.entries(context.definition.constants ?? {})) {
    const path = `constants.${name}`;
    if (context.problems.keys(path, entry, CONSTANT_KEYS))
      constants.push(constant(context, path, name, entry, 'model'));
  }
  return constants;
}

function variable(
  context: BuildContext,
  path: string,
  name: string,
  entry: VariableDefinition,
  origin: EntryOrigin,
): VariableDraft {
  const { problems } = context;
  const { class: kind = 'SV', limits } = entry;
  problems.oneOf(`${path}.class`, kind, ['SV', 'DV']);
  const base = valued(context, path, name, entry, origin);
  const initial =
    entry.initial === undefined
      ? undefined
      : checkedItem(context, `${path}.initial`, base.shape, entry.initial);
  return { variable: { ...base, class: kind, initial, limits: undefined }, limits };
}

function constant(
  context: BuildContext,
  path: string,
  name: string,
  entry: ConstantDefinition,
  origin: EntryOrigin,
): ModelConstant {
  const { problems } = context;
  const { affectsProcessing = false } = entry;
  const values = entry.values === undefined ? undefined : problems.list(`${path}.values`, entry.values);
  const base = valued(context, path, name, entry, origin);
  problems.boolean(`${path}.affectsProcessing`, affectsProcessing);
  const item = checkedItem(context, `${path}.default`, base.shape, entry.default);
  if (item !== undefined) {
    const problem = outOfRange(item, { min: base.min, max: base.max, values });
    if (problem !== undefined) problems.add(`${path}.default`, problem);
  }
  // Without an item there is a problem, and the model is never made.
  const value = item as Item;
  return {
    ...base,
    class: 'EC',
    initial: value,
    default: value,
    values,
    affectsProcessing,
    limits: undefined,
  };
}

/** What SVs, DVs and ECs share. */
function valued(
  context: BuildContext,
  path: string,
  name: string,
  entry: ValueShape & {
    readonly id: Id;
    readonly units?: string;
    readonly description?: string;
    readonly min?: number;
    readonly max?: number;
  },
  origin: EntryOrigin,
): Omit<ModelVariable, 'class' | 'initial' | 'limits'> {
  const { problems } = context;
  const { format, array = false, units = '', min, max } = entry;
  problems.text(path, name, 80, 1);
  problems.text(`${path}.units`, units, 80);
  checkShape(context, path, entry);
  for (const [key, bound] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (bound === undefined || !problems.number(`${path}.${key}`, bound)) continue;
    if (!NUMBERS.test(format)) problems.add(`${path}.${key}`, `must not be there: ${format} has no order`);
  }
  if (min !== undefined && max !== undefined && min > max)
    problems.add(`${path}.min`, `must be ${max}, its max, at most`);
  return {
    ...context.entry(path, name, entry.id, 'VID', origin, entry.description),
    shape: { format, array },
    units,
    min,
    max,
  };
}

/** A format must be known, and only what is counted can be an array. */
export function checkShape({ problems }: BuildContext, path: string, { format, array }: ValueShape): void {
  if (array !== undefined) problems.boolean(`${path}.array`, array);
  if (!problems.oneOf(`${path}.format`, format, FORMATS)) return;
  if (array === true && !NUMBERS.test(format) && format !== 'BOOLEAN') {
    problems.add(`${path}.array`, `must not be true: an item of ${format} is one value`);
  }
}

function checkedItem(
  context: BuildContext,
  path: string,
  shape: ValueShape,
  value: unknown,
): Item | undefined {
  if (!FORMATS.includes(shape.format)) return undefined;
  try {
    return itemOf('', shape, value);
  } catch (error) {
    context.problems.add(path, (error as Error).message.trim());
    return undefined;
  }
}
