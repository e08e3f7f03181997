import type { Arrow } from './blocks.js';

// States stand in a column; arrows down are drawn on the right, arrows up on the left. Labels stand beside their bows.
const ROW = 74;
const BOX = { width: 200, height: 34 } as const;
const BOW = 46;
const LABEL = 7;

interface Bow {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Columns away from the boxes, from 1. */
  readonly lane: number;
}

/** A state diagram as SVG. */
export function drawDiagram(
  title: string,
  states: readonly string[],
  arrows: readonly Arrow[],
  escape: (text: string) => string,
): string {
  const down = inLanes(states, arrows, (from, to) => from < to);
  const up = inLanes(states, arrows, (from, to) => from >= to);
  const margins = [up, down].map(widthOf);
  const [left = 0, right = 0] = margins;
  const width = left + BOX.width + right;
  const height = states.length * ROW;
  const drawn = [
    ...[...down.map((bow) => bowPath(bow, left + BOX.width, 1, escape))],
    ...up.map((bow) => bowPath(bow, left, -1, escape)),
    ...states.map((state, i) => box(state, left, i, escape)),
  ];
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${escape(title)}">
<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
${drawn.join('\n')}
</svg>`;
}

/** The arrows of one direction, labels of the same way joined, short ones nearest to the boxes. */
function inLanes(
  states: readonly string[],
  arrows: readonly Arrow[],
  belongs: (from: number, to: number) => boolean,
): readonly Bow[] {
  const labels = new Map<string, { from: number; to: number; label: string }>();
  for (const { from, to, label } of arrows) {
    const ends = [from === undefined ? -1 : states.indexOf(from), states.indexOf(to)] as const;
    if (ends[0] < 0 || !belongs(...ends)) continue;
    const key = ends.join(' ');
    const before = labels.get(key);
    labels.set(key, {
      from: ends[0],
      to: ends[1],
      label: before === undefined ? label : `${before.label}; ${label}`,
    });
  }
  const span = ({ from, to }: { from: number; to: number }): number => Math.abs(from - to);
  return [...labels.values()].sort((a, b) => span(a) - span(b)).map((bow, i) => ({ ...bow, lane: i + 1 }));
}

const widthOf = (bows: readonly Bow[]): number =>
  Math.max(20, ...bows.map(({ lane, label }) => lane * BOW + label.length * LABEL + 16));

const middle = (index: number): number => index * ROW + ROW / 2;

function box(state: string, left: number, index: number, escape: (text: string) => string): string {
  const y = middle(index);
  return `<rect x="${left}" y="${y - BOX.height / 2}" width="${BOX.width}" height="${BOX.height}" rx="6" fill="#f6f8fa" stroke="#57606a"/><text x="${left + BOX.width / 2}" y="${y + 5}" text-anchor="middle">${escape(state)}</text>`;
}

function bowPath(
  { from, to, label, lane }: Bow,
  edge: number,
  side: 1 | -1,
  escape: (text: string) => string,
): string {
  const [start, end] = [middle(from) + 8, middle(to) - 8];
  const far = edge + side * lane * BOW;
  const anchor = side === 1 ? 'start' : 'end';
  return `<path d="M${edge} ${start}C${far} ${start} ${far} ${end} ${edge} ${end}" fill="none" stroke="#57606a" marker-end="url(#tip)"/><text x="${far - side * (BOW / 4) * lane}" y="${(start + end) / 2 + 4}" text-anchor="${anchor}" fill="#57606a">${escape(label)}</text>`;
}
