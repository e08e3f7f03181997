import type { ItemFormat } from '../../secs2/index.js';
import type { Value } from '../../e5/index.js';
import type { EquipmentDefinition } from '../model/definition.js';
import type { EquipmentModel } from '../model/equipment-model.js';
import type { AlarmName, CommandName } from '../model/types.js';
import type {
  standardConstants,
  standardDataVariables,
  standardEvents,
  standardVariables,
} from '../model/standard.js';
import type { ReadValueOf } from '../model/value.js';
import type { ToolProfile } from './tool-profile.js';

// What the data of a profile says of its names and values. A profile that was read from a file says nothing of either: any name
// goes there, and is checked when the program runs.

type Section<D, K extends keyof D> = [NonNullable<D[K]>] extends [never]
  ? object
  : unknown extends NonNullable<D[K]>
    ? object
    : NonNullable<D[K]>;

/** The profile that the model of an equipment comes to. */
interface ProfileOfDefinition<D extends EquipmentDefinition> {
  readonly variables: Section<D, 'variables'> & typeof standardVariables & typeof standardDataVariables;
  readonly constants: Section<D, 'constants'> & typeof standardConstants;
  readonly events: Section<D, 'events'> &
    typeof standardEvents &
    Readonly<
      Record<`${AlarmName<D>}${'Set' | 'Cleared'}` | `${keyof Section<D, 'variables'> & string}Limit`, object>
    >;
  readonly alarms: Section<D, 'alarms'>;
  readonly commands: Section<D, 'commands'> & Readonly<Record<CommandName<D>, object>>;
}

/** What a host is made with: a profile, or the model of an equipment. */
export type ProfileSource = ToolProfile | EquipmentModel;

/** The profile behind either. */
export type ProfileFrom<T> = T extends EquipmentModel<infer D> ? ProfileOfDefinition<D> : T;

type Names<T> = [T] extends [undefined] ? never : keyof NonNullable<T> & string;
type Part<P, K extends string> =
  P extends Readonly<Record<K, infer S>> ? S : P extends Readonly<Partial<Record<K, infer S>>> ? S : never;

export type HostVariableName<P> = Names<Part<P, 'variables'>>;
export type HostConstantName<P> = Names<Part<P, 'constants'>>;
/** Whatever has a VID. */
export type HostValueName<P> = HostVariableName<P> | HostConstantName<P>;
export type HostEventName<P> = Names<Part<P, 'events'>>;
export type HostAlarmName<P> = Names<Part<P, 'alarms'>>;
/** Any name goes where the profile has no commands, as one that was read from a tool: no message tells them. */
export type HostCommandName<P> = [Part<P, 'commands'>] extends [never] ? string : Names<Part<P, 'commands'>>;

/** What a value reads as: by its format where that is known; a list as an array of values. */
export type HostValueOf<S> = S extends { readonly format: infer F extends ItemFormat }
  ? F extends 'L'
    ? readonly Value[]
    : ReadValueOf<S>
  : Value;

/** What the value of a name reads as. */
export type HostValue<P, N extends string> = N extends keyof Part<P, 'constants'>
  ? HostValueOf<Part<P, 'constants'>[N]>
  : N extends keyof Part<P, 'variables'>
    ? HostValueOf<Part<P, 'variables'>[N]>
    : Value;

/** The parameters of a command. */
export type HostParameters<P, N extends string> = N extends keyof Part<P, 'commands'>
  ? Part<P, 'commands'>[N] extends { readonly parameters: infer S }
    ? string extends keyof S
      ? Readonly<Record<string, unknown>>
      : { readonly [K in RequiredKeys<S>]: GivenOf<S[K]> } & {
          readonly [K in Exclude<keyof S, RequiredKeys<S>>]?: GivenOf<S[K]>;
        }
    : Readonly<Record<string, unknown>>
  : Readonly<Record<string, unknown>>;

type RequiredKeys<S> = {
  [K in keyof S]: S[K] extends { readonly optional: true } ? never : K;
}[keyof S];

/** What may be given where a value of a shape is wanted. */
export type GivenOf<S> = S extends { readonly format: infer F extends ItemFormat }
  ? F extends 'U8' | 'I8'
    ? number | bigint
    : F extends 'B'
      ? Uint8Array | number
      : HostValueOf<S>
  : Value;
