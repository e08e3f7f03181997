import { A, L, type Item } from '../../../secs2/index.js';
import type {
  EquipmentModel,
  ModelAlarm,
  ModelCommand,
  ModelConstant,
  ModelEvent,
  ModelVariable,
} from '../../model/equipment-model.js';
import { idItem, type IdKind } from '../../model/id.js';
import { itemOf, type ValueShape } from '../../model/value.js';

const TIMES = ['260315083000', '2026031508300000', '2026-03-15T08:30:00.00Z'] as const;

/** What the examples of the messages are made of: entries of the model and values that fit them. */
export class Samples {
  readonly model: EquipmentModel;
  readonly svs: readonly ModelVariable[];
  readonly dvs: readonly ModelVariable[];
  readonly constants: readonly ModelConstant[];
  readonly event: ModelEvent | undefined;
  readonly alarm: ModelAlarm | undefined;
  readonly command: ModelCommand | undefined;
  readonly limited: ModelVariable | undefined;

  constructor(model: EquipmentModel) {
    this.model = model;
    const variables = ownFirst([...model.variables.values()]);
    this.svs = variables.filter((variable) => variable.class === 'SV').slice(0, 2);
    this.dvs = variables.filter((variable) => variable.class === 'DV').slice(0, 2);
    this.constants = ownFirst([...model.constants.values()]).slice(0, 2);
    const events = ownFirst([...model.events.values()]);
    this.event = events.find(({ values }) => values.length > 0) ?? events[0];
    this.alarm = [...model.alarms.values()][0];
    const commands = [...model.commands.values()];
    this.command = commands.find(({ parameters }) => parameters.size > 0) ?? commands[0];
    this.limited = variables.find(({ limits }) => limits !== undefined);
  }

  /** An id of the host's, in the format of its kind. */
  id(kind: IdKind, number = 1): Item {
    const format = this.model.idFormats[kind];
    return idItem(format === 'A' ? `${kind}${number}` : number, format);
  }

  get time(): string {
    const { default: format } = this.model.constants.get('TimeFormat') ?? {};
    return TIMES[format === undefined ? 1 : format.number] ?? TIMES[1];
  }

  /** What the event reports: its own variables, or the first status variables. */
  get reported(): readonly ModelVariable[] {
    const values = this.event?.values ?? [];
    return values.length > 0 ? values.slice(0, 4) : this.svs;
  }

  /** A value of a variable or constant: its first one, or one that it may have. */
  value({ name, initial, shape, min }: ModelVariable): Item {
    if (name === 'Clock') return A(this.time);
    return initial ?? valueOfShape(shape, min);
  }
}

const ownFirst = <T extends { readonly origin: string }>(entries: readonly T[]): readonly T[] => [
  ...entries.filter(({ origin }) => origin === 'model'),
  ...entries.filter(({ origin }) => origin !== 'model'),
];

/** A value that a shape allows. */
export function valueOfShape(shape: ValueShape & { readonly values?: readonly unknown[] }, min = 0): Item {
  const { format, array, values = [] } = shape;
  if (format === 'L') return L();
  const isText = format === 'A' || format === 'J' || format === 'C2';
  const usual = isText ? 'X' : format === 'BOOLEAN' ? true : Math.max(0, min);
  const one = values[0] ?? usual;
  return itemOf('the example', shape, array === true && !isText ? [one] : one);
}
