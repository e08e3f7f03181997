import type { BuildContext } from './build-context.js';
import { checkShape } from './build-variables.js';
import type { CommandDefinition, CommandKind, ProcessingDefinition } from './definition.js';
import type { EquipmentModel, ModelCommand, ModelProcessPrograms } from './equipment-model.js';
import { processingExample } from './processing-example.js';
import { quote } from './value.js';

const KINDS: readonly CommandKind[] = ['startsProcessing', 'movesMaterial', 'affectsProcessing', 'other'];

/** What the commands that E30 names do, unless the model says otherwise. */
const USUAL_KINDS: Readonly<Record<string, CommandKind>> = {
  START: 'startsProcessing',
  STOP: 'affectsProcessing',
  ABORT: 'affectsProcessing',
  PAUSE: 'affectsProcessing',
  RESUME: 'affectsProcessing',
  'PP-SELECT': 'affectsProcessing',
};

export function buildCommands(context: BuildContext): ModelCommand[] {
  const { problems } = context;
  const entries = problems.section('commands', context.definition.commands);
  if (entries.length > 0) {
    const names = entries.map(([name]) => name.toUpperCase());
    for (const needed of ['START', 'STOP']) {
      if (!names.includes(needed))
        problems.add('commands', `must have ${needed}: E30 asks for it where there is any`);
    }
    for (const [i, name] of names.entries()) {
      if (names.indexOf(name) < i) {
        problems.add(
          `commands.${entries[i]?.[0]}`,
          'must differ from the others in more than upper and lower case',
        );
      }
    }
  }
  return entries.flatMap(([name, entry]) => command(context, name, entry));
}

function command(context: BuildContext, name: string, entry: CommandDefinition): ModelCommand[] {
  const { problems } = context;
  const path = `commands.${name}`;
  if (!problems.keys(path, entry, ['parameters', 'kind', 'completion', 'description'])) return [];
  problems.text(path, name, 80, 1);
  const { kind = USUAL_KINDS[name.toUpperCase()] ?? 'other', completion, description = '' } = entry;
  problems.description(`${path}.description`, description);
  const parameters = problems.section(`${path}.parameters`, entry.parameters);
  problems.oneOf(`${path}.kind`, kind, KINDS);
  for (const [parameter, shape] of parameters) {
    const at = `${path}.parameters.${parameter}`;
    const keys = ['format', 'array', 'optional', 'min', 'max', 'values', 'description'];
    if (!problems.keys(at, shape, keys)) continue;
    problems.text(at, parameter, 80, 1);
    problems.description(`${at}.description`, shape.description);
    checkShape(context, at, shape);
  }
  const event = completion === undefined ? undefined : context.events.get(completion);
  if (completion !== undefined && event === undefined) {
    problems.add(`${path}.completion`, `must be the name of an event, received ${quote(completion)}`);
  }
  return [{ name, parameters: new Map(parameters), kind, completion: event, description }];
}

export function buildProcessPrograms(context: BuildContext): ModelProcessPrograms | undefined {
  const { problems, definition } = context;
  const given = definition.processPrograms;
  if (given === undefined) return undefined;
  const keys = [
    ...['unformatted', 'formatted', 'large', 'idFormat', 'maxIdLength', 'maxBytes', 'maxPrograms'],
  ];
  if (!problems.keys('processPrograms', given, keys)) return undefined;
  const { unformatted = true, formatted, large = false, idFormat = 'A', maxIdLength = 80 } = given;
  const { maxBytes = large ? 2 ** 30 : 0xffffff, maxPrograms = 1000 } = given;
  problems.boolean('processPrograms.unformatted', unformatted);
  problems.boolean('processPrograms.large', large);
  problems.oneOf('processPrograms.idFormat', idFormat, ['A', 'B']);
  problems.integer('processPrograms.maxIdLength', maxIdLength, 1, 120);
  problems.integer('processPrograms.maxBytes', maxBytes, 1, large ? 2 ** 32 : 0xffffff);
  problems.integer('processPrograms.maxPrograms', maxPrograms, 1, 2 ** 31 - 1);
  for (const [code, entry] of problems.section('processPrograms.formatted', formatted)) {
    const path = `processPrograms.formatted.${code}`;
    problems.text(path, code, 80, 1);
    if (!problems.keys(path, entry, ['parameters', 'description'])) continue;
    problems.description(`${path}.description`, entry.description);
    for (const [i, parameter] of problems.list(`${path}.parameters`, entry.parameters).entries()) {
      const at = `${path}.parameters[${i}]`;
      if (problems.keys(at, parameter, ['name', 'format', 'array', 'min', 'max']))
        checkShape(context, at, parameter);
    }
  }
  const settings = { unformatted, large, idFormat, maxIdLength, maxBytes, maxPrograms };
  return formatted === undefined ? settings : { ...settings, formatted };
}

/** The tool's processing states; those of E30's example where it has none of its own. */
export function buildStates(context: BuildContext): ProcessingDefinition {
  const { problems, definition } = context;
  const { states } = definition;
  if (states === undefined) return processingExample;
  if (!problems.keys('states', states, ['states', 'initial', 'processing', 'transitions']))
    return processingExample;
  const entries = problems.section('states.states', states.states);
  const numbers = new Map<number, string>();
  const names = entries.map(([name]) => name);
  for (const [name, number] of entries) {
    problems.integer(`states.states.${name}`, number, 0, 255);
    const namesake = numbers.get(number);
    if (namesake !== undefined)
      problems.add(`states.states.${name}`, `must have a number of its own: ${namesake} has it`);
    numbers.set(number, name);
  }
  problems.oneOf('states.initial', states.initial, names);
  problems
    .list('states.processing', states.processing)
    .forEach((name, i) => problems.oneOf(`states.processing[${i}]`, name, names));
  const seen = new Map<string, number>();
  problems.list('states.transitions', states.transitions).forEach((transition, i) => {
    const path = `states.transitions[${i}]`;
    if (!problems.keys(path, transition, ['number', 'from', 'to', 'trigger', 'event'])) return;
    const { from, to, trigger, event } = transition;
    problems.integer(`${path}.number`, transition.number, 0, 65_535);
    problems.text(`${path}.trigger`, trigger, 80, 1);
    problems.oneOf(`${path}.to`, to, names);
    for (const state of typeof from === 'string' ? [from] : problems.list(`${path}.from`, from)) {
      problems.oneOf(`${path}.from`, state, names);
      const key = `${state} ${trigger}`;
      const before = seen.get(key);
      if (before !== undefined)
        problems.add(path, `must differ from transitions[${before}]: both leave ${state} by ${trigger}`);
      else seen.set(key, i);
    }
    if (event !== undefined && !context.events.has(event)) {
      problems.add(`${path}.event`, `must be the name of an event, received ${quote(event)}`);
    }
  });
  return states;
}

export function buildSpool({ problems, definition }: BuildContext): EquipmentModel['spool'] {
  const { spool } = definition;
  if (spool === undefined || !problems.keys('spool', spool, ['streams', 'maxMessages', 'maxBytes']))
    return undefined;
  const { streams = [5, 6, 10], maxMessages = 10_000, maxBytes = 64 * 2 ** 20 } = spool;
  problems.list('spool.streams', streams).forEach((stream, i) => {
    const path = `spool.streams[${i}]`;
    if (!problems.integer(path, stream, 0, 127)) return;
    if (stream === 1 || stream === 9) problems.add(path, `must not be ${stream}: it is never spooled`);
  });
  problems.integer('spool.maxMessages', maxMessages, 1, 2 ** 31 - 1);
  problems.integer('spool.maxBytes', maxBytes, 1, Number.MAX_SAFE_INTEGER);
  return { streams, maxMessages, maxBytes };
}

export function buildTrace({ problems, definition }: BuildContext): EquipmentModel['trace'] {
  const { trace = {} } = definition;
  if (trace === false || !problems.keys('trace', trace, ['maxTraces', 'maxVariables', 'minPeriod']))
    return undefined;
  const { maxTraces = 4, maxVariables = 1000, minPeriod = 0.1 } = trace;
  problems.integer('trace.maxTraces', maxTraces, 4, 10_000);
  problems.integer('trace.maxVariables', maxVariables, 1, 0xffffff);
  if (problems.number('trace.minPeriod', minPeriod) && !(minPeriod >= 0.01)) {
    problems.add(
      'trace.minPeriod',
      `must be 0.01 s at least, the least that DSPER can say, received ${minPeriod}`,
    );
  }
  return { maxTraces, maxVariables, minPeriod };
}

export function buildTerminals({ problems, definition }: BuildContext): number | undefined {
  const { terminals = 0 } = definition;
  if (terminals === false || !problems.integer('terminals', terminals, 0, 255)) return undefined;
  return terminals;
}
