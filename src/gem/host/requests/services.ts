import {
  ACKC10,
  OFLACK,
  ONLACK,
  RSPACK,
  S10F10,
  S10F3,
  S10F4,
  S10F5,
  S10F6,
  S10F9,
  S1F15,
  S1F16,
  S1F17,
  S1F18,
  S2F17,
  S2F18,
  S2F31,
  S2F32,
  S2F43,
  S2F44,
  S2F46,
  S2F47,
  S2F48,
  TIACK,
  VLAACK,
  type BodyIn,
} from '../../../e5/index.js';
import { message as secsMessage, type SecsMessage } from '../../../secs2/index.js';
import { timeOfDay } from '../../../clock.js';
import { check } from '../../check-values.js';
import { parseTime } from '../../equipment/values/time-format.js';
import { plainId } from '../../profile/profile-index.js';
import type { HostVariableName } from '../../profile/types.js';
import { limitsMessage, timeText } from '../setup/other-steps.js';
import { resultOf, type HostResult } from './result.js';
import type { HostRuntime } from '../runtime.js';
import type { LimitsWish } from '../setup/setup.js';
import { choiceOf, limitsOf } from '../setup/wish.js';

/**
 * The clock of a tool (G-77).
 *
 * @example
 * ```ts
 * // given a session
 * import { GemHost } from 'rxsecs/gem';
 *
 * const host = new GemHost(session, { profile: { variables: { Pressure: { id: 2001 } }, constants: { Temperature: { id: 101 } } } });
 * await host.ready();
 * await host.clock.sync(); // S2F31 with our time
 * console.log(new Date((await host.clock.read()) ?? 0));
 * ```
 */
export class HostClock {
  readonly #runtime: HostRuntime;

  /** @internal */
  constructor(runtime: HostRuntime) {
    this.#runtime = runtime;
  }

  /** Sets it to a moment in milliseconds since 1970-01-01 UTC, now by default (S2F31): TIACK. */
  async sync(ms: number = timeOfDay(this.#runtime.clock)): Promise<HostResult> {
    if (!Number.isFinite(ms)) check.refuse('ms', 'a number of milliseconds', ms);
    const { talk, index } = this.#runtime;
    const time = await timeText(this.#runtime, ms);
    const { tiack } = S2F32.read(await talk.request(talk.build(S2F31, { time })));
    return resultOf(index, TIACK, Number(tiack));
  }

  /** What it shows, in milliseconds since 1970-01-01 UTC (S2F17); undefined where it shows none. */
  async read(): Promise<number | undefined> {
    const { time } = S2F18.read(await this.#runtime.talk.request(S2F17.build()));
    return parseTime(String(time), this.#runtime.zone);
  }
}

/**
 * The terminals of a tool (G-76, G-119).
 *
 * @example
 * ```ts
 * // given a session
 * import { GemHost } from 'rxsecs/gem';
 *
 * const host = new GemHost(session, { profile: { variables: { Pressure: { id: 2001 } }, constants: { Temperature: { id: 101 } } } });
 * await host.ready();
 * await host.terminal.show(['lot L-1 is next', 'please load']);
 * ```
 */
export class HostTerminal {
  readonly #runtime: HostRuntime;

  /** @internal */
  constructor(runtime: HostRuntime) {
    this.#runtime = runtime;
  }

  /**
   * Shows a line (S10F3), or several (S10F5). An empty text clears.
   * @param terminal TID. Default 0, the main one.
   * @returns ACKC10; undefined where the profile says that no reply is wanted
   */
  show(text: string | readonly string[], terminal = 0): Promise<HostResult | undefined> {
    const { talk } = this.#runtime;
    check.integer('terminal', terminal, 0, 63);
    if (typeof text === 'string') {
      return this.#send(talk.build(S10F3, { tid: terminal, text }), (reply) =>
        Number(S10F4.read(reply).ackc10),
      );
    }
    for (const line of check.array('text', text, 'a string or an array of them')) check.text('text', line);
    const message = talk.build(S10F5, { tid: terminal, texts: text });
    return this.#send(message, (reply) => Number(S10F6.read(reply).ackc10));
  }

  /** Shows a line on all terminals (S10F9). */
  broadcast(text: string): Promise<HostResult | undefined> {
    const message = this.#runtime.talk.build(S10F9, { text: check.text('text', text) });
    return this.#send(message, (reply) => Number(S10F10.read(reply).ackc10));
  }

  async #send(message: SecsMessage, code: (reply: SecsMessage) => number): Promise<HostResult | undefined> {
    const { talk, index, session } = this.#runtime;
    if (index.quirks.terminalReply) return resultOf(index, ACKC10, code(await talk.request(message)));
    await session.send(secsMessage(message.stream, message.function, false, message.item));
    return undefined;
  }
}

/** What a tool says of the limits of one variable (G-56). */
export interface VariableLimits {
  /** LIMITMIN and LIMITMAX. */
  readonly min: unknown;
  readonly max: unknown;
  readonly units: string;
  readonly limits: Readonly<Record<number, { readonly upper: unknown; readonly lower: unknown }>>;
}

/**
 * The limits of a tool's variables (G-55, G-56).
 *
 * @example
 * ```ts
 * // given a session
 * import { GemHost } from 'rxsecs/gem';
 *
 * const host = new GemHost(session, { profile: { variables: { Pressure: { id: 2001 } }, constants: { Temperature: { id: 101 } } } });
 * await host.ready();
 * console.log(await host.limits.get('Pressure'));
 * ```
 */
export class HostLimits<P> {
  readonly #runtime: HostRuntime;

  /** @internal */
  constructor(runtime: HostRuntime) {
    this.#runtime = runtime;
  }

  /** The limits of these variables, or of all that have some (S2F47); undefined: no limits are possible. */
  async get(
    ...names: readonly HostVariableName<P>[]
  ): Promise<Readonly<Record<string, VariableLimits | undefined>>> {
    const { talk, index } = this.#runtime;
    const vids = names.map((name) => index.value(name).id);
    const { variables } = S2F48.read(await talk.request(talk.build(S2F47, { vids })));
    return Object.fromEntries(
      variables.map(({ vid, attributes }) => {
        const id = plainId(vid);
        const name = index.byVid.get(id)?.name ?? String(id);
        if (attributes === undefined) return [name, undefined];
        const { units, limitMin, limitMax, limits } = attributes;
        const byId = limits.map(
          ({ limitId, upperDb, lowerDb }) => [Number(limitId), { upper: upperDb, lower: lowerDb }] as const,
        );
        return [
          name,
          { min: limitMin, max: limitMax, units: String(units), limits: Object.fromEntries(byId) },
        ];
      }),
    );
  }

  /** Sets limits of one variable by LIMITID, 1 to 7; none: all of its limits go (S2F45). */
  async set(name: HostVariableName<P>, limits: LimitsWish): Promise<HostResult> {
    const { talk, index } = this.#runtime;
    const wanted = { value: index.value(name), limits: limitsOf('limits', limits) };
    const reply = await talk.request(limitsMessage({ talk }, [wanted]));
    return resultOf(index, VLAACK, Number(S2F46.read(reply).vlaack));
  }
}

/**
 * The spool of a tool (G-85 to G-88, G-116).
 *
 * @example
 * ```ts
 * // given a session
 * import { GemHost } from 'rxsecs/gem';
 *
 * const host = new GemHost(session, { profile: { variables: { Pressure: { id: 2001 } }, constants: { Temperature: { id: 101 } } } });
 * await host.ready();
 * if ((await host.spool.count()) !== 0) await host.spool.transmit();
 * ```
 */
export class HostSpool {
  readonly #runtime: HostRuntime;

  /** @internal */
  constructor(runtime: HostRuntime) {
    this.#runtime = runtime;
  }

  /** Messages in it; undefined where the tool does not say. */
  count(): Promise<number | undefined> {
    return this.#runtime.spoolCount();
  }

  /** Has all of it sent: resolves at its end. Its messages come as `spooled`. */
  transmit(): Promise<void> {
    return this.#runtime.unload('transmit');
  }

  /** Throws all of it away. */
  purge(): Promise<void> {
    return this.#runtime.unload('purge');
  }

  /** Chooses what is spooled: functions by stream, none of a stream meaning all (S2F43). */
  async choose(streams: Readonly<Record<number, readonly number[]>>): Promise<HostResult> {
    const { talk, index } = this.#runtime;
    const entries = [...choiceOf(Object.entries(check.record('streams', streams)))].map(
      ([strid, fcnids]) => ({ strid, fcnids }),
    );
    const body: BodyIn<(typeof S2F43)['body']> = { streams: entries };
    const { rspack } = S2F44.read(await talk.request(talk.build(S2F43, body)));
    return resultOf(index, RSPACK, Number(rspack));
  }
}

/** Names of the control states by number (G-20). */
const CONTROL_STATES: Readonly<Record<number, string>> = {
  1: 'EQUIPMENT OFF-LINE',
  2: 'ATTEMPT ON-LINE',
  3: 'HOST OFF-LINE',
  4: 'LOCAL',
  5: 'REMOTE',
};

/**
 * The control state of a tool.
 *
 * @example
 * ```ts
 * // given a session
 * import { GemHost } from 'rxsecs/gem';
 *
 * const host = new GemHost(session, { profile: { variables: { Pressure: { id: 2001 } }, constants: { Temperature: { id: 101 } } } });
 * const { ok, text } = await host.control.onLine();
 * console.log(ok, text, await host.control.state());
 * ```
 */
export class HostControl {
  readonly #runtime: HostRuntime;

  /** @internal */
  constructor(runtime: HostRuntime) {
    this.#runtime = runtime;
  }

  /** Takes the tool ON-LINE (S1F17): ONLACK 0 done, 1 not allowed, 2 already. */
  async onLine(): Promise<HostResult> {
    const { talk, index } = this.#runtime;
    const { onlack } = S1F18.read(await talk.request(S1F17.build()));
    return resultOf(index, ONLACK, Number(onlack));
  }

  /** Takes it OFF-LINE (S1F15): it serves nothing then but S1F13 and S1F17. */
  async offLine(): Promise<HostResult> {
    const { talk, index } = this.#runtime;
    const { oflack } = S1F16.read(await talk.request(S1F15.build()));
    const result = resultOf(index, OFLACK, Number(oflack));
    if (result.ok) this.#runtime.wentOffLine();
    return result;
  }

  /** The tool's control state by name; undefined where it does not say. */
  async state(): Promise<string | undefined> {
    const { talk, index } = this.#runtime;
    const known = index.roleValue('ControlState');
    if (known === undefined) return undefined;
    const value = (await talk.read([known])).get(known.name);
    const number = typeof value === 'object' ? Number((value as ArrayLike<number>)[0]) : Number(value);
    return index.quirks.controlStates[number] ?? CONTROL_STATES[number] ?? String(number);
  }
}
