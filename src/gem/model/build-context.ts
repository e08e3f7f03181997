import type { EquipmentDefinition, StandardIds } from './definition.js';
import type { EntryOrigin, ModelEvent, ModelVariable } from './equipment-model.js';
import { ID_FORMATS, ID_KINDS, idItem, idProblem, type Id, type IdFormat, type IdKind } from './id.js';
import { Problems, Registry } from './problems.js';
import type { Capability } from './standard.js';
import { quote } from './value.js';

/** What the parts of a model share while it is built and checked. */
export class BuildContext {
  readonly definition: EquipmentDefinition;
  readonly problems = new Problems();
  readonly warnings: string[] = [];
  readonly capabilities: ReadonlySet<Capability>;
  readonly idFormats: Readonly<Record<IdKind, IdFormat>>;
  readonly vids = new Registry(this.problems, 'VID');
  readonly ceids = new Registry(this.problems, 'CEID');
  readonly alids = new Registry(this.problems, 'ALID');
  readonly rptids = new Registry(this.problems, 'RPTID');
  /** By name: SVs, DVs and ECs, which share one space of names too. */
  readonly variables = new Map<string, ModelVariable>();
  readonly events = new Map<string, ModelEvent>();

  constructor(definition: EquipmentDefinition) {
    this.definition = definition;
    this.capabilities = capabilitiesOf(definition);
    this.idFormats = this.#formats();
  }

  /** What the model says of the id of a standard entry: another id, or that it is not there. */
  standardId(name: string, id: number, needs: Capability | undefined): Id | undefined {
    if (needs !== undefined && !this.capabilities.has(needs)) return undefined;
    const own = this.definition.ids?.[name as keyof StandardIds];
    if (own === false) return undefined;
    return own ?? id;
  }

  /** Checks an id, and gives what all entries share. */
  entry(
    path: string,
    name: string,
    id: Id | undefined,
    kind: 'VID' | 'CEID' | 'ALID' | 'RPTID',
    origin: EntryOrigin,
    description: string | undefined,
  ): { name: string; id: Id; idItem: ReturnType<typeof idItem>; description: string; origin: EntryOrigin } {
    const registry = { VID: this.vids, CEID: this.ceids, ALID: this.alids, RPTID: this.rptids }[kind];
    const format = this.idFormats[kind];
    // Where an alarm or a limit could not be given one, that has been told of.
    if (id !== undefined || origin === 'model') {
      this.problems.id(`${path}.id`, id, format);
      registry.claim(path, name, id);
    }
    this.problems.description(`${path}.description`, description);
    // With an id at fault the model is never made, and this item never seen.
    const usable = idProblem(id, format) === undefined ? id : undefined;
    const idItemOf = idItem(usable ?? 0, format);
    return { name, id: id ?? 0, idItem: idItemOf, description: description ?? '', origin };
  }

  /** The variables of these names. A name that nothing has is a problem. */
  variablesOf(path: string, names: unknown): readonly ModelVariable[] {
    if (names === undefined) return [];
    if (!Array.isArray(names)) {
      this.problems.add(path, 'must be a list of names of variables and constants');
      return [];
    }
    return names.flatMap((name: unknown, i) => {
      const variable = this.variables.get(String(name));
      if (variable !== undefined) return [variable];
      this.problems.add(
        `${path}[${i}]`,
        `must be the name of a variable or constant, received ${quote(name)}`,
      );
      return [];
    });
  }

  #formats(): Record<IdKind, IdFormat> {
    const given = this.definition.idFormats ?? 'U4';
    const formats = { VID: 'U4', CEID: 'U4', RPTID: 'U4', ALID: 'U4', TRID: 'U4', DATAID: 'U4' } as Record<
      IdKind,
      IdFormat
    >;
    const of = (path: string, format: unknown): IdFormat =>
      this.problems.oneOf(path, format, ID_FORMATS) ? format : 'U4';
    if (typeof given === 'string') {
      const format = of('idFormats', given);
      for (const kind of ID_KINDS) formats[kind] = format;
    } else if (this.problems.keys('idFormats', given, ID_KINDS)) {
      for (const kind of ID_KINDS) {
        const format = given[kind];
        if (format !== undefined) formats[kind] = of(`idFormats.${kind}`, format);
      }
    }
    return formats;
  }
}

function capabilitiesOf(definition: EquipmentDefinition): ReadonlySet<Capability> {
  const {
    alarms = {},
    variables = {},
    commands = {},
    spool,
    processPrograms,
    trace,
    terminals,
    material,
  } = definition;
  const on = new Set<Capability>();
  if (Object.keys(alarms).length > 0) on.add('alarms');
  if (Object.values(variables).some((variable) => variable?.limits !== undefined)) on.add('limits');
  if (Object.keys(commands).length > 0) on.add('commands');
  if (spool !== undefined) on.add('spool');
  if (processPrograms !== undefined) on.add('processPrograms');
  if (trace !== false) on.add('trace');
  if (terminals !== false) on.add('terminals');
  if (material !== false) on.add('material');
  return on;
}
