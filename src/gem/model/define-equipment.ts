import { GemModelError, type ModelProblem } from '../errors.js';
import { BuildContext } from './build-context.js';
import { buildAlarms, buildEvents, buildLimits, buildReports } from './build-events.js';
import {
  buildCommands,
  buildProcessPrograms,
  buildSpool,
  buildStates,
  buildTerminals,
  buildTrace,
} from './build-rest.js';
import { buildConstants, buildVariables } from './build-variables.js';
import type { EquipmentDefinition } from './definition.js';
import type { Entry, EquipmentModel } from './equipment-model.js';
import type { Id } from './id.js';
import { plainCopy } from './plain.js';
import { standardConstants, standardDataVariables, standardEvents, standardVariables } from './standard.js';
import { quote } from './value.js';

const KEYS: readonly (keyof EquipmentDefinition)[] = [
  ...([
    'model',
    'softwareRevision',
    'description',
    'variables',
    'constants',
    'events',
    'reports',
    'alarms',
  ] as const),
  ...([
    'commands',
    'processPrograms',
    'states',
    'spool',
    'trace',
    'terminals',
    'material',
    'ids',
    'idFormats',
  ] as const),
];

/**
 * Makes an equipment of its data: checks everything, and adds what E30 asks every equipment to have. The data is plain
 * JSON, so it may come from a file; written in the program it also gives the types: names, values, parameters.
 *
 * @example
 * ```ts
 * import { defineEquipment } from 'rxsecs/gem';
 *
 * const etcher = defineEquipment({
 *   model: 'ETCHER',
 *   softwareRevision: '1.0',
 *   variables: {
 *     ChamberPressure: { id: 2001, format: 'F8', units: 'Pa' },
 *     WaferId: { id: 2002, format: 'A', class: 'DV' },
 *   },
 *   events: { WaferStarted: { id: 100, values: ['WaferId'] } },
 * });
 * ```
 * @throws GemModelError with all that is wrong, each naming its entry.
 */
export function defineEquipment<const D extends EquipmentDefinition>(given: D): EquipmentModel<D> {
  const notPlain: ModelProblem[] = [];
  const definition = plainCopy(given, notPlain);
  if (notPlain.length > 0) throw new GemModelError(notPlain);
  checkSections(definition);
  const context = new BuildContext(definition);
  const { problems } = context;
  const { model, softwareRevision } = definition;
  checkIdentity(context);
  const drafts = buildVariables(context);
  const constants = buildConstants(context);
  // Events name variables: all of them must be known by name first, limits, which bring events, come after.
  for (const { variable } of drafts) context.variables.set(variable.name, variable);
  for (const constant of constants) context.variables.set(constant.name, constant);
  buildEvents(context);
  const alarms = buildAlarms(context);
  for (const draft of drafts) buildLimits(context, draft);
  const variables = drafts.map(({ variable }) => variable);
  const reports = buildReports(context);
  const commands = buildCommands(context);
  const rest = {
    processPrograms: buildProcessPrograms(context),
    states: buildStates(context),
    spool: buildSpool(context),
    trace: buildTrace(context),
    terminals: buildTerminals(context),
  };
  if (problems.found.length > 0) throw new GemModelError(problems.found);
  const { warnings, capabilities, idFormats, events } = context;
  const built = {
    ...{ definition, model, softwareRevision, warnings, capabilities, idFormats, events, ...rest },
    variables: named(variables),
    constants: named(constants),
    alarms: named(alarms),
    commands: named(commands),
    reports: named(reports),
    byVid: byId([...variables, ...constants]),
    byCeid: byId([...events.values()]),
    byAlid: byId(alarms),
  };
  return Object.defineProperty(built, Symbol.for('nodejs.util.inspect.custom'), {
    value: () => `EquipmentModel (${model} ${softwareRevision}: ${countsOf(built)})`,
  });
}

/** What a model has, in words: all of it would fill a console. */
function countsOf(model: EquipmentModel): string {
  const sections = ['variables', 'constants', 'events', 'alarms', 'commands', 'reports'] as const;
  return sections.map((section) => `${model[section].size} ${section}`).join(', ');
}

const named = <T extends { readonly name: string }>(entries: readonly T[]): ReadonlyMap<string, T> =>
  new Map(entries.map((entry) => [entry.name, entry]));

const byId = <T extends Entry>(entries: readonly T[]): ReadonlyMap<Id, T> =>
  new Map(entries.map((entry) => [entry.id, entry]));

/** Sections that are no objects are told first and alone: nothing below could be read. */
function checkSections(definition: EquipmentDefinition): void {
  if (typeof definition !== 'object' || (definition as unknown) === null || Array.isArray(definition)) {
    throw new GemModelError([
      { path: 'the definition', message: `must be an object, received ${quote(definition)}` },
    ]);
  }
  const sections = ['variables', 'constants', 'events', 'reports', 'alarms', 'commands', 'ids'] as const;
  const wrong = sections.filter((key) => {
    const section: unknown = definition[key];
    return (
      section !== undefined && (typeof section !== 'object' || section === null || Array.isArray(section))
    );
  });
  if (wrong.length === 0) return;
  throw new GemModelError(
    wrong.map((path) => ({
      path,
      message: `must be an object of entries by name, received ${quote(definition[path])}`,
    })),
  );
}

function checkIdentity(context: BuildContext): void {
  const { problems, definition, warnings } = context;
  for (const key of Object.keys(definition)) {
    if (!KEYS.includes(key as keyof EquipmentDefinition))
      problems.add(key, `is not known; allowed are ${KEYS.join(', ')}`);
  }
  problems.description('description', definition.description);
  for (const key of ['model', 'softwareRevision'] as const) {
    const text: unknown = definition[key];
    if (problems.text(key, text, 20) && text.length > 6) {
      warnings.push(`${key} has ${text.length} characters: old hosts take 6`);
    }
  }
  const standard = [standardVariables, standardDataVariables, standardConstants, standardEvents].flatMap(
    Object.keys,
  );
  for (const name of Object.keys(definition.ids ?? {})) {
    if (!standard.includes(name))
      problems.add(`ids.${name}`, `is no name of E30's; allowed are ${standard.join(', ')}`);
  }
}
