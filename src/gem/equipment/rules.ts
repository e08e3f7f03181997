import type { KnownNames } from '../../check.js';
import { check } from '../check-values.js';

/**
 * What E30 leaves open, or what tools do differently: each has a name, so that a tool can be made to behave as the one that it
 * replaces. The defaults are kind to hosts; `strict` below takes E30 by the letter.
 */
export interface GemRules {
  /** G-12: what the host's primaries get while NOT COMMUNICATING: nothing, or SxF0. Default `drop`. */
  readonly notCommunicatingReply: 'drop' | 'abort';
  /** G-21: an attempt to go ON-LINE before communications are established waits for them. Default true. */
  readonly attemptWaits: boolean;
  /** G-23: what S1F17 gets in EQUIPMENT OFF-LINE: ONLACK 1, or S1F0. Default `deny`. */
  readonly onlineWhileEquipmentOffline: 'deny' | 'abort';
  /** G-25: HCACK of a command that LOCAL forbids. Vendors have 6 and 64 too. Default 2. */
  readonly localHcack: number;
  /** G-30: S1F3 and S2F13 serve every VID. `false`: SVs and ECs alone. Default true. */
  readonly anyVid: boolean;
  /** G-33: a constant takes its value in any number format that can hold it. `false`: in its own format alone. Default true. */
  readonly anyNumberFormat: boolean;
  /** G-40: deleting a report that is not there is answered with this DRACK. Default 0. */
  readonly drackNothingToDelete: number;
  /** G-41: S2F35 may add reports to an event that has links. `false`: LRACK 3. Default true. */
  readonly linkMore: boolean;
  /** G-41: linking disables the event until S2F37. Default true. */
  readonly linkDisables: boolean;
  /** G-41: S2F35 with an empty outer list unlinks everything, as some hosts expect. Default false. */
  readonly emptyLinkUnlinksAll: boolean;
  /** G-43: S6F11 that may be unanswered at once. Default 16. */
  readonly eventWindow: number;
  /** G-43: whether primaries of these streams ask for a reply. Default: all do. */
  readonly replyTo: { readonly s5: boolean; readonly s6: boolean; readonly s10: boolean };
  /** G-44: DATAID of event reports: always 0, or counted. Default `zero`. */
  readonly dataId: 'zero' | 'counter';
  /** G-44, G-72: ask by S6F5, or by S7F29, before each event report or verdict longer than this many bytes. Default: never. */
  readonly inquireAbove: number;
  /** G-61: whether alarms are enabled until the host says otherwise. Default false. */
  readonly alarmsEnabledAtFirst: boolean;
  /** G-76: terminals show several lines. `false`: S10F5 with more than one is refused, and S10F7 says so. Default true. */
  readonly severalLines: boolean;
  /** G-79: S9F11 answers bodies above this many bytes. Default: none, the transport has its own bound. */
  readonly maxBodyBytes: number;
  /** G-79: seconds after a granted inquire until S9F13. Default 45. */
  readonly conversationTimeout: number;
  /** G-86: an empty spool ends itself when communications are back. `false`: S6F23 alone ends it. Default true. */
  readonly emptySpoolEnds: boolean;
  /** G-87: what is spooled before the host has chosen: all that can be, or nothing. Default `all`. */
  readonly spooledAtFirst: 'all' | 'none';
  /** G-4: seconds that a value given by a callback may take. Default 5. */
  readonly valueTimeout: number;
  /** What may wait to be sent at once. Beyond, the oldest goes, and that is reported. Default 10,000. */
  readonly maxQueued: number;
}

/**
 * The rules of an equipment that says nothing of them.
 *
 * @example
 * ```ts
 * import { DEFAULT_RULES, strictRules } from 'rxsecs/gem';
 *
 * for (const [rule, value] of Object.entries(strictRules)) {
 *   console.log(rule, DEFAULT_RULES[rule as keyof typeof DEFAULT_RULES], value);
 * }
 * ```
 */
export const DEFAULT_RULES: GemRules = {
  notCommunicatingReply: 'drop',
  attemptWaits: true,
  onlineWhileEquipmentOffline: 'deny',
  localHcack: 2,
  anyVid: true,
  anyNumberFormat: true,
  drackNothingToDelete: 0,
  linkMore: true,
  linkDisables: true,
  emptyLinkUnlinksAll: false,
  eventWindow: 16,
  replyTo: { s5: true, s6: true, s10: true },
  dataId: 'zero',
  inquireAbove: Infinity,
  alarmsEnabledAtFirst: false,
  severalLines: true,
  maxBodyBytes: Infinity,
  conversationTimeout: 45,
  emptySpoolEnds: true,
  spooledAtFirst: 'all',
  valueTimeout: 5,
  maxQueued: 10_000,
};

/**
 * E30 by the letter, where the defaults are kinder.
 *
 * @example
 * ```ts
 * // given an equipment session
 * import { defineEquipment, GemEquipment, memoryStore, strictRules } from 'rxsecs/gem';
 *
 * const model = defineEquipment({ model: 'ETCHER', softwareRevision: '1.0' });
 * const tool = new GemEquipment(session, model, { store: memoryStore(), rules: strictRules });
 * ```
 */
export const strictRules: Partial<GemRules> = {
  attemptWaits: false,
  anyVid: false,
  anyNumberFormat: false,
  linkMore: false,
  emptySpoolEnds: false,
};

/** The words that a rule may have. */
const WORDS: Readonly<Partial<Record<keyof GemRules, readonly string[]>>> = {
  notCommunicatingReply: ['drop', 'abort'],
  onlineWhileEquipmentOffline: ['deny', 'abort'],
  dataId: ['zero', 'counter'],
  spooledAtFirst: ['all', 'none'],
};

const SECONDS: readonly (keyof GemRules)[] = ['valueTimeout', 'conversationTimeout'];
/** Bounds that may be left off. */
const BOUNDS: readonly (keyof GemRules)[] = ['inquireAbove', 'maxBodyBytes', 'maxQueued'];
const CODES: readonly (keyof GemRules)[] = ['localHcack', 'drackNothingToDelete'];

/** Rules with the defaults filled in. @throws GemArgumentError naming a rule that is unknown or out of range. */
export function mergeRules(given?: Partial<GemRules>): GemRules {
  const rules = check.options('rules', given, RULES);
  for (const [name, value] of Object.entries(rules) as [keyof GemRules, unknown][]) checkRule(name, value);
  return { ...DEFAULT_RULES, ...rules };
}

const RULES: KnownNames<Partial<GemRules>> = {
  owner: 'an equipment',
  names: Object.fromEntries(Object.keys(DEFAULT_RULES).map((name) => [name, true])) as Record<
    keyof GemRules,
    true
  >,
};

function checkRule(name: keyof GemRules, value: unknown): void {
  const shown = `rules.${name}`;
  const words = WORDS[name];
  if (words !== undefined) check.oneOf(shown, value, words);
  else if (typeof DEFAULT_RULES[name] === 'boolean') check.boolean(shown, value);
  else if (name === 'replyTo') checkReplyTo(shown, value);
  else if (SECONDS.includes(name)) check.seconds(shown, value);
  else if (CODES.includes(name)) check.integer(shown, value, 0, 255);
  else if (!BOUNDS.includes(name) || value !== Infinity)
    check.integer(shown, value, name === 'inquireAbove' ? 0 : 1);
}

function checkReplyTo(shown: string, value: unknown): void {
  const streams = check.record(
    shown,
    value as Readonly<Record<string, unknown>>,
    'an object of s5, s6 and s10',
  );
  for (const stream of ['s5', 's6', 's10']) check.boolean(`${shown}.${stream}`, streams[stream]);
}
