import type { Paint } from '../output/paint.js';
import type { Difference, Outcome } from './player.js';
import type { Script } from './script.js';
import { counted } from '../values.js';

/** How a replay went, for people. */
export function textReport(outcome: Outcome, { steps }: Script, paint: Paint): string {
  const parts = outcome.differences.map((difference) => differenceText(difference, paint));
  const { sent, compared, notCompared, notPlayed, differences, ended } = outcome;
  const more = [
    notCompared > 0 ? `, ${notCompared} not compared: the recording lacks their bodies` : '',
    notPlayed > 0 ? `, ${notPlayed} of ${steps.length} steps not played` : '',
    ended ? ', the session ended early' : '',
  ].join('');
  const verdict = differences.length === 0 ? 'no difference' : counted(differences.length, 'difference');
  return `${parts.join('')}${counted(sent, 'message')} sent, ${compared} compared${more}: ${verdict}\n`;
}

function differenceText({ step, what, why, text, lines = [] }: Difference, paint: Paint): string {
  const head = paint.bold(
    `step ${step}: ${what} ${{ differs: 'differs', missing: 'is missing', unexpected: 'was not expected' }[why]}`,
  );
  const said = text === undefined ? '' : `${text}\n`;
  const diff = lines.map(({ mark, text: line }) => {
    const all = `${mark} ${line}`;
    return `${mark === '-' ? paint.red(all) : mark === '+' ? paint.green(all) : all}\n`;
  });
  return `${head}\n${said}${diff.join('')}`;
}

/** The same as one JSON record a difference, and one of the figures. */
export function jsonReport(outcome: Outcome, { steps, remarks }: Script): string {
  const { differences, ...figures } = outcome;
  const lines = differences.map(({ lines: diff, ...difference }) => ({
    type: 'difference',
    ...difference,
    ...(diff && { diff: diff.map(({ mark, text }) => `${mark} ${text}`) }),
  }));
  const last = { type: 'replay', steps: steps.length, ...figures, differences: differences.length, remarks };
  return [...lines, last].map((line) => `${JSON.stringify(line)}\n`).join('');
}
