import type { GemRule } from '../rule.js';
import { ESTABLISHING_RULES } from './establishing.js';
import type { HostProbe } from './host-probe.js';
import { SET_UP_RULES } from './set-up.js';
import { TOLD_RULES } from './told.js';
import { TROUBLE_RULES } from './trouble.js';

/** What can be judged of a host by a tool, in the order in which it is judged: what needs a new link comes last. */
export const HOST_RULES: readonly GemRule<HostProbe>[] = [
  ...TOLD_RULES,
  ...ESTABLISHING_RULES,
  ...SET_UP_RULES,
  ...TROUBLE_RULES,
];
