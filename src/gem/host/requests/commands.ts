import {
  HCACK,
  S2F41,
  S2F42,
  S2F49,
  S2F50,
  type BodyIn,
  type GivenValue,
  type Value,
} from '../../../e5/index.js';
import type { Timer } from '../../../clock.js';
import { deferred, type Deferred } from '../../../reactive/deferred.js';
import { outcomeOf } from '../../../session/errors.js';
import type { KnownNames } from '../../../check.js';
import { check, checkSeconds } from '../../check-values.js';
import { GemArgumentError, GemError } from '../../errors.js';
import { nameHint } from '../../../nearest-name.js';
import type { Id } from '../../model/id.js';
import { quoteName } from '../../model/value.js';
import type { ProfileCommand } from '../../profile/tool-profile.js';
import type { ReceivedReport } from '../events.js';
import { givenItem } from './given.js';
import { resultOf, type HostResult } from './result.js';
import type { HostRuntime } from '../runtime.js';

/** A parameter that the tool found at fault. */
export interface ParameterFault {
  readonly name: string;
  /** CPACK: 1 name, 2 value, 3 format. */
  readonly code: number;
}

/** The event that told of a command's completion. */
export interface Completion {
  /** Name in the profile; undefined for a CEID that it does not have. */
  readonly name: string | undefined;
  readonly ceid: Id;
  /** What the reports say, by the names of the profile. */
  readonly values: Readonly<Record<string, Value | undefined>>;
  readonly reports: readonly ReceivedReport[];
}

/** What a tool answered a command (G-117). */
export interface HostCommandResult extends HostResult {
  /** HCACK as it came. */
  readonly hcack: number;
  /** The tool does it: HCACK 0, done, or 4, an event tells of the end. */
  readonly accepted: boolean;
  /** Parameters at fault. */
  readonly parameters: readonly ParameterFault[];
  /**
   * HCACK 0: resolves at once. HCACK 4: resolves with the event that the profile has for the completion, also if that came before
   * the answer; rejects with a GemError `GEM_NOT_COMPLETED` after `completeWithin`, or where no event is known that would tell.
   * It goes on waiting through a lost link: the event may come out of the spool. Any other HCACK: rejects with `GEM_REFUSED`.
   * A rejection that nobody handles does not end the process.
   */
  readonly completed: Promise<Completion | undefined>;
}

/** Options of one command. */
export interface CommandOptions {
  /** Seconds that its completion may take. Default 600. */
  readonly completeWithin?: number;
  /** T3 of the request. */
  readonly t3?: number;
  /** OBJSPEC: the command goes to an object, by S2F49. */
  readonly object?: string;
}

const OPTIONS: KnownNames<CommandOptions> = {
  owner: 'a command',
  names: { completeWithin: true, t3: true, object: true },
};

function checkedOptions(given: CommandOptions | undefined): CommandOptions {
  const options = check.options('options', given, OPTIONS);
  checkSeconds(options as Readonly<Record<string, unknown>>, 'completeWithin', 't3');
  if (options.object !== undefined) check.text('object', options.object, 'the OBJSPEC of an object');
  return options;
}

const COMPLETE_WITHIN = 600;
const LATER = 4;

/** Somebody who waits for the completion of a command. */
interface Waiting {
  readonly ceid: unknown;
  readonly done: Deferred<Completion | undefined>;
  /** The event, where it came before the answer (T-15). */
  early: Completion | undefined;
  timer: Timer | undefined;
}

/** Remote commands (G-117). */
export class HostCommands {
  readonly #runtime: HostRuntime;
  readonly #waiting = new Set<Waiting>();

  constructor(runtime: HostRuntime) {
    this.#runtime = runtime;
  }

  /** The first command that waits for an event of this kind gets it. */
  onEvent(event: Completion): void {
    for (const waiting of this.#waiting) {
      if (waiting.ceid !== event.ceid || waiting.early !== undefined) continue;
      waiting.early = event;
      if (waiting.timer !== undefined) this.#end(waiting, () => waiting.done.resolve(event));
      return;
    }
  }

  /** No event will report the end. */
  stop(): void {
    for (const waiting of this.#waiting) {
      this.#end(waiting, () => waiting.done.reject(new GemError('GEM_DISPOSED', 'the host was stopped')));
    }
  }

  async send(
    name: string,
    values: Readonly<Record<string, unknown>>,
    given: CommandOptions | undefined,
  ): Promise<HostCommandResult> {
    check.text('name', name, 'the name of a command');
    const parameters = check.record('parameters', values, 'an object of parameters by name');
    const options = checkedOptions(given);
    const { index } = this.#runtime;
    const entry = this.#entry(name);
    const event = entry?.completion === undefined ? undefined : index.event(entry.completion);
    const waiting: Waiting = { ceid: event?.id, done: deferred(), early: undefined, timer: undefined };
    if (event !== undefined) this.#waiting.add(waiting);
    try {
      const { hcack, faults } = await this.#request(name, parameters, entry, options);
      const result = resultOf(index, HCACK, hcack);
      if (hcack === 0 || hcack === LATER) this.#runtime.learning.accepted(name, Object.entries(parameters));
      this.#follow(waiting, name, result, event?.name, options.completeWithin ?? COMPLETE_WITHIN);
      return {
        ...result,
        hcack,
        accepted: hcack === 0 || hcack === LATER,
        parameters: faults,
        completed: waiting.done.promise,
      };
    } catch (error) {
      this.#waiting.delete(waiting);
      const outcome = outcomeOf(error);
      if (outcome !== 'closed' && outcome !== 'ended') throw error;
      const text = `it is not known whether the tool carries ${name} out: the link was lost before it answered`;
      throw new GemError('GEM_OUTCOME_UNKNOWN', text, { cause: error });
    }
  }

  #follow(
    waiting: Waiting,
    name: string,
    { code, text }: HostResult,
    event: string | undefined,
    within: number,
  ): void {
    const { done, early } = waiting;
    // A caller that does not await it must not bring the process down.
    done.promise.catch(() => undefined);
    const isWanted = waiting.ceid !== undefined && this.#runtime.wish.events.has(waiting.ceid as string);
    if (code === 0) this.#end(waiting, () => done.resolve(early));
    else if (code !== LATER) {
      this.#end(waiting, () =>
        done.reject(new GemError('GEM_REFUSED', `the tool refused ${name}: HCACK ${code}, ${text}`)),
      );
    } else if (early !== undefined) this.#end(waiting, () => done.resolve(early));
    else if (!isWanted) {
      const why =
        event === undefined
          ? `the profile has no completion for ${name}`
          : `the set-up does not want the event ${event}, which tells of the completion of ${name}`;
      this.#end(waiting, () => done.reject(new GemError('GEM_NOT_COMPLETED', why)));
    } else {
      waiting.timer = this.#runtime.clock.setTimer('completion', within, () => {
        const why = `${name} was not completed within ${within} s: the event ${event ?? ''} did not come`;
        this.#end(waiting, () => done.reject(new GemError('GEM_NOT_COMPLETED', why)));
      });
    }
  }

  #end(waiting: Waiting, settle: () => void): void {
    waiting.timer?.cancel();
    this.#waiting.delete(waiting);
    settle();
  }

  /** @throws GemArgumentError where the profile has commands, and none of that name. */
  #entry(name: string): ProfileCommand | undefined {
    const { index } = this.#runtime;
    const { commands } = index.profile;
    const entry = index.command(name);
    if (entry !== undefined || commands === undefined || Object.keys(commands).length === 0) return entry;
    throw new GemArgumentError(
      `the profile has no command named ${quoteName(name)}${nameHint(name, Object.keys(commands))}`,
    );
  }

  async #request(
    name: string,
    parameters: Readonly<Record<string, unknown>>,
    entry: ProfileCommand | undefined,
    { t3, object }: CommandOptions,
  ): Promise<{ hcack: number; faults: ParameterFault[] }> {
    const { talk, index } = this.#runtime;
    const { rcmd: inCase } = index.quirks;
    const rcmd = inCase === 'upper' ? name.toUpperCase() : inCase === 'lower' ? name.toLowerCase() : name;
    const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
    const values = given.map(([cpname, value]) => {
      checkParameter(name, cpname, entry);
      const known = entry?.parameters?.[cpname];
      const shape =
        known?.format === undefined
          ? undefined
          : { format: known.format, ...(known.array === true ? { array: true } : {}) };
      return { cpname, value: givenItem({ name: `${name} ${cpname}`, shape }, value as GivenValue) };
    });
    const options = t3 === undefined ? {} : { t3 };
    if (object !== undefined) {
      const params = values.map(({ cpname, value }) => ({ cpname, cepval: value }));
      const body = { dataId: talk.dataId, objSpec: object, rcmd, params } as BodyIn<(typeof S2F49)['body']>;
      const read = S2F50.read(await talk.request(talk.build(S2F49, body), options));
      return {
        hcack: Number(read.hcack),
        faults: read.params.map(({ cpname, cepack }) => ({ name: String(cpname), code: Number(cepack) })),
      };
    }
    const params = values.map(({ cpname, value }) => ({ cpname, cpval: value }));
    const body = { rcmd, params } as BodyIn<(typeof S2F41)['body']>;
    const read = S2F42.read(await talk.request(talk.build(S2F41, body), options));
    return {
      hcack: Number(read.hcack),
      faults: read.params.map(({ cpname, cpack }) => ({ name: String(cpname), code: Number(cpack) })),
    };
  }
}

/** @throws GemArgumentError where the profile has parameters of the command, and none of that name. */
function checkParameter(command: string, name: string, entry: ProfileCommand | undefined): void {
  const known = Object.keys(entry?.parameters ?? {});
  if (known.length === 0 || known.includes(name)) return;
  throw new GemArgumentError(
    `${command} has no parameter named ${JSON.stringify(name)} in the profile${nameHint(name, known)}`,
  );
}
