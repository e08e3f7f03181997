import { EAC, S2F15, S2F16, S6F15, S6F16, type GivenValue } from '../../../e5/index.js';
import { check } from '../../check-values.js';
import { GemArgumentError } from '../../errors.js';
import { quote } from '../../model/value.js';
import type { KnownValue } from '../../profile/profile-index.js';
import type { ProfileConstant } from '../../profile/tool-profile.js';
import type { HostConstantName, HostValue, HostValueName } from '../../profile/types.js';
import { givenItem } from './given.js';
import { resultOf, type HostResult } from './result.js';
import type { HostRuntime } from '../runtime.js';
import type { ReadEvent } from '../incoming/event-reader.js';
import { S } from '../../../secs2/index.js';

/** Values by name; undefined is one that the tool does not have. */
export type HostValues<P, N extends string> = { readonly [K in N]: HostValue<P, K> | undefined };

/** Values of variables and constants by name, in as few messages as the tool takes. */
export async function readValues<P, N extends HostValueName<P>>(
  { talk, index }: HostRuntime,
  names: readonly N[],
): Promise<HostValues<P, N>> {
  const values = await talk.read(names.map((name) => index.value(name)));
  return Object.fromEntries(names.map((name) => [name, values.get(name)])) as HostValues<P, N>;
}

/**
 * The constants of a tool.
 *
 * @example
 * ```ts
 * // given a session
 * import { GemHost } from 'rxsecs/gem';
 *
 * const host = new GemHost(session, { profile: { variables: { Pressure: { id: 2001 } }, constants: { Temperature: { id: 101 } } } });
 * await host.ready();
 * const { ok, text } = await host.constants.set({ Temperature: 200 });
 * console.log(ok, text, await host.constants.get('Temperature'));
 * ```
 */
export class HostConstants<P> {
  readonly #runtime: HostRuntime;

  /** @internal */
  constructor(runtime: HostRuntime) {
    this.#runtime = runtime;
  }

  /** Their values now (S2F13). */
  get<N extends HostConstantName<P>>(...names: readonly N[]): Promise<HostValues<P, N>> {
    for (const name of names) this.#runtime.index.constant(name);
    return readValues<P, N>(this.#runtime, names);
  }

  /**
   * Sets them, all or none (S2F15). A value outside its bounds in the profile is not sent.
   * @throws GemArgumentError naming the constant, the value and what is allowed.
   */
  async set(values: { readonly [N in HostConstantName<P>]?: GivenValue }): Promise<HostResult> {
    const { index, talk } = this.#runtime;
    const given = check.record<GivenValue | undefined>('values', values, 'an object of values by constant');
    const entries = Object.entries(given).map(([name, value]) => {
      const constant = index.constant(name);
      if (value === undefined) throw new GemArgumentError(`${name} must be a value, received undefined`);
      checkRange(constant, value);
      return { ecid: constant.id, ecv: givenItem(constant, value) };
    });
    const { eac } = S2F16.read(await talk.request(talk.build(S2F15, { constants: entries })));
    return resultOf(index, EAC, Number(eac));
  }
}

function checkRange(
  { name, entry }: KnownValue & { readonly entry: ProfileConstant },
  value: GivenValue,
): void {
  const { min = -Infinity, max = Infinity, values } = entry;
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  if (isNumber && (value < min || value > max)) {
    throw new GemArgumentError(`${name} must be a number of ${min} to ${max}, received ${quote(value)}`);
  }
  if (values !== undefined && !values.includes(value as string)) {
    throw new GemArgumentError(`${name} must be one of ${values.join(', ')}, received ${quote(value)}`);
  }
}

/** What an event would report now (S6F15). */
export async function askEvent({ talk, index, reader }: HostRuntime, name: string): Promise<ReadEvent> {
  const reply = await talk.request(talk.build(S6F15, { ceid: index.event(name).id }));
  S6F16.read(reply);
  return reader.read(S(6, 11, reply.item as NonNullable<typeof reply.item>));
}
