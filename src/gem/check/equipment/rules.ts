import type { GemRule } from '../rule.js';
import { ALARM_RULES } from './alarms.js';
import { COMMAND_RULES } from './commands.js';
import { COMMUNICATION_RULES } from './communication.js';
import { CONTROL_RULES } from './control.js';
import { ERROR_RULES } from './errors.js';
import { EVENT_RULES } from './event-reports.js';
import { LIMIT_RULES } from './limits.js';
import { RECIPE_RULES } from './recipes.js';
import { REPORT_RULES } from './reports.js';
import { SERVICE_RULES } from './services.js';
import { SPOOL_RULES } from './spool.js';
import type { ToolProbe } from './support/tool-probe.js';
import { TRACE_RULES } from './traces.js';
import { VARIABLE_RULES } from './variables.js';

/** What can be judged of an equipment from outside, in the order in which it is judged: what only reads comes first. */
export const EQUIPMENT_RULES: readonly GemRule<ToolProbe>[] = [
  ...COMMUNICATION_RULES,
  ...CONTROL_RULES,
  ...VARIABLE_RULES,
  ...REPORT_RULES,
  ...EVENT_RULES,
  ...TRACE_RULES,
  ...LIMIT_RULES,
  ...ALARM_RULES,
  ...COMMAND_RULES,
  ...RECIPE_RULES,
  ...SERVICE_RULES,
  ...ERROR_RULES,
  ...SPOOL_RULES,
].sort((a, b) => Number(a.changes !== undefined) - Number(b.changes !== undefined));
