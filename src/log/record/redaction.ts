import { check } from '../../check.js';
import type { WirePacket } from '../../session/wire-packet.js';

/**
 * Says which bodies stay out of a log.
 *
 * - a text: `'S7F3'` for one message, `'S7'` for a whole stream, `'*'` for every body.
 * - a function: true, or the name of a rule, leaves the body of this packet out. One that throws leaves it out, too.
 */
export type RedactionRule = string | ((packet: WirePacket) => boolean | string);

/** Gives the name of the rule that leaves the body out, or undefined where the body may be kept. */
export type Redaction = (packet: WirePacket) => string | undefined;

const RULE = "'S7F3' for one message, 'S7' for a stream, '*' for all, or a function";

/**
 * Makes one function of many rules; the first that applies names itself.
 *
 * @example
 * ```ts
 * import { HsmsPacket } from 'rxsecs';
 * import { messageRecord, redaction } from 'rxsecs/log';
 * import { A, L, S } from 'rxsecs/secs2';
 *
 * const recipe = HsmsPacket.ofMessage(S(7, 3).w(L(A('ETCH-1'), A('STEP 1'))), { sessionId: 0, systemBytes: 7 });
 * console.log(messageRecord(recipe, { time: 0, redaction: redaction(['S7F3', 'S7F6']) }).redacted);
 * ```
 * @throws HsmsArgumentError for a text that is no rule.
 */
export function redaction(rules: readonly RedactionRule[]): Redaction | undefined {
  check.array('redact', rules, 'an array of rules');
  if (rules.length === 0) return undefined;
  const checks = rules.map((rule) => (typeof rule === 'function' ? byFunction(rule) : byText(rule)));
  return (packet) => {
    if (packet.length === 10) return undefined;
    for (const check of checks) {
      const name = check(packet);
      if (name !== undefined) return name;
    }
    return undefined;
  };
}

function byText(rule: string): Redaction {
  check.text('a rule of redact', rule, RULE);
  if (rule === '*') return () => rule;
  const match = /^S(\d{1,3})(?:F(\d{1,3}))?$/i.exec(rule);
  const stream = Number(match?.[1]);
  const fn = match?.[2] === undefined ? undefined : Number(match[2]);
  if (match === null || stream > 127 || (fn ?? 0) > 255) {
    check.refuse('a rule of redact', RULE, rule);
  }
  return ({ header }) =>
    header.isData && header.stream === stream && (fn === undefined || header.function === fn)
      ? rule
      : undefined;
}

function byFunction(rule: (packet: WirePacket) => boolean | string): Redaction {
  const name = rule.name === '' ? 'function' : rule.name;
  return (packet) => {
    try {
      const verdict = rule(packet);
      if (typeof verdict === 'string') return verdict;
      return verdict ? name : undefined;
    } catch (error) {
      // What a rule cannot judge is not shown.
      return `${name} failed: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
}
