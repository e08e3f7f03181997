import {
  activeAlarms,
  alarms,
  clock,
  constants,
  limits,
  read,
  spool,
  spoolStreams,
  traces,
} from './other-steps.js';
import { clear, define, disable, enable, link, quiet, removeStep, unlinkStep } from './report-steps.js';
import type { HostStep } from './steps.js';

/** What follows S1F13 and S1F17 after each start (G-110), in this order: the backlog before reports change, enabling after linking. */
export const START_UP: readonly HostStep[] = [
  ...[clock, spool, quiet, clear, define, link, enable],
  ...[alarms, activeAlarms, constants, spoolStreams, limits, traces, read],
];

/** What of it is sent where the tool still has what was set up (G-112). */
export const RESUME: ReadonlySet<string> = new Set(['clock', 'spool', 'activeAlarms', 'read']);

/** What leads from one wish to another while the tool runs. */
export const CHANGE: readonly HostStep[] = [
  ...[disable, unlinkStep, removeStep, define, link, enable],
  ...[alarms, activeAlarms, constants, spoolStreams, limits, traces, read],
];
