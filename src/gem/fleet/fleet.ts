import type { Observable } from 'rxjs';
import type { Clock } from '../../clock.js';
import { Publisher } from '../../reactive/publisher.js';
import { reportOnConsole, reportSafely } from '../../reactive/report.js';
import type { SecsSession } from '../../session/secs-session.js';
import type { KnownNames } from '../../check.js';
import { check } from '../check-values.js';
import { GemArgumentError } from '../errors.js';
import type {
  HostAlarm,
  HostEvent,
  HostTrace,
  HostTransition,
  HostWarning,
  SetupProblem,
} from '../host/events.js';
import { GemHost, type GemHostConfiguration } from '../host/host.js';
import { HOST_STATES, type HostState } from '../host/host-state.js';
import type { HostSetup } from '../host/setup/setup.js';
import { checkedConfiguration } from '../host/check-options.js';
import type { ProfileFrom, ProfileSource } from '../profile/types.js';
import { Turns } from './turns.js';

/** Something of one tool of a fleet. */
export type FleetMessage =
  | { readonly tool: string; readonly kind: 'event'; readonly event: HostEvent }
  | { readonly tool: string; readonly kind: 'alarm'; readonly alarm: HostAlarm }
  | { readonly tool: string; readonly kind: 'trace'; readonly trace: HostTrace }
  | { readonly tool: string; readonly kind: 'transition'; readonly transition: HostTransition }
  | { readonly tool: string; readonly kind: 'problem'; readonly problem: SetupProblem }
  | { readonly tool: string; readonly kind: 'warning'; readonly warning: HostWarning };

interface FleetEvents {
  message: [message: FleetMessage];
  disposed: [];
}

/** How the tools of a fleet are. */
export interface FleetHealth {
  readonly tools: number;
  /** How many are in each state. */
  readonly states: Readonly<Record<HostState, number>>;
  /** Those that are not ready, each with its state and what of its wish is not true. */
  readonly notReady: readonly {
    readonly tool: string;
    readonly state: HostState;
    readonly problems: readonly SetupProblem[];
  }[];
  /** Messages of all tools that wait for `acknowledge()`. */
  readonly unacknowledged: number;
  /** Set-ups that wait for their turn. */
  readonly waiting: number;
}

/** Options of a fleet. */
export interface GemFleetOptions {
  /** Most set-ups that run at once. The others wait; what the tools send meanwhile is taken. Default 20. */
  readonly setupsAtOnce?: number;
  /** Most set-ups that begin in a second, evenly spread, so that a restart of the host does not storm the network. Default: any number. */
  readonly setupsPerSecond?: number;
  /** Default: that of the computer. */
  readonly clock?: Clock;
  /** Takes what subscribers throw. Default: the console. */
  readonly onError?: (error: unknown, where: string) => void;
}

const OPTIONS: KnownNames<GemFleetOptions> = {
  owner: 'GemFleet',
  names: { setupsAtOnce: true, setupsPerSecond: true, clock: true, onError: true },
};

function checkName(name: string): string {
  return check.text('name', name, 'the name of a tool') === ''
    ? check.refuse('name', 'the name of a tool', name)
    : name;
}

/** A host of whatever profile. */
export type AnyHost = Pick<
  GemHost,
  | 'session'
  | 'state'
  | 'degraded'
  | 'identity'
  | 'currentAlarms'
  | 'unacknowledged'
  | 'start'
  | 'stop'
  | 'ready'
  | 'settled'
  | 'emitter'
>;

/**
 * Hosts of many tools in one process, by name (thousands of them): set-ups take turns, all that the tools tell is one stream, and
 * one look says how they are.
 *
 * @example
 * ```ts
 * import { HsmsActiveConnection, HsmsSession } from 'rxsecs';
 * import { GemFleet } from 'rxsecs/gem';
 *
 * const session = new HsmsSession(new HsmsActiveConnection('127.0.0.1', 5000, 0));
 * const fleet = new GemFleet({ setupsAtOnce: 50, setupsPerSecond: 10 });
 * fleet.messages.subscribe(({ tool, ...message }) => console.log(tool, message));
 * const host = fleet.add('ETCH-07', session, { setup: { alarms: 'all' } });
 * await host.ready();
 * console.log(fleet.health().notReady);
 * ```
 */
export class GemFleet {
  /** All that the tools tell, each with its tool. Hot; completes with `stop()`. */
  readonly messages: Observable<FleetMessage>;
  readonly #hosts = new Map<string, AnyHost>();
  readonly #turns: Turns;
  readonly #publisher: Publisher<FleetEvents>;

  /** @throws GemArgumentError for an option out of range. */
  constructor(options?: GemFleetOptions) {
    const given = check.options('options', options, OPTIONS);
    const { setupsAtOnce = 20, setupsPerSecond, clock, onError = reportOnConsole } = given;
    check.integer('setupsAtOnce', setupsAtOnce, 1);
    if (setupsPerSecond !== undefined && !(check.number('setupsPerSecond', setupsPerSecond, 0) > 0))
      check.refuse('setupsPerSecond', 'a number above 0', setupsPerSecond);
    if (clock !== undefined) check.clock(clock);
    check.fn('onError', onError);
    this.#turns = new Turns({
      atOnce: setupsAtOnce,
      ...(setupsPerSecond === undefined ? {} : { perSecond: setupsPerSecond }),
      ...(clock === undefined ? {} : { clock }),
    });
    this.#publisher = new Publisher((error, where) => reportSafely(onError, error, where));
    this.messages = this.#publisher.observe('message');
  }

  /** How many tools there are. */
  get size(): number {
    return this.#hosts.size;
  }

  /** Adds a tool and starts its host. @throws GemArgumentError for a name that is taken; what `GemHost` throws. */
  add<const T extends ProfileSource, const S extends HostSetup<ProfileFrom<T>>>(
    name: string,
    session: SecsSession,
    configuration?: GemHostConfiguration<T, S>,
  ): GemHost<T, S> {
    checkName(name);
    if (this.#hosts.has(name))
      throw new GemArgumentError(`name must be one of its own: there is a tool ${name} already`);
    const checked = checkedConfiguration<GemHostConfiguration<T, S>>(configuration);
    const host = new GemHost<T, S>(session, { ...checked, turn: (signal) => this.#turns.take(signal) });
    this.#hosts.set(name, host);
    this.#watch(name, host.emitter);
    host.start();
    return host;
  }

  /** The host of a tool; undefined where there is none of that name. */
  get(name: string): AnyHost | undefined {
    return this.#hosts.get(checkName(name));
  }

  /** Names of the tools, in the order in which they were added. */
  names(): readonly string[] {
    return [...this.#hosts.keys()];
  }

  /** Stops the host of a tool and forgets it; its session stays as it is. Whether there was one. */
  remove(name: string): boolean {
    this.#hosts.get(checkName(name))?.stop();
    return this.#hosts.delete(name);
  }

  /** Stops all hosts; the stream completes. */
  stop(): void {
    for (const name of this.names()) this.remove(name);
    this.#publisher.publish('disposed', undefined);
  }

  /** How the tools are now. */
  health(): FleetHealth {
    const states = Object.fromEntries(HOST_STATES.map((state) => [state, 0])) as Record<HostState, number>;
    const notReady: FleetHealth['notReady'][number][] = [];
    let unacknowledged = 0;
    for (const [tool, host] of this.#hosts) {
      states[host.state]++;
      unacknowledged += host.unacknowledged;
      if (host.state !== 'ready') notReady.push({ tool, state: host.state, problems: host.degraded });
    }
    return { tools: this.#hosts.size, states, notReady, unacknowledged, waiting: this.#turns.waiting };
  }

  /** @internal What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const { tools, notReady } = this.health();
    return `${this.constructor.name} (${tools} tools, ${tools - notReady.length} ready)`;
  }

  #watch(tool: string, emitter: GemHost['emitter']): void {
    const tell = (message: FleetMessage): void => this.#publisher.publish('message', message);
    emitter.on('event', (event) => tell({ tool, kind: 'event', event }));
    emitter.on('alarm', (alarm) => tell({ tool, kind: 'alarm', alarm }));
    emitter.on('trace', (trace) => tell({ tool, kind: 'trace', trace }));
    emitter.on('transition', (transition) => tell({ tool, kind: 'transition', transition }));
    emitter.on('problem', (problem) => tell({ tool, kind: 'problem', problem }));
    emitter.on('warning', (warning) => tell({ tool, kind: 'warning', warning }));
  }
}
