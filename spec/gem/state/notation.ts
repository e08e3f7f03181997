import type { Step } from '../../../src/gem/state/table';

/**
 * A state model written as text, one line a cell: `STATE, event: STATE [numbers] effect, effect`. A state and event without a
 * line do nothing.
 */
export function describeTable<S extends string, V extends string>(
  states: readonly S[],
  events: readonly V[],
  written: string,
  step: (state: S, event: V) => Step<S, string>,
): void {
  const lines = new Map<string, string>();
  for (const line of written.trim().split('\n')) {
    const at = line.indexOf(':');
    const key = line.slice(0, at).trim();
    if (lines.has(key)) throw new Error(`the table has ${key} twice`);
    lines.set(
      key,
      line
        .slice(at + 1)
        .trim()
        .replace(/\s+/g, ' '),
    );
  }
  const cells = states.flatMap((state) => events.map((event) => [state, event] as const));
  it.each(cells)('%s, %s', (state, event) => {
    const { state: to, numbers, effects } = step(state, event);
    const key = `${state}, ${event}`;
    const got = `${to} [${numbers.join(' ')}] ${effects.join(', ')}`.trim();
    expect(got).toBe(lines.get(key) ?? `${state} []`);
    lines.delete(key);
  });
  it('has no line for what is no cell', () => expect([...lines.keys()]).toEqual([]));
}
