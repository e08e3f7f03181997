import { check } from '../check-values.js';
import type { RuleResult } from './rule.js';

const escape = (text: string): string =>
  text.replace(/[&<>"']|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, (one) =>
    '&<>"\''.includes(one) ? `&#${one.charCodeAt(0)};` : '\ufffd',
  );

const count = (results: readonly RuleResult[], verdict: RuleResult['verdict']): number =>
  results.filter((result) => result.verdict === verdict).length;

function checkResults(results: readonly RuleResult[]): void {
  for (const [i, result] of check
    .array('results', results, 'an array of what checkEquipment gives')
    .entries()) {
    const name = `results[${i}]`;
    const read = check.fields(name, result, ['id', 'what', 'verdict', 'reason', 'trace']);
    for (const field of ['id', 'what', 'reason'] as const) check.text(`${name}.${field}`, read[field]);
    check.oneOf(`${name}.verdict`, read.verdict, ['PASS', 'FAIL', 'SKIP']);
    for (const line of check.array(`${name}.trace`, read.trace)) check.text(`${name}.trace`, line);
  }
}

/**
 * The results as JUnit XML: a test case a rule.
 *
 * @example
 * ```ts
 * // given a session
 * import { writeFileSync } from 'node:fs';
 * import { checkEquipment, checkJUnit } from 'rxsecs/gem';
 *
 * writeFileSync('check.out', checkJUnit(await checkEquipment(session)));
 * ```
 */
export function checkJUnit(results: readonly RuleResult[]): string {
  checkResults(results);
  const cases = results.map(({ id, what, verdict, reason, trace }) => {
    const inner =
      verdict === 'FAIL'
        ? `<failure message="${escape(reason)}">${escape(trace.join('\n'))}</failure>`
        : verdict === 'SKIP'
          ? `<skipped message="${escape(reason)}"/>`
          : '';
    return `    <testcase classname="GEM" name="${escape(`${id} ${what}`)}">${inner}</testcase>`;
  });
  const sums = `tests="${results.length}" failures="${count(results, 'FAIL')}" skipped="${count(results, 'SKIP')}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite name="GEM" ${sums}>\n${cases.join('\n')}\n  </testsuite>\n</testsuites>\n`;
}

/**
 * The results as one HTML page that needs nothing beside it.
 *
 * @example
 * ```ts
 * // given a session
 * import { writeFileSync } from 'node:fs';
 * import { checkEquipment, checkHtml } from 'rxsecs/gem';
 *
 * writeFileSync('check.out', checkHtml(await checkEquipment(session)));
 * ```
 */
export function checkHtml(results: readonly RuleResult[], title = 'GEM conformance'): string {
  checkResults(results);
  check.text('title', title);
  const rows = results.map(
    ({ id, what, verdict, reason, trace }) =>
      `<tr class="${verdict}"><td>${escape(id)}</td><td>${verdict}</td><td>${escape(what)}${reason === '' ? '' : `<p>${escape(reason)}</p>`}` +
      `${trace.length === 0 ? '' : `<details><summary>trace</summary><pre>${escape(trace.join('\n'))}</pre></details>`}</td></tr>`,
  );
  const sums = (['PASS', 'FAIL', 'SKIP'] as const)
    .map((verdict) => `${count(results, verdict)} ${verdict}`)
    .join(', ');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<style>body{font-family:sans-serif;margin:2em}td{vertical-align:top;padding:.3em .6em}.FAIL td:nth-child(2){color:#a00;font-weight:bold}.SKIP{color:#555}</style>
</head><body><h1>${escape(title)}</h1><p>${sums}</p><table>
${rows.join('\n')}
</table></body></html>
`;
}
