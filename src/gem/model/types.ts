import type { ConstantDefinition, EquipmentDefinition } from './definition.js';
import type {
  standardConstants,
  standardDataVariables,
  StandardDataVariableName,
  standardEvents,
  standardVariables,
} from './standard.js';
import type { ReadValueOf, ValueOf } from './value.js';

// What the data of a model says of its names and values. A model that was read from a file says nothing of either: there any
// name goes, and any value, and both are checked when the program runs.

type Section<D extends EquipmentDefinition, K extends keyof EquipmentDefinition> =
  NonNullable<D[K]> extends infer S
    ? unknown extends S
      ? object
      : [S] extends [never]
        ? object
        : S
    : object;

type Named<S> = keyof S & string;

/** All variables (SV and DV) of an equipment, E30's included. */
type VariablesOf<D extends EquipmentDefinition> = Section<D, 'variables'> &
  typeof standardVariables &
  typeof standardDataVariables;

export type VariableName<D extends EquipmentDefinition> = Named<VariablesOf<D>>;

/** Variables that a program sets: its own, and those of E30 that the equipment does not keep by itself. */
export type SettableName<D extends EquipmentDefinition> = Named<Section<D, 'variables'>> | 'PPError';

export type VariableValue<D extends EquipmentDefinition, N extends string> = ValueOf<
  N extends keyof VariablesOf<D> ? VariablesOf<D>[N] : never
>;

/** All constants (EC), E30's included. */
type ConstantsOf<D extends EquipmentDefinition> = Section<D, 'constants'> & typeof standardConstants;

export type ConstantName<D extends EquipmentDefinition> = Named<ConstantsOf<D>>;

export type ConstantValue<D extends EquipmentDefinition, N extends string> = ReadValueOf<
  N extends keyof ConstantsOf<D> ? ConstantsOf<D>[N] : ConstantDefinition
>;

/** Whatever has a VID. */
export type ValueName<D extends EquipmentDefinition> = VariableName<D> | ConstantName<D>;

/** What a variable or constant reads as. */
export type ReadValue<D extends EquipmentDefinition, N extends string> = N extends keyof ConstantsOf<D>
  ? ReadValueOf<ConstantsOf<D>[N]>
  : N extends keyof VariablesOf<D>
    ? ReadValueOf<VariablesOf<D>[N]>
    : never;

type EventsOf<D extends EquipmentDefinition> = Section<D, 'events'> & typeof standardEvents;

/** Events that a program raises. Those of alarms and limits are raised by these. */
export type EventName<D extends EquipmentDefinition> = Named<EventsOf<D>>;

/** The names of data variables that belong to an event. */
type DataNames<D extends EquipmentDefinition, N extends string> = N extends keyof EventsOf<D>
  ? EventsOf<D>[N] extends { readonly values: readonly (infer V extends string)[] }
    ? V extends StandardDataVariableName
      ? V
      : V extends keyof VariablesOf<D>
        ? VariablesOf<D>[V] extends { readonly class: 'DV' }
          ? V
          : never
        : never
    : never
  : never;

/** The data values that are given with an event. */
export type EventValues<D extends EquipmentDefinition, N extends string> =
  string extends EventName<D>
    ? Readonly<Record<string, ValueOf<unknown>>>
    : { readonly [V in DataNames<D, N>]: VariableValue<D, V> };

/** The arguments of `raise` after the name: none where the event has no data values. */
export type EventArguments<D extends EquipmentDefinition, N extends string> =
  string extends EventName<D>
    ? [values?: EventValues<D, N>]
    : [DataNames<D, N>] extends [never]
      ? []
      : [values: EventValues<D, N>];

export type AlarmName<D extends EquipmentDefinition> = Named<Section<D, 'alarms'>>;

export type CommandName<D extends EquipmentDefinition> = Named<Section<D, 'commands'>>;

type ParametersOf<D extends EquipmentDefinition, N extends string> =
  Section<D, 'commands'> extends infer C
    ? N extends keyof C
      ? C[N] extends { readonly parameters: infer P }
        ? P
        : object
      : object
    : object;

type Optional<P> = { [K in keyof P]: P[K] extends { readonly optional: true } ? K : never }[keyof P];

/** What the handler of a command gets: its parameters by CPNAME. */
export type CommandParameters<D extends EquipmentDefinition, N extends string> = EquipmentDefinition extends D
  ? Readonly<Record<string, ReadValueOf<unknown> | undefined>>
  : ParametersOf<D, N> extends infer P
    ? string extends keyof P
      ? Readonly<Record<string, ReadValueOf<unknown> | undefined>>
      : { readonly [K in Exclude<keyof P, Optional<P>>]: ReadValueOf<P[K]> } & {
          readonly [K in Optional<P>]?: ReadValueOf<P[K]>;
        }
    : never;

type StatesOf<D extends EquipmentDefinition> = D extends {
  readonly states: { readonly transitions: readonly { readonly trigger: infer T }[] };
}
  ? T & string
  : 'setUp' | 'ready' | 'start' | 'complete' | 'stop' | 'pause' | 'resume';

/** What moves the processing states. */
export type ProcessingTrigger<D extends EquipmentDefinition> = EquipmentDefinition extends D
  ? string
  : StatesOf<D>;
