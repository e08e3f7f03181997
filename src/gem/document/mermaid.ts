import { oneLine, type Arrow } from './blocks.js';

/** Mermaid reads entities of its own (`#34;`) where its syntax would be in the way. */
const label = (text: string): string =>
  oneLine(text).replace(/[^A-Za-z0-9 _.,/()-]/gu, (c) => `#${c.codePointAt(0)};`);

/** The source of a state diagram in Mermaid. States have names of their own, so that theirs can be any text. */
export function mermaid(states: readonly string[], arrows: readonly Arrow[]): string {
  const ids = new Map(states.map((state, i) => [state, `s${i}`]));
  const id = (state: string | undefined): string => (state === undefined ? '[*]' : (ids.get(state) ?? '[*]'));
  return [
    'stateDiagram-v2',
    ...states.map((state, i) => `  state "${label(state)}" as s${i}`),
    ...arrows.map(({ from, to, label: text }) => `  ${id(from)} --> ${id(to)}: ${label(text)}`),
  ].join('\n');
}
