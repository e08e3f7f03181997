import type { Value } from '../../e5/index.js';
import type { HostValue } from '../profile/types.js';
import type { HostEvent } from './events.js';

// What a set-up says of the values that its events carry.

type ReportsOf<S> = S extends { readonly reports: infer R } ? R : object;
type EventsOf<S> = S extends { readonly events: infer E } ? E : object;

/** The names of values that a report holds. */
type ReportValues<R> = R extends readonly (infer N)[]
  ? N
  : R extends { readonly values: readonly (infer N)[] }
    ? N
    : never;

/** The names of values that come with an event. */
type EventValueNames<S, E extends string> = E extends keyof EventsOf<S>
  ? EventsOf<S>[E] extends readonly (infer R)[]
    ? R extends keyof ReportsOf<S>
      ? ReportValues<ReportsOf<S>[R]> & string
      : never
    : never
  : never;

/** Values of an event by name: with the types of the profile for what the set-up names, any for an event that it does not. */
export type HostEventValues<P, S, E extends string> = E extends keyof EventsOf<S>
  ? string extends EventValueNames<S, E>
    ? Readonly<Record<string, Value | undefined>>
    : { readonly [N in EventValueNames<S, E>]: HostValue<P, N> | undefined }
  : Readonly<Record<string, Value | undefined>>;

/** An event of a host by its name. */
export type NamedHostEvent<P, S, E extends string> = HostEvent<HostEventValues<P, S, E>> & {
  readonly name: E;
};
