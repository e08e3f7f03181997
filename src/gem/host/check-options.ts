import { check, checkFunctions, checkSeconds, checkTimeZone } from '../check-values.js';
import type { KnownNames } from '../../check.js';
import type { GemHostOptions } from './options.js';
import type { HostStep } from './setup/steps.js';

const NAMES: KnownNames<GemHostOptions & { readonly profile?: unknown; readonly setup?: unknown }> = {
  owner: 'GemHost',
  names: {
    ...{ profile: true, setup: true, ack: true, maxUnacknowledged: true, reconnect: true, steps: true },
    ...{ memory: true, backlog: true, admit: true, establishTimeout: true, onLineRetry: true },
    ...{ spoolSilence: true, t3: true, timeZone: true, clock: true, others: true, turn: true, learn: true },
    onError: true,
  },
};

/** What a host is made with, checked but for the profile and the set-up. @throws GemArgumentError */
export function checkedConfiguration<C extends GemHostOptions>(given: C | undefined): C {
  const options = check.options<GemHostOptions>('configuration', given, NAMES);
  const { ack, maxUnacknowledged, reconnect, memory, timeZone, clock, others } = options;
  if (ack !== undefined) check.oneOf('ack', ack, ['auto', 'manual']);
  if (maxUnacknowledged !== undefined && maxUnacknowledged !== Infinity) {
    check.integer('maxUnacknowledged', maxUnacknowledged, 1);
  }
  if (reconnect !== undefined) check.oneOf('reconnect', reconnect, ['always', 'ifRestarted', 'never']);
  if (others !== undefined) check.oneOf('others', others, ['abort', 'leave']);
  if (memory !== undefined) check.methods('memory', memory, ['load', 'save'], 'a HostMemory');
  if (clock !== undefined) check.clock(clock);
  checkTimeZone(timeZone);
  const all = options as Readonly<Record<string, unknown>>;
  checkFunctions(all, 'steps', 'backlog', 'admit', 'turn', 'learn', 'onError');
  checkSeconds(all, 'establishTimeout', 'onLineRetry', 'spoolSilence', 't3');
  return options as C;
}

/** The start-up table as the program has changed it. */
export function checkedSteps(steps: readonly HostStep[]): readonly HostStep[] {
  const must = 'a function that gives the steps as an array';
  for (const [i, step] of check.array('steps', steps, must).entries()) {
    const { name, plan } = check.fields(
      `steps[${i}]`,
      check.methods(`steps[${i}]`, step, ['run'], 'a HostStep'),
      ['name', 'plan'],
    );
    check.text(`steps[${i}].name`, name);
    if (plan !== undefined) check.fn(`steps[${i}].plan`, plan);
  }
  return steps;
}
