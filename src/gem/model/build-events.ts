import type { BuildContext } from './build-context.js';
import type { VariableDraft } from './build-variables.js';
import type { AlarmCategory, EventDefinition } from './definition.js';
import type { EntryOrigin, ModelAlarm, ModelEvent, ModelReport } from './equipment-model.js';
import type { Id } from './id.js';
import { standardEvents, type Capability } from './standard.js';
import { quote } from './value.js';

/** The low bits of ALCD (G-60). */
const ALARM_CATEGORIES: Readonly<Record<AlarmCategory, number>> = {
  personalSafety: 1,
  equipmentSafety: 2,
  parameterWarning: 3,
  parameterError: 4,
  irrecoverable: 5,
  statusWarning: 6,
  attention: 7,
  dataIntegrity: 8,
};

/** Where the events of alarms and limits are numbered from, unless the model numbers them. */
const ALARM_SET_BASE = 10_000;
const LIMIT_BASE = 30_000;
const NUMERIC = /^[IUF]\d$/;

/** Events of E30 and of the model; those of alarms and limits come with them. */
export function buildEvents(context: BuildContext): void {
  for (const [name, entry] of Object.entries(standardEvents)) {
    const { needs, values } = entry as { needs?: Capability; values?: readonly string[] };
    const id = context.standardId(name, entry.id, needs);
    if (id === undefined) continue;
    const present = values?.filter((value) => context.variables.has(value));
    addEvent(
      context,
      `ids.${name}`,
      name,
      { id, description: entry.description, values: present ?? [] },
      'standard',
    );
  }
  for (const [name, entry] of Object.entries(context.definition.events ?? {})) {
    const path = `events.${name}`;
    if (context.problems.keys(path, entry, ['id', 'values', 'description'])) {
      context.problems.text(path, name, 80, 1);
      addEvent(context, path, name, entry, 'model');
    }
  }
}

function addEvent(
  context: BuildContext,
  path: string,
  name: string,
  { id, values, description }: Omit<EventDefinition, 'id'> & { readonly id: Id | undefined },
  origin: EntryOrigin,
): ModelEvent {
  const entry = context.entry(path, name, id, 'CEID', origin, description);
  const event = { ...entry, values: context.variablesOf(`${path}.values`, values) };
  if (!context.events.has(name)) context.events.set(name, event);
  return event;
}

/** Alarms, and two events for each. */
export function buildAlarms(context: BuildContext): ModelAlarm[] {
  const { problems, definition } = context;
  const keys = ['id', 'text', 'category', 'setEvent', 'clearEvent', 'description'];
  return Object.entries(definition.alarms ?? {}).flatMap(([name, alarm]) => {
    const path = `alarms.${name}`;
    if (!problems.keys(path, alarm, keys)) return [];
    problems.text(path, name, 80, 1);
    if (problems.text(`${path}.text`, alarm.text, 120) && alarm.text.length > 40) {
      context.warnings.push(`${path}.text has ${alarm.text.length} characters: old hosts take 40`);
    }
    const event = (
      key: 'setEvent' | 'clearEvent',
      suffix: string,
      base: number,
      what: string,
    ): ModelEvent => {
      const id = alarm[key] ?? numbered(context, `${path}.${key}`, alarm.id, (alid) => base + 2 * alid);
      const values = context.variables.has('AlarmID') ? ['AlarmID'] : [];
      const definitionOf = { id, values, description: `${name} was ${what}.` };
      return addEvent(context, `${path}.${key}`, `${name}${suffix}`, definitionOf, 'alarm');
    };
    return [
      {
        ...context.entry(path, name, alarm.id, 'ALID', 'model', alarm.description),
        text: alarm.text,
        category: category(context, `${path}.category`, alarm.category),
        setEvent: event('setEvent', 'Set', ALARM_SET_BASE, 'set'),
        clearEvent: event('clearEvent', 'Cleared', ALARM_SET_BASE + 1, 'cleared'),
      },
    ];
  });
}

function category({ problems }: BuildContext, path: string, given: AlarmCategory | number): number {
  if (typeof given === 'number') return problems.integer(path, given, 0, 127) ? given : 0;
  const names = Object.keys(ALARM_CATEGORIES) as AlarmCategory[];
  return problems.oneOf(path, given, names) ? ALARM_CATEGORIES[given] : 0;
}

/** An id reckoned from another; where that is text, the model must give one. */
function numbered(
  context: BuildContext,
  path: string,
  id: unknown,
  reckon: (id: number) => number,
): Id | undefined {
  if (typeof id === 'number') return reckon(id);
  if (typeof id === 'string')
    context.problems.add(path, 'must be given: it cannot be reckoned from an id that is text');
  return undefined;
}

/** Gives a variable its limits, with an event of their own. */
export function buildLimits(context: BuildContext, { variable, limits }: VariableDraft): void {
  if (limits === undefined) return;
  const { problems } = context;
  const path = `variables.${variable.name}.limits`;
  if (!problems.keys(path, limits, ['event', 'min', 'max'])) return;
  const { format, array } = variable.shape;
  if (!NUMERIC.test(format) || array === true)
    problems.add(path, `must not be there: only one number has limits`);
  const min = limits.min ?? variable.min;
  const max = limits.max ?? variable.max;
  for (const [key, bound] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (bound === undefined)
      problems.add(`${path}.${key}`, `must be given, here or as the ${key} of the variable`);
    else problems.number(`${path}.${key}`, bound);
  }
  const id = limits.event ?? numbered(context, `${path}.event`, variable.id, (vid) => LIMIT_BASE + vid);
  const names = ['LimitVariable', 'EventLimit', 'TransitionType'].filter((name) =>
    context.variables.has(name),
  );
  const description = `${variable.name} has entered another zone.`;
  const event = addEvent(
    context,
    `${path}.event`,
    `${variable.name}Limit`,
    { id, values: names, description },
    'limit',
  );
  variable.limits = { min: min ?? 0, max: max ?? 0, event };
}

/** Reports that are there from the start. */
export function buildReports(context: BuildContext): ModelReport[] {
  const { problems, definition } = context;
  return Object.entries(definition.reports ?? {}).flatMap(([name, report]) => {
    const path = `reports.${name}`;
    if (!problems.keys(path, report, ['id', 'values', 'events'])) return [];
    const events = problems.list(`${path}.events`, report.events).flatMap((event, i) => {
      const found = context.events.get(event);
      if (found === undefined)
        problems.add(`${path}.events[${i}]`, `must be the name of an event, received ${quote(event)}`);
      return found === undefined ? [] : [found];
    });
    const values = context.variablesOf(`${path}.values`, report.values);
    return [{ ...context.entry(path, name, report.id, 'RPTID', 'model', undefined), values, events }];
  });
}
